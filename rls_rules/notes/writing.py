"""What both notes are made of: points, options, tensions and sources as lines."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rls_rules.discussion import NO_CHANGE, Citation, Disagreement, Discussion, OptionPoints, Point
from rls_rules.english import Reason
from rls_rules.items import URGENCIES, Saying, Source
from rls_rules.note_words import ENGLISH, NoteWords
from rls_rules.notes.document import Bullets, Card, Line, Paragraph, Section


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
        self._explained: set[str] = set()
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
            short=capital(self._name(source)), title=source.title.rstrip(".?"), status=self._status(source)
        )
        identifiers = (("doi", source.doi), ("pmid", source.pmid))
        text += "".join(" " + getattr(self.frames, key).format(id=id_) for key, id_ in identifiers if id_)
        if places and source.support:
            cited = dict.fromkeys(self._cited(self._citations[statement]) for statement in self._used[name])
            text += " " + self.frames.cited.format(places=self.semicolon.join(filter(None, cited)))
        return Line(text)

    def _status(self, source: Source) -> str:
        status = getattr(self.words.statuses, source.status.replace(" ", "_"))
        return f"{status}{self.semicolon}{source.place}" if source.place else str(status)

    @staticmethod
    def _name(source: Source) -> str:
        return f"{source.short} {source.year}" if source.year else source.short

    def _cited(self, citation: Citation) -> str:
        """Where in its source a statement stands, how strong the source calls it, and what of it was read."""
        strength = self.comma.join(part for part in (citation.place, *self._grade(citation)) if part)
        return f"{strength} ({self._read(citation)})" if self._read(citation) else strength

    def _grade(self, citation: Citation) -> tuple[str, ...]:
        """Strength and certainty in the words of the source, as far as they were checked."""
        certainty = citation.certainty and self.frames.certainty.format(certainty=citation.certainty)
        return tuple(part for part in (citation.strength, certainty) if part)

    def _read(self, citation: Citation) -> str:
        """What of a statement was read, if not the source's own whole text."""
        notes = {"reported": self.frames.reported, "partial": self.frames.partial}
        return notes.get(citation.checked, "")

    # Points

    def because(self, reasons: Sequence[Reason]) -> str:
        """Why a point is shown, as one sentence."""
        texts = [self._clause(reason) for reason in reasons]
        if not texts:
            return ""
        *first, last = texts
        joined = (
            f"{self.semicolon.join(first)}{self.semicolon}{self.words.phrases.and_} {last}" if first else last
        )
        return self.frames.because.format(reasons=joined)

    def _clause(self, reason: Reason) -> str:
        """A reason; what made a finding so is said the first time only."""
        if not reason.because or reason.fact in self._explained:
            return reason.text
        self._explained.add(reason.fact)
        return f"{reason.text} ({self.semicolon.join(self._clause(inner) for inner in reason.because)})"

    def line(self, point: Point) -> Line:
        """A point as the patient reads it."""
        return Line(point.text, point.title, self.because(_telling(point)), self.numbers(point.cites))

    def brief_line(self, point: Point) -> Line:
        """A point as the patient reads it near the list of what they told us: reasons without what they are made of."""
        reasons = [replace(reason, because=()) for reason in _telling(point)]
        return Line(point.text, point.title, self.because(reasons), self.numbers(point.cites))

    def clinical_line(self, point: Point) -> Line:
        """A point as the clinician reads it."""
        urgency = "" if point.urgency == "routine" else f" ({getattr(self.words.urgencies, point.urgency)})"
        lead = f"{getattr(self.words.stances, point.stance)}: {point.title}{urgency}"
        return Line(point.clinician_text, lead, self.because(_telling(point)), self.numbers(point.cites))

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
            warnings = (*one.advised_against_by, *one.cautions)
            pressing = any(self.points[name].urgency != "routine" for name in warnings)
            return not one.asked_about, pressing, min(map(order.index, one.favoured_by), default=len(order))

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

    def brief_card(self, one: OptionPoints) -> Card:
        """One option for comparing: its first good side, its first bad side, and what living with it is like."""
        return Card(capital(one.option.name), tuple(self._rows(one, 1)))

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
        yield frames.good_sides, self._sayings(option.benefits[:most]) or (Line(frames.no_benefit_shown),)
        yield frames.downsides, self._sayings(option.harms[:most]) or (Line(frames.not_studied),)
        if option.living_with:
            yield frames.living_with, self._sayings(option.living_with[:most])
        yield frames.how_sure, (Line(self._certainty(one, most)),)

    def _sayings(self, sayings: Sequence[Saying]) -> tuple[Line, ...]:
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

    # What both notes end with

    def told(self) -> list[Paragraph | Bullets]:
        """What the person told us, what was not recognised, their own words, and what they would rather not say."""
        discussion, frames = self.discussion, self.frames
        lines = tuple(
            Line(capital(one.text) + (":" if one.quoted else "."), quoted=one.quoted)
            for one in discussion.told
        )
        blocks: list[Paragraph | Bullets] = [Bullets(lines or (Line(frames.nothing_told),))]
        if unrecognised := self._unrecognised():
            blocks.append(Bullets(unrecognised))
        if discussion.own_words:
            blocks.append(Paragraph(Line(frames.own_words, quoted=(discussion.own_words,))))
        if discussion.declined:
            blocks.append(
                Paragraph(Line(frames.declined.format(labels=self.comma.join(discussion.declined))))
            )
        return blocks

    def _unrecognised(self) -> tuple[Line, ...]:
        """The names that mean nothing here, quoted, each with its neighbours as a question."""
        labels = {one.fact: one.label for one in self.discussion.told}
        return tuple(
            Line(
                self.frames.unrecognised.format(label=labels[one.fact], label_lower=labels[one.fact].lower()),
                because=self.frames.unrecognised_help.format(nearest=self.comma.join(one.nearest))
                if one.nearest
                else "",
                quoted=(one.written,),
            )
            for one in self.discussion.unrecognised
        )

    def made(self) -> tuple[Paragraph, ...]:
        """How the note was made, by whom, who paid, and when it is due for review."""
        made, words, frames = self.discussion.provenance, self.words, self.frames
        lines = [
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
            frames.authors.format(authors=self.semicolon.join(words.authors)),
            frames.reviewed.format(names=self.semicolon.join(words.reviewed_by))
            if words.reviewed_by
            else frames.not_reviewed,
            *(frames.overridden.format(point=point, reason=reason) for point, reason in made.overrides),
            *self._translated(),
        ]
        return tuple(Paragraph(Line(line)) for line in lines)

    def not_reviewed(self) -> tuple[Line, ...]:
        """What a note in another language begins with until somebody has reviewed its words."""
        language = self.discussion.provenance.language
        unsure = language.code != ENGLISH.code and not language.reviewed_by
        return (Line(self.frames.translation_not_reviewed),) if unsure else ()

    def _translated(self) -> Iterator[str]:
        """Who reviewed the words of another language, and how many are still English."""
        language, frames = self.discussion.provenance.language, self.frames
        if language.reviewed_by:
            yield frames.translated.format(names=self.semicolon.join(language.reviewed_by))
        if language.missing:
            yield frames.translation_gaps.format(missing=language.missing, all=language.texts)

    def section(
        self, id_: str, *blocks: Paragraph | Bullets | Card, level: int = 2, appendix: bool = False
    ) -> Section:
        """A section with the heading that `note.yaml` gives it."""
        return Section(id_, getattr(self.headings, id_), blocks, 3 if level == 3 else 2, appendix)  # noqa: PLR2004


def _telling(point: Point) -> list[Reason]:
    """The reasons of a point, without being an adult."""
    return [one for one in point.because if not (one.fact == "age" and point.population == "adults")]


def capital(text: str) -> str:
    """The text with its first letter in upper case."""
    return text[:1].upper() + text[1:]
