"""The public strategies: whom `firing` draws, and that what they draw shrinks to the fewest facts."""

from typing import TypeVar

import pytest
from hypothesis import HealthCheck, Phase, assume, find, given, settings
from hypothesis import strategies as st

from rls_rules import Profile, discuss, load_rules
from rls_rules.conditions import All, Any, Condition
from rls_rules.person import Person
from rls_rules.program import compiled
from rls_rules.search import fewest, known
from rls_rules.testing import firing, profiles
from rls_rules.theorems import Ground
from tests.small import EVERYONE, conditions, hears, known_in, possible, small_rules

RULES = load_rules()
T = TypeVar("T")


def simplest(strategy: st.SearchStrategy[T]) -> T:
    """What a strategy shrinks to, whatever was drawn first."""
    quick = settings(
        phases=(Phase.generate, Phase.shrink), database=None, suppress_health_check=[*HealthCheck]
    )
    return find(strategy, lambda _: True, settings=quick)


@settings(max_examples=15)
@given(st.sampled_from([*RULES.points]), st.data())
def test_firing_draws_people_who_hear_the_point(point: str, data: st.DataObject) -> None:
    """Whoever is drawn hears the point that was asked for."""
    person: Profile = data.draw(firing(RULES, point))
    assert point in {one.id for one in discuss(person, rules=RULES).points}


def test_firing_of_several_points_shows_them_all() -> None:
    """Two points may be asked for at once; of points that nobody hears together, nobody is drawn."""
    tension = next(one for one in RULES.tensions.values() if len(one.points) > 1)

    @settings(max_examples=10)
    @given(firing(RULES, *tension.points))
    def together(person: Profile) -> None:
        assert {*tension.points} <= {one.id for one in discuss(person, rules=RULES).points}

    together()
    points = RULES.points.values()
    adults, children = (
        next(one.id for one in points if one.population == population)
        for population in ("adults", "children")
    )
    apart = (adults, children)

    with pytest.raises(ValueError, match="nobody hears all"):
        firing(RULES, *apart)


@pytest.mark.parametrize("point", [*RULES.points][::10])
def test_a_person_who_hears_a_point_shrinks_to_the_fewest_facts(point: str) -> None:
    """Somebody who hears a shipped point shrinks to as few facts as the smallest region of it has."""
    ground = Ground(compiled(RULES))
    space = ground.program.space
    smallest = fewest(space, ground.boxes(point), ground.nobody)
    assert smallest is not None
    person = Person(ground.program, simplest(firing(RULES, point)))
    assert known(space, person.box) == known(space, smallest)


@settings(max_examples=15, suppress_health_check=[HealthCheck.nested_given, HealthCheck.filter_too_much])
@given(conditions(), conditions(), conditions(), st.lists(conditions(), max_size=1))
def test_nobody_who_hears_a_point_has_told_less(
    one: Condition, two: Condition, other: Condition, never: list[Condition]
) -> None:
    """In a small rule base, whoever hears the point has told at least as much as the one that is shrunk to."""
    rules = small_rules({"p": Any((All((one, two)), other))}, never=never)
    hearing = [known_in(who) for who in EVERYONE if possible(rules, who) and hears(rules, "p", who)]
    assume(hearing)
    assert known_in(simplest(firing(rules, "p"))) == min(hearing)


def test_anybody_shrinks_to_what_matters() -> None:
    """The simplest person has told nothing, and the simplest adult an age of 18."""
    assert simplest(profiles(RULES)) == Profile()
    adults = profiles(RULES).filter(lambda one: one.age is not None and one.age >= 18)
    assert simplest(adults) == Profile(age=18)
