"""Theorems about the rules beside each other: each can be heard, none twice, and no opposition unannounced."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from rls_rules.conditions import OneOf
from rls_rules.items import TalkingPoint
from rls_rules.theorems import Claim, Ground, Theorem


def _can_be_shown(ground: Ground) -> Iterator[Claim]:
    for point in ground.points:
        yield Claim(
            "somebody",
            ground.boxes(point.id),
            (),
            (("point", point.id),),
            f"`{point.id}` is shown to nobody",
            "no person can meet its whole condition; leave out what contradicts the rest",
        )


def _not_for_everyone(ground: Ground) -> Iterator[Claim]:
    space = ground.program.space
    for point in ground.points:
        boxes = ground.boxes(point.id)
        if point.for_everyone:
            yield Claim(
                "nobody",
                (space.full,),
                boxes,
                (("point", point.id),),
                f"`{point.id}` is marked `for_everyone`, but somebody does not hear it",
                "leave out `for_everyone: true`, or widen the condition",
                lacks=(point.id,),
            )
        else:
            yield Claim(
                "somebody",
                (space.full,),
                boxes,
                (("point", point.id),),
                f"`{point.id}` is shown to everyone",
                "say for whom it is, or `for_everyone: true`",
            )


def _opposed(ground: Ground) -> Iterator[Claim]:
    speaking: dict[tuple[str, str], list[str]] = defaultdict(list)
    for point in ground.points:
        for option in point.options:
            speaking[option, point.stance].append(point.id)
    announced = {
        frozenset(pair)
        for tension in ground.program.rules.tensions.values()
        for pair in combinations(tension.points, 2)
    }
    for option, stance in list(speaking):
        if stance != "favours":
            continue
        for favours in speaking[option, "favours"]:
            for against in speaking.get((option, "advises_against"), ()):
                if frozenset((favours, against)) not in announced:
                    yield Claim(
                        "nobody",
                        ground.together((favours, against)),
                        (),
                        (("point", favours), ("point", against)),
                        f"`{favours}` favours `{option}` and `{against}` advises against it, to the same person",
                        "name both points in a tension, or narrow one of the conditions",
                        shows=(favours, against),
                    )


def _tensions_meet(ground: Ground) -> Iterator[Claim]:
    for tension in ground.program.rules.tensions.values():
        yield Claim(
            "somebody",
            ground.together(tension.points),
            (),
            (("tension", tension.id), *(("point", point) for point in tension.points)),
            f"nobody hears all points of the tension `{tension.id}`",
            "leave a point out of its `points`, or widen a condition",
        )


def _duplicates(ground: Ground) -> Iterator[Claim]:
    alike: dict[object, list[TalkingPoint]] = defaultdict(list)
    for point in ground.points:
        alike[point.stance, point.options, frozenset(point.cites)].append(point)
    yield from _implied(alike, ground, "the same stance, options and citations")


def _implied_points(ground: Ground) -> Iterator[Claim]:
    alike: dict[object, list[TalkingPoint]] = defaultdict(list)
    for point in ground.points:
        if point.options:
            alike[point.stance, point.options].append(point)
    yield from _implied(alike, ground, "the same stance and options, but other citations", same=False)


def _implied(
    alike: dict[object, list[TalkingPoint]], ground: Ground, what: str, *, same: bool = True
) -> Iterator[Claim]:
    for points in alike.values():
        for point in points:
            for other in points:
                if point is not other and ({*point.cites} == {*other.cites}) is same:
                    yield Claim(
                        "somebody",
                        ground.boxes(point.id),
                        ground.boxes(other.id),
                        (("point", point.id), ("point", other.id)),
                        f"whoever hears `{point.id}` also hears `{other.id}`, with {what}",
                        "leave one of them out, or say in the narrower one what the other does not",
                    )


def _both_outcomes(ground: Ground) -> Iterator[Claim]:
    space = ground.program.space
    for finding in ground.program.rules.findings.values():
        yes, no = (space.boxes(OneOf(finding.id, (outcome,))) for outcome in (True, False))
        yield Claim(
            "nobody",
            space.meet(yes, no),
            (),
            (("finding", finding.id),),
            f"`{finding.id}` is both so and not so for somebody",
            "this should not be possible; please report it",
        )


CONSISTENT: tuple[Theorem, ...] = (
    Theorem("can-be-shown", "Every point can be shown to somebody.", _can_be_shown),
    Theorem("not-for-everyone", "No point is shown to everyone, unless it is marked so.", _not_for_everyone),
    Theorem(
        "opposition-announced",
        "Nobody hears one point for an option and one against it, unless a tension names both.",
        _opposed,
    ),
    Theorem("tensions-meet", "Somebody hears all points of each tension.", _tensions_meet),
    Theorem(
        "no-duplicates",
        "No point is implied by another with the same stance, options and citations.",
        _duplicates,
    ),
    Theorem(
        "nothing-implied",
        "No point is implied by another with the same stance and options, but other citations.",
        _implied_points,
        "warning",
    ),
    Theorem("one-outcome", "Both outcomes of a finding never hold at once.", _both_outcomes),
)
"""The theorems about consistency."""
