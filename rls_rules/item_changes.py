"""What differs between two rule bases in words: item by item, part by part."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from rls_rules.conditions import All, Any, Condition, facts_in
from rls_rules.items import TalkingPoint
from rls_rules.program import compiled
from rls_rules.rulebase import RuleBase

What = Literal["added", "removed", "changed"]
Kind = Literal["tension", "finding", "option", "statement", "hazard", "impossible", "name"]


@dataclass(frozen=True, slots=True)
class Change:
    """One part of an item, with what went and what came; of a list, only the members that did."""

    part: str
    removed: tuple[str, ...]
    added: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemChange:
    """What became of anything but a point; and which points depend on it."""

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
    """The tensions, findings, options, statements, hazards, impossible combinations and names that differ."""
    yield from _changed(
        "tension", _tensions(old), _tensions(new), _tension_points(old) | _tension_points(new)
    )
    resting = _resting(old)
    for finding, points in _resting(new).items():
        resting[finding] = tuple(sorted({*resting.get(finding, ()), *points}))
    yield from _changed(
        "finding", _finding_parts(old), _finding_parts(new), resting, _whens(old, new, "findings")
    )
    yield from _changed("option", _options(old), _options(new), {})
    used = {**old.used_by, **new.used_by}
    yield from _changed("statement", _statements(old), _statements(new), used)
    dangers = {one.id: (one.point,) for rules in (old, new) for one in rules.hazards.values()}
    yield from _changed("hazard", _hazards(old), _hazards(new), dangers, _whens(old, new, "hazards"))
    yield from _changed("impossible", _impossible(old), _impossible(new), {}, _whens(old, new, "impossible"))
    spelled = {**old.spellings, **new.spellings}
    yield from _changed("name", _names(old, spelled), _names(new, spelled), {})


def _changed(
    kind: Kind,
    was: Mapping[str, Parts],
    is_: Mapping[str, Parts],
    points: Mapping[str, tuple[str, ...]],
    whens: Mapping[str, tuple[Change, ...]] = {},
) -> Iterator[ItemChange]:
    """The items of one kind that differ.

    :param points: the points that depend on each.
    :param whens: how the condition of each differs.
    """
    for name in {**was, **is_}:
        changes = parts(was.get(name, {}), is_.get(name, {})) + whens.get(name, ())
        what: What = "added" if name not in was else "removed" if name not in is_ else "changed"
        if changes or what != "changed":
            yield ItemChange(kind, name, what, changes, points.get(name, ()))


def _whens(
    old: RuleBase, new: RuleBase, kind: Literal["findings", "hazards", "impossible"]
) -> dict[str, tuple[Change, ...]]:
    """How the conditions of some kind of items differ."""
    was, is_ = getattr(old, kind), getattr(new, kind)
    return {
        name: when(old, was[name].when if name in was else None, new, is_[name].when if name in is_ else None)
        for name in {**was, **is_}
    }


def when(old: RuleBase, was: Condition | None, new: RuleBase, is_: Condition | None) -> tuple[Change, ...]:
    """The parts of a condition that differ, each in the words of its own rules."""
    (before, each_before), (now, each_now) = _top(was), _top(is_)
    both = {*each_before} & {*each_now} if before == now else set()
    then, since = compiled(old).english, compiled(new).english
    return parts(
        {before: [then.describe(part) for part in each_before if part not in both]},
        {now: [since.describe(part) for part in each_now if part not in both]},
    )


def _top(condition: Condition | None) -> tuple[str, tuple[Condition, ...]]:
    """The parts of a condition, and whether it wants all or any of them."""
    match condition:
        case All(each):
            return "when", each
        case Any(each):
            return "when any", each
        case None:
            return "when", ()
        case _:
            return "when", (condition,)


def cited(changes: Iterable[Change], *bases: RuleBase) -> tuple[Change, ...]:
    """Some changes, with what each statement says beside its id; the last rule base that has it is asked."""
    statements = {name: one for rules in bases for name, one in rules.statements.items()}

    def shown(name: str) -> str:
        return f"{name}: {statements[name].says}" if name in statements else name

    return tuple(
        Change(one.part, tuple(map(shown, one.removed)), tuple(map(shown, one.added)))
        if one.part == "cites"
        else one
        for one in changes
    )


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
            "cites": one.cites,
        }
        for one in rules.findings.values()
    }


def _impossible(rules: RuleBase) -> dict[str, Parts]:
    return {one.id: {"because": [one.because]} for one in rules.impossible.values()}


def _hazards(rules: RuleBase) -> dict[str, Parts]:
    return {
        one.id: {"medicine": [one.medicine or ""], "point": [one.point], "cites": one.cites}
        for one in rules.hazards.values()
    }


def _options(rules: RuleBase) -> dict[str, Parts]:
    """What a note says of each option."""
    return {
        one.id: {
            "name": [one.name],
            "what": [one.what],
            "benefits": [saying.text for saying in one.benefits],
            "no_benefit_shown": ["so"] if one.no_benefit_shown else [],
            "harms": [saying.text for saying in one.harms],
            "not_studied": ["so"] if one.not_studied else [],
            "living_with": [saying.text for saying in one.living_with],
        }
        for one in rules.options.values()
    }


def _statements(rules: RuleBase) -> dict[str, Parts]:
    """What each statement that may be cited says, and how firmly."""
    return {
        name: {
            "says": [one.says],
            "source": [one.source, *one.also],
            "place": [one.place] if one.place else [],
            "about": [one.about] if one.about else [],
            "checked": [one.checked],
            "strength": [one.strength.words] if one.strength else [],
            "certainty": [one.certainty.words] if one.certainty else [],
        }
        for name, one in rules.statements.items()
        if rules.citable(name)
    }


def _names(rules: RuleBase, spelled: Mapping[str, str]) -> dict[str, Parts]:
    """What each name of a medicine or class means, and the classes that this implies; what each name of an option means."""
    found: dict[str, Parts] = {}
    for name, ids in rules.ingredients.items():
        above = frozenset(ids).union(*(rules.classes_of.get(one, frozenset()) for one in ids))
        found[spelled.get(name, name)] = {"implies": sorted(above)}
    for name, ids in rules.option_names.items():
        name = spelled.get(name, name)  # noqa: PLW2901 - as it is usually written
        found[name] = {**found.get(name, {}), "asks_about": ids}
    return found


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
