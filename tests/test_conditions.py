"""The language: `evaluate` is its definition, and keeps what Kleene's logic promises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rls_rules.conditions import All, Any, Compare, Contains, Known, Not, OneOf, evaluate, facts_in, leaves
from rls_rules.vocabulary import Answer
from tests.tiny import TINY, answers, conditions

T, F, U = All(()), Any(()), OneOf("b", (True,))


@pytest.mark.parametrize(
    ("left", "right", "both", "either"),
    [
        (T, T, True, True), (T, U, None, True), (T, F, False, True),
        (U, U, None, None), (U, F, False, None), (F, F, False, False),
    ],
)  # fmt: skip
def test_truth_table(
    left: All | Any | OneOf, right: All | Any | OneOf, *, both: bool | None, either: bool | None
) -> None:
    """All and any follow the strong Kleene table, whichever way round."""
    for one, other in ((left, right), (right, left)):
        assert evaluate(All((one, other)), {}) is both
        assert evaluate(Any((one, other)), {}) is either


@pytest.mark.parametrize(("condition", "verdict"), [(T, False), (F, True), (U, None)])
def test_negation(condition: All | Any | OneOf, *, verdict: bool | None) -> None:
    """Not turns true and false round and leaves unknown unknown."""
    assert evaluate(Not(condition), {}) is verdict


@pytest.mark.parametrize(
    ("comparison", "below", "at", "above"),
    [
        ("at_least", False, True, True), ("above", False, False, True),
        ("at_most", True, True, False), ("below", True, False, False),
    ],
)  # fmt: skip
def test_comparisons(comparison: str, *, below: bool, at: bool, above: bool) -> None:
    """Each comparison decides the threshold itself as its name says."""
    test = Compare("n", comparison, 75.0)  # type: ignore[arg-type]
    assert [evaluate(test, {"n": value}) for value in (74.9, 75.0, 75.1)] == [below, at, above]
    assert evaluate(test, {}) is None


def test_known_is_never_unknown() -> None:
    """`Known` is true or false of every profile, and an empty set answer is a gap."""
    assert evaluate(Known("b"), {}) is False
    assert evaluate(Known("b", known=False), {}) is True
    assert evaluate(Known("s"), {"s": {}}) is False
    assert evaluate(Known("s"), {"s": {"m0": False}}) is True


def test_a_member_may_be_unknown_in_a_list_that_is_known_in_part() -> None:
    """Whether a member is known depends on that member alone, and is true or false of every profile."""
    for answer, known in (({}, False), ({"s": {"m0": True}}, False), ({"s": {"m1": False}}, True)):
        assert evaluate(Known("s", member="m1"), answer) is known
        assert evaluate(Known("s", known=False, member="m1"), answer) is not known


def test_members_are_answered_one_by_one() -> None:
    """A member that was not answered is unknown although another was."""
    assert evaluate(Contains("s", "m1"), {"s": {"m0": True}}) is None
    assert evaluate(Contains("s", "m0"), {"s": {"m0": True}}) is True


@given(st.data())
def test_learning_more_never_unsettles(data: st.DataObject) -> None:
    """Without `Known`, a verdict stays when another fact is learnt."""
    condition = data.draw(conditions())
    facts = data.draw(answers())
    learnt = {**data.draw(answers()), **{name: value for name, value in facts.items() if name != "s"}}
    learnt["s"] = {**_members(learnt.get("s")), **_members(facts.get("s"))}
    verdict = evaluate(condition, facts)
    if verdict is not None:
        assert evaluate(condition, learnt) is verdict


def _members(answer: Answer | None) -> dict[str, bool]:
    return dict(answer) if isinstance(answer, dict) else {}


@given(conditions(gaps=True))
def test_facts_in_names_every_test(condition: All) -> None:
    """`facts_in` gives exactly the facts of the tests, and all of them are in the vocabulary."""
    assert facts_in(condition) == {leaf.fact for leaf in leaves(condition)}
    assert facts_in(condition) <= {*TINY.facts}
