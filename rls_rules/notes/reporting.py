"""What stands in both notes beside the advice: what the person told us, a text for the record, and how the note was made."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from rls_rules.discussion import Point
from rls_rules.note_words import ENGLISH
from rls_rules.notes.document import Bullets, Extract, Line, Paragraph
from rls_rules.notes.writing import Writing, capital

Part = TypeVar("Part")

LONG_LIST = 7
"""A list of more lines is cut up into several, each with its title."""

MOST_UNKNOWN = 12
"""How many unknown facts a record names, before it says that there are others."""


def told(writing: Writing) -> Iterator[Paragraph | Bullets]:
    """What the person told us, and what stands beside it."""
    lines = {
        one: Line(capital(one.text) + (":" if one.quoted else "."), quoted=one.quoted)
        for one in writing.discussion.told
    }
    if len(lines) > LONG_LIST:
        for group in dict.fromkeys(one.group for one in lines):
            within = [line for one, line in lines.items() if one.group == group]
            yield from lists(writing, within, group, alone=group)
    else:
        yield Bullets(tuple(lines.values()) or (Line(writing.frames.nothing_told),))
    yield from _beside(writing)


def _beside(writing: Writing) -> Iterator[Paragraph | Bullets]:
    """What was not recognised, the person's own words, what they would rather not say, and what they do not know."""
    discussion, frames = writing.discussion, writing.frames
    yield from lists(writing, [*_unrecognised(writing)], writing.headings.told)
    if discussion.own_words:
        yield Paragraph(Line(frames.own_words, quoted=(discussion.own_words,)))
    if discussion.declined:
        yield Paragraph(Line(frames.declined.format(labels=writing.comma.join(discussion.declined))))
    if discussion.unsure:
        yield Paragraph(Line(frames.unsure.format(labels=writing.comma.join(discussion.unsure))))


def lists(writing: Writing, lines: Sequence[Line], title: str, *, alone: str = "") -> Iterator[Bullets]:
    """Lists that are not long: one with the title `alone`, or parts whose titles count them."""
    parts = cut(lines, LONG_LIST)
    for number, part in enumerate(parts, 1):
        of = writing.frames.part.format(title=title, part=number, parts=len(parts))
        yield Bullets(tuple(part), title=of if len(parts) > 1 else alone)


def cut(all_: Sequence[Part], most: int) -> list[Sequence[Part]]:
    """Parts of so many at most."""
    return [all_[i : i + most] for i in range(0, len(all_), most)]


def reported(writing: Writing) -> Iterator[Paragraph | Bullets]:
    """What the person told us, a line for each group of answers, for a reader in a hurry."""
    plain: dict[str, list[str]] = {}
    for one in writing.discussion.told:
        if not one.quoted:
            plain.setdefault(one.group, []).append(one.text)
    lines = [Line(capital(writing.semicolon.join(texts)) + ".", group) for group, texts in plain.items()]
    lines += _typed(writing)
    yield Bullets(tuple(lines) or (Line(writing.frames.nothing_told),))
    yield from _beside(writing)


def _typed(writing: Writing) -> Iterator[Line]:
    """The answers that a person typed, as they typed them."""
    return (Line(capital(one.text) + ":", quoted=one.quoted) for one in writing.discussion.told if one.quoted)


def _unrecognised(writing: Writing) -> Iterator[Line]:
    """The names that mean nothing here, quoted, each with a question about its neighbours; and those of no option."""
    labels = {one.fact: one.label for one in writing.discussion.told}
    for one in writing.discussion.unrecognised:
        text = writing.frames.unrecognised.format(
            label=labels[one.fact], label_lower=labels[one.fact].lower()
        )
        yield Line(text, quoted=(one.written,))
        if one.nearest:
            nearest = writing.comma.join(one.nearest)
            yield Line(writing.frames.unrecognised_help.format(nearest=nearest))
    for name in writing.discussion.no_option:
        yield Line(writing.frames.no_option, quoted=(name,))


def record(writing: Writing, raised: Sequence[Point], asked: Sequence[Line]) -> Extract:
    """The note in a few lines of plain text, to paste into a record.

    :param raised: the points to name.
    :param asked: the questions that the person brings.
    """
    discussion, frames = writing.discussion, writing.frames
    lines = [Line(frames.record_made.format(on=discussion.provenance.on.isoformat()))]
    said = [one.text for one in discussion.told if not one.quoted]
    if said:
        lines.append(Line(writing.semicolon.join(said), frames.record_reported))
    lines += _typed(writing)
    if raised:
        titles = (f"{point.title} [{getattr(writing.words.stances, point.stance)}]" for point in raised)
        lines.append(Line(writing.semicolon.join(titles), frames.record_points))
    if discussion.questions:
        labels = [one.label for one in discussion.questions]
        first, others = labels[:MOST_UNKNOWN], labels[MOST_UNKNOWN:]
        more = [frames.and_others] if others else []
        lines.append(Line(writing.comma.join([*first, *more]), frames.record_unknown))
    lines.append(Line(" ".join(line.text for line in asked), frames.record_questions))
    return Extract(tuple(lines))


def made(writing: Writing) -> tuple[Paragraph, ...]:
    """What a note is for, how this one was made, by whom, who paid, and when it is due for review."""
    made, words, frames = writing.discussion.provenance, writing.words, writing.frames
    lines = [
        frames.legend,
        *words.intended_use,
        *words.method,
        frames.provenance.format(
            on=made.on.isoformat(),
            library=made.library_version,
            version=made.rules_version,
            digest=made.rules_digest[:12],
            engine=made.engine,
        ),
        (frames.overdue if made.on > words.review_due else frames.due).format(
            due=words.review_due.isoformat()
        ),
        frames.update_policy.format(policy=words.update_policy),
        frames.funding.format(funding=words.funding),
        frames.authors.format(authors=writing.semicolon.join(words.authors)),
        frames.reviewed.format(names=writing.semicolon.join(words.reviewed_by))
        if words.reviewed_by
        else frames.not_reviewed,
        *(frames.overridden.format(point=point, reason=reason) for point, reason in made.overrides),
        *_translated(writing),
    ]
    return tuple(Paragraph(Line(line)) for line in lines)


def not_reviewed(writing: Writing) -> tuple[Line, ...]:
    """What a note in another language begins with until somebody has reviewed its words."""
    language = writing.discussion.provenance.language
    unsure = language.code != ENGLISH.code and not language.reviewed_by
    return (Line(writing.frames.translation_not_reviewed),) if unsure else ()


def _translated(writing: Writing) -> Iterator[str]:
    """Who reviewed the words of another language, and how many are still English."""
    language, frames = writing.discussion.provenance.language, writing.frames
    if language.reviewed_by:
        yield frames.translated.format(names=writing.semicolon.join(language.reviewed_by))
    if language.missing:
        yield frames.translation_gaps.format(missing=language.missing, all=language.texts)
