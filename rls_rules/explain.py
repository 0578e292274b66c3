"""Why a point is shown, why not, and what to ask next: exact, from the boxes."""

from collections.abc import Collection, Iterable, Iterator
from functools import cache, reduce
from itertools import compress
from operator import and_, or_
from typing import assert_never

from rls_rules.conditions import All, Any, Compare, Condition, Contains, Known, Not, OneOf, evaluate
from rls_rules.discussion import Decides, Explanation, Node, Question
from rls_rules.items import URGENCIES
from rls_rules.program import Places, Program
from rls_rules.regions import Box
from rls_rules.search import find
from rls_rules.vocabulary import Answers

FactSet = frozenset[str]


def missing(program: Program, number: int, point: Box) -> list[FactSet]:
    """The smallest sets of unknown facts of which some possible answers would show a point.

    :param number: the number of the point in the program.
    :param point: the profile, from `Space.point`.
    :returns: no set if no answer can show it; the empty set alone if it is shown already.
    """
    places = _open(program, [number], point)
    return [frozenset(facts) for facts in _smallest(facts for _, facts in _wanted(program, places, point))]


def in_the_way(program: Program, number: int, point: Box) -> list[FactSet]:
    """The smallest sets of known facts that would have to be otherwise for a point to be shown."""
    space = program.space
    unknown = _unknown(program, point)
    guards = (space.lacking(box, point) & ~unknown for box in program.boxes[number])
    return [frozenset(facts) for facts in _smallest(program.named[one] for one in guards)]


def questions(
    program: Program, point: Box, shown: Iterable[int], unanswered: Iterable[str]
) -> tuple[Question, ...]:
    """The unknown facts that could change the discussion, the best first.

    Best is what decides, alone, the most urgent point, then the most points;
    then what decides them together with other facts; then the order of the facts.

    :param unanswered: facts that will stay unknown: neither they are asked, nor what matters only with them.
    """
    shown, refused = set(shown), set(unanswered)
    places = _open(program, program.boxes.keys() - shown, point)
    sets: dict[int, set[tuple[str, ...]]] = {}
    for number, wanted in _wanted(program, places, point):
        if not refused or refused.isdisjoint(wanted):
            sets.setdefault(number, set()).add(wanted)
    members: dict[str, set[str]] = {}
    for slot in program.space.slots:
        if slot.member is not None and program.outside.get(point & slot.unknown, 0) & places:
            members.setdefault(slot.fact.name, set()).add(slot.member)
    decides: dict[str, dict[str, Decides]] = {}
    open_sets: list[tuple[str, ...]]
    for number in program.by_urgency:
        name = program.ids[number]
        if number in sets:
            open_sets = _smallest(sets[number]) if len(sets[number]) > 1 else [*sets[number]]
        elif number in program.asking and number in shown:
            open_sets = [(fact,) for fact in _answered_by(program, number, point)]
        else:
            continue
        for facts in open_sets:
            for fact, decided in program.decided_by(number, facts):
                decides.setdefault(fact, {}).setdefault(name, decided)  # a smaller set came first
    order = {name: place for place, name in enumerate(program.rules.vocabulary.facts)}
    ranked = sorted(
        (fact for fact in decides if fact not in refused),
        key=lambda fact: (_worth(decides[fact].values()), order[fact]),
    )
    return tuple(_question(program, fact, decides[fact].values(), members.get(fact, ())) for fact in ranked)


def _question(program: Program, fact: str, decides: Iterable[Decides], members: Iterable[str]) -> Question:
    words = program.rules.words[fact]
    return Question(
        fact=fact,
        label=words.label,
        asks=words.asks,
        why=words.why,
        members=tuple(sorted(members)),
        decides=tuple(sorted(decides, key=lambda one: len(one.together_with))),  # urgent ones come first
    )


def _worth(decides: Collection[Decides]) -> tuple[int, ...]:
    """A key that sorts the facts most worth asking first."""
    alone = [one.urgency for one in decides if not one.together_with]
    return (*(-alone.count(urgency) for urgency in URGENCIES), -len(decides))


def explain(program: Program, number: int, facts: Answers, point: Box) -> Explanation:
    """Explain one point: its condition with the verdict of each part, and what would change it.

    :param facts: the answers, with the verdicts of findings among them.
    """
    condition = program.rules.points[program.ids[number]].when
    verdict = evaluate(condition, facts)
    sets = missing(program, number, point) if verdict is None else []
    return Explanation(
        point=program.ids[number],
        verdict=verdict,
        tree=_tree(program, condition, facts),
        missing=_sorted(sets),
        in_the_way=() if sets or verdict else _sorted(in_the_way(program, number, point)),
    )


def _tree(program: Program, condition: Condition, facts: Answers) -> Node:
    verdict = evaluate(condition, facts)
    text = program.english.describe(condition)
    match condition:
        case All(parts):
            return Node("all", text, verdict, tuple(_tree(program, part, facts) for part in parts))
        case Any(parts):
            return Node("any", text, verdict, tuple(_tree(program, part, facts) for part in parts))
        case Not(part):
            return Node("not", text, verdict, (_tree(program, part, facts),))
        case OneOf(fact) if fact in program.rules.findings:
            return Node("finding", text, verdict, (_tree(program, program.rules.findings[fact].when, facts),))
        case Compare() | OneOf() | Contains() | Known():
            return Node("fact", text, verdict)
        case _:
            assert_never(condition)


def _unknown(program: Program, point: Box) -> Box:
    """The guard bits of the slots that a profile leaves unknown."""
    space = program.space
    return ((space.guard | point & space.unknown) - space.unknown) & space.guard


def _open(program: Program, numbers: Iterable[int], point: Box) -> Places:
    """The boxes of some points that possible answers to what is unknown would bring a profile into."""
    space = program.space
    known = point & ~space.unknown
    closed = reduce(or_, (program.outside[1 << bit] for bit in _each(known)), 0)
    found = reduce(or_, (program.places[number] for number in numbers), 0) & ~closed
    # Only answers to all that a profile lacks to be impossible can make it so.
    near = 0
    for never in program.impossible:
        near |= reduce(and_, (program.outside[1 << bit] for bit in _each(point & ~never)), found)

    @cache
    def somebody(answered: Box) -> bool:
        return find(space, answered, program.impossible) is not None

    for place in _each(found & near):
        _, box = program.placed[place]
        asked = space.lacking(box, point) - (point & ~box)  # a guard less the bit "unknown" is a mask
        if not somebody(box & (point | asked) | program.indifferent):
            found ^= 1 << place
    return found


def _wanted(program: Program, places: Places, point: Box) -> list[tuple[int, tuple[str, ...]]]:
    """For the box at each place: the point that it shows, and what would have to be answered for that."""
    named, unknown = program.named, _unknown(program, point)
    chosen = bin(places)[:1:-1].encode().translate(_ONES)
    return [(number, named[needed & unknown]) for number, needed in compress(program.needs, chosen)]


_ONES = bytes.maketrans(b"01", b"\0\1")


def _each(bits: int) -> Iterator[int]:
    """The numbers of the bits that are set, in order."""
    text = bin(bits)[:1:-1]
    number = text.find("1")
    while number >= 0:
        yield number
        number = text.find("1", number + 1)


def _answered_by(program: Program, number: int, point: Box) -> FactSet:
    """The unknown facts whose being unknown is what shows a point: an answer removes it."""
    space = program.space
    holding = [box for box in program.boxes[number] if space.lacking(box, point) == 0]
    known = space.full & ~space.unknown
    gaps = [frozenset(program.named[space.lacking(known, box)]) for box in holding]
    return frozenset.intersection(*gaps) if gaps else frozenset()


def _smallest(sets: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Those sets, each given in alphabetical order, that contain no other."""
    several = sorted(set(sets))
    if len(set(map(len, several))) <= 1:
        return several
    kept: list[tuple[str, ...]] = []
    for one in sorted(several, key=len):
        if not any(map(set(one).issuperset, kept)):
            kept.append(one)
    return kept


def _sorted(sets: Iterable[FactSet]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(sorted(facts)) for facts in sets)
