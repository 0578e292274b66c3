"""The condition language: its seven nodes and what they mean.

`evaluate` *is* the language.
The normal form, the program for durable_rules and the English are translations of it,
and each is tested against it.
"""

import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, assert_never

from rls_rules.vocabulary import Answers

Comparison = Literal["at_least", "above", "at_most", "below"]
Verdict = bool | None
"""True, False, or None where too little is known to say."""

COMPARE: dict[Comparison, Callable[[float, float], bool]] = {
    "at_least": operator.ge,
    "above": operator.gt,
    "at_most": operator.le,
    "below": operator.lt,
}


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds; with no parts it always does."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least one part holds; with no parts it never does."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part certainly does not hold."""

    part: "Condition"


@dataclass(frozen=True, slots=True)
class Compare:
    """A number stands on one side of a threshold, in the unit of the fact."""

    fact: str
    comparison: Comparison
    threshold: float


@dataclass(frozen=True, slots=True)
class OneOf:
    """A choice, a yes-or-no fact or a finding has one of these answers."""

    fact: str
    values: tuple[str | bool, ...]


@dataclass(frozen=True, slots=True)
class Contains:
    """A set has this member."""

    fact: str
    member: str


@dataclass(frozen=True, slots=True)
class Known:
    """Anything at all is known about a fact (or nothing is): the one test that is never unknown.

    With a member: it is known whether a set has it (or it is not).
    """

    fact: str
    known: bool = True
    member: str | None = None


Leaf = Compare | OneOf | Contains | Known
Condition = All | Any | Not | Leaf


def evaluate(condition: Condition, facts: Answers) -> Verdict:
    """Say whether a condition holds, by Kleene's strong three-valued logic.

    A test of an unknown fact is unknown (None). For the rest:

    | a     | b     | all   | any   | not a |
    |-------|-------|-------|-------|-------|
    | True  | True  | True  | True  | False |
    | True  | None  | None  | True  | False |
    | True  | False | False | True  | False |
    | None  | None  | None  | None  | None  |
    | None  | False | False | None  | None  |
    | False | False | False | False | True  |
    """
    match condition:
        case All(parts):
            verdicts = [evaluate(part, facts) for part in parts]
            return False if False in verdicts else None if None in verdicts else True
        case Any(parts):
            verdicts = [evaluate(part, facts) for part in parts]
            return True if True in verdicts else None if None in verdicts else False
        case Not(part):
            verdict = evaluate(part, facts)
            return None if verdict is None else not verdict
        case Known(fact, known, None):
            return (facts.get(fact) not in (None, {})) is known
        case Known(fact, known, member):
            members = facts.get(fact)
            return (isinstance(members, dict) and member in members) is known
        case Contains(fact, member):
            members = facts.get(fact)
            return members.get(member) if isinstance(members, dict) else None
        case OneOf(fact, values):
            answer = facts.get(fact)
            return None if answer is None else answer in values
        case Compare(fact, comparison, threshold):
            answer = facts.get(fact)
            return COMPARE[comparison](answer, threshold) if isinstance(answer, float) else None
        case _:
            assert_never(condition)


def leaves(condition: Condition) -> Iterator[Leaf]:
    """Every test in a condition, from left to right."""
    match condition:
        case All(parts) | Any(parts):
            for part in parts:
                yield from leaves(part)
        case Not(part):
            yield from leaves(part)
        case Compare() | OneOf() | Contains() | Known():
            yield condition
        case _:
            assert_never(condition)


def facts_in(condition: Condition) -> frozenset[str]:
    """The names of all facts and findings that a condition tests."""
    return frozenset(leaf.fact for leaf in leaves(condition))
