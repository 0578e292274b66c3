"""A document as an accessible PDF: tagged, PDF/UA-1, with its own fonts, the same bytes for the same input."""

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

from rls_rules.discussion import Discussion
from rls_rules.errors import NoteError, Problem, refuse_unless_one_of
from rls_rules.loader import load_rules
from rls_rules.note_words import NoteWords
from rls_rules.notes.document import Document, Reader
from rls_rules.notes.rendering import note
from rls_rules.rulebase import RuleBase

Paper = Literal["a4", "us-letter"]

MISSING = "□"
"""What stands for a sign that the fonts do not have."""

SHOWN = (
    (
        range(0x0020, 0x0500),  # Latin, Greek, Cyrillic
        range(0x0591, 0x0600),  # Hebrew
        range(0x1E00, 0x2000),  # Latin and Greek with more accents
    ),
    (range(0x0531, 0x0590),),  # Armenian
    (range(0x060C, 0x060D), range(0x0621, 0x063B), range(0x0640, 0x0656), range(0x0660, 0x066E)),  # Arabic
    (range(0x0900, 0x0980),),  # Devanagari
    (range(0x10D0, 0x1100),),  # Georgian
    (
        range(0x2010, 0x2041),  # punctuation
        range(0x20A0, 0x20C0),  # currencies
        range(0x2190, 0x2400),  # arrows, mathematics, technical signs
        range(0x2500, 0x2607),  # boxes, circles, squares
    ),
)
"""What the fonts shipped with typst have whole: together what one font has, so that it can set accents on letters."""


def render_pdf(
    discussion: Discussion,
    *,
    reader: Reader = "patient",
    rules: RuleBase | None = None,
    paper: Paper = "a4",
) -> bytes:
    """Write one discussion as a PDF; the same discussion and date give the same bytes.

    It needs the extra `rls-rules[pdf]`.

    :param reader: whom it is for.
    :param rules: the rule base whose words are used; the shipped one if left out.
    :raises NoteError: where typst is not installed, or refuses the note as not accessible.
    :raises RulesError: as `note` does.
    :raises ValueError: if there is no such reader or paper.
    """
    refuse_unless_one_of(get_args(Paper), "paper", paper)
    rules = rules or load_rules(language=discussion.provenance.language.code)
    document = note(discussion, reader=reader, rules=rules)
    return typeset(document, rules.note, on=discussion.provenance.on, paper=paper)


def typeset(document: Document, words: NoteWords, *, on: date, paper: Paper = "a4") -> bytes:
    """Write a document as PDF/UA-1; without a title, words for each picture and every level of heading it is refused.

    :param on: the date that the file carries.
    """
    require_typst()
    import typst  # noqa: PLC0415 - an extra, and of 84 MB

    content = {**asdict(document), "on": (on.year, on.month, on.day), "paper": paper}
    try:
        return typst.compile(
            _template(),
            ignore_system_fonts=True,
            sys_inputs={"note": json.dumps(_inert(content, words.frames.no_letters))},
            format="pdf",
            pdf_standards="ua-1",
        )
    except typst.TypstError as error:
        raise NoteError([_refusal(error.message)]) from None


def require_typst() -> None:
    """Look whether a PDF can be made here, before any work for it is done.

    :raises NoteError: where typst is not installed.
    """
    try:
        import typst  # noqa: F401, PLC0415
    except ImportError:
        help_ = "type `pip install 'rls-rules[pdf]'`"
        raise NoteError([Problem(None, "a PDF needs the package typst", help_)]) from None


def _refusal(said: str) -> Problem:
    """What typst has against a note, with what is written in the note apart."""
    text = _TEXT.search(said)
    message = _TEXT.sub("`…`", said.removeprefix("PDF/UA-1 error: "), count=1)
    help_ = "mend the words or the rules, or write another format"
    return Problem(
        None, f"the note was refused as an accessible PDF: {message}", help_, text[1] if text else ""
    )


_TEXT = re.compile(r'`"(.*?)"`')


@cache
def _template() -> bytes:
    return files("rls_rules.notes").joinpath("templates", "note.typ").read_bytes()


def _inert(value: Any, no_letters: str) -> Any:  # noqa: ANN401 - what JSON can hold
    """The values of a document, each text on one line, and what a person typed in signs that the fonts have.

    Where such a sign is missing, the sentence `no_letters` says which.
    """
    match value:
        case str():
            return " ".join(value.split())
        case list() | tuple():
            return [_inert(one, no_letters) for one in value]
        case {"quoted": quoted, "because": because, **others}:
            typed = [" ".join(text.split()) for text in quoted]
            missing = dict.fromkeys(
                _name(sign) for text in typed for sign, shown in _looks(text) if not shown
            )
            reason = f"{because} {no_letters.format(signs=', '.join(missing))}" if missing else because
            shown = ["".join(sign if shown else MISSING for sign, shown in _looks(text)) for text in typed]
            return _inert(others, no_letters) | {"quoted": shown, "because": _inert(reason, no_letters)}
        case dict():
            return {key: one if key == "svg" else _inert(one, no_letters) for key, one in value.items()}
        case _:
            return value


def _looks(text: str) -> Iterator[tuple[str, bool]]:
    """Each sign of a text, and whether it can be shown: an accent only on what is of the same font.

    What has no look of its own, such as a sign that turns text round, is not shown either.
    """
    before = None
    for sign in text:
        kind = unicodedata.category(sign)[0]
        fonts = (number for number, blocks in enumerate(SHOWN) if any(ord(sign) in block for block in blocks))
        font = None if kind == "C" else next(fonts, None)
        if kind == "M" and font != before:
            font = None
        yield sign, font is not None
        before = font


def _name(sign: str) -> str:
    """What Unicode calls the script of a letter, and the number of any other sign."""
    name = unicodedata.name(sign, "")
    return name.split()[0] if name and unicodedata.category(sign)[0] == "L" else f"U+{ord(sign):04X}"
