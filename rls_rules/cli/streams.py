"""Standard input, output and errors: UTF-8 whatever the locale, and a word where they cannot be written."""

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from rls_rules.errors import Place, Problem


@contextmanager
def streams() -> Iterator[None]:
    """Have streams that can be used, and leave with exit code 1 if what was written does not arrive."""
    _open()
    try:
        try:
            yield
        finally:
            sys.stdout.flush()
    except OSError as error:
        if not isinstance(error, BrokenPipeError):  # whoever read has read enough
            with suppress(OSError):
                sys.stderr.write(f"{_problem(error)}\n")
        # Python writes what is left once more when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


def _open() -> None:
    """Open streams that are closed, and write UTF-8 on those that are not."""
    nothing = Path(os.devnull)
    sys.stdin = sys.stdin or nothing.open(encoding="utf-8")
    sys.stdout = sys.stdout or nothing.open(encoding="utf-8")  # to read, so that nothing is written and lost
    sys.stderr = sys.stderr or nothing.open("w", encoding="utf-8")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _problem(error: OSError) -> Problem:
    """What could not be used: a file if the error names one, or else standard output."""
    if error.filename is not None:
        return Problem(
            Place(str(error.filename)), f"cannot be used: {error.strerror}", "look at the rights to it"
        )
    why = error.strerror or "it is closed"
    help_ = "let it go to a terminal, to a file with room for it, or to another command"
    return Problem(Place("standard output"), f"cannot be written: {why}", help_)
