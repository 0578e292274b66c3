"""What a note consists of, whatever its format: sections of lines, lists and option cards.

A line keeps what a person typed apart from what the rules say, so that each format can quote it inertly.
"""

from dataclasses import dataclass
from typing import Literal

Reader = Literal["patient", "clinician"]


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence or two.

    `lead` is a short title before the text, `because` the reason after it,
    `sources` the numbers of the sources, `quoted` what a person typed.
    """

    text: str
    lead: str = ""
    because: str = ""
    sources: tuple[int, ...] = ()
    quoted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line on its own."""

    line: Line
    kind: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; `boxes` to tick, or numbers, in place of bullets."""

    lines: tuple[Line, ...]
    style: Literal["bullets", "boxes", "numbers"] = "bullets"
    kind: Literal["bullets"] = "bullets"


@dataclass(frozen=True, slots=True)
class Card:
    """One option: the same rows in the same order for every option."""

    title: str
    rows: tuple[tuple[str, tuple[Line, ...]], ...]
    kind: Literal["card"] = "card"


Block = Paragraph | Bullets | Card


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it; level 2 is a section, level 3 a part of the one before."""

    id: str
    heading: str
    blocks: tuple[Block, ...]
    level: Literal[2, 3] = 2
    appendix: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A whole note. `reader` is who it is for; what is in the appendix does not count as length."""

    title: str
    reader: Reader
    language: str
    sections: tuple[Section, ...]
