"""The note that a person takes to the visit."""

from collections.abc import Iterator
from dataclasses import replace

from rls_rules.discussion import Disagreement, Discussion, Point
from rls_rules.note_words import NoteWords
from rls_rules.notes.document import Bullets, Document, Line, Paragraph, Section
from rls_rules.notes.writing import Writing

MOST_POINTS = 3
"""How many points stand before the appendix, unless more are urgent or to be raised soon."""
MOST_OPTIONS = 4
MOST_DISAGREEMENTS = 1
MOST_UNKNOWN = 3
MOST_REASONS = 10
"""How many open questions the appendix gives a reason for; it names the others."""
MOST_QUESTIONS = 5
MOST_MEANWHILE = 1


def patient_note(discussion: Discussion, words: NoteWords, language: str) -> Document:
    """Write the patient note: two printed pages, urgent things first; everything else in the appendix.

    Nothing is left out: what does not fit stands in the appendix.
    """
    writing = Writing(discussion, words)
    return Document(words.frames.title_patient, "patient", language, tuple(_sections(writing)))


def _sections(writing: Writing) -> list[Section]:
    words, discussion, section = writing.words, writing.discussion, writing.section
    urgent = [point for point in discussion.points if point.urgency == "urgent"]
    meanwhile = [point for point in discussion.points if _without_prescription(writing, point)]
    others = [point for point in discussion.points if point not in urgent and point not in meanwhile]
    soon = sum(point.urgency == "soon" for point in others)
    most = soon if urgent else max(MOST_POINTS, soon)
    compared = writing.options_to_compare(MOST_OPTIONS)
    tensions = writing.nearest_tensions(urgent + others[:most], compared)

    sections = [
        section("about", Bullets((*writing.not_reviewed(), *map(Line, words.about)))),
        section(
            "main_message",
            *(Paragraph(Line(text)) for text in words.main_message),
            *(
                Paragraph(Line(saying.text, sources=writing.numbers(saying.cites)))
                for saying in words.condition
            ),
        ),
    ]
    if urgent:
        sections.append(section("urgent", Bullets(tuple(map(writing.brief_line, urgent)))))
    sections.append(section("help", Bullets(tuple(Line(text) for text in words.help))))
    sections.append(section("told", *writing.told()))
    if others[:most]:
        sections.append(section("worth_knowing", Bullets(tuple(map(writing.brief_line, others[:most])))))
    sections.append(section("options", *map(writing.brief_card, compared)))
    near = 0 if urgent else MOST_DISAGREEMENTS
    if tensions[:near]:
        lines = tuple(map(writing.disagreement, tensions[:near]))
        sections.append(section("disagreements", Bullets(lines)))
    unknown = tuple(Line(question.asks) for question in discussion.questions[:MOST_UNKNOWN])
    sections += [
        section("not_known", Bullets(unknown or (Line(words.frames.none_here),))),
        section("questions", Bullets(writing.asks(urgent + others + meanwhile, MOST_QUESTIONS), "numbers")),
        section(
            "what_matters",
            Bullets(tuple(Line(text) for text in words.what_matters), "boxes"),
            Paragraph(Line(words.frames.lean)),
        ),
    ]
    if meanwhile:
        lines = tuple(replace(writing.line(point), because="") for point in meanwhile[:MOST_MEANWHILE])
        sections.append(section("meanwhile", Bullets(lines)))
    sections.append(
        section("how_we_will_know", Bullets(tuple(Line(text) for text in words.how_we_will_know)))
    )
    sections.append(section("appendix", appendix=True))
    sections += _appendix(writing, others[most:] + meanwhile[MOST_MEANWHILE:], tensions[near:])
    sections.append(section("sources", writing.sources(places=False), level=3, appendix=True))
    sections.append(section("made", *writing.made(), level=3, appendix=True))
    return sections


def _appendix(writing: Writing, points: list[Point], tensions: list[Disagreement]) -> Iterator[Section]:
    """What did not fit: further points, sources that disagree, options in full, and open questions."""
    discussion = writing.discussion
    lines = (*map(writing.line, points), *map(writing.disagreement, tensions))
    if lines:
        yield writing.section("further", Bullets(lines), level=3, appendix=True)
    options, only_named = writing.options_in_full()
    named = [Paragraph(Line(writing.frames.also_named.format(names=only_named)))] if only_named else []
    cards = map(writing.card, options)
    yield writing.section("further_options", *cards, *named, level=3, appendix=True)
    if discussion.questions:
        first, others = discussion.questions[:MOST_REASONS], discussion.questions[MOST_REASONS:]
        open_questions = [Line(question.why, question.label) for question in first]
        labels = writing.semicolon.join(question.label for question in others)
        open_questions += [Line(f"{labels}.")] if others else []
        yield writing.section("further_questions", Bullets(tuple(open_questions)), level=3, appendix=True)


def _without_prescription(writing: Writing, point: Point) -> bool:
    """Whether a point only informs of, or speaks for, what needs no prescription."""
    prescribed = {one.option.id for one in writing.discussion.options if one.option.prescription}
    gentle = point.stance in ("favours", "informs") and point.urgency == "routine"
    return gentle and bool(point.options) and not prescribed & set(point.options)
