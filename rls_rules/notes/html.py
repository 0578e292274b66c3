"""What the HTML page needs beside its template: sections in sections, links to sources and back, inert quotations."""

from collections import Counter
from dataclasses import dataclass, field

from rls_rules.notes.document import Document, Section


@dataclass(frozen=True, slots=True)
class Chapter:
    """A section of level 2 and its parts."""

    head: Section
    parts: tuple[Section, ...]


def chapters(document: Document) -> tuple[Chapter, ...]:
    """The sections of a note, each part under its own section."""
    found: list[Chapter] = []
    for section in document.sections:
        if section.level == 2:  # noqa: PLR2004 - the level is its name
            found.append(Chapter(section, ()))
        else:
            found[-1] = Chapter(found[-1].head, (*found[-1].parts, section))
    return tuple(found)


@dataclass(slots=True)
class Citations:
    """How often each source was cited so far, so that each use has an anchor and the source can link back to it."""

    counts: Counter[int] = field(default_factory=Counter)

    def use(self, source: int) -> int:
        """Count one more use of a source, and return its number."""
        self.counts[source] += 1
        return self.counts[source]

    def uses(self, source: int) -> range:
        """The numbers of all uses of a source so far."""
        return range(1, self.counts[source] + 1)


def inert(text: str) -> str:
    """What a person typed, on one line, with a sign in place of characters that hide, control or turn the text round.

    A profile holds none; a discussion that was read back from JSON might.
    """
    flat = " ".join(text.split())
    return "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in flat)
