"""The note that a clinician reads in two minutes."""

from rls_rules.discussion import Discussion
from rls_rules.note_words import NoteWords
from rls_rules.notes.document import Bullets, Document, Line, Paragraph, Section
from rls_rules.notes.patient import MOST_QUESTIONS
from rls_rules.notes.writing import Writing

MOST_UNKNOWN = 8


def clinician_note(discussion: Discussion, words: NoteWords, language: str) -> Document:
    """Write the clinician note: what is reported, what applies on whose word, what conflicts, what is unknown."""
    writing = Writing(discussion, words)
    return Document(words.frames.title_clinician, "clinician", language, tuple(_sections(writing)))


def _sections(writing: Writing) -> list[Section]:
    words, discussion, section, frames = writing.words, writing.discussion, writing.section, writing.frames
    urgent = [point for point in discussion.points if point.urgency == "urgent"]
    others = [point for point in discussion.points if point.urgency != "urgent"]

    sections = [section("about", Paragraph(Line(" ".join(words.about))))]
    if urgent:
        sections.append(section("urgent", Bullets(tuple(map(writing.clinical_line, urgent)))))
    sections += [
        section("reported", *writing.told()),
        section("points", Bullets(tuple(map(writing.clinical_line, others)) or (Line(frames.none_here),))),
    ]
    if discussion.tensions:
        sections.append(
            section("disagreements", Bullets(tuple(map(writing.disagreement, discussion.tensions))))
        )
    unknown = tuple(
        Line(
            frames.then_also.format(
                titles="; ".join(dict.fromkeys(one.title for one in question.decides[:2]))
            ),
            question.label,
        )
        for question in discussion.questions[:MOST_UNKNOWN]
    )
    asks = dict.fromkeys(point.ask for point in discussion.points if point.ask)
    sections += [
        section("not_known", Bullets(unknown or (Line(frames.none_here),))),
        section(
            "questions",
            Bullets(tuple(Line(ask) for ask in list(asks)[:MOST_QUESTIONS]) or (Line(frames.none_here),)),
        ),
        section("help", Bullets(tuple(Line(text) for text in words.help))),
    ]
    sections += [
        section("sources", writing.sources(), appendix=True),
        section("made", *writing.made(), appendix=True),
    ]
    return sections
