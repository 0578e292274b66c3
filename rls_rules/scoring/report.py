"""Scorecards as text, Markdown and JSON."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Literal

from rls_rules.scoring.cards import Card, Result, Score

ReportFormat = Literal["text", "md", "json"]

SCHEMA_VERSION = "1"
"""Changes when a saved report may no longer be read as it was meant."""

CAVEAT = (
    "IPDAS self-assessment, not certified by IPDAS. "
    "A score counts the items that are decided; what only a person can decide is not rated, and never counts as met."
)
SIGNS = {"met": "✓", "not met": "✗", "not rated": "?", "not applicable": "–"}


@dataclass(frozen=True, slots=True)
class Scored:
    """One note with its cards: its digest, by which a rating names it, and its reading grade."""

    digest: str
    grade: float
    cards: tuple[Card, ...]


def report(notes: Mapping[str, Scored], format: ReportFormat) -> str:  # noqa: A002 - the word that a user would use
    """Write the cards of some notes; of several as Markdown or text, the scores and what is not met."""
    if format == "json":
        return json.dumps(_content(notes), ensure_ascii=False, indent=2) + "\n"
    lines: Iterator[str]
    if len(notes) > 1:
        lines = _table(notes)
    elif format == "md":
        lines = _cards_md(*notes.items())
    else:
        lines = _cards_text(*notes.items())
    return "\n".join(lines) + "\n"


def _content(notes: Mapping[str, Scored]) -> dict[str, object]:
    return {
        "schema_version": SCHEMA_VERSION,
        "caveat": CAVEAT,
        "notes": {
            name: {
                "digest": one.digest,
                "grade": one.grade,
                "cards": [
                    {
                        "name": card.name,
                        "source": card.source,
                        "scores": [asdict(score) | {"percent": score.percent} for score in card.scores],
                        "items": [asdict(result) for result in card.results],
                    }
                    for card in one.cards
                ],
            }
            for name, one in notes.items()
        },
    }


def said(score: Score) -> str:
    """A score in words."""
    percent = f" ({score.percent} %)" if score.percent is not None else ""
    unrated = f", {score.unrated} not rated" if score.unrated else ""
    return f"{score.met} of {score.decided}{percent}{unrated}"


def _table(notes: Mapping[str, Scored]) -> Iterator[str]:
    """A row a note, and below it what each misses."""
    first = next(iter(notes.values()))
    heads = [f"{card.name} {score.group}" for card in first.cards for score in card.scores]
    yield f"| note | {' | '.join(heads)} | grade |"
    yield f"|---|{'---|' * len(heads)}--:|"
    for name, one in notes.items():
        scores = " | ".join(said(score) for card in one.cards for score in card.scores)
        yield f"| `{name}` | {scores} | {one.grade} |"
    yield ""
    yield "What is not met:"
    yield ""
    found: dict[str, list[str]] = {}
    for name, one in notes.items():
        for card in one.cards:
            for result in card.results:
                if result.verdict == "not met":
                    found.setdefault(f"{card.name} {result.id}, {result.asks}", []).append(name)
    for item, names in found.items():
        everywhere = len(names) == len(notes)
        yield f"- {item}: {'every note' if everywhere else ', '.join(f'`{name}`' for name in names)}."


def _cards_md(named: tuple[str, Scored]) -> Iterator[str]:
    name, one = named
    yield f"Note: `{name}`. Reading grade: {one.grade}."
    yield ""
    yield CAVEAT
    for card in one.cards:
        yield ""
        yield f"**{card.source}.** " + "; ".join(f"{score.group}: {said(score)}" for score in card.scores)
        yield ""
        yield "| item | asks for | verdict | how | where | by |"
        yield "|---|---|---|---|---|---|"
        for result in card.results:
            where = ", ".join(result.where)
            cells = (result.id, result.asks, result.verdict, result.how, where, result.by)
            yield "| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |"


def _cards_text(named: tuple[str, Scored]) -> Iterator[str]:
    name, one = named
    yield f"{name} ({one.digest}), reading grade {one.grade}"
    yield CAVEAT
    for card in one.cards:
        yield ""
        yield card.source
        for score in card.scores:
            yield f"  {score.group}: {said(score)}"
        for result in card.results:
            yield from _lines(result)


def _lines(result: Result) -> Iterator[str]:
    yield f"  {SIGNS[result.verdict]} {result.id:<5} {result.asks}: {result.verdict}, by {result.by}"
    where = f" [{', '.join(result.where)}]" if result.where else ""
    yield f"          {result.how}{where}"
