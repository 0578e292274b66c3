"""What durable_rules 2.0.28 does wrong, and where its limits are: why `rls_rules.durable` is as it is.

One test a fact; what crashes or hangs is in `test_durable_crashes.py`.
When one fails with a new release, look at `rls_rules/durable.py` before you change the test:
a precaution may no longer be needed, or another one may be.
"""

import json
from collections.abc import Mapping
from typing import Any

import pytest

engine = pytest.importorskip("durable_rules_engine", reason="durable_rules cannot be imported on this Python")

Conditions = Mapping[str, object]

WORDS = (
    "id", "sid", "any", "all", "pri", "count", "cap", "dist", "name", "$lt", "$lte", "$gt", "$gte", "$eq", "$neq",
    "$mt", "$imt", "$iall", "$iany", "$ex", "$nex", "$or", "$and", "$m", "$name", "$add", "$sub", "$mul", "$div",
    "$l", "$r", "$i", "$s", "$forward",
)  # fmt: skip
"""The field names and words of the rule language that durable_rules knows by their hash."""


class Ruleset:
    """One ruleset of rules that each look at one message."""

    def __init__(self, conditions: Conditions) -> None:
        program = {name: {"all": [{"m": condition}]} for name, condition in conditions.items()}
        self.handle = engine.create_ruleset("limits", json.dumps(program))

    def asserts(self, fact: Mapping[str, object] | str) -> int:
        """Assert a fact; return the code: 0 matched, 1 not matched, 2 seen before."""
        text = fact if isinstance(fact, str) else json.dumps(fact)
        code, self.state = engine.assert_fact(self.handle, text)
        return int(code)

    def fired(self, fact: Mapping[str, object] | str) -> list[str]:
        """Assert a fact and run its agenda; return the names of the rules that fired."""
        return self.agenda() if self.asserts(fact) == 0 else []

    def agenda(self) -> list[str]:
        """Run what is to be run; return the names of the rules."""
        begun = engine.start_action_for_state(self.handle, self.state)
        action = begun and begun[1]
        names: list[str] = []
        while action:
            names += json.loads(action)
            action = engine.complete_and_start_action(self.handle, self.state)
        return names

    def retracts(self, fact: Mapping[str, object]) -> None:
        """Retract a fact."""
        engine.retract_fact(self.handle, json.dumps(fact))


def fires(condition: object, value: object) -> bool:
    """Whether a rule with this condition fires on a fact whose field `x` has this value."""
    return Ruleset({"r": condition}).fired({"id": "p", "x": value}) == ["r"]


# Results of one evaluation in the next


@pytest.fixture
def overflowing() -> Ruleset:
    """Three rules on `x`, and 65 on `z` that all match a large one."""
    few: Conditions = {f"few{i}": {"$gt": {"x": i}} for i in range(3)}
    return Ruleset({**few, **{f"many{i}": {"$and": [{"y": 1}, {"$gt": {"z": i}}]} for i in range(65)}})


def test_64_matches_are_all_found() -> None:
    """One fact may match 64 rules."""
    rules = Ruleset({f"r{i}": {"$gt": {"x": i}} for i in range(64)})
    assert len(rules.fired({"id": "p", "x": 100})) == 64


def test_65_matches_are_error_303(overflowing: Ruleset) -> None:
    """One fact that matches more than 64 rules is error 303."""
    with pytest.raises(engine.error, match="303"):
        overflowing.asserts({"id": "p", "y": 1, "x": 2, "z": 100})


def test_results_are_stale_after_an_error(overflowing: Ruleset) -> None:
    """After error 303 the next fact gets results that belong to the one before."""
    with pytest.raises(engine.error, match="303"):
        overflowing.asserts({"id": "first", "y": 1, "x": 2, "z": 100})
    assert set(overflowing.fired({"id": "second", "x": 1})) == {"few0", "few1"}


def test_an_interrupted_action_silences_the_session() -> None:
    """After an action was begun and not completed, facts match and nothing fires, retracted or not."""
    rules = Ruleset({"r": {"x": 1}})
    rules.asserts({"id": "p", "x": 1})
    engine.start_action_for_state(rules.handle, rules.state)
    rules.retracts({"id": "p", "x": 1})
    assert rules.asserts({"id": "q", "x": 1}) == 0
    assert rules.agenda() == []


def test_a_second_fact_with_the_same_id_is_refused() -> None:
    """A fact is known by its id: a second one is code 2 and fires nothing, equal or not, until retracted."""
    rules = Ruleset({"r": {"x": 1}, "q": {"x": 2}})
    assert rules.fired({"id": "p", "x": 1}) == ["r"]
    assert rules.asserts({"id": "p", "x": 1}) == 2
    assert rules.asserts({"id": "p", "x": 2}) == 2
    rules.retracts({"id": "p", "x": 1})
    assert rules.fired({"id": "p", "x": 2}) == ["q"]


def test_two_sessions_may_be_one() -> None:
    """Two session ids with the same 32-bit hash share their facts."""
    joined = {"r": {"all": [{"a": {"x": 1}}, {"b": {"y": 1}}]}}
    handle = engine.create_ruleset("limits", json.dumps(joined))
    engine.assert_fact(handle, '{"sid":"customer-562789","x":1}')
    code, _ = engine.assert_fact(handle, '{"sid":"customer-779192","y":1}')
    assert code == 0


# Too often, too seldom


def test_or_fires_once_per_branch() -> None:
    """A rule with `$or` fires once for each alternative that holds."""
    assert Ruleset({"r": {"$or": [{"x": 1}, {"y": 1}]}}).fired({"id": "p", "x": 1, "y": 1}) == ["r", "r"]


def test_an_event_is_consumed_by_the_first_rule() -> None:
    """An event fires one of the rules that match it, a fact all of them."""
    conditions = {"r": {"x": 1}, "q": {"x": 1}}
    events, facts = Ruleset(conditions), Ruleset(conditions)
    _, events.state = engine.assert_event(events.handle, '{"x":1}')
    assert events.agenda() == ["r"]
    assert facts.fired({"x": 1}) == ["r", "q"]


def test_a_test_of_absence_matches_the_session_itself() -> None:
    """A rule that tests for absence, or for nothing, also fires on the message that stands for the session."""
    assert Ruleset({"r": {"$nex": {"x": 1}}}).fired({"id": "p", "y": 1}) == ["r", "r"]
    assert Ruleset({"r": {"$and": []}}).fired({"id": "p", "y": 1}) == ["r", "r"]


# Wrong answers


def test_an_absent_field_is_neither_equal_nor_unequal() -> None:
    """A comparison of a field that the fact lacks fails, be it `$neq` or its opposite."""
    for condition in ({"x": 1}, {"$neq": {"x": 1}}, {"$lt": {"x": 1}}, {"$gte": {"x": 1}}):
        assert Ruleset({"r": condition}).fired({"id": "p", "y": 1}) == []


def test_null_is_neither_equal_nor_unequal() -> None:
    """A comparison of null with a number fails, be it `$neq` or its opposite."""
    assert not any(fires(condition, None) for condition in ({"x": 1}, {"$neq": {"x": 1}}, {"$lt": {"x": 1}}))


def test_true_equals_1() -> None:
    """True equals 1 and the text `true`."""
    assert fires({"x": True}, 1)
    assert fires({"x": 1}, True)  # noqa: FBT003 - a value of a fact
    assert fires({"x": True}, "true")


def test_a_large_whole_number_is_cut() -> None:
    """Whole numbers beyond 2^63 are all the same number."""
    assert fires({"x": 2**63 - 1}, 2**63 + 5)


@pytest.mark.parametrize("number", ["1e-07", "1e16", "1E5"])
def test_exponents_are_a_parse_error(number: str) -> None:
    """A number written with an exponent, as Python writes small and large ones, is error 204."""
    with pytest.raises(engine.error, match="204"):
        Ruleset({"r": {"x": 1}}).asserts(f'{{"id":"p","x":{number}}}')
    with pytest.raises(engine.error, match="204"):
        engine.create_ruleset("limits", f'{{"r":{{"all":[{{"m":{{"$gt":{{"x":{number}}}}}}}]}}}}')


def test_the_second_key_of_a_condition_is_ignored() -> None:
    """Of two tests in one object the second is not read."""
    assert Ruleset({"r": {"x": 1, "y": 1}}).fired({"id": "p", "x": 1}) == ["r"]


def hash_of(name: str) -> int:
    """FNV-1a with 32 bits, by which durable_rules knows a field."""
    value = 2166136261
    for byte in name.encode():
        value = (value ^ byte) * 16777619 % 2**32
    return value


@pytest.mark.parametrize(("one", "other"), [("costarring", "liquid"), ("declinate", "macallums")])
def test_fields_with_the_same_hash_are_the_same_field(one: str, other: str) -> None:
    """Two field names with the same FNV-1a hash of 32 bits are one field."""
    assert hash_of(one) == hash_of(other)
    assert Ruleset({"r": {one: 1}}).fired({"id": "p", other: 1}) == ["r"]


def test_our_fields_do_not_collide() -> None:
    """Of 10,000 field names as we make them no two have the same hash, nor that of a word of the language."""
    assert (hash_of("id"), hash_of("$lt")) == (926444256, 542787579)
    ours = [f"{letter}{number}" for letter in "fg" for number in range(5000)]
    names = {*ours, *WORDS, "prime", "m"}
    assert len({hash_of(name) for name in names}) == len(names)


# Limits


def test_252_properties_are_the_most() -> None:
    """A fact may have 252 properties beside its id; one more is error 302."""
    rules = Ruleset({"r": {"x0": 1}})
    assert rules.fired({"id": "p", **{f"x{i}": 1 for i in range(252)}}) == ["r"]
    with pytest.raises(engine.error, match="302"):
        rules.asserts({"id": "q", **{f"x{i}": 1 for i in range(253)}})


def test_15_nested_conditions_are_the_most() -> None:
    """The 16th level of `$and` is error 113."""
    nested: dict[str, Any] = {"x": 1}
    for _ in range(15):
        nested = {"$and": [nested]}
    assert fires(nested, 1)
    with pytest.raises(engine.error, match="113"):
        Ruleset({"r": {"$and": [nested]}})


def test_511_first_conditions_are_safe() -> None:
    """511 rules with distinct first conditions can be registered and asked."""
    rules = Ruleset({f"r{i}": {"x": i} for i in range(511)})
    assert rules.fired({"id": "p", "x": 5}) == ["r5"]
    assert rules.fired({"id": "q", "y": 5}) == []
