"""Files that commands write: whole or not at all, where links lead, and never in place of what is read."""

import errno
import os
import stat
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from rls_rules.cli.common import leave
from rls_rules.errors import NoteError, Place, Problem


def refuse_output(output: Path | None, *inputs: Path | None, rules: list[Path] | None = None) -> None:
    """Refuse, before any work is done, an output that cannot be written or would take the place of an input.

    :param rules: the rule folders that are read.
    :raises NoteError: with what to name instead.
    """
    if output is None:
        return
    sheets = [file for folder in rules or () for kind in ("*.y*ml", "*/*.y*ml") for file in folder.glob(kind)]
    if any(same_file(output, one) for one in (*inputs, *sheets)):
        why = "this file is read, and would be lost"
        raise NoteError([Problem(Place(str(output)), why, "name another file to write")])
    try:
        _mode(output)
    except OSError as error:
        raise NoteError([_unwritable(output, error)]) from None


def same_file(one: Path, other: Path | None) -> bool:
    """Whether two paths lead to one file, or would once it is there."""
    if other is None:
        return False
    try:
        return one.samefile(other)
    except OSError:
        return os.path.realpath(one) == os.path.realpath(other)


def put(output: Path | None, content: str | bytes) -> None:
    """Write what a command made into the file that was named, or else on standard output."""
    if output is not None:
        write(output, content)
    elif isinstance(content, bytes):
        sys.stdout.buffer.write(content)
    else:
        sys.stdout.write(content)


def write(path: Path, content: str | bytes) -> None:
    """Write a file whole or not at all, or say why not and leave."""
    try:
        replace_whole(path, content)
    except OSError as error:
        leave([str(_unwritable(path, error))])


def replace_whole(path: Path, content: str | bytes) -> None:
    """Write a file whole or not at all, with the rights that it had, and leave nothing else behind.

    A link stays a link; what is no file, such as a pipe, is written into.

    :raises OSError: if it cannot be written.
    """
    mode = _mode(path)
    written = content.encode() if isinstance(content, str) else content
    if mode is not None and not stat.S_ISREG(mode):
        path.write_bytes(written)
        return
    target = Path(os.path.realpath(path))
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as file:
        made = Path(file.name)
        try:
            file.write(written)
            file.flush()
            os.fsync(file.fileno())
            if mode is not None:
                made.chmod(stat.S_IMODE(mode))
            made.replace(target)
        except BaseException:  # an interruption too
            made.unlink(missing_ok=True)
            raise


def _mode(path: Path) -> int | None:
    """The type and rights of what is to be overwritten; None if it is new.

    :raises OSError: if it cannot be written.
    """
    mode: int | None = None
    with suppress(FileNotFoundError):
        mode = path.stat().st_mode
    if mode is not None:
        if stat.S_ISDIR(mode):
            raise IsADirectoryError
        # Root may write everything; what is marked as read-only is left alone all the same.
        if not (mode & 0o222 and os.access(path, os.W_OK)):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    if mode is None or stat.S_ISREG(mode):  # it is made anew beside the old one
        folder = Path(os.path.realpath(path)).parent
        folder.stat()
        if not os.access(folder, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    return mode


def _unwritable(path: Path, error: OSError) -> Problem:
    """Why a file cannot be written, and what would help."""
    match error:
        case FileNotFoundError():
            why, help_ = "there is no such folder", "make the folder, or name another"
        case IsADirectoryError():
            why, help_ = "this is a folder, not a file", "name a file in it"
        case _:
            why = str(error.strerror)
            help_ = "name another file, or look at the rights to this one and its folder"
    return Problem(Place(str(path)), f"cannot be written: {why}", help_)
