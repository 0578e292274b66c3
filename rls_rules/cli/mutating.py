"""`rls-rules mutate` and `rls-rules vignettes`."""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Annotated, Any

import typer
from pydantic import TypeAdapter, ValidationError

from rls_rules.cli.common import Folders, load, told_kindly
from rls_rules.errors import Place, Problem, ProfileError, RulesError, did_you_mean
from rls_rules.rulebase import RuleBase
from rls_rules.yaml_reader import read_file

if TYPE_CHECKING:
    from rls_rules.catching import Outcome, Signature
    from rls_rules.mutants import Mutant
    from rls_rules.vignettes import Vignette


class Format(StrEnum):
    """How it is written."""

    text = "text"
    json = "json"


Items = Annotated[list[str] | None, typer.Argument(help="Ids of points or findings; all if none is named.")]


def mutate(
    items: Items = None,
    *,
    rules: Folders = None,
    vignettes: Annotated[
        Path | None,
        typer.Option(
            help="Reviewed vignettes, as `rls-rules vignettes --format json` wrote them; derived anew if left out."
        ),
    ] = None,
    reviewed: Annotated[
        Path | None,
        typer.Option(help="Reviewed signatures: JSON of id to stance, urgency, options, citations."),
    ] = None,
    sample: Annotated[int | None, typer.Option(min=1, help="Try this many mutants, drawn at random.")] = None,
    seed: Annotated[int, typer.Option(help="What the sample is drawn with.")] = 0,
    survivors_only: Annotated[
        bool, typer.Option("--survivors-only", help="Only the list, no table.")
    ] = False,
    format: Annotated[Format, typer.Option(help="Text or JSON.")] = Format.text,  # noqa: A002
) -> None:
    """Make small mistakes in the rules, and count which of them anything notices."""
    from rls_rules.catching import Watch
    from rls_rules.mutants import mutants

    with told_kindly():
        base = load(rules)
        _refuse_unknown(base, items)
        every = [mutant for mutant in mutants(base) if not items or mutant.item in items]
        kept = _kept(base, every, vignettes)
        signed = _signatures(reviewed)
        tried = Random(seed).sample(every, sample) if sample and sample < len(every) else every  # noqa: S311
        watch = Watch(base, every, kept, signed)
        outcomes = [watch.outcome(mutant) for mutant in _with_progress(tried)]
    if format is Format.json:
        shown = _survivors(outcomes) if survivors_only else outcomes
        sys.stdout.write(json.dumps([_row(one) for one in shown], indent=1, ensure_ascii=False) + "\n")
    else:
        if not survivors_only:
            sys.stdout.write(_table(outcomes))
        for one in _survivors(outcomes):
            by = ", ".join(sorted(one.by)) or "nothing"
            mutant = one.mutant
            sys.stdout.write(
                f"{mutant.place}: {mutant.item}: {mutant.operator}: {mutant.what}; noticed by {by}\n"
            )
    if any(not one.by and not one.equivalent for one in outcomes):
        raise typer.Exit(1)


def vignettes(
    items: Items = None,
    *,
    rules: Folders = None,
    format: Annotated[Format, typer.Option(help="Questions, or JSON to keep.")] = Format.text,  # noqa: A002
) -> None:
    """Ask, for people on each side of each condition, whether the sources say so."""
    from rls_rules import vignettes as deriving
    from rls_rules.mutants import mutants

    with told_kindly():
        base = load(rules)
        _refuse_unknown(base, items)
        wanted = {*(items or (*base.findings, *base.points))}
        found = [one for one in deriving.vignettes(base, list(mutants(base))) if one.item in wanted]
    if format is Format.json:
        sys.stdout.write(deriving.to_json(found))
        return
    of_item: dict[tuple[str, str], list[Vignette]] = {}
    for one in found:
        of_item.setdefault((one.kind, one.item), []).append(one)
    for (kind, name), several in of_item.items():
        sys.stdout.write("\n".join(_heading(base, kind, name)) + "\n")
        for number, one in enumerate(several, 1):
            others = [other for other in several if other is not one]
            sys.stdout.write(f"  {number}. {deriving.question(base, one, others)}\n")
        sys.stdout.write("\n")


def _refuse_unknown(base: RuleBase, items: Sequence[str] | None) -> None:
    """Refuse the first name that is neither a point nor a finding."""
    known = (*base.points, *base.findings)
    for name in items or ():
        if name not in known:
            raise RulesError(
                [Problem(None, f"there is no point or finding `{name}`", did_you_mean(name, known))]
            )


def _kept(base: RuleBase, every: Sequence["Mutant"], path: Path | None) -> Iterable["Vignette"]:
    from rls_rules import vignettes as deriving

    if path is None:
        return deriving.vignettes(base, every)
    place, help_ = Place(str(path)), "write them with `rls-rules vignettes --format json`"
    try:
        kept = deriving.from_json(read_file(path))
    except ValidationError as error:
        wrong = [f"vignette {number + 1} cannot be read" for number in _keys(error)]
        whole = "these are no vignettes that can be read"
        raise RulesError(Problem(place, message, help_) for message in wrong or [whole]) from None
    problems = []
    for number, one in enumerate(kept, 1):
        try:
            _ = one.profile
        except ProfileError as error:
            problems += [
                replace(problem, place=place, message=f"vignette {number}: {problem.message}")
                for problem in error.problems
            ]
    if problems:
        raise ProfileError(problems)
    return kept


def _signatures(path: Path | None) -> dict[str, "Signature"]:
    from rls_rules.catching import Signature

    if path is None:
        return {}
    try:
        return TypeAdapter(dict[str, Signature]).validate_json(read_file(path))
    except ValidationError as error:
        wrong = [f"what stands under `{name}` is no signature" for name in _keys(error)]
        whole = "these are no signatures that can be read"
        help_ = 'a point has `"id": ["stance", "urgency", ["option"], ["citation"]]`, between braces'
        raise RulesError(Problem(Place(str(path)), message, help_) for message in wrong or [whole]) from None


def _keys(error: ValidationError) -> Iterable[Any]:
    """The parts of a file that are wrong: keys, or numbers from 0; none if it is wrong as a whole."""
    return dict.fromkeys(one["loc"][0] for one in error.errors() if one["loc"])


def _with_progress(tried: Sequence["Mutant"]) -> Iterable["Mutant"]:
    from rich.console import Console
    from rich.progress import track

    return track(tried, "Mutants", console=Console(stderr=True))


def _survivors(outcomes: Iterable["Outcome"]) -> list["Outcome"]:
    """The mutants that nothing written by hand notices."""
    return [one for one in outcomes if not one.equivalent and not one.by_hand]


def _row(outcome: "Outcome") -> dict[str, object]:
    mutant = outcome.mutant
    return {
        "id": mutant.id, "operator": mutant.operator, "place": str(mutant.place), "what": mutant.what,
        "equivalent": outcome.equivalent, "noticed_by": sorted(outcome.by),
    }  # fmt: skip


def _table(outcomes: Sequence["Outcome"]) -> str:
    """One line an operator, as a table in Markdown."""
    from rls_rules.catching import CATCHERS
    from rls_rules.mutants import CONDITION_OPERATORS, ITEM_OPERATORS

    counts: dict[str, Counter[str]] = {}
    for one in outcomes:
        group = "conditions" if one.mutant.of_condition else "the rest of an item"
        for key in (one.mutant.operator, f"**{group}**", "**all**"):
            count = counts.setdefault(key, Counter())
            count.update({"mutants": 1, "equivalent": int(one.equivalent)})
            count.update(by for by in CATCHERS if by in one.by)
            count.update({"by hand": int(one.by_hand), "by any": int(bool(one.by))})
    columns = ("mutants", "equivalent", *CATCHERS[:3], "by hand", *CATCHERS[3:], "by any")
    lines = ["| operator | " + " | ".join(columns) + " |", "|---|" + "--:|" * len(columns)]
    rows = (*CONDITION_OPERATORS, "**conditions**", *ITEM_OPERATORS, "**the rest of an item**", "**all**")
    for name in rows:
        if name in counts:
            count = counts[name]
            cells = [_cell(count, column) for column in columns]
            lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n\n"


def _cell(count: Counter[str], column: str) -> str:
    able = count["mutants"] - count["equivalent"]
    share = f" ({100 * count[column] / able:.1f} %)" if column.startswith("by ") and able else ""
    return f"{count[column]}{share}"


def _heading(base: RuleBase, kind: str, name: str) -> list[str]:
    item = base.points[name] if kind == "point" else base.findings[name]
    lines = [
        f"{name} ({base.place(kind, name)})",
        f"  {base.points[name].title if kind == 'point' else base.findings[name].reads}",
    ]
    for cite in item.cites:
        statement = base.statements[cite]
        source = base.sources[statement.source]
        lines.append(f"  {cite}: {statement.says} ({source.short}, {source.year or 'undated'})")
    return lines
