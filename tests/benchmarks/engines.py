"""The engine step alone, beside other engines, on the same made-up rules and profiles.

    python -m tests.benchmarks.engines                     # about five minutes, most of it rule-engine
    python -m tests.benchmarks.engines --rules 100 --without rule-engine

or `PYTHONPATH=. python tests/benchmarks/engines.py`.
The other engines come from PyPI: clipspy, zen-engine, rule-engine, json-logic-qubit.
One that is not installed is left out.

What is timed, for every engine: from a plain dict of one person's known answers
to the set of the names of the rules that hold.
For durable_rules this is `Space.point`, `DurableEngine.fired` and the names of the numbers it gives;
the dict is what `recognise` makes of a profile. Plain Python reads the same dict.
Every other engine has its dict ready in its own natural form (sets as lists of members, say),
and is used in the fastest way that was found, which favours it; see `rival_engines.py`.
Before anything is timed, all engines must agree with `conditions.evaluate` on every profile.
Rounds are interleaved; times are CPU time of this process, medians over the rounds.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from random import Random
from typing import Any

from rls_rules.conditions import evaluate
from tests.benchmarks.rival_engines import (
    Clips,
    ClipsDocumented,
    Durable,
    Engine,
    JsonLogic,
    PlainPython,
    PlainPythonLocals,
    RuleEngine,
    Zen,
)
from tests.benchmarks.synthetic_rules import FACTS, profile, rules

ENGINES: Mapping[str, Callable[..., Engine]] = {
    "plain Python": PlainPython,
    "plain Python, facts in locals": PlainPythonLocals,
    "durable_rules": Durable,
    "clipspy, as documented": ClipsDocumented,
    "clipspy, agenda only": Clips,
    "zen-engine": Zen,
    "json-logic": JsonLogic,
    "rule-engine": RuleEngine,
}
FLOOR, OURS = "plain Python", "durable_rules"


def measured(count: int, people: int, rounds: int, names: list[str]) -> tuple[dict[str, float], float]:
    """Microseconds a profile of each engine, and how many rules hold for a profile on average.

    :raises ValueError: if an engine gives a wrong answer.
    """
    random = Random(count)  # noqa: S311 - the same rules every time
    conditions = rules(count, random)
    profiles = [profile(random) for _ in range(people)]
    right = [
        {name for name, when in conditions.items() if evaluate(when, answers) is True} for answers in profiles
    ]
    made: dict[str, tuple[Engine, list[Any]]] = {}
    for name in names:
        try:
            engine = ENGINES[name](FACTS, conditions)
        except ImportError as error:
            sys.stderr.write(f"{name} is left out: {error}\n")
            continue
        prepared = [engine.prepare(answers) for answers in profiles]
        if [engine.fired(one) for one in prepared] != right:
            message = f"{name} gives wrong answers"
            raise ValueError(message)
        made[name] = engine, prepared
    times: dict[str, list[float]] = {name: [] for name in made}
    for _ in range(rounds):
        for name, (engine, prepared) in made.items():
            begun = time.process_time()
            for one in prepared:
                engine.fired(one)
            times[name].append((time.process_time() - begun) / people)
    return (
        {name: 1e6 * statistics.median(several) for name, several in times.items()},
        statistics.mean(map(len, right)),
    )


def table(columns: Mapping[int, Mapping[str, float]]) -> str:
    """All figures as one Markdown table."""
    head = [f"{count} rules, µs | × plain | × durable" for count in columns]
    lines = [f"| engine | {' | '.join(head)} |", "|---" + "|--:" * (3 * len(columns)) + "|"]
    for name in dict.fromkeys(name for column in columns.values() for name in column):
        cells = [
            f"{column[name]:,.1f} | {column[name] / column[FLOOR]:.1f} | {column[name] / column[OURS]:.2f}"
            for column in columns.values()
        ]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Time engines on the same rules.")
    parser.add_argument("--rules", type=int, nargs="+", default=[100, 300, 1_000], help="how many rules")
    parser.add_argument("--profiles", type=int, default=300, help="how many profiles")
    parser.add_argument("--rounds", type=int, default=7, help="how many rounds")
    parser.add_argument("--without", nargs="*", default=[], choices=[*ENGINES], help="engines to leave out")
    options = parser.parse_args()
    names = [name for name in ENGINES if name in (FLOOR, OURS) or name not in options.without]
    columns: dict[int, dict[str, float]] = {}
    for count in options.rules:
        columns[count], hold = measured(count, options.profiles, options.rounds, names)
        sys.stderr.write(f"{count} rules: {hold:.1f} hold for a profile; all engines agree\n")
    sys.stdout.write(table(columns) + "\n")


if __name__ == "__main__":
    main()
