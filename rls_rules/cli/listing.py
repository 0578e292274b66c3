"""`rls-rules list`, `schema` and `version`."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from typing import Annotated

import typer

from rls_rules.cli.common import Folders, load, told_kindly
from rls_rules.discussion import discussion_schema
from rls_rules.engine import library_version
from rls_rules.english import plain
from rls_rules.loader import load_rules, rules_schema
from rls_rules.profile import FACTS, Profile
from rls_rules.reach import MEASURE, reach
from rls_rules.rulebase import RuleBase
from rls_rules.vocabulary import Fact


class Listed(StrEnum):
    """What can be listed."""

    points = "points"
    facts = "facts"
    sources = "sources"
    options = "options"
    statements = "statements"
    unchecked = "unchecked"
    examples = "examples"
    reach = "reach"


class Schema(StrEnum):
    """What has a published schema."""

    profile = "profile"
    rules = "rules"
    discussion = "discussion"


def list_(
    what: Annotated[Listed, typer.Argument(help="What to list.")],
    *,
    rules: Folders = None,
) -> None:
    """List what is in the rules, one a line."""
    with told_kindly():
        base = load(rules)
        rows = list(_LISTS[what](base))
    for row in rows:
        sys.stdout.write("\t".join(row) + "\n")
    if what in _EXPLAINED:
        sys.stderr.write(f"{_EXPLAINED[what]}\n")


def schema(what: Annotated[Schema, typer.Argument(help="Which schema.")]) -> None:
    """Print the JSON Schema of a profile, of the rule files, or of a saved discussion."""
    made = {
        Schema.profile: Profile.model_json_schema,
        Schema.rules: rules_schema,
        Schema.discussion: discussion_schema,
    }[what]()
    sys.stdout.write(json.dumps(made, indent=2, ensure_ascii=False) + "\n")


def version() -> None:
    """Print the version of the library and of its rules."""
    base = load_rules()
    sys.stdout.write(f"rls-rules {library_version()}, rules {base.note.version} ({base.digest[:12]})\n")


def _where(base: RuleBase, name: str) -> str:
    """What became of a statement."""
    statement = base.statements[name]
    if statement.out_of_scope:
        return f"out of scope: {statement.out_of_scope}"
    if statement.checked == "unchecked":
        return f"unchecked: {statement.settle}"
    return "used by " + ", ".join(base.used_by[name])


def _answers(fact: Fact) -> str:
    """What may stand in a profile as the answer to a fact."""
    match fact.kind:
        case "truth":
            return "true | false"
        case "choice":
            return " | ".join(fact.values)
        case "number":
            return f"{plain(fact.minimum)} to {plain(fact.maximum)} {fact.unit}"
        case "set":
            return f"[{_NAMES.get(fact.names) or ', '.join(fact.values)}]"
        case "quoted":
            field = Profile.model_json_schema()["properties"][fact.name]["anyOf"][0]
            return "a date, year first" if field.get("format") == "date" else "text"


def _reach(base: RuleBase) -> Iterator[tuple[str, ...]]:
    """The points that reach the fewest people first."""
    for one in reach(base):
        error = one.standard_error
        exact = "exact" if error is None else f"drawn, standard error {error:.2g}"
        yield one.point, f"{one.share:.3g}", exact, base.points[one.point].title


_NAMES = {"medicines": "names of medicines", "options": "names of options or medicines"}

_EXPLAINED = {
    Listed.facts: "A list in [] has any of these and is complete; `{includes: [a], excludes: [b], rest: unknown}` says what is so, what is not, and that there may be more.",
    Listed.reach: MEASURE,
}
"""What a list needs to be understood, beside the list."""

_LISTS: dict[Listed, Callable[[RuleBase], Iterable[tuple[str, ...]]]] = {
    Listed.points: lambda base: (
        (point.id, point.stance, point.urgency, point.title) for point in base.points.values()
    ),
    Listed.facts: lambda base: (
        (fact.name, fact.kind, _answers(fact), base.words[fact.name].asks) for fact in FACTS
    ),
    Listed.sources: lambda base: (
        (s.id, str(s.year or "undated"), s.status, s.title) for s in base.sources.values()
    ),
    Listed.options: lambda base: ((option.id, option.name) for option in base.options.values()),
    Listed.statements: lambda base: ((s.id, s.checked, _where(base, s.id)) for s in base.statements.values()),
    Listed.unchecked: lambda base: (
        (s.id, s.says, s.settle)
        for s in base.statements.values()
        if s.checked == "unchecked" and s.settle is not None
    ),
    Listed.examples: lambda base: (
        (name, text.partition("\n")[0].lstrip("# ")) for name, text in base.examples.items()
    ),
    Listed.reach: _reach,
}
