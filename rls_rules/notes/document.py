"""What a note consists of, whatever its format: sections of lines, lists, tables, pictures and room to write.

A line keeps what a person typed apart from what the rules say, so that each format can quote it inertly.
"""

from collections.abc import Iterator
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

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines of this block, in reading order; every block has them."""
        return (self.line,)


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; `boxes` to tick, or numbers, in place of bullets. `title` is a few words above it, or nothing."""

    lines: tuple[Line, ...]
    style: Literal["bullets", "boxes", "numbers"] = "bullets"
    title: str = ""
    kind: Literal["bullets"] = "bullets"


@dataclass(frozen=True, slots=True)
class Card:
    """One option: the same rows in the same order for every option."""

    title: str
    rows: tuple[tuple[str, tuple[Line, ...]], ...]
    kind: Literal["card"] = "card"

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines of all rows."""
        return tuple(line for _, lines in self.rows for line in lines)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Options side by side: cards with the same labels in the same order. `caption` says what the table is."""

    caption: str
    cards: tuple[Card, ...]
    kind: Literal["comparison"] = "comparison"

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels that every card has."""
        return tuple(label for label, _ in self.cards[0].rows)

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines of all cards."""
        return tuple(line for card in self.cards for line in card.lines)


@dataclass(frozen=True, slots=True)
class Blank:
    """Room to write: a label, and so many lines."""

    label: str
    rows: int = 1
    kind: Literal["blank"] = "blank"

    @property
    def lines(self) -> tuple[Line, ...]:
        """The label."""
        return (Line(self.label),)


@dataclass(frozen=True, slots=True)
class Diary:
    """A table to fill in by hand: its headings, and as many empty rows as `rows`, numbered from 1 in the first column."""

    caption: str
    headings: tuple[str, ...]
    rows: int
    kind: Literal["diary"] = "diary"

    @property
    def lines(self) -> tuple[Line, ...]:
        """The caption and the headings."""
        return (Line(self.caption), *map(Line, self.headings))


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that the library draws: `svg` is the drawing, `alternative` says in words all that it shows.

    A format without pictures prints the title, the alternative and the caption.
    """

    title: str
    alternative: str
    caption: Line
    svg: str
    kind: Literal["picture"] = "picture"

    @property
    def lines(self) -> tuple[Line, ...]:
        """The title, the words for the picture, and the caption."""
        return Line(self.title), Line(self.alternative), self.caption


@dataclass(frozen=True, slots=True)
class Extract:
    """Plain text to copy into a record as it stands, one line below the other; `lead` begins a line."""

    lines: tuple[Line, ...]
    kind: Literal["extract"] = "extract"


Block = Paragraph | Bullets | Card | Comparison | Blank | Diary | Picture | Extract


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it; level 2 is a section, level 3 a part of the one before."""

    id: str
    heading: str
    blocks: tuple[Block, ...]
    level: Literal[2, 3] = 2
    appendix: bool = False

    @property
    def lines(self) -> Iterator[Line]:
        """Every line, in reading order."""
        return (line for block in self.blocks for line in block.lines)


@dataclass(frozen=True, slots=True)
class Document:
    """A whole note. `reader` is who it is for; what is in the appendix does not count as length."""

    title: str
    reader: Reader
    language: str
    sections: tuple[Section, ...]
