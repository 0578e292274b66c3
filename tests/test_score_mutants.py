"""Each item that code decides is refused for a note that lacks what it asks for, and for that reason alone."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from rls_rules import Profile, discuss, load_rules, score
from rls_rules.notes import note
from rls_rules.notes.document import Card, Document, Line, Picture
from rls_rules.scoring import Result
from rls_rules.scoring.cards import for_people, never
from rls_rules.scoring.scorecards import CARDS
from tests.altered import (
    Change,
    added,
    blocks,
    cards,
    instead,
    lines,
    pictures,
    rows,
    sections,
    text,
    without,
)

DAY = date(2026, 11, 22)
RULES = load_rules()
F = RULES.note.frames
WORDS = RULES.note.pictures


def made(*asked: str) -> Document:
    """The note of somebody who asks about some options."""
    return note(discuss(Profile(age=54, asks_about=list(asked)), on=DAY, engine="reference"), rules=RULES)


WHOLE = made("gabapentin", "baclofen")
"""A note with two chances, one of them of people on two options, further points, and options in full."""


def results(document: Document) -> dict[tuple[str, str], Result]:
    """Every result by card and item."""
    return {(card.name, one.id): one for card in score(document, RULES) for one in card.results}


BEFORE = results(WHOLE)


def no_row(label: str) -> Change:
    """Take one row away from every option."""
    return rows(lambda name, some: None if name == label else some)


def no_sources(label: str) -> Change:
    """Take the numbers of the sources away from one row."""
    return rows(lambda name, some: tuple(replace(one, sources=()) for one in some) if name == label else some)


def only_first(document: Document) -> Document:
    """Leave one option in the comparison."""
    return blocks(
        lambda one: replace(one, cards=one.cards[:1]) if one.kind == "comparison" else one, "options"
    )(document)


def swapped(card: Card) -> Card:
    """Bad sides first."""
    what, good, bad, *rest = card.rows
    return replace(card, rows=(what, bad, good, *rest))


def longer(label: str) -> Change:
    """Say one side three times."""
    return rows(
        lambda name, some: (
            tuple(replace(one, text=" ".join([one.text] * 3)) for one in some) if name == label else some
        )
    )


def moved(id_: str, to: int) -> Change:
    """Put a section in another place."""

    def change(document: Document) -> Document:
        (section,) = (one for one in document.sections if one.id == id_)
        rest = [one for one in document.sections if one.id != id_]
        return replace(document, sections=(*rest[:to], section, *rest[to:]))

    return change


def chance(change: dict[str, str]) -> Change:
    """Put other words into the pictures of chances."""

    def one(picture: Picture) -> Picture:
        if not picture.svg.count('class="yes"'):
            return picture
        alternative, caption = picture.alternative, picture.caption.text
        for old, new in change.items():
            alternative, caption = alternative.replace(old, new), caption.replace(old, new)
        return replace(picture, alternative=alternative, caption=replace(picture.caption, text=caption))

    return pictures(one)


def boxes_gone(document: Document) -> Document:
    """Plain bullets in place of boxes."""
    return blocks(
        lambda one: replace(one, style="bullets") if one.kind == "bullets" and one.style == "boxes" else one
    )(document)


LATE = moved("main_message", 6)
NO_PICTURE = pictures(lambda _: None)
NO_CAPTION = pictures(lambda one: replace(one, caption=Line("")))
PASSIVE = added("told", *["It was given and was seen."] * 60)
SUMS = added("worth_knowing", "That is twice as much.")
LONG = added("told", "word " * 121)
HARD = added(
    "told", *["Contemporaneous pharmacotherapeutic considerations necessitate individualisation."] * 60
)
FILLING = "Something else."

MUTANTS: Mapping[tuple[str, str], tuple[Change, ...]] = {
    ("IPDAS", "Q1"): (without("condition"), lines(lambda one: replace(one, sources=()), "condition")),
    ("IPDAS", "Q2"): (instead(FILLING, "main_message"), text("baclofen", "", "main_message")),
    ("IPDAS", "Q3"): (only_first, without("options")),
    ("IPDAS", "Q4"): (no_row(F.good_sides), no_sources(F.good_sides)),
    ("IPDAS", "Q5"): (no_row(F.downsides), no_sources(F.downsides)),
    ("IPDAS", "Q6"): (no_row(F.living_with), no_sources(F.living_with)),
    ("IPDAS", "C1"): (
        cards(swapped),
        longer(F.good_sides),
        longer(F.downsides),
        no_row(F.downsides),
        rows(
            lambda name, some: (
                tuple(replace(one, lead="Note") for one in some) if name == F.good_sides else some
            )
        ),
        rows(lambda name, some: some * 2 if name == F.good_sides else some),
    ),
    ("IPDAS", "C2"): (
        without("sources"),
        no_sources(F.downsides),
        lines(lambda one: replace(one, sources=()), "worth_knowing"),
        lines(lambda one: replace(one, sources=(99,)), "condition"),
    ),
    ("IPDAS", "C3"): (text("2026-11-22", "", "made"), without("made")),
    ("IPDAS", "C4"): (
        text("2027-11-22", "soon", "made"),
        text(RULES.note.update_policy, FILLING, "made"),
    ),
    ("IPDAS", "C5"): (no_row(F.how_sure), chance({WORDS.over_unknown: ""})),
    ("IPDAS", "C6"): (text(F.funding.split("{")[0], "", "made"),),
    ("IPDAS", "QL1"): (only_first, no_row(F.downsides)),
    ("IPDAS", "QL2"): (only_first, no_row(F.good_sides)),
    ("IPDAS", "QL3"): (
        NO_PICTURE,
        instead(FILLING, "pictures"),
        pictures(lambda one: replace(one, title=one.title.replace("and the like", "and the likes"))),
    ),
    ("IPDAS", "QL4"): (chance({"Who was counted": "Counted"}),),
    ("IPDAS", "QL5"): (chance({" of 100 people": " per cent of people"}), chance({"6 of 100": "600 of 100"})),
    ("IPDAS", "QL6"): (chance({WORDS.over.format(horizon="1 year"): WORDS.over_unknown}),),
    ("IPDAS", "QL7"): (chance({"6 of 100": "6 of 120"}),),
    ("IPDAS", "QL8"): (
        chance({"6 of 100": "7 of 100"}),
        pictures(lambda one: replace(one, svg=one.svg.replace('class="yes"', 'class="no"', 1))),
    ),
    ("IPDAS", "QL9"): (without("what_matters"), boxes_gone),
    ("IPDAS", "QL10"): (without("goals"), moved("lean", 2)),
    ("IPDAS", "QL11"): (without("questions"), instead(F.none_here, "questions")),
    ("IPDAS", "QL15"): (),
    ("IPDAS", "QL18"): (text(RULES.note.method[0], "", "made"),),
    ("IPDAS", "QL19"): (no_row(F.how_sure), text(F.legend, "", "made")),
    ("IPDAS", "QL20"): (text(F.authors.split("{")[0], "", "made"),),
    ("IPDAS", "QL21"): (HARD,),
    ("PEMAT-P", "1"): (without("main_message"),),
    ("PEMAT-P", "3"): (HARD,),
    ("PEMAT-P", "4"): (text(f" ({RULES.terms['clinician'].means})", ""),),
    ("PEMAT-P", "5"): (PASSIVE,),
    ("PEMAT-P", "6"): (added("worth_knowing", "It was 2.9 % of people."),),
    ("PEMAT-P", "7"): (SUMS, added("worth_knowing", "It was 3 in 100, against 1 in 40.")),
    ("PEMAT-P", "8"): (LONG,),
    ("PEMAT-P", "9"): (sections(lambda one: replace(one, heading="Heading")),),
    ("PEMAT-P", "10"): (LATE, moved("sources", 0)),
    ("PEMAT-P", "11"): (LATE, without("main_message")),
    ("PEMAT-P", "12"): (boxes_gone, lines(lambda one: replace(one, lead=""), "worth_knowing")),
    ("PEMAT-P", "15"): (NO_PICTURE,),
    ("PEMAT-P", "17"): (NO_CAPTION, pictures(lambda one: replace(one, title=""))),
    ("PEMAT-P", "19"): (
        blocks(lambda one: replace(one, caption="") if one.kind == "diary" else one),
        blocks(lambda one: replace(one, caption="") if one.kind == "comparison" else one),
    ),
    ("PEMAT-P", "20"): (
        instead(FILLING, "main_message", "how_we_will_know"),
        added("worth_knowing", "Stop the medicine."),
    ),
    ("PEMAT-P", "21"): (instead(FILLING, "about"),),
    ("PEMAT-P", "22"): (without("questions"),),
    ("PEMAT-P", "23"): (without("diary"), boxes_gone),
    ("PEMAT-P", "24"): (SUMS,),
    ("PEMAT-P", "25"): (without("how_we_will_know"), pictures(lambda one: replace(one, caption=Line("")))),
    ("PEMAT-P", "26"): (NO_PICTURE,),
    ("CDC", "A1"): (without("main_message"), added("main_message", "One more.", "And another.")),
    ("CDC", "A2"): (LATE, without("main_message")),
    ("CDC", "A3"): (
        sections(lambda one: replace(one, level=3) if one.id == "main_message" else one),
        added("main_message", "A list."),
    ),
    ("CDC", "A4"): (NO_PICTURE, NO_CAPTION),
    ("CDC", "A5"): (instead(FILLING, "main_message"),),
    ("CDC", "A6"): (PASSIVE,),
    ("CDC", "A7"): (
        text(f" ({RULES.terms['clinician'].means})", ""),
        added("worth_knowing", "Ask for the XYZ."),
    ),
    ("CDC", "A8"): (added("told", *"abcdefgh"),),
    ("CDC", "A9"): (LONG,),
    ("CDC", "A10"): (LATE,),
    ("CDC", "A11"): (no_row(F.how_sure),),
    ("CDC", "B12"): (instead(FILLING, "main_message", "how_we_will_know"),),
    ("CDC", "B13"): (without("main_message"),),
    ("CDC", "B14"): (without("questions"), blocks(lambda one: None if one.kind == "blank" else one, "lean")),
    ("CDC", "C16"): (chance({WORDS.over_unknown: ""}), pictures(lambda one: replace(one, title="Chance"))),
    ("CDC", "C17"): (SUMS,),
    ("CDC", "D18"): (no_row(F.downsides),),
    ("CDC", "D19"): (no_row(F.downsides), no_row(F.good_sides)),
    ("CDC", "D20"): (chance({"6 of 100": "7 of 100"}),),
}

BY_PEOPLE = {("IPDAS", f"C{number}") for number in range(7, 11)} | {
    ("PEMAT-P", "16"),
    ("PEMAT-P", "18"),
    ("CDC", "C15"),
}


def test_every_item_that_code_can_refuse_has_a_mutant() -> None:
    """The table above is complete: only what people decide, and what never applies, is not in it."""
    refusable = {
        (name, item.id)
        for name, _, groups in CARDS
        for _, items in groups
        for item in items
        if item.check not in (for_people, never)
    }
    assert {*MUTANTS} == refusable - BY_PEOPLE


@pytest.mark.parametrize(
    ("key", "number"),
    [
        pytest.param(key, number, id=f"{'-'.join(key)}-{number}")
        for key, changes in MUTANTS.items()
        for number in range(len(changes))
    ],
)
def test_a_note_that_lacks_it_is_refused(key: tuple[str, str], number: int) -> None:
    """Without what an item asks for, the item is not met, says why, and was not so before."""
    assert BEFORE[key].verdict != "not met"
    after = results(MUTANTS[key][number](WHOLE))[key]
    assert after.verdict == "not met"
    assert "Here: " in after.how
    assert after.by == "machine"


def test_a_review_is_met_only_if_named() -> None:
    """QL15 is not met by a note that nobody reviewed, and met by one that names who did."""
    reviewed = RULES.note.frames.reviewed.format(names="Dr. Example")
    assert BEFORE["IPDAS", "QL15"].verdict == "not met"
    assert results(text(F.not_reviewed, reviewed, "made")(WHOLE))["IPDAS", "QL15"].verdict == "met"


def test_time_spans_of_people_on_different_options() -> None:
    """QL6 applies where people on two options are counted for one thing, and is met if that is over one time."""
    assert results(made("opioids", "baclofen"))["IPDAS", "QL6"].verdict == "not applicable"
    assert BEFORE["IPDAS", "QL6"].verdict == "met"
    (legs,) = (one for one in RULES.options["alpha2delta-ligands"].chances if not one.horizon)
    (worse,) = (one for one in RULES.options["alpha2delta-ligands"].chances if one.horizon)
    apart = pictures(lambda one: replace(one, title=one.title.replace(legs.what, worse.what)))(WHOLE)
    assert results(apart)["IPDAS", "QL6"].verdict == "not met"


def test_a_test_that_is_the_decision() -> None:
    """C7 to C10 apply where every change that is compared is a test, and wait for a person there."""
    alone = note(discuss(Profile(caffeine="none"), on=DAY, engine="reference"), rules=RULES)
    for number in range(7, 11):
        assert BEFORE["IPDAS", f"C{number}"].verdict == "not applicable"
        assert results(alone)["IPDAS", f"C{number}"].verdict == "not rated"
