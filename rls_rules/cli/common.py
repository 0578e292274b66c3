"""What commands share: rule folders, problems told kindly, files written whole."""

import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from rls_rules.errors import EngineError, NoteError, ProfileError, RulesError
from rls_rules.loader import load_rules
from rls_rules.note_words import ENGLISH
from rls_rules.rulebase import RuleBase

Folders = Annotated[
    list[Path] | None,
    typer.Option("--rules", help="A rule folder, laid over those before it; may be repeated."),
]


def load(folders: list[Path] | None, language: str = ENGLISH.code) -> RuleBase:
    """The rule base in some folders; the shipped one if none is named."""
    return load_rules(*(folders or ()), language=language)


@contextmanager
def told_kindly() -> Iterator[None]:
    """Print problems to the person who made them, with what they wrote, and leave."""
    try:
        yield
    except (RulesError, ProfileError, NoteError) as error:
        leave(problem.report() for problem in error.problems)
    except EngineError as error:
        leave([str(error)])


def leave(lines: Iterable[str]) -> NoReturn:
    """Print some lines as an error, and leave with exit code 1."""
    sys.stderr.write("\n".join(lines) + "\n")
    raise typer.Exit(1)


def write(path: Path, content: str | bytes) -> None:
    """Write a file whole or not at all, or say why not and leave."""
    try:
        replace_whole(path, content)
    except OSError as error:
        leave([f"{path}: cannot be written: {error.strerror}"])


def replace_whole(path: Path, content: str | bytes) -> None:
    """Write a file whole or not at all, and leave nothing else behind.

    :raises OSError: if it cannot be written.
    """
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        try:
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).replace(path)
        except BaseException:  # an interruption too
            Path(file.name).unlink(missing_ok=True)
            raise
