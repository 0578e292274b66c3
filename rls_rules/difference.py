"""What differs between two rule bases: in words, and in people who now hear something else.

Who gains and who loses a point is decided over all profiles that are possible in both rule bases,
and shown by the person of whom least is known.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from rls_rules.common_space import CommonSpace
from rls_rules.conditions import Condition
from rls_rules.engine import discuss
from rls_rules.item_changes import (
    Change,
    ItemChange,
    What,
    changed_items,
    cited,
    findings,
    parts,
    point_parts,
    when,
)
from rls_rules.items import TalkingPoint
from rls_rules.profile import Profile
from rls_rules.program import compiled
from rls_rules.rulebase import RuleBase
from rls_rules.witness import as_yaml, in_words

Meaning = Literal["same", "rewritten", "renamed", "different"]
"""Whether a condition was left as it was, is written differently for the same people,
is for others only among those who give a name that means something else now, or is for other people."""


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person of whom as little as possible is known: what they told, in words and as a profile in YAML."""

    profile: Profile
    words: tuple[str, ...]
    given: str


@dataclass(frozen=True, slots=True)
class PointChange:
    """What became of one point.

    `formerly` are the retired ids that it replaces. `gains` is somebody who hears it now and did not before,
    `loses` somebody who no longer does; both absent if there is nobody.
    `stance` and `urgency` are those of the new rules, or of the old ones for a point that was removed.
    """

    id: str
    what: What
    title: str
    stance: str
    urgency: str
    formerly: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    meaning: Meaning = "same"
    gains: Somebody | None = None
    loses: Somebody | None = None


@dataclass(frozen=True, slots=True)
class Warned:
    """A caution, an advice against, or an urgent point that somebody no longer hears as such.

    `instead` are the points that this person hears now and did not before.
    """

    point: str
    title: str
    why: str
    somebody: Somebody
    instead: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that differs between two rule bases; each list in alphabetical order of ids."""

    old: str
    new: str
    points: tuple[PointChange, ...]
    items: tuple[ItemChange, ...]
    cautions_removed: tuple[Warned, ...]


def difference(old: RuleBase, new: RuleBase) -> Difference:
    """Compare two rule bases.

    :raises RulesError: if a condition stands for too many situations.
    """
    return _Comparison(old, new).difference()


class _Comparison:
    def __init__(self, old: RuleBase, new: RuleBase) -> None:
        self.old, self.new = old, new
        self.space = CommonSpace(old, new)
        self.became = {name: _successor(name, new) for name in old.points}
        self.formerly: dict[str, list[str]] = {name: [] for name in new.points}
        for name, successor in self.became.items():
            if successor is not None:
                self.formerly[successor].append(name)

    def difference(self) -> Difference:
        points = [*map(self._removed, self.old.points), *map(self._kept, self.new.points)]
        return Difference(
            old=_version(self.old),
            new=_version(self.new),
            points=tuple(sorted((one for one in points if one is not None), key=lambda one: one.id)),
            items=tuple(
                replace(one, changes=cited(one.changes, self.old, self.new))
                for one in sorted(changed_items(self.old, self.new), key=lambda one: (one.kind, one.id))
            ),
            cautions_removed=tuple(self._cautions_removed()),
        )

    def _removed(self, name: str) -> PointChange | None:
        """A point that is gone, if nothing replaces it."""
        if self.became[name] is not None:
            return None
        point = self.old.points[name]
        loses = self._somebody(self.space.smallest(self.space.old.heard([name])))
        return PointChange(
            name,
            "removed",
            point.title,
            point.stance,
            point.urgency,
            changes=self._parts(point, None),
            meaning="different",
            loses=loses,
        )

    def _kept(self, name: str) -> PointChange | None:
        """A point that is there now, unless it is in everything what it was."""
        point, before = self.new.points[name], self.formerly[name]
        now = self.space.new.heard([name])
        if not before:
            gains = self._somebody(self.space.smallest(now))
            return PointChange(
                name,
                "added",
                point.title,
                point.stance,
                point.urgency,
                changes=self._parts(None, point),
                meaning="different",
                gains=gains,
            )
        was = self.old.points[name if name in before else before[0]]
        then = self.space.old.heard(before)
        gains = self._somebody(self.space.smallest(now, then))
        loses = self._somebody(self.space.smallest(then, now))
        rewritten = was.when != point.when or self._findings_differ(point.when)
        others = [one.profile for one in (gains, loses) if one is not None]
        meaning: Meaning = "rewritten" if rewritten else "same"
        if others:
            meaning = "renamed" if all(map(self.space.renamed, others)) else "different"
        changes = self._parts(was, point)
        formerly = tuple(one for one in before if one != name)
        if not (changes or formerly) and meaning == "same":
            return None
        return PointChange(
            name,
            "changed",
            point.title,
            point.stance,
            point.urgency,
            formerly,
            changes,
            meaning,
            gains,
            loses,
        )

    def _parts(self, was: TalkingPoint | None, is_: TalkingPoint | None) -> tuple[Change, ...]:
        """What a point says differently, and for whom it is."""
        said = parts(point_parts(was) if was else {}, point_parts(is_) if is_ else {})
        condition = when(self.old, was.when if was else None, self.new, is_.when if is_ else None)
        return cited((*said, *condition), self.old, self.new)

    def _findings_differ(self, condition: Condition) -> bool:
        """Whether a finding that a condition rests on is made otherwise."""
        return any(
            name not in self.old.findings or self.old.findings[name].when != self.new.findings[name].when
            for name in findings(self.new, condition)
        )

    def _cautions_removed(self) -> Iterator[Warned]:
        for name, point in sorted(self.old.points.items()):
            if not point.careful:
                continue
            successor = self.became[name]
            then = self.space.old.heard([name])
            now = [] if successor is None else self.space.new.heard([successor])
            why = "somebody no longer hears it" if successor else "removed, and nothing replaces it"
            if successor is not None and (weaker := _weaker(point, self.new.points[successor])):
                now, why = [], weaker
            somebody = self._somebody(self.space.smallest(then, now))
            if somebody is not None:
                yield Warned(name, point.title, why, somebody, self._instead(somebody.profile))

    def _instead(self, profile: Profile) -> tuple[str, ...]:
        """The points that somebody hears now and did not before."""
        then, now = (
            {point.id for point in discuss(profile, rules=rules, engine="reference").points}
            for rules in (self.old, self.new)
        )
        return tuple(sorted(now - then))

    def _somebody(self, profile: Profile | None) -> Somebody | None:
        """The person in the words of the new rules."""
        if profile is None:
            return None
        return Somebody(profile, in_words(compiled(self.new), profile), as_yaml(profile))


_WEIGHT = {"cautions": 1, "advises_against": 2}
"""The stances that warn, the stronger the heavier."""


def _weaker(was: TalkingPoint, is_: TalkingPoint) -> str:
    """How a point warns less than it did; empty if it does not."""
    if _WEIGHT.get(is_.stance, 0) < _WEIGHT.get(was.stance, 0):
        return f"it was `{was.stance}` and is `{is_.stance}`"
    if was.urgency == "urgent" != is_.urgency:
        return f"it was `urgent` and is `{is_.urgency}`"
    return ""


def _successor(name: str, new: RuleBase) -> str | None:
    """The point that says now what a point said: itself, or what `retired.yaml` names in its place."""
    seen: set[str] = set()
    at: str | None = name
    while at is not None and at not in new.points and at not in seen:
        seen.add(at)
        at = new.retired[at].replaced_by if at in new.retired else None
    return at if at in new.points else None


def _version(rules: RuleBase) -> str:
    return f"{rules.note.version} ({rules.digest[:12]})"
