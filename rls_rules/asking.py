"""One question after the other: what to ask next, how it may be answered, and the profile with the answer.

Pure, for apps as much as for the terminal. It asks only what can still change the discussion, the best first,
and always ends: whatever `answered` is given for a fact, that fact is not asked about again.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from rls_rules import explain
from rls_rules.answers import EQUAL_UNITS, MEASURED, same_unit
from rls_rules.discussion import NO_CHANGE, Question
from rls_rules.english import plain
from rls_rules.errors import Problem, ProfileError
from rls_rules.names import plain_name
from rls_rules.person import Person
from rls_rules.profile import FACTS, Profile
from rls_rules.program import compiled
from rls_rules.recognition import Unrecognised, recognise
from rls_rules.rulebase import RuleBase
from rls_rules.vocabulary import Fact

_BETWEEN = re.compile(r"[,;\n]")


class NoAnswer(Enum):
    """What may be said instead of an answer; the fact stays unknown, as far as it is, and is not asked again."""

    UNSURE = "unsure"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers that a fact may have: as it stands in a profile, and in words."""

    value: bool | str
    words: str


def next_question(rules: RuleBase, profile: Profile) -> Question | None:
    """The question most worth asking now, or None if no answer can change the discussion any more.

    :raises ProfileError: if the profile says two things that cannot both be true.
    """
    return next(iter(questions_left(rules, profile)), None)


def questions_left(rules: RuleBase, profile: Profile) -> tuple[Question, ...]:
    """Every question whose answer can still change the discussion, the best first.

    They are those of the discussion, without what the person does not know or would rather not say,
    and without what matters only together with that.

    :raises ProfileError: if the profile says two things that cannot both be true.
    """
    program = compiled(rules)
    box = Person(program, profile).box
    return explain.questions(program, box, program.heard(box), (*profile.declined, *profile.unsure))


def choices(rules: RuleBase, fact: str) -> tuple[Choice, ...]:
    """The answers to choose from, in order; none if a fact is answered with a number, with names or in words."""
    declared, words = FACTS[fact], rules.words[fact]
    match declared.kind:
        case "truth":
            english = compiled(rules).english
            return tuple(Choice(value, english.answer(fact, value)) for value in (True, False))
        case "choice":
            return tuple(Choice(value, words.reads[value]) for value in declared.values)
        case "set" if declared.names == "options":
            options = rules.options.values()
            return tuple(Choice(option.id, option.name) for option in options if option.id != NO_CHANGE)
        case "set":
            return tuple(Choice(value, words.members[value]) for value in declared.values)
        case _:
            return ()


def how_to_answer(rules: RuleBase, fact: str) -> str:
    """What may be written as an answer, with the range and the unit of a number."""
    declared, words = FACTS[fact], rules.note.asking
    match declared.kind:
        case "truth":
            return words.answer_truth.format(true=words.said_true[0], false=words.said_false[0])
        case "choice":
            return words.answer_choice
        case "number":
            text = words.answer_number.format(
                unit=declared.unit, smallest=plain(declared.minimum), largest=plain(declared.maximum)
            )
            units = EQUAL_UNITS.get(declared.unit, ())
            return f"{text} {words.answer_unit.format(units=', '.join(units))}" if units else text
        case "set":
            frame = words.answer_set if choices(rules, fact) else words.answer_names
            return frame.format(none=words.said_none[0], unsure=words.said_unsure[0])
        case _:
            return words.answer_quoted


def read_answer(rules: RuleBase, fact: str, written: str) -> object:
    """Read what somebody typed as the answer to a fact.

    A list is complete, unless "I don't know" stands in it too. Names are kept as they were typed.

    :returns: a `NoAnswer`, or the answer as it may stand in a profile.
    :raises ProfileError: in words for the person, without what was typed.
    """
    words = rules.note.asking
    if is_said(written, words.said_unsure):
        return NoAnswer.UNSURE
    if is_said(written, words.said_declined):
        return NoAnswer.DECLINED
    answer: object
    match FACTS[fact].kind:
        case "truth" | "choice":
            answer = _chosen(rules, fact, written)
        case "number":
            answer = _number(rules, FACTS[fact], written)
        case "set":
            answer = _set(rules, fact, written)
        case _:
            answer = written.strip()
    if isinstance(answer, NoAnswer):
        return answer
    try:
        Profile.model_validate({fact: answer})
    except ProfileError:
        raise _refused(rules, fact, words.not_read) from None
    return answer


def is_said(written: str, ways: Iterable[str]) -> bool:
    """Whether what was typed is one of some ways to say a thing, whatever the case, spaces and apostrophes."""
    return plain_name(written) in map(plain_name, ways)


def unrecognised(rules: RuleBase, fact: str, answer: object) -> tuple[Unrecognised, ...]:
    """The names in an answer that mean nothing here, each with its neighbours: for the person to choose."""
    return recognise(Profile.model_validate({fact: answer}), rules).unrecognised


def answered(rules: RuleBase, profile: Profile, fact: str, answer: object) -> Profile:
    """The profile with one more answer, which takes the place of an earlier one.

    Where an answer leaves something open, as a list does that is not complete or has a name that is
    not recognised, the fact is remembered as not known in full, so that none is asked about twice.

    :param answer: as it stands in a profile, or a `NoAnswer`, which leaves what was told before;
        None takes it back, and the fact is then one in `unsure`.
    :raises ProfileError: if it is no answer to this fact, or cannot be true together with the others.
    """
    told = profile.known()
    open_ = {one.value: [name for name in getattr(profile, one.value) if name != fact] for one in NoAnswer}
    if not isinstance(answer, NoAnswer):
        told[fact] = answer
    if answer is None or isinstance(answer, NoAnswer):
        open_[(answer or NoAnswer.UNSURE).value].append(fact)
    made = Profile.model_validate({**told, **open_})
    members = Person(compiled(rules), made).recognised.answers.get(fact)
    if isinstance(members, dict) and fact not in (*made.unsure, *made.declined):
        complete = members.keys() >= {*rules.vocabulary[fact].values}
        made = made if complete else made.model_copy(update={"unsure": (*made.unsure, fact)})
    return made


def _refused(rules: RuleBase, fact: str, message: str) -> ProfileError:
    """A refusal that says how to answer."""
    return ProfileError([Problem(None, message, how_to_answer(rules, fact))])


def _chosen(rules: RuleBase, fact: str, written: str) -> bool | str:
    """The choice that was written as its number, its name or its words; yes and no have words of their own."""
    words, offered = rules.note.asking, choices(rules, fact)
    if FACTS[fact].kind == "truth":
        for value, ways in ((True, words.said_true), (False, words.said_false)):
            if is_said(written, ways):
                return value
    found = _choice(offered, written)
    if found is None:
        raise _refused(rules, fact, words.not_one_of_these)
    return found.value


def _choice(offered: Sequence[Choice], written: str) -> Choice | None:
    """The one that was written as its number, its name or its words."""
    for number, one in enumerate(offered, 1):
        if is_said(written, (str(number), str(one.value), one.words)):
            return one
    return None


def _number(rules: RuleBase, fact: Fact, written: str) -> float:
    words = rules.note.asking
    found = MEASURED.fullmatch(written.strip())
    if found is None:
        raise _refused(rules, fact.name, words.not_a_number)
    # A number that is also measured in other units is not read without one.
    if (found[2] or fact.unit in EQUAL_UNITS) and not same_unit(found[2], fact.unit):
        raise _refused(rules, fact.name, words.another_unit)
    number = float(found[1])
    if not fact.minimum <= number <= fact.maximum:
        raise _refused(rules, fact.name, words.out_of_range)
    return number


def _set(rules: RuleBase, fact: str, written: str) -> object:
    """Some members with commas between, or none; "I don't know" among them leaves the rest unknown."""
    words = rules.note.asking
    parts = [part.strip() for part in _BETWEEN.split(written) if part.strip()]
    named = [part for part in parts if not is_said(part, words.said_unsure)]
    if not named:
        if parts:
            return NoAnswer.UNSURE
        raise _refused(rules, fact, words.not_read)
    members = [] if len(named) == 1 and is_said(named[0], words.said_none) else _members(rules, fact, named)
    if not members and len(named) < len(parts):
        return NoAnswer.UNSURE
    rest = "none" if len(named) == len(parts) else "unknown"
    return {"includes": [*dict.fromkeys(members)], "rest": rest}


def _members(rules: RuleBase, fact: str, named: Iterable[str]) -> list[str]:
    """The members that were named: those offered by number, name or words, and, where names are asked for, names."""
    offered = choices(rules, fact)
    members = []
    for name in named:
        found = _choice(offered, name)
        if found is None and (not FACTS[fact].names or is_said(name, rules.note.asking.said_none)):
            raise _refused(rules, fact, rules.note.asking.not_one_of_these)
        members.append(name if found is None else str(found.value))
    return members
