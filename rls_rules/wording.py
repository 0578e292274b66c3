"""Refuses text that prescribes.

By refusal first: every number must be of a listed kind, every sentence must open with a listed word,
and every character must be plain Latin. So an unlisted number, or an order that begins a sentence, cannot pass.
By deny-lists after that: amounts of a medicine, orders inside a sentence, a diagnosis stated as fact.
The first part is sound for numeric doses and for imperatives that begin a sentence;
the second is as good as the adversarial file in `tests/`, which only grows, and human review.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from rls_rules.wording_lists import (
    ABBREVIATIONS,
    AMOUNT,
    ASKING,
    DIAGNOSIS,
    LAB_UNIT,
    LISTED_NUMBER_WORDS,
    LISTED_NUMBERS,
    NUMBER_WORD,
    OPENINGS,
    ORDERS,
    QUESTION,
    SUPERVISED_ONLY,
)

_README = "see `What the words may say` in rules/README.md"
_GREEK_TERM = "α2δ"
_SENTENCE = re.compile(r"(?<=[.!?])[\s\"')\]]+|\n+|[•·]\s*")
_FIRST_WORD = re.compile(r"[^\w]*([\w'-]+)")


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a text may not be shown, and what to do about it."""

    message: str
    help: str


def refused(
    text: str,
    *,
    names: Collection[str] = (),
    sentences: bool = True,
    quotes_person: bool = False,
) -> Iterator[Refused]:
    """Say everything for which a text may not be shown.

    :param names: lower-case words that may open a sentence besides the listed ones: options, medicines, sources.
    :param sentences: whether the text is made of whole sentences, whose openings are checked.
    :param quotes_person: whether the text repeats what a person said of themselves,
        which may state a condition as a fact.
    """
    yield from _characters(text)
    plain = unicodedata.normalize("NFKC", text).replace(_GREEK_TERM, "alpha-2-delta")
    unlisted = LISTED_NUMBERS.sub(" ", plain)
    if found := AMOUNT.search(LAB_UNIT.sub(" ", unlisted)):
        yield Refused(f"`{found[0]}` speaks of an amount of a medicine", f"say `the amount`; {_README}")
    if found := re.search(r"\S*\d\S*", unlisted):
        yield Refused(f"`{found[0]}` is not a listed kind of number", _README)
    if found := NUMBER_WORD.search(LISTED_NUMBER_WORDS.sub(" ", plain)):
        yield Refused(f"`{found[0]}` does not count a listed kind of thing", _README)
    advice = SUPERVISED_ONLY.sub(" ", plain)
    for order in ORDERS:
        if found := order.search(advice):
            yield Refused(f"`{found[0].strip()}` reads as an order", "say what a source says, or what to ask")
    if not quotes_person and (found := DIAGNOSIS.search(plain)):
        yield Refused(f"`{found[0]}` states a diagnosis as a fact", "say `may`, `could` or `looks like`")
    if sentences:
        yield from _openings(advice, names)


def _characters(text: str) -> Iterator[Refused]:
    """Refuse what cannot be seen, and what looks like something else."""
    for character in text.replace(_GREEK_TERM, ""):
        kind = unicodedata.category(character)
        if kind[0] in "CM" and character != "\n":
            yield Refused(f"hidden character U+{ord(character):04X}", "delete it")
        elif kind[0] == "L" and unicodedata.name(character).split()[0] not in {"LATIN", "MICRO"}:
            yield Refused(f"`{character}` is not a Latin letter", "write it in plain letters")
        elif kind in {"No", "Nl"} or (kind == "Nd" and not character.isascii()):
            yield Refused(f"`{character}` is an unusual digit", "write plain digits")
        elif unicodedata.normalize("NFKC", character) != character and character not in "µ\u00a0…":
            yield Refused(f"`{character}` looks like another character", "write the plain one")
        else:
            continue
        return


def _openings(advice: str, names: Collection[str]) -> Iterator[Refused]:
    """Refuse the first sentence whose first word might give an order."""
    for sentence in _SENTENCE.split(advice):
        first = _FIRST_WORD.match(sentence)
        if first is None:
            continue
        word = first[1]
        lower = word.lower().removesuffix("'s")
        rest = sentence[first.start(1) :]
        listed = lower in OPENINGS or lower in names or word in ABBREVIATIONS or word[0].isdigit()
        if not (listed or ASKING.match(rest) or QUESTION.match(rest)):
            yield Refused(f"a sentence may not open with `{word}`", "open with `This`, `Some`, `If`, `Ask` …")
            return
