"""Every text of a rule base, held against what words may say."""

import re
from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from rls_rules.errors import Problem
from rls_rules.glossary import Term
from rls_rules.items import (
    FactWords,
    Finding,
    Impossible,
    Item,
    Medicine,
    MedicineClass,
    Product,
    Source,
    TalkingPoint,
    Tension,
    Topic,
)
from rls_rules.loading import Loading
from rls_rules.note_words import NoteWords
from rls_rules.options import Option
from rls_rules.refusals import Path
from rls_rules.wording import refused

TEXTS: Mapping[type[Item], Mapping[str, bool]] = {
    TalkingPoint: {"title": True, "text": True, "clinician_text": True, "ask": True},
    Option: {
        "name": False,
        "what": True,
        "benefits": True,
        "harms": True,
        "living_with": True,
        "chances": False,
        "guidance": False,
    },
    Tension: {"title": True, "positions": False, "note": True},
    Finding: {"reads": False, "reads_not": False},
    Impossible: {"because": False},
    MedicineClass: {"name": False},
    Term: {"term": False, "also": False, "means": False},
    Topic: {"title": False, "about": False},
    FactWords: {
        "label": False,
        "asks": False,
        "why": False,
        "reads": False,
        "members": False,
        "nothing_to_say": False,
        "only_quoted": False,
        "begins": False,
    },
}
"""Every text that may be shown, and whether it is made of whole sentences, whose openings are checked."""

NO_WORDS = ("cites", "statement", "version")
"""Keys inside these that hold ids and numbers."""

A_FEW_WORDS = ("matters",)
"""Keys of texts that are no sentence, inside texts that are."""

BARE_VERBS = frozenset(
    [
        "exercise",
        "massage",
        "walk",
        "rest",
        "sleep",
        "stop",
        "avoid",
        "change",
        "switch",
        "start",
        "take",
        "try",
    ]
)
"""Names that would be orders if they opened a sentence."""

_TENTATIVE = {
    *(
        "may",
        "might",
        "could",
        "looks",
        "look",
        "possible",
        "possibly",
        "suggest",
        "suggests",
        "seem",
        "seems",
    )
}
"""A finding is worded as a possibility: one of these words is in it."""


def check(loading: Loading, note: NoteWords | None) -> None:
    """Note every text that prescribes, and every finding that is worded as a diagnosis."""
    names = opening_names(loading)
    for kind, texts in TEXTS.items():
        for name, item in loading.whole(kind).items():
            for key, sentences in texts.items():
                for path, text in _inside(getattr(item, key), (key,)):
                    place = loading.place(kind, name, path)
                    if kind is not FactWords and {*"{}"} & {*text}:
                        loading.no(place, "nothing is filled into this text", "leave the braces out")
                        continue
                    found = refused(
                        _filled(text),
                        names=names,
                        sentences=sentences and path[-1] not in A_FEW_WORDS,
                        quotes_person=kind in (FactWords, Finding, Impossible),
                    )
                    loading.problems += [Problem(place, one.message, one.help) for one in found]
    for name, finding in loading.whole(Finding).items():
        if not _TENTATIVE & {*finding.reads.lower().split()}:
            place = loading.place(Finding, name, ("reads",))
            loading.no(
                place, f"finding `{name}` is worded as a fact", "say what may be so: `may`, `could`, `looks`"
            )
    for path, text in _all_texts(note, ()) if note else ():
        place = loading.place(NoteWords, "", path)
        loading.problems += [
            Problem(place, one.message, one.help) for one in refused(_filled(text), sentences=False)
        ]


def opening_names(loading: Loading) -> frozenset[str]:
    """The names that may open a sentence: of options, medicines, classes and sources, in lower case."""
    names = [option.name for option in loading.whole(Option).values()]
    names += [class_.name for class_ in loading.whole(MedicineClass).values()]
    names += [name for one in loading.whole(Medicine).values() for name in (one.name, *one.brands)]
    names += [name for product in loading.whole(Product).values() for name in product.names]
    names += [source.short for source in loading.whole(Source).values()]
    firsts = (name.lower().split()[0] for name in names)
    return frozenset(first for first in firsts if first not in BARE_VERBS)


def _filled(text: str) -> str:
    """A text with something in each of its slots; whether slots fit is checked elsewhere."""
    return re.sub(r"\{\w*\}", "something", text)


def _all_texts(item: BaseModel, path: Path) -> Iterator[tuple[Path, str]]:
    """Every text inside a model, with where it is."""
    for name, field in type(item).model_fields.items():
        if name not in NO_WORDS:
            yield from _inside(getattr(item, name), (*path, field.alias or name))


def _inside(value: object, path: Path) -> Iterator[tuple[Path, str]]:
    match value:
        case str():
            yield path, value
        case BaseModel():
            yield from _all_texts(value, path)
        case tuple():
            for i, part in enumerate(value):
                yield from _inside(part, (*path, i))
        case dict():
            for key, part in value.items():
                yield from _inside(part, (*path, key))
