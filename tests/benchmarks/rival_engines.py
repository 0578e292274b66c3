"""Engines to compare with, each in the fastest way that was found to give right answers.

clipspy is here twice: as documented, and in a faster way that runs no rules at all.

Every engine gets the same conditions, which have no negation: `All`, `Any` and leaves.
`prepare` gives an engine one person's answers in its natural form, once and outside the timing;
`fired` is what is timed: from that form to the set of the names of the rules that hold.
durable_rules and plain Python get no preparation: they start from what `recognise` gives.
"""

import json
from collections.abc import Callable, Mapping
from itertools import product
from typing import Any as Anything
from typing import Protocol

from rls_rules.conditions import All, Any, Compare, Condition, Contains, Leaf, OneOf, leaves
from rls_rules.durable import DurableEngine
from rls_rules.regions import Space
from rls_rules.vocabulary import Answers, Vocabulary

SIGNS = {"at_least": ">=", "above": ">", "at_most": "<=", "below": "<"}

Rules = Mapping[str, Condition]


class Engine(Protocol):
    """Rules made ready to be asked."""

    def prepare(self, answers: Answers) -> Anything:
        """One person's answers in the form in which this engine wants them."""

    def fired(self, prepared: Anything) -> set[str]:
        """The names of the rules that hold."""


class Durable:
    """`rls_rules.durable`: plain answers, to a point of the space, to what fired."""

    def __init__(self, facts: Vocabulary, rules: Rules) -> None:
        self._space = Space(facts, rules.values())
        self._names = list(rules)
        boxes = {number: self._space.boxes(when) for number, when in enumerate(rules.values())}
        self._engine = DurableEngine(self._space, boxes)

    def prepare(self, answers: Answers) -> Answers:
        """The answers as they are."""
        return answers

    def fired(self, answers: Answers) -> set[str]:
        """The names of the rules that hold."""
        return {self._names[number] for number in self._engine.fired(self._space.point(answers))}


class PlainPython:
    """One generated function of if-statements over a dict, which looks a fact up wherever it is tested.

    A number that nobody gave is NaN, which is on no side of any threshold.
    """

    def __init__(self, facts: Vocabulary, rules: Rules) -> None:
        tested = sorted({leaf.fact for when in rules.values() for leaf in leaves(when)})
        missing = {"number": "nan", "set": "empty"}
        self._values = {fact: f"get({fact!r}, {missing.get(facts[fact].kind)})" for fact in tested}
        lines = [
            "def fired(facts):",
            " found = set(); add = found.add; get = facts.get",
            *self._first_lines(),
            *(f" if {self._python(when)}: add({name!r})" for name, when in rules.items()),
            " return found",
        ]
        names: dict[str, Anything] = {"nan": float("nan"), "empty": {}}
        exec("\n".join(lines), names)  # noqa: S102 - made of our own names
        self.fired: Callable[[Answers], set[str]] = names["fired"]

    def prepare(self, answers: Answers) -> Answers:
        """The answers as they are."""
        return answers

    def _first_lines(self) -> list[str]:
        return []

    def _python(self, when: Condition) -> str:
        match when:
            case All(parts):
                return " and ".join(self._python(part) for part in parts)
            case Any(parts):
                return f"({' or '.join(self._python(part) for part in parts)})"
            case Contains(fact, member):
                return f"{self._values[fact]}.get({member!r})"
            case OneOf(fact, (bool(value),)):
                return f"{self._values[fact]} is {value}"
            case OneOf(fact, values):
                return f"{self._values[fact]} in {values!r}"
            case Compare(fact, comparison, threshold):
                return f"{self._values[fact]} {SIGNS[comparison]} {threshold}"
            case _:
                raise TypeError(when)


class PlainPythonLocals(PlainPython):
    """The same function, which looks each fact up once, into a local variable: the floor."""

    def _first_lines(self) -> list[str]:
        lines = [f" {fact} = {value}" for fact, value in self._values.items()]
        self._values = {fact: fact for fact in self._values}
        return lines


class ClipsDocumented:
    """clipspy as its documentation shows it: assert a fact of a template, run the rules, read the facts.

    The template has a slot for each fact or member; a slot that nobody filled is `nil`.
    What holds is asserted as a fact by its rule; `reset` clears the facts of the person before.
    To write the fact as text, and one fact an answer with joins, are slower.
    """

    action = "(assert (holds (rule {rule})))"

    def __init__(self, _: Vocabulary, rules: Rules) -> None:
        import clips  # noqa: PLC0415 - not everyone has it

        self._environment = clips.Environment()
        self._slots = {_slot(leaf) for when in rules.values() for leaf in leaves(when)}
        slots = " ".join(f"(slot {slot} (default nil))" for slot in sorted(self._slots))
        self._environment.build(f"(deftemplate person {slots})")
        self._environment.build("(deftemplate holds (slot rule))")
        for name, when in rules.items():
            patterns = " ".join(self._pattern(tests) for tests in _conjunctions(when))
            self._environment.build(f"(defrule {name} (or {patterns}) => {self.action.format(rule=name)})")
        self._person = self._environment.find_template("person")
        self._holds = self._environment.find_template("holds")

    def prepare(self, answers: Answers) -> dict[str, object]:
        """A value for each slot that some rule tests."""
        slots: dict[str, object] = {}
        for fact, answer in answers.items():
            if isinstance(answer, Mapping):
                slots |= {f"{fact}-{member}": value for member, value in answer.items()}
            else:
                slots[fact] = answer
        return {slot: value for slot, value in slots.items() if slot in self._slots}

    def fired(self, slots: dict[str, object]) -> set[str]:
        """The names of the rules that hold."""
        self._environment.reset()
        self._person.assert_fact(**slots)
        self._environment.run()
        return {str(fact["rule"]) for fact in self._holds.facts()}

    def _pattern(self, tests: tuple[Leaf, ...]) -> str:
        return f"(person {' '.join(f'({_slot(test)} {self._constraint(test)})' for test in tests)})"

    def _constraint(self, test: Leaf) -> str:
        match test:
            case Contains():
                return "TRUE"
            case OneOf(_, values):
                return "|".join(str(v).upper() if isinstance(v, bool) else f'"{v}"' for v in values)
            case Compare(fact, comparison, threshold):
                return f"?{fact}&:(and (numberp ?{fact}) ({SIGNS[comparison]} ?{fact} {threshold}))"
            case _:
                raise TypeError(test)


class Clips(ClipsDocumented):
    """clipspy without running any rule: a look at its agenda, which names the rules that would run."""

    action = ""

    def fired(self, slots: dict[str, object]) -> set[str]:
        """The names of the rules that hold."""
        fact = self._person.assert_fact(**slots)
        found = {activation.name for activation in self._environment.activations()}
        fact.retract()
        return found


class _Lists:
    """An engine that wants a set as the list of the members that it certainly has."""

    def prepare(self, answers: Answers) -> dict[str, object]:
        """The answers with sets as lists."""
        return {
            fact: [member for member, value in answer.items() if value]
            if isinstance(answer, Mapping)
            else answer
            for fact, answer in answers.items()
        }


class Zen(_Lists):
    """zen-engine: a decision table that collects, one whole condition a row, parsed once.

    A column a fact, expression nodes, compiled expressions one by one,
    and content that is not parsed beforehand are all slower.
    """

    def __init__(self, _: Vocabulary, rules: Rules) -> None:
        import zen  # noqa: PLC0415

        table = {
            "hitPolicy": "collect",
            "inputs": [{"id": "when", "name": "when"}],
            "outputs": [{"id": "rule", "name": "rule", "field": "rule"}],
            "rules": [
                {"_id": name, "when": self._zen(when), "rule": json.dumps(name)}
                for name, when in rules.items()
            ],
        }
        nodes = [("in", "inputNode", {}), ("table", "decisionTableNode", table), ("out", "outputNode", {})]
        graph = {
            "nodes": [
                {"id": name, "name": name, "type": kind, "position": {"x": 0, "y": 0}, "content": content}
                for name, kind, content in nodes
            ],
            "edges": [
                {"id": a + b, "type": "edge", "sourceId": a, "targetId": b}
                for a, b in (("in", "table"), ("table", "out"))
            ],
        }
        self._decision = zen.ZenEngine().create_decision(zen.ZenDecisionContent(json.dumps(graph)))

    def fired(self, answers: dict[str, object]) -> set[str]:
        """The names of the rules that hold."""
        return {row["rule"] for row in self._decision.evaluate(answers)["result"]}

    def _zen(self, when: Condition) -> str:
        match when:
            case All(parts):
                return " and ".join(self._zen(part) for part in parts)
            case Any(parts):
                return f"({' or '.join(self._zen(part) for part in parts)})"
            case Contains(fact, member):
                return f'({fact} != null and contains({fact}, "{member}"))'
            case OneOf(fact, values):
                return f"{fact} in {json.dumps(values)}"
            case Compare(fact, comparison, threshold):
                return f"({fact} != null and {fact} {SIGNS[comparison]} {threshold})"
            case _:
                raise TypeError(when)


class RuleEngine(_Lists):
    """rule-engine: one compiled rule after the other."""

    def __init__(self, _: Vocabulary, rules: Rules) -> None:
        import rule_engine  # noqa: PLC0415

        context = rule_engine.Context(default_value=None)
        self._rules = {
            name: rule_engine.Rule(self._text(when), context=context) for name, when in rules.items()
        }

    def fired(self, answers: dict[str, object]) -> set[str]:
        """The names of the rules that hold."""
        return {name for name, rule in self._rules.items() if rule.matches(answers)}

    def _text(self, when: Condition) -> str:
        match when:
            case All(parts):
                return " and ".join(f"({self._text(part)})" for part in parts)
            case Any(parts):
                return " or ".join(f"({self._text(part)})" for part in parts)
            case Contains(fact, member):
                return f'{fact} != null and "{member}" in {fact}'
            case OneOf(fact, values):
                return " or ".join(f"{fact} == {json.dumps(value)}" for value in values)
            case Compare(fact, comparison, threshold):
                return f"{fact} != null and {fact} {SIGNS[comparison]} {threshold}"
            case _:
                raise TypeError(when)


class JsonLogic(_Lists):
    """JsonLogic in Python (json-logic-qubit): one rule after the other."""

    def __init__(self, _: Vocabulary, rules: Rules) -> None:
        from json_logic import jsonLogic  # noqa: PLC0415

        self._apply = jsonLogic
        self._rules = {name: self._logic(when) for name, when in rules.items()}

    def fired(self, answers: dict[str, object]) -> set[str]:
        """The names of the rules that hold."""
        return {name for name, rule in self._rules.items() if self._apply(rule, answers)}

    def _logic(self, when: Condition) -> dict[str, object]:
        match when:
            case All(parts):
                return {"and": [self._logic(part) for part in parts]}
            case Any(parts):
                return {"or": [self._logic(part) for part in parts]}
            case Contains(fact, member):
                return {"in": [member, {"var": [fact, []]}]}
            case OneOf(fact, (value,)):
                return {"===": [{"var": fact}, value]}
            case OneOf(fact, values):
                return {"in": [{"var": fact}, list(values)]}
            case Compare(fact, comparison, threshold):
                return {SIGNS[comparison]: [{"var": fact}, threshold]}
            case _:
                raise TypeError(when)


def _slot(leaf: Leaf) -> str:
    return f"{leaf.fact}-{leaf.member}" if isinstance(leaf, Contains) else leaf.fact


def _conjunctions(when: Condition) -> list[tuple[Leaf, ...]]:
    """The alternatives of a conjunction of leaves and `any` of leaves."""
    match when:
        case All(parts):
            found = product(*(part.parts if isinstance(part, Any) else (part,) for part in parts))
            return list(found)  # type: ignore[arg-type]
        case _:
            raise TypeError(when)
