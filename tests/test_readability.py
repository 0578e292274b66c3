"""How hard texts are to read, by a formula, and that what patients read is plain."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rls_rules import load_rules
from rls_rules.checking import passages
from rls_rules.readability import (
    PLAIN_GRADE,
    flesch_kincaid,
    grade,
    hardest_words,
    sentences_in,
    syllables,
    words_in,
)

RULES = load_rules()
WORDS = st.sampled_from(
    sorted({word.lower() for _, _, text in passages(RULES) for word in words_in(text) if word.isalpha()})
)
SENTENCES = st.lists(WORDS, min_size=1, max_size=20)


def said(words: list[str], end: str = ".") -> str:
    """A sentence of these words."""
    return f"{words[0].capitalize()} {' '.join(words[1:])}".strip() + end


PUBLISHED = [
    # The lowest there can be, and Green Eggs and Ham, as Wikipedia ("Flesch-Kincaid readability tests") has them.
    (1, 1, 1, -3.4),
    (5_700, 1_000, 5_814, -1.3),
    # "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature.": by the same article ...
    (13, 1, 24, 11.3),
    # ... and, with two syllables more, by the documentation of the npm package flesch-kincaid: 13.08.
    (13, 1, 26, 13.1),
    # A story of which storytreasury.wordpress.com/tag/wikipedia quotes what a calculator printed.
    (432, 34, 607, 5.9),
]
"""Words, sentences and syllables of texts, and the grade that was published with them."""


@pytest.mark.parametrize(("words", "sentences", "spoken", "expected"), PUBLISHED)
def test_the_formula(words: int, sentences: int, spoken: int, expected: float) -> None:
    """The formula gives the grades that were published for these counts."""
    assert round(flesch_kincaid(words, sentences, spoken), 1) == expected


def test_texts_counted_by_hand() -> None:
    """Words, sentences and syllables come together as in the formula."""
    assert grade("The cat sat on the mat.", {}) == pytest.approx(0.39 * 6 + 11.8 - 15.59)
    platypus = "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature."
    assert grade(platypus, {}) == pytest.approx(flesch_kincaid(13, 1, 24))
    assert grade("", {}) == 0


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("legs", 1), ("late", 1), ("eased", 1), ("tested", 2), ("times", 1), ("devices", 3), ("little", 2),
        ("trouble", 2), ("restless", 2), ("someone", 2), ("sometimes", 2), ("safely", 2), ("guideline", 2),
        ("medicine", 3), ("medicines", 3), ("being", 2), ("various", 3), ("serious", 3), ("quiet", 2),
        ("anxiety", 4), ("questions", 2), ("clinician", 3), ("social", 2), ("period", 3), ("usual", 3),
        ("people", 2), ("the", 1), ("she", 1), ("you", 1), ("kidney's", 2), ("gabapentin", 4), ("opioid", 3),
        ("short-term", 2), ("2025", 1), ("2.9", 1), ("NHS", 3), ("US", 2), ("us", 1),
    ],
)  # fmt: skip
def test_syllables(word: str, count: int) -> None:
    """Each of these words is counted as it is spoken, numbers apart."""
    assert syllables(word, {}) == count


def test_the_table_goes_before_the_rule() -> None:
    """A word in the table has the syllables that the table says, in capitals, with an s, and within a longer word."""
    known = {"nausea": 3, "cpap": 2}
    assert syllables("nausea", {}) == 2
    assert [syllables(word, known) for word in ("Nausea", "nauseas", "nausea's", "CPAP")] == [3, 3, 3, 2]
    assert syllables("anti-nausea", known) == syllables("anti", {}) + 3


def test_every_entry_of_the_table_is_needed() -> None:
    """The shipped table has no word that would be counted rightly without it, in small letters and in capitals."""
    for word, count in RULES.syllables.items():
        assert {syllables(word, {}), syllables(word.upper(), {})} != {count}, word


def test_where_sentences_end() -> None:
    """Numbers, abbreviations, semicolons and colons end no sentence; a bracket or a quotation mark may follow the end."""
    assert len(sentences_in("It fell by 2.9 points, e.g. at night; this is much: more than most.")) == 1
    assert len(sentences_in("We saw Dr. Grey. He said: ask. (She did not.) Why? 24 people did!")) == 5


@given(st.lists(SENTENCES, min_size=1, max_size=6), st.data())
def test_cutting_a_sentence_up_never_raises_the_grade(
    sentences: list[list[str]], data: st.DataObject
) -> None:
    """The same words in more sentences are never harder to read."""
    before = " ".join(map(said, sentences))
    number = data.draw(st.integers(0, len(sentences) - 1))
    cut = data.draw(st.integers(0, len(sentences[number])))
    parts = [part for part in (sentences[number][:cut], sentences[number][cut:]) if part]
    after = " ".join(map(said, [*sentences[:number], *parts, *sentences[number + 1 :]]))
    assert grade(after, RULES.syllables) <= grade(before, RULES.syllables) + 1e-9
    assert len(sentences_in(after)) == len(sentences) + len(parts) - 1


@given(st.lists(SENTENCES, min_size=1, max_size=4), st.integers(2, 4))
def test_saying_it_again_leaves_the_grade(sentences: list[list[str]], times: int) -> None:
    """The grade is a mean: a text said several times over has the grade of the text."""
    text = " ".join(map(said, sentences))
    assert grade(" ".join([text] * times), {}) == pytest.approx(grade(text, {}))


@given(SENTENCES)
def test_a_longer_word_raises_the_grade(words: list[str]) -> None:
    """Of two sentences that differ in one word, the one with more syllables is harder."""
    assert grade(said([*words, "recommendation"]), {}) > grade(said([*words, "advice"]), {})


@given(SENTENCES)
def test_the_hardest_words_come_first(words: list[str]) -> None:
    """No word that is left out has more syllables than one that is named."""
    named = hardest_words(said(words), {})
    least = min(syllables(word, {}) for word in named)
    others = {word.lower() for word in words} - {word.lower() for word in named}
    assert all(syllables(word, {}) <= least for word in others)
    assert len(named) == min(3, len({*words_in(said(words))}))


def test_every_patient_text_is_plain() -> None:
    """No point, option, tension, question or text of the note that a patient reads is above US grade 8."""
    hard = {name: grade(text, RULES.syllables) for _, name, text in passages(RULES)}
    assert {name: value for name, value in hard.items() if round(value, 1) > PLAIN_GRADE} == {}


def test_no_patient_text_is_left_out() -> None:
    """Every title, text, saying and question of the rules is in a passage whose grade is taken."""
    everything = "\n".join(text for _, _, text in passages(RULES)).lower()
    texts = [text for point in RULES.points.values() for text in (point.title, point.text, point.ask or "")]
    texts += [one.says for tension in RULES.tensions.values() for one in tension.positions]
    texts += [
        saying.text for option in RULES.options.values() for saying in (*option.benefits, *option.harms)
    ]
    texts += [text for words in RULES.words.values() for text in (words.asks, words.why)]
    texts += [*RULES.note.about, *RULES.note.help, *RULES.note.main_message]
    assert [text for text in texts if re.sub(r"[.]$", "", text.lower()) not in everything] == []
