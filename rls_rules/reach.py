"""Whom each point would reach: the share of possible profiles that hear it.

Every answer to a fact counts alike, "unknown" among them, and a number counts by the intervals between thresholds.
So the share compares points with each other, and says nothing of how common such people are.
It is counted exactly, by splitting, or estimated from profiles drawn evenly where that takes too many pieces.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import inf, prod, sqrt
from random import Random

from rls_rules.axioms import nobody
from rls_rules.program import Program, compiled
from rls_rules.regions import Box, Slot, Space, absorb
from rls_rules.rulebase import RuleBase

MEASURE = (
    "Share of the possible profiles that hear a point. Every answer to a fact counts alike, not knowing it included; "
    "this compares points, and says nothing of how common such people are."
)

MOST_PIECES = 20_000
"""Into how many pieces the profiles may be split for one point before some are drawn instead."""

DRAWN = 1_000


@dataclass(frozen=True, slots=True)
class Reach:
    """The share of possible profiles that hear a point; with a standard error where profiles were drawn."""

    point: str
    share: float
    standard_error: float | None = None


def reach(
    rules: RuleBase, *, most_pieces: int = MOST_PIECES, drawn: int = DRAWN, seed: int = 0
) -> tuple[Reach, ...]:
    """Return the reach of every point, the smallest first.

    :param most_pieces: into how many pieces the profiles may be split for one point before some are drawn.
    :param drawn: how many profiles are drawn then; the same seed gives the same ones.
    :raises RulesError: if a condition stands for too many situations.
    """
    program = compiled(rules)
    never = absorb(nobody(program))
    count = _Count(program.space)
    everybody = count.outside(program.space.full, never)
    if not everybody:
        return tuple(Reach(name, 0.0) for name in sorted(program.ids))
    people: list[Box] = []
    found = []
    for number, name in enumerate(program.ids):
        boxes = program.boxes[number]
        try:
            silent = count.outside(program.space.full, [*never, *boxes], most_pieces)
            found.append(Reach(name, float(1 - Fraction(silent, everybody))))
        except _TooManyPiecesError:
            people = people or list(_draw(count, never, drawn, Random(seed)))  # noqa: S311 - not for secrets
            found.append(_estimate(program, number, people))
    return tuple(sorted(found, key=lambda one: (one.share, one.point)))


def _estimate(program: Program, number: int, people: Sequence[Box]) -> Reach:
    hear = sum(any(box & person == person for box in program.boxes[number]) for person in people)
    supposed = (hear + 1) / (
        len(people) + 2
    )  # so that nobody, or everybody, among those drawn is no certainty
    error = sqrt(supposed * (1 - supposed) / len(people))
    return Reach(program.ids[number], hear / len(people), error)


class _TooManyPiecesError(Exception):
    """Counting takes more pieces than are allowed."""


class _Count:
    """How many profiles are in a box and outside others, by splitting along what the others test."""

    def __init__(self, space: Space) -> None:
        self.space = space
        self._made: dict[tuple[Box, frozenset[Box]], int] = {}
        self._left: float = inf

    def outside(self, box: Box, others: Iterable[Box], most_pieces: float = inf) -> int:
        """The number of profiles in a box and outside all of some others; what was counted once is remembered."""
        self._left = most_pieces
        live = [other for other in others if self.space.is_some(box & other)]
        free, parts = self._parts(box, live)
        return prod((_cells(box, slot) for slot in free), start=1) * prod(
            self._together(box, slots, part) for slots, part in parts
        )

    def _parts(
        self, box: Box, others: Sequence[Box]
    ) -> tuple[list[Slot], list[tuple[list[Slot], list[Box]]]]:
        """The slots that no other box tests, and groups of boxes that test no slot in common, with their slots."""
        groups: list[tuple[Box, list[Box]]] = []
        for other in others:
            tested, members = self.space.touched(box & ~other), [other]
            apart = []
            for mask, several in groups:
                if mask & tested:
                    tested |= mask
                    members += several
                else:
                    apart.append((mask, several))
            groups = [*apart, (tested, members)]
        slots = self.space.slots
        free = [slot for slot in slots if not any(slot.guard & mask for mask, _ in groups)]
        return free, [([slot for slot in slots if slot.guard & mask], part) for mask, part in groups]

    def _together(self, box: Box, slots: Sequence[Slot], others: Sequence[Box]) -> int:
        """The same for boxes that hang together, counting only what they test."""
        if not slots:
            return 0  # the box lies wholly inside another
        mask = sum(slot.mask for slot in slots)
        key = box & mask, frozenset(other & box & mask for other in others)
        if key not in self._made:
            self._left -= 1
            if self._left < 0:
                raise _TooManyPiecesError
            self._made[key] = sum(
                _cells(part, slot) * self._rest(part, slots, slot, others)
                for slot, part in _split(box, slots, others)
            )
        return self._made[key]

    def _rest(self, part: Box, slots: Sequence[Slot], split: Slot, others: Sequence[Box]) -> int:
        """The profiles of a part, counted over the slots but the one that was split."""
        live = [other for other in others if self.space.is_some(part & other)]
        free, groups = self._parts(part, live)
        wanted = {*slots} - {split}
        return prod((_cells(part, slot) for slot in free if slot in wanted), start=1) * prod(
            self._together(part, some, group) for some, group in groups
        )


def _cells(box: Box, slot: Slot) -> int:
    return (box & slot.mask).bit_count()


def _split(box: Box, slots: Sequence[Slot], others: Sequence[Box]) -> Iterator[tuple[Slot, Box]]:
    """A box split by the slot that most others test, into parts whose answers there no other box tells apart."""
    slot = max(slots, key=lambda one: sum(bool(box & ~other & one.mask) for other in others))
    alike: dict[tuple[bool, ...], int] = {}
    for cell in range(slot.cells):
        bit = slot.unknown << cell
        if box & bit:
            kind = tuple(bool(other & bit) for other in others)
            alike[kind] = alike.get(kind, 0) | bit
    for cells in alike.values():
        yield slot, box & ~slot.mask | cells


def _draw(count: _Count, never: Sequence[Box], number: int, random: Random) -> Iterator[Box]:
    """Draw possible profiles, each as likely as any other: answer by answer, by how many profiles each leaves."""
    space = count.space
    for _ in range(number):
        box = space.full
        for slot in space.slots:
            bits = [slot.unknown << cell for cell in range(slot.cells)]
            parts = [box & ~slot.mask | bit for bit in bits]
            live = [other for other in never if space.is_some(box & other)]
            tested = any(box & ~other & slot.mask for other in live)
            weights = [count.outside(part, live) for part in parts] if tested else [1] * len(parts)
            box = _chosen(parts, weights, random)
        yield box


def _chosen(parts: Sequence[Box], weights: Sequence[int], random: Random) -> Box:
    """One of some parts, by whole weights that may be too large for a float."""
    left = random.randrange(sum(weights))
    for part, weight in zip(parts, weights, strict=True):
        left -= weight
        if left < 0:
            return part
    return parts[-1]
