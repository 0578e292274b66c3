"""The decision procedure, which says whether anybody is inside some boxes and outside some others.

Every theorem about a rule base is such a question.
A "yes" is a region, of which `witness.py` makes a person.
A "no" can carry a split tree, which `certificate.py` checks without trusting anything here.
"""

from collections.abc import Iterable, Sequence
from heapq import heapify, heappop, heappush

from rls_rules.regions import Box, Slot, Space, absorb

Tree = list["int | Tree"]
"""Why no part of a box escapes: `[i]`, what is left of it lies in the i-th of those without;
or `[mask, cells, inside, outside]`, a split by the cells of one slot, with a tree for each side."""


def find(space: Space, box: Box, without: Sequence[Box]) -> Box | None:
    """Return a part of a box that no box in `without` touches, or None if there is none."""
    live = [other for other in without if space.is_some(box & other)]
    if not live:
        return box
    nearest = min(live, key=lambda other: space.touched(box & ~other).bit_count())
    for slot in _sides(space, box & ~nearest):
        rest = find(space, box & ~slot.mask | box & ~nearest & slot.mask, live)
        if rest is not None:
            return rest
        box = box & ~slot.mask | box & nearest & slot.mask
    return None


def fewest(space: Space, boxes: Iterable[Box], without: Sequence[Box]) -> Box | None:
    """Return a region with the fewest known facts inside one of some boxes and outside all of some others.

    Most boxes, once a person is inside, still hold that person when one more fact is known.
    If anybody escapes such boxes, so does the one to whom that fact is unknown, and only that one need be tried.
    """
    left = _left(space, without)
    waiting = [(known(space, box), number, box) for number, box in enumerate(boxes)]
    heapify(waiting)
    while waiting:
        _, number, box = heappop(waiting)
        found = find(space, _least(space, box), without)
        if found is not None:
            return found
        if not left:
            continue
        box = _least(space, box, left)
        live = [other for other in without if space.is_some(box & other)]
        nearest = min(live, key=lambda other: space.touched(box & ~other).bit_count())
        for slot in _sides(space, box & ~nearest):
            part = box & ~slot.mask | box & ~nearest & slot.mask
            number -= 1  # of parts in which as little is known, the last one made comes first
            heappush(waiting, (known(space, part), number, part))
            box = box & ~slot.mask | box & nearest & slot.mask
    return None


def escapes(space: Space, boxes: Iterable[Box], without: Sequence[Box]) -> bool:
    """Whether anybody is inside one of some boxes and outside all of some others."""
    return any(
        find(space, _least(space, box), without) is not None
        or find(space, _least(space, box, _left(space, without)), without) is not None
        for box in boxes
    )


def cover(space: Space, box: Box, without: Sequence[Box]) -> Tree | None:
    """Return the split tree that shows that nobody in a box escapes some others, or None if somebody does."""
    return _cover(space, box, list(enumerate(without)))


def _cover(space: Space, box: Box, without: Sequence[tuple[int, Box]]) -> Tree | None:
    live = [(number, other) for number, other in without if space.is_some(box & other)]
    if not live:
        return None
    number, nearest = min(live, key=lambda pair: space.touched(box & ~pair[1]).bit_count())
    sides = _sides(space, box & ~nearest)
    if not sides:
        return [number]
    mask, cells = sides[0].mask, nearest & sides[0].mask
    inside = _cover(space, box & ~mask | box & cells, live)
    outside = inside and _cover(space, box & ~mask | box & mask & ~cells, live)
    return [mask, cells, inside, outside] if inside and outside else None


def known(space: Space, box: Box) -> int:
    """How many facts, or members of sets, everybody in a box has answered."""
    return (space.unknown & ~box).bit_count()


def closed(space: Space, boxes: Iterable[Box], answered: Iterable[Slot]) -> list[Box]:
    """The largest boxes of a union, if "unknown" is merely an answer that somebody has not given yet.

    Afterwards a profile with gaps in these slots lies in one of the boxes
    exactly if each way of filling the gaps does: consensus, until nothing new comes.

    :param answered: the slots to which everybody has an answer.
    """
    slots = list(answered)
    found = absorb(_widened(box, slots) for box in boxes)
    fresh = [*found]
    while fresh:
        made = {box for a in fresh for b in found for slot in slots for box in _consensus(space, a, b, slot)}
        known_already = found
        found = absorb([*found, *made])
        fresh = [box for box in found if box not in known_already]
    return found


def _widened(box: Box, answered: Iterable[Slot]) -> Box:
    """The box with "unknown" wherever it already has every answer."""
    for slot in answered:
        if (box | slot.unknown) & slot.mask == slot.mask:
            box |= slot.mask
    return box


def _consensus(space: Space, a: Box, b: Box, slot: Slot) -> list[Box]:
    """The box that two boxes make together across one slot; none if it is not larger than they are."""
    mine, theirs = a & slot.mask, b & slot.mask
    either = mine | theirs
    if either in (mine, theirs):
        return []
    box = _widened(a & b & ~slot.mask | either, (slot,))
    return [box] if space.is_some(box) else []


def _least(space: Space, box: Box, left: Box = 0) -> Box:
    """The part of a box of which least is known: every fact that may be unknown is, but for those in `left`."""
    return box & (_known_slots(space, box) | left | space.unknown)


def _left(space: Space, boxes: Iterable[Box]) -> Box:
    """The masks of the slots in which learning an answer can lead out of a box: it allows "unknown", but not every answer."""
    left = 0
    for box in boxes:
        left |= space.full & ~box & ~_known_slots(space, box)
    return sum(slot.mask for slot in _sides(space, left)) if left else 0


def _known_slots(space: Space, box: Box) -> Box:
    """The masks of the slots that a box does not allow to be unknown: a guard less the bit "unknown" is a mask."""
    return ((space.guard | box & space.unknown) - space.unknown) & space.full


def _sides(space: Space, outside: Box) -> list[Slot]:
    touched = space.touched(outside)
    return [slot for slot in space.slots if slot.guard & touched]
