"""Made-up rules and profiles for comparing engines: what they say means nothing, only their shape matters.

Forty facts: yes or no, choices, numbers with cut-offs, sets.
A rule is a conjunction of two to five tests, one in five of them with an `any` among its parts.
A profile answers about half of the facts; a test of a fact that nobody answered fails.
"""

from random import Random

from rls_rules.conditions import All, Any, Compare, Comparison, Condition, Contains, Leaf, OneOf
from rls_rules.vocabulary import Answer, Answers, Fact, Vocabulary

MEMBERS = tuple(f"m{i}" for i in range(6))
COMPARISONS: tuple[Comparison, ...] = ("at_least", "above", "at_most", "below")

FACTS = Vocabulary.of(
    [
        *(Fact(f"b{i}", "truth") for i in range(16)),
        *(Fact(f"c{i}", "choice", tuple(f"v{j}" for j in range(3 + i % 4))) for i in range(10)),
        *(Fact(f"n{i}", "number", minimum=0, maximum=100) for i in range(8)),
        *(Fact(f"s{i}", "set", MEMBERS) for i in range(6)),
    ]
)


def rules(count: int, random: Random) -> dict[str, Condition]:
    """Some rules by name."""
    return {f"r{i}": _rule(random) for i in range(count)}


def _rule(random: Random) -> Condition:
    count = random.randint(2, 5)
    alternatives = random.randint(2, 3) if random.random() < 0.2 else 0
    facts = random.sample([*FACTS], count + alternatives)
    tests: list[Condition] = [_test(fact, random) for fact in facts]
    if alternatives:
        tests[count - 1 :] = [Any(tuple(tests[count - 1 :]))]
    return All(tuple(tests))


def _test(fact: Fact, random: Random) -> Leaf:
    match fact.kind:
        case "truth":
            return OneOf(fact.name, (random.random() < 0.5,))
        case "number":
            return Compare(fact.name, random.choice(COMPARISONS), float(random.randrange(10, 100, 10)))
        case "set":
            return Contains(fact.name, random.choice(fact.values))
        case _:
            return OneOf(fact.name, tuple(random.sample(fact.values, random.randint(1, 2))))


def profile(random: Random) -> Answers:
    """What is known of one person: about half of the facts."""
    return {fact.name: _answer(fact, random) for fact in FACTS if random.random() < 0.5}


def _answer(fact: Fact, random: Random) -> Answer:
    match fact.kind:
        case "truth":
            return random.random() < 0.5
        case "number":
            return float(random.randint(0, 100))
        case "set":
            return {member: random.random() < 0.4 for member in fact.values if random.random() < 0.7}
        case _:
            return random.choice(fact.values)
