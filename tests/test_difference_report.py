"""A difference in words: part by part, what matters most first, and no more than there is to review."""

from dataclasses import replace
from typing import Any

from rls_rules import load_rules
from rls_rules.conditions import All, Compare, Not, OneOf
from rls_rules.conditions import Any as Either
from rls_rules.difference import difference
from rls_rules.difference_report import as_advice, as_text
from rls_rules.item_changes import Change
from rls_rules.profile import Profile
from rls_rules.program import compiled
from rls_rules.witness import in_words
from tests.small import small_rules

DRIVES = OneOf("drives", (True,))
SEVERE = OneOf("severity", ("severe",))
OLDER = Compare("age", "at_least", 2.0)


def test_words_citations_and_options() -> None:
    """Each part of a point that changed is named, with what went and what came."""
    old = small_rules({"p": DRIVES}, title="Old", ask="Why?", options=("a", "b"), cites=("A25-G1a", "OT-1"))
    new = small_rules({"p": DRIVES}, title="New", ask=None, options=("b", "c"), cites=("OT-1",))
    (change,) = difference(old, new).points
    assert change.meaning == "same"
    assert {part.part: (part.removed, part.added) for part in change.changes} == {
        "title": (("Old",), ("New",)),
        "ask": (("Why?",), ()),
        "options": (("a",), ("c",)),
        "cites": ((f"A25-G1a: {load_rules().statements['A25-G1a'].says}",), ()),
    }


def test_a_finding_names_the_points_that_rest_on_it() -> None:
    """A finding that changed is listed with the points that rest on it, also through another finding."""
    when = {"p": OneOf("d1", (True,)), "q": DRIVES}
    upper = OneOf("d0", (True,))
    old = small_rules(when, {"d0": DRIVES, "d1": upper})
    new = small_rules(when, {"d0": Not(DRIVES), "d1": upper})
    found = difference(old, new)
    assert [(item.kind, item.id, item.points) for item in found.items] == [("finding", "d0", ("p",))]
    (change,) = found.points
    assert (change.id, change.meaning) == ("p", "different")


def test_names_stand_in_place_in_the_words() -> None:
    """A person's medicines are named where the sentence wants them, not after it."""
    rules = load_rules()
    profile = Profile.model_validate({"past_medicines": {"includes": ["alpha2delta-ligand"]}})
    (said,) = in_words(compiled(rules), profile)
    frame = rules.words["past_medicines"].reads["includes"]
    assert said == frame.format(member=rules.classes["alpha2delta-ligand"].name)


def test_tensions() -> None:
    """Tensions that came, went or say something else are listed with their points."""
    rules = load_rules()
    name, *others = rules.tensions
    reworded = rules.tensions[name].model_copy(update={"title": "Another title"})
    left = {other: rules.tensions[other] for other in others[1:]}
    found = difference(rules, replace(rules, tensions={name: reworded, **left}))
    assert {(item.id, item.what) for item in found.items} == {(name, "changed"), (others[0], "removed")}
    assert all(item.points for item in found.items)


def test_only_the_parts_of_a_condition_that_differ_are_said() -> None:
    """What both conditions want is left out; from "all" to "any" is said as such."""
    old = small_rules({"p": All((DRIVES, SEVERE)), "q": All((DRIVES, SEVERE))})
    new = small_rules({"p": All((DRIVES, OLDER)), "q": Either((DRIVES, SEVERE))})
    first, second = difference(old, new).points
    drives, severe = "you drive or work with machines", "you call your symptoms severe"
    assert first.changes == (Change("when", (severe,), ("you are at least 2 years old",)),)
    assert second.changes == (Change("when", (drives, severe), ()), Change("when any", (), (drives, severe)))


def test_a_condition_is_not_changed_by_other_words_of_a_finding() -> None:
    """Where only the words of a finding changed, neither a point nor another finding on it is said to be for others."""
    findings = {"d0": DRIVES, "d1": OneOf("d0", (True,))}
    old = small_rules({"p": OneOf("d1", (True,))}, findings)
    reworded = old.findings["d0"].model_copy(update={"reads": "something else"})
    new = small_rules({"p": OneOf("d1", (True,))}, findings)
    new.findings["d0"] = reworded  # type: ignore[index]
    found = difference(old, new)
    assert found.points == ()
    assert [(one.id, [part.part for part in one.changes]) for one in found.items] == [("d0", ["reads"])]


def test_a_name_that_means_something_else_is_told_apart() -> None:
    """Who hears a point only by an option's new name is no reason to count it among those that other people hear."""
    old = load_rules()
    option = old.options["oral-iron"].model_copy(update={"name": "iron that one swallows"})
    new = replace(old, options={**old.options, "oral-iron": option})
    found = difference(old, new)
    assert {one.meaning for one in found.points} == {"renamed"}
    assert [one.id for one in found.items if one.kind == "name"] == [option.name]
    text = as_text(found)
    assert "Points that other people hear now" not in text
    assert "only because a name means something else: " in text
    assert as_advice(found) == f"### Advice\n\n- Name `{option.name}`: added, for whoever gives it.\n"


def test_a_lost_caution_comes_with_what_is_heard_instead() -> None:
    """Of somebody who loses a caution, the points are named that they hear now and did not before."""
    old = small_rules({"p": DRIVES})
    new = small_rules({"p": All((DRIVES, OLDER)), "q": DRIVES})
    (lost,) = difference(old, new).cautions_removed
    assert lost.instead == ("q",)
    assert "this person now hears instead: `q`" in as_text(difference(old, new))


def test_options_statements_and_dangers() -> None:
    """What a note says of an option, what a statement says and what must be heard are compared as well."""
    old = load_rules()
    option = old.options["oral-iron"].model_copy(update={"what": "This is something else."})
    name = next(one for one in old.statements if old.citable(one))
    statement = old.statements[name].model_copy(update={"says": "It says something else."})
    hazard, *hazards = old.hazards.values()
    narrower = hazard.model_copy(update={"when": All((hazard.when, DRIVES))})
    new = replace(
        old,
        options={**old.options, option.id: option},
        statements={**old.statements, name: statement},
        hazards={one.id: one for one in (narrower, *hazards[1:])},
    )
    found = difference(old, new)
    assert {(one.kind, one.id, one.what) for one in found.items} == {
        ("option", "oral-iron", "changed"),
        ("statement", name, "changed"),
        ("hazard", hazard.id, "changed"),
        ("hazard", hazards[0].id, "removed"),
    }
    assert found.points == ()


def _reworded(was: str, is_: str) -> str:
    old, new = (small_rules({"p": DRIVES}, text=text) for text in (was, is_))
    return as_text(difference(old, new))


def test_only_sentences_that_differ_are_repeated() -> None:
    """Of a text, only the sentences that went and came are shown; all of them if they only changed places."""
    assert _reworded("This stays. This goes.", "This stays. This comes.").endswith(
        "    what it says\n      - This goes.\n      + This comes.\n"
    )
    assert _reworded("This stays.", "This stays. This comes.").endswith(
        "    what it says\n      + This comes.\n"
    )
    assert _reworded("One. Two.", "Two. One.").endswith("      - One. Two.\n      + Two. One.\n")


def test_of_many_points_that_rest_on_something_a_few_are_named() -> None:
    """The text names five points at most; the rest are counted."""
    when = OneOf("d0", (True,))
    points = {f"p{i}": when for i in range(7)}
    found = difference(small_rules(points, {"d0": DRIVES}), small_rules(points, {"d0": Not(DRIVES)}))
    assert len(found.items[0].points) == 7
    assert "    on it rest: `p0`, `p1`, `p2`, `p3`, `p4` and 2 more\n" in as_text(found)


SAID = """\
old rules {old}, new rules {new}

Somebody no longer hears a caution, an advice against, or an urgent point (2)
  `p`: The title
    somebody no longer hears it: heard before, for example, by somebody who says: you drive or work with machines
      given: {{drives: true}}
    this person now hears instead: nothing new
  `q`: The title
    removed, and nothing replaces it: heard before, for example, by somebody who says: you call your symptoms severe
      given: {{severity: severe}}
    this person now hears instead: nothing new

Points that other people hear now (1)
  `p` (cautions, routine): The title
    no longer heard, for example, by somebody who says: you drive or work with machines
      given: {{drives: true}}
    for whom, all of
      + you are at least 2 years old

Points that are gone (1)
  `q` (cautions, routine): The title
    no longer heard, for example, by somebody who says: you call your symptoms severe
      given: {{severity: severe}}
    what it says
      - This is so.
    what clinicians read
      - It is so.
    population
      - everyone
    options it speaks of
      - o
    sources
      - OT-1: {says}
    for whom, all of
      - you call your symptoms severe

Points that are new (1)
  `r` (cautions, routine): The title
    now heard, for example, by somebody who says: you do not drive or work with machines
      given: {{drives: false}}
    what it says
      + This is so.
    what clinicians read
      + It is so.
    population
      + everyone
    options it speaks of
      + o
    sources
      + OT-1: {says}
    for whom, all of
      + you do not drive or work with machines
"""
WORDS: dict[str, Any] = {
    "title": "The title", "text": "This is so.", "clinician_text": "It is so.", "ask": None,
    "population": "everyone", "options": ("o",), "cites": ("OT-1",),
}  # fmt: skip


def test_a_difference_as_text() -> None:
    """The text says first who loses a warning, then for each point for whom it is now and what it says."""
    old = small_rules({"p": DRIVES, "q": SEVERE}, **WORDS)
    new = small_rules({"p": All((DRIVES, OLDER)), "r": OneOf("drives", (False,))}, **WORDS)
    found = difference(old, new)
    says = load_rules().statements["OT-1"].says
    assert as_text(found) == SAID.format(old=found.old, new=found.new, says=says)
