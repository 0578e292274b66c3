"""Whether good and bad sides have equal room: place, style and length."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from rls_rules.notes.document import Card, Line
from rls_rules.scoring.reading import NoteView, words_in

MOST_TIMES = 1.5
"""Of all options side by side, one side has at most so many times the words of the other."""
MOST_TIMES_IN_ONE = 2
"""The same within one option, where a single sentence may be short."""


def unbalanced(note: NoteView) -> Iterator[str]:
    """What gives the good or the bad sides of options more room, or a better place."""
    if not note.compared:
        yield "no options stand side by side"
    for card in note.all_cards:
        yield from _placed(note, card)
        good, bad = _sides(note, card)
        if [_style(line) for line in good] != [_style(line) for line in bad] and {*map(_style, good)} != {
            *map(_style, bad)
        }:
            yield f"good and bad sides of `{card.title}` are set differently"
        if _uneven(good, bad, MOST_TIMES_IN_ONE):
            yield f"one side of `{card.title}` is more than {MOST_TIMES_IN_ONE} times as long"
    good_all = [line for card in note.compared for line in _sides(note, card)[0]]
    bad_all = [line for card in note.compared for line in _sides(note, card)[1]]
    if _uneven(good_all, bad_all, MOST_TIMES):
        yield f"one side of all options is more than {MOST_TIMES} times as long"
    if any(len(good) != len(bad) for good, bad in (_sides(note, card) for card in note.compared)):
        yield "one side of a compared option has more sentences"


def _sides(note: NoteView, card: Card) -> tuple[Sequence[Line], Sequence[Line]]:
    return note.row(card, note.frames.good_sides), note.row(card, note.frames.downsides)


def _placed(note: NoteView, card: Card) -> Iterator[str]:
    """Bad sides follow good sides at once, as rows of one table, in every option."""
    labels = [label for label, _ in card.rows]
    if (note.frames.good_sides, note.frames.downsides) not in pairwise(labels):
        yield f"bad sides do not follow good sides in `{card.title}`"


def _style(line: Line) -> tuple[bool, bool]:
    """What makes a line stand out."""
    return bool(line.lead), bool(line.because)


def _uneven(good: Sequence[Line], bad: Sequence[Line], times: float) -> bool:
    few, many = sorted(words_in(line.text for line in lines) for lines in (good, bad))
    return many > times * few
