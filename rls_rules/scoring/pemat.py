"""PEMAT-P of the Agency for Healthcare Research and Quality: 17 items on understanding, 7 on acting.

In our own words. There are no items 13 and 14 in the version for printed material.
"""

import re
from collections.abc import Iterator

from rls_rules.readability import sentences_in
from rls_rules.scoring.cards import Item, for_people
from rls_rules.scoring.plainness import arithmetic, percentages, too_hard, unexplained
from rls_rules.scoring.reading import NoteView, missing, words_in

MOST_WORDS = 120
"""In one paragraph or item of a list; its reason stands apart."""
MOST_BLOCKS = 7
"""Paragraphs, lists and tables below one heading before the appendix."""
MOST_IN_HEADING = 10
MOST_IN_LABEL = 5
MOST_COLUMNS = 7
PASSIVE = 0.25
"""The share of sentences that may look passive before code refuses."""

_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being)\s+(?:\w+ly\s+)?\w+(?:ed|en)\b", re.IGNORECASE)
_READER = re.compile(r"\b(?:you|your|I|my|me|we|our)\b", re.IGNORECASE)
_ASKS = ("ask", "bring", "call", "get", "say", "write", "tell")
_ORDERS = (
    "take",
    "start",
    "stop",
    "switch",
    "change",
    "raise",
    "lower",
    "increase",
    "reduce",
    "double",
    "skip",
)


def asked_of_reader(note: NoteView, *ids: str) -> Iterator[str]:
    """The first word of each sentence of some sections, in small letters."""
    for text in note.texts(*ids):
        for sentence in sentences_in(text):
            yield sentence.split()[0].lower()


def _purpose(note: NoteView) -> Iterator[str]:
    yield from missing(note, "about", "main_message")


def long_chunks(note: NoteView) -> Iterator[str]:
    """Paragraphs that are too long, and headings with too much below them."""
    for section, line in note.own_words:
        said = (f"{line.lead} {line.text}", line.because)
        if section.id != "pictures" and any(words_in([text]) > MOST_WORDS for text in said):
            yield f"`{line.lead or line.text[:40]}` is too long"
    for section in note.body:
        if len(section.blocks) > MOST_BLOCKS:
            yield f"much stands below `{section.heading}`"


def headed(note: NoteView) -> Iterator[str]:
    """Headings that are missing, long, or used twice."""
    headings = [section.heading.strip() for section in note.document.sections]
    yield from (f"`{one}` stands twice" for one in headings if headings.count(one) > 1)
    yield from ("a section has no heading" for one in headings if not one)
    yield from (f"`{one}` is long" for one in headings if words_in([one]) > MOST_IN_HEADING)


def in_order(note: NoteView) -> Iterator[str]:
    """Sections that stand in another order than that of `note.yaml`."""
    order = list(type(note.words.headings).model_fields)
    found = [section.id for section in note.document.sections]
    if found != sorted(found, key=order.index):
        yield "the sections are not in their order"


def summed_up(note: NoteView) -> Iterator[str]:
    """Whether the main thing is said before everything but what is urgent and what the note is."""
    yield from missing(note, "main_message")
    sections = [section.id for section in note.document.sections if section.id != "urgent"]
    if "main_message" not in sections[:2]:
        yield "the main thing is not at the top"


def _cues(note: NoteView) -> Iterator[str]:
    points = note.lines("urgent", "worth_knowing")
    yield from (f"`{line.text[:40]}` has no title" for line in points if not line.lead)
    styles = {block.style for _, block in note.blocks("bullets") if block.kind == "bullets"}
    yield from (f"nothing is set as {style}" for style in ("boxes", "numbers") if style not in styles)


def _some_pictures(note: NoteView) -> Iterator[str]:
    if not note.pictures:
        yield "there is no picture"


def _pictures_alone(note: NoteView) -> Iterator[str] | None:
    return iter(()) if note.pictures else None


def captioned(note: NoteView) -> Iterator[str] | None:
    """Pictures without a title, a caption or words that say all that they show."""
    return _uncaptioned(note) if note.pictures else None


def _uncaptioned(note: NoteView) -> Iterator[str]:
    for picture in note.pictures:
        if not (picture.title.strip() and picture.caption.text.strip() and picture.alternative.strip()):
            yield f"`{picture.title or picture.caption.text[:40]}` lacks a title, a caption or its words"


def _tables(note: NoteView) -> Iterator[str]:
    tables = [("comparison", note.comparison.caption, note.comparison.labels)] if note.comparison else []
    tables += [("diary", b.caption, b.headings) for _, b in note.blocks("diary") if b.kind == "diary"]
    if not tables:
        yield "there is no table"
    for name, caption, headings in tables:
        if not caption.strip() or not all(heading.strip() for heading in headings):
            yield f"the {name} lacks a caption or a heading"
        if len(headings) > MOST_COLUMNS:
            yield f"the {name} has {len(headings)} headings"
        if any(words_in([heading]) > MOST_IN_HEADING for heading in headings):
            yield f"a heading of the {name} is long"
    for card in note.all_cards:
        yield from (f"`{label}` is long" for label, _ in card.rows if words_in([label]) > MOST_IN_LABEL)


def action(note: NoteView) -> Iterator[str]:
    """Whether the note asks for something to be said, asked or written down, and for nothing else."""
    if not {*asked_of_reader(note, "main_message", "how_we_will_know")} & {*_ASKS}:
        yield "nothing is asked of the reader"
    body = (section.id for section in note.body)
    if orders := {*asked_of_reader(note, *body)} & {*_ORDERS}:
        yield f"a sentence begins with `{min(orders)}`"


def spoken_to(note: NoteView) -> Iterator[str]:
    """Sections that are made for the reader, and do not say "you" or "I"."""
    for id_ in ("about", "main_message", "goals", "what_matters", "questions", "lean"):
        section = note.section(id_)
        texts = [section.heading, *(line.text for line in section.lines)] if section else []
        if not any(_READER.search(text) for text in texts):
            yield f"`{getattr(note.words.headings, id_)}` does not speak to the reader"


def _small_steps(note: NoteView) -> Iterator[str]:
    yield from missing(note, "questions", "lean", "how_we_will_know")


def tools(note: NoteView) -> Iterator[str]:
    """Whether there is a list to tick, a list of questions, and a diary."""
    kinds = {block.kind for _, block in note.blocks("diary")}
    styles = {block.style for _, block in note.blocks("bullets") if block.kind == "bullets"}
    if "diary" not in kinds:
        yield "there is no diary"
    if "boxes" not in styles:
        yield "there is nothing to tick"


def _calculations(note: NoteView) -> Iterator[str] | None:
    faults = list(arithmetic(note))
    return iter(faults) if faults else None


def _how_to_use(note: NoteView) -> Iterator[str]:
    """The diary says how to fill it in, and a sentence before it what to do with it; each timeline how to read it."""
    heading = note.words.headings.diary.split()[-1].lower()
    if not any(heading in text.lower() for text in note.texts("how_we_will_know")):
        yield "no sentence says what to do with the diary"
    if any(not block.caption for _, block in note.blocks("diary") if block.kind == "diary"):
        yield "the diary does not say how to fill it in"
    drawn = [picture for picture in note.pictures if picture not in note.chances]
    yield from (
        f"`{picture.title}` does not say how to read it"
        for picture in drawn
        if note.words.pictures.timeline_caption not in picture.caption.text
    )


def passive(note: NoteView) -> Iterator[str]:
    """Whether many sentences before the appendix look passive."""
    sentences = [one for section in note.body for line in section.lines for one in sentences_in(line.text)]
    found = [one for one in sentences if _PASSIVE.search(one)]
    if len(found) > PASSIVE * len(sentences):
        yield f"{len(found)} of {len(sentences)} sentences look passive"


_TOP = ("about", "main_message")
_A_PERSON = "Only a person can say."

UNDERSTANDABILITY = (
    Item("1", "its purpose is plain at once", "It begins with what it is, and with the main thing; a person says whether that is plain.", _TOP, _purpose, "both"),
    Item("2", "nothing leads away from the purpose", _A_PERSON, (), for_people, "person"),
    Item("3", "everyday words", "The reading grade is at most 8; a person says whether the words are everyday ones.", (), too_hard, "both"),
    Item("4", "medical words are explained", "Each term of the glossary is explained where it first stands in a text; headings and labels apart.", (), unexplained),
    Item("5", "active voice", f"At most {PASSIVE:.0%} of sentences look passive; a person says whether the voice is active.", (), passive, "both"),
    Item("6", "numbers are clear", "No share of people is a percentage; a test result in per cent is as the laboratory prints it.", (), percentages),
    Item("7", "nothing to work out", "No words of arithmetic, and in no sentence shares of two different numbers of people.", (), arithmetic),
    Item("8", "short pieces", f"At most {MOST_WORDS} words a paragraph, and {MOST_BLOCKS} blocks below a heading before the appendix; what pictures say in words is left out.", (), long_chunks),
    Item("9", "headings that inform", f"Each section has a heading of its own of at most {MOST_IN_HEADING} words; a person says whether they inform.", (), headed, "both"),
    Item("10", "a logical order", "The sections stand in the one order that all notes have.", (), in_order),
    Item("11", "a summary", "The main thing stands at the top.", ("main_message",), summed_up),
    Item("12", "key points stand out", "Points have titles; choices have boxes and questions numbers.", ("urgent", "worth_knowing", "what_matters", "questions"), _cues),
    Item("15", "pictures where they help", "There is a picture; a person says whether others are missing.", ("pictures",), _some_pictures, "both"),
    Item("16", "pictures do not distract", _A_PERSON, ("pictures",), _pictures_alone, "person"),
    Item("17", "pictures have titles and captions", "Each has both, and words that say all that it shows; not applicable without one.", ("pictures",), captioned),
    Item("18", "pictures are clear", _A_PERSON, ("pictures",), _pictures_alone, "person"),
    Item("19", "simple tables with short headings", f"Each table has a caption and at most {MOST_COLUMNS} headings of at most {MOST_IN_HEADING} words; a row of options has {MOST_IN_LABEL} at most.", ("options", "diary"), _tables),
)  # fmt: skip

ACTIONABILITY = (
    Item("20", "at least one action", "It asks to bring, say, ask or write down something, and no sentence orders anything about treatment.", ("main_message", "how_we_will_know"), action),
    Item("21", "speaks to the reader", 'What is made for the reader says "you" or "I".', (*_TOP, "goals", "what_matters", "questions", "lean"), spoken_to),
    Item("22", "small explicit steps", "There are questions, a place to lean and a way to know; a person says whether the steps are small.", ("questions", "lean", "how_we_will_know"), _small_steps, "both"),
    Item("23", "a tool to act with", "It has lists to tick and a diary.", ("what_matters", "diary"), tools),
    Item("24", "how to calculate", "Not applicable: there is nothing to work out.", (), _calculations),
    Item("25", "how to use charts and tables", "It says what to do with the diary, and how to read each timeline.", ("how_we_will_know", "diary", "pictures"), _how_to_use),
    Item("26", "pictures that help to act", "There is a picture; a person says whether it helps to act.", ("pictures",), _some_pictures, "both"),
)  # fmt: skip

GROUPS = (("understandability", UNDERSTANDABILITY), ("actionability", ACTIONABILITY))
