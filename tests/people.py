"""Made-up people: varied profiles with gaps, the same for the same seed."""

from collections.abc import Iterator
from itertools import islice
from random import Random

from rls_rules import Profile, ProfileError, RuleBase, discuss
from rls_rules.profile import FACTS
from rls_rules.vocabulary import Fact

SHARES_KNOWN = (0.1, 0.3, 0.5, 0.8)
"""How much of itself a profile tells: few answers on a short form, many after a long history."""

USUAL = {"age": (18, 90), "ferritin": (5, 250), "transferrin_saturation": (5, 50)}
"""Where nine in ten answers to a number lie; all others in its whole range."""

MISSPELT = "pramipexol forte"
"""A name that is not recognised; one list of medicines in twenty has it."""


def examples(rules: RuleBase) -> list[Profile]:
    """The shipped profiles."""
    return [Profile.from_yaml(text) for text in rules.examples.values()]


def misspelt(rules: RuleBase) -> list[Profile]:
    """The shipped profiles, each with a list of medicines in which one name is not recognised."""
    lists = {"current_medicines": {"includes": [MISSPELT], "rest": "unknown"}}
    return [Profile.model_validate(profile.known() | lists) for profile in examples(rules)]


def varied(rules: RuleBase, count: int, seed: int = 1) -> list[Profile]:
    """Some people who do not contradict themselves."""
    return list(islice((profile for profile in People(rules, seed) if _possible(profile, rules)), count))


def _possible(profile: Profile, rules: RuleBase) -> bool:
    try:
        discuss(profile, rules=rules, engine="reference")
    except ProfileError:
        return False
    return True


class People:
    """As many people as one wants; some of them contradict themselves."""

    def __init__(self, rules: RuleBase, seed: int) -> None:
        self._random = Random(seed)  # noqa: S311 - the same people every time
        self._options = list(rules.options)
        named = {*rules.vocabulary["current_medicines"].values}
        medicines = rules.medicines.values()
        self._spoken_of = [one for one in medicines if named & {one.id, *rules.classes_of[one.id]}]
        self._medicines = list(medicines)

    def __iter__(self) -> Iterator[Profile]:
        random = self._random
        while True:
            share = random.choice(SHARES_KNOWN)
            answers = {fact.name: self._answer(fact) for fact in FACTS if random.random() < share}
            yield Profile.model_validate(answers)

    def _answer(self, fact: Fact) -> object:
        random = self._random
        match fact.kind:
            case "truth":
                return random.random() < 0.3
            case "choice":
                return random.choice(fact.values)
            case "number":
                whole = fact.minimum, fact.maximum
                low, high = USUAL.get(fact.name, whole) if random.random() < 0.9 else whole
                return float(random.randint(int(low), int(high)))
            case "set":
                members = self._members(fact)
                return members if random.random() < 0.7 else {"includes": members, "rest": "unknown"}
            case "quoted":
                return "2026-05-01" if fact.name.endswith("_date") else "What would you do in my place?"

    def _members(self, fact: Fact) -> list[str]:
        random = self._random
        if fact.names == "medicines":
            unrecognised = [MISSPELT] if random.random() < 0.05 else []
            return unrecognised + [self._medicine() for _ in range(random.randint(0, 4))]
        members = self._options if fact.names else list(fact.values)
        return random.sample(members, random.randint(0, min(3, len(members))))

    def _medicine(self) -> str:
        """A medicine by its name or a brand; every second one is of a kind that rules speak of."""
        random = self._random
        medicine = random.choice(self._spoken_of if random.random() < 0.5 else self._medicines)
        return random.choice([medicine.name, *medicine.brands])
