"""The command line: notes, checks, reasons, lists and schemas; mistakes answered without a traceback."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from rls_rules import load_rules
from rls_rules.cli import app
from rls_rules.loader import shipped_rules

EXAMPLES = sorted(load_rules().examples)


def run(*words: str) -> Result:
    """Run the command line in this process."""
    return CliRunner().invoke(app, list(words))


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_note_of_each_example(name: str) -> None:
    """`note --example` prints a note, and the example is a profile file that can be given itself."""
    by_name = run("note", "--example", name, "--on", "2026-11-22")
    by_path = run("note", str(shipped_rules() / "examples" / f"{name}.yaml"), "--on", "2026-11-22")
    assert by_name.exit_code == by_path.exit_code == 0
    assert by_name.stdout == by_path.stdout
    assert by_name.stdout.startswith("# ")


@pytest.mark.parametrize("reader", ["patient", "clinician"])
def test_json_for_both_readers(reader: str) -> None:
    """`--format json` gives the document and the discussion with their schema version."""
    made = json.loads(run("note", "--example", "low-iron", "--reader", reader, "--format", "json").stdout)
    assert made["document"]["reader"] == reader
    assert made["schema_version"] == made["discussion"]["provenance"]["schema_version"]


def test_output_goes_to_a_file_whole(tmp_path: Path) -> None:
    """`-o` writes the file and nothing else, and leaves no temporary file behind."""
    target = tmp_path / "note.md"
    assert run("note", "--example", "low-iron", "-o", str(target)).stdout == ""
    assert target.read_text(encoding="utf-8").startswith("# ")
    assert list(tmp_path.iterdir()) == [target]


def test_output_that_cannot_be_written(tmp_path: Path) -> None:
    """A file that cannot be written is one line and exit code 1."""
    result = run("note", "--example", "low-iron", "-o", str(tmp_path / "none" / "note.md"))
    assert result.exit_code == 1
    assert "cannot be written" in result.stderr


def test_check_is_silent_on_the_shipped_rules() -> None:
    """`check` prints nothing where nothing is wrong."""
    assert (run("check").exit_code, run("check").stdout) == (0, "")


def test_check_names_place_and_help(tmp_path: Path) -> None:
    """`check` prints file, line, column, cause and help, and leaves with 1."""
    topic = tmp_path / "topics" / "mine.yaml"
    topic.parent.mkdir()
    topic.write_text("topic: mine\ntitle: Mine\nabout: Mine\npionts: []\n", encoding="utf-8")
    result = run("check", str(shipped_rules()), str(tmp_path))
    assert result.exit_code == 1
    assert ":4:1: unknown key `pionts`" in result.stdout
    assert "did you mean `points`?" in result.stdout


def clinic(folder: Path, point: str) -> str:
    """Write a folder with one point of a clinic's own; return its path."""
    (folder / "topics").mkdir(parents=True)
    topic = f"topic: ours\ntitle: Ours\nabout: Ours.\npoints: [{point}]\n"
    (folder / "topics" / "ours.yaml").write_text(topic, encoding="utf-8")
    return str(folder)


OURS = (
    "{id: our-question, stance: asks, title: Your driving, text: You said that you drive., "
    "clinician_text: US label for gabapentin enacarbil., when: {drives: true}, cites: [DR-1], "
    "examples: [{given: {drives: true}, expect: shown}, {given: {drives: false}, expect: silent}], "
    "reviewed: {on: 2026-05-01, due: 2027-05-01}}"
)


def test_a_folder_without_a_note_is_laid_over_the_shipped_rules(tmp_path: Path) -> None:
    """Every command that reads rules takes a clinic's folder by itself, as the pytest plugin does."""
    folder = clinic(tmp_path / "clinic", OURS)
    assert (run("check", folder).exit_code, run("check", folder).output) == (0, "")
    listed = run("list", "points", "--rules", folder).stdout
    assert listed.startswith(run("list", "points").stdout)
    assert "our-question\tasks\troutine\tYour driving\n" in listed
    assert run("prove", "--theorem", "can-be-shown", "--rules", folder).exit_code == 0
    profile = tmp_path / "me.yaml"
    profile.write_text("drives: true\n", encoding="utf-8")
    assert "Your driving" in run("note", str(profile), "--rules", folder).stdout


def test_the_difference_that_a_clinics_folder_makes(tmp_path: Path) -> None:
    """`diff` compares the shipped rules with a folder laid over them."""
    said = run("diff", str(shipped_rules()), clinic(tmp_path / "clinic", OURS)).stdout
    assert "Points that are new (1)\n  `our-question` (asks, routine)" in said


def test_a_folder_with_a_note_is_not_laid_over_the_shipped_rules(tmp_path: Path) -> None:
    """A folder with a `note.yaml` is a rule base by itself, and told which of its files are missing."""
    folder = clinic(tmp_path / "clinic", OURS)
    shutil.copy(shipped_rules() / "note.yaml", folder)
    result = run("check", folder)
    assert result.exit_code == 1
    assert ": there is no `sources.yaml`, `statements.yaml`" in result.stdout


def test_a_folder_without_rules_is_not_taken_for_one_that_adds_nothing(tmp_path: Path) -> None:
    """A folder that was named by mistake is not answered with silence."""
    (tmp_path / "notes").mkdir()
    result = run("check", str(tmp_path / "notes"))
    assert result.exit_code == 1
    assert "notes: there is no rule file in this folder\n  help: " in result.stdout


def test_a_wrong_profile_is_quoted_to_its_writer(tmp_path: Path) -> None:
    """The command line repeats to the person what they wrote; there is no traceback."""
    profile = tmp_path / "me.yaml"
    profile.write_text("kidney: norml\n", encoding="utf-8")
    result = run("note", str(profile))
    assert result.exit_code == 1
    assert "me.yaml:1:9: `kidney` is not one of the answers" in result.stderr
    assert "norml" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["note"], "name one profile"),
        (["note", "--example", "low-irn"], "did you mean `low-iron`?"),
        (["note", "nowhere.yaml"], "there is no such file"),
        (["note", "--example", "low-iron", "--on", "yesterday"], "year first"),
        (["note", "--example", "low-iron", "--rules", "nowhere"], "there is no such folder"),
        (["why", "low-iron", "no-such-point"], "there is no point `no-such-point`"),
    ],
)
def test_mistakes_are_answered(words: list[str], said: str) -> None:
    """Each mistake is answered with what is wrong and exit code 1."""
    result = run(*words)
    assert result.exit_code == 1
    assert said in result.stderr


def test_wrong_use_is_2() -> None:
    """A command line that cannot be read is wrong use: exit code 2."""
    for words in (["nonsense"], ["note", "--nonsense"], ["note", "--format", "nonsense"]):
        assert run(*words).exit_code == 2


def test_why_and_why_not() -> None:
    """`why` shows the condition with verdicts, and what would change the answer."""
    rules = load_rules()
    for name in rules.points:
        result = run("why", "almost-nothing-known", name)
        assert result.exit_code == 0
        assert name in result.stdout


@pytest.mark.parametrize(
    "what", ["points", "facts", "sources", "options", "statements", "unchecked", "examples"]
)
def test_lists(what: str) -> None:
    """Every list has a row for each item, and each row begins with its id."""
    rows = run("list", what).stdout.splitlines()
    assert rows
    assert all(row.split("\t")[0] for row in rows)


def test_facts_are_listed_with_what_may_be_answered() -> None:
    """`list facts` says what may stand in a profile: answers, range and unit, members, or what kind of name or text."""
    result = run("list", "facts")
    answers = {row.split("\t")[0]: row.split("\t")[2] for row in result.stdout.splitlines()}
    assert answers["drives"] == "true | false"
    assert answers["alcohol"] == "none | some | heavy"
    assert answers["age"] == "0 to 120 years"
    assert answers["ferritin"] == "0 to 20000 ng/mL"
    assert answers["body_sites"] == "[legs, arms, trunk, elsewhere]"
    assert answers["current_medicines"] == "[names of medicines]"
    assert answers["asks_about"] == "[names of options or medicines]"
    assert answers["ferritin_date"] == "a date, year first"
    assert answers["free_text"] == "text"
    assert "excludes: [b]" in result.stderr


def test_every_statement_is_listed_with_its_place() -> None:
    """`list statements` says of each statement where it went."""
    for row in run("list", "statements").stdout.splitlines():
        assert row.split("\t")[2].startswith(("used by ", "unchecked: ", "out of scope: "))


def test_no_statement_is_without_a_place() -> None:
    """Every statement is listed, with the ids of the rules that use it or a written reason."""
    rules = load_rules()
    places = {row.split("\t")[0]: row.split("\t")[2] for row in run("list", "statements").stdout.splitlines()}
    assert {*places} == {*rules.statements}
    known = {"note", *rules.points, *rules.tensions, *rules.findings, *rules.options}
    for name, place in places.items():
        kind, _, what = place.partition(": ")
        users = place.removeprefix("used by ").split(", ")
        assert {*users} <= known or (kind in {"unchecked", "out of scope"} and len(what) > 20), name


def test_unchecked_statements_say_what_would_settle_them() -> None:
    """`list unchecked` names every unchecked statement in scope, what it says, and what a person must open."""
    rules = load_rules()
    rows = [row.split("\t") for row in run("list", "unchecked").stdout.splitlines()]
    unchecked = [one for one in rules.statements.values() if one.checked == "unchecked"]
    assert {row[0] for row in rows} == {one.id for one in unchecked if one.out_of_scope is None}
    for name, says, settle in rows:
        assert says == rules.statements[name].says
        assert settle, name


@pytest.mark.parametrize("what", ["profile", "rules", "discussion"])
def test_schemas(what: str) -> None:
    """Every published schema is JSON with definitions."""
    assert json.loads(run("schema", what).stdout)["$defs"]


def test_without_the_extra_it_says_what_to_install() -> None:
    """Where typer is missing, the command says what to install."""
    code = "import sys; sys.modules['typer'] = None; from rls_rules.__main__ import main; main()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "pip install 'rls-rules[cli]'" in done.stderr
