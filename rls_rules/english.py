"""Conditions in English: clauses that a patient can read, made of words from the rule files.

Another interpreter of the condition language. What it says is tested against `conditions.evaluate`:
whoever knows only the facts of the reasons it gives would hear the same point.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import assert_never

from rls_rules.conditions import (
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
)
from rls_rules.items import FactWords, Finding
from rls_rules.note_words import Phrases
from rls_rules.vocabulary import Answers, Vocabulary


@dataclass(frozen=True, slots=True)
class Reason:
    """A clause that made something so: of which fact or finding; for a finding, what made it so."""

    fact: str
    text: str
    because: tuple["Reason", ...] = ()

    def leaves(self) -> Iterator["Reason"]:
        """The reasons that it comes down to, each about one fact."""
        if not self.because:
            yield self
        for reason in self.because:
            yield from reason.leaves()


@dataclass(frozen=True)
class English:
    """The words of one rule base, ready to be made into clauses.

    `members` has the name of each medicine, class and option by id.
    """

    vocabulary: Vocabulary
    words: Mapping[str, FactWords]
    findings: Mapping[str, Finding]
    members: Mapping[str, str]
    phrases: Phrases

    def reasons(self, condition: Condition, facts: Answers) -> tuple[Reason, ...]:
        """Say what made a condition certainly true, or certainly false; nothing if it is neither.

        :param facts: the answers, with the verdicts of findings among them.
        """
        verdict = evaluate(condition, facts)
        return () if verdict is None else self.because(condition, facts, verdict=verdict)

    def because(self, condition: Condition, facts: Answers, *, verdict: bool) -> tuple[Reason, ...]:
        """Say what made a condition come out so, where that is known."""
        return tuple(dict.fromkeys(self._reasons(condition, verdict, facts)))

    def _reasons(self, condition: Condition, verdict: bool, facts: Answers) -> list[Reason]:  # noqa: FBT001
        match condition:
            case All(parts) | Any(parts):
                every = isinstance(condition, All) is verdict  # the parts of a true `all` are all true
                agreeing = [part for part in parts if every or evaluate(part, facts) is verdict]
                return [reason for part in agreeing for reason in self._reasons(part, verdict, facts)]
            case Not(part):
                return self._reasons(part, not verdict, facts)
            case OneOf(fact) if fact in self.findings:
                finding = self.findings[fact]
                text = finding.reads if facts[fact] else finding.reads_not
                return [Reason(fact, text, self.because(finding.when, facts, verdict=bool(facts[fact])))]
            case Compare() | OneOf() | Contains() | Known():
                return [Reason(condition.fact, self.clause(condition, facts))]
            case _:
                assert_never(condition)

    def clause(self, leaf: Leaf, facts: Answers) -> str:
        """Say what a person answered, where one test looks; a number is held against the threshold."""
        words = self.words[leaf.fact]
        match leaf:
            case Known(fact, known, member) if member is not None:
                if evaluate(leaf, facts) is known:
                    return self._member_known(fact, member, known=True)
                partly = evaluate(Known(fact), facts)
                frame = self.phrases.unknown_in_part if partly else self.phrases.unknown
                return frame.format(label=words.label, label_lower=words.label.lower())
            case Known(_, known):
                return self._known(words.label, known=known is evaluate(leaf, facts))
            case Contains(fact, member):
                return self.member(fact, member, included=evaluate(leaf, facts) is True)
            case Compare(fact, comparison, threshold):
                value = facts[fact]
                holds = COMPLEMENT[comparison] if evaluate(leaf, facts) is False else comparison
                said = getattr(self.phrases, holds).format(threshold=plain(threshold))
                return self.answer(leaf.fact, value) + self.phrases.which_is.format(comparison=said)
            case OneOf(fact):
                return self.answer(fact, facts[fact])
            case _:
                assert_never(leaf)

    def answer(self, fact: str, value: object) -> str:
        """Say one answer to a fact that is not a set."""
        reads = self.words[fact].reads
        if self.vocabulary[fact].kind in ("truth", "choice"):
            return reads[str(value).lower() if isinstance(value, bool) else str(value)]
        return reads["value"].format(value=plain(value) if isinstance(value, float) else value)

    def member(self, fact: str, member: str, *, included: bool) -> str:
        """Say that a set has, or has not, a member."""
        words = self.words[fact]
        name = words.members.get(member) or self.members.get(member, member)
        return words.reads["includes" if included else "excludes"].format(member=name)

    def describe(self, condition: Condition, *, holds: bool = True) -> str:
        """Say for whom a condition is certainly true (or certainly false), without anyone's answers."""
        match condition:
            case All(parts) | Any(parts):
                joiner = self.phrases.and_ if isinstance(condition, All) is holds else self.phrases.or_
                inner = [self.describe(part, holds=holds) for part in parts]
                brackets = [
                    f"({text})" if isinstance(part, All | Any) else text
                    for part, text in zip(parts, inner, strict=True)
                ]
                return f" {joiner} ".join(brackets)
            case Not(part):
                return self.describe(part, holds=not holds)
            case OneOf(fact, values) if fact in self.findings:
                finding = self.findings[fact]
                return f" {self.phrases.or_} ".join(
                    finding.reads if value is holds else finding.reads_not for value in values
                )
            case OneOf(fact, values):
                allowed = values if holds else [value for value in self._answers(fact) if value not in values]
                return f" {self.phrases.or_} ".join(self.answer(fact, value) for value in allowed)
            case Compare(fact, comparison, threshold):
                said = comparison if holds else COMPLEMENT[comparison]
                bound = getattr(self.phrases, said).format(threshold=plain(threshold))
                return self.words[fact].reads["value"].format(value=bound)
            case Contains(fact, member):
                return self.member(fact, member, included=holds)
            case Known(fact, known, member) if member is not None:
                return self._member_known(fact, member, known=known is holds)
            case Known(fact, known):
                return self._known(self.words[fact].label, known=known is holds)
            case _:
                assert_never(condition)

    def _answers(self, fact: str) -> tuple[str | bool, ...]:
        found = self.vocabulary[fact]
        return (True, False) if found.kind == "truth" else found.values

    def _known(self, label: str, *, known: bool) -> str:
        frame = self.phrases.known if known else self.phrases.unknown
        return frame.format(label=label, label_lower=label.lower())

    def _member_known(self, fact: str, member: str, *, known: bool) -> str:
        frame = self.phrases.known_member if known else self.phrases.unknown_member
        return frame.format(included=self.member(fact, member, included=True))

    def list_of(self, texts: Iterable[str]) -> str:
        """Join some texts: "a, b and c"."""
        *first, last = texts
        return f"{self.phrases.comma.join(first)} {self.phrases.and_} {last}" if first else last


def plain(number: float) -> str:
    """A number in plain decimals, as exact as it was given: `60`, `7.5`, never `1e-06`."""
    return format(Decimal(repr(number)).normalize(), "f")


COMPLEMENT = {"at_least": "below", "above": "at_most", "at_most": "above", "below": "at_least"}
"""What holds where a comparison certainly does not."""
