"""A rule base in another language: the same rules, with the words of a catalogue.

A catalogue is a gettext file, `languages/<language>.mo` in a rule folder.
Each text that a note can say has a context there, made of where it stands (`points/low-iron-result/text`),
so a text whose English was changed has no translation any more, and stands in English until it has.
Ids, conditions, citations and the names by which medicines are recognised are those of the rule files.
"""

import re
import struct
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path as FilePath
from typing import Any, TypeVar

from rls_rules.errors import Place, Problem, RulesError, one_of
from rls_rules.items import Grade, Item
from rls_rules.note_words import ENGLISH, Language
from rls_rules.refusals import Path
from rls_rules.rule_files import shown
from rls_rules.rulebase import RuleBase
from rls_rules.slots import slots_in
from rls_rules.yaml_reader import read_file

FOLDER = "languages"
"""Where catalogues are, in a rule folder."""

REVIEWERS = "X-Reviewed-By"
"""The header of a catalogue that names its reviewers, with semicolons between them."""

CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
"""How a language is named: a BCP 47 code, such as `de`, `pt-BR` or `zh-Hans`."""

SHOWN: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "sources": ("sources", "source", ("short", "place")),
    "statements": ("statements", "statement", ("place", "strength", "certainty")),
    "options": (
        "options",
        "option",
        ("name", "what", "benefits", "harms", "living_with", "chances", "guidance"),
    ),
    "classes": ("classes", "class", ("name",)),
    "medicines": ("medicines", "medicine", ("name",)),
    "words": ("facts", "fact", ("label", "asks", "why", "reads", "members", "begins")),
    "findings": ("findings", "finding", ("reads", "reads_not")),
    "points": ("points", "point", ("title", "text", "clinician_text", "ask")),
    "tensions": ("tensions", "tension", ("title", "positions", "note")),
    "terms": ("terms", "term", ("term", "also", "means")),
}
"""The parts of a rule base that notes repeat: how contexts and places call them, and which keys hold words."""

NO_WORDS = ("cites", "direction", "statement", "version")
"""Keys inside these that hold ids, numbers and closed answers."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One text that a note can say, and where it stands: kind and id of its item, and the path in it."""

    context: str
    english: str
    item: tuple[str, str]
    path: Path


_JOINS_AND_MARKS = "\u200c\u200d\u200e\u200f"
"""What Persian, Hindi, Arabic and Hebrew cannot be written without, and what turns nothing else round."""

Say = Callable[[Wording], str]
AnyItem = TypeVar("AnyItem", bound=Item)


def wordings(rules: RuleBase) -> list[Wording]:
    """Every text that a note can say, in the order of the rule files."""
    found: list[Wording] = []

    def keep(one: Wording) -> str:
        found.append(one)
        return one.english

    _reworded(rules, keep)
    return found


class _Absent(NullTranslations):
    """The end of a catalogue: says that a text is not in it, which gettext does not."""

    def pgettext(self, context: str, message: str) -> str:
        fallback: NullTranslations | None = vars(self).get("_fallback")
        return fallback.pgettext(context, message) if fallback else ""


def in_language(rules: RuleBase, language: str, folders: Iterable[FilePath | str]) -> RuleBase:
    """A rule base in the language of the catalogues of its folders; a later folder's come first.

    :raises RulesError: if there is none, or one that cannot be used.
    """
    found = [FilePath(folder, FOLDER, f"{language}.mo") for folder in folders]
    paths = [path for path in reversed(found) if CODE.fullmatch(language) and path.is_file()]
    if not paths:
        there = sorted({path.stem for one in found for path in one.parent.glob("*.mo")})
        help_ = f"{one_of([ENGLISH.code, *there])}; docs/languages.md says how to add one"
        raise RulesError([Problem(None, f"there is no language `{language}` in these rules", help_)])
    return translated(rules, language, [read_catalogue(path) for path in paths], Place(shown(paths[0])))


def read_catalogue(path: FilePath) -> GNUTranslations:
    """Read a compiled catalogue, which gives an empty text for what is not in it.

    :raises RulesError: if the file is none.
    """
    data = read_file(path)
    try:
        catalogue = GNUTranslations(BytesIO(data))
    except (OSError, ValueError, LookupError, struct.error):
        help_ = f"compile it anew: `rls-rules catalogue --language {path.stem} --compile`"
        raise RulesError([Problem(Place(shown(path)), "this is not a compiled catalogue", help_)]) from None
    catalogue.add_fallback(_Absent())
    return catalogue


def translated(
    rules: RuleBase, language: str, catalogues: Sequence[GNUTranslations], place: Place | None = None
) -> RuleBase:
    """The rule base with the words of some catalogues, the first that has a text first; what none has stays English.

    :param place: what to call the catalogues in problems.
    :raises RulesError: if a translation says nothing, or has other slots or other numbers than its English.
    """
    problems: list[Problem] = []
    texts = missing = 0

    def say(one: Wording) -> str:
        nonlocal texts, missing
        texts += 1
        said = next(filter(None, (each.pgettext(one.context, one.english) for each in catalogues)), None)
        if said is None:
            missing += 1
            return one.english
        problems.extend(
            Problem(place, f"`{one.context}`: {what}", mend) for what, mend in faults(one.english, said)
        )
        # The sign of a certainty is found by its English word, so it stays with the word.
        signed = rules.note.certainties.with_sign(one.english) if one.path[0] == "certainty" else one.english
        return said + signed.removeprefix(one.english)

    made = _reworded(rules, say)
    reviewers = [_reviewers(each) for each in catalogues]
    named = "".join(name for names in reviewers for name in names)
    problems += [Problem(place, f"`{REVIEWERS}`: {what}", mend) for what, mend in hidden(named)]
    if problems:
        raise RulesError(problems)
    by = tuple(dict.fromkeys(name for names in reviewers for name in names)) if all(reviewers) else ()
    note = made.note
    if not by:
        # The warning is itself a translation that nobody has reviewed, so it is said in English too.
        english = rules.note.frames.translation_not_reviewed
        both = " ".join(dict.fromkeys((english, note.frames.translation_not_reviewed)))
        frames = note.frames.model_copy(update={"translation_not_reviewed": both})
        note = note.model_copy(update={"frames": frames})
    return replace(made, note=note, original=rules, language=Language(language, by, texts, missing))


def faults(english: str, said: str) -> Iterator[tuple[str, str]]:
    """What no translation may do, whatever its language: lose or add a slot or a number, or say nothing."""
    if not said.strip():
        yield "the translation says nothing", "leave it empty in the catalogue until it is translated"
    wanted, found = _slots(english), _slots(said)
    if wanted != found:
        names = ", ".join(f"`{{{name}}}`" for name in sorted(wanted)) or "no braces"
        yield "the translation has other slots than the English", f"it has {names}"
    if _numbers(english) != _numbers(said):
        numbers = ", ".join(_numbers(english)) or "no numbers"
        yield "the translation has other numbers than the English", f"it has {numbers}, in digits"
    yield from hidden(said)


def hidden(said: str) -> Iterator[tuple[str, str]]:
    """Each character of a text in any language that steers a terminal, turns text round or cannot be seen."""
    for sign in sorted({*said} - {*_JOINS_AND_MARKS, "\n"}):
        if unicodedata.category(sign) in ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"):
            yield f"hidden or control character U+{ord(sign):04X}", "delete it"


def _slots(text: str) -> set[str]:
    """The slots of a text; whether a label is put into small letters is for each language to say."""
    try:
        return {name.removesuffix("_lower") for name in slots_in(text)}
    except ValueError:
        return {"…"}


def _numbers(text: str) -> list[str]:
    """The runs of digits in a text, whatever the script, in order of size and not of place."""
    runs = re.findall(r"\d+", text)
    return sorted("".join(str(unicodedata.decimal(digit)) for digit in run) for run in runs)


def _reviewers(catalogue: GNUTranslations) -> tuple[str, ...]:
    names = catalogue.info().get(REVIEWERS.lower(), "").split(";")
    return tuple(name.strip() for name in names if name.strip())


# Walking through a rule base


def _reworded(rules: RuleBase, say: Say) -> RuleBase:
    """The rule base with every text that a note can say as `say` has it."""
    parts: dict[str, Any] = {
        part: {
            name: _item(item, keys, say, f"{words}/{name}", (kind, name))
            if _heard(rules, part, name)
            else item
            for name, item in getattr(rules, part).items()
        }
        for part, (words, kind, keys) in SHOWN.items()
    }
    keys = tuple(type(rules.note).model_fields)
    overrides = tuple(
        _item(one, ("reason",), say, f"overrides/{one.point}", ("override", one.point))
        for one in rules.overrides
    )
    note = _item(rules.note, tuple(key for key in keys if key not in NO_WORDS), say, "note", ("note", ""))
    return replace(rules, **parts, overrides=overrides, note=note)


def _heard(rules: RuleBase, part: str, name: str) -> bool:
    """Whether a note can speak of an item: of a statement that may be cited, of a medicine that a condition names."""
    if part == "statements":
        return rules.citable(name)
    if part in ("classes", "medicines"):
        return any(name in fact.values for fact in rules.vocabulary if fact.names)
    return True


def _item(item: AnyItem, keys: Sequence[str], say: Say, context: str, of: tuple[str, str]) -> AnyItem:
    def inside(value: object, path: Path) -> object:
        match value:
            case str():
                return say(Wording("/".join((context, *map(str, path))), value, of, path))
            case Grade(checked="unchecked"):
                return value  # never shown
            case Grade():
                return value.model_copy(update={"words": inside(value.words, (*path, "words"))})
            case Item():
                return in_model(value, [key for key in type(value).model_fields if key not in NO_WORDS], path)
            case tuple():
                return tuple(inside(part, (*path, i)) for i, part in enumerate(value))
            case dict():
                return {key: inside(part, (*path, key)) for key, part in value.items()}
            case _:
                return value

    def in_model(model: Item, keys: Sequence[str], path: Path) -> Item:
        fields = type(model).model_fields
        changed = {key: inside(getattr(model, key), (*path, fields[key].alias or key)) for key in keys}
        return model.model_copy(update=changed)

    return in_model(item, keys, ())  # type: ignore[return-value] # a copy of the item
