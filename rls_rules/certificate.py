"""Certificates: why nobody is where a theorem says that nobody is, for whoever does not trust the search.

A certificate lists the boxes of each claim and a split tree.
`refused` checks the trees; it shares no code with the search that made them and knows nothing of rules.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

FORMAT = 1

MOST_CELLS = 1_000_000
"""No rule base has more answers."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One claim that nobody in a box is outside all of some others, and the tree that shows it."""

    theorem: str
    about: tuple[str, ...]
    box: int
    without: tuple[int, ...]
    tree: list[Any]

    def __str__(self) -> str:
        return f"`{self.theorem}` of {', '.join(self.about)}"


@dataclass(slots=True)
class Certificate:
    """The entries of a proof; `slots` are the first bit and the number of cells of each fact."""

    digest: str
    slots: tuple[tuple[int, int], ...]
    entries: list[Entry] = field(default_factory=list)

    def to_json(self) -> str:
        """Write the certificate; each box stands in it once, in hexadecimal."""
        boxes: dict[int, int] = {}
        for entry in self.entries:
            for box in (entry.box, *entry.without):
                boxes.setdefault(box, len(boxes))
        claims = [
            {
                "theorem": entry.theorem,
                "about": entry.about,
                "box": boxes[entry.box],
                "without": [boxes[box] for box in entry.without],
                "tree": entry.tree,
            }
            for entry in self.entries
        ]
        content = {
            "format": FORMAT,
            "rules_digest": self.digest,
            "slots": self.slots,
            "boxes": [f"{box:x}" for box in boxes],
            "claims": claims,
        }
        return json.dumps(content) + "\n"

    @classmethod
    def from_json(cls, text: str | bytes) -> "Certificate":
        """Read a certificate.

        :raises ValueError: if it is not one.
        """
        try:
            data = json.loads(text)
            slots = _slots(data["slots"])
            boxes = [_box(box) for box in data["boxes"]]
            entries = [
                Entry(
                    str(one["theorem"]),
                    tuple(map(str, one["about"])),
                    boxes[one["box"]],
                    tuple(boxes[i] for i in one["without"]),
                    one["tree"],
                )
                for one in data["claims"]
            ]
            slots = tuple((int(offset), int(cells)) for offset, cells in data["slots"])
            digest = {FORMAT: str(data["rules_digest"])}[data["format"]]
        except (ValueError, KeyError, TypeError, IndexError, OverflowError, RecursionError):
            message = "this is not a certificate that can be read"
            raise ValueError(message) from None
        return cls(digest, slots, entries)

    def lacks(self, entries: Iterable[Entry]) -> list[Entry]:
        """Those of some claims that do not stand in this certificate."""
        there = {(one.theorem, one.about, one.box, one.without) for one in self.entries}
        return [one for one in entries if (one.theorem, one.about, one.box, one.without) not in there]

    def refused(self) -> list[Entry]:
        """The entries whose trees do not show what they claim."""
        masks = {((1 << cells) - 1) << offset for offset, cells in self.slots}
        return [one for one in self.entries if not holds(one.box, one.without, one.tree, masks)]


def _slots(written: list[list[int]]) -> tuple[tuple[int, int], ...]:
    """The slots of a certificate: one after the other, or a box could be empty in a slot that is none."""
    slots: list[tuple[int, int]] = []
    free = 0
    for offset, cells in written:
        if type(offset) is not int or type(cells) is not int or offset < free or not 0 < cells <= MOST_CELLS:
            raise ValueError
        free = offset + cells
        if free > MOST_CELLS:
            raise ValueError
        slots.append((offset, cells))
    return tuple(slots)


def _box(written: str) -> int:
    box = int(written, 16)
    if box < 0:
        raise ValueError
    return box


def holds(box: int, without: tuple[int, ...], tree: object, masks: set[int]) -> bool:
    """Whether a split tree shows that nobody in a box is outside all of some others.

    A leaf names the box that holds all that is left; a split keeps some cells of one slot, then the others.
    What has no cell left in some slot is empty.
    """
    if any(not box & mask for mask in masks):
        return True
    match tree:
        case [int(number)] if 0 <= number < len(without):
            return not box & ~without[number]
        case [int(mask), int(cells), inside, outside] if mask in masks:
            return holds(box & (~mask | cells), without, inside, masks) and holds(
                box & ~(mask & cells), without, outside, masks
            )
        case _:
            return False
