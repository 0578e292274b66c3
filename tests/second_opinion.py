"""The same questions about a rule base for the proof and for a solver: what is so of somebody, and of nobody.

The proof's answers come from its theorems; the solver's questions are put here, from the sentences of the theorems.
"""

from collections.abc import Callable, Iterator
from itertools import product

from rls_rules import RuleBase
from rls_rules.errors import Problem
from rls_rules.program import compiled
from rls_rules.proof import THEOREMS
from rls_rules.search import escapes
from rls_rules.theorems import Ground
from tests.solvers import Solver

Question = tuple[str, tuple[str, ...]]
"""A theorem, and the points that it is about."""

ASKED = ("can-be-shown", "not-for-everyone", "opposition-announced", "no-duplicates", "nothing-implied")


def by_boxes(rules: RuleBase, theorems: tuple[str, ...] = ASKED) -> dict[Question, bool]:
    """For each question: whether there is somebody, as the theorems put it and the search decides it."""
    ground = Ground(compiled(rules))
    answers: dict[Question, bool] = {}
    for theorem in THEOREMS:
        if theorem.name in theorems:
            for claim in theorem.claims(ground):
                assert not isinstance(claim, Problem)
                without = (*ground.nobody, *claim.without)
                about = tuple(name for _, name in claim.about)
                answers[theorem.name, about] = escapes(ground.program.space, claim.inside, without)
    return answers


def by_solver(rules: RuleBase, make: Callable[..., Solver]) -> dict[Question, bool]:
    """For each question: whether there is somebody, as a solver decides it."""
    findings = {name: finding.when for name, finding in rules.findings.items()}
    solver = make(rules.vocabulary, findings, rules.conditions)
    solver.nothing_impossible(rules)
    shown = {name: solver.holds(point.when) for name, point in rules.points.items()}
    return {
        question: solver.anybody(*(shown[one] for one in hears), *(solver.no(shown[one]) for one in lacks))
        for question, hears, lacks in _questions(rules)
    }


def _questions(rules: RuleBase) -> Iterator[tuple[Question, tuple[str, ...], tuple[str, ...]]]:
    """Each question, with the points that somebody should hear and those they should not."""
    points = rules.points
    for name in points:
        yield ("can-be-shown", (name,)), (name,), ()
        yield ("not-for-everyone", (name,)), (), (name,)
    announced = [{*tension.points} for tension in rules.tensions.values()]
    for one, other in product(points, points):
        ours, theirs = points[one], points[other]
        if {ours.stance, theirs.stance} == {"favours", "advises_against"}:
            both = ours.stance == "favours" and {*ours.options} & {*theirs.options}
            if both and not any({one, other} <= named for named in announced):
                yield ("opposition-announced", (one, other)), (one, other), ()
        if one != other and (ours.stance, ours.options) == (theirs.stance, theirs.options):
            same = {*ours.cites} == {*theirs.cites}
            if same or ours.options:  # points without options have little in common
                yield ("no-duplicates" if same else "nothing-implied", (one, other)), (one,), (other,)
