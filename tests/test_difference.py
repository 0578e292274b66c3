"""What differs between two rule bases, against trying everybody."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rls_rules import Profile, discuss, load_rules
from rls_rules.conditions import All, Compare, Condition, OneOf
from rls_rules.conditions import Any as Either
from rls_rules.difference import PointChange, Somebody, difference
from rls_rules.difference_report import as_advice, as_text
from rls_rules.items import Medicine, Retired
from rls_rules.rulebase import RuleBase
from tests.small import EVERYONE, conditions, hears, known_in, possible, small_rules

DRIVES, RETIRED_ON = OneOf("drives", (True,)), date(2026, 1, 1)
SEVERE = OneOf("severity", ("severe",))


@st.composite
def drawn(draw: st.DrawFn) -> RuleBase:
    """A rule base of one point, with two findings on two levels, that may hold something impossible."""
    findings = {"d0": draw(conditions())}
    findings["d1"] = draw(conditions(findings=("d0",)))
    when = draw(conditions(findings=("d0", "d1"), gaps=True))
    return small_rules({"p": when}, findings, draw(st.lists(conditions(), max_size=1)))


def one(old: RuleBase, new: RuleBase) -> PointChange | None:
    """What became of the point `p`."""
    return next((change for change in difference(old, new).points if change.id == "p"), None)


def heard_in(rules: RuleBase, profile: Profile) -> set[str]:
    """The points that the engine shows."""
    return {point.id for point in discuss(profile, rules=rules, engine="reference").points}


@settings(max_examples=60)
@given(drawn(), drawn())
def test_who_gains_and_who_loses_is_exact(old: RuleBase, new: RuleBase) -> None:
    """Somebody is said to gain or lose a point exactly if trying everybody finds one; nobody knows less than they do."""
    both = [facts for facts in EVERYONE if possible(old, facts) and possible(new, facts)]
    gain = [facts for facts in both if hears(new, "p", facts) and not hears(old, "p", facts)]
    lose = [facts for facts in both if hears(old, "p", facts) and not hears(new, "p", facts)]
    change = one(old, new)
    for people, somebody, before, after in (
        (gain, change.gains if change else None, old, new),
        (lose, change.loses if change else None, new, old),
    ):
        assert (somebody is not None) is bool(people)
        if somebody is not None:
            assert known_in(somebody.profile) == min(map(known_in, people))
            assert "p" in heard_in(after, somebody.profile)
            assert "p" not in heard_in(before, somebody.profile)
            assert Profile.from_yaml(somebody.given) == somebody.profile
    written = old.points["p"].when != new.points["p"].when
    if change is not None and (gain or lose):
        assert change.meaning == "different"
    elif written:
        assert change is not None
        assert change.meaning == "rewritten"


@settings(max_examples=30)
@given(drawn(), conditions())
def test_equivalent_conditions_are_said_to_be(rules: RuleBase, other: Condition) -> None:
    """A condition that is written differently for the same people is unchanged in meaning."""
    when = rules.points["p"].when
    absorbed = Either((when, All((when, other))))
    point = rules.points["p"].model_copy(update={"when": absorbed})
    new = replace(rules, points={"p": point})
    new.__dict__.update({name: rules.__dict__[name] for name in ("vocabulary", "answered_by_everyone")})
    change = one(rules, new)
    assert change is not None
    assert (change.meaning, change.gains, change.loses) == ("rewritten", None, None)
    assert difference(rules, new).cautions_removed == ()


@settings(max_examples=20)
@given(drawn())
def test_nothing_differs_from_itself(rules: RuleBase) -> None:
    """A rule base does not differ from itself."""
    found = difference(rules, rules)
    assert (found.points, found.items, found.cautions_removed) == ((), (), ())
    assert "nothing differs" in as_text(found)
    assert "Nobody hears anything different." in as_advice(found)


@settings(max_examples=40)
@given(drawn(), drawn())
def test_a_caution_is_lost_exactly_if_somebody_loses_it(old: RuleBase, new: RuleBase) -> None:
    """A caution counts as removed exactly if somebody who is possible in both no longer hears it."""
    lost = any(
        hears(old, "p", facts) and not hears(new, "p", facts)
        for facts in EVERYONE
        if possible(old, facts) and possible(new, facts)
    )
    assert bool(difference(old, new).cautions_removed) is lost


@pytest.mark.parametrize(
    ("before", "after", "lost"),
    [
        ({"stance": "cautions"}, {"stance": "informs"}, True),
        ({"stance": "cautions"}, {"stance": "advises_against"}, False),
        ({"stance": "advises_against"}, {"stance": "cautions"}, True),
        ({"stance": "informs"}, {"stance": "asks"}, False),
        ({"stance": "asks", "urgency": "urgent"}, {"stance": "asks", "urgency": "soon"}, True),
        ({"stance": "informs", "urgency": "soon"}, {"stance": "informs", "urgency": "routine"}, False),
    ],
)
def test_a_weaker_warning_counts_as_removed(
    before: dict[str, Any], after: dict[str, Any], *, lost: bool
) -> None:
    """A warning that still is heard, but warns less, counts as removed."""
    found = difference(small_rules({"p": DRIVES}, **before), small_rules({"p": DRIVES}, **after))
    assert bool(found.cautions_removed) is lost


def _retired(rules: RuleBase, **became: str | None) -> RuleBase:
    """The same rules with some ids retired."""
    retired = {
        name: Retired(id=name, on=RETIRED_ON, why="renamed", replaced_by=by) for name, by in became.items()
    }
    made = replace(rules, retired=retired)
    made.__dict__.update({name: rules.__dict__[name] for name in ("vocabulary", "answered_by_everyone")})
    return made


def test_a_renamed_caution_is_not_removed() -> None:
    """A point that `retired.yaml` says was replaced is compared with what replaced it, over several renamings."""
    old = small_rules({"first": DRIVES})
    new = _retired(small_rules({"third": DRIVES}), first="second", second="third")
    found = difference(old, new)
    assert [(one.id, one.what, one.formerly) for one in found.points] == [("third", "changed", ("first",))]
    assert found.cautions_removed == ()


def test_a_caution_whose_replacement_is_narrower_is_removed() -> None:
    """A replacement that fewer hear does not hide that a caution went."""
    new = _retired(small_rules({"second": All((DRIVES, SEVERE))}), first="second")
    (lost,) = difference(small_rules({"first": DRIVES}), new).cautions_removed
    assert (lost.point, known_in(lost.somebody.profile)) == ("first", 1)


@pytest.mark.parametrize("by", [None, "first", "nowhere"])
def test_a_retired_caution_without_a_replacement_is_removed(by: str | None) -> None:
    """An id that is retired and leads to no point, or in a circle, was removed."""
    found = difference(small_rules({"first": DRIVES}), _retired(small_rules({}), first=by))
    assert [one.what for one in found.points] == ["removed"]
    assert [lost.point for lost in found.cautions_removed] == ["first"]


def test_merged_points() -> None:
    """Two points that became one: only who heard neither gains it."""
    old = small_rules({"a": DRIVES, "b": SEVERE})
    new = _retired(small_rules({"b": Either((DRIVES, SEVERE, Compare("age", "at_least", 2.0)))}), a="b")
    (change,) = difference(old, new).points
    assert change.formerly == ("a",)
    assert change.gains is not None
    assert change.gains.given == "{age: 2.0}"


def _with_medicine(rules: RuleBase, **parts: object) -> RuleBase:
    """The shipped rules with one more medicine."""
    made = Medicine.model_validate(
        {"id": "newferrous", "name": "new ferrous", "classes": ("iron-by-mouth",), **parts}
    )
    return replace(rules, medicines={**rules.medicines, made.id: made})


def _replays(change: PointChange, old: RuleBase, new: RuleBase) -> None:
    def check(somebody: Somebody | None, before: RuleBase, after: RuleBase) -> None:
        if somebody is not None:
            assert change.id in heard_in(after, somebody.profile)
            assert change.id not in heard_in(before, somebody.profile)

    check(change.gains, old, new)
    check(change.loses, new, old)


def test_a_new_medicine_reaches_the_points_about_its_class() -> None:
    """Whoever takes a medicine that only the new rules know now hears what they say of its class."""
    old = load_rules()
    new = _with_medicine(old)
    found = difference(old, new)
    gained = [change for change in found.points if change.gains is not None]
    assert any("new ferrous" in str(change.gains) for change in gained)
    assert not any(change.loses for change in found.points)
    assert found.cautions_removed == ()
    for change in found.points:
        _replays(change, old, new)


@pytest.mark.parametrize("reverse", [False, True])
def test_a_medicine_in_another_class(*, reverse: bool) -> None:
    """A medicine that moved to another class brings the points of one class and loses those of the other."""
    old = _with_medicine(load_rules())
    new = _with_medicine(load_rules(), classes=("iron-by-drip",))
    if reverse:
        old, new = new, old
    found = difference(old, new)
    assert any(change.gains for change in found.points)
    assert any(change.loses for change in found.points)
    assert found.cautions_removed
    for change in found.points:
        _replays(change, old, new)


def test_a_tested_medicine_in_another_class() -> None:
    """A medicine that conditions name themselves may change its class as well, and the examples replay."""
    old = load_rules()
    tested = {name for name in old.vocabulary["current_medicines"].values if name in old.medicines}
    name = min(tested, key=lambda one: (len(old.classes_of[one]), one))
    moved = old.medicines[name].model_copy(update={"classes": ("iron-by-mouth",)})
    new = replace(old, medicines={**old.medicines, name: moved})
    for before, after in ((old, new), (new, old)):
        found = difference(before, after)
        assert found.points
        for change in found.points:
            _replays(change, before, after)


def test_the_same_rules_give_the_same_difference() -> None:
    """A difference is deterministic."""
    old, new = small_rules({"p": DRIVES, "q": SEVERE}), small_rules({"p": SEVERE})
    assert as_text(difference(old, new)) == as_text(difference(old, new))
