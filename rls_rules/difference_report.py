"""A difference as plain text for a reviewer, as the *Advice* part of a changelog, and as JSON."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from itertools import groupby

from rls_rules.difference import Difference, PointChange, Somebody
from rls_rules.item_changes import Change, ItemChange
from rls_rules.profile import Profile

SCHEMA_VERSION = "1"
"""Of the JSON; changes when a reader of it may have to."""

_HEADINGS = {
    "finding": "Findings",
    "impossible": "What cannot be",
    "name": "Names of medicines and classes",
    "tension": "Tensions",
}
_REWRITTEN = "its condition is written differently, unchanged in meaning: the same people hear it"


def as_text(found: Difference) -> str:
    """Everything that differs, as plain text."""
    lines = [f"old rules {found.old}, new rules {found.new}"]
    if not (found.points or found.items):
        lines.append("nothing differs")
    if found.points:
        lines += ["", "Points"]
        lines += [line for point in found.points for line in _point(point)]
    for kind, items in groupby(found.items, key=lambda one: one.kind):
        lines += ["", _HEADINGS[kind]]
        lines += [line for item in items for line in _item(item)]
    lines += ["", *_cautions(found)] if found.cautions_removed else []
    return "\n".join(lines) + "\n"


def _cautions(found: Difference) -> Iterator[str]:
    yield "Somebody no longer hears a caution, an advice against, or an urgent point"
    for one in found.cautions_removed:
        yield f"  `{one.point}`: {one.why}"
        yield from _somebody("for example", one.somebody)


def _point(point: PointChange) -> Iterator[str]:
    yield f"  {point.what} `{point.id}` ({point.stance}, {point.urgency}): {point.title}"
    if point.formerly:
        yield "    formerly " + ", ".join(f"`{name}`" for name in point.formerly)
    yield from _changes(point.changes)
    if point.meaning == "rewritten":
        yield f"    {_REWRITTEN}"
    yield from _somebody("now heard, for example, by somebody who says", point.gains)
    yield from _somebody("no longer heard, for example, by somebody who says", point.loses)


def _item(item: ItemChange) -> Iterator[str]:
    yield f"  {item.what} `{item.id}`"
    yield from _changes(item.changes)
    if item.points:
        yield "    points: " + ", ".join(f"`{name}`" for name in item.points)


def _changes(changes: tuple[Change, ...]) -> Iterator[str]:
    for change in changes:
        yield f"    {change.part}"
        yield from (f"      - {one}" for one in change.removed)
        yield from (f"      + {one}" for one in change.added)


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
    if len(lines) == 2:  # noqa: PLR2004 - the heading and the empty line
        lines.append("Nobody hears anything different.")
    return "\n".join(lines) + "\n"


def _advice(point: PointChange) -> Iterator[str]:
    said = [f"`{point.id}`"]
    if point.formerly:
        said.append("(formerly " + ", ".join(f"`{name}`" for name in point.formerly) + ")")
    parts = [change.part for change in point.changes if change.part != "when"]
    clauses: list[str] = (
        [point.what] if point.what != "changed" else [f"other {_list(parts)}"] if parts else []
    )
    if point.gains is not None:
        clauses.append(f"now heard, for example, by somebody who says: {_words(point.gains)}")
    if point.loses is not None:
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
