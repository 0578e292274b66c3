"""Write the HTML notes of all shipped examples, for both readers: `python -m tests.web FOLDER`."""

import sys
from datetime import date
from pathlib import Path

from rls_rules import Profile, discuss, load_rules, render
from rls_rules.notes import Reader

DAY = date(2026, 11, 22)
READERS: tuple[Reader, Reader] = ("patient", "clinician")


def write_notes(folder: Path) -> None:
    """Write each note into a file of its own, in a folder that may be new."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, profile in load_rules().examples.items():
        discussion = discuss(Profile.from_yaml(profile), on=DAY)
        for reader in READERS:
            page = render(discussion, reader=reader, format="html")
            (folder / f"{name}.{reader}.html").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    write_notes(Path(sys.argv[1]))
