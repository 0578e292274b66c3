"""The verdict of every theorem about a small rule base is that of asking everybody."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings

from rls_rules import Profile, RuleBase, load_rules
from rls_rules.conditions import All
from rls_rules.items import Impossible
from rls_rules.proof import THEOREMS, certified, prove
from rls_rules.witness import as_yaml
from tests.brute_force import BRUTE, Crowd, Wrong, rule_bases

REPLAYS = {"questions-exact", "readings-agree"}
"""Tried on people, not proved."""
NEVER_WRONG = {"one-outcome"}
"""Both outcomes of a finding cannot hold by their definition."""
NAMES = {
    "opposition-announced": 3,
    "no-duplicates": 2,
    "nothing-implied": 2,
    "hazards-heard": 2,
    "populations-respected": 2,
    "options-balanced": 2,
}
"""How many names the message of a theorem begins with; others begin with one."""


def named(theorem: str, message: str) -> tuple[str, ...]:
    """What a message names first."""
    if theorem == "examples-hold":
        return ()
    names = re.findall(r"`([^`]+)`", message)
    if theorem == "answers-count" and names[0].startswith("age: "):
        return ("age",)
    return tuple(names[: NAMES.get(theorem, 1)])


def compare(rules: RuleBase) -> None:
    """Prove every theorem of a rule base, and ask everybody."""
    crowd = Crowd(rules)
    results = prove(rules, names=[*BRUTE, *NEVER_WRONG])
    for result in results:
        name = result.theorem.name
        found: Wrong = {named(name, one.message) for one in result.counterexamples}
        wanted = BRUTE[name](crowd) if name in BRUTE else set()
        if name == "examples-hold":
            wanted = {() for _ in wanted}
        assert found == wanted, name
        assert result.verdict == ("refuted" if wanted else "proved"), name
        assert all(one.replayed is True for one in result.counterexamples if one.person is not None), name
    assert certified(rules).refused() == []


@settings(max_examples=60)
@given(rule_bases())
def test_verdicts_are_those_of_asking_everybody(rules: RuleBase) -> None:
    """Every theorem is refuted exactly where somebody refutes it, by a person who is replayed; the certificate holds."""
    compare(rules)


@pytest.mark.long
@settings(max_examples=500)
@given(rule_bases())
def test_verdicts_of_many_rule_bases(rules: RuleBase) -> None:
    """The same, for 500 rule bases."""
    compare(rules)


def test_every_theorem_is_compared() -> None:
    """No theorem is left out of the comparison, but for those that are tried on people."""
    assert {theorem.name for theorem in THEOREMS} == {*BRUTE} | REPLAYS | NEVER_WRONG


def test_where_nobody_can_be_a_proof_ends() -> None:
    """In a rule base in which everything is impossible, a proof comes to its end: no point can be shown."""
    shipped = load_rules()
    never = Impossible(id="never", because="it cannot be", when=All(()))
    results = {one.theorem.name: one for one in prove(replace(shipped, impossible={"never": never}))}
    assert results["can-be-shown"].verdict == "refuted"
    assert results["readings-agree"].verdict == results["questions-exact"].verdict == "proved"


def test_any_profile_can_be_written_in_one_line() -> None:
    """A profile in one line of YAML is read back as the same profile, dates and complete lists included."""
    told = {
        "age": 50,
        "ferritin_date": "2026-01-02",
        "current_medicines": ["pramipexole"],
        "impulse_control": [],
    }
    profile = Profile.model_validate({**told, "asks_about": {"excludes": ["baclofen"]}})
    assert Profile.from_yaml(as_yaml(profile)) == profile
