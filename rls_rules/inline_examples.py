"""Whether every example beside a point comes out as it says."""

from collections.abc import Container, Iterator
from dataclasses import replace

from rls_rules import explain
from rls_rules.errors import Place, Problem, ProfileError
from rls_rules.person import Person
from rls_rules.profile import Profile
from rls_rules.program import Program
from rls_rules.refusals import Path

_VERDICTS = {"shown": True, "silent": False, "undecided": None}
_WORDS = {True: "shown", False: "silent", None: "undecided"}


def examples(program: Program, points: Container[str] | None = None) -> Iterator[Problem]:
    """Every example beside a point (beside some points only, if they are named) that does not come out as it says."""
    for number, point in enumerate(program.rules.points.values()):
        if points is not None and point.id not in points:
            continue
        for i in range(len(point.examples)):
            yield from example(program, number, i)


def example(program: Program, number: int, i: int) -> Iterator[Problem]:
    """One example beside a point, by their numbers, if it does not come out as it says."""
    example = program.rules.points[program.ids[number]].examples[i]
    path: Path = ("examples", i)

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
