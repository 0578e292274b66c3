"""What is proved of a rule base: each theorem as a sentence, and as claims about boxes.

A claim says that somebody is, or that nobody is, inside some boxes and outside others.
`proof.py` decides them; a claim that fails comes with a person.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from rls_rules.axioms import nobody
from rls_rules.errors import Problem
from rls_rules.items import TalkingPoint
from rls_rules.program import Program
from rls_rules.refusals import Path
from rls_rules.regions import Box, Slot

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Claim:
    """That somebody is, or nobody is, inside some boxes and outside all of others.

    `otherwise` says what is wrong if the claim fails, and `help` what to do then;
    `about` are the items concerned, by kind and id, the one to mend first; `part` is what to mend of that one.
    A person who refutes the claim hears every point in `shows` and none in `lacks`;
    if `learnt` is a slot, `lacks` were shown to the same person before that answer.
    """

    who: Literal["somebody", "nobody"]
    inside: Sequence[Box]
    without: Sequence[Box]
    about: tuple[tuple[str, str], ...]
    otherwise: str
    help: str
    part: Path = ()
    shows: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    learnt: Slot | None = None


@dataclass(frozen=True, eq=False)
class Ground:
    """A program with what its theorems need again and again."""

    program: Program

    @cached_property
    def nobody(self) -> tuple[Box, ...]:
        """Where nobody can be."""
        return nobody(self.program)

    @cached_property
    def points(self) -> tuple[TalkingPoint, ...]:
        """The points, in the order of their numbers."""
        return tuple(self.program.rules.points.values())

    @cached_property
    def number(self) -> dict[str, int]:
        """The number of each point."""
        return {point.id: number for number, point in enumerate(self.points)}

    def boxes(self, point: str) -> tuple[Box, ...]:
        """Where a point is shown."""
        return self.program.boxes[self.number[point]]

    def together(self, points: Sequence[str]) -> list[Box]:
        """Where some points are all shown."""
        met = [self.program.space.full]
        for point in points:
            met = self.program.space.meet(met, self.boxes(point))
        return met


@dataclass(frozen=True, slots=True)
class Theorem:
    """Something that holds for every possible person, whatever is known of them."""

    name: str
    sentence: str
    claims: Callable[[Ground], Iterator[Claim | Problem]]
    severity: Severity = "error"
