"""The gallery of broken rule files: each case in `bad_rules/` makes one mistake, and its report is exact.

A case is a Markdown file: what is wrong, the change that makes it so, and what `rls-rules check` answers.
The change is laid over `bad_rules/base/`, a small rule base without fault:
lines with `-` must stand there once and give way to lines with `+`; with `+` alone it is a new file.
Below each problem the report repeats the line it points to, so that a wrong place is seen at once.

After changing a message on purpose, record all reports anew and read what changed:

    RECORD_REPORTS=1 python -m pytest tests/test_bad_rules.py
"""

import os
import re
import shutil
from pathlib import Path

import pytest

from rls_rules.checking import check
from rls_rules.errors import Problem
from tests.gallery import GALLERY, copy_base, pointed

CASES = sorted(GALLERY.glob("*.md"))
CHANGE = re.compile(r"^```diff (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
REPORT = re.compile(r"^```text\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(autouse=True)
def _base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the base into the current folder as `rules`."""
    copy_base(tmp_path / "rules")
    monkeypatch.chdir(tmp_path)


def change(file: Path, difference: str) -> None:
    """Make one change to the base."""
    lines = difference.splitlines(keepends=True)
    old = "".join(line[1:] for line in lines if line[0] in "- ")
    new = "".join(line[1:] for line in lines if line[0] in "+ ")
    if old:
        text = file.read_text()
        assert text.count(old) == 1, f"{file} must have these lines once:\n{old}"
        new = text.replace(old, new)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(new)


def report() -> str:
    """Check the rules, and the folder `clinic` laid over them if there is one."""
    errors, warnings = check(*(name for name in ("rules", "clinic") if Path(name).is_dir()))
    return "".join([*map(shown, errors), *(f"warning: {shown(problem)}" for problem in warnings)])


def shown(problem: Problem) -> str:
    """A problem, and the line it points to with a mark below the column."""
    assert problem.place is not None
    if not problem.place.line:
        return f"{problem}\n"
    return f"{problem}\n{pointed(problem.place)}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_each_mistake_is_answered_with_its_report(case: Path) -> None:
    """One mistake gives the recorded places, causes and help, and nothing else."""
    text = case.read_text()
    for file, difference in CHANGE.findall(text):
        change(Path(file), difference)
    found = report()
    if os.environ.get("RECORD_REPORTS"):
        case.write_text(REPORT.sub(lambda _: f"```text\n{found}```", text))
    recorded = REPORT.search(case.read_text())
    assert recorded is not None, "a case needs a report: an empty ```text block, then record"
    assert found == recorded[1]
    assert found, "a case of the gallery has a mistake"


def test_the_base_is_without_fault() -> None:
    """What the cases change has no mistake of its own."""
    assert report() == ""


def test_help_is_never_left_out() -> None:
    """Every report in the gallery says what to type."""
    for case in CASES:
        problems = re.findall(r"^(?:warning: )?(?:rules|clinic)\b.*\n(.*)$", case.read_text(), re.MULTILINE)
        assert problems, case.name
        assert all(line.startswith("  help: ") for line in problems), case.name


def test_a_missing_folder_is_named() -> None:
    """A folder that is not there is one problem, whatever else is missing with it."""
    errors, warnings = check("rulez")
    assert [str(problem) for problem in (*errors, *warnings)] == [
        "rulez: there is no such folder of rules\n  help: name a folder with `note.yaml` and `topics/` in it"
    ]


@pytest.mark.parametrize(
    "name", ["sources.yaml", "statements.yaml", "options.yaml", "medicines.yaml", "facts.yaml", "note.yaml"]
)
def test_a_missing_file_is_named(name: str) -> None:
    """A rule base without one of its files is refused with the name of that file, and no more."""
    Path("rules", name).unlink()
    assert report().startswith(f"rules: there is no `{name}` here\n  help: ")
    assert report().count("help: ") == 1


def test_a_clinic_folder_with_a_note_is_told_what_it_needs() -> None:
    """A folder that is meant to be laid over another is no rule base by itself, and is told how to be laid over one."""
    Path("clinic").mkdir()
    shutil.copy("rules/note.yaml", "clinic")
    errors, _ = check("clinic")
    assert ["leave `note.yaml` out" in problem.help for problem in errors] == [True]
    assert report() == ""


def test_a_file_cannot_stand_for_a_folder() -> None:
    """A file called `topics` is not passed over in silence."""
    shutil.rmtree("rules/topics")
    Path("rules/topics").touch()
    assert report().startswith("rules/topics: this should be a folder\n")
