"""The pictures of a note: how often something happened, and how the guidance on an option changed."""

from collections.abc import Iterator, Sequence

from rls_rules.discussion import OptionPoints
from rls_rules.items import Source
from rls_rules.notes.document import Line, Paragraph, Picture, Section
from rls_rules.notes.drawing import Event, Share, icon_array, timeline
from rls_rules.notes.writing import Writing, capital
from rls_rules.options import Chance, Option


def pictured(writing: Writing, compared: Sequence[OptionPoints], *, chances: bool) -> Iterator[Section]:
    """The part with the pictures of some options, if there are any.

    :param chances: whether chances are drawn beside the timelines of guidance.
    """
    options = [one.option for one in compared]
    drawn: list[Picture | Paragraph] = [*_chances(writing, options)] if chances else []
    drawn += [_timeline(writing, option) for option in options if option.guidance]
    uncounted = [option.name for option in options if not option.chances]
    if chances and uncounted:
        named = writing.comma.join(uncounted)
        drawn.append(Paragraph(Line(writing.words.pictures.none_counted.format(options=named))))
    if drawn:
        yield writing.part("pictures", *drawn, appendix=True)


def _chances(writing: Writing, options: Sequence[Option]) -> Iterator[Picture]:
    """A picture of each chance; one that stands with several options is drawn once."""
    drawn: dict[object, tuple[str, Chance, list[Option]]] = {}
    for option in options:
        for i, chance in enumerate(option.chances, 1):
            same = chance.what, frozenset(chance.groups)
            drawn.setdefault(same, (f"chance-{option.id}-{i}", chance, []))[2].append(option)
    for id_, chance, of in drawn.values():
        yield _chance(writing, of, chance, id_)


def _chance(writing: Writing, options: Sequence[Option], chance: Chance, id_: str) -> Picture:
    words = writing.words.pictures
    shares = []
    for group in chance.groups:
        share = words.share_about if group.about else words.share
        label = share.format(count=group.count, of=chance.of, who=group.who)
        shares.append(Share(group.count, chance.of, label))
    named = writing.comma.join(option.name for option in options)
    title = words.chance.format(option=named, what=chance.what)
    shown = writing.semicolon.join(share.label for share in shares)
    alternative = words.chance_shown.format(what=capital(chance.what), shares=shown)
    over = words.over.format(horizon=chance.horizon) if chance.horizon else words.over_unknown
    counted = words.counted.format(population=chance.population)
    caption = Line(
        " ".join(filter(None, (counted, over, chance.note))), sources=writing.numbers(chance.cites)
    )
    return Picture(title, alternative, caption, icon_array(id_, title, alternative, shares))


def _timeline(writing: Writing, option: Option) -> Picture:
    words = writing.words.pictures
    events = sorted(_events(writing, option), key=lambda event: event.year)
    shown = " ".join(
        words.event.format(year=event.year, heading=event.heading, entry=event.text) for event in events
    )
    title = words.timeline.format(option=option.name, first=events[0].year, last=events[-1].year)
    cites = [name for entry in option.guidance for name in entry.cites]
    caption = Line(words.timeline_caption, sources=writing.numbers(cites))
    return Picture(title, shown, caption, timeline(f"guidance-{option.id}", title, shown, events))


def _events(writing: Writing, option: Option) -> Iterator[Event]:
    words = writing.words.pictures
    for entry in option.guidance:
        source = writing.source_of(entry.cites[0])
        yield Event(
            year=source.year or 0,  # the loader refuses a source without a year here
            points=entry.direction,
            heading=_heading(writing, source),
            text=words.entry.format(direction=words.directions.said(entry.direction), says=entry.says),
            faded=_faded(source),
        )


def _heading(writing: Writing, source: Source) -> str:
    """The name of a source, and its status unless that is what one would think."""
    name = capital(source.short)
    if not _faded(source):
        return name
    status = writing.status(source).lower()
    return writing.words.pictures.heading.format(source=name, status=status)


def _faded(source: Source) -> bool:
    return source.status not in ("current", "unknown")
