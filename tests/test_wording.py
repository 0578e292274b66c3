"""No text is a prescription: refused when rules load, and absent from every note."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rls_rules import Profile, discuss, load_rules
from rls_rules.notes import Document, Reader, note
from rls_rules.testing import profiles
from rls_rules.texts import BARE_VERBS
from rls_rules.wording import refused

RULES = load_rules()
NAMES = (
    frozenset(
        name.lower().split()[0]
        for name in (
            *(option.name for option in RULES.options.values()),
            *(class_.name for class_ in RULES.classes.values()),
            *(medicine.name for medicine in RULES.medicines.values()),
            *(name for medicine in RULES.medicines.values() for name in medicine.brands),
            *(source.short for source in RULES.sources.values()),
        )
    )
    - BARE_VERBS
)

ADVERSARIAL = [
    line.encode().decode("unicode_escape") if line.isascii() else line
    for line in (Path(__file__).parent / "adversarial.txt").read_text(encoding="utf-8").splitlines()[1:]
]

HONEST = [
    "This option is recommended by two guidelines for people with chronic symptoms.",
    "In 12 trials with 3,286 participants, symptom scores fell by 4.6 points more than with placebo.",
    "The evidence is graded level 2 and comes from 12 weeks of treatment.",
    "Guidelines advise checking iron stores when ferritin is below 75 µg/L.",
    "You told us of impulse-control problems; this option has been linked to them in 6 to 17% of people.",
    "There is no long-term trial beyond 5 years.",
    "A question to ask: has ferritin been measured in the last year?",
    "Some people find symptoms appear earlier in the day after months of treatment; this is called augmentation.",
    "The risk rises with kidney disease (eGFR below 30 mL/min).",
    "Among pregnant women, no option has been studied in a randomised trial.",
    "This guideline (2025) moved it from first choice to conditional use.",
    "While it helps sleep, it can cause daytime drowsiness.",
    "Do not stop it on your own.",
    "A dopamine medicine is not ended suddenly: never stop it without talking to the prescriber.",
    "Ferritin ≤75 ng/mL or TSAT <20 %: AASM 2025 quotes a consensus threshold, not empirically tested.",
    "Alpha-2-delta ligands (α2δ) carry little risk of augmentation.",
    "Augmentation was seen in 2.1 % of people on pregabalin and 7.7 % on pramipexole (n=719).",
    "It may look like augmentation, and could be something else.",
    "Ask whether a planned change would suit you.",
]


@pytest.mark.parametrize("text", ADVERSARIAL)
def test_prescriptions_are_refused(text: str) -> None:
    """Every text of the adversarial file is refused."""
    assert list(refused(text, names=NAMES))


@pytest.mark.parametrize("text", HONEST)
def test_honest_texts_pass(text: str) -> None:
    """What a source says, a laboratory threshold, a question and a warning are not prescriptions."""
    assert not list(refused(text, names=NAMES))


_UNITS = ["mg", "mcg", "g", "ml", "tablets", "pills", "capsules", "drops", "units", "µg"]
_HIDDEN = ["", " ", "\u00a0", "\u2009", "\u200b", "\u00ad", "-", "\u2060"]
_NUMBER = st.one_of(
    st.integers(1, 5_000).map(str),
    st.decimals(0, 100, places=2).map(str),
    st.integers(1, 5_000).map(lambda n: "".join(chr(ord(d) - ord("0") + 0xFF10) for d in str(n))),
    st.sampled_from(["½", "¼", "Ⅳ", "④", "ten", "twenty five", "half a ", "\u0665\u0660"]),
)
_FRAMES = [
    "The usual amount is {}.",
    "People often have {} in the evening.",
    "In one trial, {} was given.",
    "Some do well with {}; others do not.",
    "{} is common.",
]


@settings(max_examples=300)
@given(st.sampled_from(_FRAMES), _NUMBER, st.sampled_from(_HIDDEN), st.sampled_from(_UNITS))
def test_doses_are_refused_however_they_are_written(frame: str, number: str, between: str, unit: str) -> None:
    """A number with a unit of medicine is refused with any digits, spacing or hidden character."""
    assert list(refused(frame.format(number + between + unit), names=NAMES))


@settings(max_examples=200)
@given(
    st.sampled_from(
        [
            "take",
            "start",
            "stop",
            "switch",
            "raise",
            "lower",
            "increase",
            "reduce",
            "taper",
            "quit",
            "double",
            "halve",
            "skip",
            "begin",
            "try",
            "use",
        ]
    ),
    st.sampled_from(
        [
            "{} it now.",
            "{} gabapentin.",
            "This is known. {} it.",
            "One thing to know.\n{} the medicine.",
            '"{} it."',
        ]
    ),
    st.sampled_from([str.lower, str.upper, str.capitalize]),
)
def test_orders_that_begin_a_sentence_are_refused(
    verb: str, frame: str, case: st.SearchStrategy[str]
) -> None:
    """A sentence cannot begin with a verb that changes a treatment."""
    assert list(refused(frame.format(case(verb)), names=NAMES))  # type: ignore[operator]


def _said(document: Document) -> list[tuple[str, str]]:
    """Every text of a note with its section, without what a person typed."""
    return [
        (section.id, text)
        for section in document.sections
        for line in section.lines
        for text in (line.text, line.because)
        if text
    ]


_DATA = {
    "told",
    "reported",
    "sources",
    "made",
    "not_known",
    "further_questions",
    "what_matters",
    "lean",
    "diary",
    "record",
}
"""Sections that repeat the person's own answers, list documents by their titles, or are not made of sentences."""


def _no_prescription(profile: Profile, reader: Reader) -> None:
    for section, text in _said(note(discuss(profile), reader=reader)):
        if section not in _DATA:
            grades_aside = re.sub(r"\s\[[^\]]*\]$", "", text)
            assert not list(refused(grades_aside, names=NAMES, quotes_person=True)), (section, text)
        elif section not in ("sources", "made"):
            undated = re.sub(r"\d{4}-\d\d-\d\d", "", text)
            assert not list(refused(undated, sentences=False, quotes_person=True)), (section, text)


@settings(max_examples=60)
@given(profiles(unrecognised=True), st.sampled_from(["patient", "clinician"]))
def test_no_note_is_a_prescription(profile: Profile, reader: Reader) -> None:
    """In a note made from any profile, no text but what the person typed is refused."""
    _no_prescription(profile, reader)


@pytest.mark.parametrize("reader", ["patient", "clinician"])
@pytest.mark.parametrize("option", sorted(RULES.options))
def test_no_option_is_prescribed(option: str, reader: Reader) -> None:
    """Nor is a text refused in the note of somebody who asks about an option: all that is said of it, pictures too."""
    _no_prescription(Profile(age=54, asks_about=[option]), reader)
