"""The normal form says what `evaluate` says, for every profile of a tiny vocabulary."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rls_rules import durable
from rls_rules.conditions import All, Any, Compare, Condition, Not, OneOf, evaluate
from rls_rules.regions import MOST_BOXES, Space, TooManyBoxesError, absorb
from rls_rules.search import find
from rls_rules.vocabulary import Fact, Vocabulary
from tests.tiny import TINY, conditions, everyone, levels, with_findings

EVERYONE = list(everyone())


@settings(max_examples=60)
@given(levels(), st.lists(conditions(findings=("d0", "d1", "d2"), gaps=True), min_size=1, max_size=6))
def test_boxes_say_what_evaluate_says(findings: dict[str, Condition], several: list[Condition]) -> None:
    """Over three levels of findings, a profile lies in the boxes exactly when the condition is certain."""
    space = Space(TINY, [*findings.values(), *several], findings)
    true = [space.boxes(condition) for condition in several]
    false = [space.boxes(condition, holds=False) for condition in several]
    for facts in EVERYONE:
        seen, point = with_findings(facts, findings), space.point(facts)
        for i, condition in enumerate(several):
            verdict = evaluate(condition, seen)
            assert any(box & point == point for box in true[i]) is (verdict is True)
            assert any(box & point == point for box in false[i]) is (verdict is False)


@pytest.mark.skipif(not durable.available(), reason="durable_rules cannot be imported here")
@settings(max_examples=40)
@given(levels(), st.lists(conditions(findings=("d0", "d1", "d2"), gaps=True), min_size=1, max_size=6))
def test_durable_rules_says_what_evaluate_says(
    findings: dict[str, Condition], several: list[Condition]
) -> None:
    """The program for durable_rules fires for exactly the profiles for which the condition is true."""
    space = Space(TINY, [*findings.values(), *several], findings)
    engine = durable.DurableEngine(space, {i: space.boxes(condition) for i, condition in enumerate(several)})
    for facts in EVERYONE[::7]:
        seen = with_findings(facts, findings)
        true = {i for i, condition in enumerate(several) if evaluate(condition, seen) is True}
        assert engine.fired(space.point(facts)) == true
    engine.discard()


@settings(max_examples=60)
@given(conditions(gaps=True), st.lists(conditions(gaps=True), max_size=4))
def test_find_is_a_decision_procedure(wanted: Condition, forbidden: list[Condition]) -> None:
    """`find` gives a part of a box outside some others if, and only if, somebody is there."""
    space = Space(TINY, [wanted, *forbidden])
    without = [box for condition in forbidden for box in space.boxes(condition)]
    for box in space.boxes(wanted):
        people = [point for facts in EVERYONE if box & (point := space.point(facts)) == point]
        outside = [point for point in people if not any(other & point == point for other in without)]
        found = find(space, box, without)
        assert (found is not None) is bool(outside)
        if found is not None:
            assert found & box == found
            assert not any(space.is_some(found & other) for other in without)


@given(st.lists(st.integers(0, 255), max_size=12))
def test_absorbing_keeps_the_union(boxes: list[int]) -> None:
    """Absorbing drops only boxes that lie inside another."""
    kept = absorb(boxes)
    assert {*kept} <= {*boxes}
    assert all(any(larger & box == box for larger in kept) for box in boxes)
    assert not any(a != b and a & b == b for a, b in itertools.permutations(kept, 2))


def test_thresholds_at_the_ends_of_a_range_make_no_empty_cell() -> None:
    """Every cell of a number holds an answer, even with thresholds at the ends of its range."""
    tests = [
        Compare("n", word, value)
        for word in ("at_least", "above", "at_most", "below")
        for value in (0.0, 3.0)
    ]
    space = Space(TINY, tests)
    (slot,) = space.slots
    assert [slot.cell(slot.sample(cell)) for cell in range(1, slot.cells)] == [*range(1, slot.cells)]
    for test in tests:
        for value in (0.0, 1.0, 3.0):
            point = space.point({"n": value})
            assert any(box & point == point for box in space.boxes(test)) is evaluate(test, {"n": value})


def test_a_condition_nobody_can_read_is_refused() -> None:
    """A condition of more than 512 boxes is refused before it is built."""
    facts = Vocabulary.of(Fact(f"t{i}", "truth") for i in range(24))
    pairs = tuple(Any((OneOf(f"t{i}", (True,)), OneOf(f"t{i + 1}", (True,)))) for i in range(0, 24, 2))
    with pytest.raises(TooManyBoxesError):
        Space(facts, [All(pairs)]).boxes(All(pairs))
    assert len(Space(facts, [All(pairs)]).boxes(Not(All(pairs)))) <= MOST_BOXES
