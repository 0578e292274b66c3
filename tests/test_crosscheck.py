"""The proof's verdicts beside those of a SAT solver and of Z3, on large made-up rule bases with known defects.

The solvers come with `pip install -e '.[crosscheck]'`; without them these tests are skipped.
"""

from random import Random

import pytest

from rls_rules import RuleBase
from rls_rules.conditions import All, Any, Compare, Contains, Known, Not, OneOf, evaluate
from tests.made_up import Maker, assembled, facts, point, rule_base
from tests.second_opinion import Question, by_boxes, by_solver
from tests.solvers import Z3, Sat
from tests.tiny import with_findings

SEEDS = range(20)
MEDICINE = next(fact for fact in facts() if fact.name == "current_medicines").values[0]

DEFECTS: dict[Question, bool] = {
    ("can-be-shown", ("dead",)): False,
    ("can-be-shown", ("dead-by-impossible",)): False,
    ("not-for-everyone", ("always",)): False,
    ("no-duplicates", ("made-7", "duplicate")): False,
    ("no-duplicates", ("duplicate", "made-7")): False,
    ("no-duplicates", ("narrower", "made-8")): False,
    ("opposition-announced", ("for", "against")): True,
    ("can-be-shown", ("for",)): True,
    ("not-for-everyone", ("against",)): True,
}
"""Whether there is somebody, for the questions that the planted points raise."""


def large(seed: int) -> RuleBase:
    """A rule base of 150 points over about 40 facts, and the points with defects."""
    random = Random(seed)  # noqa: S311 - the same rules every time
    needed = {"drives", "severity", "age", "falls", "kidney", "current_medicines"}
    names = needed | {one.name for one in random.sample(facts(), 36)}
    rules = rule_base(random, 150, names=names, each=5, never=0)
    # The impossible combinations leave the planted points alone.
    maker = Maker(random, {one.name for one in facts()} & names - needed)
    never = [All((maker.test(), maker.test(), maker.test())) for _ in range(14)]
    made = rules.points
    drives = OneOf("drives", (True,))
    option = ("no-change",)
    favours = All((drives, OneOf("severity", ("mild",)), Compare("age", "at_least", 60.0)))
    against = All(
        (OneOf("falls", (True,)), OneOf("kidney", ("normal",)), Contains("current_medicines", MEDICINE))
    )
    planted = (
        point("dead", All((drives, Not(drives)))),
        point("dead-by-impossible", All((never[0], drives))),
        point("always", Any((Known("drives", known=False), drives, Not(drives)))),
        made["made-7"].model_copy(update={"id": "duplicate"}),
        made["made-8"].model_copy(
            update={"id": "narrower", "when": All((made["made-8"].when, OneOf("falls", (True,))))}
        ),
        point("for", favours, "favours", option),
        point("against", against, "advises_against", option),
    )
    findings = dict(rules.findings)
    everyone_has = random.sample(sorted(names), 3)
    tensions = [tension.points for tension in rules.tensions.values()]
    return assembled(findings, [*made.values(), *planted], never, tensions, everyone_has)


@pytest.mark.long
@pytest.mark.parametrize("seed", SEEDS)
def test_solvers_agree_with_the_proof(seed: int) -> None:
    """Search, SAT and Z3 find somebody, or nobody, for the same questions, and see every planted defect."""
    pytest.importorskip("pysat", exc_type=ImportError)
    pytest.importorskip("z3", exc_type=ImportError)
    rules = large(seed)
    verdicts = by_boxes(rules)
    assert verdicts == by_solver(rules, Sat)
    assert verdicts == by_solver(rules, Z3)
    assert verdicts.items() >= DEFECTS.items()


def test_the_search_sees_every_planted_defect() -> None:
    """Without any solver: the proof sees every planted defect of a large rule base."""
    assert by_boxes(large(0)).items() >= DEFECTS.items()


def test_sat_reads_a_condition_as_it_is_defined() -> None:
    """For drawn people and conditions, the formula is true exactly if the condition certainly is."""
    pytest.importorskip("pysat", exc_type=ImportError)
    random = Random(1)  # noqa: S311 - the same rules every time
    for _ in range(30):
        rules = rule_base(random, 8, names={one.name for one in random.sample(facts(), 8)}, each=2, never=0)
        maker = Maker(random, {one.name for one in rules.vocabulary})
        findings = {name: finding.when for name, finding in rules.findings.items()}
        conditions = [one.when for one in rules.points.values()]
        sat = Sat(rules.vocabulary, findings, conditions)
        formulas = [sat.holds(when) for when in conditions]
        for _ in range(30):
            answers = maker.answers(0.6)
            seen = with_findings(answers, findings)
            defined = [evaluate(when, seen) is True for when in conditions]
            assert sat.true_of(formulas, sat.person(answers)) == defined
