"""Rule bases over four facts of `Profile`, so few that every profile can be tried and given to `discuss`."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from rls_rules import Profile, load_rules, testing
from rls_rules.conditions import Condition, evaluate
from rls_rules.items import Finding, Impossible
from rls_rules.rulebase import RuleBase
from rls_rules.vocabulary import Answer, Answers, Fact, Vocabulary
from tests import tiny
from tests.tiny import with_findings

SMALL = Vocabulary.of(
    [
        Fact("drives", "truth"),
        Fact("severity", "choice", ("mild", "moderate", "severe", "very_severe")),
        Fact("age", "number", minimum=0, maximum=3),
        Fact("impulse_control", "set", ("gambling", "shopping")),
    ]
)
_NAMES = {"b": "drives", "e": "severity", "n": "age", "s": "impulse_control"}
_ANSWERS = dict(zip(("v0", "v1", "v2", "v3"), SMALL["severity"].values, strict=True))
_MEMBERS = dict(zip(("m0", "m1"), SMALL["impulse_control"].values, strict=True))


def _real(answer: Answer) -> Answer:
    if isinstance(answer, Mapping):
        return {_MEMBERS[member]: yes for member, yes in answer.items()}
    return _ANSWERS[answer] if isinstance(answer, str) else answer


EVERYONE: list[dict[str, Answer]] = [
    {_NAMES[name]: _real(answer) for name, answer in facts.items()} for facts in tiny.everyone()
]


def conditions(*, findings: tuple[str, ...] = (), gaps: bool = False) -> st.SearchStrategy[Condition]:
    """A condition over the four facts."""
    return testing.conditions(SMALL, findings=findings, gaps=gaps, most_parts=5)


def small_rules(
    points: Mapping[str, Condition],
    findings: Mapping[str, Condition] | None = None,
    never: Sequence[Condition] = (),
    **parts: Any,
) -> RuleBase:
    """A rule base of points with these conditions; `parts` replace parts of each point."""
    shipped = load_rules()
    model = next(iter(shipped.points.values())).model_copy(
        update={"stance": "cautions", "urgency": "routine", **parts}
    )
    rules = replace(
        shipped,
        findings={
            name: Finding(id=name, reads="may be", reads_not="may not be", when=one)
            for name, one in (findings or {}).items()
        },
        points={name: model.model_copy(update={"id": name, "when": when}) for name, when in points.items()},
        tensions={},
        impossible={
            f"i{i}": Impossible(id=f"i{i}", because="it cannot be", when=one) for i, one in enumerate(never)
        },
    )
    for name in ("ingredients", "classes_of", "option_names", "spellings"):  # costly, and the same for all
        rules.__dict__[name] = getattr(shipped, name)
    rules.__dict__["vocabulary"] = SMALL
    rules.__dict__["answered_by_everyone"] = frozenset()
    return rules


def hears(rules: RuleBase, point: str, facts: Answers) -> bool:
    """Whether somebody hears a point, by the definition of its condition."""
    findings = {finding.id: finding.when for finding in rules.findings.values()}
    return evaluate(rules.points[point].when, with_findings(facts, findings)) is True


def possible(rules: RuleBase, facts: Answers) -> bool:
    """Whether no impossible combination holds for somebody."""
    return not any(evaluate(item.when, facts) is True for item in rules.impossible.values())


def known_in(profile: Profile | Answers) -> int:
    """How many facts, or members of sets, are known."""
    if isinstance(profile, Profile):
        sets = profile.impulse_control
        members = 0 if sets is None else len(sets.includes) + len(sets.excludes)
        return members + len(profile.known().keys() - {"impulse_control"})
    return sum(len(answer) if isinstance(answer, Mapping) else 1 for answer in profile.values())
