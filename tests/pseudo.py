"""A made-up language: English in full-width letters, so that a word from anywhere else is plain to see.

Full-width letters have capitals and small letters and the width of one character, as English has,
so that a note in this language is the English one letter by letter.
"""

import re
from pathlib import Path

from rls_rules import catalogue
from rls_rules.languages import REVIEWERS, read_catalogue, translated, wordings
from rls_rules.rulebase import RuleBase

CODE = "qps"
REVIEWER = "\uff21\uff4e\uff4e\uff41"  # a full-width Anna
_PLAIN = "".join(map(chr, (*range(ord("A"), ord("Z") + 1), *range(ord("a"), ord("z") + 1))))
_WIDE = "".join(chr(ord(letter) + 0xFEE0) for letter in _PLAIN)
_SEPARATORS = {",": "\u3001", ";": "\uff1b"}
"""Commas and semicolons are other characters too, as they are in many languages."""
_TO = str.maketrans(dict(zip(_PLAIN, _WIDE, strict=True)) | _SEPARATORS)
_BACK = str.maketrans(
    {wide: plain for plain, wide in zip(_PLAIN, _WIDE, strict=True)}
    | {wide: plain for plain, wide in _SEPARATORS.items()}
)


def pseudo(english: str) -> str:
    """A text in the made-up language; slots stay as they are."""
    return "".join(
        part if part.startswith("{") else part.translate(_TO) for part in re.split(r"(\{\w*\})", english)
    )


def back(text: str) -> str:
    """The English of a text in the made-up language."""
    return text.translate(_BACK)


def made_up(rules: RuleBase, path: Path, *, reviewed: bool = True, without: tuple[str, ...] = ()) -> RuleBase:
    """A rule base in the made-up language, by way of a catalogue file.

    :param without: the contexts of texts that have no translation.
    """
    made = catalogue.template(rules, wordings(rules))
    made.metadata[REVIEWERS] = REVIEWER if reviewed else ""
    for entry in made:
        entry.msgstr = "" if entry.msgctxt in without else pseudo(entry.msgid)
    compiled = path / f"{CODE}.mo"
    made.save_as_mofile(str(compiled))
    return translated(rules, CODE, [read_catalogue(compiled)])
