"""Whether each number in the words of a point stands in what the point cites.

A number may come from a statement, the year of its source, or the cut-offs of the point itself;
what a patient reads may say a share of people otherwise: 5.6 % is 56 in 1,000, and 1.11 % is about 1 in 100.
"""

import re
from collections.abc import Container, Iterator

from rls_rules.conditions import Compare, leaves
from rls_rules.errors import Problem
from rls_rules.items import Statement, TalkingPoint
from rls_rules.rulebase import RuleBase

_NUMBER = re.compile(r"(?<![\w.-])\d+(?:[.,]\d+)*")
_SHARE = re.compile(r"\b(\d+) in (1,?0+)\b")


def unsupported(rules: RuleBase, points: Container[str] | None = None) -> Iterator[Problem]:
    """Every number in the words of a point (of some points only, if they are named) that nothing cited says."""
    for point in rules.points.values():
        if points is None or point.id in points:
            yield from _unsupported(rules, point)


def _unsupported(rules: RuleBase, point: TalkingPoint) -> Iterator[Problem]:
    cited = {number for name in point.cites for number in _said(rules, rules.statements[name])}
    cited |= {f"{leaf.threshold:g}" for leaf in leaves(point.when) if isinstance(leaf, Compare)}
    shares = {(f"{float(number):.0f}", "100") for number in cited}
    shares |= {(f"{float(number) * times:g}", f"{times}00") for number in cited for times in (10, 100)}
    for key in ("title", "text", "clinician_text", "ask"):
        words = getattr(point, key) or ""
        if key != "clinician_text":
            words = _SHARE.sub(lambda said: "" if _share(said) in shares else said[0], words)
        for number in dict.fromkeys(_numbers(words)):
            if number not in cited:
                yield Problem(
                    rules.place("point", point.id, (key,)),
                    f"`{key}` of `{point.id}` has the number `{number}`, and nothing that it cites does",
                    "cite the statement that says it, or correct the number",
                )


def _share(said: re.Match[str]) -> tuple[str, str]:
    """How many of how many people."""
    return said[1], said[2].replace(",", "")


def _said(rules: RuleBase, statement: Statement) -> Iterator[str]:
    """The numbers of a statement, with its grades and the years and names of its sources."""
    grades = [grade.words for grade in (statement.strength, statement.certainty) if grade]
    yield from _numbers(" ".join([statement.says, *grades]))
    for source in (rules.sources[name] for name in (statement.source, *statement.also)):
        yield from _numbers(" ".join([source.short, *source.named, str(source.year or "")]))


def _numbers(words: str) -> list[str]:
    """The numbers in a text, without thousands separators."""
    return [number.replace(",", "") for number in _NUMBER.findall(words)]
