"""What a profile says in the words of a rule base: medicines matched, classes implied, gaps kept.

A name is matched exactly or not at all. A name that is not recognised makes everything
in its list that is not otherwise known *unknown*, never "not taken":
a misspelt dopamine agonist must not read as "nothing dopaminergic".
"""

from dataclasses import dataclass
from difflib import get_close_matches

from rls_rules.answers import SetAnswer
from rls_rules.errors import Problem, ProfileError
from rls_rules.names import plain_name
from rls_rules.profile import FACTS, Profile
from rls_rules.rulebase import RuleBase
from rls_rules.vocabulary import Answer, Answers


@dataclass(frozen=True, slots=True)
class Unrecognised:
    """A name that means nothing here: where it was written, and the nearest names, as a question."""

    fact: str
    written: str
    nearest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recognised:
    """What is known of a person, by fact; the names that were not recognised; and those of no option."""

    answers: Answers
    unrecognised: tuple[Unrecognised, ...]
    no_option: tuple[str, ...]
    """Medicines that are asked about, as they were written, of which no option speaks."""


def recognise(profile: Profile, rules: RuleBase) -> Recognised:
    """Translate a profile into answers to the facts that a rule base names.

    :raises ProfileError: if a list both includes and excludes the same thing under two names.
    """
    answers: dict[str, Answer] = {}
    unrecognised: list[Unrecognised] = []
    no_option: list[str] = []
    for name, value in profile.known().items():
        fact = rules.vocabulary[name]
        if isinstance(value, SetAnswer):
            lists = _NamedLists(rules, name, value)
            unrecognised += lists.unrecognised
            no_option += lists.no_option
            answers[name] = lists.members()
        elif fact.kind == "number":
            answers[name] = float(value)  # type: ignore[arg-type]
        elif fact.kind != "quoted":
            answers[name] = value  # type: ignore[assignment]
    return Recognised(answers, tuple(unrecognised), tuple(no_option))


class _NamedLists:
    """One set answer, with its names looked up."""

    def __init__(self, rules: RuleBase, fact: str, answer: SetAnswer[str]) -> None:
        self._rules, self._fact = rules, fact
        self._medicines = FACTS[fact].names == "medicines"
        self._names = rules.names(fact)
        included = {name: self._look_up(name) for name in answer.includes}
        excluded = {name: self._look_up(name) for name in answer.excludes}
        named = [*included.items(), *excluded.items()]
        self.unrecognised = [self._unrecognised(name) for name, ids in named if ids is None]
        self.no_option = [name for name, ids in included.items() if ids == ()]
        self._included = {one for ids in included.values() for one in ids or ()}
        self._excluded = {ids[0] for ids in excluded.values() if ids and len(ids) == 1}
        self._complete = answer.rest == "none" and None not in included.values()

    def _look_up(self, written: str) -> tuple[str, ...] | None:
        """The ids that a name means, None if it means nothing; a closed set's members mean themselves.

        A medicine that no option has means no option, and is no gap in a list of options.
        """
        if self._names is None:
            return (written,)
        name = plain_name(written)
        return self._names.get(name, () if name in self._rules.ingredients else None)

    def _unrecognised(self, written: str) -> Unrecognised:
        near = get_close_matches(plain_name(written), self._names or (), n=3, cutoff=0.75)
        return Unrecognised(self._fact, written, tuple(self._rules.spellings[name] for name in near))

    def _within(self, member: str) -> set[str]:
        """A medicine or class, and every class that it belongs to."""
        return {member, *(self._rules.classes_of.get(member, ()) if self._medicines else ())}

    def members(self) -> dict[str, bool]:
        """Say yes or no of each member that rules name; a member left out is unknown."""
        if any(self._within(one) & self._excluded for one in self._included):
            message = f"`{self._fact}` both includes and excludes the same thing"
            raise ProfileError([Problem(None, message, "keep it in one of the two lists")])
        taken = {one for included in self._included for one in self._within(included)}
        members_unknown = {one for one in self._included if one in self._rules.classes}
        answers: dict[str, bool] = {}
        for member in self._rules.vocabulary[self._fact].values:
            within = self._within(member)
            if member in taken:
                answers[member] = True
            elif within & self._excluded or (self._complete and not within & members_unknown):
                answers[member] = False
        return answers
