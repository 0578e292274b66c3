"""What differs between two rule bases in words: item by item, part by part."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from rls_rules.conditions import Condition, facts_in
from rls_rules.items import TalkingPoint
from rls_rules.program import compiled
from rls_rules.rulebase import RuleBase

What = Literal["added", "removed", "changed"]
Kind = Literal["tension", "finding", "impossible", "name"]


@dataclass(frozen=True, slots=True)
class Change:
    """One part of an item, with what went and what came; of a list, only the members that did."""

    part: str
    removed: tuple[str, ...]
    added: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemChange:
    """What became of a tension, a finding, an impossible combination, or a name; and which points depend on it."""

    kind: Kind
    id: str
    what: What
    changes: tuple[Change, ...]
    points: tuple[str, ...] = ()


Parts = Mapping[str, Iterable[str]]
"""What an item says, part by part; a list is compared without its order."""


def parts(was: Parts, is_: Parts) -> tuple[Change, ...]:
    """The parts that differ."""
    found = []
    for part in {**was, **is_}:
        before, now = list(was.get(part, ())), list(is_.get(part, ()))
        removed = tuple(one for one in before if one not in now)
        added = tuple(one for one in now if one not in before)
        if removed or added:
            found.append(Change(part, removed, added))
    return tuple(found)


def changed_items(old: RuleBase, new: RuleBase) -> Iterator[ItemChange]:
    """The tensions, findings, impossible combinations and names that differ."""
    yield from _changed(
        "tension", _tensions(old), _tensions(new), _tension_points(old) | _tension_points(new)
    )
    resting = _resting(old)
    for finding, points in _resting(new).items():
        resting[finding] = tuple(sorted({*resting.get(finding, ()), *points}))
    yield from _changed("finding", _finding_parts(old), _finding_parts(new), resting)
    yield from _changed("impossible", _impossible(old), _impossible(new), {})
    yield from _changed("name", _names(old), _names(new), {})


def _changed(
    kind: Kind, was: Mapping[str, Parts], is_: Mapping[str, Parts], points: Mapping[str, tuple[str, ...]]
) -> Iterator[ItemChange]:
    for name in {**was, **is_}:
        changes = parts(was.get(name, {}), is_.get(name, {}))
        what: What = "added" if name not in was else "removed" if name not in is_ else "changed"
        if changes or what != "changed":
            yield ItemChange(kind, name, what, changes, points.get(name, ()))


def point_parts(point: TalkingPoint) -> Parts:
    """What a point says, but for its condition."""
    return {
        "title": [point.title],
        "text": [point.text],
        "clinician_text": [point.clinician_text],
        "ask": [point.ask] if point.ask else [],
        "stance": [point.stance],
        "urgency": [point.urgency],
        "population": [point.population],
        "options": point.options,
        "cites": point.cites,
    }


def _tensions(rules: RuleBase) -> dict[str, Parts]:
    return {
        one.id: {
            "title": [one.title],
            "kind": [one.kind],
            "points": one.points,
            "positions": [f"{position.statement}: {position.says}" for position in one.positions],
            "note": [one.note] if one.note else [],
        }
        for one in rules.tensions.values()
    }


def _tension_points(rules: RuleBase) -> dict[str, tuple[str, ...]]:
    return {one.id: tuple(sorted(one.points)) for one in rules.tensions.values()}


def _finding_parts(rules: RuleBase) -> dict[str, Parts]:
    return {
        one.id: {
            "reads": [one.reads],
            "reads_not": [one.reads_not],
            "when": said(rules, one.when),
            "cites": one.cites,
        }
        for one in rules.findings.values()
    }


def _impossible(rules: RuleBase) -> dict[str, Parts]:
    return {
        one.id: {"because": [one.because], "when": said(rules, one.when)} for one in rules.impossible.values()
    }


def _names(rules: RuleBase) -> dict[str, Parts]:
    """What each name of a medicine or class means, and the classes that this implies."""
    found: dict[str, Parts] = {}
    for name, ids in rules.ingredients.items():
        above = frozenset(ids).union(*(rules.classes_of.get(one, frozenset()) for one in ids))
        found[rules.spellings.get(name, name)] = {"implies": sorted(above)}
    return found


def said(rules: RuleBase, condition: Condition) -> list[str]:
    """A condition in words."""
    return [compiled(rules).english.describe(condition)]


def findings(rules: RuleBase, condition: Condition) -> frozenset[str]:
    """The findings that a condition rests on, directly or through others."""
    direct: frozenset[str] = facts_in(condition) & rules.findings.keys()
    return direct.union(*(findings(rules, rules.findings[name].when) for name in direct))


def _resting(rules: RuleBase) -> dict[str, tuple[str, ...]]:
    """The points that rest on each finding."""
    rest = {point.id: findings(rules, point.when) for point in rules.points.values()}
    return {
        name: tuple(sorted(point for point, findings in rest.items() if name in findings))
        for name in rules.findings
    }
