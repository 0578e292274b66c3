"""Why, why not, and what to ask: exact, against enumeration."""

import itertools
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from rls_rules import Profile, discuss, load_rules, why
from rls_rules.conditions import Condition, evaluate
from rls_rules.discussion import Node
from rls_rules.english import Reason
from rls_rules.explain import in_the_way, missing
from rls_rules.items import Finding, Impossible
from rls_rules.person import Person
from rls_rules.profile import FACTS
from rls_rules.program import Program, compiled
from rls_rules.rulebase import RuleBase
from rls_rules.testing import profiles, rule_bases
from rls_rules.vocabulary import Answers
from tests.tiny import TINY, conditions, everyone, levels, with_findings

EVERYONE = list(everyone())


def tiny_rules(findings: dict[str, Condition], when: Condition, never: list[Condition]) -> RuleBase:
    """A rule base over the tiny vocabulary with one point."""
    shipped = load_rules()
    point = next(iter(shipped.points.values())).model_copy(update={"id": "the-point", "when": when})
    rules = replace(
        shipped,
        findings={
            name: Finding(id=name, reads="may be", reads_not="may not be", when=one)
            for name, one in findings.items()
        },
        points={"the-point": point},
        tensions={},
        impossible={
            f"i{i}": Impossible(id=f"i{i}", because="it cannot be", when=one) for i, one in enumerate(never)
        },
    )
    rules.__dict__["vocabulary"] = TINY
    return rules


def knows_more(facts: Answers, other: Answers, names: frozenset[str]) -> bool:
    """Whether the second profile is the first with answers to these facts and nothing else."""
    for name in TINY.facts:
        ours, theirs = facts.get(name), other.get(name)
        if isinstance(theirs, dict) or isinstance(ours, dict):
            before, after = dict(ours or {}), dict(theirs or {})  # type: ignore[arg-type]
            if not before.items() <= after.items() or (name not in names and before != after):
                return False
        elif ours != theirs and (ours is not None or name not in names):
            return False
    return True


@settings(max_examples=60)
@given(
    levels(),
    conditions(findings=("d0", "d1", "d2")),
    st.lists(conditions(), max_size=1),
    st.sampled_from(EVERYONE),
)
def test_missing_sets_are_exact(
    findings: dict[str, Condition], when: Condition, never: list[Condition], facts: dict[str, bool]
) -> None:
    """The missing sets are exactly the smallest sets of facts some possible answers to which show the point."""
    program = compiled(tiny_rules(findings, when, never))
    point = program.space.point(facts)
    if any(box & point == point for box in program.impossible):
        return
    names = sorted(TINY.facts)
    wanted: list[frozenset[str]] = []
    for size in range(len(names) + 1):
        for chosen in map(frozenset, itertools.combinations(names, size)):
            if not any(smaller <= chosen for smaller in wanted) and _shown(
                program, findings, when, facts, chosen
            ):
                wanted.append(chosen)
    assert set(missing(program, 0, point)) == set(wanted)


def _shown(
    program: Program, findings: dict[str, Condition], when: Condition, facts: Answers, chosen: frozenset[str]
) -> bool:
    for other in EVERYONE:
        if knows_more(facts, other, chosen) and evaluate(when, with_findings(other, findings)) is True:
            point = program.space.point(other)
            if not any(box & point == point for box in program.impossible):
                return True
    return False


@settings(max_examples=60)
@given(levels(), conditions(findings=("d0", "d1", "d2")), st.sampled_from(EVERYONE))
def test_what_stands_in_the_way(
    findings: dict[str, Condition], when: Condition, facts: dict[str, bool]
) -> None:
    """Where a point certainly is not shown, each set in the way names known facts, and forgetting it opens the point."""
    program = compiled(tiny_rules(findings, when, []))
    point = program.space.point(facts)
    if evaluate(when, with_findings(facts, findings)) is not False:
        return
    assert missing(program, 0, point) == []
    for names in in_the_way(program, 0, point):
        assert names <= facts.keys()
        forgotten = {name: answer for name, answer in facts.items() if name not in names}
        assert missing(program, 0, program.space.point(forgotten))


def _facts_of(reasons: tuple[Reason, ...]) -> set[str]:
    return {reason.fact for reason in reasons} | {name for one in reasons for name in _facts_of(one.because)}


@settings(max_examples=60)
@given(rule_bases().flatmap(lambda rules: profiles(rules).map(lambda profile: (rules, profile))))
def test_reasons_suffice(drawn: tuple[RuleBase, Profile]) -> None:
    """Whoever knows only the facts of the reasons, and leaves the same gaps, hears the same point."""
    rules, profile = drawn
    for point in discuss(profile, rules=rules).points:
        told = _facts_of(point.because)
        less = profile.model_copy(update={name: None for name in FACTS.facts if name not in told})
        assert point.id in {one.id for one in discuss(less, rules=rules).points}


@settings(max_examples=40)
@given(profiles())
def test_a_question_is_asked_exactly_if_it_can_matter(profile: Profile) -> None:
    """A fact is asked about exactly if it is in a smallest set that would show some point, or a gap that shows one."""
    rules = load_rules()
    program = compiled(rules)
    person = Person(program, profile)
    shown = {point.id for point in discuss(profile).points}
    can_matter = {
        fact
        for number, name in enumerate(program.ids)
        if name not in shown
        for facts in missing(program, number, person.box)
        for fact in facts
    }
    asked = {question.fact for question in discuss(profile).questions}
    assert can_matter <= asked
    assert asked.isdisjoint(_complete(profile))


def _complete(profile: Profile) -> set[str]:
    """The facts that leave nothing to ask."""
    values = profile.known().items()
    return {name for name, value in values if not hasattr(value, "rest")}


def test_why_shows_the_verdict_of_each_leaf() -> None:
    """The tree of an explanation has a verdict at every node, and its root is the verdict of the point."""
    rules = load_rules()

    def nodes(node: Node) -> list[Node]:
        return [node, *(inner for part in node.parts for inner in nodes(part))]

    profile = Profile.from_yaml(rules.examples["possible-augmentation"])
    for name in rules.points:
        explanation = why(rules, profile, name)
        assert explanation.tree.verdict is explanation.verdict
        assert all(node.text for node in nodes(explanation.tree))
        assert not (explanation.missing and explanation.in_the_way)
