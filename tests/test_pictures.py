"""The pictures of the notes: numbers and years from cited statements, in words too, and nothing by colour alone."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rls_rules import Profile, discuss, load_rules, render
from rls_rules.discussion import Discussion
from rls_rules.notes import Reader, note
from rls_rules.notes.document import Document, Picture
from rls_rules.options import Chance, Option
from rls_rules.testing import profiles

DAY = date(2026, 11, 22)
RULES = load_rules()
READERS: tuple[Reader, Reader] = ("patient", "clinician")
CHANCES = [(option, chance) for option in RULES.options.values() for chance in option.chances]
TIMELINES = [option for option in RULES.options.values() if option.guidance]


def asking(*options: str) -> Discussion:
    """The discussion of somebody who asks about these options."""
    return discuss(Profile(age=54, asks_about=list(options)), on=DAY, engine="reference")


def pictures(document: Document) -> Iterator[Picture]:
    """The pictures of a note, in order."""
    return (block for section in document.sections for block in section.blocks if block.kind == "picture")


def texts(picture: Picture) -> list[str]:
    """The texts in a drawing."""
    return [text.text or "" for text in ET.fromstring(picture.svg).iter("{http://www.w3.org/2000/svg}text")]


def flat(text: str) -> str:
    """A text without its spaces."""
    return "".join(text.split())


@pytest.mark.parametrize(("option", "chance"), CHANCES, ids=lambda one: getattr(one, "id", ""))
def test_every_number_stands_in_a_cited_statement(option: Option, chance: Chance) -> None:
    """What an icon array counts stands in a statement that it cites: rounded only if it says so, and read or told as reported."""
    cited = [RULES.statements[name] for name in chance.cites]
    told = "reported" in f"{chance.what} {chance.population} {chance.note}"
    assert {one.checked for one in cited} <= {"text", "reported" if told else "text"}, option.id
    for group in chance.groups:
        found = [Decimal(share) for one in cited for share in re.findall(r"([\d.]+) %", one.says)]
        if group.about:
            found = [share.to_integral_value() for share in found if share % 1]
        assert chance.of == 100
        assert group.count in found, group.who


def test_all_shipped_pictures_are_out_of_one_number() -> None:
    """Nobody has to compare pictures with different denominators."""
    assert {chance.of for _, chance in CHANCES} == {100}


@pytest.mark.parametrize("option", TIMELINES, ids=lambda option: option.id)
def test_a_timeline_has_the_years_and_names_of_its_sources(option: Option) -> None:
    """Each entry is drawn with the year and the short name of the source of what it cites, the newest last."""
    (picture,) = (
        one for one in pictures(note(asking(option.id))) if f'id="guidance-{option.id}-title"' in one.svg
    )
    sources = [RULES.sources[RULES.statements[entry.cites[0]].source] for entry in option.guidance]
    drawn = [text for text in texts(picture) if re.fullmatch(r"\d{4}", text)]
    assert drawn == sorted(str(source.year) for source in sources)
    for source in sources:
        assert flat(source.short[1:]) in flat(" ".join(texts(picture)))
        assert f"{source.year}, " in picture.alternative


@settings(max_examples=20)
@given(st.lists(st.sampled_from(sorted(RULES.options)), min_size=1, max_size=3), st.sampled_from(READERS))
def test_the_words_for_a_picture_say_all_that_it_shows(asked: list[str], reader: Reader) -> None:
    """Every text of a drawing stands in its alternative, so every number, year, name and direction does."""
    without_glossary = note(asking(*asked), reader=reader, rules=RULES)
    for picture in pictures(without_glossary):
        root = ET.fromstring(picture.svg)
        (words,) = (one.text or "" for one in root.iter("{http://www.w3.org/2000/svg}desc"))
        assert all(flat(text) in flat(words) for text in texts(picture)), picture.title
        numbers = re.findall(r"\d+", words)
        assert re.findall(r"\d+", picture.alternative)[: len(numbers)] == numbers
        for sign in root.iter("{http://www.w3.org/2000/svg}polygon"):
            said = RULES.note.pictures.directions.said(sign.get("class"))  # type: ignore[arg-type]
            assert said in words


@settings(max_examples=25)
@given(profiles(), st.sampled_from(READERS))
def test_pictures_are_of_the_options_compared_and_cite_what_they_show(
    profile: Profile, reader: Reader
) -> None:
    """Pictures stand in one part of the appendix, each with sources and ids of its own; a clinician gets timelines only."""
    document = note(discuss(profile, on=DAY, engine="reference"), reader=reader)
    found = list(pictures(document))
    homes = [section for section in document.sections if any(b.kind == "picture" for b in section.blocks)]
    assert len(homes) <= 1
    assert all(section.appendix and section.id == "pictures" for section in homes)
    assert all(picture.caption.sources for picture in found)
    ids = [one for picture in found for one in re.findall(r' id="([^"]+)"', picture.svg)]
    assert len(ids) == len({*ids}) == 2 * len(found)
    if reader == "clinician":
        assert not [one for one in ids if one.startswith("chance-")]


def test_what_a_picture_cites_is_in_the_discussion() -> None:
    """The statements of chances and timelines are among the citations, and their sources among the sources."""
    discussion = asking("alpha2delta-ligands")
    option = RULES.options["alpha2delta-ligands"]
    wanted = {name for parts in (option.chances, option.guidance) for one in parts for name in one.cites}
    assert "WT-1" in wanted
    assert wanted <= {one.statement for one in discussion.citations}
    assert all(option.id in RULES.used_by[name] for name in wanted)


@pytest.mark.parametrize("format", ["md", "text"])
def test_a_format_without_pictures_says_them(format: str) -> None:  # noqa: A002
    """Markdown and plain text give the title, the words and the caption, and no drawing."""
    text = render(asking("alpha2delta-ligands"), format=format)  # type: ignore[arg-type]
    assert "6 of 100 people on pregabalin; 2 of 100 people on a dummy" in " ".join(text.split())
    assert "Who was counted:" in " ".join(text.split())
    assert "svg" not in text


def test_a_chance_of_two_options_is_drawn_once() -> None:
    """Who asks about both options finds one picture, which names both."""
    words = RULES.note.pictures.chance
    both = [RULES.options[name].name for name in ("dopaminergic-medicines", "alpha2delta-ligands")]
    for asked in (both, both[::-1]):
        titles = [one.title for one in pictures(note(asking(*asked)))]
        (title,) = (one for one in titles if "augmentation" in one and one.startswith(words.split("{")[0]))
        assert all(name in title for name in both)


def test_who_was_counted_and_for_how_long_is_always_said() -> None:
    """Below each icon array stands who was counted, and the time span or that there is none."""
    for option, chance in CHANCES:
        found = [one for one in pictures(note(asking(option.id))) if f"chance-{option.id}-" in one.svg]
        (picture,) = (one for one in found if chance.what in one.title)
        assert chance.population in picture.caption.text
        over = RULES.note.pictures.over.format(horizon=chance.horizon)
        assert (over if chance.horizon else RULES.note.pictures.over_unknown) in picture.caption.text


def test_signs_of_certainty_stand_beside_their_words() -> None:
    """A certainty in exactly the words of GRADE has its circles; other words have none; the note has a legend."""
    signs = RULES.note.certainties
    assert [signs.with_sign(word) for word in ("high", "moderate", "low", "very low")] == [
        "high ⊕⊕⊕⊕",
        "moderate ⊕⊕⊕○",
        "low ⊕⊕○○",
        "very low ⊕○○○",
    ]
    assert signs.with_sign("poor-quality studies") == "poor-quality studies"
    for reader in READERS:
        text = render(asking("alpha2delta-ligands"), reader=reader)
        assert "certainty moderate ⊕⊕⊕○ (○ reported by others)" in text
        assert RULES.note.frames.legend in text
