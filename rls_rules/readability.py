"""How hard a text is to read: the Flesch-Kincaid grade, in years of school in the US.

Kincaid and others, 1975: 0.39 × words a sentence + 11.8 × syllables a word - 15.59.
Programs count sentences, words and syllables differently; this is how it is done here.

- A sentence ends at `.`, `!` or `?` before a space and no small letter, or at the end of the text.
  So `2.9`, `e.g.` and `vs.` end none, and neither do `;` and `:`.
- A word is letters and digits, joined by hyphens, apostrophes and decimal points: `short-term` is one word.
- A number in digits has one syllable, whatever its length: it is read at a glance.
- Up to five capitals are spelt out: `NHS` has three syllables.
- Every other word is looked up in a table, or counted by the groups of vowels in it.

It says nothing about whether a text makes sense; a text of a few words may have any grade.
"""

import re
from collections.abc import Mapping

PLAIN_GRADE = 8
"""What patients read is to be read with this many years of school; a formula is no reason to refuse a rule."""

_END = re.compile(r"(?<=[.!?])[\"')\]]*\s+(?![\sa-z])")
_ABBREVIATED = re.compile(r"\b(?:e\.g|i\.e|vs|Dr|Mr|Mrs|Ms|St|cf)\.$")
_WORD = re.compile(r"[^\W_]+(?:(?:['’\-‐‑]|\.(?=\d))[^\W_]+)*")
_MOST_CAPITALS = 5
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(
    r"(?<![aeiouy])(?<![^aeiouylr]l)(?<!^th)(?<!^sh)e$"  # late, but not little
    r"|(?<![aeiouydt])ed$"  # eased, but not tested
    r"|(?<![aeiouyscgzxl])(?<!sh)(?<!ch)es$|(?<=[aeiouy]l)es$"  # times and rules, but not boxes and troubles
    r"|(?<=[^aeiouy])e(?=(?:ly|ful|less|ment|ness|where|thing|body|time|line)s?$)"  # safely, someone
)
_TWO_VOWELS = re.compile(
    r"(?<![ctgs])ia(?!ge|n$)|(?<![ctgsl])ian$|(?<=[^aeiouytscgxn])io(?=[^u])|io(?=d)|iu(?=m)|(?<=[rv])iou|ie(?=t|r$|nce|nt)"
    r"|eo(?![np])|(?<![qg])ua|uou|(?<![qg])ue(?=[ln]t)|(?<=[^aeiouyqg])ui(?=t[ey]|n)|[eoy](?=ing)"
)


def flesch_kincaid(words: int, sentences: int, syllables: int) -> float:
    """Return the grade of a text with these counts."""
    return 0.39 * words / sentences + 11.8 * syllables / words - 15.59


def grade(text: str, known: Mapping[str, int]) -> float:
    """Return the Flesch-Kincaid grade of a text; 0 if it has no words.

    :param known: the syllables of words in lower case that cannot be counted by rule.
    """
    words = words_in(text)
    if not words:
        return 0.0
    spoken = sum(syllables(word, known) for word in words)
    return flesch_kincaid(len(words), len(sentences_in(text)), spoken)


def sentences_in(text: str) -> list[str]:
    """Return the sentences of a text."""
    sentences: list[str] = []
    for part in _END.split(text.strip()):
        if sentences and _ABBREVIATED.search(sentences[-1]):
            sentences[-1] += f" {part}"
        elif words_in(part):
            sentences.append(part)
    return sentences


def words_in(text: str) -> list[str]:
    """Return the words of a text."""
    return _WORD.findall(text)


def hardest_words(text: str, known: Mapping[str, int], most: int = 3) -> list[str]:
    """Return the words of a text with the most syllables, each once, those that come first before others."""
    words = dict.fromkeys(words_in(text))
    return sorted(words, key=lambda word: -syllables(word, known))[:most]


def syllables(word: str, known: Mapping[str, int]) -> int:
    """Return the syllables of one word; of a word with hyphens, the sum of its parts."""
    if "-" in word or "‐" in word or "‑" in word:
        return sum(syllables(part, known) for part in re.split("[-‐‑]", word) if part)
    lower = re.sub("['’]s?$", "", word.lower())
    if lower in known:
        return known[lower]
    if lower.endswith("s") and lower[:-1] in known:
        return known[lower[:-1]]
    if any(character.isdigit() for character in lower):
        return 1
    if word.isupper() and len(word) <= _MOST_CAPITALS:
        return len(word)
    return _by_rule(lower)


def _by_rule(word: str) -> int:
    """Count the groups of vowels in an English word, without those that are silent, with those that are two."""
    count = len(_VOWELS.findall(word)) - len(_SILENT.findall(word)) + len(_TWO_VOWELS.findall(word))
    return max(1, count)
