"""What others say of the HTML notes: axe-core, the Nu checker and html-validate find nothing; part of `pytest -m web`.

Their packages come from the npm registry, so these tests are not in the default run; what is not there is skipped, with a reason.
"""

import fcntl
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.web.__main__ import write_notes

WEB = Path(__file__).parent / "web"
CHECKERS = ("axe-jsdom", "axe-chromium-light", "axe-chromium-dark", "nu", "html-validate")
TYPICAL = "possible-augmentation.patient"
DOES_NOT_RUN_HERE = 77

pytestmark = pytest.mark.web


@pytest.fixture(scope="session")
def installed() -> None:
    """The checkers, installed as `package-lock.json` has them, once; a second process waits."""
    if not (shutil.which("node") and shutil.which("npm")):
        pytest.skip("no Node.js with npm on this machine")
    lock, done = WEB / "package-lock.json", WEB / "node_modules" / ".package-lock.json"
    with lock.open() as waiting:
        fcntl.flock(waiting, fcntl.LOCK_EX)
        if done.exists() and done.stat().st_mtime >= lock.stat().st_mtime:
            return
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        run = subprocess.run(command, cwd=WEB, capture_output=True, text=True, check=False)
    if run.returncode:
        pytest.skip(f"the checkers cannot be installed: {run.stderr.strip().splitlines()[-1:]}")


@pytest.fixture(scope="session")
def notes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the notes of all shipped examples, for both readers."""
    folder = tmp_path_factory.mktemp("web") / "notes"
    write_notes(folder)
    return folder


def run(*arguments: str | Path) -> str:
    """Run one of the scripts, or skip with what it says."""
    ran = subprocess.run(["node", *arguments], cwd=WEB, capture_output=True, text=True, check=False)
    if ran.returncode == DOES_NOT_RUN_HERE:
        pytest.skip(ran.stdout.strip())
    assert not ran.stderr, ran.stderr
    return ran.stdout


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("checker", CHECKERS)
def test_a_checker_finds_nothing(checker: str, notes: Path) -> None:
    """It finds no violation in the note of any shipped example, for either reader."""
    assert run("check.mjs", checker, notes).strip() == ""


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("checker", CHECKERS)
def test_a_checker_finds_what_is_wrong(checker: str, tmp_path: Path) -> None:
    """It does find something in a page with a picture without words and a control without a label."""
    bad = "<!DOCTYPE html><title>x</title><main><h1>x</h1><img src='data:,'><input></main>"
    (tmp_path / "bad.html").write_text(bad)
    assert "bad.html" in run("check.mjs", checker, tmp_path)


@pytest.mark.usefixtures("installed")
def test_a_typical_note_is_two_pages_on_paper(notes: Path, tmp_path: Path) -> None:
    """The patient note of a typical example has two pages before its appendix, on A4 and on Letter."""
    arial = shutil.which("fc-match") and subprocess.check_output(["fc-match", "Arial"], text=True)
    if not arial or not ("Arial" in arial or "Liberation Sans" in arial):
        pytest.skip("no font as wide as Arial on this machine")
    shutil.copy(notes / f"{TYPICAL}.html", tmp_path)
    assert f"| {TYPICAL} | 2 | 2 |" in run("pages.mjs", tmp_path)
