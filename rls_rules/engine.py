"""Rule base + profile → discussion."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Literal, get_args

from rls_rules import composition, durable, explain
from rls_rules.conditions import evaluate
from rls_rules.discussion import (
    DISCUSSION_SCHEMA_VERSION,
    Discussion,
    EngineName,
    Explanation,
    Provenance,
)
from rls_rules.errors import EngineError, Problem, RulesError, did_you_mean, refuse_unless_one_of
from rls_rules.loader import load_rules
from rls_rules.person import Person
from rls_rules.profile import Profile
from rls_rules.program import compiled
from rls_rules.rulebase import RuleBase

EngineChoice = Literal["auto", "durable", "reference"]


def discuss(
    profile: Profile,
    *,
    rules: RuleBase | None = None,
    on: date | None = None,
    engine: EngineChoice = "auto",
) -> Discussion:
    """Say what one person and a clinician may want to talk about.

    Pure, thread-safe and fork-safe; nothing of one profile reaches another's discussion.

    :param profile: what is known about the person.
    :param rules: a rule base; the shipped one if left out.
    :param on: the date that the discussion carries; today if left out.
    :param engine: `durable` asks durable_rules, `reference` evaluates each condition as it is defined;
        both give equal discussions. `auto` is durable_rules where it can be imported.
    :returns: the discussion; the same profile, rule base and date give an equal one.
    :raises ProfileError: if the profile says two things that cannot both be true.
    :raises EngineError: if durable_rules failed or cannot be imported.
    :raises ValueError: if there is no such engine, or if `on` is no date.
    """
    refuse_unless_one_of(get_args(EngineChoice), "engine", engine)
    if on is not None and (not isinstance(on, date) or isinstance(on, datetime)):
        msg = f"`on` is a `date` without a time, and not {on!r}"
        raise ValueError(msg)
    program = compiled(rules or load_rules())
    person = Person(program, profile)
    name: EngineName = "durable" if durable.available() else "reference"
    if engine != "auto":
        name = engine
    shown = set(_ask_durable(person) if name == "durable" else _ask_reference(person))
    points = composition.points(person, shown)
    tensions = composition.tensions(program.rules, points)
    options = composition.options(person, points)
    citations, sources = composition.cited(program, points, tensions, options)
    return Discussion(
        points=points,
        questions=explain.questions(program, person.box, shown, profile.declined),
        tensions=tensions,
        options=options,
        told=tuple(composition.told(person)),
        unrecognised=person.recognised.unrecognised,
        no_option=person.recognised.no_option,
        declined=tuple(program.rules.words[fact].label for fact in profile.declined),
        unsure=tuple(program.rules.words[fact].label for fact in profile.unsure),
        own_words=profile.free_text,
        citations=citations,
        sources=sources,
        provenance=Provenance(
            rules_version=program.rules.note.version,
            rules_digest=program.rules.digest,
            library_version=library_version(),
            schema_version=DISCUSSION_SCHEMA_VERSION,
            overrides=tuple((override.point, override.reason) for override in program.rules.overrides),
            language=program.rules.language,
            engine=name,
            on=on or date.today(),  # noqa: DTZ011 - the reader's own day
        ),
    )


def why(rules: RuleBase, profile: Profile, point: str) -> Explanation:
    """Explain why a talking point is shown to a person, or why not and what would change that.

    :param point: the id of the point.
    :raises RulesError: if there is no such point.
    :raises ProfileError: as `discuss` does.
    """
    program = compiled(rules)
    if point not in rules.points:
        raise RulesError([Problem(None, f"there is no point `{point}`", did_you_mean(point, rules.points))])
    person = Person(program, profile)
    return explain.explain(program, program.ids.index(point), person.facts, person.box)


def _ask_reference(person: Person) -> Iterable[int]:
    """The numbers of the points that are certainly true, by the definition."""
    rules = person.program.rules.points.values()
    return (number for number, point in enumerate(rules) if evaluate(point.when, person.facts) is True)


def _ask_durable(person: Person) -> Iterable[int]:
    """The numbers of the points that are certainly true, by durable_rules."""
    if not durable.available():
        message = "durable_rules cannot be imported here; use engine `reference` or `auto`"
        raise EngineError(message)
    program = person.program
    return durable.engine_for(program, program.space, program.boxes).fired(person.box)


@cache
def library_version() -> str:
    """The version of the installed library."""
    try:
        return version("rls-rules")
    except PackageNotFoundError:
        return "0+unknown"
