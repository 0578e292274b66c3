"""`rls-rules note --ask` on lines from a pipe: from nothing to a note, with mistakes, and taken up again."""

import json
import re
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from rls_rules import Profile, ProfileError, load_rules, next_question
from rls_rules.asking import how_to_answer
from rls_rules.cli import app
from rls_rules.cli.asking import MOST_TITLES
from rls_rules.cli.saving import saved
from rls_rules.profile import FACTS
from rls_rules.testing import profiles

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
RULES = load_rules()
WORDS = RULES.note.asking


def ask(lines: list[str], *words: str) -> Result:
    """Have the questionnaire read some lines."""
    typed = "".join(f"{line}\n" for line in lines)
    return CliRunner(env={"COLUMNS": "80"}).invoke(app, ["note", *words, "--ask"], input=typed)


def flat(text: str) -> str:
    """A text without its line breaks, which depend on the width."""
    return " ".join(text.split())


def said(result: Result) -> str:
    """What the questionnaire said."""
    assert result.exit_code == 0, result.stderr
    return flat(result.stderr)


QUIET = ["none", "no"]
"""No thoughts of ending life, and no trouble breathing: then come the present medicines."""


def test_from_nothing_to_a_note(tmp_path: Path) -> None:
    """Answers make a profile file and a note, which alone is on standard output; the note is the one of the file."""
    path = tmp_path / "me.yaml"
    result = ask([*QUIET, "Mirapex", "yes", "q"], str(path))
    heard = said(result)
    assert result.stdout.startswith("# ")
    assert result.stdout == CliRunner().invoke(app, ["note", str(path)]).stdout
    assert Profile.from_file(path) == Profile(
        suicidal_thoughts="none", breathing_difficulty=False, current_medicines=["Mirapex"]
    )
    assert f"{WORDS.added} Dopamine medicines can have serious side effects" in heard
    assert "Questions that can still change it: 65." in heard
    assert "Questions that can still change it: 61." in heard
    assert heard.endswith(f"rls-rules note {path} --ask")
    assert "\x1b" not in result.stderr
    assert list(tmp_path.iterdir()) == [path]


def test_every_question_says_why_and_how() -> None:
    """A question comes with its reason, its answers in the words of the note, and what else may be typed."""
    heard = said(ask(["?"]))
    words = RULES.words["suicidal_thoughts"]
    for text in (words.asks, f"Why we ask: {words.why}", *words.reads.values(), WORDS.answer_choice):
        assert flat(text) in heard
    question = next_question(RULES, Profile())
    assert question is not None
    assert flat(f"It could add: {question.decides[0].title}; {question.decides[1].title}") in heard


def test_what_is_urgent_is_shown_at_once() -> None:
    """As soon as an urgent point appears it is said in full, with the ways to get help at once."""
    heard = said(ask(["now"]))
    before, _, after = heard.partition("> now")
    for text in (*RULES.note.help, RULES.note.headings.urgent):
        assert flat(text) not in before
        assert flat(text) in after
    new = [
        point
        for point in RULES.points.values()
        if point.urgency == "urgent" and flat(f"{point.title}. {point.text}") in after
    ]
    assert new


def test_it_is_taken_up_again(tmp_path: Path) -> None:
    """What was answered is not asked again, nor what is not known or not said; help is shown again if need be."""
    path = tmp_path / "me.json"
    said(ask(["now", "d", "r", "q"], str(path)))
    profile = Profile.from_file(path)
    assert profile.suicidal_thoughts == "now"
    assert len(profile.unsure) == len(profile.declined) == 1
    heard = said(ask(["q"], str(path)))
    assert flat(RULES.note.help[0]) in heard
    for fact in ("suicidal_thoughts", *profile.unsure, *profile.declined):
        assert flat(RULES.words[fact].asks) not in heard
    assert Profile.from_file(path) == profile


def test_end_of_input_is_leaving(tmp_path: Path) -> None:
    """Where the lines end, in the midst of a question too, the note is made from what was told."""
    path = tmp_path / "me.yaml"
    result = ask([*QUIET, "Mirapexx"], str(path))
    assert flat(WORDS.left) in said(result)
    assert result.stdout.startswith("# ")
    assert Profile.from_file(path) == Profile(suicidal_thoughts="none", breathing_difficulty=False)


def test_it_ends_when_nothing_can_change_the_note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who would rather say nothing at all is soon through, and is told so; the last line names a file to keep it in."""
    monkeypatch.chdir(tmp_path)
    result = ask(["r"] * 70)
    assert [path.name for path in tmp_path.iterdir()] == ["r"]
    heard = said(result)
    assert WORDS.finished in heard
    assert "Questions that can still change it: 0." in heard
    assert heard.count("Why we ask:") < 66
    assert "You would rather not say" in result.stdout


@pytest.mark.parametrize(
    ("lines", "taken", "unsure"),
    [
        (["Mirapexx", "1", "yes"], ["Mirapex"], False),
        (["Mirapexx", "k", "yes"], ["Mirapexx"], True),
        (["Mirapexx", "no", "", "yes", "d", "yes"], ["Mirapexx"], True),
        (["Mirapexx", "gabapentin, Neupro", "yes"], ["gabapentin", "Neupro"], False),
        (["Mirapexx", "Qwertol", "k", "yes"], ["Qwertol"], True),
        (["Mirapexx", "Mira\u202epex", "Mirapex", "yes"], ["Mirapex"], False),
        (["Mirapex", "d"], ["Mirapex"], True),
        (["Mirapex, d"], ["Mirapex"], True),
        (["Mirapex", "no", "gabapentin", "Mirapex", "yes"], ["Mirapex", "gabapentin"], False),
    ],
)
def test_names_are_the_persons_choice(
    tmp_path: Path, lines: list[str], taken: list[str], *, unsure: bool
) -> None:
    """A name that is not recognised stays as typed, or becomes what the person chooses; nothing else is assumed."""
    path = tmp_path / "me.yaml"
    said(ask([*QUIET, *lines, "q"], str(path)))
    profile = Profile.from_file(path)
    assert profile.current_medicines is not None
    assert list(profile.current_medicines.includes) == taken
    assert (profile.unsure == ("current_medicines",)) is unsure


def test_neighbours_are_offered_as_a_question() -> None:
    """A mistyped name is quoted, with its neighbours to choose from."""
    heard = said(ask([*QUIET, "Mirapexx"]))
    assert '"Mirapexx"' in heard
    assert f"{WORDS.nearest} 1 Mirapex 2 Mirapexin" in heard


def test_an_earlier_answer_can_be_taken_back(tmp_path: Path) -> None:
    """`b` takes the last answer back and asks again; at the first question it changes nothing."""
    path = tmp_path / "me.yaml"
    heard = said(ask(["b", "past", "b", "none", "q"], str(path)))
    assert heard.count("We ask everyone this.") == 3
    assert WORDS.gone in heard
    assert Profile.from_file(path) == Profile(suicidal_thoughts="none")


def only(path: Path, fact: str, **told: object) -> Path:
    """Write the profile of somebody who told a few things, and can be asked about one fact only."""
    others = [name for name in FACTS.facts if name != fact and name not in told]
    path.write_text(Profile(**told, declined=others).model_dump_json(exclude_defaults=True), encoding="utf-8")
    return path


def test_what_does_not_fit_is_said_and_asked_again(tmp_path: Path) -> None:
    """An answer that contradicts what was told is refused with the reason, and the question stays open."""
    path = only(tmp_path / "me.json", "iron_tests", ferritin=60)
    heard = said(ask(["never", "over_a_year_ago"], str(path)))
    assert "There cannot be an iron result if iron was never tested." in heard
    assert heard.count("Why we ask:") == 1
    assert Profile.from_file(path).iron_tests == "over_a_year_ago"


def test_a_partial_list_is_shown_before_it_is_asked_about(tmp_path: Path) -> None:
    """Where something was told already, the question says so, and a new answer takes its place."""
    partly = {"includes": ["Mirapex"]}
    path = only(tmp_path / "me.json", "current_medicines")
    before = Profile.from_file(path).model_dump(exclude_defaults=True)
    path.write_text(json.dumps({**before, "current_medicines": partly}), encoding="utf-8")
    heard = said(ask(["gabapentin", "yes"], str(path)))
    assert "You told us before: you take Mirapex. A new answer takes its place." in heard
    assert (
        Profile.from_file(path).current_medicines
        == Profile(current_medicines=["gabapentin"]).current_medicines
    )


@pytest.mark.parametrize(
    ("fact", "lines", "messages", "answer"),
    [
        (
            "ferritin",
            ["60", "75 pmol/L", "30000 ng/mL", "60 ug/L"],
            ["another_unit", "another_unit", "out_of_range"],
            60,
        ),
        ("age", ["old", "200", "54 years"], ["not_a_number", "out_of_range"], 54),
    ],
)
def test_numbers_are_asked_for_with_range_and_unit(
    tmp_path: Path, fact: str, lines: list[str], messages: list[str], answer: float
) -> None:
    """Another unit, or a number out of range, is refused with what can be written, and never converted."""
    path = only(tmp_path / "me.json", fact)
    heard = said(ask(lines, str(path)))
    assert heard.count(flat(how_to_answer(RULES, fact))) == len(messages) + 1
    for message in messages:
        assert getattr(WORDS, message) in heard
    assert getattr(Profile.from_file(path), fact) == answer


@pytest.mark.parametrize("ending", ["yaml", "json"])
def test_where_to_keep_the_answers_is_asked_at_the_end(tmp_path: Path, ending: str) -> None:
    """Without a file the answers are kept nowhere, unless the person names a new one on leaving."""
    taken, new = tmp_path / "taken", tmp_path / f"new.{ending}"
    taken.write_text("mine", encoding="utf-8")
    wrong = [str(taken), str(tmp_path / "none" / "me.yaml"), "x" * 400, "me\0", "~nobody-of-that-name/me"]
    heard = said(ask(["none", "q", *wrong, str(new)]))
    assert flat(WORDS.not_kept) in heard
    assert heard.count("already") == 1
    assert heard.count("could not be written") == 4
    assert taken.read_text(encoding="utf-8") == "mine"
    assert Profile.from_file(new) == Profile(suicidal_thoughts="none")
    assert {*tmp_path.iterdir()} == {taken, new}


@pytest.mark.parametrize("lines", [["q"], ["none", "q", ""], ["none", "q"], ["none"]])
def test_nothing_is_kept_unless_wanted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lines: list[str]
) -> None:
    """An empty line, or the end of input, keeps nothing; the note is printed all the same."""
    monkeypatch.chdir(tmp_path)
    result = ask(lines)
    assert result.exit_code == 0
    assert result.stdout.startswith("# ")
    assert not [*tmp_path.iterdir()]


def test_an_example_can_be_gone_on_from() -> None:
    """`--example` gives the first answers."""
    heard = said(ask(["q", ""], "--example", "low-iron"))
    assert flat(RULES.words["age"].asks) not in heard


def test_a_file_that_cannot_be_written_is_told_before_any_question(tmp_path: Path) -> None:
    """Nobody answers questions for a file that cannot be kept."""
    result = ask(["none"], str(tmp_path / "none" / "me.yaml"))
    assert result.exit_code == 1
    assert "cannot be written" in result.stderr
    assert "Why we ask" not in result.stderr


def test_a_wrong_profile_is_refused_before_any_question(tmp_path: Path) -> None:
    """A file with mistakes is refused as `note` refuses it, and is left as it is."""
    path = tmp_path / "me.yaml"
    path.write_text("kidney: norml\n", encoding="utf-8")
    result = ask(["none"], str(path))
    assert result.exit_code == 1
    assert "me.yaml:1:9: `kidney` is not one of the answers" in result.stderr
    assert path.read_text(encoding="utf-8") == "kidney: norml\n"


def test_a_name_that_no_file_can_have_is_refused() -> None:
    """A profile whose name is too long for a file is one line and exit code 1."""
    result = ask(["none"], "x" * 400)
    assert result.exit_code == 1
    assert "cannot be read: File name too long" in result.stderr


def test_bytes_that_are_no_text_are_only_a_wrong_answer(tmp_path: Path) -> None:
    """A line that is not UTF-8 is asked for again, also as a name, and the answers read back; so are hidden characters."""
    path = tmp_path / "me.yaml"
    typed = b"\xff\xfe\x00\n\x1b[31mnow\nnone\nno\nPramip\xe9xole\n" + "Med ❤️\nMédirexol\nk\nyes\n".encode()
    result = CliRunner().invoke(app, ["note", str(path), "--ask"], input=typed)
    assert said(result).count(WORDS.not_one_of_these) == 1
    assert said(result).count(WORDS.not_read) == 3
    assert "\x1b" not in result.stderr
    assert (
        Profile.from_file(path).current_medicines
        == Profile(current_medicines=["Médirexol"]).current_medicines
    )


def test_where_to_keep_the_answers_is_asked_for_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name of a file that is not UTF-8 is asked for again."""
    monkeypatch.chdir(tmp_path)
    said(CliRunner().invoke(app, ["note", "--ask"], input=b"none\nq\nM\xe9decin.yaml\nme.yaml\n"))
    assert [path.name for path in tmp_path.iterdir()] == ["me.yaml"]


@settings(max_examples=60)
@given(profiles(unrecognised=True, most_facts=30), st.text(max_size=40), st.sampled_from(["json", "yaml"]))
def test_a_profile_survives_saving(profile: Profile, text: str, ending: str) -> None:
    """A saved profile reads back equal, whatever the person typed; numbers have the digits that a person types."""
    rounded = {
        name: round(value, 6) if isinstance(value, float) else value
        for name, value in profile.known().items()
    }
    told = Profile.model_validate({**rounded, "unsure": ["ferritin"], "declined": ["kidney"]})
    with suppress(ProfileError):
        told = Profile.model_validate({**told.known(), "free_text": text, "past_medicines": [text]})
    written = saved(Path(f"me.{ending}"), told)
    assert (Profile.from_json if ending == "json" else Profile.from_yaml)(written) == told


def test_small_numbers_are_saved_plainly() -> None:
    """A saved number has no exponent, which the profile reader would refuse."""
    assert saved(Path("me.yaml"), Profile(ferritin=0.000001, age=54)) == "age: 54\nferritin: 0.000001\n"


def test_the_excerpt_of_the_readme_is_real(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The questionnaire says what the README shows, apart from `…`, to who types the lines that stand above it."""
    monkeypatch.chdir(tmp_path)
    found = re.search(r"<!-- asking: (.*) -->\n```text\n\$ rls-rules (.*)\n((?s:.*?))```", README)
    assert found is not None
    typed, command, shown = found.groups()
    _, profile, _ = command.split()
    assert command == f"note {profile} --ask"
    said = "\n".join(line.rstrip() for line in ask(typed.split(", "), profile).stderr.splitlines())
    assert shown.count("\n> ") >= 3
    for part in filter(None, shown.split("…\n")):
        before, found_it, said = said.partition(part)
        assert found_it, (part, before)
    assert Profile.from_file(profile).current_medicines is not None


def test_many_new_points_are_counted(tmp_path: Path) -> None:
    """One answer that adds more points than fit a glance names the first seven of them, and counts the others."""
    declined = [fact.name for fact in FACTS if fact.name not in ("age", "asks_about")]
    profile = tmp_path / "me.yaml"
    profile.write_text(f"age: 54\ndeclined: {declined}\n", encoding="utf-8")
    asked = ["gabapentin", "pramipexole", "baclofen", "iron by drip", "opioids"]
    lines = ask([", ".join(asked), "yes"], str(profile)).stderr.splitlines()
    start = lines.index(RULES.note.asking.added) + 1
    (more,) = (i for i, line in enumerate(lines) if re.fullmatch(r"  and \d+ more", line))
    assert more == start + MOST_TITLES
    so_far = RULES.note.asking.so_far.split("{")[0]
    before, *_, after = (int(line.removeprefix(so_far).split(".")[0]) for line in lines if so_far in line)
    assert int(lines[more].split()[1]) == after - before - MOST_TITLES
