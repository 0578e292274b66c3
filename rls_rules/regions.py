"""The normal form of a condition: a union of boxes.

A box says, for each fact, which answers it allows; "unknown" is one more answer.
Numbers need only the intervals between the thresholds that conditions mention, so the whole space is finite.
Every answer owns one bit, and a box is one integer: meeting two boxes is `&`,
and one addition tells whether a box is empty.

The region in which a condition is certainly true (or certainly false) under `conditions.evaluate`
is exactly a union of such boxes, with negation and findings compiled away.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import and_, or_
from typing import assert_never

from rls_rules.conditions import (
    All,
    Any,
    Compare,
    Condition,
    Contains,
    Known,
    Leaf,
    Not,
    OneOf,
    evaluate,
    leaves,
)
from rls_rules.vocabulary import Answers, Fact, Vocabulary

Box = int
Boundary = tuple[float, int]
"""A threshold and a side: 0 just below it, 1 just above it."""

MOST_BOXES = 512
"""What nobody can read, nobody can review: a condition may stand for no more situations than this."""


class TooManyBoxesError(Exception):
    """A condition stands for more than `MOST_BOXES` situations; the argument says how many at least."""


@dataclass(frozen=True)
class Slot:
    """The bits of one fact, or of one member of a set: cell 0 is unknown, then one cell an answer.

    The last bit is a guard that no box uses.
    """

    index: int
    fact: Fact
    member: str | None
    offset: int
    answers: tuple[str | bool, ...]
    boundaries: tuple[Boundary, ...] = ()

    @cached_property
    def cells(self) -> int:
        """How many cells there are, "unknown" among them."""
        return 1 + (len(self.boundaries) + 1 if self.fact.kind == "number" else len(self.answers))

    @cached_property
    def mask(self) -> Box:
        """All bits of this slot but the guard."""
        return ((1 << self.cells) - 1) << self.offset

    @cached_property
    def unknown(self) -> Box:
        """The bit that means "nobody answered"."""
        return 1 << self.offset

    @cached_property
    def guard(self) -> Box:
        """The bit above the mask."""
        return 1 << (self.offset + self.cells)

    def cell(self, answer: object) -> int:
        """The number of the cell that holds an answer."""
        if isinstance(answer, float):
            return 1 + bisect_left(self.boundaries, (answer, 0.5))
        return 1 + self.answers.index(answer)

    def sample(self, cell: int) -> str | bool | float:
        """One answer from a known cell: for a number, a bound where it belongs to the cell."""
        if self.fact.kind != "number":
            return self.answers[cell - 1]
        low, below = self.boundaries[cell - 2] if cell > 1 else (self.fact.minimum, 0)
        high, _ = self.boundaries[cell - 1] if cell - 1 < len(self.boundaries) else (self.fact.maximum, 1)
        return float(low if not below else (low + high) / 2)


class Space:
    """The space of all profiles, cut at the thresholds and by the members that some conditions name.

    :param vocabulary: the facts.
    :param conditions: every condition that will be asked about, findings' own included.
    :param findings: conditions by name; a test of such a name stands for the condition.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        conditions: Iterable[Condition],
        findings: Mapping[str, Condition] | None = None,
    ) -> None:
        self._findings = findings or {}
        self._lowered: dict[tuple[Condition, bool], list[Box]] = {}
        tests = [leaf for condition in conditions for leaf in leaves(condition)]
        self.slots = _slots(vocabulary, tests)
        self._by_name = {(slot.fact.name, slot.member): slot for slot in self.slots}
        self._of_fact: dict[str, list[Slot]] = {}
        for slot in self.slots:
            self._of_fact.setdefault(slot.fact.name, []).append(slot)
        # What turns "unknown" into an answer; the cell of a number is looked for.
        self._turns: dict[str, dict[object, Box]] = {name: {} for name in self._of_fact}
        for slot in self.slots:
            for answer in slot.answers:
                key = answer if slot.member is None else (slot.member, answer)
                self._turns[slot.fact.name][key] = slot.unknown | slot.unknown << slot.cell(answer)
        self.full: Box = reduce(or_, (slot.mask for slot in self.slots), 0)
        self.guard: Box = reduce(or_, (slot.guard for slot in self.slots), 0)
        self.unknown: Box = reduce(or_, (slot.unknown for slot in self.slots), 0)

    def with_findings(self, findings: Mapping[str, Condition]) -> "Space":
        """The same space, where the names of findings stand for other conditions."""
        space = copy(self)
        space._findings = findings  # noqa: SLF001
        space._lowered = {}  # noqa: SLF001
        return space

    # Boxes

    def is_some(self, box: Box) -> bool:
        """Whether every fact still has an answer, "unknown" counted: whether the box is not empty."""
        return (box + self.full) & self.guard == self.guard

    def touched(self, box: Box) -> Box:
        """The guard bits of the slots in which a box has an answer: adding the mask carries into them."""
        return (box + self.full) & self.guard

    def meet(self, these: Iterable[Box], those: Sequence[Box]) -> list[Box]:
        """The boxes of what lies in both unions."""
        return [both for a in these for b in those if self.is_some(both := a & b)]

    def point(self, answers: Answers) -> Box:
        """The box of exactly one profile; answers that no condition can see are left out."""
        box = self.unknown
        for name, answer in answers.items():
            turns = self._turns.get(name)
            if turns is None:
                continue
            if isinstance(answer, dict):
                for item in answer.items():
                    box ^= turns.get(item, 0)
            elif isinstance(answer, float):
                slot = self._by_name[name, None]
                box ^= slot.unknown | slot.unknown << slot.cell(answer)
            else:
                box ^= turns[answer]
        return box

    def lacking(self, box: Box, point: Box) -> Box:
        """The guard bits of the slots in which a profile lies outside a box."""
        return self.guard & ~((box & point) + self.full)

    # Conditions to boxes

    def boxes(self, condition: Condition, *, holds: bool = True) -> list[Box]:
        """The boxes in which a condition is certainly true (or, unless `holds`, certainly false)."""
        key = (condition, holds)
        if key not in self._lowered:
            self._lowered[key] = _bounded(absorb(self._lower(condition, holds)))
        return self._lowered[key]

    def _lower(self, condition: Condition, holds: bool) -> list[Box]:  # noqa: FBT001 - mirrors `boxes`
        match condition:
            case All(parts):
                return self._both(parts, holds) if holds else self._either(parts, holds)
            case Any(parts):
                return self._either(parts, holds) if holds else self._both(parts, holds)
            case Not(part):
                return self.boxes(part, holds=not holds)
            case Known(fact, known, member):
                slots = self._of_fact.get(fact, ()) if member is None else (self._by_name[fact, member],)
                if known is holds:
                    return [self.full & ~slot.unknown for slot in slots]
                return [reduce(and_, (self._only(slot, slot.unknown) for slot in slots), self.full)]
            case Contains(fact, member):
                return self._test(condition, holds, self._by_name[fact, member])
            case OneOf(fact, values) if fact in self._findings:
                outcomes = [outcome for outcome in (True, False) if (outcome in values) is holds]
                inner = self._findings[fact]
                return [box for outcome in outcomes for box in self.boxes(inner, holds=outcome)]
            case OneOf(fact) | Compare(fact):
                return self._test(condition, holds, self._by_name[fact, None])
            case _:
                assert_never(condition)

    def _either(self, parts: Sequence[Condition], holds: bool) -> list[Box]:  # noqa: FBT001
        return [box for part in parts for box in self.boxes(part, holds=holds)]

    def _both(self, parts: Sequence[Condition], holds: bool) -> list[Box]:  # noqa: FBT001
        met = [self.full]
        for part in parts:
            met = _bounded(absorb(self.meet(met, self.boxes(part, holds=holds))))
        return met

    def _only(self, slot: Slot, allowed: Box) -> Box:
        return self.full & ~slot.mask | allowed

    def _test(self, leaf: Leaf, holds: bool, slot: Slot) -> list[Box]:  # noqa: FBT001
        """One box: the known cells in which a single test comes out so."""
        allowed = 0
        for cell in range(1, slot.cells):
            answer = slot.sample(cell)
            seen: Answers = {slot.fact.name: answer if slot.member is None else {slot.member: bool(answer)}}
            if evaluate(leaf, seen) is holds:
                allowed |= 1 << (slot.offset + cell)
        return [self._only(slot, allowed)] if allowed else []


def _bounded(boxes: list[Box]) -> list[Box]:
    if len(boxes) > MOST_BOXES:
        raise TooManyBoxesError(len(boxes))
    return boxes


def absorb(boxes: Iterable[Box]) -> list[Box]:
    """The same union without boxes that lie inside another, larger boxes first."""
    kept: list[Box] = []
    for box in sorted(set(boxes), key=lambda box: (-box.bit_count(), box)):
        if not any(larger & box == box for larger in kept):
            kept.append(box)
    return kept


def _slots(vocabulary: Vocabulary, tests: Sequence[Leaf]) -> tuple[Slot, ...]:
    """Cut each tested fact at the thresholds, and each tested set into members."""
    slots: list[Slot] = []
    offset = 0
    tested = {leaf.fact for leaf in tests}
    for fact in (fact for fact in vocabulary if fact.name in tested):
        members: tuple[str | None, ...] = fact.values if fact.kind == "set" else (None,)
        answers = fact.values if fact.kind == "choice" else (False, True)
        boundaries = _boundaries(fact, tests) if fact.kind == "number" else ()
        for member in members:
            slot = Slot(len(slots), fact, member, offset, answers, boundaries)
            offset += slot.cells + 1
            slots.append(slot)
    return tuple(slots)


def _boundaries(fact: Fact, tests: Sequence[Leaf]) -> tuple[Boundary, ...]:
    """The thresholds of one number, in order, leaving out those at the ends of its range."""
    ends = (fact.minimum, 0), (fact.maximum, 1)
    found = {
        (test.threshold, int(test.comparison in ("above", "at_most")))
        for test in tests
        if isinstance(test, Compare) and test.fact == fact.name
    }
    return tuple(sorted(boundary for boundary in found if ends[0] < boundary < ends[1]))
