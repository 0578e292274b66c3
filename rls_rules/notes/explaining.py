"""Explain each term of the glossary where a reader first meets it in a note."""

import re
from dataclasses import replace

from rls_rules.glossary import Glossary, Mention
from rls_rules.notes.document import Block, Card, Document, Line

AS_PRINTED = ("sources", "made")
"""Sections that repeat titles, places and names as they are."""

_BRACKET = re.compile(r"\s[(\[][^)\]\d]+[)\]]")
"""Words in brackets, and not only a number, such as explain what stands before them."""


def explained(document: Document, glossary: Glossary) -> Document:
    """Return the document with an explanation in brackets after the first use of each term.

    None is added where the text itself puts words in brackets after the term, or the term in brackets
    after the words that explain it, nor on the title of a card, whose first row says what it is.
    A text that must stand alone may explain a term in the words of the glossary; a note says them once.
    What a person typed is left as it is.
    """
    reader = _Reader(glossary)
    sections = tuple(
        section
        if section.id in AS_PRINTED
        else replace(section, blocks=tuple(map(reader.block, section.blocks)))
        for section in document.sections
    )
    return replace(document, sections=sections)


class _Reader:
    """Someone who reads a note from its beginning, and what has been explained to them."""

    def __init__(self, glossary: Glossary) -> None:
        self._glossary = glossary
        self._knows: set[str] = set()

    def block(self, block: Block) -> Block:
        match block.kind:
            case "paragraph":
                return replace(block, line=self._line(block.line))
            case "bullets":
                return replace(block, lines=tuple(map(self._line, block.lines)))
            case "card":
                return self._card(block)
            case "comparison":
                return replace(block, cards=tuple(map(self._card, block.cards)))
            case "picture":
                alternative = self._text(block.alternative)
                return replace(block, alternative=alternative, caption=self._line(block.caption))
            case "blank" | "diary" | "extract":
                return block

    def _card(self, card: Card) -> Card:
        self._knows |= {mention.term.term for mention in self._glossary.mentions(card.title)}
        return replace(card, rows=tuple((label, tuple(map(self._line, lines))) for label, lines in card.rows))

    def _line(self, line: Line) -> Line:
        """Explain in the running text what it uses, and in the lead only what the text does not use."""
        text = self._text(line.text)
        return replace(line, text=text, lead=self._text(line.lead), because=self._text(line.because))

    def _text(self, text: str) -> str:
        parts, done = [], 0
        for mention in self._glossary.mentions(text):
            if mention.term.term in self._knows:
                again = f" ({mention.term.means})"
                if text.startswith(again, mention.end):
                    parts.append(text[done : mention.end])
                    done = mention.end + len(again)
                continue
            self._knows.add(mention.term.term)
            if not _explained_in(text, mention):
                inside = text.count("(", 0, mention.start) > text.count(")", 0, mention.start)
                means = f"[{mention.term.means}]" if inside else f"({mention.term.means})"
                parts.append(f"{text[done : mention.end]} {means}")
                done = mention.end
        return "".join([*parts, text[done:]])


def _explained_in(text: str, mention: Mention) -> bool:
    """Whether a text explains a term right there: `term (words)` or `words (term)`."""
    before, after = text[: mention.start], text[mention.end :]
    return bool(_BRACKET.match(after)) or (before.endswith("(") and after.startswith(")"))
