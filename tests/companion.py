"""The parts of `docs/companion.md` that a command makes; `python -m tests.companion` writes them anew."""

import re
from pathlib import Path

from typer.testing import CliRunner

from rls_rules.cli import app

COMPANION = Path(__file__).parents[1] / "docs" / "companion.md"
MADE = re.compile(r"(?<=<!-- )(score [^\n]*)( -->\n)(.*?)(?=<!-- end -->)", re.DOTALL)


def made_anew(text: str) -> str:
    """The companion with what its commands print today."""
    return MADE.sub(lambda found: f"{found[1]}{found[2]}\n{printed(found[1])}\n", text)


def printed(command: str) -> str:
    """What a command of `rls-rules` prints."""
    return CliRunner().invoke(app, command.split()).stdout


if __name__ == "__main__":
    COMPANION.write_text(made_anew(COMPANION.read_text(encoding="utf-8")), encoding="utf-8")
