"""`discuss`: the two engines give equal discussions, whoever asks and whatever the rules."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings

from rls_rules import (
    Discussion,
    EngineError,
    Profile,
    ProfileError,
    RuleBase,
    RulesError,
    discuss,
    durable,
    load_rules,
    why,
)
from rls_rules.discussion import NO_CHANGE
from rls_rules.engine import EngineChoice
from rls_rules.testing import profiles, rule_bases

DAY = date(2026, 11, 22)
needs_durable = pytest.mark.skipif(not durable.available(), reason="durable_rules cannot be imported here")


def both(profile: Profile, rules: RuleBase | None = None) -> tuple[Discussion, Discussion]:
    """The same profile by both engines."""
    engines: tuple[EngineChoice, EngineChoice] = ("durable", "reference")
    first, second = (discuss(profile, rules=rules, on=DAY, engine=engine) for engine in engines)
    return first, second


@needs_durable
@settings(max_examples=150)
@given(profiles(unrecognised=True))
def test_engines_agree_on_the_shipped_rules(profile: Profile) -> None:
    """Both engines give equal discussions of the shipped rules."""
    first, second = both(profile)
    assert first == second


@needs_durable
@pytest.mark.long
@settings(max_examples=20_000)
@given(profiles(unrecognised=True))
def test_engines_agree_on_the_shipped_rules_20000_times(profile: Profile) -> None:
    """Both engines give equal discussions of the shipped rules for 20,000 profiles."""
    first, second = both(profile)
    assert first == second


@needs_durable
@settings(max_examples=40)
@given(rule_bases().flatmap(lambda rules: profiles(rules).map(lambda profile: (rules, profile))))
def test_engines_agree_on_any_rules(drawn: tuple[RuleBase, Profile]) -> None:
    """Both engines give equal discussions of rule bases with findings on three levels."""
    rules, profile = drawn
    first, second = both(profile, rules)
    assert first == second


@needs_durable
@pytest.mark.long
@settings(max_examples=2_000)
@given(rule_bases().flatmap(lambda rules: profiles(rules).map(lambda profile: (rules, profile))))
def test_engines_agree_on_2000_rule_bases(drawn: tuple[RuleBase, Profile]) -> None:
    """Both engines give equal discussions of 2,000 rule bases with findings on three levels."""
    rules, profile = drawn
    first, second = both(profile, rules)
    assert first == second


def test_equal_whatever_the_engine_and_the_day() -> None:
    """Two discussions are equal when all but engine and date are, and the provenance names both."""
    profile = Profile(age=50)
    today = discuss(profile, on=DAY, engine="reference")
    later = discuss(profile, on=date(2027, 1, 1), engine="auto")
    assert today == later
    assert today.provenance.engine == "reference"
    assert (today.provenance.on, later.provenance.on) == (DAY, date(2027, 1, 1))
    assert today != discuss(Profile(age=50, pain_prominent=True), on=DAY)


@settings(max_examples=25)
@given(profiles(unrecognised=True))
def test_json_round_trip(profile: Profile) -> None:
    """A discussion saved as JSON reads back equal, engine and date included."""
    discussion = discuss(profile, on=DAY)
    back = Discussion.from_json(discussion.to_json())
    assert back == discussion
    assert back.provenance.on == DAY


def test_a_saved_discussion_that_is_none_is_refused() -> None:
    """Reading something else as a discussion is a problem with help, not a traceback."""
    with pytest.raises(ProfileError, match="not a saved discussion"):
        Discussion.from_json("{}")


@settings(max_examples=50)
@given(profiles())
def test_no_change_is_always_an_option(profile: Profile) -> None:
    """Whatever is known, "no change for now" is among the options."""
    assert NO_CHANGE in {one.option.id for one in discuss(profile, on=DAY).options}


@settings(max_examples=50)
@given(profiles())
def test_urgent_points_come_first(profile: Profile) -> None:
    """Points are ordered by urgency."""
    order = ["urgent", "soon", "routine"]
    urgencies = [order.index(point.urgency) for point in discuss(profile, on=DAY).points]
    assert urgencies == sorted(urgencies)


def test_a_contradictory_profile_names_the_facts() -> None:
    """Answers that cannot all be true are refused, with the facts and the reason but no answer."""
    with pytest.raises(ProfileError) as caught:
        discuss(Profile(age=90, pregnancy="pregnant"))
    assert "`age`" in str(caught.value)
    assert "`pregnancy`" in str(caught.value)
    assert "90" not in str(caught.value)


def test_every_contradiction_is_told_with_its_place() -> None:
    """Of several combinations that cannot be, each is a problem of its own: its facts, its place, what to type."""
    text = "iron_tests: never\nferritin: 60 ng/mL\npregnancy: pregnant\nage: 90\ntransferrin_saturation: 20\n"
    profile = Profile.from_yaml(text, "me.yaml")
    with pytest.raises(ProfileError) as caught:
        discuss(profile)
    assert [(str(one.place), one.message.partition(": ")[2]) for one in caught.value.problems] == [
        ("me.yaml:1:1", "`ferritin`, `transferrin_saturation`, `iron_tests`"),
        ("me.yaml:3:1", "`age`, `pregnancy`"),
    ]
    assert all(
        one.help.endswith("Correct one of these answers, or leave it out.") for one in caught.value.problems
    )
    told_otherwise = Profile(**profile.known())
    assert (profile, repr(profile), dict(profile)["age"]) == (told_otherwise, repr(told_otherwise), 90)
    assert profile.model_dump_json() == told_otherwise.model_dump_json()
    with pytest.raises(ProfileError, match=r"^these answers"):
        discuss(told_otherwise)


@pytest.mark.parametrize("on", ["2026", datetime(2026, 11, 22, tzinfo=UTC), 0])
def test_a_day_that_is_none_is_refused(on: Any) -> None:
    """A discussion carries a date, and neither a text nor a time nor whatever counts as false."""
    with pytest.raises(ValueError, match=r"^`on` is a `date` without a time"):
        discuss(Profile(), on=on)


def test_an_engine_that_is_none_is_refused() -> None:
    """A misspelt engine is refused with those that there are, instead of another being asked."""
    misspelt: Any = "durabel"
    with pytest.raises(
        ValueError, match=r"^`engine` is one of `auto`, `durable`, `reference`, and not 'durabel'"
    ):
        discuss(Profile(), engine=misspelt)


def test_an_unknown_point_is_refused_with_its_neighbour() -> None:
    """Asking about a point that does not exist names the nearest one."""
    rules = load_rules()
    known = next(iter(rules.points))
    with pytest.raises(RulesError) as caught:
        why(rules, Profile(), known[:-1] + "x")
    (problem,) = caught.value.problems
    assert problem.message == f"there is no point `{known[:-1]}x`"
    assert problem.help == f"did you mean `{known}`?"


def test_declined_is_unknown_and_not_asked_again() -> None:
    """What a person would rather not say stays unknown and is not among the questions."""
    asked = {question.fact for question in discuss(Profile(), on=DAY).questions}
    declined = discuss(Profile(declined=("suicidal_thoughts",)), on=DAY)
    assert "suicidal_thoughts" in asked
    assert {question.fact for question in declined.questions} == asked - {"suicidal_thoughts"}
    assert len(declined.declined) == 1


@settings(max_examples=60)
@given(profiles())
def test_encouragement_never_stands_before_a_pressing_warning(profile: Profile) -> None:
    """A routine point for an option stands after every warning about that option that cannot wait."""
    heard = discuss(profile, on=DAY).points
    for i, point in enumerate(heard):
        if point.stance == "favours" and point.urgency == "routine":
            for later in heard[i:]:
                warning = later.urgency != "routine" and later.stance in ("cautions", "advises_against")
                assert not (warning and {*later.options} & {*point.options})


def test_warnings_encouragement_and_information_take_turns() -> None:
    """The first points of somebody with nothing pressing are a warning, an encouragement and information."""
    profile = Profile.from_yaml(load_rules().examples["pain-at-night"])
    stances = [point.stance for point in discuss(profile, on=DAY).points]
    assert stances[:3] == ["cautions", "favours", "informs"]


@needs_durable
def test_the_engine_that_was_named_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """`durable` and `auto` ask durable_rules, `reference` does not, and the provenance says which it was."""
    asked: list[object] = []
    engine_for = durable.engine_for

    def counted(*given: object) -> durable.DurableEngine:
        asked.append(given)
        return engine_for(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(durable, "engine_for", counted)
    choices: tuple[EngineChoice, ...] = ("reference", "durable", "auto")
    found = [(discuss(Profile(), on=DAY, engine=choice).provenance.engine, len(asked)) for choice in choices]
    assert found == [("reference", 0), ("durable", 1), ("durable", 2)]


def test_without_durable_rules_auto_is_the_definition(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where durable_rules cannot be imported, `auto` evaluates the definition, and `durable` says what to do."""
    monkeypatch.setattr(durable, "available", lambda: False)
    assert discuss(Profile(), on=DAY).provenance.engine == "reference"
    with pytest.raises(EngineError, match=r"^durable_rules cannot be imported here; use engine `reference`"):
        discuss(Profile(), on=DAY, engine="durable")


def test_why_explains_the_point_that_was_asked_about() -> None:
    """`why` gives the verdict of that point for that person, and what would change it."""
    rules = load_rules()
    shown = why(rules, Profile(age=18, ferritin=75, iron_overload=False), "iron-treatment-can-be-discussed")
    assert (shown.point, shown.verdict) == ("iron-treatment-can-be-discussed", True)
    unknown = why(rules, Profile(age=18, ferritin=75), "iron-treatment-can-be-discussed")
    assert (unknown.verdict, unknown.missing) == (None, (("iron_overload",),))
    silent = why(rules, Profile(age=17, ferritin=75), "iron-treatment-can-be-discussed")
    assert (silent.verdict, silent.in_the_way) == (False, (("age",),))


def test_a_persons_own_words_are_repeated() -> None:
    """The free text of a profile stands in the discussion as it was written."""
    assert discuss(Profile(free_text="My legs crawl."), on=DAY).own_words == "My legs crawl."
    assert discuss(Profile(), on=DAY).own_words is None
