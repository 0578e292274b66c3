"""Thresholds: every number that decides a point has an example on each side of it, one of them just there."""

from collections.abc import Iterator

import pytest

from rls_rules import Profile, load_rules
from rls_rules.conditions import COMPARE, Compare, Condition, facts_in, leaves
from rls_rules.recognition import recognise

RULES = load_rules()


def reached(condition: Condition) -> Iterator[Condition]:
    """A condition, and those of the findings that it rests on."""
    yield condition
    for name in facts_in(condition):
        if name in RULES.findings:
            yield from reached(RULES.findings[name].when)


def deciding(point: str) -> set[Compare]:
    """Every comparison of a number in the condition of a point, findings included."""
    conditions = reached(RULES.points[point].when)
    return {leaf for one in conditions for leaf in leaves(one) if isinstance(leaf, Compare)}


def own(condition: Condition) -> set[Compare]:
    """The comparisons that stand in a condition itself."""
    return {leaf for leaf in leaves(condition) if isinstance(leaf, Compare)}


def answers(point: str, fact: str) -> set[float]:
    """What the people in the examples of a point answer to a number."""
    people = [Profile.model_validate(example.given) for example in RULES.points[point].examples]
    given = [recognise(person, RULES).answers.get(fact) for person in people]
    return {answer for answer in given if isinstance(answer, float)}


def uncovered(points: list[str], leaf: Compare) -> str:
    """What is missing around a threshold in the examples of some points; empty if nothing."""
    given = {answer for point in points for answer in answers(point, leaf.fact)}
    sides = {COMPARE[leaf.comparison](answer, leaf.threshold) for answer in given}
    if sides == {True, False} and leaf.threshold in given:
        return ""
    return f"{leaf.fact} {leaf.comparison} {leaf.threshold:g}: {sorted(given)}"


POINTS = [name for name, point in RULES.points.items() if own(point.when)]
FINDINGS = [name for name, finding in RULES.findings.items() if own(finding.when)]


@pytest.mark.parametrize("name", POINTS)
def test_points_have_examples_around_their_thresholds(name: str) -> None:
    """For each threshold of a point, its examples stand on both sides, and one stands on the threshold."""
    assert not [gap for leaf in own(RULES.points[name].when) if (gap := uncovered([name], leaf))]


@pytest.mark.parametrize("name", FINDINGS)
def test_findings_have_examples_around_their_thresholds(name: str) -> None:
    """For each threshold of a finding, the examples of the points that rest on it do the same."""
    leaves_ = own(RULES.findings[name].when)
    users = [point for point in RULES.points if leaves_ <= deciding(point)]
    assert users
    assert not [gap for leaf in leaves_ if (gap := uncovered(users, leaf))]


def test_there_are_thresholds() -> None:
    """Ages and iron results are compared in points and in findings."""
    compared = {leaf.fact for name in RULES.points for leaf in deciding(name)}
    assert {"age", "ferritin", "transferrin_saturation"} <= compared
