"""Hypothesis strategies for people who test their own rules; needs `rls-rules[testing]`.

`profiles` draws people with gaps, at and around the thresholds of a rule base.
`firing` draws people to whom given points are shown.
`conditions` draws conditions of the language, `rule_bases` whole rule bases with findings on three levels.
All shrink to the fewest facts.
"""

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from hypothesis import reject
from hypothesis import strategies as st

from rls_rules.conditions import (
    COMPARE,
    All,
    Any,
    Compare,
    Condition,
    Contains,
    Known,
    Leaf,
    Not,
    OneOf,
    evaluate,
    leaves,
)
from rls_rules.errors import ProfileError
from rls_rules.items import Finding, Statement, TalkingPoint
from rls_rules.loader import load_rules
from rls_rules.person import Person
from rls_rules.profile import Profile
from rls_rules.program import compiled
from rls_rules.rulebase import RuleBase
from rls_rules.search import fewest, known
from rls_rules.theorems import Ground
from rls_rules.vocabulary import Fact, Vocabulary
from rls_rules.witness import person_in

MOST_FACTS = 12
LEVELS = 3


@st.composite
def profiles(
    draw: st.DrawFn,
    rules: RuleBase | None = None,
    *,
    most_facts: int = MOST_FACTS,
    unrecognised: bool = False,
) -> Profile:
    """Draw a person whom a rule base does not hold to be impossible.

    :param rules: the rule base whose thresholds, medicines and options are drawn; the shipped one if left out.
    :param most_facts: how many facts may be known, from 0 to all 69.
    :param unrecognised: whether names may be drawn that mean nothing.
    """
    rules = rules or load_rules()
    program = compiled(rules)
    names = [*dict.fromkeys(slot.fact.name for slot in program.space.slots)]
    known = draw(st.lists(st.sampled_from(names), unique=True, max_size=most_facts))
    answers = {
        name: draw(_answers(rules, rules.vocabulary[name], unrecognised=unrecognised)) for name in known
    }
    profile = Profile.model_validate(answers)
    try:
        Person(program, profile)
    except ProfileError:
        reject()
    return profile


def firing(rules: RuleBase, *points: str, most_more: int = 4) -> st.SearchStrategy[Profile]:
    """Draw people to whom some points are all shown: what these need, and some more answers besides.

    :param points: the ids of the points.
    :param most_more: how many more facts may be known.
    :raises ValueError: if nobody hears all of the points.
    """
    program = compiled(rules)
    ground = Ground(program)
    regions = [fewest(program.space, [box], ground.nobody) for box in ground.together(points)]
    possible = [region for region in regions if region is not None]
    if not possible:
        message = "nobody hears all of these points"
        raise ValueError(message)
    possible.sort(key=lambda region: known(program.space, region))
    return _with_more(rules, points, [person_in(program, region) for region in possible], most_more)


@st.composite
def _with_more(
    draw: st.DrawFn, rules: RuleBase, points: Sequence[str], people: Sequence[Profile], most_more: int
) -> Profile:
    """One of some people with more answers, who still hears some points; the first without more is the simplest."""
    person = draw(st.sampled_from(people))
    more = draw(profiles(rules, most_facts=most_more))
    profile = Profile.model_validate({**more.known(), **person.known()})
    try:
        met = Person(compiled(rules), profile)
    except ProfileError:
        reject()
    if not all(evaluate(rules.points[name].when, met.facts) is True for name in points):
        reject()
    return profile


def _answers(rules: RuleBase, fact: Fact, *, unrecognised: bool) -> st.SearchStrategy[object]:
    """Answers to one fact, as they stand in a profile."""
    match fact.kind:
        case "truth":
            return st.booleans()
        case "choice":
            return st.sampled_from(fact.values)
        case "number":
            return numbers(fact, rules.conditions)
        case _:
            members = [*fact.values, *(["Qwertol", "Zxcvbnine"] if unrecognised and fact.names else [])]
            some = st.lists(st.sampled_from(members), unique=True, max_size=3)
            partly = st.fixed_dictionaries({"includes": some, "rest": st.sampled_from(["none", "unknown"])})
            return some | partly if members else st.just([])


def numbers(fact: Fact, conditions: Sequence[Condition]) -> st.SearchStrategy[float]:
    """Draw answers to a number: each threshold that conditions name, just beside it, the ends, and any other."""
    thresholds = {
        leaf.threshold
        for condition in conditions
        for leaf in leaves(condition)
        if isinstance(leaf, Compare) and leaf.fact == fact.name
    }
    beside = {math.nextafter(one, side) for one in thresholds for side in (-math.inf, math.inf)}
    telling = sorted({fact.minimum, fact.maximum, *thresholds, *beside})
    inside = [float(one) for one in telling if fact.minimum <= one <= fact.maximum]
    return st.sampled_from(inside) | st.floats(fact.minimum, fact.maximum)


def conditions(
    vocabulary: Vocabulary,
    *,
    findings: Sequence[str] = (),
    gaps: bool = False,
    most_parts: int = 8,
) -> st.SearchStrategy[Condition]:
    """Draw a condition over some facts and findings.

    :param gaps: whether it may test that nothing is known of a fact; never under a negation.
    :param most_parts: about how many tests it has at most.
    """
    tests = st.one_of([_tests(fact) for fact in vocabulary] + [_finding_tests(name) for name in findings])
    without_gaps = st.recursive(
        tests, lambda parts: _joined(parts) | st.builds(Not, parts), max_leaves=most_parts
    )
    if not gaps:
        return without_gaps
    known = st.builds(Known, st.sampled_from(sorted(vocabulary.facts)), st.booleans())
    for fact in vocabulary:
        if fact.kind == "set" and fact.values:
            members = st.sampled_from(fact.values)
            known |= st.builds(Known, st.just(fact.name), st.booleans(), members)
    return st.recursive(without_gaps | known, _joined, max_leaves=most_parts)


def _joined(parts: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    several = st.lists(parts, min_size=1, max_size=3).map(tuple)
    return st.builds(All, several) | st.builds(Any, several)


def _tests(fact: Fact) -> st.SearchStrategy[Leaf]:
    """Single tests of one fact."""
    match fact.kind:
        case "truth":
            return st.builds(OneOf, st.just(fact.name), st.sampled_from([(True,), (False,)]))
        case "choice":
            some = st.lists(st.sampled_from(fact.values), unique=True, min_size=1, max_size=3)
            return st.builds(OneOf, st.just(fact.name), some.map(tuple))
        case "number":
            threshold = st.integers(math.ceil(fact.minimum), math.floor(fact.maximum)).map(float)
            return st.builds(Compare, st.just(fact.name), st.sampled_from(sorted(COMPARE)), threshold)
        case "set" if fact.values:
            return st.builds(Contains, st.just(fact.name), st.sampled_from(fact.values))
        case _:
            return st.nothing()


def _finding_tests(name: str) -> st.SearchStrategy[Leaf]:
    return st.builds(OneOf, st.just(name), st.sampled_from([(True,), (False,)]))


@st.composite
def rule_bases(draw: st.DrawFn, *, most_points: int = 6) -> RuleBase:
    """Draw a rule base: findings on three levels and points over them, in the words of the shipped one.

    :param most_points: how many points it has at most; at least one.
    """
    shipped = load_rules()
    facts = draw(st.lists(st.sampled_from(_DRAWN_FACTS), unique=True, min_size=2, max_size=5))
    vocabulary = Vocabulary.of(shipped.vocabulary[name] for name in facts)
    findings: dict[str, Finding] = {}
    for level in range(LEVELS):
        name = f"drawn_{level}"
        when = draw(conditions(vocabulary, findings=tuple(findings), most_parts=4))
        findings[name] = Finding(id=name, reads="this may be so", reads_not="this may not be so", when=when)
    points = [
        _point(shipped, number, draw(conditions(vocabulary, findings=tuple(findings), gaps=True)))
        for number in range(draw(st.integers(1, most_points)))
    ]
    return replace(
        shipped,
        findings=findings,
        points={point.id: point for point in points},
        tensions={},
        impossible={},
        hazards={},
        statements=_statements_about_everybody(),
    )


@cache
def _statements_about_everybody() -> dict[str, Statement]:
    """The shipped statements without the people they are about, whom other rules may not be able to name."""
    shipped = load_rules().statements.items()
    return {name: one.model_copy(update={"only_for": None}) for name, one in shipped}


_DRAWN_FACTS = (
    "age", "ferritin", "kidney", "severity", "drives", "iron_overload", "current_medicines", "impulse_control",
)  # fmt: skip


def _point(shipped: RuleBase, number: int, when: Condition) -> TalkingPoint:
    """A point with a condition of its own and the rest of some shipped point."""
    model = next(iter(shipped.points.values()))
    return model.model_copy(update={"id": f"drawn-{number}", "when": when, "urgency": "routine"})
