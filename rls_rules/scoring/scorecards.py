"""One note → three cards."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from hashlib import sha256

from rls_rules.loader import load_rules
from rls_rules.notes.document import Document
from rls_rules.rulebase import RuleBase
from rls_rules.scoring import cdc, ipdas, pemat
from rls_rules.scoring.cards import Card, Item, Result, Verdict, decide
from rls_rules.scoring.ratings import Rating
from rls_rules.scoring.reading import NoteView

CARDS: tuple[tuple[str, str, tuple[tuple[str, tuple[Item, ...]], ...]], ...] = (
    ("IPDAS", "IPDAS minimum standards, version 4: self-assessment, not certified by IPDAS", ipdas.GROUPS),
    ("PEMAT-P", "PEMAT-P of the AHRQ, for printed material", pemat.GROUPS),
    ("CDC", "CDC Clear Communication Index", cdc.GROUPS),
)
"""The name, the source and the groups of items of each card."""


def score(
    document: Document, rules: RuleBase | None = None, ratings: Sequence[Rating] = ()
) -> tuple[Card, ...]:
    """Score a patient note on three cards.

    Code decides what it can; the rest comes from signed ratings of this very note, and is not rated without one.

    :param rules: the rule base whose words the note has; the shipped one if left out.
    :raises NoteError: if the note is for a clinician, not in English, or has a section that no note has.
    """
    note = NoteView(document, rules or load_rules())
    name = digest(document)
    signed = {(one.card, one.item): one for one in ratings if one.note == name}
    return tuple(
        Card(
            card,
            source,
            tuple(
                (group, tuple(_rated(decide(item, note), signed.get((card, item.id))) for item in items))
                for group, items in groups
            ),
        )
        for card, source, groups in CARDS
    )


def _rated(result: Result, rating: Rating | None) -> Result:
    """A result that waits for a person, with what the person said."""
    if rating is None or result.verdict != "not rated":
        return result
    verdict: Verdict = "met" if rating.met else "not met"
    return replace(result, verdict=verdict, how=f"{result.how} {rating.why}", by=rating.signed)


def digest(document: Document) -> str:
    """What a rating names a note by: the same for the same words, on whatever day the note was made."""
    kept = tuple(section for section in document.sections if section.id != "made")
    content = json.dumps(asdict(replace(document, sections=kept)), ensure_ascii=False, sort_keys=True)
    return f"note-{sha256(content.encode()).hexdigest()[:16]}"  # digits alone would be a number in YAML


def for_people() -> Iterator[tuple[str, str]]:
    """The card and the item of everything that a person may rate."""
    for name, _, groups in CARDS:
        for _, items in groups:
            yield from ((name, item.id) for item in items if item.by != "machine")
