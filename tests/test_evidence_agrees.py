"""Points against what they cite: how they lean, what they speak of, whom they name, which numbers they give, how soon."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rls_rules import load_rules
from rls_rules.agreement import LEANS, disagreements
from rls_rules.dangers import BESIDE, misjudged
from rls_rules.errors import Problem
from rls_rules.figures import unsupported
from rls_rules.items import URGENCIES, WARNINGS, Hazard, Source, TalkingPoint
from rls_rules.naming import misnamed
from rls_rules.rulebase import RuleBase

RULES = load_rules()
POINTS = list(RULES.points.values())
points = st.sampled_from(POINTS)


def changed(point: TalkingPoint, **parts: object) -> RuleBase:
    """The shipped rules with one point changed."""
    return replace(RULES, points={**RULES.points, point.id: point.model_copy(update=parts)})


def messages(problems: Iterator[Problem]) -> list[str]:
    """What problems say, without their places."""
    return [problem.message for problem in problems]


def test_the_shipped_points_agree_with_what_they_cite() -> None:
    """No shipped point leans, names, counts or hurries otherwise than what it rests on."""
    for check in (disagreements, misnamed, unsupported, misjudged):
        assert messages(check(RULES)) == []


@pytest.mark.parametrize("stance", ["favours", "advises_against"])
def test_a_stance_turned_round_is_refused(stance: str) -> None:
    """No point for an option rests on what is only against it, nor the other way round."""
    turned = {"favours": "advises_against", "advises_against": "favours"}[stance]
    for point in [one for one in POINTS if one.stance == stance]:
        assert messages(disagreements(changed(point, stance=turned), {point.id})), point.id


@given(points, st.sampled_from(list(RULES.options)))
def test_an_option_that_no_source_speaks_of_is_refused(point: TalkingPoint, option: str) -> None:
    """A point can take up an option exactly if a statement that it cites speaks of it the way the point leans."""
    speaking = [one for one in map(RULES.statements.__getitem__, point.cites) if option in one.options]
    found = messages(disagreements(changed(point, options=(*point.options, option), beside={}), {point.id}))
    leaning = any(one.direction in LEANS[point.stance] for one in speaking)
    assert any(f"`{option}`" in one and "needs no" not in one for one in found) != leaning


@given(points)
def test_a_source_named_without_a_citation_is_refused(point: TalkingPoint) -> None:
    """A text that names every source names those that the point does not cite, and only these are told."""
    cited = {RULES.statements[name].source for name in point.cites}
    every = " ".join(f"{' '.join(name)}." for name in (one.named for one in RULES.sources.values()) if name)
    found = messages(misnamed(changed(point, clinician_text=every), {point.id}))
    others = {one.id for one in RULES.sources.values() if one.named} - cited
    assert found
    assert all("names" in one for one in found)
    assert not any(one.startswith(f"this names `{name}`,") for name in cited for one in found)
    assert sum(f"`{name}`" in one for name in others for one in found) >= len(found)


@given(points)
def test_a_text_without_names_leaves_every_citation_unnamed(point: TalkingPoint) -> None:
    """Where a clinician text names nobody, each citation is told of."""
    found = messages(misnamed(changed(point, clinician_text="Nobody knows."), {point.id}))
    assert len(found) == len(point.cites)


def test_a_name_is_its_words_in_order_in_one_sentence() -> None:
    """The text "MDS review 2018" names MDS 2018; the words turned round, or in two sentences, do not."""
    point = RULES.points["what-iron-by-mouth-cannot-do"]
    assert point.cites
    for text, count in (
        ("The MDS review of 2018 says so.", 0),
        ("In 2018 the MDS says so.", 1),
        ("The MDS says so. It was 2018.", 1),
    ):
        found = messages(misnamed(changed(point, clinician_text=text), {point.id}))
        assert len(found) == count * len(point.cites)


def test_of_a_name_within_a_longer_one_only_the_longer_is_meant() -> None:
    """A source named "AASM 2025 summary" is not the one named "AASM 2025"."""
    point = RULES.points["watch-for-augmentation"]
    text = point.clinician_text
    assert "AASM 2025 summary" in text
    assert not messages(misnamed(RULES, {point.id}))
    shorter = changed(point, clinician_text=text.replace("AASM 2025 summary", "AASM 2025"))
    assert "this names `aasm-2025`, which `watch-for-augmentation` does not cite" in messages(
        misnamed(shorter, {point.id})
    )


def test_a_source_without_names_is_named_by_its_short_name() -> None:
    """An author who gives no `named` may write the short name."""
    point = RULES.points["daily-medicine-only-when-life-suffers"]
    source = RULES.sources["irlssg-augmentation-2016"]
    plain: Source = source.model_copy(update={"named": ()})
    rules = replace(RULES, sources={**RULES.sources, plain.id: plain})
    told = point.model_copy(update={"clinician_text": f"The {plain.short} says so."})
    assert messages(misnamed(replace(rules, points={point.id: told}))) == []
    assert messages(misnamed(replace(rules, points={point.id: point})))


@given(points, st.sampled_from(["title", "text", "clinician_text", "ask"]), st.integers(100_000, 999_999))
def test_a_number_that_no_source_says_is_refused(point: TalkingPoint, key: str, number: int) -> None:
    """A number from nowhere is told of, wherever it stands."""
    found = messages(unsupported(changed(point, **{key: f"Reported: {number}."}), {point.id}))
    assert found == [f"`{key}` of `{point.id}` has the number `{number}`, and nothing that it cites does"]


def test_a_patient_may_read_a_rounded_share() -> None:
    """Of 7.7 % a patient may read "8 in 100" or "77 in 1,000", a clinician not; nor a patient "9 in 100"."""
    point = RULES.points["pregabalin-and-pramipexole-compared"]
    for key, share, right in (
        ("text", "8 in 100", True),
        ("text", "9 in 100", False),
        ("text", "77 in 1,000", True),
        ("text", "80 in 1,000", False),
        ("clinician_text", "8 in 100", False),
    ):
        rules = changed(point, **{key: f"It is reported in about {share} people."})
        assert (messages(unsupported(rules, {point.id})) == []) is right


@given(st.sampled_from([one for one in RULES.hazards.values() if one.urgency != "routine"]))
def test_a_danger_told_too_late_is_refused(hazard: Hazard) -> None:
    """The point of a danger that presses is not routine, and does not merely inform."""
    point = RULES.points[hazard.point]
    assert messages(misjudged(changed(point, urgency="routine"), {point.id}))
    assert messages(misjudged(changed(point, stance="informs"), {point.id}))


DRUGS = {one.id: {*one.medicines} for one in RULES.options.values() if one.medicines}
DANGEROUS = [
    (hazard, option)
    for hazard in RULES.hazards.values()
    if hazard.medicine
    for option, drugs in DRUGS.items()
    if drugs & {hazard.medicine, *RULES.classes_of[hazard.medicine]}
]


@given(st.sampled_from(DANGEROUS), st.sampled_from([*DRUGS]))
def test_a_danger_told_of_other_medicines_is_refused(danger: tuple[Hazard, str], other: str) -> None:
    """What tells of the danger of a medicine speaks of it, or of no medicine at all."""
    hazard, own = danger
    point = RULES.points[hazard.point]
    for options, right in (((other,), other == own), ((own, other), True), (("exercise",), True), ((), True)):
        found = messages(misjudged(changed(point, options=options), {point.id}))
        told = [one for one in found if one.startswith(f"`{hazard.id}` is a danger of `{hazard.medicine}`")]
        assert (told == []) is right


@given(points)
def test_hurry_without_a_danger_is_refused(point: TalkingPoint) -> None:
    """A point is more pressing than routine only if a danger is that it tells of, or that it stands beside."""
    for urgency in URGENCIES[:2]:
        pressing = [
            hazard
            for hazard in RULES.hazards.values()
            if URGENCIES.index(hazard.urgency) <= URGENCIES.index(urgency)
            and (hazard.point == point.id or set(hazard.cites) & set(point.cites))
        ]
        found = messages(misjudged(changed(point, urgency=urgency), {point.id}))
        if not pressing:
            assert any("no danger that it tells of is" in one for one in found)
        elif point.stance in BESIDE:
            assert not found


def test_every_danger_is_told_by_a_warning() -> None:
    """Whoever hears of a documented danger hears a caution or an advice against it."""
    assert {RULES.points[hazard.point].stance for hazard in RULES.hazards.values()} <= {*WARNINGS}


def test_the_ledger_speaks_of_every_option() -> None:
    """Of each option some statement speaks that may be cited."""
    spoken_of = {
        option for one in RULES.statements.values() if RULES.citable(one.id) for option in one.options
    }
    assert spoken_of == {*RULES.options}
