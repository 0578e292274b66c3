"""What commands share: rule folders, problems told kindly."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from rls_rules.errors import EngineError, NoteError, Problem, ProfileError, RulesError, did_you_mean, one_of
from rls_rules.loader import load_rules
from rls_rules.note_words import ENGLISH
from rls_rules.profile import Profile
from rls_rules.rulebase import RuleBase

Folders = Annotated[
    list[Path] | None,
    typer.Option(
        "--rules",
        help="A rule folder, laid over the shipped rules unless it has a `note.yaml`; may be repeated, each laid over those before it.",
    ),
]


def load(folders: list[Path] | None, language: str = ENGLISH.code) -> RuleBase:
    """The rule base in some folders; the shipped one if none is named."""
    return load_rules(*(folders or ()), language=language)


def shipped_profile(base: RuleBase, example: str) -> Profile:
    """The profile of a shipped example.

    :raises ProfileError: if there is no such example.
    """
    if example not in base.examples:
        help_ = did_you_mean(example, base.examples) or one_of(base.examples)
        raise ProfileError([Problem(None, f"there is no example `{example}`", help_)])
    return Profile.from_yaml(base.examples[example], f"examples/{example}.yaml")


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
