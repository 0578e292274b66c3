"""Everything that is checked about rule folders: that they load, and that they do what their examples say."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from rls_rules import explain
from rls_rules.errors import Place, Problem, ProfileError, RulesError
from rls_rules.items import TalkingPoint
from rls_rules.loader import read_rules, shipped_rules
from rls_rules.person import Person
from rls_rules.profile import Profile
from rls_rules.program import Program, compiled
from rls_rules.refusals import Path as ItemPath
from rls_rules.rule_files import shown

READABLE = 64
"""A condition of more situations than this is hard to review."""

_VERDICTS = {"shown": True, "silent": False, "undecided": None}
_WORDS = {True: "shown", False: "silent", None: "undecided"}


def check(*folders: Path | str) -> tuple[list[Problem], list[Problem]]:
    """Check rule folders, laid over each other; the shipped rules if none is named.

    :returns: the errors and the warnings, each in the order of their places.
    """
    try:
        rules = read_rules(*(folders or (shipped_rules(),)))
        program = compiled(rules)
    except RulesError as error:
        return list(error.problems), []
    shipped = _shipped_examples(program, folders or (shipped_rules(),))
    errors = RulesError([*shipped, *examples(program), *_populations(program)])
    return list(errors.problems), list(RulesError(_long_conditions(program)).problems)


def _shipped_examples(program: Program, folders: Sequence[Path | str]) -> Iterator[Problem]:
    for name, text in program.rules.examples.items():
        files = [file for folder in folders for file in Path(folder, "examples").glob(f"{name}.y*ml")]
        try:
            Person(program, Profile.from_yaml(text, shown(files[-1])))
        except ProfileError as error:
            place = Place(shown(files[-1]))
            yield from (replace(problem, place=problem.place or place) for problem in error.problems)


def examples(program: Program) -> Iterator[Problem]:
    """Every example beside a point that does not come out as it says."""
    for number, point in enumerate(program.rules.points.values()):
        for i in range(len(point.examples)):
            yield from example(program, number, i)


def _populations(program: Program) -> Iterator[Problem]:
    for number, point in enumerate(program.rules.points.values()):
        if point.population != "everyone":
            yield from _population(program, number, point)


def example(program: Program, number: int, i: int) -> Iterator[Problem]:
    """One example beside a point, by their numbers, if it does not come out as it says."""
    example = program.rules.points[program.ids[number]].examples[i]
    path: ItemPath = ("examples", i)

    def place(*more: str) -> Place:
        return program.rules.place("point", program.ids[number], (*path, *more))

    try:
        person = Person(program, Profile.model_validate(example.given))
    except ProfileError as error:
        yield from (replace(problem, place=place("given")) for problem in error.problems)
        return
    for unknown in person.recognised.unrecognised:
        nearest = " or ".join(f"`{name}`" for name in unknown.nearest)
        help_ = f"did you mean {nearest}?" if nearest else "use a name from medicines.yaml or options.yaml"
        yield Problem(place("given", unknown.fact), f"`{unknown.written}` is not a known name", help_)
    if person.recognised.unrecognised:
        return
    found = explain.explain(program, number, person.facts, person.box)
    if found.verdict is not _VERDICTS[example.expect]:
        help_ = f"it is {_WORDS[found.verdict]}; mend the condition or the example"
        for why, sets in (("it would need", found.missing), ("in the way stands", found.in_the_way)):
            if sets:
                help_ += f"; {why} " + ", or ".join(
                    " and ".join(f"`{fact}`" for fact in facts) for facts in sets
                )
        yield Problem(place("expect"), f"this example should be {example.expect}", help_)
        return
    needed = {fact for facts in found.missing for fact in facts}
    if example.expect == "undecided" and example.needs and {*example.needs} != needed:
        wanted = ", ".join(sorted(needed)) or "nothing that can be known"
        yield Problem(place("needs"), "this example needs other facts", f"`needs: [{wanted}]`")


def _population(program: Program, number: int, point: TalkingPoint) -> Iterator[Problem]:
    """A point for adults is certainly not for anyone below 18, nor one for children for anyone above."""
    bound = "age: {at_least: 18}" if point.population == "adults" else "age: {below: 18}"
    space = program.space
    ages = [slot for slot in space.slots if slot.fact.name == "age"]
    wrong = 17.0 if point.population == "adults" else 18.0
    for box in program.boxes[number]:
        others = [
            slot for slot in ages if box >> slot.offset & 1 or box >> (slot.offset + slot.cell(wrong)) & 1
        ]
        if others or not ages:
            place = program.rules.place("point", point.id, ("when",))
            yield Problem(
                place, f"`{point.id}` is for {point.population}, but its condition is not", f"add `{bound}`"
            )
            return


def _long_conditions(program: Program) -> Iterator[Problem]:
    for number, name in enumerate(program.ids):
        count = len(program.boxes[number])
        if count > READABLE:
            place = program.rules.place("point", name, ("when",))
            yield Problem(
                place,
                f"the condition of `{name}` stands for {count} situations",
                "name its parts as findings",
            )
