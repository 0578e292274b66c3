"""`rls-rules diff` and `list reach`: rule bases by folder, wheel and git revision; mistakes placed; exit codes."""

import json
import os
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from rls_rules import load_rules
from rls_rules.cli.named_rules import MOST_IN_WHEEL
from rls_rules.loader import shipped_rules
from rls_rules.yaml_reader import MOST_BYTES
from tests.test_cli import run


def _git(folder: Path, *words: str) -> None:
    settings = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    who = ["-c", "user.name=Nobody", "-c", "user.email=nobody@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(
        ["git", *who, *words], cwd=folder, check=True, capture_output=True, env={**os.environ, **settings}
    )


def _without_a_caution(rules: Path) -> str:
    """Make the first caution of the topic of breathing mere information; return its id."""
    topic = rules / "topics" / "breathing.yaml"
    before = topic.read_text(encoding="utf-8")
    topic.write_text(before.replace("stance: cautions", "stance: informs", 1), encoding="utf-8")
    point = before[: before.index("stance: cautions")].rpartition("- id: ")[2]
    return point.strip()


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository whose revisions differ: in a caution, in a broken file, in words of the note only."""
    folder = tmp_path_factory.mktemp("repository")
    _git(folder, "init", "--quiet")
    (folder / "README").write_text("nothing yet\n", encoding="utf-8")
    for tag in ("empty", "before", "after", "broken", "other-words"):
        if tag == "before":
            shutil.copytree(shipped_rules(), folder / "rules")
        elif tag == "after":
            _without_a_caution(folder / "rules")
        elif tag == "broken":
            (folder / "rules" / "topics" / "breathing.yaml").write_text("topic: 7\n", encoding="utf-8")
        elif tag == "other-words":
            _git(folder, "checkout", "--quiet", "after", "--", "rules")
            note = folder / "rules" / "note.yaml"
            note.write_text(note.read_text("utf-8").replace("  good_sides:", "  fine_sides:"), "utf-8")
        _git(folder, "add", "-A")
        _git(folder, "commit", "--quiet", "-m", tag)
        _git(folder, "tag", tag)
    _git(folder, "checkout", "--quiet", "after")
    return folder


@pytest.fixture(scope="module")
def wheel(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel that holds the rules of the working tree, and a file that leads out of them."""
    path = tmp_path_factory.mktemp("wheel") / "rls_rules-0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("rls_rules/__init__.py", "")
        archive.writestr("rls_rules/rules/../../../elsewhere.yaml", "no: 1")
        for file in (repository / "rules").rglob("*"):
            if file.is_file():
                archive.write(file, f"rls_rules/rules/{file.relative_to(repository / 'rules').as_posix()}")
    return path


def test_revisions_folders_and_wheels_are_compared(
    repository: Path, wheel: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However the rules before and after are named, the same differs."""
    monkeypatch.chdir(repository)
    said = {run("diff", "before", after).stdout for after in ("after", "HEAD", "rules", str(wheel))}
    (text,) = said
    assert "      - cautions\n      + informs\n" in text
    assert run("diff", "rules", str(wheel)).stdout.endswith("nothing differs\n")


def test_the_words_of_a_note_may_be_of_another_version(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rules are compared though their notes have words that this version does not know, and keep their digest."""
    monkeypatch.chdir(repository)
    first, *rest = run("diff", "before", "after").stdout.splitlines()
    other, *same = run("diff", "before", "other-words").stdout.splitlines()
    assert same == rest
    assert other != first


def test_a_revision_is_read_from_below_the_repository(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A revision is that of the repository around the current folder."""
    monkeypatch.chdir(repository / "rules" / "topics")
    assert run("diff", "before", "after").exit_code == 0


def test_json_and_markdown(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """JSON has the same points as the *Advice* of a changelog."""
    monkeypatch.chdir(repository)
    made = json.loads(run("diff", "before", "after", "--format", "json").stdout)
    advice = run("diff", "before", "after", "--format", "md").stdout
    (point,) = made["points"]
    assert made["schema_version"] == "1"
    assert advice == f"### Advice\n\n- `{point['id']}`: Other `stance`.\n"
    assert made["cautions_removed"][0]["somebody"]["profile"]


def test_fail_on_cautions_removed(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A caution that went is exit code 1 where that is asked for, and only then; one that came is not."""
    monkeypatch.chdir(repository)
    assert run("diff", "before", "after").exit_code == 0
    failed = run("diff", "before", "after", "--fail-on", "cautions-removed")
    assert failed.exit_code == 1
    assert "it was `cautions` and is `informs`" in failed.stdout
    assert run("diff", "after", "before", "--fail-on", "cautions-removed").exit_code == 0


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nowhere", "`nowhere` is neither a folder nor a revision of this git repository"),
        ("empty", "revision `empty` has no folder `rules`"),
        ("broken", "broken:rules/topics/breathing.yaml:1:8: "),
        (
            "broken",
            "the rules of `broken` have mistakes, or were written for another version of this library",
        ),
        ("README", "`README` is neither a folder nor a revision"),
        ("none.whl", "none.whl: there is no such file"),
        ("text.whl", "text.whl: this is not a wheel that can be read"),
        ("bare.whl", "bare.whl: there are no rules in this wheel"),
    ],
)
def test_mistakes_are_placed(repository: Path, monkeypatch: pytest.MonkeyPatch, name: str, said: str) -> None:
    """Whatever cannot be read is named as it was given, with exit code 1 and no traceback."""
    monkeypatch.chdir(repository)
    (repository / "text.whl").write_text("no wheel", encoding="utf-8")
    with zipfile.ZipFile(repository / "bare.whl", "w") as archive:
        archive.writestr("other/__init__.py", "")
    result = run("diff", "before", name)
    assert result.exit_code == 1
    assert said in result.stderr
    assert "Traceback" not in result.stderr


RULE = "rls_rules/rules/note.yaml"


def _damaged(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(RULE, "version: 1\n" * 100)
    written = bytearray(path.read_bytes())
    start = 30 + len(RULE)
    written[start : start + 8] = b"\xff" * 8
    path.write_bytes(written)


def _encrypted(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(RULE, "version: 1\n")
    written = bytearray(path.read_bytes())
    written[6] |= 1
    written[written.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(written)


def _large(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(RULE, b" " * (MOST_BYTES + 1))


def _many(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(MOST_IN_WHEEL // MOST_BYTES + 1):
            archive.writestr(f"rls_rules/rules/topics/{number}.yaml", b" " * MOST_BYTES)


def _pipe(path: Path) -> None:
    os.mkfifo(path)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (_damaged, "this is not a wheel that can be read"),
        (_encrypted, "this is not a wheel that can be read"),
        (_large, f"`{RULE}` in it is too large"),
        (_many, "the rules in this wheel are too large"),
        (_pipe, "this is not a wheel that can be read"),
    ],
)
def test_hostile_wheels(tmp_path: Path, make: Callable[[Path], None], said: str) -> None:
    """A wheel that is damaged, locked, much larger than it looks or no file is refused, and little of it unpacked."""
    path = tmp_path / "hostile.whl"
    make(path)
    result = run("diff", str(shipped_rules()), str(path))
    assert result.exit_code == 1
    assert f"{path}: {said}\n  help: " in result.stderr


@pytest.mark.parametrize("name", ["x" * 300, "x" * 300 + ".whl"])
def test_a_name_that_no_file_can_have(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """A name that is too long for a file is answered like any other that there is not."""
    monkeypatch.chdir(tmp_path)
    result = run("diff", str(shipped_rules()), name)
    assert result.exit_code == 1
    assert "\n  help: name a folder of rules" in result.stderr


def test_outside_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A revision outside any repository is answered with what may be named."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    result = run("diff", str(shipped_rules()), "HEAD")
    assert result.exit_code == 1
    assert "`HEAD` is no folder, and this is no git repository" in result.stderr
    assert "name a folder of rules" in result.stderr


def test_without_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where git is not installed, that is said."""
    monkeypatch.setenv("PATH", str(tmp_path))
    result = run("diff", str(shipped_rules()), "HEAD")
    assert result.exit_code == 1
    assert "git is not installed" in result.stderr


def test_wrong_use_is_2() -> None:
    """An unknown format, and a missing name, are wrong use."""
    assert run("diff", "a", "b", "--format", "pdf").exit_code == 2
    assert run("diff", "a").exit_code == 2


def test_reach_is_listed_with_its_measure() -> None:
    """`list reach` has a row for each point, the fewest people first, and says what the share means."""
    result = run("list", "reach")
    rows = [line.split("\t") for line in result.stdout.splitlines()]
    assert {row[0] for row in rows} == {*load_rules().points}
    assert [float(row[1]) for row in rows] == sorted(float(row[1]) for row in rows)
    assert "says nothing of how common such people are" in result.stderr
