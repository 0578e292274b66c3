"""Words that not everyone knows: what they mean, and where a text uses them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, Field

from rls_rules.items import Item, Text

MOST_WORDS_TO_EXPLAIN = 12
"""An explanation stands in brackets within a sentence, where a longer one would be in the way."""


def _short(text: str) -> str:
    if len(text.split()) > MOST_WORDS_TO_EXPLAIN:
        message = f"this explanation has more than {MOST_WORDS_TO_EXPLAIN} words; say it in fewer"
        raise ValueError(message)
    return text


def _one_word(text: str) -> str:
    if not (text.isalpha() and text.islower()):
        message = "this is not one word in small letters; leave out capitals, spaces and hyphens"
        raise ValueError(message)
    return text


class Term(Item):
    """A word that not everyone knows; a patient note explains it where it first uses it."""

    term: Text
    also: tuple[Text, ...] = ()
    """Its plural, and other spellings or names."""
    means: Annotated[Text, AfterValidator(_short)]
    """What stands in brackets after it."""


class Syllables(Item):
    """How many syllables a word has that cannot be counted by rule."""

    word: Annotated[Text, AfterValidator(_one_word)]
    count: Annotated[int, Field(strict=True, ge=1, le=12)]


@dataclass(frozen=True, slots=True)
class Mention:
    """One use of a term: `text[start:end]`."""

    term: Term
    start: int
    end: int


class Glossary:
    """Terms, found by every spelling, whole words only, whatever the case.

    Where one term is part of another, as `dopamine` is of `dopamine agonist`, the longer one is meant.

    :param names: what stays whole though a term is in it, such as the name of a source.
    """

    def __init__(self, terms: Iterable[Term], names: Iterable[str] = ()) -> None:
        self._terms = {name.lower(): term for term in terms for name in (term.term, *term.also)}
        longest_first = sorted({*self._terms, *(name.lower() for name in names)}, key=len, reverse=True)
        spelt = "|".join(map(re.escape, longest_first))
        self._spelt = re.compile(rf"(?<![\w-])(?:{spelt})(?![\w-])", re.IGNORECASE) if spelt else None

    def mentions(self, text: str) -> Iterator[Mention]:
        """Every use of a term in a text, in order."""
        for found in self._spelt.finditer(text) if self._spelt else ():
            if term := self._terms.get(found[0].lower()):
                yield Mention(term, *found.span())
