"""Files made to harm are refused with a place and help, in bounded memory and processor time."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from rls_rules.errors import ProfileError, RulesError
from rls_rules.profile import Profile
from rls_rules.yaml_reader import MOST_BYTES, MOST_VALUES, read_file

ROOT = Path(__file__).parents[1]
MOST_KILOBYTES = 50_000
NAME = "rules/topics/hostile.yaml"
LONG = MOST_BYTES - 10

LAUGHS = b"a: &a [lol, lol]\nb: &b [*a, *a, *a, *a]\nc: &c [*b, *b, *b, *b]\nd: [*c, *c, *c, *c]\n"
CONTENTS = {
    "over 2 MB": (b"#" * (MOST_BYTES + 1), NAME, "the file is too large"),
    "10,000 lists in brackets": (b"[" * 10_000, f"{NAME}:1:17", "nested too deeply"),
    "10,000 lists with dashes": (b"- " * 10_000 + b"x", f"{NAME}:1:33", "nested too deeply"),
    "10,000 mappings": (b"{a: " * 10_000, f"{NAME}:1:65", "nested too deeply"),
    "10,000 aliases": (b"[" + b"*a, " * 10_000 + b"]", f"{NAME}:1:2", "alias `*a`"),
    "billion laughs": (LAUGHS, f"{NAME}:1:4", "anchor `&a`"),
    "not UTF-8": (b"a: b\nc: caf\xe9\n", f"{NAME}:2:7", "this is not UTF-8"),
    "UTF-16": ("a: b".encode("utf-16"), f"{NAME}:1:1", "this is not UTF-8"),
    "byte order mark": ("\ufeffa: b".encode(), f"{NAME}:1:1", "hidden or control character U+FEFF"),
    "NUL": (b"a: b\nc: d\0e\n", f"{NAME}:2:5", "hidden or control character U+0000"),
    "zero width": ("a: b\u200bc".encode(), f"{NAME}:1:5", "hidden or control character U+200B"),
    "right to left": ("a: b\u202ec".encode(), f"{NAME}:1:5", "hidden or control character U+202E"),
    "tag letters": ("a: b\U000e0041".encode(), f"{NAME}:1:5", "hidden or control character U+E0041"),
    "escaped": (b'a: "b\\u202ec"', f"{NAME}:1:4", "hidden or control character U+202E"),
    "too many values": (b"- 1\n" * 200_001, f"{NAME}:{MOST_VALUES}:3", "too many values"),
    "the same key always": (b"a: 1\n" * 100_000, f"{NAME}:2:1", "`a` is given twice"),
    "one long line": (b"a: " + b"x" * LONG, f"{NAME}:1:", "unknown key `a`"),
    "one long key": (b"? " + b"x" * LONG, f"{NAME}:1:3", "this key is too long"),
    "nearly a long number": (b"a: " + b"1" * (LONG - 1) + b"x", f"{NAME}:1:", "unknown key `a`"),
    "nearly a long clock": (b"a: " + b"1:" * (LONG // 2 - 1) + b"x", f"{NAME}:1:", "unknown key `a`"),
    "nothing": (b"", NAME, "the file is empty"),
}


def _folder(path: Path) -> None:
    path.mkdir()


def _broken_link(path: Path) -> None:
    path.symlink_to("nowhere.yaml")


def _link_to_itself(path: Path) -> None:
    path.symlink_to(path)


def _endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _pipe(path: Path) -> None:
    os.mkfifo(path)


NO_FILES: dict[Callable[[Path], None], str] = {
    _folder: "this is a folder, not a file",
    _broken_link: "the link leads nowhere",
    _link_to_itself: "the link leads nowhere",
    _endless: "this is not a file that can be read whole",
    _pipe: "this is not a file that can be read whole",
}


def refusals(folder: Path) -> list[list[str]]:
    """What is said about the hostile file, as a rule file and as a profile."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.hostile_reader", "rules", NAME],
        cwd=folder, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["grown"] < MOST_KILOBYTES
    assert [len(problems) for problems in said["refusals"]] == [1, 1]
    return [problems[0] for problems in said["refusals"]]


def quoting_nothing(message: str) -> str:
    """A message as it is told of a profile, whose contents are never repeated."""
    return re.sub("`[^`]*`", "`…`", message)


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
@pytest.mark.parametrize("kind", CONTENTS)
def test_hostile_contents(kind: str, tmp_path: Path) -> None:
    """One problem, with its place, its cause and help, whether it is taken for a rule file or a profile."""
    contents, place, message = CONTENTS[kind]
    (tmp_path / NAME).parent.mkdir(parents=True)
    (tmp_path / NAME).write_bytes(contents)
    for found in refusals(tmp_path):
        assert found[0].startswith(place)
        assert quoting_nothing(found[1]) == quoting_nothing(message)
        assert found[2]


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
@pytest.mark.parametrize("make", NO_FILES)
def test_what_is_no_file(make: Callable[[Path], None], tmp_path: Path) -> None:
    """What only looks like a file is named and never waited for."""
    (tmp_path / NAME).parent.mkdir(parents=True)
    make(tmp_path / NAME)
    for place, message, help_ in refusals(tmp_path):
        assert place == NAME
        assert message == NO_FILES[make]
        assert help_


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file without the right to read it is one problem that says so."""
    file = tmp_path / "locked.yaml"
    file.touch()

    def locked(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", locked)
    with pytest.raises(RulesError, match="cannot be read: Permission denied") as caught:
        read_file(file)
    assert [str(problem.place) for problem in caught.value.problems] == [str(file)]
    assert caught.value.problems[0].help


def test_a_profile_with_very_many_mistakes() -> None:
    """Of a hundred thousand mistakes a hundred are told."""
    with pytest.raises(ProfileError) as caught:
        Profile.from_json(json.dumps({f"key{i}": i for i in range(100_000)}))
    assert len(caught.value.problems) == 100


@pytest.mark.parametrize(
    "text",
    [
        b"[" * 100_000, b'{"age": NaN}', b'{"age": 1e999}', b'{"age": ' + b"9" * 10_000 + b"}", b'{"age": 1, "age": 2}',
        b"\xff", b'{"free_text": "\\ud800"}', b'{"free_text": "\\u202e"}', b'{"declined": {}}', b"null", b"",
    ],
    ids=lambda text: text[:20].decode(errors="replace"),
)  # fmt: skip
def test_hostile_json(text: bytes) -> None:
    """A profile in hostile JSON is refused as every profile is."""
    with pytest.raises(ProfileError):
        Profile.from_json(text)
