"""What both notes are made of: points, options, tensions and sources as lines."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rls_rules.discussion import NO_CHANGE, Citation, Disagreement, Discussion, OptionPoints, Point
from rls_rules.english import Reason
from rls_rules.items import URGENCIES, Source
from rls_rules.note_words import NoteWords
from rls_rules.notes.document import Blank, Block, Bullets, Card, Comparison, Line, Section
from rls_rules.options import Saying


class Writing:
    """A discussion and the words of its note, with its sources numbered."""

    def __init__(self, discussion: Discussion, words: NoteWords) -> None:
        self.discussion = discussion
        self.words = words
        self.frames = words.frames
        self.headings = words.headings
        self.comma, self.semicolon = words.phrases.comma, words.phrases.semicolon
        self._citations = {one.statement: one for one in discussion.citations}
        self._sources = {source.id: source for source in discussion.sources}
        self._used: dict[str, dict[str, None]] = {}
        self._labels = {one.fact: one.label for one in discussion.told}
        self.points = {point.id: point for point in discussion.points}

    # Sources

    def numbers(self, statements: Sequence[str]) -> tuple[int, ...]:
        """The numbers of the sources that some statements come from, in the order a note first names them."""
        for name in statements:
            self._used.setdefault(self._citations[name].source, {})[name] = None
        numbers = {name: number for number, name in enumerate(self._used, 1)}
        return tuple(sorted({numbers[self._citations[name].source] for name in statements}))

    def sources(self, *, places: bool) -> Bullets:
        """The sources that the note has named so far, in order: what they are, and their status.

        :param places: whether to say where in each the statements stand, how strong it calls them, and what was read.
        """
        return Bullets(tuple(self._source(name, places=places) for name in self._used), "numbers")

    def _source(self, name: str, *, places: bool) -> Line:
        source = self._sources[name]
        text = self.frames.source.format(
            short=capital(self._name(source)),
            title=source.title.rstrip(".?"),
            status=self.semicolon.join(filter(None, (self.status(source), source.place))),
        )
        identifiers = (("doi", source.doi), ("pmid", source.pmid))
        text += "".join(" " + getattr(self.frames, key).format(id=id_) for key, id_ in identifiers if id_)
        if places and source.support:
            cited = dict.fromkeys(self._cited(self._citations[statement]) for statement in self._used[name])
            text += " " + self.frames.cited.format(places=self.semicolon.join(filter(None, cited)))
        return Line(text)

    def source_of(self, statement: str) -> Source:
        """The source of a statement that is cited here."""
        return self._sources[self._citations[statement].source]

    def status(self, source: Source) -> str:
        """Whether a source still counts."""
        return str(getattr(self.words.statuses, source.status.replace(" ", "_")))

    @staticmethod
    def _name(source: Source) -> str:
        return f"{source.short} {source.year}" if source.year else source.short

    def _cited(self, citation: Citation) -> str:
        """Where in its source a statement stands, how strong the source calls it, and what of it was read."""
        strength = self.comma.join(part for part in (citation.place, *self._grade(citation)) if part)
        return f"{strength} ({self._read(citation)})" if self._read(citation) else strength

    def _grade(self, citation: Citation) -> tuple[str, ...]:
        """Strength and certainty in the words of the source, as far as they were checked."""
        certainty = citation.certainty and self.frames.certainty.format(
            certainty=self.words.certainties.with_sign(citation.certainty)
        )
        return tuple(part for part in (citation.strength, certainty) if part)

    def _read(self, citation: Citation) -> str:
        """What of a statement was read, if not the source's own whole text."""
        notes = {"reported": self.frames.reported, "partial": self.frames.partial}
        return notes.get(citation.checked, "")

    # Points

    def because(self, reasons: Sequence[Reason]) -> str:
        """Why a point is shown, as one sentence; each clause once."""
        *first, last = dict.fromkeys(reason.text for reason in reasons) or ("",)
        comma, and_ = self.semicolon, self.words.phrases.and_
        joined = f"{comma.join(first)}{comma}{and_} {last}" if first else last
        return self.frames.because.format(reasons=joined) if joined else ""

    def line(self, point: Point) -> Line:
        """A point as the patient reads it, with the answers that it rests on."""
        leaves = [leaf for reason in _telling(point) for leaf in reason.leaves()]
        return Line(point.text, point.title, self.because(leaves), self.numbers(point.cites))

    def brief_line(self, point: Point) -> Line:
        """A point as the patient reads it near the list of what they told us: reasons without what they are made of."""
        return Line(point.text, point.title, self.because(_telling(point)), self.numbers(point.cites))

    def clinical_line(self, point: Point) -> Line:
        """A point as the clinician reads it."""
        urgency = "" if point.urgency == "routine" else f" ({getattr(self.words.urgencies, point.urgency)})"
        lead = f"{getattr(self.words.stances, point.stance)}: {point.title}{urgency}"
        return Line(point.clinician_text, lead, self._rests_on(_telling(point)), self.numbers(point.cites))

    def _rests_on(self, reasons: Sequence[Reason]) -> str:
        """The answers, and the gaps, that a point rests on, by their labels."""
        labels = dict.fromkeys(
            self._labels.get(leaf.fact, leaf.text) for reason in reasons for leaf in reason.leaves()
        )
        return self.frames.rests_on.format(labels=self.comma.join(labels)) if labels else ""

    def disagreement(self, tension: Disagreement) -> Line:
        """Who says what, with years, the newest last."""
        said = [(self._sources[self._citations[one.statement].source], one) for one in tension.positions]
        said.sort(key=lambda pair: pair[0].year or 0)
        parts = [f"{self._name(source)}: {one.says}" if source.support else one.says for source, one in said]
        text = (
            self.semicolon.join(part.rstrip(".") for part in parts)
            + "."
            + (f" {tension.note}" if tension.note else "")
        )
        return Line(
            capital(text), tension.title, sources=self.numbers([one.statement for one in tension.positions])
        )

    def asks(self, points: Sequence[Point], most: int) -> tuple[Line, ...]:
        """What to ask at the visit: the questions of some points, each once, in their order."""
        asks = dict.fromkeys(point.ask for point in points if point.ask)
        return tuple(map(Line, asks))[:most] or (Line(self.frames.none_here),)

    def nearest_tensions(
        self, heard: Sequence[Point], compared: Sequence[OptionPoints]
    ) -> list[Disagreement]:
        """The tensions: first those between some points, then those on the options compared, the shortest of them first."""
        near = {point.id for point in heard}
        names = [one.option.id for one in compared]

        def far(tension: Disagreement) -> tuple[bool, int, int]:
            options = {option for name in tension.points for option in self.points[name].options}
            place = min((names.index(option) for option in options if option in names), default=len(names))
            return near.isdisjoint(tension.points), place, sum(len(one.says) for one in tension.positions)

        return sorted(self.discussion.tensions, key=far)

    # Options

    def options_to_compare(self, most: int) -> tuple[OptionPoints, ...]:
        """The options that the person asks about, or else two that the first points speak for, and "no change for now".

        What a warning that cannot wait speaks against comes after the others.
        """
        order = list(self.points)

        def weight(one: OptionPoints) -> tuple[bool, bool, int]:
            favoured = min(map(order.index, one.favoured_by), default=len(order))
            return not one.asked_about, bool(self._pressing(one)), favoured

        changes = [one for one in self.discussion.options if one.option.id != NO_CHANGE]
        same = [one for one in self.discussion.options if one.option.id == NO_CHANGE]
        asked = sum(one.asked_about for one in changes)
        return (*sorted(changes, key=weight)[: min(most - 1, max(asked, 2))], *same)

    def options_in_full(self) -> tuple[list[OptionPoints], str]:
        """The options that something speaks for or against, and the names of the others."""
        full, named = [], []
        for one in self.discussion.options:
            weighed = one.favoured_by or one.advised_against_by or one.cautions
            if weighed or one.asked_about or one.option.id == NO_CHANGE:
                full.append(one)
            else:
                named.append(one.option.name)
        return full, self.comma.join(named)

    def decision(self, compared: Sequence[OptionPoints]) -> str:
        """What there is to decide, in one sentence."""
        *first, last = (one.option.name for one in compared)
        either = f"{self.comma.join(first)} {self.words.phrases.or_} {last}" if first else last
        return self.frames.decision.format(options=either)

    def comparison(self, compared: Sequence[OptionPoints]) -> Comparison:
        """Options side by side: the first good side of each, its first bad side, and what living with it is like."""
        warned = any(map(self._pressing, compared))
        cards = (
            Card(capital(one.option.name), tuple(self._compared(one, warned=warned))) for one in compared
        )
        return Comparison(self.frames.comparison, tuple(cards))

    def _compared(self, one: OptionPoints, *, warned: bool) -> Iterator[tuple[str, tuple[Line, ...]]]:
        """The rows of one option; the first warning that cannot wait, if there is one for any of them: all have the same rows."""
        *rows, how_sure = self._rows(one, 1)
        yield from rows
        if warned:
            first = next((f"{point.title}." for point in self._pressing(one)), self.frames.nothing_pressing)
            yield self.frames.for_you, (Line(first),)
        yield how_sure

    def _pressing(self, one: OptionPoints) -> list[Point]:
        """What warns of an option and cannot wait, in the order of the note."""
        warnings = {*one.advised_against_by, *one.cautions}
        return [p for p in self.discussion.points if p.id in warnings and p.urgency != "routine"]

    def what_matters(self, compared: Sequence[OptionPoints]) -> tuple[Bullets | Blank, ...]:
        """What is at stake in the good and the bad sides that the comparison shows, to tick."""
        frames = self.frames
        sides = (
            (frames.hope_for, [one.option.benefits[:1] for one in compared]),
            (frames.rather_avoid, [one.option.harms[:1] for one in compared]),
        )
        stakes = (
            (title, dict.fromkeys(saying.matters for first in shown for saying in first if saying.matters))
            for title, shown in sides
        )
        boxes = (Bullets(tuple(map(Line, texts)), "boxes", title) for title, texts in stakes if texts)
        return *boxes, Blank(frames.something_else)

    def lean(self, compared: Sequence[OptionPoints]) -> tuple[Bullets | Blank, ...]:
        """Where the person leans, nothing ticked yet, and what comes next."""
        names = (capital(one.option.name) for one in compared)
        texts = (*names, self.frames.not_sure, self.frames.more_time)
        return (
            Bullets(tuple(map(Line, texts)), "boxes"),
            Blank(self.frames.next_step),
            Blank(self.frames.look_again),
        )

    def card(self, one: OptionPoints) -> Card:
        """One option with all its good and bad sides, and the points that this person hears about it."""
        what, *rows, how_sure = self._rows(one, None)
        about = sorted(
            (*one.advised_against_by, *one.cautions, *one.favoured_by),
            key=lambda name: URGENCIES.index(self.points[name].urgency),
        )
        titles = self.semicolon.join(self.points[name].title for name in about) + "."
        for_you = [(self.frames.for_you, (Line(titles),))] if about else []
        return Card(capital(one.option.name), (what, *rows, *for_you, how_sure))

    def _rows(self, one: OptionPoints, most: int | None) -> Iterator[tuple[str, tuple[Line, ...]]]:
        """What is said of an option to everybody, with equal room for good and bad sides."""
        option, frames = one.option, self.frames
        yield frames.what_it_is, (Line(option.what),)
        yield frames.good_sides, self.sayings(option.benefits[:most]) or (Line(frames.no_benefit_shown),)
        yield frames.downsides, self.sayings(option.harms[:most]) or (Line(frames.not_studied),)
        if option.living_with or most:
            yield frames.living_with, self.sayings(option.living_with[:most]) or (Line(frames.not_said),)
        yield frames.how_sure, (Line(self._certainty(one, most)),)

    def sayings(self, sayings: Sequence[Saying]) -> tuple[Line, ...]:
        """Cited sentences as lines."""
        return tuple(Line(saying.text, sources=self.numbers(saying.cites)) for saying in sayings)

    def _certainty(self, one: OptionPoints, most: int | None) -> str:
        """How strongly the sources speak of an option, in their own words, the newest first."""
        spoken = (self.points[name] for name in (*one.favoured_by, *one.advised_against_by))
        points = [point for point in spoken if point.options == (one.option.id,)]
        sayings = (*one.option.benefits, *one.option.harms)
        names = [name for point in points for name in point.cites]
        names += [name for saying in sayings for name in saying.cites]
        cited = [self._citations[name] for name in dict.fromkeys(names)]
        graded = [one for one in cited if one.strength and self._sources[one.source].support]
        graded.sort(key=lambda one: self._sources[one.source].year or 0, reverse=True)
        texts = dict.fromkeys(self._graded(citation) for citation in graded)
        return self.semicolon.join(list(texts)[:most]) + "." if texts else self.frames.no_grade

    def _graded(self, citation: Citation) -> str:
        name = self._name(self._sources[citation.source])
        text = self.frames.grade.format(source=name, strength=self.comma.join(self._grade(citation)))
        return f"{text} ({self._read(citation)})" if self._read(citation) else text

    # Sections

    def section(self, id_: str, *blocks: Block) -> Section:
        """A section with the heading that `note.yaml` gives it."""
        return Section(id_, getattr(self.headings, id_), blocks)

    def part(self, id_: str, *blocks: Block, appendix: bool = False) -> Section:
        """A part of the section before it."""
        return replace(self.section(id_, *blocks), level=3, appendix=appendix)

    def appendix(self) -> Section:
        """The heading of what does not count as length."""
        return replace(self.section("appendix"), appendix=True)


def _telling(point: Point) -> list[Reason]:
    """The reasons of a point, without being an adult."""
    return [one for one in point.because if not (one.fact == "age" and point.population == "adults")]


def capital(text: str) -> str:
    """The text with its first letter in upper case."""
    return text[:1].upper() + text[1:]
