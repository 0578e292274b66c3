"""What the vocabulary itself rules out: combinations in which nobody can be, as boxes."""

from collections.abc import Iterator

from rls_rules.program import Program
from rls_rules.regions import Box, Slot
from rls_rules.search import closed


def nobody(program: Program) -> tuple[Box, ...]:
    """The boxes in which nobody can be: what `impossible.yaml` lists, and who takes a medicine but not its class.

    Listed combinations are closed under consensus over the facts to which everybody has an answer,
    so that a profile with gaps counts as impossible when each way of filling those gaps is.
    """
    everyone = program.rules.answered_by_everyone
    slots = [slot for slot in program.space.slots if slot.fact.name in everyone]
    return (*closed(program.space, program.impossible, slots), *_classes(program))


def _classes(program: Program) -> Iterator[Box]:
    """Whoever takes a medicine takes its classes, and whoever does not take a class takes none of its medicines."""
    slots = {(slot.fact.name, slot.member): slot for slot in program.space.slots}
    for slot in program.space.slots:
        if slot.fact.names != "medicines" or slot.member is None:
            continue
        for class_ in sorted(program.rules.classes_of.get(slot.member, frozenset()) - {slot.member}):
            above = slots.get((slot.fact.name, class_))
            if above is not None:
                yield _only(program, {slot: "yes", above: "unknown or no"})
                yield _only(program, {slot: "unknown or yes", above: "no"})


_UNKNOWN, _NO, _YES = 1, 2, 4
"""The cells of a member of a set."""

_CELLS = {"yes": _YES, "no": _NO, "unknown or no": _UNKNOWN | _NO, "unknown or yes": _UNKNOWN | _YES}


def _only(program: Program, said: dict[Slot, str]) -> Box:
    box = program.space.full
    for slot, answer in said.items():
        box = box & ~slot.mask | _CELLS[answer] << slot.offset
    return box
