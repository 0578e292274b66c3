"""Small rule bases over four facts, and every theorem about them decided by asking everybody.

Each function below a theorem's name says what its sentence says, of the conditions as they are defined;
it returns what is wrong, by the names that a report must give.
"""

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property

from hypothesis import strategies as st

from rls_rules import RuleBase, load_rules
from rls_rules.conditions import (
    COMPARE,
    All,
    Any,
    Compare,
    Condition,
    Contains,
    Known,
    Not,
    OneOf,
    evaluate,
    facts_in,
)
from rls_rules.items import Example, Finding, Hazard, TalkingPoint
from rls_rules.options import Option
from rls_rules.profile import FACTS
from rls_rules.vocabulary import Answer, Answers
from tests.made_up import assembled, point
from tests.tiny import with_findings

Wrong = set[tuple[str, ...]]

MEDICINE = "pramipexole"
CLASS = "dopamine-agonist"
AGES = (10.0, 18.0, 40.0, 65.0, 70.0)
THRESHOLDS = (18.0, 65.0)
OPTIONS = ("no-change", "oral-iron")


def everyone() -> Iterator[dict[str, Answer]]:
    """Every profile that the conditions can tell apart: 648 of them, impossible ones among them."""
    maybe = (None, True, False)
    for iron, alcohol, age, medicine, class_ in itertools.product(
        maybe, (None, *FACTS["alcohol"].values), (None, *AGES), maybe, maybe
    ):
        taken = {name: one for name, one in ((MEDICINE, medicine), (CLASS, class_)) if one is not None}
        known = {"iron_overload": iron, "alcohol": alcohol, "age": age, "current_medicines": taken or None}
        yield {name: answer for name, answer in known.items() if answer is not None}


EVERYONE = tuple(everyone())


def forgetting(person: Answers, fact: str, member: str | None = None) -> dict[str, Answer]:
    """The same person, without one answer."""
    left = {name: answer for name, answer in person.items() if name != fact}
    if member is not None:
        answer = person[fact]
        assert isinstance(answer, Mapping)
        rest = {name: one for name, one in answer.items() if name != member}
        left |= {fact: rest} if rest else {}
    return left


def _told(person: Answers) -> frozenset[tuple[str, str]]:
    """Every single answer of a person, a member of a set at a time."""
    taken = person.get("current_medicines", {})
    assert isinstance(taken, Mapping)
    single = {(name, str(answer)) for name, answer in person.items() if name != "current_medicines"}
    return frozenset(single | {(name, str(one)) for name, one in taken.items()})


TOLD = [_told(one) for one in EVERYONE]
_PLACE = {told: i for i, told in enumerate(TOLD)}
TOLD_LESS = [
    [_PLACE[frozenset(some)] for n in range(len(told)) for some in itertools.combinations(told, n)]
    for told in TOLD
]
"""For each person, by number: who told less, and nothing else."""


@dataclass(frozen=True, eq=False)
class Crowd:
    """Everybody who is possible under a rule base, and which points they hear."""

    rules: RuleBase

    @cached_property
    def people(self) -> list[dict[str, Answer]]:
        """Everybody who can be."""
        return [EVERYONE[i] for i in self.numbers]

    @cached_property
    def numbers(self) -> list[int]:
        """The numbers of everybody who can be."""
        return [i for i, one in enumerate(EVERYONE) if self._possible(one)]

    def seen(self, person: Answers) -> dict[str, Answer]:
        """The answers, with the findings that follow."""
        return with_findings(person, {name: one.when for name, one in self.rules.findings.items()})

    def hears(self, person: Answers, point: str) -> bool:
        """Whether a person hears a point."""
        return evaluate(self.rules.points[point].when, self.seen(person)) is True

    @cached_property
    def heard(self) -> dict[str, set[int]]:
        """Which of the people hear each point."""
        seen = [self.seen(one) for one in self.people]
        return {
            name: {i for i, one in enumerate(seen) if evaluate(point.when, one) is True}
            for name, point in self.rules.points.items()
        }

    def where(self, condition: Condition) -> set[int]:
        """The people of whom a condition certainly holds."""
        return {i for i, one in enumerate(self.people) if evaluate(condition, self.seen(one)) is True}

    def _possible(self, person: Answers) -> bool:
        taken = person.get("current_medicines", {})
        assert isinstance(taken, Mapping)
        medicine, class_ = taken.get(MEDICINE), taken.get(CLASS)
        if (medicine is True and class_ is not True) or (class_ is False and medicine is not False):
            return False
        gaps: dict[str, tuple[Answer, ...]] = {"age": AGES, "alcohol": FACTS["alcohol"].values}
        open_ = [name for name in gaps if name in self.rules.answered_by_everyone and name not in person]
        return any(
            not any(
                evaluate(one.when, {**person, **dict(zip(open_, filled, strict=True))}) is True
                for one in self.rules.impossible.values()
            )
            for filled in itertools.product(*(gaps[name] for name in open_))
        )


# What each theorem says


def can_be_shown(crowd: Crowd) -> Wrong:
    """Every point can be shown to somebody."""
    return {(name,) for name, heard in crowd.heard.items() if not heard}


def not_for_everyone(crowd: Crowd) -> Wrong:
    """No point is shown to everyone, unless it is marked so (and then it is)."""
    everybody = {*range(len(crowd.people))}
    points = crowd.rules.points
    return {
        (name,) for name, heard in crowd.heard.items() if (heard == everybody) != points[name].for_everyone
    }


def opposition_announced(crowd: Crowd) -> Wrong:
    """Nobody hears one point for an option and one against it, unless a tension names both."""
    return {
        (one.id, option, other.id)
        for one, other in itertools.permutations(crowd.rules.points.values(), 2)
        for option in {*one.options} & {*other.options}
        if (one.stance, other.stance) == ("favours", "advises_against")
        and crowd.heard[one.id] & crowd.heard[other.id]
        and not any({one.id, other.id} <= {*both.points} for both in crowd.rules.tensions.values())
    }


def tensions_meet(crowd: Crowd) -> Wrong:
    """Somebody hears all points of each tension."""
    return {
        (name,)
        for name, tension in crowd.rules.tensions.items()
        if not set.intersection(*(crowd.heard[one] for one in tension.points))
    }


def _implied(crowd: Crowd, *, same: bool) -> Wrong:
    return {
        (one.id, other.id)
        for one, other in itertools.permutations(crowd.rules.points.values(), 2)
        if (one.stance, one.options) == (other.stance, other.options)
        and ({*one.cites} == {*other.cites}) is same
        and (same or one.options)
        and crowd.heard[one.id] <= crowd.heard[other.id]
    }


def no_duplicates(crowd: Crowd) -> Wrong:
    """No point is implied by another with the same stance, options and citations."""
    return _implied(crowd, same=True)


def nothing_implied(crowd: Crowd) -> Wrong:
    """No point is implied by another with the same stance and options, but other citations."""
    return _implied(crowd, same=False)


def cautions_stay(crowd: Crowd) -> Wrong:
    """Learning more never removes a caution or an urgent point."""
    wrong: Wrong = set()
    for one in crowd.rules.points.values():
        careful = one.stance in ("cautions", "advises_against") or one.urgency == "urgent"
        if careful and one.stance != "asks":
            hear = {crowd.numbers[i] for i in crowd.heard[one.id]}
            deaf = {*crowd.numbers} - hear
            if any(not hear.isdisjoint(TOLD_LESS[i]) for i in deaf):
                wrong.add((one.id,))
    return wrong


def hazards_heard(crowd: Crowd) -> Wrong:
    """Whoever is in a documented danger hears of it."""
    return {
        (name, hazard.point)
        for name, hazard in crowd.rules.hazards.items()
        if crowd.where(hazard.condition) - crowd.heard[hazard.point]
    }


def ages_respected(crowd: Crowd) -> Wrong:
    """Nobody below 18 hears a point for adults, and no adult one for children; nor anybody of unknown age."""

    def suits(person: Answers, population: str) -> bool:
        age = person.get("age")
        return isinstance(age, float) and (age >= 18) is (population == "adults")

    return {
        (name,)
        for name, one in crowd.rules.points.items()
        if one.population != "everyone"
        and any(not suits(crowd.people[i], one.population) for i in crowd.heard[name])
    }


def populations_respected(crowd: Crowd) -> Wrong:
    """Nobody hears, as if it were about them, a statement about other people."""
    wrong: Wrong = set()
    for name, one in crowd.rules.points.items():
        for cited in one.cites:
            only_for = crowd.rules.statements[cited].only_for
            if only_for is not None and cited not in one.beyond and crowd.heard[name] - crowd.where(only_for):
                wrong.add((name, cited))
    return wrong


def options_balanced(crowd: Crowd) -> Wrong:
    """Every option comes with a benefit or "no benefit shown", and a harm or "not studied"."""
    spoken_of = {"no-change"}.union(*(one.options for one in crowd.rules.points.values()))
    wrong: Wrong = set()
    for name in spoken_of:
        option = crowd.rules.options[name]
        if bool(option.benefits) == option.no_benefit_shown:
            wrong.add((name, "no_benefit_shown: true"))
        if bool(option.harms) == option.not_studied:
            wrong.add((name, "not_studied: true"))
    return wrong


def facts_matter(crowd: Crowd) -> Wrong:
    """Every fact is read by some rule, or is declared as only quoted."""
    read = {name for condition in crowd.rules.conditions for name in facts_in(condition)}
    return {
        (fact.name,)
        for fact in FACTS
        if fact.kind != "quoted"
        and (fact.name in read) is (crowd.rules.words[fact.name].only_quoted is not None)
    }


def answers_count(crowd: Crowd) -> Wrong:
    """Every answer brings somebody a point, or is declared to have nothing to say.

    It brings a point if somebody hears one that they would not hear without that answer.
    """
    read = {name for condition in crowd.rules.conditions for name in facts_in(condition)}
    wrong: Wrong = set()
    for fact, answers in (("iron_overload", (True, False)), ("alcohol", FACTS["alcohol"].values)):
        for answer in answers if fact in read else ():
            counts = _counts(crowd, _said(fact, answer), fact)
            if counts is (_name(answer) in crowd.rules.words[fact].nothing_to_say):
                wrong.add((f"{fact}: {_name(answer)}",))
    for member in crowd.rules.vocabulary["current_medicines"].values:

        def takes(one: Answers, member: str = member) -> bool:
            taken = one.get("current_medicines", {})
            return isinstance(taken, Mapping) and taken.get(member) is True

        if not _counts(crowd, takes, "current_medicines", member):
            wrong.add((f"current_medicines: {member}",))
    for age in AGES if "age" in read else ():
        if not _counts(crowd, _said("age", age), "age"):
            wrong.add(("age",))
    return wrong


def _said(fact: str, answer: object) -> Callable[[Answers], bool]:
    return lambda one: one.get(fact) == answer


def _name(answer: object) -> str:
    return str(answer).lower()


def _counts(crowd: Crowd, so: Callable[[Answers], bool], fact: str, member: str | None = None) -> bool:
    return any(
        so(crowd.people[i]) and not crowd.hears(forgetting(crowd.people[i], fact, member), name)
        for name, heard in crowd.heard.items()
        for i in heard
    )


def _answer(fact: str, told: object) -> Answer:
    """An answer as an example gives it."""
    return told if isinstance(told, bool) else float(str(told)) if fact == "age" else str(told)


def examples_hold(crowd: Crowd) -> Wrong:
    """Every example that must be shown or silent is so (or must be undecided)."""
    verdicts = {"shown": True, "silent": False, "undecided": None}
    wrong: Wrong = set()
    for one in crowd.rules.points.values():
        for example in one.examples:
            given: dict[str, Answer] = {name: _answer(name, told) for name, told in example.given.items()}
            impossible = any(evaluate(never.when, given) is True for never in crowd.rules.impossible.values())
            if impossible or evaluate(one.when, crowd.seen(given)) is not verdicts[example.expect]:
                wrong.add((one.id,))
    return wrong


BRUTE: dict[str, Callable[[Crowd], Wrong]] = {
    one.__name__.replace("_", "-"): one
    for one in (
        can_be_shown,
        not_for_everyone,
        opposition_announced,
        tensions_meet,
        no_duplicates,
        nothing_implied,
        cautions_stay,
        hazards_heard,
        ages_respected,
        populations_respected,
        examples_hold,
        options_balanced,
        answers_count,
        facts_matter,
    )
}
"""Each theorem that can be decided by asking everybody."""


# The rule bases


_LEAVES: st.SearchStrategy[Condition] = st.one_of(
    st.builds(OneOf, st.just("iron_overload"), st.sampled_from([(True,), (False,)])),
    st.builds(
        OneOf,
        st.just("alcohol"),
        st.sampled_from([("none",), ("some",), ("none", "some"), ("some", "heavy")]),
    ),
    st.builds(Compare, st.just("age"), st.sampled_from(sorted(COMPARE)), st.sampled_from(THRESHOLDS)),
    st.builds(Contains, st.just("current_medicines"), st.sampled_from([MEDICINE, CLASS])),
)
_GAPS = st.builds(Known, st.sampled_from(["iron_overload", "alcohol", "age"]), st.booleans()) | st.builds(
    Known, st.just("current_medicines"), st.booleans(), st.sampled_from([MEDICINE, CLASS])
)


@cache
def conditions(findings: tuple[str, ...] = (), *, gaps: bool = False) -> st.SearchStrategy[Condition]:
    """A condition over the four facts and some findings, with gaps (never under a negation) or without."""
    tests = _LEAVES
    for name in findings:
        tests |= st.builds(OneOf, st.just(name), st.sampled_from([(True,), (False,)]))
    plain = st.recursive(tests, lambda parts: _joined(parts) | st.builds(Not, parts), max_leaves=4)
    return st.recursive(plain | _GAPS, _joined, max_leaves=4) if gaps else plain


def _joined(parts: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    several = st.lists(parts, min_size=1, max_size=3).map(tuple)
    return st.builds(All, several) | st.builds(Any, several)


@st.composite
def rule_bases(draw: st.DrawFn) -> RuleBase:
    """A rule base over four facts, with every kind of thing that a theorem speaks of, right or wrong."""
    shipped = load_rules()
    findings: dict[str, Finding] = {}
    for level in range(3):
        when = draw(conditions(tuple(findings)))
        findings[f"made_{level}"] = Finding(
            id=f"made_{level}", reads="may be", reads_not="may not be", when=when
        )
    statements = [name for name in shipped.statements if shipped.citable(name)][:2]
    points = [_point(draw, f"p{i}", tuple(findings)) for i in range(draw(st.integers(1, 4)))]
    ids = [one.id for one in points]
    rules = assembled(
        findings,
        points,
        draw(st.lists(conditions(), max_size=2)),
        draw(st.lists(st.lists(st.sampled_from(ids), min_size=1, max_size=2, unique=True), max_size=2)),
        draw(st.sets(st.sampled_from(["age", "alcohol"]))),
    )
    about = {name: draw(st.none() | conditions()) for name in statements}
    hazards = {
        f"h{i}": Hazard(
            id=f"h{i}",
            medicine=draw(st.sampled_from([MEDICINE, CLASS])),
            when=draw(conditions()),
            point=draw(st.sampled_from(ids)),
            cites=(statements[0],),
        )
        for i in range(draw(st.integers(0, 2)))
    }
    words = {
        name: one.model_copy(
            update={
                "nothing_to_say": {
                    answer: "so it is"
                    for answer in ("true", "false", "none", "some", "heavy")
                    if name in ("iron_overload", "alcohol") and draw(st.booleans())
                },
                "only_quoted": draw(st.none() | st.just("it is"))
                if name in ("age", "alcohol", "falls")
                else None,
            }
        )
        for name, one in rules.words.items()
    }
    return replace(
        rules,
        statements={
            name: one.model_copy(update={"only_for": about.get(name)})
            for name, one in shipped.statements.items()
        },
        hazards=hazards,
        words=words,
        options={**shipped.options} | {name: _option(draw, shipped.options[name]) for name in OPTIONS},
    )


_EXAMPLES = st.lists(
    st.builds(
        lambda given, expect: Example(given=given, expect=expect),
        st.sampled_from([one for one in EVERYONE if "current_medicines" not in one]),
        st.sampled_from(["shown", "silent", "undecided"]),
    ),
    max_size=2,
)


def _point(draw: st.DrawFn, name: str, findings: tuple[str, ...]) -> TalkingPoint:
    shipped = load_rules()
    statements = [one for one in shipped.statements if shipped.citable(one)][:2]
    made = point(
        name,
        draw(conditions(findings, gaps=True)),
        draw(st.sampled_from(["favours", "cautions", "advises_against", "informs", "asks"])),
        draw(st.sampled_from([(), OPTIONS[:1], OPTIONS])),
    )
    cites = tuple(draw(st.lists(st.sampled_from(statements), min_size=1, unique=True)))
    return made.model_copy(
        update={
            "cites": cites,
            "urgency": draw(st.sampled_from(["urgent", "routine", "routine"])),
            "population": draw(st.sampled_from(["everyone", "adults", "children"])),
            "for_everyone": draw(st.booleans()) and draw(st.booleans()),
            "beyond": {one: "as the text says" for one in cites if draw(st.booleans())},
            "examples": tuple(draw(_EXAMPLES)),
        }
    )


def _option(draw: st.DrawFn, option: Option) -> Option:
    said = next(
        one.benefits or one.harms for one in load_rules().options.values() if one.benefits or one.harms
    )
    return option.model_copy(
        update={
            "benefits": said if draw(st.booleans()) else (),
            "no_benefit_shown": draw(st.booleans()),
            "harms": said if draw(st.booleans()) else (),
            "not_studied": draw(st.booleans()),
        }
    )
