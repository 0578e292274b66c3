"""`rls_rules.durable`: its rulesets stay small, its engines come and go, and it can be done without."""

import dataclasses
import gc
import json
import operator
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from importlib import import_module
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rls_rules import EngineError, Profile, discuss, durable, load_rules
from rls_rules.conditions import Known
from rls_rules.durable import GROUP, MOST_FIELDS, MOST_GROUPS, MOST_RULES, DurableEngine, engine_for
from rls_rules.regions import Box, Space
from rls_rules.vocabulary import Fact, Vocabulary

DAY = date(2026, 11, 22)
MODULE = "durable_rules_engine"
needs_durable = pytest.mark.skipif(not durable.available(), reason="durable_rules cannot be imported here")


class Witness:
    """durable_rules, with a record of what was made, called, told and deleted."""

    def __init__(self) -> None:
        self._module = import_module(MODULE)
        self.programs: list[dict[str, Any]] = []
        self.calls: dict[int, list[str]] = {}
        self.facts: list[str] = []

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def call(handle: int, *arguments: object) -> Any:
            self.calls[handle].append(name)
            if name == "assert_fact":
                self.facts += map(str, arguments)
            return getattr(self._module, name)(handle, *arguments)

        return call

    def create_ruleset(self, name: str, program: str) -> int:
        """Create a ruleset and remember its program."""
        handle: int = self._module.create_ruleset(name, program)
        self.programs.append(json.loads(program))
        self.calls[handle] = []
        return handle

    @property
    def live(self) -> int:
        """How many rulesets, or their sessions, were not deleted."""
        gc.collect()
        gone = ["delete_state", "delete_ruleset"]
        return sum(calls[-2:] != gone for calls in self.calls.values())


@contextmanager
def witnessed() -> Iterator[Witness]:
    """durable_rules under observation, and no engine left from before."""
    with pytest.MonkeyPatch.context() as patch:
        witness = Witness()
        patch.setitem(sys.modules, MODULE, witness)
        patch.setattr(durable, "_of_thread", threading.local())
        yield witness


class Owner:
    """What an engine belongs to."""


FACTS = [Fact(f"truth{i}", "truth") for i in range(150)] + [
    Fact(f"choice{i}", "choice", ("a", "b", "c", "d", "e")) for i in range(100)
]
SPACE = Space(Vocabulary.of(FACTS), [Known(fact.name) for fact in FACTS])
EVERYONE = {0: [SPACE.full]}


@st.composite
def boxes(draw: st.DrawFn) -> Box:
    """A box that tests up to 120 facts in a row, each for some answers or for being unknown."""
    box = SPACE.full
    first = draw(st.integers(0, len(SPACE.slots) - 1))
    allow = draw(st.randoms(use_true_random=False))
    for slot in SPACE.slots[first : first + draw(st.integers(0, 120))]:
        allowed = allow.choice([slot.unknown, allow.randrange(2, 2**slot.cells, 2) << slot.offset])
        box = box & ~slot.mask | allowed
    return box


def someone_in(box: Box) -> Box:
    """A profile inside a box: unknown where it may be, else the first answer that is allowed."""
    return sum((box & slot.mask) & -(box & slot.mask) for slot in SPACE.slots)


def fields(program: object) -> set[str]:
    """The names of all keys in a program."""
    match program:
        case dict():
            return set(program).union(*map(fields, program.values()))
        case list():
            return set().union(*map(fields, program))
        case _:
            return set()


def group(rule: dict[str, Any]) -> str:
    """The first test of a rule."""
    pattern = rule["all"][0]["m"]
    return str(pattern["$and"][0] if "$and" in pattern else pattern)


COMPARISONS: dict[str, Callable[[int, int], bool]] = {
    "$neq": operator.ne, "$lte": operator.le, "$gte": operator.ge,
}  # fmt: skip


def compared(program: dict[str, Any]) -> list[dict[str, Any]]:
    """What the only rule of a program tests, after its group."""
    (rule,) = (rule for name, rule in program.items() if name != "prime")
    tests: list[dict[str, Any]] = rule["all"][0]["m"]["$and"]
    return tests[1:]


def accepted(test: dict[str, Any], answers: Iterable[int]) -> frozenset[int]:
    """The answers to the one fact of a test for which it holds."""
    ((word, rest),) = test.items()
    compare, (wanted,) = (COMPARISONS[word], rest.values()) if word in COMPARISONS else (operator.eq, [rest])
    return frozenset(answer for answer in answers if compare(answer, wanted))


@needs_durable
def test_a_box_has_the_fewest_tests() -> None:
    """Whatever answers a box allows, no fewer comparisons of numbers allow exactly these."""
    slot = next(slot for slot in SPACE.slots if slot.cells == 6)
    answers = range(1, slot.cells)
    single = {accepted({"f": one}, answers) for one in answers}
    single |= {accepted({word: {"f": one}}, answers) for word in COMPARISONS for one in answers}
    fewest = dict.fromkeys(single, 1)
    for count in range(2, slot.cells):
        fewest = {one & other: count for one in fewest for other in single} | fewest
    for allowed in filter(None, fewest):
        box = SPACE.full & ~slot.mask | sum(1 << slot.offset + answer for answer in allowed)
        with witnessed() as witness:
            DurableEngine(SPACE, {0: [box]}).discard()
        tests = compared(witness.programs[0])
        assert frozenset(answers).intersection(*(accepted(test, answers) for test in tests)) == allowed
        assert len(tests) == fewest[allowed], allowed


@needs_durable
@settings(max_examples=30)
@given(st.lists(boxes(), min_size=1, max_size=12), st.integers(1, 60))
def test_rulesets_stay_small(drawn: list[Box], times: int) -> None:
    """Whatever the boxes, a ruleset has at most 12 groups of 40 and tests 200 fields, and none is lost."""
    assert (GROUP, MOST_GROUPS, MOST_RULES, MOST_FIELDS) == (40, 12, 480, 200)
    points = dict(enumerate(drawn * times))
    with witnessed() as witness:
        engine = DurableEngine(SPACE, {number: [box] for number, box in points.items()})
        sizes = [len(program) - 1 for program in witness.programs]
        tested = [sum(name[1:].isdigit() for name in fields(program)) for program in witness.programs]
        first = [Counter(map(group, rules.values())) for rules in witness.programs]
        assert max(sizes) <= MOST_RULES
        assert max(map(len, first)) <= MOST_GROUPS + 1  # the rule that primes is a group of its own
        assert max(count for groups in first for count in groups.values()) <= GROUP
        assert sum(sizes) == len(points)
        assert max(tested) <= MOST_FIELDS
        for box in drawn:
            someone = someone_in(box)
            holding = {n for n, other in points.items() if SPACE.lacking(other, someone) == 0}
            assert engine.fired(someone) == holding


@needs_durable
@pytest.mark.parametrize("distinct", [1, 40, 200])
def test_a_full_ruleset_can_match_as_a_whole(distinct: int) -> None:
    """All 480 rules of one ruleset can match one fact, be asked again, and answer the same."""
    known = SPACE.full & ~SPACE.unknown
    slots = SPACE.slots[:distinct]
    points = {i: [SPACE.full & ~slots[i % len(slots)].unknown] for i in range(MOST_RULES)}
    engine = DurableEngine(SPACE, points)
    assert len(engine._shards) == 1
    for _ in range(3):
        assert engine.fired(someone_in(known)) == set(points)
        assert engine.fired(SPACE.unknown) == set()


@needs_durable
@pytest.mark.parametrize("count", [1, GROUP, GROUP + 1])
def test_a_fact_says_no_more_than_rules_ask(count: int) -> None:
    """Where no rule asks for a gap, the fact of someone who told nothing names the groups of rules, and no more."""
    known = SPACE.full & ~SPACE.slots[0].unknown
    with witnessed() as witness:
        engine = DurableEngine(SPACE, {number: [known] for number in range(count)})
        assert engine.fired(SPACE.unknown) == set()
    groups = {name for name in fields(witness.programs[0]) if name.startswith("group")}
    assert json.loads(witness.facts[-1]).keys() == {"id", *groups}


@needs_durable
def test_each_ruleset_is_primed() -> None:
    """Before it is asked, a ruleset runs one rule and forgets it: deleting its session would crash."""
    with witnessed() as witness:
        engine = DurableEngine(SPACE, EVERYONE)
        (calls,) = witness.calls.values()
        assert calls == [
            "assert_fact",
            "start_action_for_state",
            "complete_and_start_action",
            "retract_fact",
        ]
        assert engine.fired(SPACE.unknown) == {0}


@needs_durable
def test_a_thread_has_one_engine_for_an_owner() -> None:
    """An engine is used again by its thread and by no other."""
    owner, found = Owner(), []
    with witnessed():
        first = engine_for(owner, SPACE, EVERYONE)
        assert engine_for(owner, SPACE, EVERYONE) is first
        thread = threading.Thread(target=lambda: found.append(engine_for(owner, SPACE, EVERYONE) is first))
        thread.start()
        thread.join()
        assert found == [False]


@needs_durable
def test_an_engine_goes_with_its_owner() -> None:
    """When the owner is gone, its engine's rulesets and their sessions are deleted."""
    with witnessed() as witness:
        owner = Owner()
        engine_for(owner, SPACE, EVERYONE)
        assert witness.live == 1
        del owner
        assert witness.live == 0


@needs_durable
def test_an_engine_goes_with_its_thread() -> None:
    """When a thread ends, its engine's rulesets and their sessions are deleted."""
    owner = Owner()
    with witnessed() as witness:
        thread = threading.Thread(target=engine_for, args=(owner, SPACE, EVERYONE))
        thread.start()
        thread.join()
        assert len(witness.programs) == 1
        assert witness.live == 0


@needs_durable
def test_an_engine_goes_with_its_rule_base() -> None:
    """When a rule base is gone, so are its program and its engine."""
    with witnessed() as witness:
        rules = dataclasses.replace(load_rules())
        discuss(Profile(age=50), rules=rules, on=DAY, engine="durable")
        assert witness.live > 0
        del rules
        assert witness.live == 0


@needs_durable
def test_a_discarded_engine_is_not_used_again() -> None:
    """A discarded engine's rulesets are deleted at once, and the next question gets a new engine."""
    owner = Owner()
    with witnessed() as witness:
        engine = engine_for(owner, SPACE, EVERYONE)
        engine.discard()
        assert witness.live == 0
        assert not engine.usable
        assert engine_for(owner, SPACE, EVERYONE) is not engine


def test_without_durable_rules_it_is_not_available(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where durable_rules cannot be imported, it is not available."""
    monkeypatch.setitem(sys.modules, MODULE, None)
    assert not durable.available()


def test_without_durable_rules_asking_for_it_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where durable_rules cannot be imported, asking for it names the way out."""
    monkeypatch.setitem(sys.modules, MODULE, None)
    with pytest.raises(EngineError, match="`reference` or `auto`"):
        discuss(Profile(age=50), on=DAY, engine="durable")


def test_without_durable_rules_auto_is_the_reference(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where durable_rules cannot be imported, `auto` gives the reference discussion and says so."""
    monkeypatch.setitem(sys.modules, MODULE, None)
    discussion = discuss(Profile(age=50), on=DAY)
    assert discussion == discuss(Profile(age=50), on=DAY, engine="reference")
    assert discussion.provenance.engine == "reference"


@needs_durable
def test_an_engine_without_rules_says_nothing() -> None:
    """A rule base without points makes an engine that answers, and shows nothing to anybody."""
    engine = DurableEngine(SPACE, {})
    assert engine.fired(SPACE.unknown) == set()
    engine.discard()
