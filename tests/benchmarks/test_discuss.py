"""How long a discussion takes, with each engine, and how long until the first one.

Not part of the default run, which has no pytest-benchmark:

    python -m pytest -o addopts= -p no:randomly tests/benchmarks

On a machine with other work, `--benchmark-timer=time.process_time` counts CPU time instead,
but nothing for the three that start another Python.
Nothing here asserts a time: what is asserted is that the work was done.
"""

import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from itertools import cycle
from typing import Any

import pytest

from rls_rules import Discussion, Profile, discuss, durable, load_rules
from rls_rules.engine import EngineChoice
from rls_rules.loader import read_rules, shipped_rules
from tests.people import examples, misspelt, varied

DAY = date(2026, 11, 22)
RULES = load_rules()
PROFILES = {
    "examples": examples(RULES),
    "varied": varied(RULES, 60),
    "misspelt": misspelt(RULES),
}
ENGINES: list[EngineChoice] = ["durable", "reference"] if durable.available() else ["reference"]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("profiles", PROFILES.values(), ids=PROFILES)
def test_discuss(benchmark: Any, profiles: Sequence[Profile], engine: EngineChoice) -> None:
    """Each profile gets a discussion with at least one point; the profiles take turns, one a round."""
    turns = cycle(profiles)

    def turn() -> tuple[tuple[Profile], dict[str, object]]:
        return (next(turns),), {}

    def ask(profile: Profile) -> Discussion:
        return discuss(profile, rules=RULES, on=DAY, engine=engine)

    assert all(ask(profile).points for profile in profiles)
    assert benchmark.pedantic(ask, setup=turn, rounds=5 * len(profiles)).points


def test_read_rules(benchmark: Any) -> None:
    """The shipped rules can be read and checked again and again, with the same digest."""
    folder = shipped_rules()
    assert benchmark.pedantic(read_rules, (folder,), rounds=5, warmup_rounds=1).digest == RULES.digest


def test_import(benchmark: Any) -> None:
    """The package can be imported by a fresh Python, whose own start is part of the time."""
    command = [sys.executable, "-c", "import rls_rules"]
    assert benchmark.pedantic(subprocess.run, (command,), {"check": True}, rounds=5).returncode == 0


def test_start_of_python(benchmark: Any) -> None:
    """A fresh Python can do nothing at all, which is to be taken off the time of an import."""
    command = [sys.executable, "-c", "pass"]
    assert benchmark.pedantic(subprocess.run, (command,), {"check": True}, rounds=5).returncode == 0


def test_first_discussion(benchmark: Any) -> None:
    """A fresh Python can import, load the rules and discuss one profile."""
    code = "from rls_rules import Profile, discuss; discuss(Profile(age=50))"
    command = [sys.executable, "-c", code]
    assert benchmark.pedantic(subprocess.run, (command,), {"check": True}, rounds=5).returncode == 0
