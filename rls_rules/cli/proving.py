"""`rls-rules check`, `prove` and `verify-certificate`."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from rls_rules import proof_report
from rls_rules.certificate import Certificate
from rls_rules.checking import check as check_folders
from rls_rules.cli.common import Folders, leave, load, told_kindly
from rls_rules.cli.files import refuse_output, write
from rls_rules.engine import library_version
from rls_rules.errors import Place, Problem, RulesError, did_you_mean, one_of
from rls_rules.loader import rule_folders
from rls_rules.proof import THEOREMS, certified, claimed
from rls_rules.proof import prove as prove_rules
from rls_rules.yaml_reader import read_file

MOST_CERTIFIED = 50_000_000
"""A certificate of more bytes is of no rule base that a person wrote."""


class ProofFormat(StrEnum):
    """How a proof is written."""

    text = "text"
    json = "json"
    sarif = "sarif"


def check(
    folders: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Rule folders, each laid over those before it, the first over the shipped rules unless it has a `note.yaml`."
        ),
    ] = None,
) -> None:
    """Check rule folders; print every problem with its place, or nothing."""
    errors, warnings = check_folders(*rule_folders(*(folders or ())))
    for problem in errors:
        sys.stdout.write(f"{problem}\n")
    for problem in warnings:
        sys.stdout.write(f"warning: {problem}\n")
    if errors:
        raise typer.Exit(1)


def prove(
    *,
    theorem: Annotated[list[str] | None, typer.Option(help="A theorem to prove; may be repeated.")] = None,
    rules: Folders = None,
    format: Annotated[ProofFormat, typer.Option(help="Text, JSON or SARIF.")] = ProofFormat.text,  # noqa: A002
    certificate: Annotated[
        Path | None, typer.Option(help="A file for the reasons why nobody is where nobody may be.")
    ] = None,
) -> None:
    """Prove that the rules are consistent for everyone, or show for whom they are not."""
    names = [one.name for one in THEOREMS]
    for name in theorem or ():
        if name not in names:
            help_ = did_you_mean(name, names) or one_of(names)
            leave([Problem(None, f"there is no theorem `{name}`", help_).report()])
    chosen = theorem or names
    with told_kindly():
        refuse_output(certificate, rules=rules)
        base = load(rules)
        with Progress(console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task("proving", total=len(chosen))
            results = prove_rules(base, names=chosen, done=lambda _: progress.advance(task))
            if certificate is not None:
                write(certificate, certified(base, chosen).to_json())
    match format:
        case ProofFormat.text:
            sys.stdout.write(proof_report.as_text(results))
        case ProofFormat.json:
            sys.stdout.write(proof_report.as_json(results))
        case ProofFormat.sarif:
            sys.stdout.write(proof_report.as_sarif(results, library_version()))
    if any(one.verdict != "proved" and one.theorem.severity == "error" for one in results):
        raise typer.Exit(1)


def verify_certificate(
    file: Annotated[Path, typer.Argument(help="A certificate that `prove` wrote.")],
    *,
    rules: Folders = None,
) -> None:
    """Check a certificate against the rules it speaks of, without searching for anything."""
    with told_kindly():
        written = read_file(file, MOST_CERTIFIED)
        try:
            found = Certificate.from_json(written)
        except ValueError as error:
            help_ = "make one with `rls-rules prove --certificate FILE`"
            raise RulesError([Problem(Place(str(file)), str(error), help_)]) from None
        wrong = [f"{one}: its tree does not show it" for one in found.refused()]
        wrong += [f"{one}: the certificate does not speak of it" for one in found.lacks(claimed(load(rules)))]
    if wrong:
        leave([*wrong, "  help: make it anew with `rls-rules prove --certificate FILE`, from these rules"])
    sys.stdout.write(f"{len(found.entries):,} claims hold; the rules claim nothing else of this kind\n")
