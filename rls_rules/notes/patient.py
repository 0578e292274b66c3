"""The note that a person takes to the visit."""

from rls_rules.discussion import Discussion, Point, Question
from rls_rules.note_words import NoteWords
from rls_rules.notes.document import Bullets, Document, Line, Paragraph, Section
from rls_rules.notes.writing import Writing

MOST_POINTS = 5
MOST_OPTIONS = 4
MOST_DISAGREEMENTS = 2
MOST_UNKNOWN = 5
MOST_QUESTIONS = 7
MOST_MEANWHILE = 4


def patient_note(discussion: Discussion, words: NoteWords, language: str) -> Document:
    """Write the patient note: urgent things first, few good questions, everything else in the appendix.

    Cautions and urgent points are never left out: what does not fit stands in the appendix.
    """
    writing = Writing(discussion, words)
    return Document(words.frames.title_patient, "patient", language, tuple(_sections(writing)))


def _sections(writing: Writing) -> list[Section]:
    words, discussion, section = writing.words, writing.discussion, writing.section
    urgent = [point for point in discussion.points if point.urgency == "urgent"]
    meanwhile = [point for point in discussion.points if _without_prescription(writing, point)]
    others = [point for point in discussion.points if point not in urgent and point not in meanwhile]
    options, more_options = writing.ranked_options(MOST_OPTIONS)
    tensions, more_tensions = (
        discussion.tensions[:MOST_DISAGREEMENTS],
        discussion.tensions[MOST_DISAGREEMENTS:],
    )

    sections = [
        section("about", Bullets(tuple(Line(text) for text in words.about))),
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
        sections.append(section("urgent", Bullets(tuple(map(writing.line, urgent)))))
    sections.append(section("help", Bullets(tuple(Line(text) for text in words.help))))
    sections.append(section("told", *writing.told()))
    if others:
        sections.append(section("worth_knowing", Bullets(tuple(map(writing.line, others[:MOST_POINTS])))))
    sections.append(section("options", *map(writing.card, options)))
    if tensions:
        sections.append(section("disagreements", Bullets(tuple(map(writing.disagreement, tensions)))))
    unknown = tuple(_unknown(writing, question) for question in discussion.questions[:MOST_UNKNOWN])
    sections += [
        section("not_known", Bullets(unknown or (Line(words.frames.none_here),))),
        section("questions", Bullets(_questions(urgent + others + meanwhile, words), "numbers")),
        section(
            "what_matters",
            Bullets(tuple(Line(text) for text in words.what_matters), "boxes"),
            Paragraph(Line(words.frames.lean)),
        ),
    ]
    if meanwhile:
        sections.append(section("meanwhile", Bullets(tuple(map(writing.line, meanwhile[:MOST_MEANWHILE])))))
    sections.append(
        section("how_we_will_know", Bullets(tuple(Line(text) for text in words.how_we_will_know)))
    )
    further = others[MOST_POINTS:] + meanwhile[MOST_MEANWHILE:]
    sections.append(section("appendix", appendix=True))
    if further or more_tensions:
        lines = (*map(writing.line, further), *map(writing.disagreement, more_tensions))
        sections.append(section("further", Bullets(lines), level=3, appendix=True))
    if more_options:
        sections.append(section("further_options", *map(writing.card, more_options), level=3, appendix=True))
    if questions := discussion.questions[MOST_UNKNOWN:]:
        labels = Line("; ".join(question.label for question in questions) + ".")
        sections.append(section("further_questions", Paragraph(labels), level=3, appendix=True))
    sections.append(section("sources", writing.sources(), level=3, appendix=True))
    sections.append(section("made", *writing.made(), level=3, appendix=True))
    return sections


def _without_prescription(writing: Writing, point: Point) -> bool:
    """Whether a point only informs of, or speaks for, what needs no prescription."""
    prescribed = {one.option.id for one in writing.discussion.options if one.option.prescription}
    gentle = point.stance in ("favours", "informs") and point.urgency == "routine"
    return gentle and bool(point.options) and not prescribed & set(point.options)


def _questions(points: list[Point], words: NoteWords) -> tuple[Line, ...]:
    """What to ask at the visit: the questions of the points, most urgent first."""
    asks = dict.fromkeys(point.ask for point in points if point.ask)
    return tuple(Line(ask) for ask in list(asks)[:MOST_QUESTIONS]) or (Line(words.frames.none_here),)


def _unknown(writing: Writing, question: Question) -> Line:
    """An open question, and why its answer matters."""
    return Line(question.asks, question.label, because=writing.frames.why_asked.format(why=question.why))
