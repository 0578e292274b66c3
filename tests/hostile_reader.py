"""Reads one hostile file as a rule file and as a profile, with little memory and time; prints what was said.

A process of its own, so that the limits bind nothing else: `python -m tests.hostile_reader FOLDER FILE`.
"""

import json
import re
import resource
import sys
from pathlib import Path

from rls_rules.errors import ProfileError, RulesError
from rls_rules.loader import read_rules
from rls_rules.profile import Profile

MOST_SECONDS = 60
SPARE_KILOBYTES = 500_000


def kilobytes(name: str) -> int:
    """A figure of this process; `ru_maxrss` would remember the process that started it."""
    found = re.search(rf"{name}:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert found is not None
    return int(found[1])


def main(folder: str, file: str) -> None:
    """Read the file both ways."""
    memory = 1024 * (kilobytes("VmSize") + SPARE_KILOBYTES)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    before = kilobytes("VmHWM")
    refusals = []
    try:
        read_rules(folder)
    except RulesError as error:
        refusals.append([(str(problem.place), problem.message, problem.help) for problem in error.problems])
    try:
        Profile.from_file(file)
    except ProfileError as error:
        refusals.append([(str(problem.place), problem.message, problem.help) for problem in error.problems])
    sys.stdout.write(json.dumps({"grown": kilobytes("VmHWM") - before, "refusals": refusals}))


if __name__ == "__main__":
    main(*sys.argv[1:])
