"""Theorems about the library rather than the rules: its readings of a condition agree, its questions are exact.

They are tried on many people, drawn so that rules come into play, and not proved.
"""

from collections.abc import Iterator
from random import Random

from rls_rules import durable, explain
from rls_rules.conditions import evaluate
from rls_rules.errors import Problem
from rls_rules.person import Person
from rls_rules.regions import Box
from rls_rules.search import find
from rls_rules.theorems import Ground, Theorem
from rls_rules.witness import as_yaml, person_in

PEOPLE = 300
"""How many people are tried."""

TRIES = 20
"""How often somebody is looked for, for each one who is wanted."""

_HELP = "this is a fault of the library; please report it with the profile"


def people(ground: Ground, count: int, seed: int = 0) -> Iterator[Box]:
    """Draw regions with people in them: near a box of some point, with more known besides.

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
        for slot in space.slots:
            if random.random() < 0.25:  # noqa: PLR2004
                cell = 1 << (slot.offset + random.randrange(slot.cells))
                box = box & ~slot.mask | (box & cell or box & slot.mask)
        region = find(space, box, ground.nobody)
        if region is not None:
            drawn += 1
            yield region


def _readings_agree(ground: Ground) -> Iterator[Problem]:
    program = ground.program
    for region in people(ground, PEOPLE):
        profile = person_in(program, region)
        person = Person(program, profile)
        defined = {n for n, point in enumerate(ground.points) if evaluate(point.when, person.facts) is True}
        readings = [defined, program.heard(person.box)]
        if durable.available():
            readings.append(durable.engine_for(program, program.space, program.boxes).fired(person.box))
        for other in readings[1:]:
            for number in sorted(defined ^ other):
                name = program.ids[number]
                yield Problem(
                    program.rules.place("point", name),
                    f"the readings of `{name}` differ for {as_yaml(profile)}",
                    _HELP,
                )


def _questions_exact(ground: Ground) -> Iterator[Problem]:
    program = ground.program
    for region in people(ground, PEOPLE // 10, seed=1):
        person = Person(program, person_in(program, region))
        shown = program.heard(person.box)
        asked = {one.fact for one in explain.questions(program, person.box, shown, ())}
        wanted = _wanted(ground, person.box, shown)
        for fact in sorted(asked ^ wanted):
            what = (
                "is asked, but can change nothing" if fact in asked else "could change this, but is not asked"
            )
            yield Problem(
                program.rules.place("fact", fact), f"`{fact}` {what}: {as_yaml(person.profile)}", _HELP
            )


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
