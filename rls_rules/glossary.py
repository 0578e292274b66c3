"""Where a text uses a word that not everyone knows."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rls_rules.items import Term


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
