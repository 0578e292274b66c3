"""Whether words are plain: reading grade, explained terms and abbreviations, and what asks for arithmetic."""

import re
from collections.abc import Iterator

from rls_rules import readability
from rls_rules.notes.explaining import explained
from rls_rules.scoring.reading import NoteView

_ABBREVIATION = re.compile(r"(?<![\w-])[A-Z]{2,5}(?![\w-])")
_ARITHMETIC = re.compile(
    r"\b(?:half of|twice|double|triple|times as|per kilo\w*|per kg|a third of|a quarter of|minus|divided by)\b",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"\b\d[\d,.]* (?:in|of|out of) (\d+(?:,\d{3})*)(?![\d.,]*\d)(?! (?:weeks|days|months|years|hours))"
)
_PERCENT = re.compile(r"\d ?%")


def reading_grade(note: NoteView) -> float:
    """The grade of what a note says before its appendix, reasons included; what is quoted is left out."""
    texts = [
        text if text.endswith((".", "!", "?", ":")) else f"{text}."
        for section in note.body
        for line in section.lines
        for text in (line.lead, line.text, line.because)
        if text
    ]
    return round(readability.grade(" ".join(texts), note.rules.syllables), 1)


def too_hard(note: NoteView) -> Iterator[str]:
    """Whether the note is harder to read than it may be."""
    found = reading_grade(note)
    if found > readability.PLAIN_GRADE:
        yield f"the grade is {found}"


def unexplained(note: NoteView) -> Iterator[str]:
    """The places where a reader meets a term of the glossary that nobody has explained to them."""
    again = explained(note.document, note.rules.glossary)
    for before, after in zip(note.document.sections, again.sections, strict=True):
        if before != after:
            changed = [
                one.lead or one.text[:40]
                for one, other in zip(before.lines, after.lines, strict=True)
                if one != other
            ]
            yield from (f"a term is not explained in `{text}`" for text in changed or [before.heading])


def abbreviated(note: NoteView) -> Iterator[str]:
    """The abbreviations that are neither explained, nor in the glossary, nor part of the name of a source or a medicine."""
    names = {*_ABBREVIATION.findall(" ".join(note.texts("sources")))}
    medicines = (name for one in note.rules.medicines.values() for name in (one.name, *one.also, *one.brands))
    terms = (name for term in note.rules.terms.values() for name in (term.term, *term.also))
    known = {*_ABBREVIATION.findall(" ".join((*terms, *medicines)))}
    for _, line in note.own_words:
        text = f"{line.lead} {line.text} {line.because}"
        for found in _ABBREVIATION.finditer(text):
            in_brackets = text[: found.start()].endswith("(") and text[found.end() :].startswith(")")
            if in_brackets:
                names.add(found[0])
            elif found[0] not in names | known:
                yield f"`{found[0]}` is not explained"


def arithmetic(note: NoteView) -> Iterator[str]:
    """The lines that leave the reader something to work out."""
    for _, line in note.own_words:
        text = f"{line.lead} {line.text}"
        if found := _ARITHMETIC.search(text):
            yield f"`{found[0]}` in `{line.lead or line.text[:40]}`"
        if len({*_SHARE.findall(text)}) > 1:
            yield f"shares of two numbers of people in `{line.lead or line.text[:40]}`"


def percentages(note: NoteView) -> Iterator[str] | None:
    """The lines with a percentage of people; a test result in per cent is as the laboratory prints it."""
    units = [fact.name for fact in note.rules.vocabulary if fact.unit == "%"]
    tests = [note.rules.words[name].label.lower() for name in units]
    names = [name for test in tests for name in (test, *_spellings(note, test))]
    lines = [line for _, line in note.own_words if re.search(r"\d", line.text)]
    if not lines:
        return None
    return (
        f"a percentage in `{line.lead or line.text[:40]}`"
        for line in lines
        if _PERCENT.search(line.text) and not any(name in line.text.lower() for name in names)
    )


def _spellings(note: NoteView, term: str) -> Iterator[str]:
    for one in note.rules.terms.values():
        if one.term.lower() == term:
            yield from (name.lower() for name in one.also)
