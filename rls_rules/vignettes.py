"""Boundary vignettes: for each point, people just on one side or the other of who is to hear it.

They are derived: for each small mistake in a condition, the person of whom least is known who would notice it.
A reviewer answers for each whether the sources say so; what was answered is kept, and replayed.
"""

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Literal, final

from pydantic import ConfigDict, TypeAdapter
from typing_extensions import TypedDict

from rls_rules.conditions import Verdict, evaluate
from rls_rules.errors import ProfileError
from rls_rules.mutants import Kind, Mutant, touched
from rls_rules.partings import Partings
from rls_rules.person import Person, with_findings
from rls_rules.profile import Profile
from rls_rules.program import Program, compiled
from rls_rules.recognition import recognise
from rls_rules.regions import Box, Slot, TooManyBoxesError
from rls_rules.rulebase import RuleBase
from rls_rules.vocabulary import Answers
from rls_rules.witness import as_data, in_words, person_in

Word = Literal["shown", "silent", "undecided", "so", "not so"]
_POINT: dict[Verdict, Word] = {True: "shown", False: "silent", None: "undecided"}
_FINDING: dict[Verdict, Word] = {True: "so", False: "not so", None: "undecided"}
_ANSWERS = {
    "shown": "it is shown", "silent": "it is not shown", "undecided": "it is not shown, for want of an answer",
    "so": "it is so", "not so": "it is not so",
}  # fmt: skip


@dataclass(frozen=True)
class Vignette:
    """A person, as under `given` in an example, and what becomes of one point (or finding) for them."""

    kind: Kind
    item: str
    given: dict[str, object]
    verdict: Word

    @property
    def profile(self) -> Profile:
        """The person."""
        return Profile.model_validate(self.given)


def vignettes(rules: RuleBase, mutants: Sequence[Mutant]) -> tuple[Vignette, ...]:
    """Derive the vignettes that notice each of these mutants of a condition, unless nobody can.

    A person who notices several mutants is asked about once; the same rules and mutants give the same vignettes.
    """
    partings = Partings.of(rules, mutants)
    found: dict[tuple[Kind, str], list[Vignette]] = defaultdict(list)
    known: dict[str, Answers] = {}
    for mutant in (one for one in mutants if one.of_condition):
        near = [
            (vignette, known[_key(vignette)]) for item in _asked(rules, mutant) for vignette in found[item]
        ]
        mutated = mutant.rules
        if any(notices(vignette, answers, mutated) for vignette, answers in near):
            continue
        try:
            parting = partings.parting(mutant)
        except TooManyBoxesError:
            continue  # it cannot be loaded, so nobody need notice it
        if parting is not None:
            profile = _person(partings.program, parting.region)
            vignette = _vignette(rules, parting.kind, parting.item, profile)
            known[_key(vignette)] = recognise(profile, rules).answers
            found[parting.kind, parting.item].append(vignette)
    order = [("finding", name) for name in rules.findings] + [("point", name) for name in rules.points]
    return tuple(vignette for kind, name in order for vignette in found[kind, name])  # type: ignore[index]


def _asked(rules: RuleBase, mutant: Mutant) -> list[tuple[Kind, str]]:
    """The points and findings in which a mutant may be noticed."""
    return [(kind, name) for kind, name in sorted(touched(rules, mutant)) if kind in ("point", "finding")]  # type: ignore[misc]


def _key(vignette: Vignette) -> str:
    return json.dumps(vignette.given, sort_keys=True)


def notices(vignette: Vignette, answers: Answers, rules: RuleBase) -> bool:
    """Whether a vignette does not come out as it says by the rules of a mutant.

    :param answers: the answers of the vignette, recognised.
    """
    return _verdict(rules, vignette.kind, vignette.item, answers) != vignette.verdict


def _verdict(rules: RuleBase, kind: Kind, name: str, answers: Answers) -> Word:
    facts = with_findings(rules, answers)
    if kind == "point":
        return _POINT[evaluate(rules.points[name].when, facts)]
    return _FINDING[evaluate(rules.findings[name].when, facts)]


def _vignette(rules: RuleBase, kind: Kind, name: str, profile: Profile) -> Vignette:
    return Vignette(
        kind, name, as_data(profile), _verdict(rules, kind, name, recognise(profile, rules).answers)
    )


def _person(program: Program, region: Box) -> Profile:
    """A person in a region with each number at a whole one, beside a threshold, if the region has one."""
    telling: dict[str, float] = {}
    for slot in program.space.slots:
        if slot.fact.kind == "number" and not region & slot.unknown:
            cells = [cell for cell in range(1, slot.cells) if region >> (slot.offset + cell) & 1]
            whole = [number for cell in cells if (number := _last_whole(slot, cell)) is not None]
            if whole:
                telling[slot.fact.name] = whole[0]
    return person_in(program, region).model_copy(update=telling)


def _last_whole(slot: Slot, cell: int) -> float | None:
    """The last whole number of an interval; of the one without a threshold above it, the first."""
    if cell <= len(slot.boundaries):
        high, above = slot.boundaries[cell - 1]
        number = float(math.floor(high) if above else math.ceil(high) - 1)
    else:
        number = float(math.ceil(float(slot.sample(cell))))
    return number if slot.cell(number) == cell else None


def replay(rules: RuleBase, kept: Iterable[Vignette]) -> Iterator[str]:
    """Say of each vignette that no longer comes out as it was reviewed, what it says now."""
    program = compiled(rules)
    for one in kept:
        items = rules.points if one.kind == "point" else rules.findings
        if one.item not in items:
            yield f"there is no {one.kind} `{one.item}` any more"
            continue
        try:
            facts = Person(program, one.profile).facts
        except ProfileError as error:
            yield f"`{one.item}`, {one.given}: {error}"
            continue
        words = _POINT if one.kind == "point" else _FINDING
        now = words[evaluate(items[one.item].when, facts)]
        if now != one.verdict:
            yield f"`{one.item}` was reviewed as {one.verdict}, and is {now} now: {json.dumps(one.given)}"


def question(rules: RuleBase, vignette: Vignette, others: Iterable[Vignette]) -> str:
    """A vignette as a question to a reviewer, held against a person beside it for whom it is otherwise.

    :param others: the other vignettes of the same point or finding.
    """
    text = f"{_words(rules, vignette.given) or 'Nothing is known'}: {_ANSWERS[vignette.verdict]}."
    beside = [
        (_distance(vignette.given.get(fact), other.given.get(fact)), fact, other)
        for other in others
        if other.verdict != vignette.verdict
        for fact in _only_apart(vignette.given, other.given)
    ]
    if beside:
        _, fact, other = min(beside, key=itemgetter(0))
        label = f"“{rules.words[fact].label}”"
        given = (
            f"nothing known under {label}"
            if fact not in other.given
            else _words(rules, {fact: other.given[fact]})
        )
        how = "instead" if fact in vignette.given else "as well"
        text += f" With {given} {how}, {_ANSWERS[other.verdict]}."
    return f"{text} Is that what the sources say?"


def _only_apart(one: dict[str, object], other: dict[str, object]) -> list[str]:
    """The one fact in which two people differ, if it is only one."""
    apart = [fact for fact in {**one, **other} if one.get(fact) != other.get(fact)]
    return apart if len(apart) == 1 else []


def _distance(one: object, other: object) -> float:
    """How far apart two answers are; numbers may be near, and "unknown" is farthest."""
    if one is None or other is None:
        return math.inf
    numbers = isinstance(one, int | float) and isinstance(other, int | float)
    return abs(one - other) if numbers else 0.0  # type: ignore[operator]


def _words(rules: RuleBase, given: dict[str, object]) -> str:
    """Some answers in the words of `facts.yaml`."""
    said = in_words(compiled(rules), Profile.model_validate(given))
    return ", ".join(f"“{one}”" for one in said)


def to_json(several: Iterable[Vignette]) -> str:
    """Write vignettes, one a line."""
    lines = [
        json.dumps({one.kind: one.item, "given": one.given, "verdict": one.verdict}, ensure_ascii=False)
        for one in several
    ]
    return "[\n" + ",\n".join(lines) + "\n]\n"


@final
class _OfPoint(TypedDict):
    __pydantic_config__ = ConfigDict(extra="forbid")  # type: ignore[misc]
    point: str
    given: dict[str, object]
    verdict: Literal["shown", "silent", "undecided"]


@final
class _OfFinding(TypedDict):
    __pydantic_config__ = ConfigDict(extra="forbid")  # type: ignore[misc]
    finding: str
    given: dict[str, object]
    verdict: Literal["so", "not so", "undecided"]


_WRITTEN = TypeAdapter(list[_OfPoint | _OfFinding])


def from_json(text: str | bytes) -> tuple[Vignette, ...]:
    """Read what `to_json` wrote.

    :raises ValidationError: if it is anything else.
    """
    return tuple(
        Vignette("point", one["point"], one["given"], one["verdict"])
        if "point" in one
        else Vignette("finding", one["finding"], one["given"], one["verdict"])
        for one in _WRITTEN.validate_json(text)
    )
