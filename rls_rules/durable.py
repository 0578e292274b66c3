"""Boxes on durable_rules, in the one pattern that is safe.

durable_rules 2.0.28 crashes, hangs, loses results or answers wrongly in many ways
(`tests/test_durable_limits.py` holds those that concern us). So:

- every box is one rule, a conjunction of positive tests on small whole numbers;
- the rules of a ruleset stand in groups: the first test of each is that of its group, and always true,
  so that whatever the profile, the matcher's stack of 64 never holds more than one group and the other groups;
- one fact with a fixed id per ruleset is asserted, its agenda drained, and the fact retracted;
- the engine sees the numbers of cells, never an answer, and a fact that nobody answered is absent;
- one engine belongs to one thread and one process;
- after any error everything is thrown away: no answer comes from an engine that has erred.
"""

import json
import os
import threading
import weakref
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from importlib import import_module
from operator import or_
from types import ModuleType

from rls_rules.errors import EngineError
from rls_rules.regions import Box, Slot, Space

GROUP = 40
MOST_GROUPS = 12
MOST_RULES = GROUP * MOST_GROUPS
MOST_FIELDS = 200

_MATCHED, _NOT_MATCHED = 0, 1


def available() -> bool:
    """Whether durable_rules can be imported here; on CPython 3.13 and later it usually cannot."""
    try:
        import_module("durable_rules_engine")
    except ImportError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class _Shard:
    """One ruleset: its handle, how its fact begins, and how it goes on for each slot that its rules test.

    For a slot: where its bits begin, the mask of its bits there, and the text for each bit.
    """

    handle: int
    opening: str
    properties: tuple[tuple[int, int, Mapping[int, str]], ...]


_Rule = tuple[list[tuple[int, Box]], int]
"""One box: the slots that it tests, each with the cells that it allows, and the number of its point."""


class DurableEngine:
    """The boxes of a rule base, compiled into rulesets.

    :param space: the space that the boxes live in.
    :param boxes: the boxes of each point, by its number.
    """

    def __init__(self, space: Space, boxes: Mapping[int, Sequence[Box]]) -> None:
        self._engine: ModuleType = import_module("durable_rules_engine")
        self._slots = space.slots
        self._busy = False
        self._process = os.getpid()
        self._thread = threading.get_ident()
        self._shards: list[_Shard] = []
        self._close = weakref.finalize(self, _delete, self._engine, self._shards)
        known = space.full & ~space.unknown
        gaps = reduce(or_, (space.lacking(known, box) for several in boxes.values() for box in several), 0)
        self._properties = [
            (slot.offset, (1 << slot.cells) - 1, _properties(slot, gap=bool(gaps & slot.guard)))
            for slot in space.slots
        ]
        rules = [(self._tested(box), number) for number, several in boxes.items() for box in several]
        rules.sort()  # the matcher shares the tests that begin a group
        try:
            while rules:
                rules = self._build(rules)
        except Exception:  # noqa: BLE001 - whatever it was, there is no engine
            self.discard()
            message = f"durable_rules could not build ruleset {len(self._shards) + 1}"
            raise EngineError(message) from None

    @property
    def usable(self) -> bool:
        """Whether this engine may answer here: not discarded, its own thread and process, not in a question."""
        here = self._process == os.getpid() and self._thread == threading.get_ident()
        return here and self._close.alive and not self._busy

    def fired(self, point: Box) -> set[int]:
        """Return the numbers of the points one of whose boxes holds a profile.

        :param point: the profile, from `Space.point`.
        :raises EngineError: if durable_rules failed; the engine is then discarded.
        """
        numbers: set[int] = set()
        self._busy = True
        for i, shard in enumerate(self._shards):
            try:
                numbers.update(self._ask(shard, point))
            except BaseException as error:
                self.discard()
                if not isinstance(error, Exception):
                    raise
                message = f"durable_rules failed in ruleset {i + 1} of {len(self._shards)}"
                raise EngineError(message) from None
        self._busy = False
        return numbers

    def discard(self) -> None:
        """Delete the rulesets; in a forked process, its own copy of them."""
        self._close()

    def _ask(self, shard: _Shard, point: Box) -> list[int]:
        """Assert one fact, collect the rules that match it, and retract it, for which its id is enough."""
        known = [texts[point >> offset & cells] for offset, cells, texts in shard.properties]
        fact = shard.opening + "".join(known) + "}"
        numbers: list[int] = []
        code, state = self._engine.assert_fact(shard.handle, fact)
        if code == _MATCHED:
            begun = self._engine.start_action_for_state(shard.handle, state)
            action = begun and begun[1]
            if not action:  # a match without a result: the session has gone silent
                raise EngineError(code)
            while action:
                numbers.append(int(action[3 : action.index('"', 3)].partition("_")[0]))
                action = self._engine.complete_and_start_action(shard.handle, state)
        elif code != _NOT_MATCHED:
            raise EngineError(code)
        code, _ = self._engine.retract_fact(shard.handle, '{"id":"p"}')
        if code not in (_MATCHED, _NOT_MATCHED):
            raise EngineError(code)
        return numbers

    def _build(self, rules: list[_Rule]) -> list[_Rule]:
        """Make one ruleset of as many rules as it may hold; return the rest."""
        program: dict[str, object] = {"prime": {"all": [{"m": {"prime": 1}}]}}
        fields: dict[str, int] = {}
        taken = 0
        for wanted, number in rules[:MOST_RULES]:
            tested = [(self._slots[i], cells) for i, cells in wanted]
            wider = fields | {_name(slot, cells): slot.index for slot, cells in tested}
            if len(wider) > MOST_FIELDS and taken:
                break
            fields = wider
            tests = [test for slot, cells in tested for test in _tests(slot, cells)]
            group = {f"group{taken // GROUP}": 1}
            program[f"p{number}_{taken}"] = {"all": [{"m": {"$and": [group, *tests]}}]}
            taken += 1
        handle = self._engine.create_ruleset(f"shard{len(self._shards)}", json.dumps(program))
        self._prime(handle)
        groups = "".join(f',"group{i}":1' for i in range(1 + (taken - 1) // GROUP))
        properties = tuple(self._properties[i] for i in sorted(set(fields.values())))
        self._shards.append(_Shard(handle, '{"id":"p"' + groups, properties))
        return rules[taken:]

    def _tested(self, box: Box) -> list[tuple[int, Box]]:
        """The slots that a box tests, and the cells that it allows there."""
        return [(i, box & slot.mask) for i, slot in enumerate(self._slots) if box & slot.mask != slot.mask]

    def _prime(self, handle: int) -> None:
        """Run one rule once: deleting the session of a ruleset that never ran crashes."""
        fact = '{"id":"prime","prime":1}'
        _, state = self._engine.assert_fact(handle, fact)
        self._engine.start_action_for_state(handle, state)
        self._engine.complete_and_start_action(handle, state)
        self._engine.retract_fact(handle, fact)


def _properties(slot: Slot, *, gap: bool) -> dict[int, str]:
    """What a fact says for each cell, by its bit; of "unknown" it says something only if a rule tests the gap."""
    known = {1 << cell: f',"f{slot.index}":{cell}' for cell in range(1, slot.cells)}
    return {1: f',"g{slot.index}":1' if gap else ""} | known


def _name(slot: Slot, cells: Box) -> str:
    """The field that holds what is wanted of a slot: its gap or its answer."""
    return f"{'g' if cells == slot.unknown else 'f'}{slot.index}"


def _tests(slot: Slot, cells: Box) -> list[dict[str, object]]:
    """The fewest positive tests that hold in exactly some cells of a slot."""
    name = _name(slot, cells)
    if cells == slot.unknown:
        return [{name: 1}]
    allowed = [cell for cell in range(1, slot.cells) if cells >> (slot.offset + cell) & 1]
    first, last = allowed[0], allowed[-1]
    if first == last:
        return [{name: first}]
    at_least: list[dict[str, object]] = [{"$gte": {name: first}}] if first > 1 else []
    at_most: list[dict[str, object]] = [{"$lte": {name: last}}] if last < slot.cells - 1 else []
    gaps: list[dict[str, object]] = [
        {"$neq": {name: cell}} for cell in range(first, last) if cell not in allowed
    ]
    return at_least + at_most + gaps or [{"$gte": {name: first}}]


def _delete(engine: ModuleType, shards: Sequence[_Shard]) -> None:
    for shard in shards:
        engine.delete_state(shard.handle, None)  # a ruleset does not free its session
        engine.delete_ruleset(shard.handle)


_of_thread = threading.local()


def engine_for(owner: object, space: Space, boxes: Mapping[int, Sequence[Box]]) -> DurableEngine:
    """Return this thread's engine for an owner (a compiled rule base), built when there is none.

    An engine lives as long as its owner and its thread.
    """
    engines: weakref.WeakKeyDictionary[object, DurableEngine] | None
    engines = getattr(_of_thread, "engines", None)
    if engines is None:
        engines = _of_thread.engines = weakref.WeakKeyDictionary()
    engine = engines.get(owner)
    if engine is None or not engine.usable:
        engine = engines[owner] = DurableEngine(space, boxes)
    return engine
