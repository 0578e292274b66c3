"""The scorecards: what every shipped note reaches, what people decide, and what the command line answers."""

import json
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from rls_rules import NoteError, Profile, discuss, load_rules, render, score
from rls_rules.cli import app
from rls_rules.discussion import NO_CHANGE
from rls_rules.notes import Document, note
from rls_rules.options import Option
from rls_rules.readability import PLAIN_GRADE
from rls_rules.scoring import Card, NoteView, Rating, digest
from rls_rules.scoring.balance import MOST_TIMES, MOST_TIMES_IN_ONE, unbalanced
from rls_rules.scoring.cdc import MOST_ITEMS
from rls_rules.scoring.plainness import abbreviated, arithmetic, percentages, reading_grade
from rls_rules.scoring.reading import words_in
from rls_rules.testing import profiles
from tests.altered import added

DAY = date(2026, 11, 22)
RULES = load_rules()
EXAMPLES = sorted(RULES.examples)
NOT_REACHED = {"QL15"}
"""What no note meets until a clinician has reviewed the rules."""
LEAST_UNDERSTOOD, LEAST_CLEAR = 80, 90
LEAST_QUALITY = {0: 9, 1: 12, 2: 14}
"""Of IPDAS, by the number of pictures of chances: each of the first two brings items that apply only with it."""


@cache
def of_example(name: str) -> Document:
    """The note of a shipped example."""
    return note(discuss(Profile.from_yaml(RULES.examples[name]), on=DAY, engine="reference"), rules=RULES)


def verdicts(card: Card, *, by_machine: bool) -> dict[str, str]:
    """The verdict of each item, those that only code decides or all."""
    return {one.id: one.verdict for one in card.results if one.decided_by == "machine" or not by_machine}


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_reaches_what_code_can_decide(name: str) -> None:
    """IPDAS: all that code decides is met but a review; PEMAT-P at least 80, CDC at least 90; grade 8 at most."""
    document = of_example(name)
    ipdas, pemat, cdc = score(document, RULES)
    decided = verdicts(ipdas, by_machine=True)
    assert {id_ for id_, verdict in decided.items() if verdict == "not met"} == NOT_REACHED
    assert {id_ for id_ in decided if id_.startswith(("Q", "C")) and not id_.startswith("QL")} == {
        *(f"Q{n}" for n in range(1, 7)),
        *(f"C{n}" for n in range(1, 7)),
    }
    met = sum(verdict == "met" for id_, verdict in decided.items() if id_.startswith("QL"))
    assert met >= LEAST_QUALITY[min(len(NoteView(document, RULES).chances), 2)]
    for group in pemat.scores:
        assert group.percent is not None
        assert group.percent >= LEAST_UNDERSTOOD
    (index,) = cdc.scores
    assert index.percent is not None
    assert index.percent >= LEAST_CLEAR
    assert reading_grade(NoteView(document, RULES)) <= PLAIN_GRADE


@pytest.mark.parametrize("name", EXAMPLES)
def test_life_with_an_option_is_refused_only_where_the_sources_are_silent(name: str) -> None:
    """Q6 is met unless the options of a note include one of which the sources say nothing."""
    document = of_example(name)
    silent = any(
        line.text == RULES.note.frames.not_said
        for card in NoteView(document, RULES).compared
        for line in card.lines
    )
    found = verdicts(score(document, RULES)[0], by_machine=False)["Q6"]
    assert found == ("not met" if silent else "met")


def sides(option: Option, most: int | None) -> tuple[int, int]:
    """How many words the good and the bad sides of an option have."""
    frames = RULES.note.frames
    good = [one.text for one in option.benefits[:most]] or [frames.no_benefit_shown]
    bad = [one.text for one in option.harms[:most]] or [frames.not_studied]
    return words_in(good), words_in(bad)


@pytest.mark.parametrize("option", RULES.options.values(), ids=lambda option: option.id)
@pytest.mark.parametrize("most", [1, None])
def test_both_sides_of_an_option_have_equal_room(option: Option, most: int | None) -> None:
    """In each option, compared or in full, one side has at most twice the words of the other."""
    few, many = sorted(sides(option, most))
    assert many <= MOST_TIMES_IN_ONE * few


@pytest.mark.parametrize("size", [1, 2, 3])
def test_both_sides_of_every_comparison_have_equal_room(size: int) -> None:
    """Whichever options stand side by side, one side of all has at most 1.5 times the words of the other."""
    changes = [option for name, option in RULES.options.items() if name != NO_CHANGE]
    for some in combinations(changes, size):
        counts = [sides(option, 1) for option in (*some, RULES.options[NO_CHANGE])]
        few, many = sorted(map(sum, zip(*counts, strict=True)))
        assert many <= MOST_TIMES * few, [option.id for option in some]


@settings(max_examples=40)
@given(profiles())
def test_both_sides_have_the_same_place_and_style(profile: Profile) -> None:
    """In any note, explanations of words apart, good and bad sides have one heading level, order, style and room."""
    plain = replace(RULES, terms={})
    document = note(discuss(profile, on=DAY, engine="reference"), rules=plain)
    assert list(unbalanced(NoteView(document, plain))) == []


@settings(max_examples=25)
@given(profiles(unrecognised=True))
def test_any_note_can_be_scored(profile: Profile) -> None:
    """Every item of the note of any person has a verdict and a reason, and no list is too long."""
    document = note(discuss(profile, on=DAY, engine="reference"), rules=RULES)
    cards = score(document, RULES)
    assert [len(card.results) for card in cards] == [44, 24, 20]
    for card in cards:
        assert all(one.how and one.by for one in card.results)
        for group in card.scores:
            assert group.met <= group.decided
    lists = next(one for one in cards[2].results if one.id == "A8")
    assert lists.verdict == "met", (lists.how, MOST_ITEMS)


def test_a_section_that_no_note_has_is_refused() -> None:
    """A note with unknown sections is refused with each of them, and with what was meant."""
    document = of_example("low-iron")
    first, second, *others = document.sections
    changed = replace(document, sections=(replace(first, id="abuot"), replace(second, id="zzz"), *others))
    with pytest.raises(NoteError) as caught:
        score(changed, RULES)
    assert [problem.message for problem in caught.value.problems] == [
        "no note has a section `abuot`",
        "no note has a section `zzz`",
    ]
    assert caught.value.problems[0].help == "did you mean `about`?"


def test_what_nobody_rated_is_never_met() -> None:
    """Without ratings, no item that a person decides is met, and none of them counts in a score."""
    for card in score(of_example("low-iron"), RULES):
        for one in card.results:
            assert one.decided_by == "machine" or one.verdict != "met"
        assert sum(group.met + group.unrated for group in card.scores) <= len(card.results)
        rated = sum(one.verdict in ("met", "not met") for one in card.results)
        assert sum(group.decided for group in card.scores) == rated


def rating(document: Document, *, met: bool = True, card: str = "PEMAT-P", item: str = "2") -> Rating:
    """A signed rating of one item of a note."""
    return Rating(
        card=card,
        item=item,
        note=digest(document),
        met=met,
        why="It keeps to it.",
        by="A. Reader",
        role="patient",
        on=DAY,
    )


@given(st.booleans())
def test_a_person_decides_what_they_signed_for(met: bool) -> None:  # noqa: FBT001
    """A rating of this note turns `not rated` into what the person said, with their name, role and date."""
    document = of_example("low-iron")
    card = score(document, RULES, [rating(document, met=met)])[1]
    (one,) = (result for result in card.results if result.id == "2")
    assert (one.verdict, one.by) == ("met" if met else "not met", "A. Reader, patient, 2026-11-22")


def test_a_rating_is_of_one_note_only() -> None:
    """A note that has changed since was not rated; the date on which it was made does not matter."""
    document = of_example("low-iron")
    changed = added("told", "Something new.")(document)
    (one,) = (r for r in score(changed, RULES, [rating(document)])[1].results if r.id == "2")
    assert one.verdict == "not rated"
    profile = Profile.from_yaml(RULES.examples["low-iron"])
    later = note(discuss(profile, on=date(2027, 1, 1), engine="reference"), rules=RULES)
    assert digest(later) == digest(document)


def test_nobody_can_overrule_what_code_refuses() -> None:
    """Where code finds that something is missing, a rating does not make it met."""
    document = of_example("coffee-wine-and-cigarettes")
    card = score(document, RULES, [rating(document, card="PEMAT-P", item="15")])[1]
    (one,) = (result for result in card.results if result.id == "15")
    assert (one.verdict, one.by) == ("not met", "machine")


def with_line(text: str) -> NoteView:
    """A note with one more line."""
    return NoteView(added("told", text)(of_example("low-iron")), RULES)


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("It was 6 in 100, against 2 in 100.", False),
        ("It was 6 in 100 people, against 1 in 40.", True),
        ("In 2 of 12 weeks and 5 of 100 people.", False),
        ("That is half of it.", True),
        ("Half an hour.", False),
    ],
)
def test_what_counts_as_arithmetic(text: str, *, refused: bool) -> None:
    """Shares of two numbers of people in one sentence, and words of arithmetic."""
    assert bool(list(arithmetic(with_line(text)))) is refused


@pytest.mark.parametrize(
    ("text", "refused"),
    [("It was 36 % of women.", True), ("Your transferrin saturation is 12 %.", False), ("TSAT: 12 %", False)],
)
def test_what_counts_as_a_percentage_of_people(text: str, *, refused: bool) -> None:
    """A test result in per cent is as the laboratory prints it; a share of people is not."""
    assert bool(list(percentages(with_line(text)) or ())) is refused


@pytest.mark.parametrize(
    ("text", "refused"),
    [("Ask for the XYZ.", True), ("Ask for the xylophone zone (XYZ). An XYZ.", False), ("GABA", False)],
)
def test_what_counts_as_an_abbreviation(text: str, *, refused: bool) -> None:
    """It is explained where it stands in brackets after its words, or in the glossary."""
    assert bool(list(abbreviated(with_line(text)))) is refused


def test_only_patient_notes_in_english() -> None:
    """A note for a clinician, or in another language, is refused with what to do."""
    discussion = discuss(Profile(), on=DAY)
    with pytest.raises(NoteError, match="for what patients read"):
        score(note(discussion, reader="clinician", rules=RULES), RULES)
    with pytest.raises(NoteError, match="only notes in English"):
        score(replace(note(discussion, rules=RULES), language="de"), RULES)


def run(*words: str) -> Result:
    """Run the command line in this process."""
    return CliRunner().invoke(app, ["score", *words])


def saved(folder: Path, name: str = "low-iron") -> Path:
    """A note of an example in a file."""
    path = folder / "note.json"
    discussion = discuss(Profile.from_yaml(RULES.examples[name]), on=DAY)
    path.write_text(render(discussion, format="json"), encoding="utf-8")
    return path


def test_a_note_in_a_file_scores_as_the_example_does(tmp_path: Path) -> None:
    """What `note --format json` wrote is read back whole: digest, cards and grade are those of the example."""
    by_file = json.loads(run(str(saved(tmp_path, "asks-about-baclofen")), "--format", "json").stdout)
    by_name = json.loads(run("--example", "asks-about-baclofen", "--format", "json").stdout)
    (one,) = by_file["notes"].values()
    assert by_name["notes"] == {"asks-about-baclofen": one}
    assert [card["name"] for card in one["cards"]] == ["IPDAS", "PEMAT-P", "CDC"]
    assert one["cards"][0]["items"][0]["verdict"] == "met"


@pytest.mark.parametrize("format_", ["text", "md"])
def test_a_report_names_every_item(format_: str) -> None:
    """As text and as Markdown, each item stands with its verdict, and the caveat above."""
    said = run("--example", "low-iron", "--format", format_).stdout
    assert "not certified by IPDAS" in said
    for card in score(of_example("low-iron"), RULES):
        for one in card.results:
            assert one.how in said
            assert f"{one.asks}" in said


def test_all_examples_in_one_table() -> None:
    """`--all` gives a row for each shipped example, and what is not met below."""
    said = run("--all", "--format", "md").stdout
    assert [line.split("`")[1] for line in said.splitlines() if line.startswith("| `")] == EXAMPLES
    assert "- IPDAS QL15, reviewed by clinicians who did not make it: every note." in said


RATINGS = """\
ratings:
  - card: {card}
    item: "{item}"
    note: {note}
    met: true
    why: It keeps to it.
    by: A. Reader
    role: patient
    on: 2026-11-22
"""


def test_ratings_from_a_file(tmp_path: Path) -> None:
    """A file of signed ratings is read, and the report says who signed."""
    file = tmp_path / "ratings.yaml"
    file.write_text(RATINGS.format(card="PEMAT-P", item="2", note=digest(of_example("low-iron"))))
    said = run("--example", "low-iron", "--ratings", str(file)).stdout
    assert "met, by A. Reader, patient, 2026-11-22" in said


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        ("- 1\n", "a file of ratings is a mapping"),
        ("ratings: 1\n", "`ratings` should be a list"),
        ("ratings:\n  - {item: x}\n", "this is not a rating"),
        (
            RATINGS.format(card="PEMAT-P", item="4", note="note-" + "0" * 16),
            "`4` of `PEMAT-P` is not for a person to rate",
        ),
        ("ratings: [\n", "ratings.yaml:"),
    ],
)
def test_ratings_that_are_none(tmp_path: Path, content: str, answer: str) -> None:
    """A broken file of ratings is answered with place and help, and exit code 1."""
    file = tmp_path / "ratings.yaml"
    file.write_text(content)
    result = run("--example", "low-iron", "--ratings", str(file))
    assert result.exit_code == 1
    assert answer in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ((), "name one note"),
        (("--all", "--example", "low-iron"), "name one note"),
        (("--example", "low-irn"), "did you mean `low-iron`?"),
        (("none.json",), "there is no such file"),
    ],
)
def test_wrong_words_are_answered(words: tuple[str, ...], answer: str) -> None:
    """Nothing to score, too much, or a misspelt name is one line with help, and exit code 1."""
    result = run(*words)
    assert result.exit_code == 1
    assert answer in result.stderr


@pytest.mark.parametrize(
    "content", ["", "{}", "[1]", '{"document": {}}', "# Note", '{"document": 1, "discussion": 2}']
)
def test_what_is_no_note_is_answered(tmp_path: Path, content: str) -> None:
    """A file that is no note in JSON is answered with how to make one."""
    path = tmp_path / "note.json"
    path.write_text(content)
    result = run(str(path))
    assert result.exit_code == 1
    assert "this is not a note in JSON" in result.stderr
    assert "--format json" in result.stderr


def test_a_note_of_other_rules_is_answered(tmp_path: Path) -> None:
    """A note that was made with other rules is not compared with these."""
    path = saved(tmp_path)
    path.write_text(path.read_text().replace(RULES.digest, "0" * 64))
    result = run(str(path))
    assert result.exit_code == 1
    assert "made with other rules (000000000000" in result.stderr


def test_a_clinician_note_in_a_file_is_answered(tmp_path: Path) -> None:
    """A clinician note is read, and refused with what to do."""
    path = tmp_path / "note.json"
    path.write_text(render(discuss(Profile(), on=DAY), reader="clinician", format="json"))
    result = run(str(path))
    assert result.exit_code == 1
    assert "--reader patient" in result.stderr
