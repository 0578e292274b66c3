"""How long proofs take, beside Z3 and SAT on the same questions.

    python -m tests.benchmarks.proofs --rules 300 1000 5000

The solvers come with `pip install -e '.[crosscheck]'`; one that is not installed is left out.
Before anything is timed, all must answer every question alike.
Times are CPU seconds of this process, each measured once.
"""

import argparse
import sys
import time
from collections.abc import Callable
from random import Random

from rls_rules import RuleBase, load_rules
from rls_rules.program import compiled
from rls_rules.proof import prove
from tests.made_up import rule_base
from tests.second_opinion import by_boxes, by_solver
from tests.solvers import Z3, Sat

SLOW = 1_000
"""With more points than this, Z3 takes minutes and is left out."""


def timed(work: Callable[[], object]) -> tuple[float, object]:
    """The CPU seconds that something takes, and what it gives."""
    begun = time.process_time()
    made = work()
    return time.process_time() - begun, made


def row(name: str, rules: RuleBase) -> str:
    """One line of the table: the whole proof, then the shared questions by each method."""
    compiling, _ = timed(lambda: compiled(rules))
    proving, results = timed(lambda: prove(rules))
    searching, verdicts = timed(lambda: by_boxes(rules))
    cells = [name, f"{compiling:.2f}", f"{proving:.2f}", f"{len(dict(verdicts)):,}", f"{searching:.2f}"]  # type: ignore[call-overload]
    for solver in (Sat, Z3):
        if solver is Z3 and len(rules.points) > SLOW:
            cells.append("-")
            continue
        try:
            seconds, answers = timed(lambda solver=solver: by_solver(rules, solver))  # type: ignore[misc]
        except ImportError:
            cells.append("-")
            continue
        if answers != verdicts:
            message = f"{solver.__name__} answers otherwise"
            raise ValueError(message)
        cells.append(f"{seconds:.2f}")
    slowest = max(results, key=lambda result: result.seconds)  # type: ignore[call-overload]
    cells.append(f"{slowest.theorem.name} {slowest.seconds:.2f}")
    return f"| {' | '.join(cells)} |\n"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Time proofs.")
    parser.add_argument("--rules", type=int, nargs="+", default=[300, 1_000, 5_000], help="how many points")
    options = parser.parse_args()
    sys.stdout.write(
        "| rules | compiled, s | every theorem, s | questions | search, s | SAT, s | Z3, s | slowest theorem, s |\n"
        "|---|--:|--:|--:|--:|--:|--:|---|\n"
    )
    sys.stdout.write(row("shipped", load_rules()))
    for count in options.rules:
        random = Random(count)  # noqa: S311 - the same rules every time
        sys.stdout.write(row(f"{count:,} made up", rule_base(random, count)))
        sys.stdout.flush()


if __name__ == "__main__":
    main()
