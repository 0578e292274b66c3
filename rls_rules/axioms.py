"""What the vocabulary itself rules out: combinations in which nobody can be, as boxes."""

from collections.abc import Iterable, Iterator, Mapping

from rls_rules.program import Program
from rls_rules.regions import Box, Slot, Space
from rls_rules.search import closed


def nobody(program: Program) -> tuple[Box, ...]:
    """The boxes in which nobody can be: what `impossible.yaml` lists, and who takes a medicine but not its class."""
    return (*listed(program), *implied(program.space, _classes(program)))


def listed(program: Program) -> list[Box]:
    """The boxes of what `impossible.yaml` lists.

    They are closed under consensus over the facts to which everybody has an answer,
    so that a profile with gaps counts as impossible when each way of filling those gaps is.
    """
    everyone = program.rules.answered_by_everyone
    slots = [slot for slot in program.space.slots if slot.fact.name in everyone]
    return closed(program.space, program.impossible, slots)


def implied(space: Space, pairs: Iterable[tuple[Slot, Slot]]) -> Iterator[Box]:
    """Where nobody can be if one member of a set implies another, for each such pair.

    Whoever takes a medicine takes its classes, and whoever does not take a class takes none of its medicines.
    """
    for member, above in pairs:
        yield only(space, {member: YES, above: UNKNOWN | NO})
        yield only(space, {member: UNKNOWN | YES, above: NO})


def _classes(program: Program) -> Iterator[tuple[Slot, Slot]]:
    slots = {(slot.fact.name, slot.member): slot for slot in program.space.slots}
    for slot in program.space.slots:
        if slot.fact.names != "medicines" or slot.member is None:
            continue
        for class_ in sorted(program.rules.classes_of.get(slot.member, frozenset()) - {slot.member}):
            above = slots.get((slot.fact.name, class_))
            if above is not None:
                yield slot, above


UNKNOWN, NO, YES = 1, 2, 4
"""The cells of a member of a set."""


def only(space: Space, cells: Mapping[Slot, int]) -> Box:
    """The box that allows only some cells of some slots."""
    box = space.full
    for slot, allowed in cells.items():
        box = box & ~slot.mask | allowed << slot.offset
    return box
