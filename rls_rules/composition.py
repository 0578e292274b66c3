"""What a discussion says, from the points that a person hears: words, tensions, options, citations."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from rls_rules.answers import SetAnswer
from rls_rules.discussion import (
    NO_CHANGE,
    Citation,
    Disagreement,
    OptionPoints,
    Point,
    Said,
    Told,
)
from rls_rules.items import URGENCIES, WARNINGS, Source, Stance
from rls_rules.person import Person
from rls_rules.program import Program
from rls_rules.rulebase import RuleBase


def points(person: Person, shown: Iterable[int]) -> tuple[Point, ...]:
    """The points with these numbers, in the person's own terms, in the order in which they are worth reading."""
    program = person.program
    rules = [program.rules.points[program.ids[number]] for number in sorted(shown)]
    made = [
        Point(
            id=point.id,
            stance=point.stance,
            urgency=point.urgency,
            population=point.population,
            options=point.options,
            title=point.title,
            text=point.text,
            clinician_text=point.clinician_text,
            ask=point.ask,
            because=program.english.because(point.when, person.facts, verdict=True),
            cites=point.cites,
        )
        for point in rules
    ]
    return tuple(_in_order(made, person))


def _in_order(points: Sequence[Point], person: Person) -> list[Point]:
    """Urgent points first; among routine ones, what they take or ask about and what is about them in particular.

    What speaks for an option stands last if something that cannot wait speaks against it.
    Else warnings, what speaks for an option, and information take turns, so that none crowds out the others.
    """
    concerned = _asked_about(person) | _taken(person)
    pressing = {
        option
        for point in points
        if point.urgency != "routine" and point.stance in WARNINGS
        for option in point.options
    }

    def group(point: Point) -> tuple[int, int, bool]:
        routine = point.urgency == "routine"
        outweighed = routine and point.stance == "favours" and not pressing.isdisjoint(point.options)
        elsewhere = concerned.isdisjoint(point.options)
        distance = elsewhere + (not _in_particular(point, person, elsewhere=elsewhere))
        return URGENCIES.index(point.urgency), routine * distance, outweighed

    turns: Counter[object] = Counter()
    places: dict[str, tuple[tuple[int, int, bool], int, int]] = {}
    for point in points:
        kind = 0 if point.stance in WARNINGS else 1 if point.stance == "favours" else 2
        together = group(point)
        turns[together, kind] += 1
        places[point.id] = together, turns[together, kind], kind
    return sorted(points, key=lambda point: places[point.id])


def _in_particular(point: Point, person: Person, *, elsewhere: bool) -> bool:
    """Whether a point rests on something that not nearly everybody answers alike, being an adult apart.

    One list of names says which option a point is about; it says more of the person only if the point is `elsewhere`,
    about another option, or if a second list comes in, as when what they ask about would come on top of what they take.
    """
    rules = person.program.rules
    facts = {leaf.fact for reason in point.because for leaf in reason.leaves()}
    facts -= {"age"} if point.population == "adults" else set()
    lists = {fact for fact in facts if rules.vocabulary[fact].names}
    told = any(not rules.words[fact].general for fact in facts - lists)
    return told or len(lists) > (0 if elsewhere else 1)


def _taken(person: Person) -> set[str]:
    """The options that are medicines which the person takes."""
    taken = _members(person, "current_medicines")
    options = person.program.rules.options.values()
    return {option.id for option in options if not taken.isdisjoint(option.medicines)}


def _asked_about(person: Person) -> set[str]:
    """The options that the person asks about."""
    return _members(person, "asks_about")


def _members(person: Person, fact: str) -> set[str]:
    """What is in a list of the person, for certain."""
    members = person.facts.get(fact, {})
    return {name for name, yes in members.items() if yes} if isinstance(members, dict) else set()


def tensions(rules: RuleBase, heard: Sequence[Point]) -> tuple[Disagreement, ...]:
    """The tensions all of whose points are heard."""
    ids = {point.id for point in heard}
    return tuple(
        Disagreement(
            id=tension.id,
            title=tension.title,
            kind=tension.kind,
            points=tension.points,
            positions=tuple(Said(position.statement, position.says) for position in tension.positions),
            note=tension.note,
        )
        for tension in rules.tensions.values()
        if ids.issuperset(tension.points)
    )


def options(person: Person, heard: Sequence[Point]) -> tuple[OptionPoints, ...]:
    """Every option that the points speak of, in the order of the rules, "no change" always among them."""

    def saying(stance: Stance, option: str) -> tuple[str, ...]:
        return tuple(point.id for point in heard if point.stance == stance and option in point.options)

    asked = _asked_about(person)
    spoken_of = {option for point in heard for option in point.options} | {NO_CHANGE}
    return tuple(
        OptionPoints(
            option=option,
            asked_about=option.id in asked,
            favoured_by=saying("favours", option.id),
            advised_against_by=saying("advises_against", option.id),
            cautions=saying("cautions", option.id),
            informs=saying("informs", option.id) + saying("asks", option.id),
        )
        for option in person.program.rules.options.values()
        if option.id in spoken_of
    )


def cited(
    program: Program,
    heard: Sequence[Point],
    disagreements: Sequence[Disagreement],
    spoken_of: Sequence[OptionPoints],
) -> tuple[tuple[Citation, ...], tuple[Source, ...]]:
    """Every statement that the discussion rests on, and their sources, in order of first use."""
    used = dict.fromkeys(
        [
            *(name for saying in program.rules.note.condition for name in saying.cites),
            *(name for point in heard for name in point.cites),
            *(name for one in spoken_of for name in one.option.cites),
            *(said.statement for tension in disagreements for said in tension.positions),
        ]
    )
    citations = tuple(program.citations[name] for name in used)
    sources = dict.fromkeys(name for one in citations for name in (one.source, *one.also))
    return citations, tuple(program.rules.sources[name] for name in sources)


def told(person: Person) -> Iterator[Told]:
    """What the person told us, fact by fact; names and texts they typed are kept as quotations."""
    english, rules = person.program.english, person.program.rules
    for name, value in person.profile.known().items():
        words, group = rules.words[name], rules.groups[name]
        if name == "free_text":
            continue
        if not isinstance(value, SetAnswer):
            yield Told(name, words.label, english.answer(name, value), group=group)
            continue
        typed = bool(rules.vocabulary[name].names)
        for key, members in (("includes", value.includes), ("excludes", value.excludes)):
            if members and typed:
                yield Told(name, words.label, words.reads[key].format(member="").strip(), members, group)
            elif members:
                listed = english.list_of(words.members[one] for one in members)
                yield Told(name, words.label, words.reads[key].format(member=listed), group=group)
        if not value.includes and value.rest == "none":
            yield Told(name, words.label, words.reads["none"], group=group)
