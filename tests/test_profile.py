"""What one person told us: typed, unknown by default, refused kindly and without repeating answers."""

import json
import sys
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rls_rules import Profile, ProfileError, load_rules
from rls_rules.profile import FACTS
from rls_rules.testing import profiles
from rls_rules.yaml_reader import HIDDEN


def problems(**answers: object) -> ProfileError:
    """The refusal of a profile from keywords."""
    with pytest.raises(ProfileError) as caught:
        Profile(**answers)
    return caught.value


def test_everything_is_unknown_by_default() -> None:
    """A profile without answers knows nothing."""
    assert Profile().known() == {}


def test_four_ways_in() -> None:
    """Keywords, a dict, YAML and JSON give equal profiles."""
    answers = {"age": 54, "ferritin": "60 ng/mL", "current_medicines": ["Mirapex"], "iron_overload": False}
    yaml = "age: 54\nferritin: 60 ng/mL\ncurrent_medicines: [Mirapex]\niron_overload: false\n"
    from_keywords = Profile(**answers)
    assert from_keywords == Profile.model_validate(answers)
    assert from_keywords == Profile.from_yaml(yaml)
    assert from_keywords == Profile.from_json(json.dumps(answers))


@settings(max_examples=60)
@given(profiles(unrecognised=True, most_facts=30))
def test_a_profile_survives_saving(profile: Profile) -> None:
    """A profile saved as JSON reads back equal."""
    assert Profile.from_json(profile.model_dump_json(exclude_none=True)) == profile


@pytest.mark.parametrize(
    "written", [60, 60.0, "60 ng/mL", "60 µg/L", "60 ug/L", "60 NG/ML", "60 \u03bcg/L", "60ng/mL"]
)
def test_ferritin_units_that_are_equal(written: object) -> None:
    """Ferritin may be given in ng/mL or µg/L, which are the same."""
    assert Profile(ferritin=written).ferritin == 60


@pytest.mark.parametrize(
    "written",
    [
        "60",
        "60 pmol/L",
        "135 nmol/L",
        "sixty ng/mL",
        "60 mg/L",
        "",
        "7_5 ng/mL",
        "1e2 ng/mL",
        "\u0666\u0660 ng/mL",
        "nan ng/mL",
        "+60 ng/mL",
    ],
)
def test_other_ferritin_units_are_refused(written: str) -> None:
    """Any other unit of ferritin, or none, is refused with help and never converted."""
    assert "ng/mL" in str(problems(ferritin=written))


def test_all_problems_at_once() -> None:
    """Every mistake is reported, not the first."""
    error = problems(age=200, kidney="norml", fertin=1, drives="yes", current_medicines=[3])
    said = str(error)
    assert len(error.problems) == 5
    for name in ("age", "kidney", "fertin", "drives", "current_medicines"):
        assert f"`{name}`" in said
    assert "did you mean `ferritin`?" in said
    assert "one of `normal`, `reduced`" in said


def test_problems_name_the_place_in_a_file() -> None:
    """A problem in a YAML profile stands with line and column."""
    with pytest.raises(ProfileError) as caught:
        Profile.from_yaml("age: 54\nkidney: norml\n", "me.yaml")
    assert str(caught.value).startswith("me.yaml:2:9: `kidney` is not one of the answers")


@pytest.mark.parametrize("wrong", [True, "54", float("nan"), float("inf"), -1, 121, [54]])
def test_numbers_are_never_coerced(wrong: object) -> None:
    """A truth, a text, not-a-number, infinity and what is out of range are no age."""
    assert "`age`" in str(problems(age=wrong))


@pytest.mark.parametrize("wrong", [1, 0, "true", "yes"])
def test_truths_are_never_coerced(wrong: object) -> None:
    """Only true and false answer a yes-or-no fact."""
    assert "should be `true` or `false`" in str(problems(drives=wrong))


def test_a_list_is_a_complete_answer_and_the_long_form_is_not() -> None:
    """A plain list says "and nothing else"; the long form leaves the rest unknown unless it says so."""
    listed = Profile(impulse_control=["gambling"]).impulse_control
    partly = Profile(impulse_control={"includes": ["gambling"]}).impulse_control
    assert listed is not None
    assert partly is not None
    assert (listed.rest, partly.rest) == ("none", "unknown")


def test_a_member_cannot_be_in_and_out() -> None:
    """The same member in both lists is a contradiction that names the fact."""
    both = {"includes": ["gambling"], "excludes": ["gambling"]}
    assert "`impulse_control`" in str(problems(impulse_control=both))


@pytest.mark.parametrize("key", ["declined", "unsure"])
def test_what_has_no_answer_must_be_a_fact(key: str) -> None:
    """`declined` and `unsure` take names of facts, and a misspelt one is given its neighbour."""
    said = str(problems(**{key: ["pregancy"]}))
    assert f"`{key}` names something that is not a fact" in said
    assert "did you mean `pregnancy`?" in said


def test_what_steers_a_terminal_is_told_as_it_could_be_typed() -> None:
    """A report shows what cannot be printed as JSON writes it, on one line."""
    with pytest.raises(ProfileError) as caught:
        Profile.from_json('{"age": "\\u001b[31m\\nRED\\u202e", "\\u001b]0;x": 1}')
    assert caught.value.problems[0].report().endswith("\n  written: \\u001b[31m\\nRED\\u202e")
    assert "unknown key `\\u001b]0;x`" in str(caught.value)


@pytest.mark.parametrize(
    "answers", [{"current_medicines": [" "]}, {"free_text": "\n"}, {"asks_about": ["\t"]}]
)
def test_blank_texts_are_refused(answers: dict[str, object]) -> None:
    """A name or a text of nothing but spaces says nothing, and is refused."""
    assert "is blank" in str(problems(**answers))


@pytest.mark.parametrize("number", ["9999999999", "-99999999999.5", "0.1234567891"])
def test_numbers_with_too_many_digits(number: str) -> None:
    """A plain number that is too long to be honest is said to be so, and not to be read in two ways."""
    with pytest.raises(ProfileError, match="is too large or too exact"):
        Profile.from_yaml(f"age: {number}\n")


def test_hidden_characters_are_refused() -> None:
    """A text with a character that cannot be seen is refused."""
    assert "hidden" in str(problems(free_text="legs\u202e"))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{\n  "age": 54,', "me.json:2:13: this is not JSON from here on"),
        ('{"age": 54} 1', "me.json:1:13: this is not JSON from here on"),
        ('{"age": 5, "age": 50}', "me.json: a key is given twice"),
        ('{"age": NaN}', "me.json: this is no number"),
        ('{"age": 1' + "0" * 5000 + "}", "me.json: a number has too many digits"),
        (b'{"free_text": "\xff"}', "me.json: this is not UTF-8"),
        ("[" * 100_000, "me.json: nested too deeply"),
        ('{\n  "kidney": "norml",\n  "fertin": 1}', "me.json:2:13: `kidney` is not one of the answers"),
        ('{"free_text": "\\ud83d\\ude00", "age": 200}', "me.json: `age` is too large"),
        ("[1]", "me.json:1:1: "),
    ],
)
def test_json_that_is_refused_names_the_place(tmp_path: Path, text: str | bytes, says: str) -> None:
    """A JSON profile that cannot be read, or says one thing twice, is refused with its place and with help."""
    file = tmp_path / "me.json"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ProfileError) as caught:
        Profile.from_file(file)
    assert str(caught.value).removeprefix(f"{tmp_path}/").startswith(says)
    assert all(problem.help for problem in caught.value.problems)


def test_what_json_says_twice_is_told_only_to_its_writer() -> None:
    """The key that JSON gives twice is in the report, and not in the text of the exception."""
    with pytest.raises(ProfileError) as caught:
        Profile.from_json('{"my secret": 5, "my secret": 50}')
    assert "my secret" not in str(caught.value)
    assert caught.value.problems[0].report().endswith("written: my secret")


def test_what_the_reader_of_files_refuses_is_no_answer() -> None:
    """What cannot be read back from a file is refused in an answer too, though it could be printed."""
    hidden = [one for one in map(chr, range(sys.maxunicode + 1)) if one.isprintable() and HIDDEN.search(one)]
    assert "\ufe0f" in hidden
    for one in hidden:
        assert "hidden" in str(problems(free_text=f"legs {one}"))
        assert "hidden" in str(problems(current_medicines=[f"legs {one}"]))


SECRET = st.text(st.characters(codec="ascii", categories=["Lu"]), min_size=12, max_size=20).map(
    lambda text: "Zq" + text
)


@settings(max_examples=150)
@given(st.sampled_from(sorted(FACTS.facts)), SECRET)
def test_an_exception_repeats_no_answer(fact: str, secret: str) -> None:
    """Whatever was wrongly answered, `str()` of the exception does not contain it, and the report to its writer may."""
    for wrong in ({"includes": [secret, 3], "rest": secret}, secret):
        with suppress(ProfileError):
            Profile.model_validate({fact: wrong})
            continue
        with pytest.raises(ProfileError) as caught:
            Profile.model_validate({fact: wrong})
        assert secret not in str(caught.value)
        assert secret not in repr(caught.value.args)


def test_the_words_and_the_facts_are_held_together() -> None:
    """Every fact of a profile has its words in facts.yaml, in the same order."""
    assert list(load_rules().words) == [fact.name for fact in FACTS]


def test_facts_know_their_ranges_and_units() -> None:
    """The vocabulary carries kind, range, unit and answers of each field."""
    ferritin = FACTS["ferritin"]
    assert (ferritin.kind, ferritin.minimum, ferritin.maximum, ferritin.unit) == (
        "number",
        0,
        20_000,
        "ng/mL",
    )
    assert FACTS["kidney"].values == ("normal", "reduced", "severe", "dialysis", "transplant")
    assert FACTS["current_medicines"].names == "medicines"
    assert Profile(ferritin_date=date(2026, 5, 1)).known() == {"ferritin_date": date(2026, 5, 1)}
    assert FACTS["ferritin_date"].kind == "quoted"


def test_what_is_not_known_or_not_said_is_in_the_schema() -> None:
    """The JSON Schema has `declined` and `unsure` as lists of names, neither of them required."""
    schema = Profile.model_json_schema()
    for key in ("declined", "unsure"):
        assert schema["properties"][key]["items"] == {"type": "string"}
    assert "required" not in schema


def test_the_published_schema_admits_what_the_reader_admits() -> None:
    """The JSON Schema offers the plain list beside the long form of a set."""
    schema = Profile.model_json_schema()
    forms = [one["anyOf"] for one in schema["$defs"].values()]
    assert all([form[0]["type"], form[1]["type"]] == ["array", "object"] for form in forms)
