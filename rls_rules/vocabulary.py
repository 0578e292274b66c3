"""The facts that rules may speak of, as data: name, kind, range, unit, answers."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

Kind = Literal["truth", "choice", "number", "set", "quoted"]
"""`truth` is yes or no, `choice` one of several answers, `set` any of several members,
`quoted` is repeated to the reader and never read by a rule."""

NameKind = Literal["", "medicines", "options"]
"""Where the members of a set come from, if not from the vocabulary."""

Answer = bool | str | float | Mapping[str, bool]
"""One known answer; a set is answered member by member, and a member not named is unknown."""

Answers = Mapping[str, Answer]
"""What is known about one person, by fact; a fact that is not there is unknown."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that may be known about a person.

    `values` are the answers of a choice or the members of a set, in the order they are offered.
    `minimum` and `maximum` are inclusive and in `unit`.
    `names` says that the members are names from the rule files instead.
    """

    name: str
    kind: Kind
    values: tuple[str, ...] = ()
    minimum: float = 0.0
    maximum: float = 0.0
    unit: str = ""
    names: NameKind = ""


@dataclass(frozen=True)
class Vocabulary:
    """All facts, by name, in the order in which a person would be asked."""

    facts: Mapping[str, Fact]

    @classmethod
    def of(cls, facts: Iterable[Fact]) -> "Vocabulary":
        """A vocabulary of these facts."""
        return cls({fact.name: fact for fact in facts})

    def __getitem__(self, name: str) -> Fact:
        return self.facts[name]

    def __contains__(self, name: object) -> bool:
        return name in self.facts

    def __iter__(self) -> Iterator[Fact]:
        return iter(self.facts.values())

    def with_members(self, fact: str, members: Iterable[str]) -> "Vocabulary":
        """The same vocabulary, with these members in place of the named set's own."""
        changed = replace(self.facts[fact], values=tuple(members))
        return Vocabulary({**self.facts, fact: changed})
