"""A rule base that is named as a folder, as a wheel, or as a git revision."""

import io
import lzma
import shutil
import subprocess
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePosixPath

from rls_rules.errors import Place, Problem, RulesError
from rls_rules.loader import read_rules, rule_folders, shipped_rules
from rls_rules.loading import Loading
from rls_rules.rule_files import read_sheets, shown
from rls_rules.rulebase import RuleBase
from rls_rules.yaml_reader import MOST_BYTES

_IN_WHEEL = PurePosixPath("rls_rules/rules")
_IN_REPOSITORY = PurePosixPath("rules")

MOST_IN_WHEEL = 20 * MOST_BYTES
"""More than the rules of any wheel, unpacked."""

_NO_WHEEL = "this is not a wheel that can be read"
_HELP = "name a folder of rules, a wheel (`.whl`), or a git revision of the repository you are in"


def named_rules(name: str) -> RuleBase:
    """The rule base of a folder, of a wheel, or of the `rules` folder of a git revision.

    :raises RulesError: with every problem, if there is no such thing or it holds no sound rules.
    """
    path = Path(name)
    there = False
    with suppress(OSError):  # a name that is too long for a file may be that of a revision
        there = path.is_dir()
    if there:
        return read_rules(*rule_folders(path))
    if path.suffix == ".whl":
        return _unpacked(name, lambda folder: _from_wheel(path, folder))
    return _unpacked(name, lambda folder: _from_git(name, folder))


def _unpacked(name: str, unpack: Callable[[Path], None]) -> RuleBase:
    """Read rules from a folder that lasts only so long; problems name where they came from instead."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary, "rules")
        folder.mkdir()
        unpack(folder)
        try:
            return _read(folder)
        except RulesError as error:
            placed = [_placed(problem, shown(folder), name) for problem in error.problems]
            raise RulesError([*placed, Problem(None, _OTHER_VERSION.format(name), _MEND)]) from None


def _read(folder: Path) -> RuleBase:
    """The rules of a folder; if only the words of its notes are of another time, those of today stand in.

    Nothing is compared by them, and they change with this library.
    """
    try:
        return read_rules(folder)
    except RulesError as error:
        note = folder / "note.yaml"
        if any(
            problem.place is None or Path(problem.place.file).name != note.name for problem in error.problems
        ):
            raise
        digest = read_sheets([folder], Loading())[2]
        shutil.copyfile(shipped_rules() / note.name, note)
        return replace(read_rules(folder), digest=digest)


def _placed(problem: Problem, folder: str, name: str) -> Problem:
    place = problem.place
    if place is not None:
        file = place.file.replace(folder, f"{name}:rules", 1)
        place = Place(file, place.line, place.column)
    return Problem(place, problem.message, problem.help.replace(folder, f"{name}:rules"), problem.quoted)


def _from_wheel(path: Path, folder: Path) -> None:
    """Write the rules of a wheel into a folder."""
    place = Place(str(path))
    try:
        if path.exists() and not path.is_file():
            raise RulesError([Problem(place, _NO_WHEEL, _HELP)])
        with zipfile.ZipFile(path) as wheel:
            inside = [
                one for one in wheel.infolist() if PurePosixPath(one.filename).is_relative_to(_IN_WHEEL)
            ]
            _refuse_large(inside, place)
            for one in inside:
                if not one.is_dir():
                    _write(PurePosixPath(one.filename), _IN_WHEEL, folder, partial(wheel.read, one))
    except FileNotFoundError:
        raise RulesError([Problem(place, "there is no such file", _HELP)]) from None
    # A locked wheel is a `RuntimeError`, and so is one that is packed in a way that is not known here.
    except (OSError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error, lzma.LZMAError):
        raise RulesError([Problem(place, _NO_WHEEL, _HELP)]) from None
    if not any(folder.iterdir()):
        help_ = f"a wheel of rls-rules has them in `{_IN_WHEEL}`"
        raise RulesError([Problem(place, "there are no rules in this wheel", help_)])


def _refuse_large(inside: Sequence[zipfile.ZipInfo], place: Place) -> None:
    """Refuse a wheel whose rules would be too large to read, before any is unpacked; none unpacks to more than it says."""
    problems = [
        Problem(place, f"`{one.filename}` in it is too large", f"at most {MOST_BYTES:,} bytes")
        for one in inside
        if one.file_size > MOST_BYTES
    ]
    if sum(one.file_size for one in inside) > MOST_IN_WHEEL:
        help_ = f"at most {MOST_IN_WHEEL:,} bytes when they are unpacked"
        problems.append(Problem(place, "the rules in this wheel are too large", help_))
    if problems:
        raise RulesError(problems)


def _from_git(revision: str, folder: Path) -> None:
    """Write the `rules` folder of a revision into a folder."""
    top = _git(revision, "rev-parse", "--show-toplevel").decode().strip()
    # `--end-of-options` keeps a revision that begins with a hyphen from being an option.
    commit = _git(revision, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    packed = _git(revision, "-C", top, "archive", commit.decode().strip(), "--", str(_IN_REPOSITORY))
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        for member in archive:
            content = archive.extractfile(member) if member.isfile() else None
            if content is not None:
                _write(PurePosixPath(member.name), _IN_REPOSITORY, folder, content.read)


def _write(name: PurePosixPath, within: PurePosixPath, folder: Path, read: Callable[[], bytes]) -> None:
    """Write one file, if it is in the folder that is wanted; names that lead elsewhere are left out."""
    if not name.is_relative_to(within) or ".." in name.parts:
        return
    target = folder / name.relative_to(within)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(read())


def _git(revision: str, *words: str) -> bytes:
    """What git answers."""
    try:
        return subprocess.run(["git", *words], check=True, capture_output=True).stdout  # noqa: S603, S607
    except FileNotFoundError:
        message = f"`{revision}` is no folder, and git is not installed"
    except subprocess.CalledProcessError:
        message = _REFUSED.get(words[0], f"revision `{revision}` has no folder `{_IN_REPOSITORY}`")
        message = _NO_REPOSITORY.format(revision) if "--show-toplevel" in words else message.format(revision)
    raise RulesError([Problem(None, message, _HELP)])


_OTHER_VERSION = "the rules of `{}` have mistakes, or were written for another version of this library"
_MEND = "name a later revision, or a folder with a copy of them in which this is mended"
_NO_REPOSITORY = "`{}` is no folder, and this is no git repository"
_REFUSED = {"rev-parse": "`{}` is neither a folder nor a revision of this git repository"}
