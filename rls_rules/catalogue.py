"""Catalogues for translators: a gettext file with every text that a note can say, its English, and its place.

Written, updated and compiled with polib (`rls-rules[languages]`); `languages` reads what was compiled.
"""

import re
from collections.abc import Iterable
from pathlib import Path as FilePath

import polib

from rls_rules.errors import Place, Problem, RulesError
from rls_rules.languages import REVIEWERS, Wording, faults, hidden, wordings
from rls_rules.rule_files import shown
from rls_rules.rulebase import RuleBase
from rls_rules.yaml_reader import decoded, read_file

MOST_BYTES = 20_000_000
"""A catalogue has every text twice, with what a translator must know."""

_ABOUT_GRADES = (
    "A grade in the scale of its source: the words of that scale in your language, never another scale."
)
_ABOUT_SLOTS = "What stands in braces is filled in: keep it."
_ABOUT_NAMES = "Typed names follow what is before or after the slot: keep it at one end if you can."


def texts_of(rules: RuleBase, folder: FilePath) -> list[Wording]:
    """The texts that a note can say and that stand in the files of one rule folder."""
    inside = shown(folder)
    return [one for one in wordings(rules) if FilePath(_place(rules, one).file).is_relative_to(inside)]


def template(rules: RuleBase, texts: Iterable[Wording]) -> polib.POFile:
    """A catalogue of some texts without translations."""
    made = polib.POFile(wrapwidth=100)
    made.metadata = {
        "Project-Id-Version": f"rls_rules rules {rules.note.version}",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    for one in texts:
        place = _place(rules, one)
        made.append(
            polib.POEntry(
                msgctxt=one.context,
                msgid=one.english,
                occurrences=[(place.file, place.line)],
                comment="\n".join(_comments(one)),
            )
        )
    return made


def updated(new: polib.POFile, old: polib.POFile, language: str) -> polib.POFile:
    """A template with the translations that there are; one whose English has changed is marked `fuzzy`.

    A fuzzy translation keeps the English that it was made for, and is not used until somebody takes the mark away.
    A text that moved is found again by its English. What is no longer there is left out.
    """
    by_context = {entry.msgctxt: entry for entry in old if entry.msgstr}
    by_english = {entry.msgid: entry for entry in reversed(old) if entry.msgstr}
    new.metadata |= {REVIEWERS: ""} | old.metadata | {"Language": language}
    for entry in new:
        before = by_context.get(entry.msgctxt) or by_english.get(entry.msgid)
        if before is None:
            continue
        entry.msgstr, entry.tcomment = before.msgstr, before.tcomment
        if before.fuzzy or (before.msgctxt, before.msgid) != (entry.msgctxt, entry.msgid):
            entry.flags.append("fuzzy")
            changed = before.msgid != entry.msgid
            entry.previous_msgid = before.msgid if changed else before.previous_msgid
    return new


def read(path: FilePath) -> polib.POFile:
    """Read a catalogue; an empty one if there is no such file.

    :raises RulesError: if it cannot be read, or if a translation cannot be right.
    """
    if not path.is_file():
        return polib.POFile()
    decoded(read_file(path, MOST_BYTES), shown(path))
    try:
        found = polib.pofile(str(path), wrapwidth=100, encoding="utf-8")
    except (OSError, ValueError) as error:
        at = re.search(r"\(line ([0-9]+)\)", str(error))
        place = Place(shown(path), int(at[1]), 1) if at else Place(shown(path))
        help_ = "look here and above for a missing quote, or a misspelt `msgid` or `msgstr`"
        raise RulesError([Problem(place, "this catalogue cannot be read", help_)]) from None
    problems = [
        Problem(Place(shown(path), entry.linenum or 1, 1), f"`{entry.msgctxt}`: {what}", mend)
        for entry in found.translated_entries()
        for what, mend in faults(entry.msgid, entry.msgstr)
    ]
    reviewers = found.metadata.get(REVIEWERS, "")
    problems += [
        Problem(Place(shown(path), 1, 1), f"`{REVIEWERS}`: {what}", mend) for what, mend in hidden(reviewers)
    ]
    if problems:
        raise RulesError(problems)
    return found


def _place(rules: RuleBase, one: Wording) -> Place:
    return rules.place(*one.item, one.path)


def _comments(one: Wording) -> Iterable[str]:
    """What a translator of a text has to know."""
    if one.path[0] in ("strength", "certainty"):
        yield _ABOUT_GRADES
    if "{" in one.english:
        yield _ABOUT_SLOTS
    if one.path[0] == "reads" and one.path[-1] in ("includes", "excludes"):
        yield _ABOUT_NAMES
