"""Theorems about the library rather than the rules: its readings of a condition agree, its questions are exact.

They are tried on many people, drawn so that rules come into play or nearly do, and not proved.
"""

from collections.abc import Callable, Iterable, Iterator
from random import Random

from rls_rules import durable, explain
from rls_rules.conditions import evaluate
from rls_rules.errors import Problem
from rls_rules.person import Person
from rls_rules.regions import Box
from rls_rules.search import find
from rls_rules.theorems import Ground, Theorem
from rls_rules.witness import as_yaml, person_in

PEOPLE = 200
"""How many people are tried."""

TRIES = 20
"""How often somebody is looked for, for each one who is wanted."""

Wrong = set[tuple[str, str]]
"""The ids of what is wrong, each with what is wrong of it."""

_HELP = "this is a fault of the library; please report it with the profile"


def people(ground: Ground, count: int, seed: int = 0) -> Iterator[Box]:
    """Draw regions with people in them: in a box of some point, or one answer short of it, with more known besides.

    The same rule base and seed give the same people; fewer than `count` where hardly anybody can be.
    """
    random = Random(seed)  # noqa: S311 - not for secrets
    space = ground.program.space
    boxes = [box for several in ground.program.boxes.values() for box in several] or [space.full]
    drawn = 0
    for _ in range(TRIES * count):
        if drawn == count:
            return
        box = random.choice(boxes)
        needed = [slot for slot in space.slots if not box & slot.unknown]
        for slot in space.slots:
            if random.random() < 0.25:  # noqa: PLR2004
                cell = 1 << (slot.offset + random.randrange(slot.cells))
                box = box & ~slot.mask | (box & cell or box & slot.mask)
        if needed and random.random() < 0.5:  # noqa: PLR2004
            slot = random.choice(needed)
            box = box & ~slot.mask | slot.unknown
        region = find(space, box, ground.nobody)
        if region is not None:
            drawn += 1
            yield region


def _readings_agree(ground: Ground) -> Iterator[Problem]:
    program = ground.program

    def differ(region: Box) -> Wrong:
        person = Person(program, person_in(program, region))
        defined = {n for n, point in enumerate(ground.points) if evaluate(point.when, person.facts) is True}
        others = [program.heard(person.box)]
        if durable.available():
            others.append(durable.engine_for(program, program.space, program.boxes).fired(person.box))
        return {(program.ids[n], "is heard by one reading only") for other in others for n in defined ^ other}

    return _tried(ground, people(ground, PEOPLE), "point", differ)


def _questions_exact(ground: Ground) -> Iterator[Problem]:
    program = ground.program

    def inexact(region: Box) -> Wrong:
        person = Person(program, person_in(program, region))
        shown = program.heard(person.box)
        asked = {one.fact for one in explain.questions(program, person.box, shown, ())}
        wanted = _wanted(ground, person.box, shown)
        needless = {(fact, "is asked, but can change nothing") for fact in asked - wanted}
        return needless | {(fact, "could change this, but is not asked") for fact in wanted - asked}

    return _tried(ground, people(ground, PEOPLE // 10, seed=1), "fact", inexact)


def _tried(
    ground: Ground, regions: Iterable[Box], kind: str, wrong: Callable[[Box], Wrong]
) -> Iterator[Problem]:
    """Try some people; show each thing that is wrong by one of them, without the answers that do not matter."""
    program = ground.program
    found: dict[tuple[str, str], Box] = {}
    for region in regions:
        found = dict.fromkeys(wrong(region), region) | found
    for one, region in sorted(found.items()):
        name, what = one
        for slot in program.space.slots:
            less = find(program.space, region & ~slot.mask | slot.unknown, ground.nobody)
            if less is not None and one in wrong(less):
                region = less  # noqa: PLW2901 - less is known there
        message = f"`{name}` {what}: {as_yaml(person_in(program, region))}"
        yield Problem(program.rules.place(kind, name), message, _HELP)


def _wanted(ground: Ground, point: Box, shown: set[int]) -> set[str]:
    """The facts in a smallest set whose answers would show a point, or whose answer would take one away."""
    program, space = ground.program, ground.program.space
    wanted: set[str] = set()
    for number, boxes in program.boxes.items():
        if number in shown:
            gaps = [
                {slot.fact.name for slot in space.slots if box & slot.mask == slot.unknown}
                for box in boxes
                if box & point == point
            ]
            wanted |= set.intersection(*gaps)
            continue
        sets: set[frozenset[str]] = set()
        for box in boxes:
            lacking = [slot for slot in space.slots if not box & point & slot.mask]
            facts = frozenset(slot.fact.name for slot in lacking)
            free = sum(slot.mask for slot in space.slots if slot.fact.name in facts and point & slot.unknown)
            reached = box & (point | free)
            if space.is_some(reached) and find(space, reached, ground.nobody) is not None:
                sets.add(facts)
        wanted |= {fact for one in sets if not any(other < one for other in sets) for fact in one}
    return wanted


REPLAYED: tuple[Theorem, ...] = (
    Theorem(
        "questions-exact",
        "An unknown fact is asked about exactly if it is in a smallest set that would change the discussion.",
        _questions_exact,
    ),
    Theorem(
        "readings-agree",
        "The definition of a condition, its boxes and durable_rules say the same of everybody who was tried.",
        _readings_agree,
    ),
)
"""The theorems that are tried on many people."""
