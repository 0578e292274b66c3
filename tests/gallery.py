"""The small rule base without fault that the galleries of rule files change, and how they show a place."""

import re
import shutil
from pathlib import Path

from rls_rules.errors import Place
from rls_rules.loader import shipped_rules

GALLERY = Path(__file__).parent / "bad_rules"


def copy_base(folder: Path) -> None:
    """Make a rule folder: the base, with the shipped words of notes and facts.

    The note cites the one statement about the condition that the base has.
    """
    shutil.copytree(GALLERY / "base", folder)
    shutil.copy(shipped_rules() / "facts.yaml", folder)
    note = (shipped_rules() / "note.yaml").read_text()
    (folder / "note.yaml").write_text(re.sub(r"cites: \[.*\]", "cites: [DX-1]", note))


def pointed(place: Place) -> str:
    """The line that a place points to, with a mark below the column."""
    line = Path(place.file).read_text(encoding="utf-8").splitlines()[place.line - 1]
    return f"  | {line[:120]}\n  | {' ' * (place.column - 1)}^\n"
