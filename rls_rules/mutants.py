"""Mutants: rule bases that differ from a given one in a single small mistake that an author could make.

Who notices them, and who does not, says how well a rule base is watched.
`partings.py` decides which of them make no difference to anybody.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeVar, assert_never

from rls_rules.conditions import (
    All,
    Any,
    Compare,
    Comparison,
    Condition,
    Contains,
    Known,
    Leaf,
    Not,
    OneOf,
    leaves,
)
from rls_rules.errors import Place
from rls_rules.items import URGENCIES, Finding, Stance, TalkingPoint, Urgency
from rls_rules.rulebase import RuleBase
from rls_rules.vocabulary import Fact

Kind = Literal["point", "finding"]
T = TypeVar("T")
Change = tuple[str, str, Condition]
"""An operator, what it changed in words, and the condition that came of it."""

CONDITION_OPERATORS = (
    "move a threshold", "change strictness", "drop a part", "negate a part", "swap all and any",
    "shorten a list", "other answer", "flip a boolean", "flip known",
)  # fmt: skip
"""What is done to conditions; whether such a mutant is equivalent is decided."""
ITEM_OPERATORS = (
    "flip a stance", "move an urgency", "remove a citation", "remove an option", "other option",
)  # fmt: skip
"""What is done to the rest of an item; nobody hears other points, but those who do hear them otherwise."""
OPERATORS = (*CONDITION_OPERATORS, *ITEM_OPERATORS)

STRICT: Mapping[Comparison, Comparison] = {
    "at_least": "above", "above": "at_least", "at_most": "below", "below": "at_most",
}  # fmt: skip
STANCES: Mapping[Stance, Stance] = {
    "favours": "advises_against", "advises_against": "favours", "cautions": "informs",
}  # fmt: skip
_SHARED = ("ingredients", "classes_of", "option_names", "spellings", "answered_by_everyone")
"""What a rule base has worked out that no mutant changes."""


@dataclass(frozen=True, eq=False)
class Mutant:
    """A rule base with one mistake in one item.

    `id` stays the same as long as the item does; `what` is the mistake in words.
    """

    id: str
    operator: str
    kind: Kind
    item: str
    place: Place
    what: str
    changed: Finding | TalkingPoint
    original: RuleBase

    @property
    def rules(self) -> RuleBase:
        """The rule base with the mistake; made anew each time, so that what is compiled of it goes with it."""
        name = f"{self.kind}s"
        items = {**getattr(self.original, name), self.item: self.changed}
        rules = replace(self.original, **{name: items})  # type: ignore[arg-type]
        vars(rules).update({one: getattr(self.original, one) for one in _SHARED})
        return rules

    @property
    def of_condition(self) -> bool:
        """Whether the mistake is in a condition."""
        return self.operator in CONDITION_OPERATORS


def mutants(rules: RuleBase) -> Iterator[Mutant]:
    """Every mutant of a rule base, item by item in the order of the rules."""
    for finding in rules.findings.values():
        yield from _numbered("finding", finding, _of_finding(rules, finding), rules)
    for point in rules.points.values():
        yield from _numbered("point", point, _of_point(rules, point), rules)


def _numbered(
    kind: Kind,
    item: Finding | TalkingPoint,
    changes: Iterator[tuple[str, str, str, dict[str, object]]],
    rules: RuleBase,
) -> Iterator[Mutant]:
    for number, (operator, key, what, update) in enumerate(changes):
        place = rules.place(kind, item.id, (key,))
        mutated = item.model_copy(update=update)
        yield Mutant(f"{item.id}/{number}", operator, kind, item.id, place, what, mutated, rules)


def _of_finding(rules: RuleBase, finding: Finding) -> Iterator[tuple[str, str, str, dict[str, object]]]:
    for operator, what, when in changed(finding.when, rules):
        yield operator, "when", what, {"when": when}
    yield from _without_citation(finding.cites)


def _of_point(rules: RuleBase, point: TalkingPoint) -> Iterator[tuple[str, str, str, dict[str, object]]]:
    for operator, what, when in changed(point.when, rules):
        yield operator, "when", what, {"when": when}
    if point.stance in STANCES:
        other = STANCES[point.stance]
        yield "flip a stance", "stance", f"{point.stance} → {other}", {"stance": other}
    for urgency in _beside(point.urgency):
        yield "move an urgency", "urgency", f"{point.urgency} → {urgency}", {"urgency": urgency}
    yield from _without_citation(point.cites)
    for i, option in enumerate(point.options):
        rest = point.options[:i], point.options[i + 1 :]
        yield "remove an option", "options", f"without {option}", {"options": (*rest[0], *rest[1])}
        instead = _next(option, tuple(rules.options), point.options)
        if instead is not None:
            options = (*rest[0], instead, *rest[1])
            yield "other option", "options", f"{option} → {instead}", {"options": options}


def _without_citation(cites: Sequence[str]) -> Iterator[tuple[str, str, str, dict[str, object]]]:
    for cite in cites:
        rest = tuple(one for one in cites if one != cite)
        yield "remove a citation", "cites", f"without {cite}", {"cites": rest}


def _beside(urgency: Urgency) -> list[Urgency]:
    """The urgencies one step up and one step down."""
    at = URGENCIES.index(urgency)
    return [*URGENCIES[max(at - 1, 0) : at], *URGENCIES[at + 1 : at + 2]]


def changed(condition: Condition, rules: RuleBase) -> Iterator[Change]:
    """Every condition that differs from one in a single mistake."""
    match condition:
        case All(parts) | Any(parts):
            yield from _joined(condition, parts)
            for i, part in enumerate(parts):
                for operator, what, new in changed(part, rules):
                    yield operator, what, type(condition)((*parts[:i], new, *parts[i + 1 :]))
        case Not(part):
            yield "negate a part", f"without `not` before {told(part)}", part
            for operator, what, new in changed(part, rules):
                yield operator, what, Not(new)
        case Known(fact, known, member):
            flipped = Known(fact, not known, member)
            yield "flip known", f"{told(condition)} → {told(flipped)}", flipped
        case OneOf() | Compare() | Contains():
            for operator, leaf in _leaves_beside(condition, rules):
                yield operator, f"{told(condition)} → {told(leaf)}", leaf
        case _:
            assert_never(condition)


def _joined(condition: All | Any, parts: tuple[Condition, ...]) -> Iterator[Change]:
    if len(parts) == 1:
        return
    other: Callable[[tuple[Condition, ...]], Condition] = Any if isinstance(condition, All) else All
    yield "swap all and any", f"{told(condition)} → {told(other(parts))}", other(parts)
    for i, part in enumerate(parts):
        yield "drop a part", f"without {told(part)}", type(condition)((*parts[:i], *parts[i + 1 :]))


def _leaves_beside(leaf: OneOf | Compare | Contains, rules: RuleBase) -> Iterator[tuple[str, Condition]]:
    """What one test could be by mistake."""
    fact = None if leaf.fact in rules.findings else rules.vocabulary[leaf.fact]
    match leaf:
        case OneOf(name, (bool(yes),)):
            yield "flip a boolean", OneOf(name, (not yes,))
            return
        case OneOf(name, values):
            if len(values) > 1:
                for value in values:
                    yield "shorten a list", OneOf(name, tuple(one for one in values if one != value))
            for value in values:
                other = _next(value, fact.values if fact else (), values)
                if other is not None:
                    yield "other answer", OneOf(name, tuple(other if one == value else one for one in values))
        case Compare(name, comparison, threshold):
            for moved in _moved(fact, threshold):
                yield "move a threshold", Compare(name, comparison, moved)
            yield "change strictness", Compare(name, STRICT[comparison], threshold)
        case Contains(name, member):
            other = _next(member, fact.values if fact else (), (member,))
            if isinstance(other, str):
                yield "other answer", Contains(name, other)
        case _:
            assert_never(leaf)
    yield "negate a part", Not(leaf)


def _moved(fact: Fact | None, threshold: float) -> Iterator[float]:
    """The threshold one lower and one higher, inside the range of its fact."""
    for moved in (threshold - 1, threshold + 1):
        if fact is not None and fact.minimum <= moved <= fact.maximum:
            yield moved


def _next(value: T, order: Sequence[T], taken: Sequence[T]) -> T | None:
    """What follows a value in some order, going round, and is not taken."""
    at = order.index(value) if value in order else 0
    return next((one for one in (*order[at:], *order[:at]) if one not in taken), None)


def told(condition: Condition) -> str:
    """A condition in the words of the rule files, on one line."""
    match condition:
        case All((part,)) | Any((part,)):
            return told(part)
        case All(parts) | Any(parts):
            word = "all" if isinstance(condition, All) else "any"
            return f"{word}: [{', '.join(map(told, parts))}]"
        case Not(part):
            return f"not: {told(part)}"
        case Known(fact, known, None):
            return f"{fact}: known: {str(known).lower()}"
        case Known(fact, known, member):
            return f"{fact}: {'known' if known else 'unknown'} {member}"
        case OneOf(fact, values):
            words = [str(value).lower() if isinstance(value, bool) else value for value in values]
            return f"{fact}: {words[0] if len(words) == 1 else '[' + ', '.join(words) + ']'}"
        case Compare(fact, comparison, threshold):
            return f"{fact}: {comparison} {threshold:g}"
        case Contains(fact, member):
            return f"{fact}: any_of {member}"
        case _:
            assert_never(condition)


def touched(rules: RuleBase, mutant: Mutant) -> frozenset[tuple[str, str]]:
    """The items, by kind and id, whose meaning a mutant may have changed: its own, and what is made of that.

    Findings are made of findings; points, hazards, impossible combinations and statements of any.
    """
    found = {(str(mutant.kind), mutant.item)}
    if mutant.kind == "point" or not mutant.of_condition:
        return frozenset(found)
    names = {mutant.item}
    for finding in rules.findings.values():  # each after those it is made of
        if _tests(finding.when, names):
            names.add(finding.id)
    found |= {("finding", name) for name in names}
    found |= {("point", one.id) for one in rules.points.values() if _tests(one.when, names)}
    found |= {("hazard", one.id) for one in rules.hazards.values() if _tests(one.when, names)}
    found |= {("impossible", one.id) for one in rules.impossible.values() if _tests(one.when, names)}
    found |= {
        ("statement", one.id)
        for one in rules.statements.values()
        if one.only_for is not None and _tests(one.only_for, names)
    }
    return frozenset(found)


def _tests(condition: Condition, names: set[str]) -> bool:
    found: Iterator[Leaf] = leaves(condition)
    return any(leaf.fact in names for leaf in found)
