"""One person's answers never reach another's discussion: with threads, forks, faults and interruptions."""

import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import cache

import pytest

from rls_rules import Discussion, EngineError, Profile, discuss, durable, load_rules
from tests.faults import CALLS, FAULTS, Fault, Faulty, error, installed, interrupt
from tests.people import varied

DAY = date(2026, 11, 22)
EXAMPLES = {name: Profile.from_yaml(text) for name, text in load_rules().examples.items()}
FIRST, SECOND = EXAMPLES["possible-augmentation"], EXAMPLES["pregnant"]
needs_durable = pytest.mark.skipif(not durable.available(), reason="durable_rules cannot be imported here")


def ask(profile: Profile) -> Discussion:
    """What durable_rules says of one person on a fixed day."""
    return discuss(profile, on=DAY, engine="durable")


@cache
def reference(profile: Profile) -> Discussion:
    """What is to be said of that person, by definition."""
    return discuss(profile, on=DAY, engine="reference")


# The same whatever the engine, the thread, the process


@needs_durable
@pytest.mark.parametrize("name", EXAMPLES)
def test_engines_agree_on_each_example(name: str) -> None:
    """Both engines give equal discussions of each shipped example."""
    assert ask(EXAMPLES[name]) == reference(EXAMPLES[name])


@needs_durable
def test_engines_agree_on_200_people() -> None:
    """Both engines give equal discussions for 200 people of whom much or little is known."""
    for profile in varied(load_rules(), 200, seed=2026):
        assert ask(profile) == reference(profile)


@needs_durable
def test_8_threads_each_get_their_own() -> None:
    """Eight threads that ask at once, switched as often as possible, each get exactly their own discussions."""
    profiles = [*EXAMPLES.values(), *varied(load_rules(), 18, seed=8)]
    expected = [reference(profile) for profile in profiles]
    together = threading.Barrier(8)

    def run(thread: int) -> bool:
        order = [(number * 7 + thread * 3) % len(profiles) for number in range(len(profiles))]
        together.wait()
        return all(ask(profiles[number]) == expected[number] for number in order)

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as threads:
            assert all(threads.map(run, range(8)))
    finally:
        sys.setswitchinterval(interval)


FORKED = """
import os, sys
from datetime import date
from rls_rules import Profile, discuss, load_rules

def right():
    "Whether each example is answered as the reference engine does."
    profiles = [Profile.from_yaml(text) for text in load_rules().examples.values()]
    return all(discuss(one, engine="durable") == discuss(one, engine="reference") for one in profiles)

def forked(then):
    "What a child says."
    if child := os.fork():
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    sys.exit(not then())

print(right(), forked(right), right(), forked(lambda: forked(right) and right()), right())
"""


@needs_durable
@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork on this system")
def test_a_fork_answers_right() -> None:
    """After a fork the child, its child and the parent all answer right, and the children end in peace."""
    run = subprocess.run(
        [sys.executable, "-c", FORKED], capture_output=True, text=True, check=False, timeout=120
    )
    assert (run.stdout.split(), run.stderr) == (["True"] * 5, "")


# Faults


@needs_durable
@pytest.mark.parametrize("at", [1, 2])
@pytest.mark.parametrize(("function", "fault"), FAULTS)
def test_a_fault_reaches_nobody_else(function: str, fault: Fault, at: int) -> None:
    """An error in one person's evaluation names the ruleset, and the next person gets their own discussion."""
    with installed(Faulty(function, at, fault)) as faulty:
        ask(SECOND)
        faulty.armed = True
        with pytest.raises(EngineError) as caught:
            ask(FIRST)
        assert str(caught.value) == f"durable_rules failed in {faulty.place}"
        assert ask(SECOND) == reference(SECOND)
        assert ask(FIRST) == reference(FIRST)


@needs_durable
@pytest.mark.parametrize("at", [1, 2])
@pytest.mark.parametrize("function", ["create_ruleset", *CALLS])
def test_a_fault_while_building_is_an_engine_error(function: str, at: int) -> None:
    """An error while the rulesets are built names the ruleset, and the next question builds them anew."""
    with installed(Faulty(function, at, error)) as faulty:
        faulty.armed = True
        with pytest.raises(EngineError, match=f"ruleset {at}"):
            ask(FIRST)
        assert ask(SECOND) == reference(SECOND)


@needs_durable
@pytest.mark.parametrize("at", [1, 2])
@pytest.mark.parametrize("function", CALLS)
def test_an_interruption_reaches_nobody_else(function: str, at: int) -> None:
    """A KeyboardInterrupt in one person's evaluation goes on, and the next person gets their own discussion."""
    with installed(Faulty(function, at, interrupt)) as faulty:
        ask(SECOND)
        faulty.armed = True
        with pytest.raises(KeyboardInterrupt):
            ask(FIRST)
        assert ask(SECOND) == reference(SECOND)
        assert ask(FIRST) == reference(FIRST)


@needs_durable
@pytest.mark.parametrize("at", [1, 2])
@pytest.mark.parametrize("function", CALLS)
def test_a_question_within_a_question(function: str, at: int) -> None:
    """A question asked in the middle of another, as by a signal handler, is answered right, and so is the other."""
    inner: list[Discussion] = []

    def ask_too(given: object) -> object:
        inner.append(ask(SECOND))
        return getattr(faulty, function)(faulty.failed, given)

    with installed(Faulty(function, at, ask_too)) as faulty:
        ask(SECOND)
        faulty.armed = True
        assert ask(FIRST) == reference(FIRST)
        assert inner == [reference(SECOND)]
        assert ask(SECOND) == reference(SECOND)
