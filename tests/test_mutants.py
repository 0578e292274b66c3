"""Mutants: each operator makes the mistake it names, and equivalence is what trying everybody says."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from rls_rules import load_rules
from rls_rules.conditions import All, Any, Compare, Condition, Contains, Known, Not, OneOf, evaluate
from rls_rules.items import Finding, TalkingPoint
from rls_rules.mutants import ITEM_OPERATORS, OPERATORS, Change, Mutant, changed, mutants, touched
from rls_rules.partings import Partings
from rls_rules.regions import TooManyBoxesError
from rls_rules.rulebase import RuleBase
from rls_rules.vocabulary import Vocabulary
from tests.tiny import TINY, conditions, everyone, levels, with_findings

SHIPPED = load_rules()
EVERYONE = list(everyone())
B, AGE = OneOf("drives", (True,)), Compare("age", "at_least", 18.0)


def made(condition: Condition, operator: str) -> list[Condition]:
    """What one operator makes of a condition."""
    changes: list[Change] = list(changed(condition, SHIPPED))
    return [new for name, _, new in changes if name == operator]


@pytest.mark.parametrize(
    ("operator", "condition", "expected"),
    [
        ("move a threshold", AGE, [replace(AGE, threshold=17.0), replace(AGE, threshold=19.0)]),
        ("move a threshold", Compare("age", "below", 120.0), [Compare("age", "below", 119.0)]),
        ("change strictness", AGE, [Compare("age", "above", 18.0)]),
        ("change strictness", Compare("age", "below", 18.0), [Compare("age", "at_most", 18.0)]),
        ("drop a part", All((B, AGE)), [All((AGE,)), All((B,))]),
        ("drop a part", Any((B,)), []),
        ("negate a part", AGE, [Not(AGE)]),
        ("negate a part", Not(AGE), [AGE, Not(Not(AGE))]),
        ("swap all and any", All((B, AGE)), [Any((B, AGE))]),
        ("shorten a list", OneOf("kidney", ("normal", "severe")), [OneOf("kidney", ("severe",)), OneOf("kidney", ("normal",))]),
        ("other answer", OneOf("kidney", ("reduced",)), [OneOf("kidney", ("severe",))]),
        ("other answer", OneOf("kidney", ("normal", "reduced", "severe", "dialysis", "transplant")), []),
        ("other answer", Contains("impulse_control", "other"), [Contains("impulse_control", "gambling")]),
        ("flip a boolean", B, [OneOf("drives", (False,))]),
        ("flip known", Known("age"), [Known("age", known=False)]),
    ],
)  # fmt: skip
def test_each_operator_makes_the_mistake_it_names(
    operator: str, condition: Condition, expected: list[Condition]
) -> None:
    """An operator changes one thing in every place that has it, and nothing else."""
    assert made(condition, operator) == expected


def test_mistakes_are_made_at_every_depth() -> None:
    """A part of a part is mutated where it stands, and the rest stays."""
    deep = All((B, Any((AGE, Not(All((B, AGE)))))))
    assert All((B, Any((AGE, Not(Any((B, AGE))))))) in made(deep, "swap all and any")
    assert All((B, Any((AGE, Not(All((AGE,))))))) in made(deep, "drop a part")


def tiny(when: Condition, findings: dict[str, Condition]) -> RuleBase:
    """One point with a condition of the tiny vocabulary, and the findings that it may test."""
    model = next(iter(SHIPPED.points.values()))
    point = model.model_copy(update={"id": "tiny", "when": when})
    rules = replace(
        SHIPPED,
        points={"tiny": point},
        findings={
            name: Finding(id=name, reads="it may be so", reads_not="it may not be so", when=condition)
            for name, condition in findings.items()
        },
        tensions={}, impossible={}, hazards={}, statements={},
    )  # fmt: skip
    return in_vocabulary(rules, TINY)


def in_vocabulary(rules: RuleBase, vocabulary: Vocabulary) -> RuleBase:
    """The same rule base over other facts."""
    vars(rules)["vocabulary"] = vocabulary
    return rules


def apart(rules: RuleBase, mutant: Mutant) -> bool:
    """Whether anybody at all gets another verdict from a point or a finding."""
    for facts in EVERYONE:
        seen, then = (
            with_findings(facts, {one.id: one.when for one in base.findings.values()})
            for base in (rules, mutant.rules)
        )
        if seen != then or evaluate(rules.points["tiny"].when, seen) is not evaluate(
            mutant.rules.points["tiny"].when, then
        ):
            return True
    return False


@settings(max_examples=8)
@given(conditions(findings=("d0", "d1", "d2"), gaps=True), levels())
def test_equivalence_is_what_trying_everybody_says(when: Condition, findings: dict[str, Condition]) -> None:
    """A mutant is called equivalent if, and only if, none of the 1,080 people gets another verdict."""
    rules = tiny(when, findings)
    every = [one for one in mutants(rules) if one.of_condition]
    partings = Partings.of(rules, every)
    for mutant in every[::4]:
        try:
            parting = partings.parting(mutant)
        except TooManyBoxesError:
            continue
        assert (parting is not None) is apart(rules, mutant), mutant.what


def test_a_mutant_that_changes_nothing_is_proved_equivalent() -> None:
    """To ask for the same thing twice, or for a threshold that another part hides, makes no difference."""
    twice = All((Compare("n", "at_least", 2.0), Compare("n", "at_least", 1.0)))
    rules = tiny(twice, {})
    every = [one for one in mutants(rules) if one.operator == "drop a part"]
    found = [Partings.of(rules, every).parting(one) for one in every]
    assert [one is None for one in found] == [False, True]


def test_each_mutant_differs_in_its_item_alone() -> None:
    """A mutant of the shipped rules has its mistake in the item it names, and shares all the rest."""
    seen: set[str] = set()
    ids: set[str] = set()
    for mutant in mutants(SHIPPED):
        seen.add(mutant.operator)
        ids.add(mutant.id)
        ours = SHIPPED.points if mutant.kind == "point" else SHIPPED.findings
        theirs = mutant.rules.points if mutant.kind == "point" else mutant.rules.findings
        assert list(ours) == list(theirs)
        differing = [name for name in ours if theirs[name] is not ours[name]]
        assert differing == [mutant.item]
        assert theirs[mutant.item] != ours[mutant.item]
        assert mutant.rules.statements is SHIPPED.statements
        assert mutant.place.line > 0
    assert seen == {*OPERATORS}
    assert len(ids) == sum(1 for _ in mutants(SHIPPED))


def _key(point: TalkingPoint) -> tuple[object, ...]:
    return point.stance, point.urgency, point.options, point.cites


def test_mistakes_outside_conditions_leave_conditions_alone() -> None:
    """A stance, urgency, option or citation changes without the condition, and each time it does change."""
    for mutant in mutants(SHIPPED):
        if mutant.operator in ITEM_OPERATORS and mutant.kind == "point":
            before, after = SHIPPED.points[mutant.item], mutant.rules.points[mutant.item]
            assert before.when is after.when
            assert sum(a != b for a, b in zip(_key(before), _key(after), strict=True)) == 1


def test_what_a_finding_feeds_is_touched() -> None:
    """A mutant of a finding touches every finding and point that is made of it, and no other."""
    rules = tiny(
        OneOf("d1", (True,)),
        {"d0": OneOf("b", (True,)), "d1": OneOf("d0", (True,)), "d2": OneOf("b", (True,))},
    )
    (first,) = [one for one in mutants(rules) if one.item == "d0"]
    (last,) = [one for one in mutants(rules) if one.item == "d2"]
    assert touched(rules, first) == {("finding", "d0"), ("finding", "d1"), ("point", "tiny")}
    assert touched(rules, last) == {("finding", "d2")}
