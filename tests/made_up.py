"""Made-up rule bases over the facts of a profile: what they say means nothing, only their shape matters.

Findings stand on three levels; conditions have alternatives, negations and, in questions, gaps.
The same random numbers make the same rule base.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from random import Random

from rls_rules import RuleBase, load_rules
from rls_rules.conditions import All, Any, Compare, Comparison, Condition, Contains, Known, Leaf, Not, OneOf
from rls_rules.items import Finding, Impossible, Stance, TalkingPoint
from rls_rules.profile import FACTS
from rls_rules.vocabulary import Answer, Answers, Fact

COMPARISONS: tuple[Comparison, ...] = ("at_least", "above", "at_most", "below")
STANCES: tuple[Stance, ...] = ("favours", "cautions", "advises_against", "informs", "asks")
WEIGHTS = (25, 35, 12, 20, 8)
CUTS = 5
"""How many thresholds a number has: rules share them."""
LEVELS = 3


@cache
def facts() -> tuple[Fact, ...]:
    """The facts that a rule may read; the open sets with four medicines or options and their classes."""
    rules = load_rules()
    medicines = [*rules.medicines][:3]
    names = {
        "medicines": sorted({*medicines, *(next(iter(sorted(rules.classes_of[one]))) for one in medicines)}),
        "options": [*rules.options][:4],
    }
    return tuple(
        replace(fact, values=tuple(names[fact.names])) if fact.names else fact
        for fact in FACTS
        if fact.kind != "quoted"
    )


class Maker:
    """Makes conditions and answers over some facts.

    :param names: the facts; all that rules may read if none is named.
    """

    def __init__(self, random: Random, names: Iterable[str] = ()) -> None:
        self.random = random
        wanted = {*names} or {fact.name for fact in facts()}
        self.facts = [fact for fact in facts() if fact.name in wanted]
        self.cuts = {
            fact.name: sorted(
                float(random.randint(int(fact.minimum) + 1, int(fact.maximum))) for _ in range(CUTS)
            )
            for fact in self.facts
            if fact.kind == "number"
        }

    def test(self, fact: Fact | None = None) -> Leaf:
        """One test of a fact."""
        random = self.random
        fact = fact or random.choice(self.facts)
        match fact.kind:
            case "truth":
                return OneOf(fact.name, (random.random() < 0.7,))
            case "number":
                return Compare(fact.name, random.choice(COMPARISONS), random.choice(self.cuts[fact.name]))
            case "set":
                return Contains(fact.name, random.choice(fact.values))
            case _:
                many = random.randint(1, min(2, len(fact.values) - 1))
                return OneOf(fact.name, tuple(random.sample(fact.values, many)))

    def condition(self, findings: Sequence[str], low: int, high: int, gaps: float = 0.0) -> Condition:
        """Some tests that must all hold, among them alternatives, negations, findings and gaps."""
        random = self.random
        parts: list[Condition] = []
        for fact in random.sample(self.facts, min(random.randint(low, high), len(self.facts))):
            chance = random.random()
            if findings and chance < 0.25:
                parts.append(OneOf(random.choice(findings), (random.random() < 0.75,)))
            elif chance < 0.35:
                parts.append(Any((self.test(fact), self.test())))
            elif chance < 0.42:
                parts.append(Not(self.test(fact)))
            elif chance < 0.42 + gaps:
                known = random.random() < 0.3
                gap_of_a_set = fact.kind == "set" and not known
                member = random.choice((None, *fact.values)) if gap_of_a_set else None
                parts.append(Known(fact.name, known, member))
            else:
                parts.append(self.test(fact))
        return All(tuple(parts))

    def findings(self, each: int) -> dict[str, Finding]:
        """Findings on three levels, some on each; those above use those below."""
        random = self.random
        found: dict[str, Finding] = {}
        for level in range(LEVELS):
            below = [*found]
            for i in range(each):
                parts: list[Condition] = [self.test() for _ in range(random.randint(2, 3))]
                if below:
                    parts[0] = OneOf(random.choice(below), (random.random() < 0.8,))
                when = random.choice((All, Any))(tuple(parts))
                name = f"made_{level}_{i}"
                found[name] = Finding(id=name, reads="may be", reads_not="may not be", when=when)
        return found

    def answers(self, share: float) -> Answers:
        """What is known of one person: about a share of the facts."""
        return {fact.name: self._answer(fact) for fact in self.facts if self.random.random() < share}

    def _answer(self, fact: Fact) -> Answer:
        random = self.random
        match fact.kind:
            case "truth":
                return random.random() < 0.5
            case "number":
                beside = random.choice(self.cuts[fact.name]) + random.choice((-0.5, 0.0, 0.5))
                return float(min(max(beside, fact.minimum), fact.maximum))
            case "set":
                return {member: random.random() < 0.5 for member in fact.values if random.random() < 0.6}
            case _:
                return random.choice(fact.values)


def rule_base(
    random: Random, points: int, *, names: Iterable[str] = (), each: int = 8, never: int = 14
) -> RuleBase:
    """Make a rule base.

    :param points: how many points it has.
    :param names: the facts it reads; all if none is named.
    :param each: how many findings stand on each of the three levels.
    :param never: how many combinations are impossible.
    """
    maker = Maker(random, names)
    findings = maker.findings(each)
    options = [*load_rules().options][:20]
    made = []
    for i in range(points):
        stance = random.choices(STANCES, WEIGHTS)[0]
        when = maker.condition([*findings], 2, 5, 0.12 if stance == "asks" else 0.0)
        made.append(point(f"made-{i}", when, stance, (random.choice(options),), random.randint(0, 4)))
    impossible = [
        All(tuple(maker.test(fact) for fact in random.sample(maker.facts, 2))) for _ in range(never)
    ]
    tensions = [random.sample([one.id for one in made], 2) for _ in range(points // 20)]
    return assembled(
        findings, made, impossible, tensions, random.sample([one.name for one in maker.facts], 3)
    )


def assembled(
    findings: dict[str, Finding],
    points: Sequence[TalkingPoint],
    impossible: Sequence[Condition] = (),
    tensions: Sequence[Sequence[str]] = (),
    everyone_has: Iterable[str] = (),
) -> RuleBase:
    """The shipped rule base with these items in place of its own.

    :param everyone_has: the facts to which everybody has an answer.
    """
    shipped = load_rules()
    tension = next(iter(shipped.tensions.values()))
    return replace(
        shipped,
        findings=findings,
        points={one.id: one for one in points},
        impossible={
            f"never-{i}": Impossible(id=f"never-{i}", because="it cannot be", when=when)
            for i, when in enumerate(impossible)
        },
        tensions={
            f"tension-{i}": tension.model_copy(update={"id": f"tension-{i}", "points": tuple(both)})
            for i, both in enumerate(tensions)
        },
        hazards={},
        statements={
            name: one.model_copy(update={"only_for": None}) for name, one in shipped.statements.items()
        },
        words={
            name: words.model_copy(update={"everyone_has": name in everyone_has})
            for name, words in shipped.words.items()
        },
        positions={},
    )


def point(
    name: str,
    when: Condition,
    stance: Stance = "informs",
    options: Sequence[str] = (),
    cites: int = 0,
    **more: object,
) -> TalkingPoint:
    """A point with a condition of its own and the words of some shipped point.

    :param cites: which of the shipped statements it cites.
    """
    shipped = load_rules()
    model = next(iter(shipped.points.values()))
    statement = [one for one in shipped.statements if shipped.citable(one)][cites]
    return model.model_copy(
        update={
            "id": name,
            "when": when,
            "stance": stance,
            "options": tuple(options),
            "cites": (statement,),
            "urgency": "routine",
            "population": "everyone",
            "for_everyone": False,
            "examples": (),
            "beyond": {},
            **more,
        }
    )
