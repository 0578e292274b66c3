"""How well a note keeps to three published checklists, as far as code can decide it."""

from rls_rules.scoring.cards import Card, Item, Result, Score, Verdict
from rls_rules.scoring.ratings import Rating, read_ratings
from rls_rules.scoring.reading import NoteView, read_note
from rls_rules.scoring.scorecards import digest, score

__all__ = [
    "Card",
    "Item",
    "NoteView",
    "Rating",
    "Result",
    "Score",
    "Verdict",
    "digest",
    "read_note",
    "read_ratings",
    "score",
]
