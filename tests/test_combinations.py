"""The combinations in which people are hurt: what they must hear, however little else is known."""

from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from rls_rules import Discussion, Profile, ProfileError, discuss, load_rules, render
from rls_rules.items import Urgency
from rls_rules.notes import Reader
from rls_rules.testing import profiles

RULES = load_rules()


class Combination(BaseModel):
    """What is known of a person, and the points that this person must hear."""

    name: str
    given: dict[str, object]
    hears: dict[str, Urgency]


TABLE = yaml.safe_load((Path(__file__).parent / "combinations.yaml").read_text(encoding="utf-8"))
COMBINATIONS = [Combination.model_validate(row) for row in TABLE["combinations"]]


def heard(**answers: object) -> Discussion:
    """The discussion of a person."""
    return discuss(Profile.model_validate(answers), engine="reference")


def ids(discussion: Discussion) -> set[str]:
    """The points of a discussion."""
    return {point.id for point in discussion.points}


@pytest.mark.parametrize("one", COMBINATIONS, ids=lambda one: one.name)
def test_what_must_be_heard_is_heard(one: Combination) -> None:
    """With nothing but the combination known, its points are heard, as urgent as they must be."""
    urgencies = {point.id: point.urgency for point in heard(**one.given).points}
    assert {name: urgencies.get(name) for name in one.hears} == one.hears


@pytest.mark.parametrize("one", COMBINATIONS, ids=lambda one: one.name)
def test_what_must_be_heard_is_not_heard_by_everyone(one: Combination) -> None:
    """Of whom nothing is known, none of these points is heard."""
    assert not ids(heard()) & set(one.hears)


@pytest.mark.parametrize("thoughts", ["now", "someone_is_worried"])
@pytest.mark.parametrize("reader", ["patient", "clinician"])
def test_thoughts_of_suicide_come_first_in_the_note(reader: Reader, thoughts: str) -> None:
    """Before what the person told, both notes speak of the thoughts; the patient's names where help is."""
    others = {"current_medicines": ["pramipexole"], "daytime_sleepiness": "sudden", "psychosis": True}
    discussion = heard(suicidal_thoughts=thoughts, **others)
    first = discussion.points[0]
    assert "suicide" in first.title
    note = render(discussion, reader=reader, format="text", rules=replace(load_rules(), terms={}))
    shown = " ".join(note.split())
    text = first.text if reader == "patient" else first.clinician_text
    rest = [other.text if reader == "patient" else other.clinician_text for other in discussion.points[1:]]
    assert text in shown
    assert all(shown.index(text) < shown.index(other) for other in rest)
    assert "emergency" in shown
    assert "crisis line" in shown


@given(profiles(), st.integers(0, 17))
def test_nothing_meant_for_adults_is_heard_below_18(profile: Profile, age: int) -> None:
    """Whatever else is known, nobody below 18 hears a point for adults."""
    child = profile.model_copy(update={"age": float(age), "pregnancy": None, "years_on_dopaminergic": None})
    assert all(point.population != "adults" for point in discuss(child, engine="reference").points)


def test_adult_thresholds_are_not_applied_to_a_teenager() -> None:
    """A ferritin in the range for adults favours nothing at 15, and the note says that the levels differ."""
    discussion = heard(age=15, ferritin=60, iron_overload=False)
    assert not [one.option.id for one in discussion.options if one.favoured_by]
    assert "children-adult-iron-levels-do-not-apply" in ids(discussion)


@pytest.mark.parametrize(
    "answers",
    [
        {"ferritin": "22 nmol/L"},
        {"ferritin": "two"},
        {"ferritin": -1},
        {"ferritin": 1e9},
        {"transferrin_saturation": 250},
        {"age": 200},
        {"years_on_dopaminergic": -2},
    ],
)
def test_a_doubtful_value_is_sent_back_with_help(answers: dict[str, object]) -> None:
    """A wrong unit or an impossible number is refused, with the fact and what to write instead."""
    with pytest.raises(ProfileError) as caught:
        heard(**answers)
    (problem,) = caught.value.problems
    assert next(iter(answers)) in problem.message
    assert problem.help


SIGNS = ["earlier_in_the_day", "stronger", "spread_to_other_parts", "quicker_at_rest", "shorter_effect"]


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("medicines", [[], ["gabapentin"], ["gabapentin", "sertraline"], ["clonazepam"]])
def test_no_augmentation_without_a_medicine_that_causes_it(sign: str, medicines: list[str]) -> None:
    """Without a dopaminergic medicine or tramadol a change is not called augmentation, and other causes are asked after."""
    discussion = heard(age=50, current_medicines=medicines, past_medicines=[], augmentation_signs=[sign])
    assert not {"augmentation-possible", "switching-worth-talking-about"} & ids(discussion)
    (other,) = [point for point in discussion.points if point.id == "worse-is-not-always-augmentation"]
    assert all(word in (other.ask or "") for word in ("the illness", "does less", "wears off"))


STABLE = {
    "age": 64,
    "severity": "mild",
    "frequency": "less_than_twice_a_week",
    "sleep_disturbed": False,
    "course": "stable",
    "satisfied_with_treatment": True,
    "dose_raised": "not_raised",
    "augmentation_signs": [],
    "impulse_control": [],
    "iron_tests": "within_a_year",
    "ferritin": 160,
    "transferrin_saturation": 30,
    "preferences": [],
    "asks_about": [],
}


@pytest.mark.parametrize(
    "medicine", ["pramipexole", "ropinirole", "rotigotine", "levodopa", "oxycodone", "clonazepam"]
)
def test_nothing_pushes_a_content_person_to_change(medicine: str) -> None:
    """For a content and stable person no point favours anything but what needs no prescription."""
    discussion = heard(**STABLE, current_medicines=[medicine])
    favoured = {one.option.id for one in discussion.options if one.favoured_by and one.option.prescription}
    assert not favoured
    assert "no-change" in {one.option.id for one in discussion.options}


def test_a_content_person_on_gabapentin_hears_no_other_medicine_favoured() -> None:
    """On gabapentin and content, nothing on prescription is favoured but what is already taken."""
    discussion = heard(**STABLE, current_medicines=["gabapentin"])
    favoured = {one.option.id for one in discussion.options if one.favoured_by and one.option.prescription}
    assert favoured <= {"alpha2delta-ligands"}


AGGRAVATORS = {
    "sedating-antihistamines-may-worsen": ["diphenhydramine", "chlorphenamine", "NyQuil", "Night Nurse", "Tylenol PM"],
    "dopamine-blockers-may-worsen": ["metoclopramide", "prochlorperazine", "quetiapine", "haloperidol"],
    "antidepressants-may-worsen": ["sertraline", "venlafaxine", "amitriptyline", "mirtazapine"],
    "mirtazapine-stands-out": ["mirtazapine"],
    "lithium-or-topiramate-may-worsen": ["lithium", "topiramate"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("point", "medicine"), [(point, one) for point, names in AGGRAVATORS.items() for one in names]
)
def test_aggravating_medicines_are_raised_and_not_stopped(point: str, medicine: str) -> None:
    """Of a medicine that may worsen restless legs, also inside a cold or pain remedy, one is told not to stop it alone."""
    discussion = heard(current_medicines={"includes": [medicine], "rest": "unknown"})
    (caution,) = [one for one in discussion.points if one.id == point]
    assert caution.stance == "cautions"
    assert "on your own" in caution.text
    assert "WR-5" in caution.cites


def test_antidepressants_come_with_their_nuance() -> None:
    """Who takes an antidepressant hears that this is uncommon, that mood matters, and where sources disagree."""
    discussion = heard(current_medicines=["sertraline"])
    (point,) = [one for one in discussion.points if one.id == "antidepressants-may-worsen"]
    assert "uncommon" in point.text
    assert "mood" in point.text
    assert "antidepressants-and-restless-legs" in {tension.id for tension in discussion.tensions}


@pytest.mark.parametrize(
    ("answers", "point"),
    [
        ({"caffeine": "after_midday"}, "caffeine-after-midday"),
        ({"alcohol": "some"}, "alcohol-in-the-evening"),
        ({"nicotine": True}, "nicotine-evidence-is-mixed"),
    ],
)
def test_habits_are_named_without_an_order(answers: dict[str, object], point: str) -> None:
    """Caffeine, alcohol and nicotine are spoken of as information, with how thin the evidence is or what to tell."""
    (said,) = [one for one in heard(**answers).points if one.id == point]
    assert said.stance == "informs"
