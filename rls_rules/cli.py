"""The command line: `rls-rules note`, `check`, `why`, `list`, `schema`.

Exit codes: 0 done, 1 problems found, 2 wrong use.
"""

import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.markup import escape
from rich.tree import Tree

from rls_rules.checking import check as check_folders
from rls_rules.discussion import Node, discussion_schema
from rls_rules.engine import EngineChoice, discuss, library_version
from rls_rules.engine import why as explain_point
from rls_rules.errors import EngineError, Problem, ProfileError, RulesError, did_you_mean, one_of
from rls_rules.loader import load_rules, rules_schema
from rls_rules.notes import render
from rls_rules.profile import FACTS, Profile
from rls_rules.rulebase import RuleBase

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None
)

Folders = Annotated[
    list[Path] | None,
    typer.Option("--rules", help="A rule folder, laid over those before it; may be repeated."),
]


class Reader(StrEnum):
    """Whom a note is for."""

    patient = "patient"
    clinician = "clinician"


class NoteFormat(StrEnum):
    """How a note is written."""

    md = "md"
    text = "text"
    json = "json"


class Engine(StrEnum):
    """What evaluates the rules."""

    auto = "auto"
    durable = "durable"
    reference = "reference"


class Listed(StrEnum):
    """What can be listed."""

    points = "points"
    facts = "facts"
    sources = "sources"
    options = "options"
    statements = "statements"
    unchecked = "unchecked"
    examples = "examples"


class Schema(StrEnum):
    """What has a published schema."""

    profile = "profile"
    rules = "rules"
    discussion = "discussion"


@app.command()
def note(
    profile: Annotated[Path | None, typer.Argument(help="A profile, as YAML or JSON.")] = None,
    *,
    example: Annotated[
        str | None, typer.Option(help="A shipped profile instead; `rls-rules list examples`.")
    ] = None,
    reader: Annotated[Reader, typer.Option(help="Whom the note is for.")] = Reader.patient,
    format: Annotated[NoteFormat, typer.Option(help="Markdown, plain text or JSON.")] = NoteFormat.md,  # noqa: A002
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="A file to write, whole or not at all.")
    ] = None,
    rules: Folders = None,
    engine: Annotated[Engine, typer.Option(help="What evaluates the rules.")] = Engine.auto,
    on: Annotated[str | None, typer.Option(help="The date that the note carries; today if left out.")] = None,
) -> None:
    """Write a discussion note from a profile."""
    with _told_kindly():
        base = _load(rules)
        choice: EngineChoice = engine.value
        discussion = discuss(_profile(base, profile, example), rules=base, on=_date(on), engine=choice)
        text = render(discussion, reader=reader.value, format=format.value, rules=base)
    if output is None:
        sys.stdout.write(text)
    else:
        _write(output, text)


@app.command()
def check(
    folders: Annotated[
        list[Path] | None, typer.Argument(help="Rule folders, each laid over those before it.")
    ] = None,
) -> None:
    """Check rule folders; print every problem with its place, or nothing."""
    errors, warnings = check_folders(*(folders or ()))
    for problem in errors:
        sys.stdout.write(f"{problem}\n")
    for problem in warnings:
        sys.stdout.write(f"warning: {problem}\n")
    if errors:
        raise typer.Exit(1)


@app.command()
def why(
    profile: Annotated[
        Path, typer.Argument(help="A profile, as YAML or JSON; or the name of a shipped one.")
    ],
    point: Annotated[str, typer.Argument(help="The id of a talking point.")],
    *,
    rules: Folders = None,
) -> None:
    """Say why a talking point is shown, or why not and what would change it."""
    with _told_kindly():
        base = _load(rules)
        shipped = str(profile) if str(profile) in base.examples else None
        explanation = explain_point(base, _profile(base, profile, shipped), point)
    word = _VERDICTS[explanation.verdict]
    tree = Tree(escape(f"{point}: {word[1]}"))
    _grow(tree, explanation.tree)
    Console(highlight=False).print(tree)
    for title, sets in (
        ("it would be shown if more were known of", explanation.missing),
        ("what stands in the way", explanation.in_the_way),
    ):
        for facts in sets:
            labels = ", ".join(f"{base.words[fact].label} ({fact})" for fact in facts)
            sys.stdout.write(f"{title}: {labels}\n")


@app.command("list")
def list_(
    what: Annotated[Listed, typer.Argument(help="What to list.")],
    *,
    rules: Folders = None,
) -> None:
    """List what is in the rules, one a line."""
    with _told_kindly():
        base = _load(rules)
    for row in _LISTS[what](base):
        sys.stdout.write("\t".join(row) + "\n")


@app.command()
def schema(what: Annotated[Schema, typer.Argument(help="Which schema.")]) -> None:
    """Print the JSON Schema of a profile, of the rule files, or of a saved discussion."""
    made = {
        Schema.profile: Profile.model_json_schema,
        Schema.rules: rules_schema,
        Schema.discussion: discussion_schema,
    }[what]()
    sys.stdout.write(json.dumps(made, indent=2, ensure_ascii=False) + "\n")


@app.command()
def version() -> None:
    """Print the version of the library and of its rules."""
    base = load_rules()
    sys.stdout.write(f"rls-rules {library_version()}, rules {base.note.version} ({base.digest[:12]})\n")


_VERDICTS = {
    True: ("yes", "shown"),
    False: ("no", "not shown"),
    None: ("?", "not known well enough to be shown"),
}


def _grow(tree: Tree, node: Node) -> None:
    text = f"{_VERDICTS[node.verdict][0]}: {node.text if node.how in ('fact', 'finding') else node.how}"
    branch = tree.add(escape(text))
    for part in node.parts:
        _grow(branch, part)


def _where(base: RuleBase, name: str) -> str:
    """What became of a statement."""
    statement = base.statements[name]
    if statement.out_of_scope:
        return f"out of scope: {statement.out_of_scope}"
    if statement.checked == "unchecked":
        return f"unchecked: {statement.settle}"
    return "used by " + ", ".join(base.used_by[name])


_LISTS: dict[Listed, Callable[[RuleBase], Iterable[tuple[str, ...]]]] = {
    Listed.points: lambda base: (
        (point.id, point.stance, point.urgency, point.title) for point in base.points.values()
    ),
    Listed.facts: lambda base: ((fact.name, fact.kind, base.words[fact.name].asks) for fact in FACTS),
    Listed.sources: lambda base: (
        (s.id, str(s.year or "undated"), s.status, s.title) for s in base.sources.values()
    ),
    Listed.options: lambda base: ((option.id, option.name) for option in base.options.values()),
    Listed.statements: lambda base: ((s.id, s.checked, _where(base, s.id)) for s in base.statements.values()),
    Listed.unchecked: lambda base: (
        (s.id, s.says, s.settle)
        for s in base.statements.values()
        if s.checked == "unchecked" and s.settle is not None
    ),
    Listed.examples: lambda base: (
        (name, text.partition("\n")[0].lstrip("# ")) for name, text in base.examples.items()
    ),
}


def _load(folders: list[Path] | None) -> RuleBase:
    return load_rules(*(folders or ()))


def _profile(base: RuleBase, path: Path | None, example: str | None) -> Profile:
    """The profile that was named, from a file or from the shipped ones."""
    if (path is None) is (example is None) and (example is None or str(path) != example):
        raise ProfileError(
            [Problem(None, "name one profile", "a file, or `--example NAME`; `rls-rules list examples`")]
        )
    if example is None:
        return Profile.from_file(path or "")
    if example not in base.examples:
        help_ = did_you_mean(example, base.examples) or one_of(base.examples)
        raise ProfileError([Problem(None, f"there is no example `{example}`", help_)])
    return Profile.from_yaml(base.examples[example], f"examples/{example}.yaml")


def _date(written: str | None) -> date | None:
    try:
        return None if written is None else date.fromisoformat(written)
    except ValueError:
        raise ProfileError([Problem(None, "`--on` is a date, year first", "such as `2026-11-22`")]) from None


@contextmanager
def _told_kindly() -> Iterator[None]:
    """Print problems to the person who made them, with what they wrote, and leave."""
    try:
        yield
    except (RulesError, ProfileError) as error:
        _leave(problem.report() for problem in error.problems)
    except EngineError as error:
        _leave([str(error)])


def _leave(lines: Iterable[str]) -> NoReturn:
    sys.stderr.write("\n".join(lines) + "\n")
    raise typer.Exit(1)


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=path.parent, prefix=f".{path.name}.", delete=False
        ) as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(file.name).replace(path)
    except OSError as error:
        _leave([f"{path}: cannot be written: {error.strerror}"])
