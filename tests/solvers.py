"""Second opinions: conditions as formulas for a SAT solver and for Z3, written from the rule text alone.

Nothing here knows of boxes. Every condition is two formulas, where it is certainly true and where it is certainly false;
both are made of "and" and "or" over atoms, and an atom says that a fact is known and what it is.
The solvers are no dependency: tests that need them are skipped where they are not installed.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any as Anything

from rls_rules import RuleBase
from rls_rules.conditions import All, Any, Compare, Condition, Contains, Known, Not, OneOf, leaves
from rls_rules.vocabulary import Answers, Fact, Vocabulary

Formula = Anything
_OF = {"at_least": (0, True), "above": (1, True), "at_most": (1, False), "below": (0, False)}
"""For each comparison: the side of the threshold from which numbers count, and whether they are the larger ones."""


class Solver(ABC):
    """Where conditions hold, for a solver.

    Everything is asked of two people: the one who told us something, and (`really`) the same one with nothing left out.

    :param conditions: every condition that may be asked about, those of findings left out.
    """

    def __init__(
        self, vocabulary: Vocabulary, findings: Mapping[str, Condition], conditions: Iterable[Condition]
    ) -> None:
        self.findings = findings
        every = [*conditions, *findings.values()]
        tests = [leaf for condition in every for leaf in leaves(condition)]
        self.facts = {leaf.fact: vocabulary[leaf.fact] for leaf in tests if leaf.fact not in findings}
        self.cuts: dict[str, list[tuple[float, int]]] = {}
        for leaf in tests:
            if isinstance(leaf, Compare):
                self.cuts.setdefault(leaf.fact, []).append((leaf.threshold, _OF[leaf.comparison][0]))
        self.cuts = {name: sorted({*cuts}) for name, cuts in self.cuts.items()}
        self._made: dict[tuple[Condition, bool, str], Formula] = {}

    def holds(self, condition: Condition, outcome: bool = True, who: str = "") -> Formula:  # noqa: FBT001, FBT002
        """Where a condition is certainly true (or certainly false) of somebody."""
        key = condition, outcome, who
        if key not in self._made:
            self._made[key] = self._holds(condition, outcome, who)
        return self._made[key]

    def _holds(self, condition: Condition, outcome: bool, who: str) -> Formula:  # noqa: FBT001
        match condition:
            case All(parts):
                join = self.both if outcome else self.either
                return join([self.holds(part, outcome, who) for part in parts])
            case Any(parts):
                join = self.either if outcome else self.both
                return join([self.holds(part, outcome, who) for part in parts])
            case Not(part):
                return self.holds(part, not outcome, who)
            case Known(fact, known, member):
                named = self.parts(fact) if member is None else (member,)
                anything = self.either([self.known(who, fact, part) for part in named])
                return anything if known is outcome else self.no(anything)
            case Contains(fact, member):
                return self.both([self.known(who, fact, member), self.equal(who, fact, member, outcome)])
            case OneOf(fact, values) if fact in self.findings:
                told = [one for one in (True, False) if (one in values) is outcome]
                return self.either([self.holds(self.findings[fact], one, who) for one in told])
            case OneOf(fact, values):
                answers = self.facts[fact].values if self.facts[fact].kind == "choice" else (True, False)
                said = [self.equal(who, fact, "", one) for one in answers if (one in values) is outcome]
                return self.both([self.known(who, fact, ""), self.either(said)])
            case Compare(fact, comparison, threshold):
                side, larger = _OF[comparison]
                beyond = self.beyond(who, fact, threshold, side)
                return self.both(
                    [self.known(who, fact, ""), beyond if larger is outcome else self.no(beyond)]
                )

    def parts(self, fact: str) -> Sequence[str]:
        """The members of a set; of another fact, itself."""
        return self.facts[fact].values if self.facts[fact].kind == "set" else ("",)

    def nothing_impossible(self, rules: RuleBase) -> None:
        """Let the person be one who, with answers to what everybody has answers to, is not impossible."""
        for fact in self.facts:
            for part in self.parts(fact):
                self._as_really(fact, part, certainly=fact in rules.answered_by_everyone)
        for never in rules.impossible.values():
            self.add(self.no(self.holds(never.when, who="really")))
        for described in self.facts.values():
            if described.names == "medicines":
                self._classes(described, rules)

    def _as_really(self, fact: str, part: str, *, certainly: bool) -> None:
        told, really = self.known("", fact, part), self.known("really", fact, part)
        self.add(really if certainly else self.either([self.no(really), told]))
        self.add(self.either([self.no(told), really]))
        for ours, theirs in zip(self.atoms("", fact, part), self.atoms("really", fact, part), strict=True):
            self.add(self.either([self.no(told), self.no(ours), theirs]))
            self.add(self.either([self.no(told), ours, self.no(theirs)]))

    def _classes(self, fact: Fact, rules: RuleBase) -> None:
        """Whoever takes a medicine is known to take its classes, and the other way round."""
        for member in fact.values:
            for above in rules.classes_of.get(member, frozenset()) & {*fact.values} - {member}:
                taken = self.holds(Contains(fact.name, member))
                not_above = self.holds(Contains(fact.name, above), outcome=False)
                self.add(self.either([self.no(taken), self.holds(Contains(fact.name, above))]))
                self.add(
                    self.either([self.no(not_above), self.holds(Contains(fact.name, member), outcome=False)])
                )

    def person(self, answers: Answers) -> list[Formula]:
        """What is so of one person, as atoms and their negations."""
        said: list[Formula] = []
        for name, fact in self.facts.items():
            answer = answers.get(name)
            for part in self.parts(name):
                one = answer.get(part) if isinstance(answer, Mapping) else answer
                known = self.known("", name, part)
                said.append(known if one is not None else self.no(known))
                if one is not None:
                    said += self.told(fact, part, one)
        return said

    def told(self, fact: Fact, part: str, answer: object) -> list[Formula]:
        """One answer, as atoms and their negations."""
        if isinstance(answer, float):
            cuts = self.cuts.get(fact.name, [])
            places = [(answer > cut or (answer == cut and not side), cut, side) for cut, side in cuts]
            beyond = [(yes, self.beyond("", fact.name, cut, side)) for yes, cut, side in places]
            return [atom if yes else self.no(atom) for yes, atom in beyond]
        return [self.equal("", fact.name, part, answer)]

    @abstractmethod
    def known(self, who: str, fact: str, part: str) -> Formula:
        """That a fact, or a member of a set, is known."""

    @abstractmethod
    def equal(self, who: str, fact: str, part: str, answer: object) -> Formula:
        """That the answer, if it is known, is this one."""

    @abstractmethod
    def beyond(self, who: str, fact: str, threshold: float, side: int) -> Formula:
        """That a number, if it is known, is above a threshold, or at it if `side` is 0."""

    @abstractmethod
    def atoms(self, who: str, fact: str, part: str) -> list[Formula]:
        """Everything that can be asked about one answer."""

    @abstractmethod
    def both(self, parts: Sequence[Formula]) -> Formula:
        """All of some formulas."""

    @abstractmethod
    def either(self, parts: Sequence[Formula]) -> Formula:
        """At least one of some formulas."""

    @abstractmethod
    def no(self, part: Formula) -> Formula:
        """The opposite of a formula."""

    @abstractmethod
    def add(self, formula: Formula) -> None:
        """Let a formula hold from now on."""

    @abstractmethod
    def anybody(self, *formulas: Formula) -> bool:
        """Whether there is somebody of whom some formulas are true."""


class Sat(Solver):
    """For python-sat: atoms and formulas are whole numbers, thresholds are in order."""

    def __init__(self, *given: Anything) -> None:
        from pysat.solvers import Solver as Machine  # noqa: PLC0415 - only where it is installed

        super().__init__(*given)
        self._machine = Machine("glucose4")
        self._numbers: dict[object, int] = {}

    def _new(self) -> int:
        self._numbers[object()] = number = len(self._numbers) + 1
        return number

    def _atom(self, *key: object) -> int:
        if key not in self._numbers:
            who, fact, part = str(key[0]), str(key[1]), str(key[2])
            self._numbers[who, fact, part, "known"] = len(self._numbers) + 1
            self._axioms(who, fact, part)
        return self._numbers[key]

    def _axioms(self, who: str, fact: str, part: str) -> None:
        """Make every atom of one answer, and say what holds between them."""
        kind, values = self.facts[fact].kind, self.facts[fact].values
        if kind == "number":
            cuts = [self._named(who, fact, part, cut) for cut in self.cuts.get(fact, ())]
            for low, high in pairwise(cuts):
                self._machine.add_clause([-high, low])
            least, most = self.facts[fact].minimum, self.facts[fact].maximum
            for cut, number in zip(self.cuts.get(fact, ()), cuts, strict=True):
                if cut <= (least, 0):
                    self._machine.add_clause([number])
                if cut >= (most, 1):
                    self._machine.add_clause([-number])
        elif kind == "choice":
            numbers = [self._named(who, fact, part, value) for value in values]
            self._machine.add_clause(numbers)
            for i, one in enumerate(numbers):
                for other in numbers[:i]:
                    self._machine.add_clause([-one, -other])
        else:
            yes = self._named(who, fact, part, True)  # noqa: FBT003 - an answer
            self._numbers[who, fact, part, False] = -yes

    def _named(self, *key: object) -> int:
        self._numbers[key] = number = len(self._numbers) + 1
        return number

    def known(self, who: str, fact: str, part: str) -> int:
        """See `Solver`."""
        return self._atom(who, fact, part, "known")

    def equal(self, who: str, fact: str, part: str, answer: object) -> int:
        """See `Solver`."""
        return self._atom(who, fact, part, answer)

    def beyond(self, who: str, fact: str, threshold: float, side: int) -> int:
        """See `Solver`."""
        return self._atom(who, fact, "", (threshold, side))

    def atoms(self, who: str, fact: str, part: str) -> list[int]:
        """See `Solver`."""
        kind = self.facts[fact].kind
        if kind == "number":
            return [self.beyond(who, fact, *cut) for cut in self.cuts.get(fact, ())]
        answers = self.facts[fact].values if kind == "choice" else (True,)
        return [self.equal(who, fact, part, answer) for answer in answers]

    def both(self, parts: Sequence[int]) -> int:
        """See `Solver`."""
        if len(parts) == 1:
            return parts[0]
        number = self._new()
        for part in parts:
            self._machine.add_clause([-number, part])
        self._machine.add_clause([number, *(-part for part in parts)])
        return number

    def either(self, parts: Sequence[int]) -> int:
        """See `Solver`."""
        return -self.both([-part for part in parts])

    def no(self, part: int) -> int:
        """See `Solver`."""
        return -part

    def add(self, formula: int) -> None:
        """See `Solver`."""
        self._machine.add_clause([formula])

    def anybody(self, *formulas: int) -> bool:
        """See `Solver`."""
        return bool(self._machine.solve(assumptions=formulas))

    def true_of(self, formulas: Sequence[int], person: Sequence[int]) -> list[bool]:
        """Which formulas are true of a person of whom every atom is said."""
        certain, implied = self._machine.propagate(assumptions=person)
        so = {*implied}
        return [certain and formula in so for formula in formulas]


class Z3(Solver):
    """For Z3: numbers are real numbers, choices are whole numbers."""

    def __init__(self, *given: Anything) -> None:
        import z3  # noqa: PLC0415 - only where it is installed

        super().__init__(*given)
        self._z3 = z3
        self._machine = z3.SolverFor("QF_LIRA")
        self._kept: list[Formula] = []  # Z3 gives the numbers of formulas that nobody keeps to others
        self._names: dict[object, Anything] = {}

    def _value(self, who: str, fact: str, part: str) -> Anything:
        key = who, fact, part
        if key not in self._names:
            z3, described, name = self._z3, self.facts[fact], ".".join(key)
            if described.kind == "number":
                self._names[key] = value = z3.Real(name)
                self._machine.add(value >= described.minimum, value <= described.maximum)
            elif described.kind == "choice":
                self._names[key] = value = z3.Int(name)
                self._machine.add(value >= 0, value < len(described.values))
            else:
                self._names[key] = z3.Bool(name)
        return self._names[key]

    def known(self, who: str, fact: str, part: str) -> Formula:
        """See `Solver`."""
        return self._z3.Bool(f"known.{who}.{fact}.{part}")

    def equal(self, who: str, fact: str, part: str, answer: object) -> Formula:
        """See `Solver`."""
        value = self._value(who, fact, part)
        if self.facts[fact].kind == "choice":
            return value == self.facts[fact].values.index(str(answer))
        return value if answer else self._z3.Not(value)

    def beyond(self, who: str, fact: str, threshold: float, side: int) -> Formula:
        """See `Solver`."""
        value = self._value(who, fact, "")
        return value > threshold if side else value >= threshold

    def atoms(self, who: str, fact: str, part: str) -> list[Formula]:
        """See `Solver`."""
        kind = self.facts[fact].kind
        if kind == "number":
            return [self.beyond(who, fact, *cut) for cut in self.cuts.get(fact, ())]
        answers = self.facts[fact].values if kind == "choice" else (True,)
        return [self.equal(who, fact, part, answer) for answer in answers]

    def both(self, parts: Sequence[Formula]) -> Formula:
        """See `Solver`."""
        return self._z3.And(*parts)

    def either(self, parts: Sequence[Formula]) -> Formula:
        """See `Solver`."""
        return self._z3.Or(*parts)

    def no(self, part: Formula) -> Formula:
        """See `Solver`."""
        return self._z3.Not(part)

    def add(self, formula: Formula) -> None:
        """See `Solver`."""
        self._machine.add(formula)

    def anybody(self, *formulas: Formula) -> bool:
        """See `Solver`."""
        z3 = self._z3
        named = []
        for formula in formulas:
            key = formula.get_id()
            if key not in self._names:
                self._names[key] = name = z3.Bool(f"formula.{len(self._names)}")
                self._machine.add(name == formula)
                self._kept.append(formula)
            named.append(self._names[key])
        return bool(self._machine.check(*named) == z3.sat)
