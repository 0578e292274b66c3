"""A region as a person: the profile with the fewest known facts in it."""

import json
import re
from collections.abc import Mapping

from rls_rules.answers import SetAnswer
from rls_rules.profile import Profile
from rls_rules.program import Program
from rls_rules.regions import Box, Space


def person_in(program: Program, region: Box) -> Profile:
    """Return the profile in a region of which least is known; of a number, a value at the edge of its interval."""
    return profile_in(program.space, region, program.rules.classes_of)


def profile_in(space: Space, region: Box, classes: Mapping[str, frozenset[str]]) -> Profile:
    """Return the same for any space, leaving unsaid what some classes imply.

    :param classes: for each medicine and class, the classes that it belongs to.
    """
    answers: dict[str, object] = {}
    for slot in space.slots:
        if region & slot.unknown:
            continue
        first = next(cell for cell in range(1, slot.cells) if region >> (slot.offset + cell) & 1)
        given = slot.sample(first)
        if slot.member is None:
            answers[slot.fact.name] = given
        else:
            of_set: dict[str, list[str]] = answers.setdefault(slot.fact.name, {})  # type: ignore[assignment]
            of_set.setdefault("includes" if given else "excludes", []).append(slot.member)
    for name, answer in answers.items():
        if isinstance(answer, dict):
            answers[name] = _shortest(classes, answer)
    return Profile.model_validate(answers)


def _shortest(classes: Mapping[str, frozenset[str]], answer: dict[str, list[str]]) -> dict[str, list[str]]:
    """The same answer without what follows from the rest: the class of a medicine taken, a medicine of a class not taken."""
    includes, excludes = answer.get("includes", []), answer.get("excludes", [])
    follows = {class_ for one in includes for class_ in classes.get(one, frozenset()) - {one}}
    kept = {
        "includes": [one for one in includes if one not in follows],
        "excludes": [one for one in excludes if not (classes.get(one, frozenset()) - {one}) & {*excludes}],
    }
    return {key: members for key, members in kept.items() if members}


def in_words(program: Program, profile: Profile) -> tuple[str, ...]:
    """What a person told, in clauses: of a set, one for each member."""
    english = program.english
    said: list[str] = []
    for fact, answer in profile.known().items():
        if not isinstance(answer, SetAnswer):
            said.append(english.answer(fact, answer))
            continue
        said += [english.member(fact, member, included=True) for member in answer.includes]
        said += [english.member(fact, member, included=False) for member in answer.excludes]
        if not answer.includes and answer.rest == "none":
            said.append(english.words[fact].reads["none"])
    return tuple(said)


def as_yaml(profile: Profile) -> str:
    """A profile in one line of YAML, as it may stand under `given` in an example."""
    return plain_yaml(as_data(profile))


def as_data(profile: Profile) -> dict[str, object]:
    """The answers of a profile as plain data, as they may stand under `given` in an example."""
    return profile.model_dump(mode="json", exclude_defaults=True, include={*profile.known()})


def plain_yaml(value: object) -> str:
    """Some data in one line of YAML, with quotes only where they are needed."""
    text = json.dumps(value, ensure_ascii=False)
    return re.sub(r'"((?!(?:true|false|null|yes|no|on|off|y|n|none)")[A-Za-z_][\w-]*)"', r"\1", text)
