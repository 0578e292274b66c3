"""How durable_rules 2.0.28 crashes, hangs, leaks and runs threads: each in a process of its own.

One test a fact; the limits that answer with an error are in `test_durable_limits.py`.
"""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("durable_rules_engine", reason="durable_rules cannot be imported on this Python")
pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and processor limits are those of POSIX")

PREPARE = """
import json, resource
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
import durable_rules_engine as engine

def ruleset(conditions):
    rules = {name: {"all": [{"m": condition}]} for name, condition in conditions.items()}
    return engine.create_ruleset("limits", json.dumps(rules))

def run(handle, fact):
    "Assert a fact, run its agenda, retract it."
    _, state = engine.assert_fact(handle, fact)
    engine.start_action_for_state(handle, state)
    while engine.complete_and_start_action(handle, state):
        pass
    engine.retract_fact(handle, fact)

def dirty():
    "Leave memory behind that is not zero."
    [bytes([255]) * size for size in range(4000, 60000, 997)]
"""


def alone(script: str, seconds: int = 60) -> tuple[int, list[str]]:
    """Run a script in a process of its own, with so many seconds of processor time.

    :returns: the signal that ended it, 0 if none did, and the lines that it printed.
    """
    command = [sys.executable, "-c", PREPARE.replace("SECONDS", str(seconds)) + script]
    run = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert run.returncode <= 0, run.stderr
    return -run.returncode, run.stdout.splitlines()


# Crashes


def test_255_identical_rules_are_safe() -> None:
    """255 rules with identical conditions all match."""
    script = """
handle = ruleset({f"r{i}": {"x": 1} for i in range(255)})
print(engine.assert_fact(handle, '{"x": 1}')[0])"""
    assert alone(script) == (0, ["0"])


def test_256_identical_rules_crash() -> None:
    """256 rules with identical conditions crash at the first fact."""
    script = """
handle = ruleset({f"r{i}": {"x": 1} for i in range(256)})
print("registered", flush=True)
engine.assert_fact(handle, '{"x": 1}')"""
    assert alone(script) == (signal.SIGSEGV, ["registered"])


def test_deleting_a_session_that_never_ran_crashes() -> None:
    """Deleting a session in which no action was ever begun crashes: why each ruleset is primed."""
    script = """
for _ in range(300):
    handle = ruleset({"r": {"x": 1}})
    dirty()
    engine.assert_fact(handle, '{"id": "p", "x": 2}')
    engine.delete_state(handle, None)"""
    assert alone(script) == (signal.SIGSEGV, [])


def test_deleting_a_session_that_ran_once_is_safe() -> None:
    """Once an action was run, the session can be deleted at any time, in the middle of an action too."""
    script = """
for moment in range(300):
    handle = ruleset({"prime": {"prime": 1}, "r": {"x": 1}, "q": {"x": 1}})
    dirty()
    run(handle, '{"id": "prime", "prime": 1}')
    _, state = engine.assert_fact(handle, '{"id": "p", "x": 1}')
    if moment % 3:
        engine.start_action_for_state(handle, state)
    if moment % 3 == 2:
        engine.complete_and_start_action(handle, state)
    engine.delete_state(handle, None)
    engine.delete_ruleset(handle)
print("deleted")"""
    assert alone(script) == (0, ["deleted"])


def test_deleting_a_session_after_an_error_is_safe() -> None:
    """After error 303 a primed session can be deleted."""
    script = """
for _ in range(100):
    many = {f"r{i}": {"$and": [{"y": 1}, {"$gt": {"z": i}}]} for i in range(65)}
    handle = ruleset({"prime": {"prime": 1}, **many})
    dirty()
    run(handle, '{"id": "prime", "prime": 1}')
    try:
        engine.assert_fact(handle, '{"id": "p", "y": 1, "z": 100}')
    except engine.error:
        engine.delete_state(handle, None)
        engine.delete_ruleset(handle)
print("deleted")"""
    assert alone(script) == (0, ["deleted"])


def test_1025_sessions_are_too_many() -> None:
    """The 1,025th session is a MemoryError and the next fact crashes: why there is one session."""
    script = """
handle = ruleset({"r": {"x": 1}})
for number in range(1030):
    try:
        engine.assert_event(handle, json.dumps({"x": 1, "sid": f"s{min(number, 1024)}"}))
    except MemoryError:
        print(number, flush=True)"""
    assert alone(script) == (signal.SIGSEGV, ["1024"])


def test_128_tests_of_absence_fail() -> None:
    """128 rules that each test for the absence of another field crash, or are error 303: why nothing is negated."""
    script = """
handle = ruleset({f"r{i}": {"$nex": {f"f{i}": 1}} for i in range(128)})
print("registered", flush=True)
try:
    engine.assert_fact(handle, json.dumps({f"f{i}": 1 for i in range(120)}))
except engine.error:
    print("error")"""
    assert alone(script) in [(signal.SIGSEGV, ["registered"]), (0, ["registered", "error"])]


def test_a_division_by_zero_crashes() -> None:
    """A whole number divided by zero ends the process: why rules do not calculate."""
    script = """
quotient = {"$div": {"$l": {"$m": "y"}, "$r": {"$m": "z"}}}
handle = ruleset({"r": {"$gt": {"x": quotient}}})
print("registered", flush=True)
engine.assert_fact(handle, '{"x": 3, "y": 4, "z": 0}')"""
    assert alone(script) == (signal.SIGFPE, ["registered"])


def test_deep_nesting_crashes() -> None:
    """A fact nested 200,000 levels deep crashes: why facts are flat and written by us."""
    script = """
handle = ruleset({"r": {"x": 1}})
print("registered", flush=True)
engine.assert_fact(handle, '{"x":' * 200000 + "1" + "}" * 200000)"""
    assert alone(script) == (signal.SIGSEGV, ["registered"])


# Hangs


def test_512_first_conditions_hang_when_asked() -> None:
    """512 rules with distinct first conditions can be registered, and the first fact never returns."""
    script = """
handle = ruleset({f"r{i}": {"x": i} for i in range(512)})
print("registered", flush=True)
engine.assert_fact(handle, '{"id": "p", "y": 5}')"""
    assert alone(script, seconds=1) == (signal.SIGXCPU, ["registered"])


def test_513_first_conditions_hang_when_registered() -> None:
    """513 rules with distinct first conditions are never registered."""
    script = """
conditions = {f"r{i}": {"x": i} for i in range(513)}
print("ready", flush=True)
ruleset(conditions)"""
    assert alone(script, seconds=1) == (signal.SIGXCPU, ["ready"])


def test_an_empty_object_in_a_batch_hangs() -> None:
    """A batch of facts with an empty one in it never returns: why facts go one by one and are never empty."""
    script = """
handle = ruleset({"r": {"$ex": {"x": 1}}})
print("registered", flush=True)
engine.assert_facts(handle, '[{"x": 1}, {}, {"x": 2}]')"""
    assert alone(script, seconds=1) == (signal.SIGXCPU, ["registered"])


# Leaks and threads


@pytest.mark.skipif(
    not Path("/proc/self/statm").exists(), reason="how much memory is in use is read from Linux"
)
def test_a_deleted_ruleset_leaves_its_session_behind() -> None:
    """Deleting 50 rulesets of 60 rules keeps more than 10 MB, unless their sessions are deleted first."""
    script = """
def pages(delete_sessions):
    for _ in range(50):
        handle = ruleset({f"r{i}": {"x": i} for i in range(60)})
        run(handle, '{"id": "p", "x": 1}')
        if delete_sessions:
            engine.delete_state(handle, None)
        engine.delete_ruleset(handle)
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1])

ten_megabytes = 10_000_000 // resource.getpagesize()
warm, flat, leaked = pages(True), pages(True), pages(False)
print(flat - warm < ten_megabytes // 5, leaked - flat > ten_megabytes)"""
    assert alone(script) == (0, ["True True"])


def test_a_host_starts_two_threads() -> None:
    """`Host`, the documented way in, starts two threads that run rules too: why there is none."""
    script = """
import threading
from durable.engine import Host
before = threading.active_count()
Host()
print(threading.active_count() - before)"""
    assert alone(script) == (0, ["2"])


def test_a_host_swallows_what_an_action_raises() -> None:
    """A KeyboardInterrupt in an action of a `Host` becomes text in its state: why there are no actions."""
    script = """
from durable.engine import Host
def interrupted(_):
    raise KeyboardInterrupt("stop")
host = Host()
host.set_rulesets({"t": {"r": {"all": [{"m": {"x": 1}}], "run": interrupted}}})
print("stop" in host.post("t", {"x": 1})["exception"])"""
    assert alone(script) == (0, ["True"])
