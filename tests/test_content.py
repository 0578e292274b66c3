"""The shipped rules: what the seeds said, what must always work, and what must never be said."""

import re
from pathlib import Path

import pytest

from rls_rules import Discussion, Profile, discuss, load_rules
from rls_rules.checking import check
from rls_rules.conditions import All, Compare, OneOf
from rls_rules.discussion import Point
from rls_rules.loader import shipped_rules
from rls_rules.program import compiled
from rls_rules.search import fewest
from rls_rules.theorems import Ground
from rls_rules.witness import as_yaml, person_in

RULES = load_rules()
SEED_CLAIMS = [*(f"S0-{n}" for n in range(1, 18)), *(f"S2-{n}" for n in range(1, 28))]


def heard(**answers: object) -> Discussion:
    """The discussion of a person."""
    return discuss(Profile.model_validate(answers))


def about(discussion: Discussion, *words: str) -> list[Point]:
    """The points whose text has all these words."""
    return [p for p in discussion.points if all(word in f"{p.title} {p.text}".lower() for word in words)]


def test_the_shipped_rules_are_sound() -> None:
    """`check` finds neither an error nor a warning in the shipped rules."""
    errors, warnings = check()
    assert not errors, "\n".join(map(str, errors))
    assert not warnings, "\n".join(map(str, warnings))


@pytest.mark.parametrize("claim", SEED_CLAIMS)
def test_every_claim_of_the_seeds_has_its_place(claim: str) -> None:
    """Each claim of the two articles is used by a rule, or says why it is not."""
    statement = RULES.statements[claim]
    assert RULES.used_by[claim] or statement.out_of_scope or statement.settle


@pytest.mark.parametrize("claim", SEED_CLAIMS)
def test_no_web_article_supports_an_option(claim: str) -> None:
    """A point that speaks for an option never rests on a web article alone."""
    for point in RULES.points.values():
        if point.stance == "favours" and claim in point.cites:
            others = [RULES.statements[name] for name in point.cites if name != claim]
            assert any(RULES.sources[other.source].support for other in others), point.id


def test_little_risk_of_augmentation() -> None:
    """An adult who asks about gabapentin hears that α2δ ligands carry little risk of augmentation."""
    points = about(heard(age=50, asks_about=["gabapentin"]), "augmentation", "little")
    assert any("alpha2delta-ligands" in point.options for point in points)


NAME_ALPHA2DELTA = [
    *(
        point.id
        for point in RULES.points.values()
        if point.stance == "favours" and "alpha2delta-ligands" in point.options
    ),
    "anxiety-and-pregabalin",
    "breastfeeding-and-gabapentin",
    "nerve-pain-licences",
    "pain-and-gabapentin",
    "pregabalin-and-pramipexole-compared",
    "sleepiness-on-a-dopamine-medicine",
]


@pytest.mark.parametrize("name", NAME_ALPHA2DELTA)
def test_who_hears_of_gabapentin_hears_its_cautions(name: str) -> None:
    """No adult hears a point that puts α2δ ligands forward without having them in view, on which their cautions rest."""
    program = compiled(RULES)
    adults = All((RULES.points[name].when, Compare("age", "at_least", 18.0)))
    in_view = program.space.boxes(OneOf("alpha2delta_in_view", (True,)))
    nobody = Ground(program).nobody
    somebody = fewest(program.space, program.space.boxes(adults), (*nobody, *in_view))
    assert somebody is None, as_yaml(person_in(program, somebody))


CAUTIONS_OF_ALPHA2DELTA: dict[str, dict[str, object]] = {
    "alpha2delta-breathing": {"lung_disease": True},
    "alpha2delta-breathing-and-what-you-take": {"opioid_use": True},
    "alpha2delta-and-kidneys": {"kidney": "severe"},
    "alpha2delta-with-low-mood": {"depression": True},
    "alpha2delta-and-falls": {"falls": True},
    "alpha2delta-and-misuse-history": {"substance_use": "past"},
}


@pytest.mark.parametrize("name", CAUTIONS_OF_ALPHA2DELTA)
@pytest.mark.parametrize("answer", ["pain_prominent", "anxiety", "neuropathy"])
def test_pain_anxiety_and_nerve_damage_bring_the_cautions(answer: str, name: str) -> None:
    """An adult who hears of gabapentin for pain, anxiety or nerve damage hears what speaks for care with it."""
    heard_ids = {
        point.id for point in heard(age=40, **{answer: True}, **CAUTIONS_OF_ALPHA2DELTA[name]).points
    }
    assert name in heard_ids


def test_augmentation_favours_a_talk_about_switching() -> None:
    """Augmentation signs on a dopaminergic medicine favour a conversation about a change."""
    discussion = heard(age=50, current_medicines=["pramipexole"], augmentation_signs=["earlier_in_the_day"])
    (change,) = [one for one in discussion.options if one.option.id == "supervised-change"]
    assert change.favoured_by


def test_pain_and_gabapentin() -> None:
    """An adult with pain hears that people with pain seemed to benefit most, as a hypothesis."""
    points = about(heard(age=50, pain_prominent=True), "pain", "gabapentin")
    assert any(re.search(r"seem|hypothesis|not proof", point.text) for point in points)


def test_augmentation_needs_a_medicine_that_causes_it() -> None:
    """Without a dopaminergic medicine or tramadol, nobody hears that augmentation is possible."""
    signs = ["earlier_in_the_day", "stronger", "spread_to_other_parts"]
    discussion = heard(age=50, current_medicines=[], past_medicines=[], augmentation_signs=signs)
    assert "supervised-change" not in {one.option.id for one in discussion.options}
    assert not [
        point
        for point in discussion.points
        if "possible_augmentation" in {reason.fact for reason in point.because}
    ]


def test_baclofen_studies_are_named_and_not_found() -> None:
    """Who asks about baclofen hears that the named studies could not be found, not that it is proven useless."""
    points = about(heard(age=50, asks_about=["baclofen"]), "baclofen")
    said = " ".join(f"{point.title} {point.text} {point.clinician_text}" for point in points).lower()
    assert "not be found" in said or "not found" in said or "could not find" in said
    assert "insufficient" in said or "not enough" in said
    assert "proven ineffective" not in said


def test_baclofen_and_kidneys() -> None:
    """Who asks about baclofen with kidney disease hears a caution."""
    points = about(heard(asks_about=["baclofen"], kidney="severe"), "kidney")
    assert any(point.stance in ("cautions", "advises_against") for point in points)


@pytest.mark.parametrize("thoughts", ["now", "someone_is_worried"])
def test_thoughts_of_suicide_come_first(thoughts: str) -> None:
    """Thoughts of suicide, one's own or feared by someone else, make the first point urgent."""
    discussion = heard(age=50, suicidal_thoughts=thoughts, asks_about=["gabapentin"])
    assert discussion.points[0].urgency == "urgent"


def test_ferritin_thresholds() -> None:
    """At a ferritin of 75 an adult hears of iron treatment, at 76 with a normal saturation not."""

    def favoured(ferritin: float) -> bool:
        discussion = heard(age=54, ferritin=ferritin, transferrin_saturation=30, iron_overload=False)
        return any(one.favoured_by for one in discussion.options if one.option.id == "oral-iron")

    assert favoured(75)
    assert not favoured(76)


def test_adult_points_are_not_for_children() -> None:
    """A child hears no point meant for adults, whatever else is known."""
    answers = {"ferritin": 20, "severity": "severe", "pain_prominent": True, "asks_about": ["gabapentin"]}
    assert all(point.population != "adults" for point in heard(age=9, **answers).points)
    assert any(point.population == "adults" for point in heard(age=30, **answers).points)


def test_low_ferritin_is_never_met_with_silence() -> None:
    """A low ferritin alone yields a point about it and asks for the age."""
    discussion = heard(ferritin=22)
    assert about(discussion, "ferritin")
    assert "age" in {question.fact for question in discussion.questions}


SEVEN = [
    "exercise",
    "heat-or-cold",
    "massage",
    "compression-stockings",
    "relaxation",
    "regular-sleep",
    "avoiding-triggers",
]


@pytest.mark.parametrize("measure", SEVEN)
def test_seven_measures_without_medicine(measure: str) -> None:
    """Who asks about one of the seven non-drug measures of the second seed hears of it."""
    discussion = heard(age=40, asks_about=[measure])
    assert [point for point in discussion.points if measure in point.options]


def test_nothing_unchecked_is_cited() -> None:
    """No point, option, finding or tension rests on an unchecked or out-of-scope statement."""
    for name, users in RULES.used_by.items():
        assert RULES.citable(name) or not users, name


def test_unchecked_strengths_are_not_carried() -> None:
    """A strength or certainty that was not checked does not reach a discussion."""
    discussion = heard(age=50, asks_about=["gabapentin"], severity="severe")
    for citation in discussion.citations:
        statement = RULES.statements[citation.statement]
        for shown, grade in (
            (citation.strength, statement.strength),
            (citation.certainty, statement.certainty),
        ):
            assert shown is None or (grade is not None and grade.checked != "unchecked")


def test_opposed_points_on_one_option_meet_only_with_a_tension() -> None:
    """In no shipped example is one option both favoured and advised against without a tension that names both points."""
    for text in RULES.examples.values():
        discussion = discuss(Profile.from_yaml(text))
        declared = [set(tension.points) for tension in discussion.tensions]
        for one in discussion.options:
            for yes in one.favoured_by:
                for no in one.advised_against_by:
                    assert any({yes, no} <= points for points in declared), (yes, no)


@pytest.mark.parametrize("example", sorted(RULES.examples))
def test_every_option_has_both_sides(example: str) -> None:
    """Each option in the discussion of a shipped example has a cited benefit or says that none was shown, and a cited harm or says that none was studied."""
    discussion = discuss(Profile.from_yaml(RULES.examples[example]), engine="reference")
    cited = {citation.statement for citation in discussion.citations}
    for one in discussion.options:
        option = one.option
        assert bool(option.benefits) is not option.no_benefit_shown, option.id
        assert bool(option.harms) is not option.not_studied, option.id
        for saying in (*option.benefits, *option.harms):
            assert saying.cites, option.id
            assert {*saying.cites} <= cited, option.id


def test_the_examples_are_many_and_cover_every_topic() -> None:
    """At least 24 people are shipped, and every topic speaks to one of them."""
    assert len(RULES.examples) >= 24
    people = [discuss(Profile.from_yaml(text), engine="reference").points for text in RULES.examples.values()]
    heard_ids = {point.id for points in people for point in points}
    topics = {file.stem for file in (shipped_rules() / "topics").glob("*.yaml")}
    silent = [topic for topic in sorted(topics) if not heard_ids & points_of(topic)]
    assert topics
    assert not silent


def points_of(topic: str) -> set[str]:
    """The ids of the points of one topic file."""
    return {name for name in RULES.points if Path(RULES.place("point", name).file).stem == topic}
