"""Whom points reach: counted as by trying everybody, and estimated where that is too much."""

from fractions import Fraction
from math import sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rls_rules import load_rules
from rls_rules.conditions import Condition, Known, OneOf
from rls_rules.program import Program, compiled
from rls_rules.reach import reach
from tests.small import EVERYONE, conditions, hears, possible, small_rules


def _everyone(program: Program) -> dict[int, dict[str, object]]:
    """One profile for each that the conditions can tell apart, by its point in the space."""
    return {program.space.point(facts): dict(facts) for facts in EVERYONE}


@settings(max_examples=60)
@given(
    st.lists(conditions(gaps=True), min_size=1, max_size=4),
    st.lists(conditions(), max_size=2),
)
def test_reach_is_counted_exactly(several: list[Condition], never: list[Condition]) -> None:
    """The share is that of the possible profiles which hear the point, when each is tried."""
    rules = small_rules({f"p{i}": when for i, when in enumerate(several)}, never=never)
    people = [facts for facts in _everyone(compiled(rules)).values() if possible(rules, facts)]  # type: ignore[arg-type]
    if not people:
        return
    for one in reach(rules):
        shown = sum(hears(rules, one.point, facts) for facts in people)  # type: ignore[arg-type]
        assert one.standard_error is None
        assert one.share == float(Fraction(shown, len(people)))


@settings(max_examples=10)
@given(conditions(gaps=True), st.lists(conditions(), max_size=1))
def test_reach_is_estimated_where_counting_takes_too_much(when: Condition, never: list[Condition]) -> None:
    """An estimate is within six standard errors of the exact share, and the same each time."""
    rules = small_rules({"p": when}, never=never)
    if not any(possible(rules, facts) for facts in EVERYONE):
        return
    (exact,) = reach(rules)
    (drawn,) = reach(rules, most_pieces=0, drawn=300)
    if drawn.standard_error is not None:
        error = sqrt(exact.share * (1 - exact.share) / 300)
        assert abs(exact.share - drawn.share) < 6 * error + 0.01
        assert drawn == reach(rules, most_pieces=0, drawn=300)[0]


def test_an_estimate_says_its_error() -> None:
    """Where no piece may be counted, each point of the shipped rules has an error, even one that nobody drawn hears."""
    for one in reach(load_rules(), most_pieces=0, drawn=20):
        assert one.standard_error is not None
        assert one.standard_error > 0


def test_the_shipped_rules_are_counted() -> None:
    """Every point of the shipped rules is counted exactly; the one that fewest hear stands first."""
    found = reach(load_rules())
    assert {one.point for one in found} == {*load_rules().points}
    assert all(one.standard_error is None and 0 < one.share <= 1 for one in found)
    assert [one.share for one in found] == sorted(one.share for one in found)


def test_a_rule_base_in_which_nobody_can_be() -> None:
    """Where everybody is impossible, nobody hears anything."""
    rules = small_rules(
        {"p": OneOf("drives", (True,))}, never=[Known("drives"), Known("drives", known=False)]
    )
    assert [one.share for one in reach(rules)] == [0.0]


@pytest.mark.parametrize("seed", [0, 1])
def test_drawing_is_deterministic(seed: int) -> None:
    """The same seed draws the same people."""
    once = reach(load_rules(), most_pieces=0, drawn=5, seed=seed)
    assert once == reach(load_rules(), most_pieces=0, drawn=5, seed=seed)
