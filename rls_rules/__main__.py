"""`python -m rls_rules`, and the `rls-rules` command."""

import sys


def main() -> None:
    """Run the command line, or say how to install it."""
    try:
        from rls_rules.cli import app, streams  # noqa: PLC0415 - typer is an extra
    except ModuleNotFoundError as error:
        if error.name not in ("typer", "rich"):
            raise
        sys.exit("the command line is an extra\n  help: pip install 'rls-rules[cli]'")
    with streams():
        app()


if __name__ == "__main__":
    main()
