"""Notes with something changed or taken away, for tests of their scorecards."""

from collections.abc import Callable
from dataclasses import replace

from rls_rules.notes.document import Block, Bullets, Card, Document, Line, Picture, Section

Change = Callable[[Document], Document]


def sections(change: Callable[[Section], Section | None]) -> Change:
    """Change each section, or take it away."""
    return lambda one: replace(one, sections=tuple(s for s in map(change, one.sections) if s is not None))


def without(*ids: str) -> Change:
    """Take some sections away."""
    return sections(lambda section: None if section.id in ids else section)


def blocks(change: Callable[[Block], Block | None], *ids: str) -> Change:
    """Change each block of some sections (of all, if none is named), or take it away."""

    def within(section: Section) -> Section:
        if ids and section.id not in ids:
            return section
        return replace(section, blocks=tuple(b for b in map(change, section.blocks) if b is not None))

    return sections(within)


def lines(change: Callable[[Line], Line], *ids: str) -> Change:
    """Change each line of the paragraphs, lists and cards of some sections."""

    def block(one: Block) -> Block:
        match one.kind:
            case "paragraph":
                return replace(one, line=change(one.line))
            case "bullets" | "extract":
                return replace(one, lines=tuple(map(change, one.lines)))
            case "comparison":
                return replace(one, cards=tuple(map(card, one.cards)))
            case "card":
                return card(one)
            case "picture":
                return replace(one, caption=change(one.caption))
            case "blank" | "diary":
                return one

    def card(one: Card) -> Card:
        return replace(one, rows=tuple((label, tuple(map(change, some))) for label, some in one.rows))

    return blocks(block, *ids)


def cards(change: Callable[[Card], Card]) -> Change:
    """Change each option."""

    def block(one: Block) -> Block:
        if one.kind == "comparison":
            return replace(one, cards=tuple(map(change, one.cards)))
        return change(one) if one.kind == "card" else one

    return blocks(block, "options", "further_options")


def rows(change: Callable[[str, tuple[Line, ...]], tuple[Line, ...] | None]) -> Change:
    """Change each row of each option, or take it away."""

    def card(one: Card) -> Card:
        kept = ((label, change(label, some)) for label, some in one.rows)
        return replace(one, rows=tuple((label, some) for label, some in kept if some is not None))

    return cards(card)


def pictures(change: Callable[[Picture], Picture | None]) -> Change:
    """Change each picture, or take it away."""
    return blocks(lambda one: change(one) if one.kind == "picture" else one, "pictures")


def text(old: str, new: str, *ids: str) -> Change:
    """Put one text in place of another."""
    return lines(lambda line: replace(line, text=line.text.replace(old, new)), *ids)


def instead(new: str, *ids: str) -> Change:
    """Put one text in place of every line."""
    return lines(lambda line: replace(line, text=new, lead="", because=""), *ids)


def added(id_: str, *said: str) -> Change:
    """One more list in a section."""

    def change(section: Section) -> Section:
        more = Bullets(tuple(map(Line, said)))
        return replace(section, blocks=(*section.blocks, more)) if section.id == id_ else section

    return sections(change)
