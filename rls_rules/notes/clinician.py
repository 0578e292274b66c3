"""The note that a clinician reads in two minutes."""

from collections.abc import Iterator

from rls_rules.discussion import Discussion, Question
from rls_rules.note_words import NoteWords
from rls_rules.notes.document import Bullets, Document, Line, Paragraph, Section
from rls_rules.notes.patient import MOST_OPTIONS, MOST_QUESTIONS
from rls_rules.notes.pictures import pictured
from rls_rules.notes.reporting import made, not_reviewed, record, reported
from rls_rules.notes.writing import Writing

MOST_POINTS = 5
MOST_DISAGREEMENTS = 1
MOST_UNKNOWN = 4


def clinician_note(discussion: Discussion, words: NoteWords, language: str) -> Document:
    """Write the clinician note: what is reported, what applies on whose word, what conflicts, what is unknown.

    What does not fit one page stands in the appendix; nothing is left out.
    """
    writing = Writing(discussion, words)
    return Document(words.frames.title_clinician, "clinician", language, tuple(_sections(writing)))


def _sections(writing: Writing) -> Iterator[Section]:
    words, discussion, section, part = writing.words, writing.discussion, writing.section, writing.part
    urgent = [point for point in discussion.points if point.urgency == "urgent"]
    others = [point for point in discussion.points if point.urgency != "urgent"]
    most = max(MOST_POINTS, sum(point.urgency == "soon" for point in others))
    compared = writing.options_to_compare(MOST_OPTIONS)
    tensions = writing.nearest_tensions(urgent + others[:most], compared)
    none = (Line(words.frames.none_here),)

    if urgent:
        yield section("urgent", Bullets(tuple(map(writing.clinical_line, urgent))))
    about = Line(" ".join(words.about_clinician))
    yield section("about", *map(Paragraph, (*not_reviewed(writing), about)))
    yield section("reported", *reported(writing))
    yield section("points", Bullets(tuple(map(writing.clinical_line, others[:most])) or none))
    if tensions:
        lines = tuple(map(writing.disagreement, tensions[:MOST_DISAGREEMENTS]))
        yield section("disagreements", Bullets(lines))
    asked = writing.asks(urgent + others, MOST_QUESTIONS)
    unknown = tuple(_unknown(writing, question) for question in discussion.questions[:MOST_UNKNOWN])
    yield section("not_known", Bullets(unknown or none))
    yield section("questions", Bullets(asked))

    yield writing.appendix()
    yield part("help", Bullets(tuple(map(Line, words.help))), appendix=True)
    yield part("record", record(writing, urgent + others[:most], asked), appendix=True)
    further = (
        *map(writing.clinical_line, others[most:]),
        *map(writing.disagreement, tensions[MOST_DISAGREEMENTS:]),
    )
    if further:
        yield part("further", Bullets(further), appendix=True)
    yield from pictured(writing, compared, chances=False)
    yield part("sources", writing.sources(places=True), appendix=True)
    yield part("made", *made(writing), appendix=True)


def _unknown(writing: Writing, question: Question) -> Line:
    """An unknown fact, and two of the points that it could add."""
    titles = writing.semicolon.join(dict.fromkeys(one.title for one in question.decides[:2]))
    return Line(writing.frames.then_also.format(titles=titles), question.label)
