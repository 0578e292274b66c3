"""Documented dangers are heard, statements stay with the people they are about, and errors cannot be lowered."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rls_rules import Profile, RulesError, discuss, load_rules
from rls_rules.conditions import OneOf, evaluate
from rls_rules.items import Hazard, Lowered
from rls_rules.person import Person
from rls_rules.program import compiled
from rls_rules.proof import Result, prove
from rls_rules.proof_report import as_text
from rls_rules.rulebase import RuleBase
from rls_rules.safety import SAFE
from rls_rules.search import find
from rls_rules.theorems import Ground
from rls_rules.witness import person_in

RULES = load_rules()
GROUND = Ground(compiled(RULES))

DANGERS: list[tuple[str, dict[str, object], str]] = [
    ("gabapentin", {"opioid_use": True}, "alpha2delta-with-an-opioid"),
    ("pregabalin", {"lung_disease": True}, "alpha2delta-breathing"),
    ("gabapentin", {"age": 65}, "alpha2delta-breathing"),
    ("gabapentin", {"kidney": "reduced"}, "alpha2delta-and-kidneys"),
    ("pregabalin", {"kidney": "dialysis"}, "alpha2delta-and-dialysis"),
    ("pregabalin", {"pregnancy": "pregnant"}, "pregabalin-and-pregnancy"),
    ("gabapentin", {"suicidal_thoughts": "now"}, "suicidal-thoughts-on-an-alpha2delta-ligand"),
    ("gabapentin", {"substance_use": "in_recovery"}, "alpha2delta-and-misuse-history"),
    ("gabapentin", {"drives": True}, "alpha2delta-driving"),
    ("baclofen", {"drives": True}, "baclofen-and-driving"),
    ("pramipexole", {"drives": True}, "dopamine-medicine-and-driving"),
    ("baclofen", {"kidney": "reduced"}, "baclofen-and-kidney-disease"),
    ("baclofen", {"kidney": "dialysis"}, "baclofen-on-dialysis"),
    ("baclofen", {"preferences": ["stop_a_medicine"]}, "wish-to-stop-baclofen"),
    ("baclofen", {"seizures": True}, "confusion-or-psychosis-on-baclofen"),
    ("pramipexole", {"impulse_control": ["gambling"]}, "impulse-signs-on-a-dopamine-medicine"),
    ("ropinirole", {"psychosis": True}, "psychosis-on-a-dopamine-medicine"),
    ("rotigotine", {"daytime_sleepiness": "sudden"}, "sudden-sleep-on-a-dopamine-medicine"),
    ("levodopa", {"low_blood_pressure": True}, "dopamine-medicine-and-faintness"),
    ("cabergoline", {"heart_valve_disease": True}, "cabergoline-pergolide-heart-valves"),
    ("oxycodone", {"sleep_apnoea": "suspected"}, "opioids-with-sleep-apnoea-or-lung-disease"),
    ("gabapentin", {"breathing_difficulty": True}, "breathing-trouble-on-calming-medicines"),
    ("methadone", {}, "methadone-and-heart-rhythm"),
    ("clonazepam", {"falls": True}, "benzodiazepines-falls-and-memory"),
    ("ferrous sulfate", {"iron_overload": True}, "iron-taken-despite-too-much-iron"),
    ("valproate", {"pregnancy": "planning"}, "medicine-taken-when-pregnant-or-planning"),
    ("quetiapine", {}, "dopamine-blockers-may-worsen"),
]


def heard(profile: Profile) -> set[str]:
    """The points that a person hears."""
    return {point.id for point in discuss(profile, rules=RULES).points}


def proved(name: str, rules: RuleBase) -> Result:
    """What becomes of one theorem."""
    (result,) = prove(rules, names=[name])
    return result


@pytest.mark.parametrize(("medicine", "situation", "point"), DANGERS)
def test_a_documented_danger_is_declared_and_heard(
    medicine: str, situation: dict[str, object], point: str
) -> None:
    """Whoever takes this medicine in this situation hears of it, and the danger is among those proved for everyone."""
    profile = Profile.model_validate({"current_medicines": {"includes": [medicine]}, **situation})
    assert point in heard(profile)
    facts = Person(GROUND.program, profile).facts
    declared = [one for one in RULES.hazards.values() if evaluate(one.condition, facts) is True]
    assert point in {hazard.point for hazard in declared}


@given(data=st.data())
def test_whoever_is_in_a_danger_hears_of_it(data: st.DataObject) -> None:
    """The engine says the point of a danger to whoever is in it, whatever else is known of them or not."""
    space = GROUND.program.space
    hazard = data.draw(st.sampled_from(list(RULES.hazards.values())))
    box = data.draw(st.sampled_from(space.boxes(hazard.condition)))
    for slot in data.draw(st.lists(st.sampled_from(space.slots), max_size=12, unique=True)):
        cell = slot.unknown << data.draw(st.integers(0, slot.cells - 1))
        box = box & ~slot.mask | (box & cell or box & slot.mask)
    region = find(space, box, GROUND.nobody)
    assume(region is not None)
    assert region is not None
    profile = person_in(GROUND.program, region)
    assert evaluate(hazard.condition, Person(GROUND.program, profile).facts) is True
    assert hazard.point in heard(profile)


@pytest.mark.parametrize("name", [theorem.name for theorem in SAFE])
def test_every_theorem_about_safety_is_proved(name: str) -> None:
    """The shipped rules keep cautions, name dangers, and respect ages and populations, for every possible person."""
    result = proved(name, RULES)
    assert result.verdict == "proved", "\n".join(map(str, result.counterexamples))
    if name in ("hazards-heard", "populations-respected", "ages-respected"):
        assert result.claims, "a theorem of no claims says nothing"


def test_a_danger_that_is_not_heard_comes_with_a_person() -> None:
    """A danger in which nothing is said is refuted by somebody in it, and the engine agrees."""
    unheard = Hazard(
        id="baclofen-on-healthy-kidneys",
        medicine="baclofen",
        when=OneOf("kidney", ("normal",)),
        point="baclofen-on-dialysis",
        cites=("BAC-8",),
    )
    result = proved("hazards-heard", replace(RULES, hazards={unheard.id: unheard}))
    (found,) = result.counterexamples
    assert result.verdict == "refuted"
    assert found.replayed
    assert found.person is not None
    assert found.person.kidney == "normal"


@pytest.mark.parametrize("point", [one.id for one in RULES.points.values() if one.beyond])
def test_every_reason_to_go_beyond_is_needed(point: str) -> None:
    """Without its reasons, a point says to somebody what is about others: no reason is there for nothing."""
    excused = RULES.points[point]
    without = {**RULES.points, point: excused.model_copy(update={"beyond": {}})}
    result = proved("populations-respected", replace(RULES, points=without))
    assert result.verdict == "refuted"
    messages = " ".join(found.message for found in result.counterexamples)
    assert all(f"`{statement}`" in messages for statement in excused.beyond)


def test_a_lowered_warning_keeps_its_verdict_and_gives_the_reason() -> None:
    """What the rules accept is still refuted, with the reason in place of its counterexamples."""
    result = proved("nothing-implied", RULES)
    assert result.verdict == "refuted"
    assert result.lowered == RULES.lowered["nothing-implied"].because
    assert "help:" not in as_text([result])
    assert result.lowered in as_text([result])
    assert "help:" in as_text([proved("nothing-implied", replace(RULES, lowered={}))])


@pytest.mark.parametrize("name", ["hazards-heard", "no-such-theorem"])
def test_only_warnings_can_be_lowered(name: str) -> None:
    """An error cannot be accepted, and neither can what is no theorem."""
    lowered = {name: Lowered(theorem=name, because="It is in the way.")}
    with pytest.raises(RulesError, match=name):
        prove(replace(RULES, lowered=lowered))
