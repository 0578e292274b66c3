"""Two rule bases in one space of profiles, so that what one person hears in each can be compared.

Both are compiled with the same facts and thresholds. What a name of a medicine or an option means may differ
between them: then the name is a member of its own, and each rule base sees in it what it implies there.
Whoever is impossible in one of the two is left out.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce

from rls_rules.answers import SetAnswer
from rls_rules.axioms import NO, UNKNOWN, YES, implied, listed, only
from rls_rules.conditions import Condition
from rls_rules.names import plain_name
from rls_rules.profile import Profile
from rls_rules.program import Program, compiled_in
from rls_rules.regions import Box, Slot, Space, absorb
from rls_rules.rulebase import RuleBase
from rls_rules.search import fewest
from rls_rules.vocabulary import Vocabulary
from rls_rules.witness import profile_in

Pairs = list[tuple[Slot, Slot]]
"""Members of sets, each with another that it implies."""


class CommonSpace:
    """Two rule bases, compiled into one space.

    :raises RulesError: if a condition stands for too many situations.
    """

    def __init__(self, old: RuleBase, new: RuleBase) -> None:
        conditions = (*old.conditions, *new.conditions)
        vocabulary, self._names = _vocabulary(old, new)
        self.old = _Side(old, vocabulary, conditions)
        self.new = _Side(new, vocabulary, conditions)
        self.space = self.old.program.space
        in_both = [pair for pair in self.old.pairs if pair in self.new.pairs]
        self.old.pairs = [pair for pair in self.old.pairs if pair not in in_both]
        self.new.pairs = [pair for pair in self.new.pairs if pair not in in_both]
        names = [slot for slot in self.space.slots if (slot.fact.name, slot.member) in self._names]
        self.nobody: tuple[Box, ...] = tuple(
            absorb(
                [
                    *implied(self.space, (pair for pair in in_both if pair[0] not in names)),
                    *(
                        only(self.space, {name: YES, above: UNKNOWN | NO})
                        for name, above in in_both
                        if name in names
                    ),
                    *(only(self.space, {name: NO}) for name in names),
                    *self.old.impossible(),
                    *self.new.impossible(),
                ]
            )
        )
        self._renamed = [only(self.space, {name: YES}) for name in names]
        self._classes = {
            name: old.classes_of[name] & new.classes_of[name]
            for name in old.classes_of.keys() & new.classes_of
        }

    def smallest(self, inside: Iterable[Box], without: Sequence[Box] = ()) -> Profile | None:
        """The possible person of whom least is known inside some boxes and outside all of others.

        One who gives a name that means something else in the other rule base only if there is nobody else.
        """
        inside = list(inside)
        region = fewest(self.space, inside, (*without, *self.nobody, *self._renamed))
        if region is None and self._renamed:
            region = fewest(self.space, inside, (*without, *self.nobody))
        return None if region is None else profile_in(self.space, region, self._classes)

    def renamed(self, profile: Profile) -> bool:
        """Whether a person gives a name that means something else in the other rule base."""
        given = (
            (fact, member)
            for fact, answer in profile.known().items()
            if isinstance(answer, SetAnswer)
            for member in answer.includes
        )
        return not self._names.isdisjoint(given)


class _Side:
    """One of the two rule bases: `pairs` are the members and what they imply here and not in the other."""

    def __init__(self, rules: RuleBase, vocabulary: Vocabulary, conditions: Sequence[Condition]) -> None:
        self.program: Program = compiled_in(rules, vocabulary, conditions)
        self.pairs: Pairs = list(_pairs(rules, self.program.space.slots))
        self._number = {name: number for number, name in enumerate(self.program.ids)}

    def heard(self, points: Iterable[str]) -> list[Box]:
        """Where one of some points is heard."""
        return absorb(box for point in points for box in self._seen(self.program.boxes[self._number[point]]))

    def impossible(self) -> list[Box]:
        """Where nobody can be by these rules alone."""
        space = self.program.space
        contrary = [only(space, {member: YES, above: NO}) for member, above in self.pairs]
        return [*self._seen(listed(self.program)), *contrary]

    def _seen(self, boxes: Iterable[Box]) -> list[Box]:
        """Where those are whom these rules see in some boxes, once they have drawn their own conclusions."""
        return reduce(lambda found, pair: _before(self.program.space, found, *pair), self.pairs, list(boxes))


def _before(space: Space, boxes: Iterable[Box], member: Slot, above: Slot) -> list[Box]:
    """Where people were before one conclusion: who takes the member takes what is above it, and the reverse of no."""
    found: list[Box] = []
    for box in boxes:
        of_member = (box & member.mask) >> member.offset
        of_above = (box & above.mask) >> above.offset
        reached = {
            UNKNOWN: (of_above & (UNKNOWN | YES) if of_member & UNKNOWN else 0)
            | (of_above & NO if of_member & NO else 0),
            NO: of_above if of_member & NO else 0,
            # Nobody takes the one and not the other; allowing both keeps boxes whole.
            YES: (UNKNOWN | YES if of_above & YES else 0) | of_above & NO if of_member & YES else 0,
        }
        for cells in {*reached.values()} - {0}:
            from_ = sum(cell for cell, several in reached.items() if several & cells == cells)
            rest = box & ~member.mask & ~above.mask
            found.append(rest | from_ << member.offset | cells << above.offset)
    return [box for box in absorb(found) if space.is_some(box)]


def _vocabulary(old: RuleBase, new: RuleBase) -> tuple[Vocabulary, set[tuple[str, str | None]]]:
    """The facts with the members that either names; and, apart, the names that mean something else in the other."""
    vocabulary = old.vocabulary
    added: set[tuple[str, str | None]] = set()
    for fact in old.vocabulary:
        if fact.names:
            members = {*fact.values, *new.vocabulary[fact.name].values}
            names = _changed(old, new, fact.name, members)
            vocabulary = vocabulary.with_members(fact.name, [*sorted(members), *names])
            added |= {(fact.name, name) for name in names}
    return vocabulary, added


def _changed(old: RuleBase, new: RuleBase, fact: str, members: set[str]) -> list[str]:
    """One name for each way in which names imply other members in one rule base than in the other."""
    spelled = {**old.spellings, **new.spellings}
    known = {plain_name(member) for member in members}
    ways: dict[tuple[frozenset[str], frozenset[str]], str] = {}
    for name in sorted({*(old.names(fact) or ()), *(new.names(fact) or ())} - known):
        way = _implies(old, fact, name) & members, _implies(new, fact, name) & members
        if way[0] != way[1]:
            ways.setdefault(way, spelled.get(name, name))
    return sorted(ways.values())


def _implies(rules: RuleBase, fact: str, name: str) -> frozenset[str]:
    """What somebody who gives a name has besides, in the eyes of some rules."""
    ids = (rules.names(fact) or {}).get(plain_name(name), ())
    above = rules.classes_of if rules.vocabulary[fact].names == "medicines" else {}
    return frozenset(ids).union(*(above.get(one, frozenset()) for one in ids))


def _pairs(rules: RuleBase, slots: Sequence[Slot]) -> Iterator[tuple[Slot, Slot]]:
    """Each member of a set with each other that it implies."""
    for slot in slots:
        if slot.fact.names and slot.member is not None:
            above = _implies(rules, slot.fact.name, slot.member) - {slot.member}
            yield from (
                (slot, one) for one in slots if one.fact.name == slot.fact.name and one.member in above
            )
