"""Whether discussions leak: how much the process grows over many, each about somebody else.

    python -m tests.benchmarks.memory                    # 200,000 discussions with each engine; half an hour
    python -m tests.benchmarks.memory --count 20000 --engine durable

Every profile is new, so that anything kept for each profile would show.
Some contradict themselves, so that refusals are among what could leak.
The memory at the start is read after a warm-up; Linux only.
"""

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

from rls_rules import Profile, ProfileError, durable, load_rules
from rls_rules.engine import EngineChoice, discuss
from tests.people import People

WARM_UP = 5_000


def resident() -> float:
    """The resident memory of this process in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGESIZE") / 1e6


def converse(people: Iterator[Profile], count: int, engine: EngineChoice) -> None:
    """Have so many discussions, and forget each."""
    for profile in islice(people, count):
        with suppress(ProfileError):
            discuss(profile, engine=engine)


def main() -> None:
    """Measure and print."""
    engines: list[EngineChoice] = ["durable", "reference"] if durable.available() else ["reference"]
    parser = argparse.ArgumentParser(description="See whether discussions leak.")
    parser.add_argument("--count", type=int, default=200_000, help="how many discussions with each engine")
    parser.add_argument("--engine", choices=engines, help="one engine only")
    options = parser.parse_args()
    people = iter(People(load_rules(), seed=1))
    sys.stdout.write("| engine | discussions | MB at start | MB at end | growth |\n|---|--:|--:|--:|--:|\n")
    for engine in [options.engine] if options.engine else engines:
        converse(people, WARM_UP, engine)
        start = resident()
        converse(people, options.count, engine)
        end = resident()
        cells = f"{options.count:,} | {start:.1f} | {end:.1f} | {end - start:+.1f}"
        sys.stdout.write(f"| {engine} | {cells} |\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
