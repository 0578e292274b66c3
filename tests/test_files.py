"""What the command line writes: whole, where links lead, with the rights that were there, over nothing that is read."""

import os
import stat
from pathlib import Path
from threading import Thread

import pytest
from typer.testing import CliRunner, Result

from rls_rules.cli import app
from tests.test_cli import run

LOW_IRON = ("note", "--example", "low-iron", "--on", "2026-11-22")


def ask(lines: list[str], *words: str) -> Result:
    """Have the questionnaire read some lines."""
    return CliRunner().invoke(app, ["note", "--ask", *words], input="".join(f"{line}\n" for line in lines))


def refused(result: Result) -> str:
    """What was said with exit code 1, a line of help among it, and before any question."""
    assert result.exit_code == 1
    assert "\n  help: " in result.stderr
    assert "Why we ask" not in result.stderr
    return result.stderr


@pytest.mark.parametrize("named", ["me.yaml", "link.yaml", "hard.yaml", "./me.yaml"])
@pytest.mark.parametrize("asked", [True, False])
def test_a_note_does_not_take_the_place_of_its_profile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str, *, asked: bool
) -> None:
    """An output that is the profile, under whatever name, is refused, and the profile stays as it is."""
    monkeypatch.chdir(tmp_path)
    profile = Path("me.yaml")
    profile.write_text("age: 54\n", encoding="utf-8")
    Path("link.yaml").symlink_to("me.yaml")
    Path("hard.yaml").hardlink_to("me.yaml")
    result = ask(["q"], "me.yaml", "-o", named) if asked else run("note", "me.yaml", "-o", named)
    assert refused(result).startswith(f"{Path(named)}: this file is read, and would be lost\n")
    assert profile.read_text(encoding="utf-8") == "age: 54\n"


def test_a_note_does_not_take_the_place_of_a_profile_to_be_made(tmp_path: Path) -> None:
    """An output that is the new file for the answers is refused, and nothing is made."""
    refused(ask(["none"], str(tmp_path / "new.yaml"), "-o", str(tmp_path / "new.yaml")))
    assert not [*tmp_path.iterdir()]


def test_answers_are_not_kept_where_the_note_will_be(tmp_path: Path) -> None:
    """Who wants the answers in the file that the note goes to is asked for another name."""
    note, answers = tmp_path / "note.md", tmp_path / "me.yaml"
    result = ask(["none", "q", str(note), str(answers)], "-o", str(note))
    assert result.exit_code == 0
    assert note.read_text(encoding="utf-8").startswith("# ")
    assert answers.read_text(encoding="utf-8") == "suicidal_thoughts: none\n"


def test_scores_do_not_take_the_place_of_the_note(tmp_path: Path) -> None:
    """An output that is the note that is scored is refused."""
    note = tmp_path / "note.json"
    run(*LOW_IRON, "--format", "json", "-o", str(note))
    before = note.read_bytes()
    refused(run("score", str(note), "-o", str(note)))
    assert note.read_bytes() == before


@pytest.mark.parametrize("name", ["note.yaml", "topics/mine.yaml"])
@pytest.mark.parametrize("words", [("prove", "--certificate"), (*LOW_IRON, "-o"), ("score", "--all", "-o")])
def test_nothing_takes_the_place_of_a_rule_file(tmp_path: Path, name: str, words: tuple[str, ...]) -> None:
    """An output that is a file of the rules that are read is refused."""
    file = tmp_path / name
    file.parent.mkdir(exist_ok=True)
    file.write_text("mine", encoding="utf-8")
    assert "would be lost" in refused(run(*words, str(file), "--rules", str(tmp_path)))
    assert file.read_text(encoding="utf-8") == "mine"


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """A note goes to where a link leads, whether something is there or not; the link stays."""
    there = tmp_path / "there"
    there.mkdir()
    for target in (there / "old.md", there / "new.md"):
        link = tmp_path / target.name
        link.symlink_to(target)
        (there / "old.md").write_text("old", encoding="utf-8")
        assert run(*LOW_IRON, "-o", str(link)).exit_code == 0
        assert link.is_symlink()
        assert target.read_text(encoding="utf-8").startswith("# ")


def test_answers_go_to_where_a_link_leads(tmp_path: Path) -> None:
    """A profile that is a link stays one, and its target has the answers."""
    target, link = tmp_path / "target.yaml", tmp_path / "me.yaml"
    target.write_text("age: 54\n", encoding="utf-8")
    link.symlink_to(target)
    assert ask(["none", "q"], str(link)).exit_code == 0
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "age: 54\nsuicidal_thoughts: none\n"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this platform has no pipes with names")
def test_a_pipe_is_written_into(tmp_path: Path) -> None:
    """A pipe with a name stays one, and whoever reads it has the note."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    heard: list[str] = []
    reader = Thread(target=lambda: heard.append(pipe.read_text(encoding="utf-8")), daemon=True)
    reader.start()
    assert run(*LOW_IRON, "-o", str(pipe)).exit_code == 0
    reader.join(60)
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert heard == [run(*LOW_IRON).stdout]


@pytest.mark.skipif(os.name != "posix", reason="rights are other things here")
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o666])
def test_a_file_keeps_its_rights(tmp_path: Path, mode: int) -> None:
    """Who could read a file before can read it after; a new one is for its owner only."""
    note = tmp_path / "note.md"
    run(*LOW_IRON, "-o", str(note))
    assert stat.S_IMODE(note.stat().st_mode) == 0o600
    note.chmod(mode)
    run(*LOW_IRON, "-o", str(note))
    assert stat.S_IMODE(note.stat().st_mode) == mode


def test_a_read_only_file_is_left_alone(tmp_path: Path) -> None:
    """A file that may not be written is refused, and stays as it is, though its folder would let it be replaced."""
    note = tmp_path / "note.md"
    note.write_text("mine", encoding="utf-8")
    note.chmod(0o444)
    assert "cannot be written: Permission denied" in refused(run(*LOW_IRON, "-o", str(note)))
    assert "cannot be written: Permission denied" in refused(ask(["none"], "-o", str(note)))
    assert note.read_text(encoding="utf-8") == "mine"
    profile = tmp_path / "me.yaml"
    profile.write_text("age: 54\n", encoding="utf-8")
    profile.chmod(0o444)
    assert "cannot be written: Permission denied" in refused(ask(["none"], str(profile)))


def test_what_cannot_be_written_is_told_before_any_question(tmp_path: Path) -> None:
    """A folder, a file in no folder and a link to itself are refused with help, before a question is asked."""
    circle = tmp_path / "circle.md"
    circle.symlink_to(circle)
    for name, said in (("", "this is a folder"), ("none/n.md", "there is no such folder"), (circle.name, "")):
        output = tmp_path / name
        assert refused(ask(["none"], "-o", str(output))).startswith(f"{output}: cannot be written: {said}")
    assert [*tmp_path.iterdir()] == [circle]
