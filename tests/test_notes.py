"""The notes: complete, in order, inert to what a person types, and the same bytes for the same input."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from syrupy.assertion import SnapshotAssertion

from rls_rules import Profile, discuss, load_rules, render
from rls_rules.notes import Reader, note
from rls_rules.notes.document import Document, Line
from rls_rules.notes.patient import MOST_OPTIONS, MOST_QUESTIONS
from rls_rules.testing import profiles
from rls_rules.yaml_reader import HIDDEN

DAY = date(2026, 11, 22)
RULES = load_rules()
READERS: tuple[Reader, Reader] = ("patient", "clinician")


def stable(text: str) -> str:
    """A note without the line that changes with every edit of the rules, the library and the engine."""
    return re.sub(r"Made on .*?engine\s+\w+\.", "Made on ….", text, flags=re.DOTALL)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", sorted(RULES.examples))
def test_shipped_examples(name: str, reader: Reader, snapshot: SnapshotAssertion) -> None:
    """The notes of the shipped examples are as they were reviewed."""
    discussion = discuss(Profile.from_yaml(RULES.examples[name]), on=DAY)
    assert stable(render(discussion, reader=reader)) == snapshot


def test_plain_text(snapshot: SnapshotAssertion) -> None:
    """The plain text of one example is as it was reviewed, and no line is longer than 78 characters."""
    discussion = discuss(Profile.from_yaml(RULES.examples["low-iron"]), on=DAY)
    text = stable(render(discussion, format="text"))
    assert text == snapshot
    assert all(len(line) <= 78 for line in text.splitlines())


@settings(max_examples=40)
@given(profiles(unrecognised=True), st.sampled_from(READERS))
def test_no_caution_is_ever_cut(profile: Profile, reader: Reader) -> None:
    """Every urgent point and every caution that a person hears stands in each note in full, explanations apart."""
    discussion = discuss(profile, on=DAY)
    without_glossary = replace(RULES, terms={})
    said = set(_texts(note(discussion, reader=reader, rules=without_glossary)))
    for point in discussion.points:
        text = point.text if reader == "patient" else point.clinician_text
        assert any(text in one for one in said), point.id


@settings(max_examples=40)
@given(profiles(unrecognised=True), st.sampled_from(READERS))
def test_what_cannot_wait_stands_before_the_appendix(profile: Profile, reader: Reader) -> None:
    """However many there are, urgent points and those to be raised soon stand before the appendix."""
    discussion = discuss(profile, on=DAY)
    without_glossary = replace(RULES, terms={})
    said = set(_texts(before_the_appendix(note(discussion, reader=reader, rules=without_glossary))))
    for point in discussion.points:
        text = point.text if reader == "patient" else point.clinician_text
        assert point.urgency == "routine" or text in said, point.id


def before_the_appendix(document: Document) -> Document:
    """The part of a note whose length counts."""
    return replace(document, sections=tuple(one for one in document.sections if not one.appendix))


@settings(max_examples=20)
@given(st.integers(1, 12), st.sampled_from(READERS))
def test_every_name_that_was_not_recognised_is_told_of(count: int, reader: Reader) -> None:
    """However many names mean nothing here, each note says so of each."""
    names = [f"Mirapexx {number}" for number in range(count)]
    document = note(discuss(Profile(current_medicines=names), on=DAY), reader=reader)
    before = RULES.note.frames.unrecognised.split("{", maxsplit=1)[0]
    said = [line.quoted for line in _lines(document) if line.text.startswith(before)]
    assert sorted(said) == sorted((name,) for name in names)


LONGEST = {"patient": 1_150, "clinician": 800}
"""Words that fit two printed pages, and one for the clinician, reasons and the help box included."""


@settings(max_examples=40)
@given(profiles(unrecognised=True))
def test_an_option_says_what_cannot_wait_about_it(profile: Profile) -> None:
    """Where a warning that is not routine speaks of an option that is compared, its card names one; else no card has the row."""
    discussion = discuss(profile, on=DAY)
    (section,) = (
        one for one in note(discussion, rules=replace(RULES, terms={})).sections if one.id == "options"
    )
    (cards,) = (block.cards for block in section.blocks if block.kind == "comparison")
    found = {one.option.name.lower(): (*one.advised_against_by, *one.cautions) for one in discussion.options}
    pressing = {point.id: point.title for point in discussion.points if point.urgency != "routine"}
    wanted = [[pressing[name] for name in found[card.title.lower()] if name in pressing] for card in cards]
    for card, titles in zip(cards, wanted, strict=True):
        said = [lines[0].text for label, lines in card.rows if label == RULES.note.frames.for_you]
        assert len(said) == any(wanted)
        assert not titles or any(title in said[0] for title in titles)


def test_what_a_person_told_leads() -> None:
    """Who tells of wine and coffee, and asks about massage, finds these on the first pages, before devices."""
    document = note(
        discuss(Profile.from_yaml(RULES.examples["coffee-wine-and-cigarettes"]), on=DAY), rules=RULES
    )
    (section,) = (one for one in document.sections if one.id == "worth_knowing")
    options = {
        option
        for line in section.lines
        for point in RULES.points.values()
        if point.title == line.lead
        for option in point.options
    }
    assert {"massage", "compression-stockings"} <= options
    assert options.isdisjoint({"nerve-stimulation", "compression-devices"})


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", sorted(RULES.examples))
def test_a_note_is_short_before_its_appendix(name: str, reader: Reader) -> None:
    """The notes of the shipped examples fit two printed pages, appendix aside."""
    document = note(discuss(Profile.from_yaml(RULES.examples[name]), on=DAY), reader=reader)
    texts = _texts(before_the_appendix(document))
    assert len(re.findall(r"[^\W_][\w'%.-]*", " ".join(texts))) <= LONGEST[reader]


def _lines(document: Document) -> list[Line]:
    return [line for section in document.sections for line in section.lines]


def _texts(document: Document) -> list[str]:
    return [text for line in _lines(document) for text in (line.lead, line.text, line.because)]


@settings(max_examples=25)
@given(profiles())
def test_the_same_input_gives_the_same_bytes(profile: Profile) -> None:
    """The same profile, rules and date give the same bytes in every format."""
    for kind in ("md", "text", "json"):
        first, second = (render(discuss(profile, on=DAY), format=kind) for _ in range(2))
        assert first == second


@settings(max_examples=25)
@given(profiles(unrecognised=True))
def test_the_order_of_the_patient_note(profile: Profile) -> None:
    """Sections stand in the order of the design, the help box is always there, limits hold, urgent things come first."""
    document = note(discuss(profile, on=DAY))
    order = list(type(RULES.note.headings).model_fields)
    ids = [section.id for section in document.sections]
    assert ids == sorted(ids, key=order.index)
    assert "help" in ids
    assert {"about", "main_message", "told", "options", "not_known", "questions", "sources", "made"} <= {*ids}
    by_id = {section.id: section for section in document.sections}
    (options,) = by_id["options"].blocks
    assert options.kind == "comparison"
    assert 1 <= len(options.cards) <= MOST_OPTIONS
    assert {tuple(label for label, _ in card.rows) for card in options.cards} == {options.labels}
    (questions,) = by_id["questions"].blocks
    assert questions.kind == "bullets"
    assert len(questions.lines) <= MOST_QUESTIONS


@settings(max_examples=25)
@given(profiles())
def test_good_and_bad_sides_have_equal_room(profile: Profile) -> None:
    """Every option card has both sides, in the same order, never one without the other."""
    frames = RULES.note.frames
    for section in note(discuss(profile, on=DAY)).sections:
        for block in section.blocks:
            cards = block.cards if block.kind == "comparison" else [block] if block.kind == "card" else []
            for card in cards:
                labels = [label for label, _ in card.rows]
                assert labels.index(frames.downsides) == labels.index(frames.good_sides) + 1


def test_every_source_number_leads_somewhere() -> None:
    """Each number in brackets is the number of a listed source, numbered by first use."""
    document = note(discuss(Profile.from_yaml(RULES.examples["possible-augmentation"]), on=DAY))
    used = [number for line in _lines(document) for number in line.sources]
    (sources,) = next(section for section in document.sections if section.id == "sources").blocks
    assert sources.kind == "bullets"
    assert {*used} == {*range(1, len(sources.lines) + 1)}
    first_use = list(dict.fromkeys(used))
    assert first_use[0] == 1


INERT = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"]) | st.sampled_from(" \n"),
    min_size=1,
    max_size=60,
).filter(lambda text: text.strip() != "" and not HIDDEN.search(text))
HTML = [
    "<script>alert(1)</script>",
    "[a](javascript:x)",
    "![x](http://e.x/y.png)",
    "# Heading",
    "```",
    "`a` ``b``",
    "- [x] ok",
    "&lt;",
    "\\",
    "www.example.com",
    "{{ 1 }}",
    "|a|b|",
]


def _plain(tokens: list[Token]) -> list[str]:
    return [
        inner.content for token in tokens for inner in token.children or [] if inner.type == "code_inline"
    ]


@settings(max_examples=150)
@given(INERT | st.sampled_from(HTML))
def test_what_a_person_typed_is_inert_in_markdown(typed: str) -> None:
    """Free text and unknown names come out of a Markdown parser as one quoted code span, letter by letter."""
    profile = Profile.model_validate({"free_text": typed, "current_medicines": [typed]})
    tokens = MarkdownIt("commonmark").parse(render(discuss(profile, on=DAY)))
    flat = " ".join(typed.split())
    assert _plain(tokens).count(flat) >= 2
    assert not [
        inner
        for token in tokens
        for inner in token.children or []
        if inner.type in ("html_inline", "link_open", "image")
    ]
    assert not [token for token in tokens if token.type in ("html_block", "fence")]


@settings(max_examples=60)
@given(INERT | st.sampled_from(HTML))
def test_what_a_person_typed_is_inert_in_plain_text(typed: str) -> None:
    """In plain text it stands in quotation marks, in one paragraph."""
    text = render(discuss(Profile(free_text=typed), on=DAY), format="text")
    assert f'"{"".join(typed.split())}"' in "".join(text.split())


@settings(max_examples=25)
@given(profiles())
def test_markdown_says_what_the_document_says(profile: Profile) -> None:
    """Whatever the rules say comes back unchanged from a Markdown parser."""
    discussion = discuss(profile, on=DAY)
    tokens = MarkdownIt("commonmark").parse(render(discussion))
    flat = " ".join(
        "".join(
            inner.content if inner.type in ("text", "code_inline") else " " for inner in token.children or []
        )
        for token in tokens
        if token.type == "inline"
    )
    flat = "".join(flat.split())
    for text in _texts(note(discussion)):
        assert "".join(text.split()) in flat, text


def test_an_overdue_rule_base_says_so() -> None:
    """After the review date the note warns the reader."""
    late = render(discuss(Profile(), on=date(2030, 1, 1)))
    assert RULES.note.frames.overdue.split("{", maxsplit=1)[0] in late


def test_the_note_never_claims_a_clinical_review() -> None:
    """While nobody has reviewed the rules, every note says so."""
    for reader in READERS:
        assert RULES.note.frames.not_reviewed in render(discuss(Profile(), on=DAY), reader=reader)
