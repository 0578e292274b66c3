"""The Clear Communication Index of the Centers for Disease Control and Prevention: 20 items, in our own words."""

from collections.abc import Iterator
from itertools import chain

from rls_rules.readability import sentences_in
from rls_rules.scoring import chances
from rls_rules.scoring.cards import Item
from rls_rules.scoring.pemat import (
    action,
    asked_of_reader,
    captioned,
    headed,
    long_chunks,
    passive,
    spoken_to,
    summed_up,
)
from rls_rules.scoring.plainness import abbreviated, arithmetic, unexplained
from rls_rules.scoring.reading import NoteView, filled, missing

MOST_SENTENCES = 3
"""Of the main message, with the sentence that names the options."""
MOST_ITEMS = 7
"""In one list."""


def _one_message(note: NoteView) -> Iterator[str]:
    yield from missing(note, "main_message")
    count = sum(len(sentences_in(text)) for text in note.texts("main_message"))
    if count > MOST_SENTENCES:
        yield f"it has {count} sentences"


def _at_top(note: NoteView) -> Iterator[str]:
    yield from _no_message(note)
    yield from summed_up(note)


def _no_message(note: NoteView) -> Iterator[str]:
    """Without one main message, the card counts nothing that is asked of it."""
    if any(_one_message(note)):
        yield "there is not one main message"


def _stands_out(note: NoteView) -> Iterator[str]:
    yield from _no_message(note)
    section = note.section("main_message")
    if section is None:
        yield from missing(note, "main_message")
    elif section.level != 2 or {block.kind for block in section.blocks} != {"paragraph"}:  # noqa: PLR2004
        yield "it has no heading and place of its own"


def _supported(note: NoteView) -> Iterator[str]:
    yield from _no_message(note)
    if not note.pictures:
        yield "there is no picture"
    yield from captioned(note) or ()


def _call(note: NoteView) -> Iterator[str]:
    if not {*asked_of_reader(note, "main_message")} & {"bring", "say", "ask", "tell", "write"}:
        yield "the main message asks for nothing"
    yield from spoken_to(note)


def _words(note: NoteView) -> Iterator[str]:
    return chain(unexplained(note), abbreviated(note))


def _lists(note: NoteView) -> Iterator[str]:
    homes = [section for section, _ in note.blocks("bullets")]
    if not any(not section.appendix for section in homes):
        yield "there is no list before the appendix"
    for section, block in note.blocks("bullets"):
        if block.kind == "bullets" and section.id != "sources" and len(block.lines) > MOST_ITEMS:
            yield f"a list of `{section.heading}` has {len(block.lines)} items"


def _chunks(note: NoteView) -> Iterator[str]:
    return chain(long_chunks(note), headed(note))


def _known_and_unknown(note: NoteView) -> Iterator[str]:
    """Experts know what has a grade; what they do not know is said in sentences of its own."""
    frames, words = note.frames, note.words.pictures
    graded = [line for card in note.all_cards for line in note.row(card, frames.how_sure)]
    if not any(line.text != frames.no_grade for line in graded):
        yield "nothing is said to be known"
    said = [line.text for card in note.all_cards for line in card.lines]
    gaps = (frames.no_benefit_shown, frames.not_studied, frames.no_grade, frames.not_said)
    uncounted = filled(words.none_counted)
    open_ = (
        note.section("disagreements") is not None
        or any(gap in said for gap in gaps)
        or any(uncounted.fullmatch(text) for text in note.texts("pictures"))
    )
    if not open_:
        yield "nothing is said not to be known"


def _behaviour(note: NoteView) -> Iterator[str]:
    yield from action(note)


def _why(note: NoteView) -> Iterator[str]:
    yield from missing(note, "main_message")


def _how_and_when(note: NoteView) -> Iterator[str]:
    yield from missing(note, "questions", "how_we_will_know")
    for label in (note.frames.next_step, note.frames.look_again):
        if label not in note.texts("lean"):
            yield f"there is no room for `{label}`"


def _numbers(note: NoteView) -> Iterator[str] | None:
    return iter(()) if note.chances else None


def _meaning(note: NoteView) -> Iterator[str] | None:
    return _unmeant(note) if note.chances else None


def _unmeant(note: NoteView) -> Iterator[str]:
    yield from chances.unqualified(note)
    pattern = filled(note.words.pictures.chance)
    for picture in note.chances:
        if not pattern.fullmatch(picture.title):
            yield f"`{picture.title}` does not say of what it is a chance"


def _sides(note: NoteView) -> Iterator[str]:
    if not note.compared:
        yield "no options stand side by side"
    for card in note.all_cards:
        for label in (note.frames.good_sides, note.frames.downsides):
            if not any(line.text for line in note.row(card, label)):
                yield f"`{card.title}` has no `{label}`"


_MAIN = ("main_message",)
_PICTURES = ("pictures",)

ITEMS = (
    Item("A1", "one main message", f"It stands under one heading, in at most {MOST_SENTENCES} sentences.", _MAIN, _one_message),
    Item("A2", "it is at the top", "Only what the note is stands before it.", _MAIN, _at_top),
    Item("A3", "it stands out", "It has a heading of the first rank, and nothing else stands there.", _MAIN, _stands_out),
    Item("A4", "a picture with a caption supports it", "There is a picture, and each has a caption; a person says whether it supports the message.", _PICTURES, _supported, "both"),
    Item("A5", "a call to act", "The main message asks to bring, say or ask something, and speaks to the reader.", _MAIN, _call),
    Item("A6", "both in active voice", "Few sentences look passive; a person says whether the voice is active.", _MAIN, passive, "both"),
    Item("A7", "only words that the reader uses", "Each term of the glossary is explained where it first stands, and each abbreviation that is no part of the name of a source.", (), _words),
    Item("A8", "lists", f"There are lists before the appendix, and none has more than {MOST_ITEMS} items; the list of sources, which is for looking up, is left out.", (), _lists),
    Item("A9", "pieces with headings that match", "Paragraphs are short and each section has a heading; a person says whether they match.", (), _chunks, "both"),
    Item("A10", "what matters most comes first", "The main thing stands before everything but what is urgent and what the note is.", _MAIN, summed_up),
    Item("A11", "what experts know, and what they do not", "Options name grades of sources, and a sentence says what is not known or on what sources disagree.", ("options", "disagreements", "pictures"), _known_and_unknown),
    Item("B12", "what is asked for", "The conversation: it asks to bring, say or ask something, and orders nothing about treatment.", _MAIN, _behaviour),
    Item("B13", "why it matters to the reader", "There is a main message; a person says whether it says why.", _MAIN, _why, "both"),
    Item("B14", "how and when", "It has questions, a way to know, and room for the next step and the next look.", ("questions", "lean", "how_we_will_know"), _how_and_when),
    Item("C15", "numbers that the reader uses", "Only a person can say; not applicable without a chance.", _PICTURES, _numbers, "person"),
    Item("C16", "what each number means", "Each picture of a chance says of what, among whom, and over what time or that this is not said; not applicable without one.", _PICTURES, _meaning),
    Item("C17", "no arithmetic", "No words of arithmetic, and in no sentence shares of two different numbers of people.", (), arithmetic),
    Item("D18", "what the risk is", "Each option has downsides; a person says whether they say what the risk is.", ("options",), _sides, "both"),
    Item("D19", "good and bad sides", "Each option has both.", ("options", "further_options"), _sides),
    Item("D20", "a chance in words or a picture too", "The drawing of each chance fills in as many people as its words count; not applicable without one.", _PICTURES, chances.drawn),
)  # fmt: skip

GROUPS = (("index", ITEMS),)
