"""Whether each point leans the way its statements lean, and speaks of the options that they speak of.

The ledger says of each statement, by hand, which way it leans and of which options it speaks.
A point says both again, and neither is made from the other: so a slip in one of them shows.
"""

from collections.abc import Container, Iterable, Iterator, Mapping

from rls_rules.errors import Problem, did_you_mean
from rls_rules.items import Direction, Stance, Statement, TalkingPoint
from rls_rules.rulebase import RuleBase

LEANS: Mapping[Stance, tuple[Direction, ...]] = {
    "favours": ("supports",),
    "cautions": ("caution", "against"),
    "advises_against": ("against",),
    "informs": ("information", "supports"),
    "asks": ("information", "supports", "caution", "against"),
}
"""The directions of statements that a stance can rest on; what only warns is not for informing."""


def disagreements(rules: RuleBase, points: Container[str] | None = None) -> Iterator[Problem]:
    """Every point (of some points only, if they are named) that does not agree with what it cites."""
    for point in rules.points.values():
        if points is None or point.id in points:
            cited = [rules.statements[name] for name in point.cites]
            yield from _stance(rules, point, cited)
            yield from _options(rules, point, cited)
            if point.options:
                yield from _statements(rules, point, cited)
            elif point.stance != "asks":  # who is asked has not brought up an option yet
                yield from _no_option(rules, point, cited)
            yield from _explained(rules, point, cited)


def _stance(rules: RuleBase, point: TalkingPoint, cited: list[Statement]) -> Iterator[Problem]:
    """A stance rests on statements that lean its way, on each of its options."""
    place = rules.place("point", point.id, ("stance",))
    leaning = " or ".join(f"`{direction}`" for direction in LEANS[point.stance])
    help_ = f"cite a statement whose direction is {leaning}, or change the stance"
    for option in point.options:
        speaking = [one for one in cited if option in one.options]
        if speaking and not _lean(speaking, point.stance):
            what = f"`{point.id}` {point.stance}, but what it cites of `{option}` is {_directions(speaking)}"
            yield Problem(place, what, help_)
    if not point.options and not _lean(cited, point.stance):
        what = f"`{point.id}` {point.stance}, but what it cites is {_directions(cited)}"
        yield Problem(place, what, help_)


def _lean(statements: list[Statement], stance: Stance) -> bool:
    return any(one.direction in LEANS[stance] for one in statements)


def _directions(statements: list[Statement]) -> str:
    return _listed(dict.fromkeys(one.direction for one in statements))


def _listed(names: Iterable[str]) -> str:
    return " and ".join(f"`{name}`" for name in names)


def _options(rules: RuleBase, point: TalkingPoint, cited: list[Statement]) -> Iterator[Problem]:
    """Each option of a point is one that a statement speaks of."""
    for i, option in enumerate(point.options):
        if option not in point.beside and not any(option in one.options for one in cited):
            yield Problem(
                rules.place("point", point.id, ("options", i)),
                f"`{point.id}` speaks of `{option}`, and nothing that it cites does",
                f"cite what does, or say in `beside: {{{option}: …}}` how the text makes up for it",
            )


def _statements(rules: RuleBase, point: TalkingPoint, cited: list[Statement]) -> Iterator[Problem]:
    """Each statement is about an option of the point, if it is about any."""
    for i, one in enumerate(cited):
        if one.id not in point.beside and one.options and not set(one.options) & set(point.options):
            yield Problem(
                rules.place("point", point.id, ("cites", i)),
                f"`{one.id}` speaks of {_listed(one.options)}, but `{point.id}` does not",
                f"leave it out, add the option, or say in `beside: {{{one.id}: …}}` why it is cited",
            )


def _no_option(rules: RuleBase, point: TalkingPoint, cited: list[Statement]) -> Iterator[Problem]:
    """A point that speaks of no option has not forgotten the one that all its statements speak of."""
    unexplained = [one for one in cited if one.id not in point.beside]
    if common := _common(unexplained):
        first = next(i for i, one in enumerate(cited) if one in unexplained and one.options)
        yield Problem(
            rules.place("point", point.id, ("cites", first)),
            f"what `{point.id}` cites speaks of {_listed(common)}, but the point of no option",
            f"write `options: [{common[0]}]`, or say in `beside: {{{cited[first].id}: …}}` why not",
        )


def _common(statements: list[Statement]) -> list[str]:
    """The options that every statement speaks of, of those that speak of any."""
    spoken_of = [one.options for one in statements if one.options]
    return [option for option in spoken_of[0] if all(option in one for one in spoken_of)] if spoken_of else []


def _explained(rules: RuleBase, point: TalkingPoint, cited: list[Statement]) -> Iterator[Problem]:
    """What `beside` explains is there and in need of it: else the explanation is of an older rule."""
    options = {one.id: one.options for one in cited}
    for name in point.beside:
        place = rules.place("point", point.id, ("beside", name))
        if name not in (*options, *point.options):
            what = f"`{point.id}` neither cites `{name}` nor speaks of it"
            yield Problem(place, what, did_you_mean(name, [*options, *point.options]) or "leave it out")
        elif name in point.options:
            if any(name in spoken_of for spoken_of in options.values()):
                yield Problem(
                    place, f"`{name}` needs no explanation: a statement speaks of it", "leave it out"
                )
        elif not options[name] or not set(options[name]).isdisjoint(point.options):
            yield Problem(place, f"`{name}` needs no explanation: it agrees with the point", "leave it out")
