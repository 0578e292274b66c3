"""What a scorecard is made of: items, who decides each, and what came of it.

An item is met, not met, not applicable, or not rated; what nobody rated never counts as met.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from rls_rules.scoring.reading import NoteView

Verdict = Literal["met", "not met", "not rated", "not applicable"]

Check = Callable[[NoteView], Iterable[str] | None]
"""What is wrong in a note, in a few words each; none if nothing is, `None` if the item does not apply to it."""

DecidedBy = Literal["machine", "both", "person"]
"""Who decides an item.

`both`: code can only refuse it; where code finds nothing wrong, a person has to say so.
"""

MACHINE = "machine"
NOBODY = "nobody yet"
MOST_FAULTS = 3


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a card, in our own words; `how` says what is asked of a note, `where` the sections that are read."""

    id: str
    asks: str
    how: str
    where: tuple[str, ...]
    check: Check
    by: DecidedBy = "machine"


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one item: the verdict, how it was decided, where in the note, and by whom."""

    id: str
    asks: str
    verdict: Verdict
    how: str
    where: tuple[str, ...]
    by: str
    decided_by: DecidedBy


@dataclass(frozen=True, slots=True)
class Score:
    """How many items of a group are met, of those that are decided; `unrated` are left out of both."""

    group: str
    met: int
    decided: int
    unrated: int
    not_applicable: int

    @property
    def percent(self) -> int | None:
        """The share of items met, rounded down; none if nothing is decided."""
        return 100 * self.met // self.decided if self.decided else None


@dataclass(frozen=True, slots=True)
class Card:
    """One checklist: its results in groups that are scored apart."""

    name: str
    source: str
    groups: tuple[tuple[str, tuple[Result, ...]], ...]

    @property
    def results(self) -> tuple[Result, ...]:
        """All results, in order."""
        return tuple(result for _, results in self.groups for result in results)

    @property
    def scores(self) -> tuple[Score, ...]:
        """A score for each group."""
        return tuple(_score(group, results) for group, results in self.groups)


def _score(group: str, results: Sequence[Result]) -> Score:
    verdicts = [result.verdict for result in results]
    met = verdicts.count("met")
    return Score(
        group,
        met,
        met + verdicts.count("not met"),
        verdicts.count("not rated"),
        verdicts.count("not applicable"),
    )


def decide(item: Item, note: NoteView) -> Result:
    """What code can say of one item."""
    found = item.check(note)
    faults = None if found is None else list(dict.fromkeys(found))
    sections = tuple(section.heading for section in map(note.section, item.where) if section)

    def result(verdict: Verdict, how: str, by: str = MACHINE) -> Result:
        where = ("the whole note",) if not item.where and by == MACHINE and faults is not None else sections
        return Result(item.id, item.asks, verdict, how, where, by, item.by)

    if faults is None:
        return result("not applicable", item.how)
    if faults:
        more = [f"and {len(faults) - MOST_FAULTS} more"] if len(faults) > MOST_FAULTS else []
        return result("not met", f"{item.how} Here: {'; '.join([*faults[:MOST_FAULTS], *more])}.")
    if item.by == "machine":
        return result("met", item.how)
    return result("not rated", item.how, NOBODY)


def for_people(_note: NoteView) -> Iterable[str]:
    """The check of what only a person can decide: code finds nothing wrong, and that is not enough."""
    return ()


def never(_note: NoteView) -> None:
    """The check of what does not apply to any note."""
    return
