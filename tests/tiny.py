"""A vocabulary so small that every profile can be tried: 2 facts, a number and a set of two."""

import itertools
from collections.abc import Iterator

from hypothesis import strategies as st

from rls_rules import testing
from rls_rules.conditions import Condition, evaluate
from rls_rules.vocabulary import Answer, Answers, Fact, Vocabulary

TINY = Vocabulary.of(
    [
        Fact("b", "truth"),
        Fact("e", "choice", ("v0", "v1", "v2", "v3")),
        Fact("n", "number", minimum=0, maximum=3),
        Fact("s", "set", ("m0", "m1")),
    ]
)
_NUMBERS = (None, 0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0)
_MEMBERS = (None, False, True)


def everyone() -> Iterator[dict[str, Answer]]:
    """Every profile that conditions with whole thresholds can tell apart: 1,080 of them."""
    sets = [
        {member: answer for member, answer in zip(("m0", "m1"), pair, strict=True) if answer is not None}
        for pair in itertools.product(_MEMBERS, repeat=2)
    ]
    for b, e, n, s in itertools.product(_MEMBERS, (None, "v0", "v1", "v2", "v3"), _NUMBERS, sets):
        known: dict[str, Answer | None] = {"b": b, "e": e, "n": n, "s": s}
        yield {name: answer for name, answer in known.items() if answer is not None}


def answers() -> st.SearchStrategy[dict[str, Answer]]:
    """One profile of the tiny vocabulary."""
    return st.sampled_from(list(everyone()))


def conditions(*, findings: tuple[str, ...] = (), gaps: bool = False) -> st.SearchStrategy[Condition]:
    """A condition over the tiny vocabulary."""
    return testing.conditions(TINY, findings=findings, gaps=gaps, most_parts=6)


@st.composite
def levels(draw: st.DrawFn) -> dict[str, Condition]:
    """Findings on three levels, each over those before it."""
    findings: dict[str, Condition] = {}
    for level in range(3):
        findings[f"d{level}"] = draw(conditions(findings=tuple(findings)))
    return findings


def with_findings(facts: Answers, findings: dict[str, Condition]) -> dict[str, Answer]:
    """The answers with the verdict of each finding that is certain."""
    seen = dict(facts)
    for name, condition in findings.items():
        verdict = evaluate(condition, seen)
        if verdict is not None:
            seen[name] = verdict
    return seen
