"""A violation that needs four facts at once is found, with the person who has just these, in the right places."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from rls_rules import RuleBase, load_rules
from rls_rules.conditions import All, Compare, Condition, Known, OneOf
from rls_rules.items import Hazard, TalkingPoint
from rls_rules.loader import read_rules, shipped_rules
from rls_rules.proof import prove
from rls_rules.witness import as_yaml
from tests.made_up import assembled, point

FOUR = (
    OneOf("drives", (True,)),
    OneOf("falls", (True,)),
    OneOf("kidney", ("dialysis",)),
    Compare("age", "at_least", 65.0),
)
"""What the person of each violation has."""
THEIR_ANSWERS = "{age: 65.0, kidney: dialysis, falls: true, drives: true}"
OPTION = ("no-change",)
ADULT = Compare("age", "at_least", 18.0)


def every(*parts: Condition) -> Condition:
    """All of some parts."""
    return All(parts)


def opposed() -> RuleBase:
    """A point for an option and one against it, two facts each."""
    one = point("for", every(*FOUR[:2]), "favours", OPTION)
    return assembled({}, [one, point("against", every(*FOUR[2:]), "advises_against", OPTION)])


def population() -> RuleBase:
    """A point shown to four facts, which cites a statement about people of whom a fifth is so."""
    made = point("about-others", every(*FOUR))
    rules = assembled({}, [made])
    cited = made.cites[0]
    only = rules.statements[cited].model_copy(update={"only_for": every(*FOUR, OneOf("obesity", (True,)))})
    return replace(rules, statements={**rules.statements, cited: only})


def lost() -> RuleBase:
    """A caution for four facts that rests on a gap in a fifth."""
    return assembled({}, [point("goes-away", every(*FOUR, Known("obesity", known=False)), "cautions")])


def child() -> RuleBase:
    """A point for children that is shown to somebody of whom four facts are known."""
    return assembled({}, [point("not-a-child", every(*FOUR), population="children")])


def unheard() -> RuleBase:
    """A danger of a medicine in a situation of four facts; the point wants a fifth."""
    heard = point("warning", every(*FOUR, OneOf("obesity", (True,))), "cautions")
    rules = assembled({}, [heard])
    hazard = Hazard(
        id="danger", medicine="baclofen", when=every(*FOUR), point="warning", cites=(heard.cites[0],)
    )
    return replace(rules, hazards={"danger": hazard})


@pytest.mark.parametrize(
    ("theorem", "rules", "person"),
    [
        ("opposition-announced", opposed, THEIR_ANSWERS),
        ("populations-respected", population, THEIR_ANSWERS),
        ("cautions-stay", lost, THEIR_ANSWERS.replace(", drives", ", obesity: false, drives")),
        ("ages-respected", child, THEIR_ANSWERS),
        (
            "hazards-heard",
            unheard,
            THEIR_ANSWERS.replace("kidney", "current_medicines: {includes: [baclofen]}, kidney", 1),
        ),
    ],
)
def test_a_person_of_four_facts_refutes(theorem: str, rules: object, person: str) -> None:
    """The theorem is refuted by the person with exactly the facts that it takes, and the engine says so too."""
    assert callable(rules)
    (result,) = prove(rules(), names=[theorem])
    assert result.verdict == "refuted"
    one = result.counterexamples[0]
    assert one.person is not None
    assert as_yaml(one.person) == person
    assert one.replayed is True


@pytest.mark.parametrize(
    ("theorem", "points"),
    [
        ("can-be-shown", [point("dead", every(*FOUR, OneOf("kidney", ("normal",))))]),
        ("no-duplicates", [point("wide", ADULT), point("narrow", every(*FOUR))]),
        (
            "nothing-implied",
            [point("wide", ADULT, "favours", OPTION), point("narrow", every(*FOUR), "favours", OPTION, 1)],
        ),
    ],
)
def test_a_point_of_four_facts_refutes(theorem: str, points: list[TalkingPoint]) -> None:
    """A contradiction, or a point implied by another, is found among four facts; nobody need be shown."""
    (result,) = prove(assembled({}, points), names=[theorem])
    assert result.verdict == "refuted"
    assert len(result.counterexamples) == 1
    assert f"`{points[-1].id}`" in result.counterexamples[0].message
    assert result.counterexamples[0].person is None


def test_a_tension_of_four_facts_that_never_meet_refutes() -> None:
    """A tension whose points contradict each other in the last of four facts is found."""
    points = [point("one", every(*FOUR)), point("two", every(*FOUR[:3], Compare("age", "below", 65.0)))]
    rules = assembled({}, points, tensions=[["one", "two"]])
    (result,) = prove(rules, names=["tensions-meet"])
    assert result.verdict == "refuted"


def test_the_places_of_an_opposition_in_an_overlay(tmp_path: Path) -> None:
    """Two points of an overlay that oppose each other are named with their file, line and column."""
    topic = {"topic": "ours", "title": "Ours", "about": "What we add."}
    head = "".join(f"{key}: {value}\n" for key, value in topic.items()) + "points:\n"
    lines = head
    for name, stance, when, other in (
        ("ours-for", "favours", {"drives": True, "falls": True}, {"drives": False}),
        ("ours-against", "advises_against", {"kidney": "dialysis", "age": {"at_least": 65}}, {"age": 20}),
    ):
        given = {**when, **({"age": 65} if "age" in when else {})}
        item = {
            "id": name,
            "stance": stance,
            "options": ["no-change"],
            "title": "This is ours",
            "text": "This is ours.",
            "clinician_text": "This is ours.",
            "when": when,
            "cites": ["A25-G1a"],
            "examples": [{"given": given, "expect": "shown"}, {"given": other, "expect": "silent"}],
            "reviewed": {"on": "2026-05-01", "due": "2027-05-01"},
        }
        lines += f"  - {json.dumps(item)}\n".replace('"2026-05-01"', "2026-05-01").replace(
            '"2027-05-01"', "2027-05-01"
        )
    (tmp_path / "topics").mkdir()
    file = tmp_path / "topics" / "ours.yaml"
    file.write_text(lines)
    (result,) = prove(read_rules(shipped_rules(), tmp_path), names=["opposition-announced"])
    ours = [
        one
        for one in result.counterexamples
        if "`ours-for`" in one.message and "`ours-against`" in one.message
    ]
    assert [[(place.file, place.line) for place in one.places] for one in ours] == [
        [(file.as_posix(), 5), (file.as_posix(), 6)]
    ]
    assert as_yaml(ours[0].person or pytest.fail("nobody refutes it")) == THEIR_ANSWERS
    assert ours[0].replayed is True


def test_the_shipped_rules_are_what_the_tests_build_on() -> None:
    """The option that these tests speak of is a shipped one."""
    assert OPTION[0] in load_rules().options
