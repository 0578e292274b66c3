"""`rls-rules score`."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from rls_rules.cli.common import Folders, load, shipped_profile, told_kindly
from rls_rules.cli.files import put, refuse_output
from rls_rules.engine import discuss
from rls_rules.errors import NoteError, Problem, RulesError
from rls_rules.notes import Document
from rls_rules.notes import note as make_note
from rls_rules.rulebase import RuleBase
from rls_rules.scoring import NoteView, digest, read_note, read_ratings
from rls_rules.scoring import score as score_note
from rls_rules.scoring.plainness import reading_grade
from rls_rules.scoring.report import Scored, report
from rls_rules.scoring.scorecards import for_people
from rls_rules.yaml_reader import read_file


class ScoreFormat(StrEnum):
    """How scorecards are written."""

    text = "text"
    md = "md"
    json = "json"


def score(
    note: Annotated[
        Path | None, typer.Argument(help="A patient note as `rls-rules note --format json` writes it.")
    ] = None,
    *,
    example: Annotated[
        str | None, typer.Option(help="The note of a shipped profile instead; `rls-rules list examples`.")
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="The notes of all shipped profiles.")] = False,
    ratings: Annotated[
        Path | None, typer.Option(help="A file of signed ratings, for what only people can decide.")
    ] = None,
    format: Annotated[  # noqa: A002 - the word that a user would use
        ScoreFormat, typer.Option(help="Text, Markdown or JSON.")
    ] = ScoreFormat.text,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="A file to write, whole or not at all.")
    ] = None,
    rules: Folders = None,
) -> None:
    """Score a patient note on three published checklists, as far as code can."""
    with told_kindly():
        refuse_output(output, note, ratings, rules=rules)
        base = load(rules)
        signed = read_ratings(ratings, for_people()) if ratings else ()
        scored = {
            name: Scored(
                digest(document), reading_grade(NoteView(document, base)), score_note(document, base, signed)
            )
            for name, document in _notes(base, note, example, all_=all_).items()
        }
        content = report(scored, format.value)
    put(output, content)


def _notes(base: RuleBase, path: Path | None, example: str | None, *, all_: bool) -> dict[str, Document]:
    """The notes that were named: one file, one example, or every example."""
    if (path is not None) + (example is not None) + all_ != 1:
        raise NoteError([Problem(None, "name one note", "a file, `--example NAME`, or `--all`")])
    if path is not None:
        try:
            text = read_file(path)
        except RulesError as error:
            raise NoteError(error.problems) from None
        return {path.as_posix(): read_note(text, path.as_posix(), base)}
    names = sorted(base.examples) if all_ else [example or ""]
    return {name: make_note(discuss(shipped_profile(base, name), rules=base), rules=base) for name in names}
