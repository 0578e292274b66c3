"""The questionnaire without a terminal: asks only what can matter, ends, and takes nothing for granted."""

from contextlib import suppress
from random import Random
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rls_rules import Profile, ProfileError, discuss, load_rules, next_question, render
from rls_rules.asking import (
    NoAnswer,
    answered,
    choices,
    how_to_answer,
    questions_left,
    read_answer,
    unrecognised,
)
from rls_rules.explain import missing
from rls_rules.notes import Reader
from rls_rules.person import Person
from rls_rules.profile import FACTS
from rls_rules.program import compiled
from rls_rules.testing import profiles

RULES = load_rules()
WORDS = RULES.note.asking
ANYBODY = profiles(unrecognised=True)
FACT_NAMES = st.sampled_from(sorted(FACTS.facts))


def without_some(profile: Profile, unsure: list[str], declined: list[str]) -> Profile:
    """The same person, who does not know some facts and would rather not speak of others."""
    return profile.model_copy(update={"unsure": tuple(unsure), "declined": tuple(declined)})


DOUBTFUL = st.builds(
    without_some, ANYBODY, st.lists(FACT_NAMES, max_size=6), st.lists(FACT_NAMES, max_size=6)
)
"""People who do not know some things, and would rather not speak of others."""


@settings(max_examples=40)
@given(ANYBODY)
def test_it_asks_in_the_order_of_the_note(profile: Profile) -> None:
    """Of whom nothing is left out, the next question is the first of the discussion, and those left are the same."""
    asked = discuss(profile).questions
    assert questions_left(RULES, profile) == asked
    assert next_question(RULES, profile) == (asked[0] if asked else None)


@settings(max_examples=40)
@given(DOUBTFUL)
def test_it_asks_only_what_can_matter(profile: Profile) -> None:
    """Whatever is asked is one of a smallest set of open facts that shows a point, or a gap that does."""
    program = compiled(RULES)
    point = Person(program, profile).box
    heard = program.heard(point)
    never = {*profile.unsure, *profile.declined}
    for question in questions_left(RULES, profile):
        assert question.fact not in never
        for decided in question.decides:
            number = program.ids.index(decided.point)
            together = {question.fact, *decided.together_with}
            assert never.isdisjoint(together)
            assert number in heard or frozenset(together) in missing(program, number, point)


def some_answers(fact: str) -> list[object]:
    """Answers to a fact: all of a choice, the ends of a number and its thresholds, each member of a set alone."""
    declared = RULES.vocabulary[fact]
    match declared.kind:
        case "truth" | "choice":
            return [choice.value for choice in choices(RULES, fact)]
        case "number":
            return [declared.minimum, declared.maximum, *map(float, range(0, 101, 5))]
        case _:
            return [[], *([member] for member in declared.values)]


@settings(max_examples=15)
@given(DOUBTFUL)
def test_what_matters_alone_changes_the_discussion(profile: Profile) -> None:
    """Where the next question is said to decide points by itself, some answer does change what is heard."""
    question = next_question(RULES, profile)
    if question is None or all(decided.together_with for decided in question.decides):
        return
    before = {point.id for point in discuss(profile).points}

    def changes(answer: object) -> bool:
        with suppress(ProfileError):
            after = answered(RULES, profile, question.fact, answer)
            return {point.id for point in discuss(after).points} != before
        return False

    assert any(map(changes, some_answers(question.fact)))


def typed(fact: str, random: Random) -> str:
    """Something that may be typed as an answer."""
    if random.random() < 0.3:
        return random.choice([WORDS.said_unsure[0], WORDS.said_declined[0]])
    declared, offered = FACTS[fact], choices(RULES, fact)
    more = ["", f", {WORDS.said_unsure[0]}"]
    match declared.kind:
        case "number":
            number = random.choice([declared.minimum, declared.maximum, 18, 50, 75])
            return f"{min(number, declared.maximum):g} {declared.unit}"
        case "set":
            some = [str(number) for number in range(1, len(offered) + 1)]
            names = some or ["Mirapex", "gabapentin", "codeine", "opioid", "Mirapexx", "Qwertol"]
            listed = random.sample(names, random.randint(0, min(3, len(names))))
            return ", ".join(listed) + random.choice(more) if listed else WORDS.said_none[0]
        case _:
            return str(random.randint(1, len(offered)))


@settings(max_examples=6)
@given(DOUBTFUL, st.randoms(use_true_random=False))
def test_it_always_ends(profile: Profile, random: Random) -> None:
    """Whatever is answered, and whatever is not known or not said, no fact is asked about twice."""
    asked: list[str] = []
    while question := next_question(RULES, profile):
        asked.append(question.fact)
        assert len({*asked}) == len(asked) <= len(FACTS.facts)
        try:
            answer = read_answer(RULES, question.fact, typed(question.fact, random))
            profile = answered(RULES, profile, question.fact, answer)
        except ProfileError:  # it cannot be true together with the others
            profile = answered(RULES, profile, question.fact, NoAnswer.UNSURE)


def test_what_cannot_wait_is_asked_first_and_gently() -> None:
    """Of whom nothing is known, thoughts of ending life are asked about first, and as everyone is asked."""
    first = next_question(RULES, Profile())
    assert first is not None
    assert first.fact == "suicidal_thoughts"
    assert first.asks.startswith("We ask everyone this.")
    assert first.decides[0].urgency == "urgent"


@settings(max_examples=60)
@given(profiles())
def test_thoughts_of_ending_life_come_early(profile: Profile) -> None:
    """Whoever was not asked about thoughts of ending life yet is asked so among the first three questions."""
    asked = [question.fact for question in questions_left(RULES, profile)]
    assert "suicidal_thoughts" not in asked[3:]


@pytest.mark.parametrize("said", NoAnswer)
def test_no_answer_is_remembered_and_never_a_no(said: NoAnswer) -> None:
    """Who does not know, or would rather not say, is not asked again, and the fact stays unknown."""
    profile = answered(RULES, Profile(age=40), "lung_disease", said)
    assert profile.lung_disease is None
    assert getattr(profile, said.value) == ("lung_disease",)
    assert {point.id for point in discuss(profile).points} == {
        point.id for point in discuss(Profile(age=40)).points
    }
    assert "lung_disease" not in {question.fact for question in questions_left(RULES, profile)}
    assert Profile.from_json(profile.model_dump_json()) == profile


def test_nothing_takes_an_answer_back_and_is_not_asked_again() -> None:
    """Who is given None as the answer has told nothing of it any more, is unsure, and is not asked again."""
    profile = answered(RULES, Profile(age=40, lung_disease=True), "lung_disease", None)
    assert profile == Profile(age=40, unsure=("lung_disease",))
    assert "lung_disease" not in {question.fact for question in questions_left(RULES, profile)}


def test_a_later_answer_takes_the_place_of_no_answer() -> None:
    """Who was unsure and answers after all is unsure no longer."""
    profile = answered(RULES, Profile(), "age", NoAnswer.UNSURE)
    later = answered(RULES, profile, "age", 40)
    assert (later.age, later.unsure) == (40, ())
    declined = answered(RULES, profile, "age", NoAnswer.DECLINED)
    assert (declined.unsure, declined.declined) == ((), ("age",))


@pytest.mark.parametrize("reader", get_args(Reader))
def test_the_note_tells_not_knowing_from_not_saying(reader: Reader) -> None:
    """A note says of what a person does not know just that, not that they would rather not say; it stays open."""
    unsure = discuss(answered(RULES, Profile(), "ferritin", NoAnswer.UNSURE))
    assert "ferritin" in {question.fact for question in unsure.questions}
    note = render(unsure, reader=reader)
    assert "You do not know, or it is not clear in full: Ferritin" in note
    assert "You would rather not say" not in note


def test_what_matters_only_with_something_unsaid_is_not_asked() -> None:
    """Who would rather not speak of present medicines is not asked what matters only together with them."""
    rather_not = answered(RULES, Profile(), "current_medicines", NoAnswer.DECLINED)
    left = questions_left(RULES, rather_not)
    assert left
    assert not [
        one for one in left for decided in one.decides if "current_medicines" in decided.together_with
    ]
    assert len(left) < len(questions_left(RULES, Profile())) - 1


READ: list[tuple[str, str, object]] = [
    ("drives", "yes", True), ("drives", " Y ", True), ("drives", "No", False), ("drives", "2", False),
    ("drives", "you drive or work with machines", True),
    ("kidney", "1", "normal"), ("kidney", "Dialysis", "dialysis"), ("kidney", "you are on dialysis", "dialysis"),
    ("pregnancy", "not pregnant", "not_pregnant"), ("alcohol", "none", "none"),
    ("age", "54", 54.0), ("age", "54 years", 54.0), ("age", "0", 0.0), ("age", "120", 120.0),
    ("ferritin", "60 ng/mL", 60.0), ("ferritin", "60.5ug/L", 60.5), ("ferritin", "75 µg/L", 75.0),
    ("ferritin", "75 \u03bcg/l", 75.0), ("transferrin_saturation", "20%", 20.0), ("transferrin_saturation", "20", 20.0),
    ("impulse_control", "1, 3", {"includes": ["gambling", "eating"], "rest": "none"}),
    ("impulse_control", "sex; Gambling", {"includes": ["sexual", "gambling"], "rest": "none"}),
    ("impulse_control", "none", {"includes": [], "rest": "none"}),
    ("impulse_control", "No", {"includes": [], "rest": "none"}),
    ("impulse_control", "2, not sure", {"includes": ["shopping"], "rest": "unknown"}),
    ("impulse_control", "none, d", NoAnswer.UNSURE), ("impulse_control", "d, d", NoAnswer.UNSURE),
    ("current_medicines", "Mirapex,, gabapentin, Mirapex", {"includes": ["Mirapex", "gabapentin"], "rest": "none"}),
    ("current_medicines", "Mirapexx", {"includes": ["Mirapexx"], "rest": "none"}),
    ("current_medicines", "nothing", {"includes": [], "rest": "none"}),
    ("asks_about", "baclofen, iron tests", {"includes": ["baclofen", "iron-tests"], "rest": "none"}),
    ("age", "I don\u2019t know", NoAnswer.UNSURE), ("age", "D", NoAnswer.UNSURE),
    ("current_medicines", "Rather not say", NoAnswer.DECLINED), ("age", "r", NoAnswer.DECLINED),
    ("free_text", " My legs! ", "My legs!"),
]  # fmt: skip


@pytest.mark.parametrize(("fact", "written", "answer"), READ)
def test_what_was_typed_is_read(fact: str, written: str, answer: object) -> None:
    """An answer may be typed as its number, its name or its words, with a unit, or as a list; and is a profile's."""
    assert read_answer(RULES, fact, written) == answer
    assert answered(RULES, Profile(), fact, answer)


REFUSED = [
    ("drives", "maybe", WORDS.not_one_of_these), ("drives", "3", WORDS.not_one_of_these),
    ("drives", "", WORDS.not_one_of_these), ("kidney", "6", WORDS.not_one_of_these),
    ("kidney", "0", WORDS.not_one_of_these), ("kidney", "norm", WORDS.not_one_of_these),
    ("age", "", WORDS.not_a_number), ("age", "-1", WORDS.not_a_number), ("age", "fifty", WORDS.not_a_number),
    ("age", "7,5", WORDS.another_unit), ("age", "1e3", WORDS.another_unit), ("age", "54 months", WORDS.another_unit),
    ("age", "121", WORDS.out_of_range), ("age", "9" * 400, WORDS.out_of_range), ("age", "nan", WORDS.not_a_number),
    ("age", "4.9999999", WORDS.another_unit),
    ("ferritin", "60", WORDS.another_unit), ("ferritin", "135 pmol/L", WORDS.another_unit),
    ("ferritin", "1,200 ng/mL", WORDS.another_unit), ("ferritin", "20001 ng/mL", WORDS.out_of_range),
    ("transferrin_saturation", "120 %", WORDS.out_of_range),
    ("impulse_control", "6", WORDS.not_one_of_these), ("impulse_control", "none, 1", WORDS.not_one_of_these),
    ("current_medicines", "none, Mirapex", WORDS.not_one_of_these), ("current_medicines", " , ", WORDS.not_read),
    ("current_medicines", "M" * 101, WORDS.not_read), ("current_medicines", "Mira\u202epex", WORDS.not_read),
    ("current_medicines", ",".join(map(str, range(101))), WORDS.not_read), ("ferritin_date", "May", WORDS.not_read),
]  # fmt: skip


@pytest.mark.parametrize(("fact", "written", "message"), REFUSED)
def test_what_cannot_be_read_is_refused_kindly(fact: str, written: str, message: str) -> None:
    """What is no answer is refused with the reason and how to answer, and is never guessed."""
    with pytest.raises(ProfileError) as caught:
        read_answer(RULES, fact, written)
    (problem,) = caught.value.problems
    assert (problem.message, problem.help) == (message, how_to_answer(RULES, fact))


MARK = "731643"


@settings(max_examples=150)
@given(FACT_NAMES, st.text(max_size=6), st.text(max_size=6))
def test_a_refusal_does_not_repeat_what_was_typed(fact: str, before: str, after: str) -> None:
    """Whatever is typed, it is read or refused in our own words, without a word of it."""
    said = ""
    try:
        answer = read_answer(RULES, fact, f"{before}{MARK}{after}")
        answered(RULES, Profile(), fact, answer)
    except ProfileError as error:
        said = f"{error} {error!r}"
    assert MARK not in said


@pytest.mark.parametrize("fact", sorted(FACTS.facts))
def test_every_choice_can_be_chosen(fact: str) -> None:
    """Each answer that a fact may have can be typed as its number and as its words, and is in words of the note."""
    for number, choice in enumerate(choices(RULES, fact), 1):
        expected = {"includes": [choice.value], "rest": "none"} if FACTS[fact].kind == "set" else choice.value
        assert read_answer(RULES, fact, str(number)) == expected
        if "," not in choice.words:
            assert read_answer(RULES, fact, choice.words) == expected
        said = {one.text for one in discuss(answered(RULES, Profile(), fact, expected)).told}
        assert any(choice.words in text for text in said) or FACTS[fact].names


def test_how_to_answer_names_range_and_unit() -> None:
    """A number is asked for with its unit, its smallest and its largest; ferritin with the units that are equal."""
    assert "in years, from 0 to 120" in how_to_answer(RULES, "age")
    for part in ("ng/mL", "µg/L", "from 0 to 20000"):
        assert part in how_to_answer(RULES, "ferritin")


def test_answers_that_cannot_be_true_together_are_refused() -> None:
    """An answer that contradicts an earlier one is refused with the reason, and nothing is changed."""
    with pytest.raises(ProfileError, match="Pregnancy"):
        answered(RULES, Profile(age=80), "pregnancy", "pregnant")


def test_a_name_is_never_replaced_by_itself() -> None:
    """A mistyped medicine is offered its neighbours, stays as it was typed, and is not asked about again."""
    answer = read_answer(RULES, "current_medicines", "Mirapexx")
    (found,) = unrecognised(RULES, "current_medicines", answer)
    assert "Mirapex" in found.nearest
    profile = answered(RULES, Profile(), "current_medicines", answer)
    assert profile.current_medicines is not None
    assert profile.current_medicines.includes == ("Mirapexx",)
    assert profile.unsure == ("current_medicines",)


def test_a_class_without_its_members_is_not_asked_about_for_ever() -> None:
    """Who takes "an opioid" and cannot say which is asked about present medicines once."""
    profile = answered(RULES, Profile(), "current_medicines", ["opioid"])
    assert "current_medicines" not in {question.fact for question in questions_left(RULES, profile)}
