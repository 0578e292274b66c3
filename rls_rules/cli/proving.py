"""`rls-rules check`, `prove` and `verify-certificate`."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from rls_rules.checking import check as check_folders


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
