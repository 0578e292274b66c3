"""`rls-rules note` and `rls-rules why`."""

import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.markup import escape
from rich.tree import Tree

from rls_rules.cli.asking import ask as ask_person
from rls_rules.cli.common import Folders, load, shipped_profile, told_kindly
from rls_rules.cli.files import put, refuse_output
from rls_rules.cli.saving import is_new
from rls_rules.discussion import Node
from rls_rules.engine import EngineChoice, discuss
from rls_rules.engine import why as explain_point
from rls_rules.errors import NoteError, Problem, ProfileError
from rls_rules.note_words import ENGLISH
from rls_rules.notes import Format, render, render_pdf, require_typst
from rls_rules.profile import Profile
from rls_rules.rulebase import RuleBase


class Reader(StrEnum):
    """Whom a note is for."""

    patient = "patient"
    clinician = "clinician"


class NoteFormat(StrEnum):
    """How a note is written."""

    md = "md"
    text = "text"
    html = "html"
    json = "json"
    pdf = "pdf"


class Paper(StrEnum):
    """What a PDF is printed on."""

    a4 = "a4"
    us_letter = "us-letter"


class Engine(StrEnum):
    """What evaluates the rules."""

    auto = "auto"
    durable = "durable"
    reference = "reference"


def note(
    profile: Annotated[Path | None, typer.Argument(help="A profile, as YAML or JSON.")] = None,
    *,
    ask: Annotated[
        bool,
        typer.Option(
            "--ask", help="Ask one question at a time; PROFILE may be new, and keeps what was answered."
        ),
    ] = False,
    example: Annotated[
        str | None, typer.Option(help="A shipped profile instead; `rls-rules list examples`.")
    ] = None,
    reader: Annotated[Reader, typer.Option(help="Whom the note is for.")] = Reader.patient,
    format: Annotated[  # noqa: A002 - the word that a user would use
        NoteFormat, typer.Option(help="Markdown, plain text, HTML, JSON or PDF.")
    ] = NoteFormat.md,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="A file to write, whole or not at all.")
    ] = None,
    paper: Annotated[Paper, typer.Option(help="What a PDF is printed on.")] = Paper.a4,
    rules: Folders = None,
    language: Annotated[
        str, typer.Option(help="The language of the note; the rules must have a catalogue of it.")
    ] = ENGLISH.code,
    engine: Annotated[Engine, typer.Option(help="What evaluates the rules.")] = Engine.auto,
    on: Annotated[str | None, typer.Option(help="The date that the note carries; today if left out.")] = None,
) -> None:
    """Write a discussion note from a profile, which can be asked for."""
    with told_kindly():
        refuse_output(output, profile, rules=rules)
        base, day = load(rules, language), _date(on)
        choice: EngineChoice = engine.value
        kind: Format | Literal["pdf"] = format.value
        if kind == "pdf":
            require_typst()
        if kind == "pdf" and output is None and sys.stdout.isatty():
            raise NoteError([Problem(None, "a PDF is nothing for a terminal", "name a file: `-o note.pdf`")])
        new = ask and example is None and (profile is None or is_new(profile))
        person = Profile() if new else _profile(base, profile, example)
        if ask:
            refuse_output(profile)
            person = ask_person(base, person, profile, choice, output)
        discussion = discuss(person, rules=base, on=day, engine=choice)
        content: str | bytes
        if kind == "pdf":
            content = render_pdf(discussion, reader=reader.value, rules=base, paper=paper.value)
        else:
            content = render(discussion, reader=reader.value, format=kind, rules=base)
    put(output, content)


def why(
    profile: Annotated[
        Path, typer.Argument(help="A profile, as YAML or JSON; or the name of a shipped one.")
    ],
    point: Annotated[str, typer.Argument(help="The id of a talking point.")],
    *,
    rules: Folders = None,
) -> None:
    """Say why a talking point is shown, or why not and what would change it."""
    with told_kindly():
        base = load(rules)
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


def _profile(base: RuleBase, path: Path | None, example: str | None) -> Profile:
    """The profile that was named, from a file or from the shipped ones."""
    if (path is None) is (example is None) and (example is None or str(path) != example):
        raise ProfileError(
            [Problem(None, "name one profile", "a file, or `--example NAME`; `rls-rules list examples`")]
        )
    if example is None:
        return Profile.from_file(path or "")
    return shipped_profile(base, example)


def _date(written: str | None) -> date | None:
    try:
        return None if written is None else date.fromisoformat(written)
    except ValueError:
        raise ProfileError([Problem(None, "`--on` is a date, year first", "such as `2026-11-22`")]) from None
