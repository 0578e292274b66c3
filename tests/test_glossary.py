"""The glossary: each medical word is explained where a patient first meets it, once, and nowhere else."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rls_rules import Profile, RulesError, discuss, load_rules, render
from rls_rules.checking import passages
from rls_rules.glossary import MOST_WORDS_TO_EXPLAIN, Glossary, Term
from rls_rules.loader import read_rules, shipped_rules
from rls_rules.notes import note
from rls_rules.notes.document import Bullets, Card, Document, Line, Paragraph, Picture, Section
from rls_rules.notes.explaining import explained
from rls_rules.testing import profiles

RULES = load_rules()
DOPAMINE = Term(term="dopamine", means="a messenger in the brain")
AGONIST = Term(term="dopamine agonist", also=("dopamine agonists",), means="a medicine that acts like it")
FERRITIN = Term(term="ferritin", means="your iron store")
SMALL = Glossary([DOPAMINE, AGONIST, FERRITIN], names=["Ferritin Society"])


def document(*blocks: Paragraph | Bullets | Card | Picture, id_: str = "told") -> Document:
    """A note of one section."""
    return Document("Note", "patient", "en", (Section(id_, "Heading", blocks),))


def read(*texts: str) -> list[str]:
    """What a reader sees of some paragraphs."""
    (section,) = explained(document(*(Paragraph(Line(text)) for text in texts)), SMALL).sections
    return [block.line.text for block in section.blocks if block.kind == "paragraph"]


def lines(whole: Document) -> list[Line]:
    """Every line of a note, in order."""
    return [line for section in whole.sections for line in section.lines]


def test_the_first_use_is_explained_and_no_other() -> None:
    """The explanation stands in brackets after the first use, whatever its case."""
    assert read("Ferritin is low.", "Ask about ferritin.") == [
        "Ferritin (your iron store) is low.",
        "Ask about ferritin.",
    ]


def test_the_longer_term_is_meant() -> None:
    """A term within a longer term is not explained there, but where it first stands alone."""
    assert read("Dopamine agonists act.", "So does dopamine.") == [
        "Dopamine agonists (a medicine that acts like it) act.",
        "So does dopamine (a messenger in the brain).",
    ]


@pytest.mark.parametrize(
    "text",
    ["Ferritin (the store of iron) is low.", "Your iron store (ferritin) is low.", "A ferritin [store]."],
)
def test_a_text_that_explains_itself_is_left_alone(text: str) -> None:
    """Words in brackets after the term, or the term in brackets after the words, are explanation enough."""
    assert read(text, "Ferritin again.") == [text, "Ferritin again."]


def test_what_was_explained_is_not_explained_again() -> None:
    """A text that explains a term in the words of the glossary loses them where the reader knows the term."""
    text = "Is your ferritin (your iron store) low?"
    assert read(text, text) == [text, "Is your ferritin low?"]
    assert read("Ferritin.", text) == ["Ferritin (your iron store).", "Is your ferritin low?"]


def test_a_number_in_brackets_explains_nothing() -> None:
    """A result in brackets after the term does not count as an explanation."""
    assert read("Your ferritin (22 ng/mL) is low.") == ["Your ferritin (your iron store) (22 ng/mL) is low."]


def test_within_brackets_the_explanation_is_in_square_ones() -> None:
    """Brackets within brackets are square."""
    assert read("Tests (such as ferritin) help.") == ["Tests (such as ferritin [your iron store]) help."]


@pytest.mark.parametrize("text", ["apoferritin", "ferritins", "non-ferritin", "The Ferritin Society 2016"])
def test_only_whole_words_outside_names_are_terms(text: str) -> None:
    """A term within a longer word, or within the name of a source, is not the term."""
    assert read(text) == [text]


def test_the_running_text_goes_before_the_lead() -> None:
    """A lead is explained only if the text below it does not use the term."""
    both = Line("Ferritin is low.", lead="Ferritin", because="of ferritin")
    lead = Line("It is low.", lead="Ferritin", because="of ferritin")
    assert lines(explained(document(Paragraph(both)), SMALL)) == [
        replace(both, text="Ferritin (your iron store) is low.")
    ]
    assert lines(explained(document(Bullets((lead,))), SMALL)) == [
        replace(lead, lead="Ferritin (your iron store)")
    ]


def test_a_card_explains_its_own_title() -> None:
    """The title of a card is explained by its rows."""
    card = Card("Dopamine agonists", (("What it is", (Line("Dopamine agonists and ferritin."),)),))
    (line,) = lines(explained(document(card), SMALL))
    assert line.text == "Dopamine agonists and ferritin (your iron store)."


def test_the_words_for_a_picture_are_explained() -> None:
    """Who cannot see a picture reads its words with explanations; the drawing is left alone."""
    picture = Picture("Title", "Ferritin over time.", Line("Of ferritin."), "<svg>ferritin</svg>")
    (section,) = explained(document(picture), SMALL).sections
    assert section.blocks == (replace(picture, alternative="Ferritin (your iron store) over time."),)


@pytest.mark.parametrize("section", ["sources", "made"])
def test_titles_of_sources_are_left_as_printed(section: str) -> None:
    """The list of sources and the imprint repeat their texts as they are."""
    whole = document(Paragraph(Line("Ferritin in restless legs.")), id_=section)
    assert explained(whole, SMALL) == whole


@given(st.text() | st.just("ferritin and dopamine"))
def test_what_a_person_typed_is_never_touched(typed: str) -> None:
    """Quoted words stay, and do not use up an explanation."""
    line = Line("You wrote:", quoted=(typed,))
    first, second = lines(explained(document(Bullets((line, Line("Ferritin.")))), SMALL))
    assert first == line
    assert second.text == "Ferritin (your iron store)."


@settings(max_examples=40)
@given(profiles(unrecognised=True))
def test_every_term_of_a_note_is_explained_at_most_once(profile: Profile) -> None:
    """In a shipped patient note no explanation stands twice, and explaining it again changes nothing."""
    whole = note(discuss(profile))
    said = "\n".join(f"{line.lead}\n{line.text}\n{line.because}" for line in lines(whole))
    for term in RULES.terms.values():
        assert said.count(f"({term.means})") + said.count(f"[{term.means}]") <= 1, term.term
    assert explained(whole, RULES.glossary) == whole


@settings(max_examples=25)
@given(profiles())
def test_without_its_explanations_a_note_is_what_it_was(profile: Profile) -> None:
    """Explanations are only added: taking them out gives the note of a rule base without a glossary."""
    plain = replace(RULES, terms={})
    with_them = [line.text for line in lines(note(discuss(profile)))]
    without = [line.text for line in lines(note(discuss(profile, rules=plain), rules=plain))]
    for term in RULES.terms.values():
        with_them = [
            text.replace(f" ({term.means})", "").replace(f" [{term.means}]", "") for text in with_them
        ]
        without = [text.replace(f" ({term.means})", "") for text in without]
    assert with_them == without


def test_the_clinician_note_explains_nothing() -> None:
    """A clinician knows the words."""
    discussion = discuss(Profile.from_yaml(RULES.examples["possible-augmentation"]))
    means = RULES.terms["augmentation"].means
    assert f"({means})" not in render(discussion, reader="clinician")
    assert f"({means})" in render(discussion)


def test_every_term_is_used() -> None:
    """Each term of the shipped glossary stands in some text that a patient reads."""
    texts = [text for _, _, text in passages(RULES)]
    texts += [words.label for words in RULES.words.values()]
    texts += [strength.words for one in RULES.statements.values() if (strength := one.strength)]
    used = {mention.term.term for text in texts for mention in RULES.glossary.mentions(text)}
    assert {*RULES.terms} - used == set()


def test_explanations_are_short() -> None:
    """Most explanations of the shipped glossary have eight words or fewer."""
    lengths = [len(term.means.split()) for term in RULES.terms.values()]
    assert max(lengths) <= MOST_WORDS_TO_EXPLAIN
    assert sum(length <= 8 for length in lengths) >= 0.9 * len(lengths)


def test_a_clinic_may_explain_a_word_in_its_own_way(tmp_path: Path) -> None:
    """A later folder gives a term other words, and adds terms and syllables of its own."""
    glossary = {
        "terms": [{"term": "ferritin", "means": "our word for it"}, {"term": "zither", "means": "a harp"}],
        "syllables": [{"word": "zither", "count": 2}],
    }
    (tmp_path / "glossary.yaml").write_text(json.dumps(glossary))
    rules = read_rules(shipped_rules(), tmp_path)
    assert rules.terms["ferritin"].means == "our word for it"
    assert rules.terms.keys() - RULES.terms.keys() == {"zither"}
    assert rules.syllables["zither"] == 2
    assert "ferritin (our word for it)" in render(discuss(Profile(ferritin=22), rules=rules), rules=rules)


def test_a_clinic_may_not_explain_one_spelling_twice(tmp_path: Path) -> None:
    """A spelling that another term has is refused across folders too."""
    glossary = {"terms": [{"term": "iron store", "also": ["Ferritin"], "means": "what is stored"}]}
    (tmp_path / "glossary.yaml").write_text(json.dumps(glossary))
    with pytest.raises(RulesError, match="`Ferritin` is explained twice"):
        read_rules(shipped_rules(), tmp_path)
