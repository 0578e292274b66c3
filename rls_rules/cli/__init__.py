"""The command line.

Exit codes: 0 done; 1 something is wrong with what was given (a file, a name) or with what was checked;
2 the command line cannot be read: there is no such command, option or choice.
"""

from collections.abc import Callable

import typer

from rls_rules.cli.comparing import diff
from rls_rules.cli.listing import list_, schema, version
from rls_rules.cli.mutating import mutate, vignettes
from rls_rules.cli.notes import note, why
from rls_rules.cli.proving import check, prove, verify_certificate
from rls_rules.cli.scoring import score
from rls_rules.cli.streams import streams
from rls_rules.cli.translating import catalogue

__all__ = ["COMMANDS", "app", "streams"]

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None
)
COMMANDS: dict[str, Callable[..., None]] = {
    "note": note,
    "why": why,
    "score": score,
    "check": check,
    "prove": prove,
    "verify-certificate": verify_certificate,
    "diff": diff,
    "vignettes": vignettes,
    "mutate": mutate,
    "catalogue": catalogue,
    "list": list_,
    "schema": schema,
    "version": version,
}
"""The commands, in the order in which the help lists them."""

for name, command in COMMANDS.items():
    app.command(name)(command)
