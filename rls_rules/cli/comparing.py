"""`rls-rules diff`."""

import sys
from enum import StrEnum
from typing import Annotated

import typer

from rls_rules.cli.common import told_kindly
from rls_rules.cli.named_rules import named_rules
from rls_rules.difference import difference
from rls_rules.difference_report import as_advice, as_json, as_text


class DifferenceFormat(StrEnum):
    """How a difference is written."""

    text = "text"
    md = "md"
    json = "json"


class FailOn(StrEnum):
    """What makes a difference a problem."""

    cautions_removed = "cautions-removed"


def diff(
    old: Annotated[str, typer.Argument(help="A folder of rules, a wheel, or a git revision.")],
    new: Annotated[str, typer.Argument(help="The same, for the newer rules.")],
    *,
    format: Annotated[  # noqa: A002
        DifferenceFormat,
        typer.Option(help="Plain text, the *Advice* part of a changelog in Markdown, or JSON."),
    ] = DifferenceFormat.text,
    fail_on: Annotated[
        FailOn | None,
        typer.Option(help="Leave with 1 if somebody no longer hears a caution or an urgent point."),
    ] = None,
) -> None:
    """Say what differs between two rule bases, and who now hears something else."""
    with told_kindly():
        found = difference(named_rules(old), named_rules(new))
    write = {"text": as_text, "md": as_advice, "json": as_json}[format.value]
    sys.stdout.write(write(found))
    if fail_on is FailOn.cautions_removed and found.cautions_removed:
        raise typer.Exit(1)
