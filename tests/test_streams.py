"""Standard input, output and errors: UTF-8 whatever the locale, and a word where they cannot be written."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from rls_rules import Profile, discuss, load_rules, render

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.skipif(os.name != "posix", reason="commands are joined by a POSIX shell")


def shell(
    command: str, folder: Path, settings: dict[str, str] | None = None, typed: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    """Run a command line in a shell, where `rls` stands for this program."""
    python = f'rls() {{ "{sys.executable}" -m rls_rules "$@"; }}; {command}'
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", python],
        input=typed,
        capture_output=True,
        check=False,
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | (settings or {}),
    )


NOTE = "rls note --example possible-augmentation --on 2026-11-22"
ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


@pytest.mark.parametrize("settings", [{"PYTHONIOENCODING": "cp1252"}, ASCII], ids=["cp1252", "ascii"])
def test_a_note_is_utf_8_whatever_the_locale(tmp_path: Path, settings: dict[str, str]) -> None:
    """A note on standard output has the letters of the note."""
    done = shell(NOTE, tmp_path, settings)
    assert (done.returncode, done.stderr) == (0, b"")
    base = load_rules()
    person = Profile.from_yaml(base.examples["possible-augmentation"])
    assert done.stdout.decode() == render(discuss(person, on=date(2026, 11, 22)))


def test_answers_are_utf_8_whatever_the_locale(tmp_path: Path) -> None:
    """A name is kept as it was typed where the locale knows no such letters."""
    typed = "none\nno\nMédirexol\nk\nyes\nq\n".encode()
    done = shell("rls note me.yaml --ask", tmp_path, ASCII, typed)
    assert done.returncode == 0
    assert "Médirexol" in done.stderr.decode()
    told = Profile.from_file(tmp_path / "me.yaml").current_medicines
    assert told is not None
    assert told.includes == ("Médirexol",)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this platform has no full device")
@pytest.mark.parametrize("words", ["schema profile", "why low-iron low-iron-result"])
def test_a_full_disk_is_told(tmp_path: Path, words: str) -> None:
    """Output that there is no room for is one problem with help and exit code 1, however little it is."""
    done = shell(f"rls {words} > /dev/full", tmp_path)
    assert done.returncode == 1
    said = done.stderr.decode()
    assert said.startswith("standard output: cannot be written: No space left on device\n  help: ")
    assert said.count("\n") == 2


@pytest.mark.parametrize("words", ["schema profile", "note --example low-iron --format pdf"])
def test_a_closed_output_is_told(tmp_path: Path, words: str) -> None:
    """Output that has nowhere to go is one problem with help and exit code 1."""
    done = shell(f"rls {words} >&-", tmp_path)
    assert done.returncode == 1
    assert done.stderr.decode().startswith("standard output: cannot be written: it is closed\n  help: ")


def test_what_is_not_needed_may_be_closed(tmp_path: Path) -> None:
    """A note in a file needs neither input nor output, and none that is closed is mistaken for the file."""
    assert shell(f"{NOTE} -o note.md <&- >&- 2>&-", tmp_path).returncode == 0
    assert (tmp_path / "note.md").read_bytes() == shell(NOTE, tmp_path).stdout


def test_closed_input_is_the_end_of_input(tmp_path: Path) -> None:
    """Who cannot be asked has a note of what is known."""
    done = shell("rls note --ask <&-", tmp_path)
    assert done.returncode == 0
    assert done.stdout.startswith(b"# ")


def test_a_reader_who_leaves_is_no_mistake(tmp_path: Path) -> None:
    """Whoever reads only the beginning is told nothing."""
    assert shell("rls schema discussion | true", tmp_path).stderr == b""
