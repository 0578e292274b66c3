"""The note that a person takes to the visit."""

from collections.abc import Iterator
from dataclasses import replace

from rls_rules.discussion import Disagreement, Discussion, Point
from rls_rules.note_words import NoteWords
from rls_rules.notes.document import Blank, Bullets, Diary, Document, Line, Paragraph, Section
from rls_rules.notes.pictures import pictured
from rls_rules.notes.reporting import LONG_LIST, cut, lists, made, not_reviewed, told
from rls_rules.notes.writing import Writing, capital

MOST_POINTS = 3
"""How many points stand before the appendix, unless more are urgent or to be raised soon."""
MOST_OPTIONS = 4
MOST_DISAGREEMENTS = 1
MOST_UNKNOWN = 3
MOST_REASONS = 7
"""How many open questions the appendix gives a reason for; it names the others."""
MOST_LABELS = 15
"""How many of the others one paragraph names."""
MOST_QUESTIONS = 5
MOST_MEANWHILE = 1
DIARY_DAYS = 14


def patient_note(discussion: Discussion, words: NoteWords, language: str) -> Document:
    """Write the patient note: two printed pages, urgent things first; everything else in the appendix.

    Nothing is left out: what does not fit stands in the appendix.
    """
    writing = Writing(discussion, words)
    return Document(words.frames.title_patient, "patient", language, tuple(_sections(writing)))


def _sections(writing: Writing) -> Iterator[Section]:
    words, discussion, section, part = writing.words, writing.discussion, writing.section, writing.part
    urgent = [point for point in discussion.points if point.urgency == "urgent"]
    others = [point for point in discussion.points if point not in urgent]
    soon = sum(point.urgency == "soon" for point in others)
    most = soon if urgent else max(MOST_POINTS, soon)
    gentle = [point for point in others[most:] if _without_prescription(writing, point)]
    meanwhile = gentle[:MOST_MEANWHILE]
    compared = writing.options_to_compare(MOST_OPTIONS)
    tensions = writing.nearest_tensions(urgent + others[:most], compared)
    near = 0 if urgent else MOST_DISAGREEMENTS

    if urgent:
        lines = [*map(writing.brief_line, urgent)]
        yield section("urgent", *lists(writing, lines, writing.headings.urgent))
    yield section("about", Bullets((*not_reviewed(writing), *map(Line, words.about))))
    first, *rest = words.main_message
    yield section("main_message", *_paragraphs(first, writing.decision(compared), *rest))
    yield section("help", Bullets(tuple(map(Line, words.help))))
    yield section("condition", *map(Paragraph, writing.sayings(words.condition)))

    yield section("goals", *_paragraphs(*words.together), Blank(writing.frames.goals, 2))
    yield part("told", *told(writing))

    yield section("compare")
    if others[:most]:
        lines = [*map(writing.brief_line, others[:most])]
        yield part("worth_knowing", *lists(writing, lines, writing.headings.worth_knowing))
    yield part("options", writing.comparison(compared))
    if tensions[:near]:
        yield part("disagreements", Bullets(tuple(map(writing.disagreement, tensions[:near]))))
    unknown = tuple(Line(question.asks) for question in discussion.questions[:MOST_UNKNOWN])
    yield part("not_known", Bullets(unknown or (Line(writing.frames.none_here),)))
    if meanwhile:
        brief = (replace(writing.line(point), because="") for point in meanwhile)
        yield part("meanwhile", Bullets(tuple(brief)))

    yield section("decide")
    yield part("what_matters", *writing.what_matters(compared))
    yield part("questions", Bullets(writing.asks(urgent + others, MOST_QUESTIONS), "numbers"))
    yield part("lean", *writing.lean(compared))
    success = Blank(writing.frames.success)
    yield part("how_we_will_know", Bullets(tuple(map(Line, words.how_we_will_know))), success)

    yield writing.appendix()
    diary = Diary(writing.frames.diary, words.diary, DIARY_DAYS)
    yield part("diary", diary, appendix=True)
    yield from pictured(writing, compared, chances=True)
    further = [point for point in others[most:] if point not in meanwhile]
    yield from _further(writing, further, tensions[near:])
    yield part("sources", writing.sources(places=False), appendix=True)
    yield part("made", *made(writing), appendix=True)


def _further(writing: Writing, points: list[Point], tensions: list[Disagreement]) -> Iterator[Section]:
    """What did not fit: further points, sources that disagree, options in full, and open questions."""
    discussion, part = writing.discussion, writing.part
    more = (*_points(writing, points), *_disagreements(writing, tensions))
    if more:
        yield part("further", *more, appendix=True)
    options, only_named = writing.options_in_full()
    named = _paragraphs(writing.frames.also_named.format(names=only_named)) if only_named else ()
    yield part("further_options", *map(writing.card, options), *named, appendix=True)
    if discussion.questions:
        first, others = discussion.questions[:MOST_REASONS], discussion.questions[MOST_REASONS:]
        reasons = Bullets(tuple(Line(question.why, question.label) for question in first))
        labels = (
            writing.semicolon.join(question.label for question in some) + "."
            for some in cut(others, MOST_LABELS)
        )
        yield part("further_questions", reasons, *_paragraphs(*labels), appendix=True)


def _points(writing: Writing, points: list[Point]) -> Iterator[Bullets]:
    """Points as one list; many of them below the option that each speaks of first."""
    names = {one.option.id: capital(one.option.name) for one in writing.discussion.options}
    about: dict[str, list[Point]] = {}
    for point in points:
        name = names[point.options[0]] if point.options else writing.frames.other_points
        about.setdefault(name if len(points) > LONG_LIST else "", []).append(point)
    for title, some in about.items():
        yield from lists(writing, [writing.line(point) for point in some], title, alone=title)


def _disagreements(writing: Writing, tensions: list[Disagreement]) -> Iterator[Bullets]:
    title = writing.headings.disagreements
    yield from lists(writing, [*map(writing.disagreement, tensions)], title, alone=title)


def _paragraphs(*texts: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(Line(text)) for text in texts)


def _without_prescription(writing: Writing, point: Point) -> bool:
    """Whether a point speaks for what needs no prescription and is no medicine."""
    ordered = {
        one.option.id for one in writing.discussion.options if one.option.prescription or one.option.medicines
    }
    gentle = point.stance == "favours" and point.urgency == "routine"
    return gentle and bool(point.options) and ordered.isdisjoint(point.options)
