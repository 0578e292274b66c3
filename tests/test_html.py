"""The HTML page: it says what Markdown says, links lead there and back, colours are readable, and typed text stays text."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

import rls_rules.notes
from rls_rules import Profile, discuss, load_rules, render
from rls_rules.notes import Format, Reader, note
from rls_rules.testing import profiles

DAY = date(2026, 11, 22)
RULES = load_rules()
READERS: tuple[Reader, Reader] = ("patient", "clinician")
FORMATS: tuple[Format, Format] = ("md", "html")
CSS = (Path(rls_rules.notes.__file__).parent / "templates" / "note.css").read_text(encoding="utf-8")
EMPTY = {"meta", "input"}
"""Elements of our pages that have no end tag."""


class Page(HTMLParser):
    """A page as a list of elements and a list of texts, each with the elements around it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[tuple[str, ...], str]] = []
        self.others: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        self.elements.append((tag, dict(attrs)))
        assert len({*dict(attrs)}) == len(attrs)
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """An element ends, and it is the last that began."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Text, within the elements that are open."""
        self.texts.append((tuple(self.open), data))

    def handle_comment(self, data: str) -> None:
        """A comment."""
        self.others.append(data)

    unknown_decl = handle_comment
    handle_pi = handle_comment

    def all(self, *tags: str) -> list[dict[str, str | None]]:
        """The attributes of each element of some kinds."""
        return [attributes for tag, attributes in self.elements if tag in tags]

    def text(self, *without: str) -> str:
        """The text of the body, without that in some kinds of elements, and without white space."""
        kept = (data for around, data in self.texts if "body" in around and not {*without} & {*around})
        return "".join("".join(kept).split())

    def within(self, tag: str) -> str:
        """The text in elements of one kind, outside pictures."""
        return "".join(data for around, data in self.texts if tag in around and "svg" not in around)


def page(name: str, reader: Reader = "patient") -> str:
    """The page of a shipped example."""
    return render(discuss(Profile.from_yaml(RULES.examples[name]), on=DAY), reader=reader, format="html")


@pytest.fixture(scope="module", params=sorted(RULES.examples))
def pages(request: pytest.FixtureRequest) -> list[Page]:
    """Both pages of each shipped example."""
    return [Page(page(request.param, reader)) for reader in READERS]


def test_a_page_has_a_language_a_title_and_one_heading_above_the_others(pages: list[Page]) -> None:
    """There are `lang` and `title`; the one `h1` says the same as the title; no level of headings is skipped."""
    for one in pages:
        assert one.elements[0] == ("html", {"lang": "en"})
        assert one.within("title") == one.within("h1") != ""
        levels = [int(tag[1]) for tag, _ in one.elements if re.fullmatch(r"h[1-6]", tag)]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_page_loads_nothing_and_runs_nothing(pages: list[Page]) -> None:
    """No script, no address outside the page, no event handler, and a policy that would forbid them."""
    for one in pages:
        assert not one.all("script", "link", "img", "iframe", "object", "form", "base")
        for tag, attributes in one.elements:
            assert not [name for name in attributes if name.startswith("on") or name in ("style", "src")], tag
            assert (attributes.get("href") or "#").startswith("#")
        policies = [meta["content"] for meta in one.all("meta") if "http-equiv" in meta]
        assert policies == ["default-src 'none'; style-src 'unsafe-inline'; img-src data:"]
    assert not re.search(r"url\(|@import|//", CSS)


def test_every_link_leads_to_a_place_and_every_source_back(pages: list[Page]) -> None:
    """Ids are unique; each number leads to its source, and the source has a named link back to each use."""
    for one in pages:
        ids = [attributes["id"] for _, attributes in one.elements if "id" in attributes]
        assert len({*ids}) == len(ids)
        assert {(link["href"] or "")[1:] for link in one.all("a")} <= {*ids}
        links = [link for link in one.all("a") if "aria-label" in link]
        uses = {link["id"]: link["href"] for link in links if "id" in link}
        back = [str(link["href"]) for link in links if "id" not in link]
        assert uses
        assert sorted(back) == sorted(f"#{use}" for use in uses)
        for use, source in uses.items():
            assert source == "#source-" + str(use).split("-")[1]


def test_the_appendix_begins_with_links_to_its_parts(pages: list[Page]) -> None:
    """What is long to scroll through can be jumped to: each part of the appendix, in order, by its heading."""
    for one in pages:
        ids = [str(attributes["id"]) for _, attributes in one.elements if "id" in attributes]
        parts = [str(each["id"]) for each in one.all("div") if each.get("class") == "part"]
        appended = [id_ for id_ in parts if ids.index(id_) > ids.index("appendix")]
        plain = [link["href"] for link in one.all("a") if "aria-label" not in link]
        assert plain == [f"#{id_}" for id_ in appended]
        assert len(one.all("nav")) == 1


def test_every_label_names_a_part_of_the_page(pages: list[Page]) -> None:
    """Each `aria-labelledby` is the id of something, and each region has one."""
    for one in pages:
        ids = {attributes["id"] for _, attributes in one.elements if "id" in attributes}
        labels = {attributes.get("aria-labelledby") for attributes in one.all("section")}
        assert labels <= ids
        assert len(one.all("main")) == len(one.all("header")) == 1


def test_tables_have_captions_and_headings(pages: list[Page]) -> None:
    """Each table has a caption, and each of its headings says whether it is of a row or of a column."""
    patient, _ = pages
    assert len(patient.all("table")) == len(patient.all("caption")) == 2
    assert {attributes["scope"] for attributes in patient.all("th")} == {"row", "col"}


def test_nothing_is_ticked_beforehand(pages: list[Page]) -> None:
    """Every box is empty, and has a label around it."""
    patient, _ = pages
    boxes = patient.all("input")
    assert boxes == [{"type": "checkbox"}] * len(patient.all("label"))
    assert boxes


def statements(markdown: str) -> Iterator[str]:
    """The sentences of a Markdown note, without white space and what only Markdown adds."""
    for token in MarkdownIt("commonmark").enable("table").parse(markdown):
        parts = [token] if token.type == "fence" else token.children or []
        for one in parts:
            if one.type in ("fence", "text", "code_inline"):
                text = re.sub(r"\[ \] |_{9,}", "", one.content)
                for sentence in re.split(r"(?<=[.?:;])\s|\n", text):
                    yield "".join(sentence.split()).rstrip(":")


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", sorted(RULES.examples))
def test_a_page_says_what_markdown_says(name: str, reader: Reader) -> None:
    """Each sentence of the Markdown note stands in the page, and the page adds only numbers, arrows and colons.

    Without the glossary, which explains the words for a picture but not those inside it.
    """
    rules = replace(RULES, terms={})
    discussion = discuss(Profile.from_yaml(RULES.examples[name]), on=DAY)
    markdown, html = (render(discussion, reader=reader, format=kind, rules=rules) for kind in FORMATS)
    said = Page(html).text("summary", "text", "title")
    texts = {text for text in statements(markdown) if text}
    for text in texts:
        assert text in said, text
    for text in sorted(texts, key=len, reverse=True):
        said = said.replace(text, "")
    assert not re.sub(r"[↩:\d]", "", said)


@settings(max_examples=25)
@given(profiles(unrecognised=True), st.sampled_from(READERS))
def test_the_same_input_gives_the_same_page(profile: Profile, reader: Reader) -> None:
    """The same profile, rules and date give the same bytes."""
    first, second = (render(discuss(profile, on=DAY), reader=reader, format="html") for _ in range(2))
    assert first == second


ODD = st.text(
    st.characters() | st.sampled_from("<>&\"'/=\u202e\u2066\u2069\u0000\u001b\ufffe"), min_size=1, max_size=40
)


@settings(max_examples=150)
@given(ODD, st.sampled_from(READERS))
@example("<script>alert(1)</script>", "patient")
@example('"><img src=x onerror=alert(1)>', "patient")
@example("</style></q><!-- <b>", "patient")
@example("\u202egnp.exe \u2069\u2069 <a href='//e.x'>", "clinician")
@example("{{ 7 * 7 }} {% raw %} &lt; &#x3c;", "clinician")
def test_what_a_person_typed_is_inert(typed: str, reader: Reader) -> None:
    """Whatever it is, even what no profile accepts, it comes out of a parser as quoted text; no element comes or goes."""
    plain = discuss(Profile.model_validate({"free_text": "a", "current_medicines": ["a"]}), on=DAY)
    names = tuple(replace(one, written=typed, nearest=()) for one in plain.unrecognised)
    told = tuple(replace(one, quoted=(typed,)) if one.quoted else one for one in plain.told)
    harmless = render(
        replace(plain, unrecognised=tuple(replace(one, nearest=()) for one in plain.unrecognised)),
        reader=reader,
        format="html",
    )
    odd = Page(
        render(replace(plain, own_words=typed, unrecognised=names, told=told), reader=reader, format="html")
    )
    assert odd.elements == Page(harmless).elements
    assert not odd.others
    shown = "".join(one if one.isprintable() else "\ufffd" for one in " ".join(typed.split()))
    quoted = [data for around, data in odd.texts if "q" in around]
    assert "".join(quoted) == shown * len(odd.all("q"))
    assert odd.all("q") == [{"dir": "auto"}] * 3


def test_pictures_are_drawn_named_and_described() -> None:
    """Each picture of a note stands in its page as it was drawn, with the words for it, and a caption."""
    discussion = discuss(Profile(age=54, asks_about=["pramipexole", "iv-iron"]), on=DAY)
    sections = note(discussion).sections
    pictures = [block for section in sections for block in section.blocks if block.kind == "picture"]
    text = render(discussion, format="html")
    one = Page(text)
    assert len(pictures) == len(one.all("figure")) == len(one.all("figcaption")) > 0
    assert all(picture.svg in text for picture in pictures)
    ids = {attributes["id"] for _, attributes in one.elements if "id" in attributes}
    for attributes in one.all("svg"):
        assert attributes["role"] == "img"
        assert {*str(attributes["aria-labelledby"]).split()} <= ids


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    red, green, blue = linear
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio, as WCAG 2.2 defines it."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_contrast_formula_gives_known_values() -> None:
    """Black on white is 21, and a known grey is just enough."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)


def test_every_ink_can_be_read_on_every_paper() -> None:
    """In the light and in the dark theme each text colour has a contrast of 4.5 on each background, and lines have 3."""
    themes = [
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))
        for block in re.findall(r":root \{[^}]*#[^}]*\}", CSS)
    ]
    light, dark = themes
    assert light.keys() == dark.keys()
    for theme in themes:
        papers = [colour for name, colour in theme.items() if name.startswith("paper")]
        inks = [colour for name, colour in theme.items() if name.startswith("ink")]
        assert len(papers) == len(inks) == 4
        for paper in papers:
            assert min(contrast(ink, paper) for ink in inks) >= 4.5
            assert contrast(theme["line"], paper) >= 3


def test_every_colour_of_the_page_is_one_of_those() -> None:
    """Text is in an ink, backgrounds are papers, and no colour is written out elsewhere."""
    without_names = re.sub(r"--[\w-]+: #[0-9a-f]{6};", "", CSS)
    assert not re.search(r"#[0-9a-f]{3,8}\b(?![^{]*\{)|rgb|hsl|opacity", without_names)
    for kind, value in re.findall(r"[\s{;](color|background): ([^;]+);", without_names):
        assert re.fullmatch(r"inherit|var\(--(ink|paper)[\w-]*\)", value)
        assert value == "inherit" or ("ink" in value) is (kind == "color")


def test_paper_is_always_light() -> None:
    """The dark colours are for screens only."""
    assert re.findall(r"@media ([^{]*dark[^{]*) \{", CSS) == ["screen and (prefers-color-scheme: dark)"]
