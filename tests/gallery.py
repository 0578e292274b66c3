"""The small rule base without fault that the gallery of broken rule files changes."""

import re
import shutil
from pathlib import Path

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
