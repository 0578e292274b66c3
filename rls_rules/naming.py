"""Whether each clinician text names the sources that its point cites, and no others.

A clinician who reads "AASM 2025" must find it among the citations, and no citation comes without a word.
A source says in `named` by which words texts name it: in their order, in one sentence, plural or not.
"""

import re
from collections.abc import Container, Iterable, Iterator

from rls_rules.errors import Problem
from rls_rules.items import Source, Statement, TalkingPoint
from rls_rules.rulebase import RuleBase

Name = tuple[str, ...]
"""The words of one name, in small letters."""

_SENTENCE_END = re.compile(r"(?<=[.!?])\s")


def misnamed(rules: RuleBase, points: Container[str] | None = None) -> Iterator[Problem]:
    """Every citation without a name, and every name without a citation, in the clinician texts of (some) points."""
    meant = _meanings(rules)
    for point in rules.points.values():
        if points is None or point.id in points:
            yield from _misnamed(rules, point, meant)


def _misnamed(rules: RuleBase, point: TalkingPoint, meant: dict[Name, set[str]]) -> Iterator[Problem]:
    names = _names_in(point.clinician_text, meant)
    named = {source for name in names for source in meant[name]}
    cited = set[str]()
    for i, statement in enumerate(rules.statements[name] for name in point.cites):
        sources = _speaking(rules, statement)
        cited |= sources
        if sources.isdisjoint(named):
            yield Problem(
                rules.place("point", point.id, ("cites", i)),
                f"the `clinician_text` of `{point.id}` does not name the source of `{statement.id}`",
                f"name it, as in `{_named(rules.sources[statement.source])[0]}`, or leave the citation out",
            )
    for name in names:
        if meant[name].isdisjoint(cited):
            yield Problem(
                rules.place("point", point.id, ("clinician_text",)),
                f"this names `{'` or `'.join(sorted(meant[name]))}`, which `{point.id}` does not cite",
                "cite one of its statements, or leave the name out",
            )


def _speaking(rules: RuleBase, statement: Statement) -> set[str]:
    """Who makes a statement; what stands beside a claim of a web article confirms or refutes it."""
    return {statement.source, *(statement.also if rules.sources[statement.source].support else ())}


def _named(source: Source) -> tuple[str, ...]:
    return source.named or (source.short,)


def _meanings(rules: RuleBase) -> dict[Name, set[str]]:
    """The sources that each name means."""
    meant: dict[Name, set[str]] = {}
    for source in rules.sources.values():
        for name in _named(source):
            meant.setdefault(tuple(_words(name)), set()).add(source.id)
    return meant


def _names_in(text: str, names: Iterable[Name]) -> list[Name]:
    """The names in a text; of a name within a longer one in the same sentence, only the longer."""
    found: dict[Name, None] = {}
    for sentence in _SENTENCE_END.split(text):
        words = _words(sentence)
        here = [name for name in names if _stands_in(name, words)]
        found |= dict.fromkeys(name for name in here if not any(set(name) < set(other) for other in here))
    return list(found)


def _stands_in(name: Name, words: list[str]) -> bool:
    """Whether the words of a name come in their order, whatever stands between them."""
    rest = iter(words)
    return all(word in rest for word in name)


def _words(text: str) -> list[str]:
    """The words of a text in small letters, without a plural `s`."""
    return [word.removesuffix("s") for word in re.findall(r"\w+", text.lower())]
