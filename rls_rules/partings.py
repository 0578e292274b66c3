"""Where a rule base and a mutant of it part ways: decided by the normal form, never guessed.

A mutant is equivalent if no possible person, whatever is known of them, gets another verdict
(shown, silent, undecided) from any point or finding.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from rls_rules.axioms import nobody
from rls_rules.mutants import Kind, Mutant, touched
from rls_rules.program import Program, compiled_in
from rls_rules.regions import Box, Space
from rls_rules.rulebase import RuleBase
from rls_rules.search import fewest, known


@dataclass(frozen=True, slots=True)
class Parting:
    """A region in which everybody gets another verdict from one point or finding, and the fewest facts are known."""

    kind: Kind
    item: str
    region: Box


@dataclass(frozen=True, eq=False)
class Partings:
    """A rule base beside its mutants, in one space whose thresholds are those of all."""

    program: Program

    @classmethod
    def of(cls, rules: RuleBase, mutants: Iterable[Mutant]) -> Self:
        """The place in which these mutants can be held against their rule base."""
        mutated = [mutant.changed.when for mutant in mutants if mutant.of_condition]
        return cls(compiled_in(rules, rules.vocabulary, (*rules.conditions, *mutated)))

    @cached_property
    def nobody(self) -> tuple[Box, ...]:
        """Where nobody can be."""
        return nobody(self.program)

    def parting(self, mutant: Mutant) -> Parting | None:
        """Where a mutant parts ways with its rule base, with the fewest facts known; None if nowhere: it is equivalent.

        Points are looked at first, and where they are certainly shown;
        then where they are certainly not; then findings, which a person reads among the reasons.

        :raises TooManyBoxesError: if the mutant stands for too many situations to be loaded.
        """
        if not mutant.of_condition:
            return None
        items = sorted(touched(self.program.rules, mutant))
        rules = mutant.rules
        space = self.program.space.with_findings({one.id: one.when for one in rules.findings.values()})
        for kind in ("point", "finding"):
            names = [name for found, name in items if found == kind]
            for holds in (True, False):
                found = [one for name in names for one in self._apart(space, rules, kind, name, holds=holds)]
                if found:
                    return min(found, key=lambda one: known(space, one.region))
        return None

    def _apart(
        self, space: Space, other: RuleBase, kind: Kind, name: str, *, holds: bool
    ) -> Iterator[Parting]:
        """The regions where exactly one of the two says that a condition certainly holds (or does not)."""
        rules = self.program.rules
        before, after = (
            (rules.points[name].when, other.points[name].when)
            if kind == "point"
            else (rules.findings[name].when, other.findings[name].when)
        )
        ours, theirs = self.program.space.boxes(before, holds=holds), space.boxes(after, holds=holds)
        for inside, outside in ((ours, theirs), (theirs, ours)):
            new = [box for box in inside if box not in outside]
            region = fewest(space, new, (*outside, *self.nobody))
            if region is not None:
                yield Parting(kind, name, self._fewer(region, new, (*outside, *self.nobody)))

    def _fewer(self, region: Box, inside: Sequence[Box], without: Sequence[Box]) -> Box:
        """The same region with every fact left unknown that need not be known."""
        space = self.program.space
        for slot in space.slots:
            if region & slot.unknown:
                region = region & ~slot.mask | slot.unknown
        needless = [region]
        while needless:
            region = needless[0]
            fewer = (region & ~slot.mask | slot.unknown for slot in space.slots if not region & slot.unknown)
            needless = [
                less
                for less in fewer
                if any(less & box == less for box in inside)
                and not any(space.is_some(less & box) for box in without)
            ]
        return region
