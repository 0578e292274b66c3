"""Prove theorems of a rule base, or refute them with a person.

Every person who refutes a theorem is replayed through `discuss` before being reported.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rls_rules.certificate import Certificate, Entry
from rls_rules.consistency import CONSISTENT
from rls_rules.coverage import COVERED
from rls_rules.engine import discuss
from rls_rules.errors import Place, Problem, RulesError, did_you_mean, one_of
from rls_rules.profile import Profile
from rls_rules.program import compiled
from rls_rules.regions import Box
from rls_rules.replays import REPLAYED
from rls_rules.rulebase import RuleBase
from rls_rules.safety import SAFE
from rls_rules.search import cover, fewest
from rls_rules.theorems import Claim, Ground, Theorem
from rls_rules.witness import as_yaml, in_words, person_in

Verdict = Literal["proved", "refuted", "unknown"]

THEOREMS: tuple[Theorem, ...] = (*CONSISTENT, *SAFE, *COVERED, *REPLAYED)
"""All theorems, in the order in which they are proved."""

MOST_COUNTEREXAMPLES = 100
"""A theorem with more is wrong in one way many times."""


@dataclass(frozen=True, slots=True)
class Counterexample:
    """Why a theorem does not hold.

    `places` are the rules concerned, the one to mend first.
    `person` is the person of whom least is known, `words` what they told us; absent if nobody is the problem.
    `replayed` is whether the engine itself says of that person what the proof says.
    """

    message: str
    help: str
    places: tuple[Place, ...]
    person: Profile | None = None
    words: tuple[str, ...] = ()
    replayed: bool | None = None

    def __str__(self) -> str:
        lines = [f"{self.places[0]}: {self.message}" if self.places else self.message]
        lines += [f"  and {place}" for place in self.places[1:]]
        if self.person is not None:
            lines.append("  for this person: " + ("; ".join(self.words) or "nothing is known"))
            lines.append(f"  given: {as_yaml(self.person)}")
        if self.replayed is False:
            lines.append("  but the engine does not say so of this person; please report it")
        return "\n".join([*lines, f"  help: {self.help}"])


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one theorem: its verdict, how many claims it made, and CPU seconds.

    `lowered` is why the rule base accepts it if the theorem, a warning, does not hold.
    """

    theorem: Theorem
    verdict: Verdict
    counterexamples: tuple[Counterexample, ...]
    claims: int
    seconds: float
    lowered: str | None = None


def wrongly_lowered(rules: RuleBase) -> Iterator[Problem]:
    """What the rule base accepts the failure of, but is no theorem, or is one whose failure is an error."""
    severity = {theorem.name: theorem.severity for theorem in THEOREMS}
    warnings = [name for name in severity if severity[name] == "warning"]
    for name in rules.lowered.keys() - {*warnings}:
        what, help_ = f"unknown theorem `{name}`", did_you_mean(name, severity)
        if name in severity:
            what, help_ = f"`{name}` may not be lowered", "its failure is an error: mend the rules instead"
        place = rules.place("lowered", name, ("theorem",))
        yield Problem(place, what, help_ or f"only a warning may be lowered: {one_of(warnings)}")


def prove(
    rules: RuleBase,
    *,
    names: Iterable[str] = (),
    done: Callable[[Result], None] = lambda _: None,
) -> tuple[Result, ...]:
    """Prove each theorem of a rule base, or refute it.

    :param names: the theorems to prove; all if none is named.
    :param done: called with each result as it comes.
    :raises RulesError: if a condition stands for too many situations, or what is lowered may not be.
    :raises KeyError: if there is no theorem of a name.
    """
    if problems := list(wrongly_lowered(rules)):
        raise RulesError(problems)
    ground = Ground(compiled(rules))
    results = []
    for theorem in _named(names):
        results.append(_result(theorem, ground))
        done(results[-1])
    return tuple(results)


def _named(names: Iterable[str]) -> Sequence[Theorem]:
    by_name = {theorem.name: theorem for theorem in THEOREMS}
    return [by_name[name] for name in names] or THEOREMS


def _result(theorem: Theorem, ground: Ground) -> Result:
    begun = time.process_time()
    claims = 0
    found: list[Counterexample] = []
    agreed = True
    for claim in theorem.claims(ground):
        claims += 1
        if isinstance(claim, Problem):
            found.append(Counterexample(claim.message, claim.help, (claim.place,) if claim.place else ()))
            continue
        without = (*ground.nobody, *claim.without)
        region = fewest(ground.program.space, claim.inside, without)
        if (claim.who == "somebody") is (region is not None):
            continue
        one = _counterexample(claim, ground, region)
        agreed = agreed and one.replayed is not False
        found.append(one)
        if len(found) == MOST_COUNTEREXAMPLES:
            break
    verdict: Verdict = "proved" if not found else "refuted" if agreed else "unknown"
    lowered = ground.program.rules.lowered.get(theorem.name)
    seconds = time.process_time() - begun
    return Result(theorem, verdict, tuple(found), claims, seconds, lowered.because if lowered else None)


def _counterexample(claim: Claim, ground: Ground, region: Box | None) -> Counterexample:
    parts = (claim.part, *((),) * len(claim.about))
    places = tuple(
        ground.program.rules.place(*item, part) for item, part in zip(claim.about, parts, strict=False)
    )
    if region is None:
        return Counterexample(claim.otherwise, claim.help, places)
    person = person_in(ground.program, region)
    words = in_words(ground.program, person)
    replayed = _as_claimed(claim, ground, region, person)
    return Counterexample(claim.otherwise, claim.help, places, person, words, replayed)


def _as_claimed(claim: Claim, ground: Ground, region: Box, person: Profile) -> bool:
    """Whether the engine itself says of a person what the proof says."""

    def heard(profile: Profile) -> set[str]:
        return {point.id for point in discuss(profile, rules=ground.program.rules).points}

    now = heard(person)
    right = now.issuperset(claim.shows) and now.isdisjoint(claim.lacks)
    if claim.learnt is not None:
        before = person_in(ground.program, region & ~claim.learnt.mask | claim.learnt.unknown)
        right = right and heard(before).issuperset(claim.lacks)
    return right


def certified(rules: RuleBase, names: Iterable[str] = ()) -> Certificate:
    """Write down why nobody is where some theorems say that nobody is; a claim that fails is left out.

    :param names: the theorems; all if none is named.
    """
    space = compiled(rules).space
    entries = (
        replace(one, tree=tree)
        for one in claimed(rules, names)
        if (tree := cover(space, one.box, one.without)) is not None
    )
    slots = tuple((slot.offset, slot.cells) for slot in space.slots)
    return Certificate(rules.digest, slots, list(entries))


def claimed(rules: RuleBase, names: Iterable[str] = ()) -> Iterator[Entry]:
    """Every box of which some theorems claim that nobody is in it, without its tree."""
    ground = Ground(compiled(rules))
    for theorem in _named(names):
        for claim in theorem.claims(ground) if theorem in (*CONSISTENT, *SAFE) else ():
            if isinstance(claim, Claim) and claim.who == "nobody":
                about = tuple(f"{kind} {name}" for kind, name in claim.about)
                for box in claim.inside:
                    yield Entry(theorem.name, about, box, (*ground.nobody, *claim.without), [])
