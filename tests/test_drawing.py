"""The drawings: they show what they say, hold any words, and are the same bytes for the same input."""

import re
import xml.etree.ElementTree as ET
from itertools import pairwise
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rls_rules.notes.drawing import WIDTH, Event, Share, icon_array, timeline

SVG = "{http://www.w3.org/2000/svg}"
ANYTHING = st.text(st.characters(codec=None, exclude_categories=[]), max_size=60)
"""Any text at all, with control characters and halves of pairs in it."""


def drawn(count: int, of: int) -> ET.Element:
    """One group of people."""
    return ET.fromstring(icon_array("a", "Title", "Words", [Share(count, of, "label")]))


def events(text: st.SearchStrategy[str]) -> st.SearchStrategy[list[Event]]:
    """Some events with such texts."""
    points: st.SearchStrategy[Literal["for", "against", "neither"]] = st.sampled_from(
        ("for", "against", "neither")
    )
    return st.lists(
        st.builds(Event, st.integers(1950, 2100), points, text, text, st.booleans()), min_size=1, max_size=7
    )


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_as_many_people_are_filled_in_as_it_happened_to(data: st.DataObject) -> None:
    """Of up to 1,000 people, so many are filled in and the others are not, the filled ones first."""
    of = data.draw(st.integers(1, 1_000) | st.sampled_from([1, 20, 100, 200, 201, 1_000]))
    count = data.draw(st.integers(0, of))
    looks = [person.get("class") for person in drawn(count, of).iter(f"{SVG}path")]
    assert looks == ["yes"] * count + ["no"] * (of - count)


@pytest.mark.parametrize(("count", "of"), [(0, 1), (1, 14), (6, 100), (100, 100), (1, 500), (999, 1_000)])
def test_people_stand_inside_the_drawing_and_apart(count: int, of: int) -> None:
    """No two people stand in the same place, and none outside the drawing."""
    root = drawn(count, of)
    starts = [re.match(r"M([\d.]+) ([\d.]+)", person.get("d", "")) for person in root.iter(f"{SVG}path")]
    places = {(float(found[1]), float(found[2])) for found in starts if found}
    assert len(places) == of
    assert all(0 <= x <= WIDTH and 0 <= y <= float(root.get("height", "")) for x, y in places)


@settings(max_examples=50)
@given(ANYTHING, ANYTHING, ANYTHING)
def test_an_icon_array_is_well_formed_with_any_words(title: str, words: str, label: str) -> None:
    """Whatever the words are, the drawing is well-formed XML, and its only children are shapes and texts."""
    root = ET.fromstring(icon_array("a", title, words, [Share(1, 3, label), Share(0, 2, label)]))
    assert {child.tag for child in root} == {f"{SVG}{tag}" for tag in ("title", "desc", "text", "path")}


@settings(max_examples=50)
@given(ANYTHING, events(ANYTHING))
def test_a_timeline_is_well_formed_with_any_words(words: str, listed: list[Event]) -> None:
    """Whatever the words are, the drawing is well-formed XML, and its only children are shapes and texts."""
    root = ET.fromstring(timeline("t", words, words, listed))
    allowed = {f"{SVG}{tag}" for tag in ("title", "desc", "text", "polygon", "line")}
    assert {child.tag for child in root} <= allowed


WORDS = st.lists(st.from_regex(r"[A-Za-z<&\"']{1,12}", fullmatch=True), min_size=1, max_size=12).map(" ".join)


@settings(max_examples=40)
@given(events(WORDS))
def test_a_timeline_shows_every_event(listed: list[Event]) -> None:
    """Each year, heading and text stands there whole, with a sign of its shape, hollow if something newer stands."""
    root = ET.fromstring(timeline("t", "Title", "Words", listed))
    shown = " ".join(text.text or "" for text in root.iter(f"{SVG}text"))
    expected = " ".join(f"{one.year} {one.heading} {one.text}" for one in listed)
    assert shown == expected
    signs = [(sign.get("class"), sign.get("fill") == "none") for sign in root.iter(f"{SVG}polygon")]
    assert signs == [(one.points, one.faded) for one in listed]


@settings(max_examples=40)
@given(events(WORDS))
def test_signs_point_where_they_say(listed: list[Event]) -> None:
    """A sign for has one corner at the top, a sign against one at the bottom, a sign for neither has both."""
    root = ET.fromstring(timeline("t", "Title", "Words", listed))
    for sign in root.iter(f"{SVG}polygon"):
        heights = [float(corner.split(",")[1]) for corner in sign.get("points", "").split()]
        ends = heights.count(min(heights)), heights.count(max(heights))
        assert ends == {"for": (1, 2), "against": (2, 1), "neither": (1, 1)}[sign.get("class", "")]


@settings(max_examples=40)
@given(events(WORDS))
def test_lines_fit_and_are_large_enough_to_read(listed: list[Event]) -> None:
    """No line of text is wider than the drawing by a generous measure, none overlaps the next, letters are 11 px or more."""
    root = ET.fromstring(timeline("t", "Title", "Words", listed))
    texts = [(float(t.get("x", "")), float(t.get("y", "")), t.text or "") for t in root.iter(f"{SVG}text")]
    assert all(x + 7.2 * len(text) <= WIDTH for x, _, text in texts)
    size = float(root.get("font-size", ""))
    assert size >= 11
    body = [y for x, y, _ in texts if x > 0]
    assert all(below - above >= size for above, below in pairwise(body))
    assert max(body) < float(root.get("height", ""))


@given(st.lists(st.integers(0, 20), min_size=1, max_size=3), events(WORDS))
def test_the_same_input_draws_the_same_bytes(counts: list[int], listed: list[Event]) -> None:
    """Drawing again gives the same text."""
    shares = [Share(count, 20, "of 20 people") for count in counts]
    assert icon_array("a", "T", "W", shares) == icon_array("a", "T", "W", list(shares))
    assert timeline("t", "T", "W", listed) == timeline("t", "T", "W", list(listed))


def test_ids_are_its_own() -> None:
    """The title and the description are tied to the picture by ids that begin with its name."""
    root = ET.fromstring(icon_array("mine", "Title", "Words", [Share(1, 2, "label")]))
    ids = [child.get("id") for child in root if child.get("id")]
    assert ids == ["mine-title", "mine-words"]
    assert (root.get("aria-labelledby") or "").split() == ids
    assert [child.text for child in root][:2] == ["Title", "Words"]


def test_it_loads_nothing() -> None:
    """No link, script, style or foreign content is in a drawing."""
    svg = timeline("t", "T", "W", [Event(2025, "for", "h", "t")]) + icon_array(
        "a", "T", "W", [Share(1, 2, "l")]
    )
    assert not re.search(r"href|url\(|<script|<style|style=|<image|foreignObject|@", svg)


@pytest.mark.parametrize("paper", ["#ffffff", "#121212"])
def test_colours_can_be_told_from_light_and_dark_paper(paper: str) -> None:
    """Every colour named in a drawing has a contrast of 3 to 1 or more with white and with near-black."""
    svg = timeline("t", "T", "W", [Event(2025, "for", "h", "t")]) + icon_array(
        "a", "T", "W", [Share(1, 2, "l")]
    )
    colours = {*re.findall(r"#[0-9a-f]{6}", svg)}
    assert len(colours) == 2
    assert all(_contrast(colour, paper) >= 3 for colour in colours)


def _contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
