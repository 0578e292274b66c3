"""Nobody's situation ends in silence: each fact about a person, and the statements that this person hears."""

from pathlib import Path

import pytest
import yaml
from pydantic import BaseModel

from rls_rules import Discussion, Profile, discuss, load_rules

RULES = load_rules()
QUIET = {"iron-results-are-not-known", "triggers-are-not-known"}
"""What everyone hears of whom nothing is known."""


class Heard(BaseModel):
    """A person, and statements that this person hears."""

    given: dict[str, object]
    statements: list[str]


class Situation(BaseModel):
    """A fact about people, the statements that speak of it, and who hears them."""

    fact: str
    statements: list[str]
    heard: list[Heard]


TABLE = yaml.safe_load((Path(__file__).parent / "situations.yaml").read_text(encoding="utf-8"))
SITUATIONS = [Situation.model_validate(row) for row in TABLE["situations"]]
PEOPLE = [(row.fact, person) for row in SITUATIONS for person in row.heard]


def discussion_of(given: dict[str, object]) -> Discussion:
    """The discussion of a person, by the definition of the language."""
    return discuss(Profile.model_validate(given), engine="reference")


def heard_in(discussion: Discussion) -> set[str]:
    """The statements behind the points, tensions and options of a discussion."""
    sayings = [
        saying
        for one in discussion.options
        for saying in (*one.option.benefits, *one.option.harms, *one.option.living_with)
    ]
    said = [said.statement for tension in discussion.tensions for said in tension.positions]
    points = [name for point in discussion.points for name in point.cites]
    return {*said, *points, *(name for saying in sayings for name in saying.cites)}


@pytest.mark.parametrize(("fact", "person"), PEOPLE, ids=[f"{fact}: {one.given}" for fact, one in PEOPLE])
def test_statements_reach_the_people_they_are_about(fact: str, person: Heard) -> None:
    """A person with the fact, and the least that the statements need, hears each of them."""
    assert person.statements, fact
    assert not set(person.statements) - heard_in(discussion_of(person.given))


@pytest.mark.parametrize("row", SITUATIONS, ids=lambda row: row.fact)
def test_what_may_be_cited_is_heard(row: Situation) -> None:
    """Every statement of a situation that was checked is heard by someone in it, and no other is."""
    heard = {name for person in row.heard for name in person.statements}
    assert heard == {name for name in row.statements if RULES.citable(name)}


@pytest.mark.parametrize("row", SITUATIONS, ids=lambda row: row.fact)
def test_what_was_not_checked_is_not_heard(row: Situation) -> None:
    """An unchecked statement of a situation reaches nobody in it."""
    unchecked = {name for name in row.statements if not RULES.citable(name)}
    for person in row.heard:
        assert not unchecked & heard_in(discussion_of(person.given))


ALONE = [(row, one.given) for row in SITUATIONS for one in row.heard if len(one.given) == 1]


@pytest.mark.parametrize(("row", "given"), ALONE, ids=[f"{row.fact}: {given}" for row, given in ALONE])
def test_the_fact_alone_is_not_met_with_silence(row: Situation, given: dict[str, object]) -> None:
    """Of whom only one thing is known, a point rests on one of the statements about it."""
    points = [point for point in discussion_of(given).points if point.id not in QUIET]
    assert any(set(point.cites) & set(row.statements) for point in points)


def test_every_checked_statement_is_heard_by_someone() -> None:
    """Every statement that may be cited reaches one of the people in the examples of the rules."""
    people = [example.given for point in RULES.points.values() for example in point.examples]
    heard = {name for given in people for name in heard_in(discussion_of(given))}
    assert {name for name in RULES.statements if RULES.citable(name)} <= heard
