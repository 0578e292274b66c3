"""A note as its scorecards read it, whether it was just made or comes from a file."""

import json
import re
from collections.abc import Iterable, Iterator
from string import Formatter

from pydantic import TypeAdapter, ValidationError

from rls_rules.errors import NoteError, Place, Problem, did_you_mean, one_of
from rls_rules.note_words import ENGLISH
from rls_rules.notes.document import Block, Card, Comparison, Document, Line, Picture, Section
from rls_rules.notes.explaining import AS_PRINTED
from rls_rules.rulebase import RuleBase

_TICKED = re.compile(r"[☑☒✓✔]|\[x\]", re.IGNORECASE)


def filled(frame: str, **slots: str) -> re.Pattern[str]:
    """A pattern for a sentence of `note.yaml` with its slots filled in.

    :param slots: patterns for what may stand in some slots; anything may in others.
    """
    pattern = ""
    for text, name, _, _ in Formatter().parse(frame):
        pattern += re.escape(text) + (f"({slots.get(name, '.+')})" if name else "")
    return re.compile(pattern)


class NoteView:
    """A patient note in English, and the rule base with whose words it was made.

    :raises NoteError: if it is for a clinician or in another language, as the checks are for neither,
        or if it has a section that no note has.
    """

    def __init__(self, document: Document, rules: RuleBase) -> None:
        if document.reader != "patient":
            help_ = "make the note of the same profile with `--reader patient`"
            raise NoteError([Problem(None, "the cards are for what patients read", help_)])
        if document.language != ENGLISH.code:
            help_ = "make the note without `--language`"
            raise NoteError([Problem(None, "only notes in English can be scored", help_)])
        headings = type(rules.note.headings).model_fields
        if unknown := [one.id for one in document.sections if one.id not in headings]:
            raise NoteError(
                Problem(
                    None, f"no note has a section `{id_}`", did_you_mean(id_, headings) or one_of(headings)
                )
                for id_ in dict.fromkeys(unknown)
            )
        self.document = document
        self.rules = rules
        self.words, self.frames = rules.note, rules.note.frames

    def section(self, id_: str) -> Section | None:
        """The section with an id, if there is one with something in it."""
        return next((one for one in self.document.sections if one.id == id_), None)

    def lines(self, *ids: str) -> list[Line]:
        """The lines of some sections."""
        return [line for id_ in ids if (section := self.section(id_)) for line in section.lines]

    def texts(self, *ids: str) -> list[str]:
        """The texts of some sections, without leads and reasons."""
        return [line.text for line in self.lines(*ids)]

    def blocks(self, *kinds: str) -> Iterator[tuple[Section, Block]]:
        """Every block of some kinds, with its section."""
        for section in self.document.sections:
            for block in section.blocks:
                if block.kind in kinds:
                    yield section, block

    @property
    def body(self) -> tuple[Section, ...]:
        """The sections before the appendix."""
        return tuple(section for section in self.document.sections if not section.appendix)

    @property
    def own_words(self) -> Iterator[tuple[Section, Line]]:
        """Every line but those that repeat titles, places and names as they are."""
        for section in self.document.sections:
            if section.id not in AS_PRINTED:
                for line in section.lines:
                    yield section, line

    @property
    def comparison(self) -> Comparison | None:
        """The options side by side."""
        section = self.section("options")
        blocks = section.blocks if section else ()
        return next((block for block in blocks if block.kind == "comparison" and block.cards), None)

    @property
    def compared(self) -> tuple[Card, ...]:
        """The options that stand side by side."""
        return self.comparison.cards if self.comparison else ()

    @property
    def all_cards(self) -> tuple[Card, ...]:
        """Every option that the note describes, those in full in the appendix too."""
        section = self.section("further_options")
        return (*self.compared, *(one for one in (section.blocks if section else ()) if one.kind == "card"))

    @property
    def pictures(self) -> list[Picture]:
        """Every picture."""
        return [block for _, block in self.blocks("picture") if block.kind == "picture"]

    @property
    def chances(self) -> list[Picture]:
        """The pictures that are no timeline: they show how often something happened."""
        timeline = filled(self.words.pictures.timeline)
        return [picture for picture in self.pictures if not timeline.fullmatch(picture.title)]

    def shares(self, picture: Picture) -> list[tuple[int, int]]:
        """How many of how many people the words of a picture say."""
        number = r"(?<![\d,])\d[\d,]*"
        share = filled(self.words.pictures.share, count=number, of=number, who="")
        return [
            (int(count.replace(",", "")), int(of.replace(",", "")))
            for count, of, _ in share.findall(picture.alternative)
        ]

    def says(self, frame: str, *ids: str) -> bool:
        """Whether a line of some sections is a sentence of `note.yaml`, filled in."""
        pattern = filled(frame)
        return any(pattern.fullmatch(text) for text in self.texts(*ids))

    def row(self, card: Card, label: str) -> tuple[Line, ...]:
        """The lines of one row of a card; none if it has no such row."""
        return next((lines for name, lines in card.rows if name == label), ())


def missing(note: NoteView, *ids: str) -> Iterator[str]:
    """A fault for each of some sections that a note does not have, or that says nothing."""
    for id_ in ids:
        section = note.section(id_)
        if section is None or not any(line.text.strip() for line in section.lines):
            yield f"`{getattr(note.words.headings, id_)}` is missing"


def words_in(texts: Iterable[str]) -> int:
    """How many words some texts have."""
    return sum(len(text.split()) for text in texts)


def ticked(text: str) -> bool:
    """Whether somebody has ticked a box for the reader."""
    return bool(_TICKED.search(text))


def read_note(text: str | bytes, file: str, rules: RuleBase) -> Document:
    """Read a note that was written as JSON.

    :raises NoteError: if it is none, or was made with other rules.
    """
    try:
        content = json.loads(text)
        document = TypeAdapter(Document).validate_json(json.dumps(content["document"]), strict=True)
        made_with = str(content["discussion"]["provenance"]["rules_digest"])
    except (ValueError, ValidationError, KeyError, TypeError, RecursionError):
        help_ = "make one with `rls-rules note PROFILE --format json -o note.json`"
        raise NoteError([Problem(Place(file), "this is not a note in JSON", help_)]) from None
    if made_with != rules.digest:
        message = f"this note was made with other rules ({made_with[:12]}, and these are {rules.digest[:12]})"
        raise NoteError(
            [Problem(Place(file), message, "name the folders it was made with: `--rules FOLDER`")]
        )
    return document
