"""A difference as plain text for a reviewer, as the *Advice* part of a changelog, and as JSON."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from itertools import groupby

from rls_rules.difference import Difference, PointChange, Somebody
from rls_rules.item_changes import Change, ItemChange
from rls_rules.profile import Profile
from rls_rules.readability import sentences_in

SCHEMA_VERSION = "1"
"""Of the JSON; changes when a reader of it may have to."""

_HEADINGS = {
    "finding": "Findings",
    "hazard": "Documented dangers",
    "impossible": "What cannot be",
    "name": "Names of medicines, classes and options",
    "option": "Options",
    "statement": "Statements of sources",
    "tension": "Tensions",
}
_PARTS = {
    "text": "what it says",
    "clinician_text": "what clinicians read",
    "ask": "question to put to the clinician",
    "when": "for whom, all of",
    "when any": "for whom, any of",
    "cites": "sources",
    "options": "options it speaks of",
    "what": "what it is",
    "no_benefit_shown": "no benefit shown",
    "not_studied": "harms not studied",
    "living_with": "living with it",
    "reads": "in words, if so",
    "reads_not": "in words, if not",
    "asks_about": "as something asked about",
}
"""What the parts of an item are called; others as they are."""

_SENTENCES = {"text", "clinician_text", "says", "note", "what"}
"""Parts of which only the sentences that differ are shown."""

_HEAD = {"title", "stance", "urgency"}
"""Parts that stand in the first line of a point."""

_MANY = 5
"""Of more points that depend on an item, only their number is told beside these first."""


def as_text(found: Difference) -> str:
    """Everything that differs, as plain text: first who loses a warning, last what is only worded otherwise."""
    lines = [f"old rules {found.old}, new rules {found.new}"]
    if not (found.points or found.items):
        lines.append("nothing differs")
    if found.cautions_removed:
        lines += ["", *_cautions(found)]
    for heading, points in _groups(found.points):
        lines += ["", f"{heading} ({len(points)})"]
        lines += [line for point in points for line in _point(point)]
    for kind, several in groupby(found.items, key=lambda one: one.kind):
        items = list(several)
        lines += ["", f"{_HEADINGS[kind]} ({len(items)})"]
        lines += [line for item in items for line in _item(item)]
    return "\n".join(lines) + "\n"


_GROUPS = (
    "Points that other people hear now",
    "Points that are gone",
    "Points that are new",
    "Points that the same people hear, said otherwise",
)
"""What became of points, what matters most first."""


def _group(point: PointChange) -> int:
    if point.what == "changed":
        return 0 if point.meaning == "different" else 3
    return 1 if point.what == "removed" else 2


def _groups(points: Iterable[PointChange]) -> Iterator[tuple[str, list[PointChange]]]:
    """The points by what became of them."""
    for number, several in groupby(sorted(points, key=_group), key=_group):
        yield _GROUPS[number], list(several)


def _cautions(found: Difference) -> Iterator[str]:
    count = len(found.cautions_removed)
    yield f"Somebody no longer hears a caution, an advice against, or an urgent point ({count})"
    for one in found.cautions_removed:
        yield f"  `{one.point}`: {one.title}"
        yield from _somebody(f"{one.why}: heard before, for example, by somebody who says", one.somebody)
        yield "    this person now hears instead: " + (_named(one.instead) or "nothing new")


def _point(point: PointChange) -> Iterator[str]:
    yield f"  `{point.id}` ({point.stance.replace('_', ' ')}, {point.urgency}): {point.title}"
    if point.formerly:
        yield "    formerly " + ", ".join(f"`{name}`" for name in point.formerly)
    if point.meaning != "renamed":
        yield from _somebody("now heard, for example, by somebody who says", point.gains)
        yield from _somebody("no longer heard, for example, by somebody who says", point.loses)
    yield from _changes(one for one in point.changes if point.what == "changed" or one.part not in _HEAD)
    if point.meaning == "rewritten":
        yield "    its condition is written differently, unchanged in meaning: the same people hear it"
    for somebody in (point.gains, point.loses) if point.meaning == "renamed" else ():
        if somebody is not None:
            how = "now" if somebody is point.gains else "no longer"
            yield f"    {how} heard by some, only because a name means something else: {_words(somebody)}"


def _item(item: ItemChange) -> Iterator[str]:
    if item.kind == "hazard" and item.what != "changed":
        said = [one for part in item.changes if part.part != "cites" for one in (*part.removed, *part.added)]
        yield f"  {item.what} `{item.id}`: {'; '.join(said)}"
        return
    yield f"  {item.what} `{item.id}`"
    yield from _changes(item.changes)
    if item.points:
        yield f"    on it rest: {_named(item.points, _MANY)}"


def _named(ids: Sequence[str], most: int | None = None) -> str:
    """Some ids; of more than a number, only so many and how many more there are."""
    shown = ", ".join(f"`{name}`" for name in ids[:most])
    more = 0 if most is None else len(ids) - most
    return f"{shown} and {more} more" if more > 0 else shown


def _changes(changes: Iterable[Change]) -> Iterator[str]:
    for change in changes:
        removed, added = _apart(change)
        yield f"    {_PARTS.get(change.part, change.part)}"
        yield from (f"      - {one}" for one in removed)
        yield from (f"      + {one}" for one in added)


def _apart(change: Change) -> tuple[Sequence[str], Sequence[str]]:
    """What went and what came; of a text, the sentences that did, if they are not merely in another order."""
    if change.part not in _SENTENCES or not (change.removed and change.added):
        return change.removed, change.added
    before, now = (
        [one for text in texts for one in sentences_in(text)] for texts in (change.removed, change.added)
    )
    removed, added = [one for one in before if one not in now], [one for one in now if one not in before]
    return (removed, added) if removed or added else (change.removed, change.added)


def _somebody(how: str, somebody: Somebody | None) -> Iterator[str]:
    if somebody is not None:
        yield f"    {how}: {_words(somebody)}"
        yield f"      given: {somebody.given}"


def _words(somebody: Somebody) -> str:
    return "; ".join(somebody.words) or "nothing at all"


def as_advice(found: Difference) -> str:
    """Who now hears something different, by rule id, as the *Advice* part of a release in CHANGELOG.md."""
    lines = ["### Advice", ""]
    lines += [line for point in found.points for line in _advice(point)]
    lines += [
        f"- Tension `{item.id}`: {item.what}, for whoever hears "
        + " and ".join(f"`{name}`" for name in item.points)
        + "."
        for item in found.items
        if item.kind == "tension"
    ]
    lines += [
        f"- Name `{item.id}`: {item.what}, for whoever gives it."
        for item in found.items
        if item.kind == "name"
    ]
    if len(lines) == 2:  # noqa: PLR2004 - the heading and the empty line
        lines.append("Nobody hears anything different.")
    return "\n".join(lines) + "\n"


def _advice(point: PointChange) -> Iterator[str]:
    said = [f"`{point.id}`"]
    if point.formerly:
        said.append("(formerly " + ", ".join(f"`{name}`" for name in point.formerly) + ")")
    parts = [change.part for change in point.changes if not change.part.startswith("when")]
    clauses: list[str] = (
        [point.what] if point.what != "changed" else [f"other {_list(parts)}"] if parts else []
    )
    if point.gains is not None and point.meaning != "renamed":
        clauses.append(f"now heard, for example, by somebody who says: {_words(point.gains)}")
    if point.loses is not None and point.meaning != "renamed":
        clauses.append(f"no longer heard, for example, by somebody who says: {_words(point.loses)}")
    if clauses or point.formerly:
        yield (
            f"- {' '.join(said)}: "
            + ".\n  ".join(_capital(one) for one in clauses or ["only the id is new"])
            + "."
        )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _list(names: list[str]) -> str:
    quoted = [f"`{name}`" for name in names]
    return " and ".join(filter(None, [", ".join(quoted[:-1]), quoted[-1]]))


def as_json(found: Difference) -> str:
    """Everything that differs, as JSON."""
    data = {"schema_version": SCHEMA_VERSION, **asdict(found)}
    return json.dumps(data, indent=2, ensure_ascii=False, default=_plain) + "\n"


def _plain(profile: Profile) -> dict[str, object]:
    return profile.model_dump(mode="json", exclude_defaults=True)
