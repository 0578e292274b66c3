"""Whether what tells of a documented danger warns of it and of its medicine, as soon as it presses and no sooner.

How pressing something is no source says. A person judges it, once of the danger and once of the point:
so a slip shows, though not that both are right.
"""

from collections.abc import Container, Iterator

from rls_rules.errors import Problem
from rls_rules.items import URGENCIES, WARNINGS, Hazard, TalkingPoint
from rls_rules.rulebase import RuleBase

BESIDE = ("asks", "favours")
"""The stances that stand beside a warning, and are as pressing if they cite what it rests on."""


def misjudged(rules: RuleBase, points: Container[str] | None = None) -> Iterator[Problem]:
    """Every danger that its point does not warn of rightly and in time, and every point (of some) in a hurry without a danger."""
    for hazard in rules.hazards.values():
        if points is None or hazard.point in points:
            yield from _in_time(rules, hazard, rules.points[hazard.point])
            yield from _of_its_medicine(rules, hazard, rules.points[hazard.point])
    for point in rules.points.values():
        if points is None or point.id in points:
            yield from _in_a_hurry(rules, point)


def _in_time(rules: RuleBase, hazard: Hazard, point: TalkingPoint) -> Iterator[Problem]:
    place = rules.place("hazard", hazard.id, ("point",))
    if point.stance not in WARNINGS:
        yield Problem(
            place,
            f"`{point.id}` tells of the danger `{hazard.id}`, but {point.stance}",
            "make it a caution, or name the point that warns",
        )
    if URGENCIES.index(point.urgency) > URGENCIES.index(hazard.urgency):
        yield Problem(
            place,
            f"`{hazard.id}` must be heard as {hazard.urgency}, but `{point.id}` is {point.urgency}",
            f"write `urgency: {hazard.urgency}` in the point, or let the danger wait",
        )


def _of_its_medicine(rules: RuleBase, hazard: Hazard, point: TalkingPoint) -> Iterator[Problem]:
    """A point that speaks of medicines speaks of the one that is the danger, if that can be talked about."""
    reached = {hazard.medicine, *rules.classes_of.get(hazard.medicine or "", ())}
    own = [one.id for one in rules.options.values() if not reached.isdisjoint(one.medicines)]
    spoken_of = [name for name in point.options if rules.options[name].medicines]
    if own and spoken_of and set(own).isdisjoint(spoken_of):
        yield Problem(
            rules.place("hazard", hazard.id, ("point",)),
            f"`{hazard.id}` is a danger of `{hazard.medicine}`, but `{point.id}` speaks of other medicines",
            f"add `{own[0]}` to its options, or name the point that speaks of it",
        )


def _in_a_hurry(rules: RuleBase, point: TalkingPoint) -> Iterator[Problem]:
    dangers = [hazard for hazard in rules.hazards.values() if _tells(point, hazard)]
    most = min((URGENCIES.index(hazard.urgency) for hazard in dangers), default=len(URGENCIES) - 1)
    if URGENCIES.index(point.urgency) < most:
        yield Problem(
            rules.place("point", point.id, ("urgency",)),
            f"`{point.id}` is {point.urgency}, but no danger that it tells of is",
            "declare the danger in `hazards.yaml` with its urgency, or let the point wait",
        )


def _tells(point: TalkingPoint, hazard: Hazard) -> bool:
    beside = point.stance in BESIDE and not set(point.cites).isdisjoint(hazard.cites)
    return hazard.point == point.id or beside
