"""What the pytest plugin tests of a rule base: each test has a name and gives a report, empty if all is well."""

import warnings
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from hypothesis import HealthCheck, given, settings

from rls_rules import durable, inline_examples
from rls_rules.engine import discuss
from rls_rules.errors import RulesError
from rls_rules.loader import read_rules, rule_folders
from rls_rules.notes import render
from rls_rules.profile import Profile
from rls_rules.program import Program, compiled
from rls_rules.proof import THEOREMS, prove
from rls_rules.rulebase import RuleBase
from rls_rules.testing import profiles
from rls_rules.theorems import Theorem
from rls_rules.witness import as_yaml
from rls_rules.wording import refused

Report = Callable[[], str]

_PEOPLE = 50
"""How many people each property is tried on."""


class WarningOfRules(UserWarning):
    """A theorem that may fail was refuted."""


def tests(folders: Sequence[Path | str]) -> Iterator[tuple[str, Report]]:
    """Every test of some rule folders, by name; if they cannot be loaded, that alone."""
    try:
        rules = read_rules(*rule_folders(*folders))
        program = compiled(rules)
    except RulesError as error:
        yield "load", partial(str, error)
        return
    yield "load", str
    for number, point in enumerate(rules.points.values()):
        for i, example in enumerate(point.examples):
            name = f"example {point.id} {i + 1} {example.expect}"
            yield name, partial(_example, program, number, i)
    for theorem in THEOREMS:
        yield f"theorem {theorem.name}", partial(_theorem, rules, theorem)
    yield "property engines-agree", partial(_tried, rules, _engines_differ)
    yield "property no-prescription", partial(_tried, rules, _prescribes)
    yield "property same-bytes", partial(_tried, rules, _varies)


def _example(program: Program, number: int, i: int) -> str:
    return "\n".join(map(str, inline_examples.example(program, number, i)))


def _theorem(rules: RuleBase, theorem: Theorem) -> str:
    (result,) = prove(rules, names=[theorem.name])
    report = "" if result.lowered else "\n".join(map(str, result.counterexamples))
    if report and theorem.severity == "warning":
        count = len(result.counterexamples)
        warnings.warn(
            f"{theorem.sentence} {count} times it does not hold; `rls-rules prove` says where.",
            WarningOfRules,
            stacklevel=1,
        )
        return ""
    return report and f"This does not hold: {theorem.sentence}\n{report}"


def _tried(rules: RuleBase, wrong: Callable[[RuleBase, Profile], str]) -> str:
    """Try a property on many people; report the one with the fewest facts for whom it fails."""
    failed: list[str] = []

    @settings(max_examples=_PEOPLE, deadline=None, database=None, suppress_health_check=[*HealthCheck])
    @given(profiles(rules))
    def holds(profile: Profile) -> None:
        if report := wrong(rules, profile):
            failed.append(f"{report}\n  given: {as_yaml(profile)}")
            raise AssertionError(report)

    try:
        holds()
    except AssertionError:
        return failed[-1]
    return ""


def _engines_differ(rules: RuleBase, profile: Profile) -> str:
    if not durable.available():
        return ""
    one, other = (
        {point.id for point in discuss(profile, rules=rules, engine=engine).points}
        for engine in ("durable", "reference")
    )
    return (
        "the engines differ about " + ", ".join(f"`{name}`" for name in sorted(one ^ other))
        if one ^ other
        else ""
    )


def _prescribes(rules: RuleBase, profile: Profile) -> str:
    for point in discuss(profile, rules=rules).points:
        for text in (point.title, point.text, point.ask or ""):
            for why in refused(text, sentences=False):
                return f"{rules.place('point', point.id)}: {why.message}\n  help: {why.help}"
    return ""


def _varies(rules: RuleBase, profile: Profile) -> str:
    one, other = (render(discuss(profile, rules=rules), rules=rules).encode() for _ in range(2))
    return "" if one == other else "the same profile gives two different notes"
