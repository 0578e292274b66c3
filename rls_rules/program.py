"""A rule base made ready to be asked: lowered to boxes once, with its words at hand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, reduce
from operator import or_

from rls_rules.conditions import Condition
from rls_rules.discussion import Citation, Decides
from rls_rules.english import English
from rls_rules.errors import Problem, RulesError
from rls_rules.items import URGENCIES, Grade, Statement
from rls_rules.regions import MOST_BOXES, Box, Slot, Space, TooManyBoxesError, absorb
from rls_rules.rulebase import RuleBase
from rls_rules.vocabulary import Vocabulary

Places = int
"""Some of the boxes of all points, which are counted through: a bit for each."""


class _Names(dict[Box, tuple[str, ...]]):
    """The facts that some guard bits belong to, in alphabetical order; looked up once for each set of bits."""

    def __init__(self, slots: Iterable[Slot]) -> None:
        super().__init__()
        self._slots = slots

    def __missing__(self, guards: Box) -> tuple[str, ...]:
        names = self[guards] = tuple(sorted({slot.fact.name for slot in self._slots if slot.guard & guards}))
        return names


@dataclass(frozen=True, eq=False, repr=False)
class Program:
    """One rule base, compiled; points are numbered in the order of the rule base."""

    rules: RuleBase
    space: Space
    ids: tuple[str, ...]
    boxes: Mapping[int, tuple[Box, ...]]
    """Where each point is certainly to be shown."""
    impossible: tuple[Box, ...]
    """Where nobody can be."""
    english: English
    citations: Mapping[str, Citation]
    """Every statement that may be cited."""

    _decided: dict[tuple[int, tuple[str, ...]], tuple[tuple[str, Decides], ...]] = field(default_factory=dict)

    @cached_property
    def named(self) -> "_Names":
        """The facts that some guard bits belong to, by these bits."""
        return _Names(self.space.slots)

    def decided_by(self, number: int, facts: tuple[str, ...]) -> tuple[tuple[str, Decides], ...]:
        """What each of some facts decides, if together they decide a point; made once for each set of facts."""
        made = self._decided.get((number, facts))
        if made is None:
            point = self.rules.points[self.ids[number]]
            others = [(fact, facts[:i] + facts[i + 1 :]) for i, fact in enumerate(facts)]
            made = tuple((fact, Decides(point.id, point.title, point.urgency, rest)) for fact, rest in others)
            self._decided[number, facts] = made
        return made

    def heard(self, point: Box) -> set[int]:
        """The numbers of the points one of whose boxes holds a profile.

        :param point: the profile, from `Space.point`.
        """
        return {number for number, box in self.placed if box & point == point}

    @cached_property
    def asking(self) -> frozenset[int]:
        """The numbers of the points that an answer can take away: they want something to be unknown."""
        known = self.space.full & ~self.space.unknown
        return frozenset(number for number, box in self.placed if self.space.lacking(known, box))

    @cached_property
    def by_urgency(self) -> tuple[int, ...]:
        """The numbers of the points, those of urgent ones first."""
        points = [self.rules.points[name] for name in self.ids]
        return tuple(sorted(self.boxes, key=lambda number: URGENCIES.index(points[number].urgency)))

    @cached_property
    def places(self) -> Mapping[int, Places]:
        """The places of the boxes of each point."""
        places: dict[int, Places] = dict.fromkeys(self.boxes, 0)
        for place, (number, _) in enumerate(self.placed):
            places[number] |= 1 << place
        return places

    @cached_property
    def placed(self) -> tuple[tuple[int, Box], ...]:
        """What is at each place: the number of a point and one of its boxes."""
        return tuple((number, box) for number, several in self.boxes.items() for box in several)

    @cached_property
    def needs(self) -> tuple[tuple[int, Box], ...]:
        """For each place, the number of the point and the guard bits of the slots that must be known there."""
        unknown = self.space.unknown
        return tuple((number, self.space.lacking(box, unknown)) for number, box in self.placed)

    @cached_property
    def outside(self) -> Mapping[Box, Places]:
        """For the bit of each answer, "unknown" among them: the places of the boxes that do not allow it."""
        bits = (slot.unknown << cell for slot in self.space.slots for cell in range(slot.cells))
        return {
            bit: sum(1 << place for place, (_, box) in enumerate(self.placed) if not box & bit)
            for bit in bits
        }

    @cached_property
    def indifferent(self) -> Box:
        """Every answer to the facts that nothing impossible tests."""
        tested = reduce(or_, (self.space.full & ~box for box in self.impossible), 0)
        return sum(slot.mask for slot in self.space.slots if not tested & slot.mask)


def compiled(rules: RuleBase) -> Program:
    """Compile a rule base, once for as long as it lives.

    :raises RulesError: if a condition stands for too many situations.
    """
    kept = vars(rules)  # a weak mapping would keep both for ever: a program holds its rules
    program: Program | None = kept.get("program")
    if program is None:
        program = kept["program"] = compiled_in(rules, rules.vocabulary, rules.conditions)
    return program


def compiled_in(rules: RuleBase, vocabulary: Vocabulary, conditions: Iterable[Condition]) -> Program:
    """Compile a rule base into a space cut for more conditions than its own.

    The boxes of two rule bases can be compared if both were compiled with the same vocabulary and conditions.

    :raises RulesError: if a condition stands for too many situations.
    """
    findings = {finding.id: finding.when for finding in rules.findings.values()}
    space = Space(vocabulary, conditions, findings)
    problems: list[Problem] = []
    lowered: dict[tuple[str, str], tuple[Box, ...]] = {}
    for kind, items in (
        ("finding", rules.findings),
        ("point", rules.points),
        ("impossible", rules.impossible),
    ):
        for item in items.values():
            try:
                lowered[kind, item.id] = tuple(space.boxes(item.when))
            except TooManyBoxesError:
                problems.append(
                    Problem(
                        rules.place(kind, item.id, ("when",)),
                        f"the condition of `{item.id}` stands for more than {MOST_BOXES} situations",
                        "name its parts as findings, or make it two points",
                    )
                )
    if problems:
        raise RulesError(problems)
    ids = tuple(rules.points)
    never = [box for name in rules.impossible for box in lowered["impossible", name]]
    return Program(
        rules=rules,
        space=space,
        ids=ids,
        boxes={number: lowered["point", name] for number, name in enumerate(ids)},
        impossible=tuple(absorb(never)),
        english=English(
            rules.vocabulary, rules.words, rules.findings, _member_names(rules), rules.note.phrases
        ),
        citations={
            name: _citation(rules.statements[name]) for name in rules.statements if rules.citable(name)
        },
    )


def _member_names(rules: RuleBase) -> dict[str, str]:
    """How each medicine, class and option is called inside a clause."""
    names = {option.id: option.name for option in rules.options.values()}
    names |= {class_.id: class_.name for class_ in rules.classes.values()}
    return names | {medicine.id: medicine.name for medicine in rules.medicines.values()}


def _citation(statement: Statement) -> Citation:
    return Citation(
        statement=statement.id,
        source=statement.source,
        also=statement.also,
        place=statement.place,
        about=statement.about,
        strength=_shown(statement.strength),
        certainty=_shown(statement.certainty),
        checked=statement.checked,
    )


def _shown(grade: Grade | None) -> str | None:
    """A strength or certainty, if it was checked."""
    return None if grade is None or grade.checked == "unchecked" else grade.words
