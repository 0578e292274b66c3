"""What pictures of chances must say; each check is `None` for a note in which it has nothing to look at."""

import re
from collections.abc import Iterator

from rls_rules.names import plain_name
from rls_rules.notes.document import Picture
from rls_rules.scoring.reading import NoteView, filled


def given(note: NoteView) -> Iterator[str]:
    """Each option compared has a picture of a chance, or is named as one without."""
    words, comma = note.words.pictures, note.words.phrases.comma
    titles = [(words.chance, picture.title) for picture in note.chances]
    titles += [(words.none_counted, text) for text in note.texts("pictures")]
    found = [match[1] for frame, text in titles if (match := filled(frame).fullmatch(text))]
    named = {name.lower() for names in found for name in names.split(comma)}
    for card in note.compared:
        if card.title.lower() not in named:
            yield f"`{card.title}` has neither"


def population(note: NoteView) -> Iterator[str] | None:
    """Each says who was counted."""
    return _lacking(note, note.words.pictures.counted, "who was counted") if note.chances else None


def unqualified(note: NoteView) -> Iterator[str]:
    """Each says who was counted, and over what time or that this is not known."""
    words = note.words.pictures
    yield from _lacking(note, words.counted, "who was counted")
    for picture in note.chances:
        if words.over_unknown not in picture.caption.text and _span(note, picture) is None:
            yield f"`{picture.title}` does not say over what time"


def _lacking(note: NoteView, frame: str, what: str) -> Iterator[str]:
    pattern = filled(frame)
    for picture in note.chances:
        if not pattern.search(picture.caption.text):
            yield f"`{picture.title}` does not say {what}"


def rates(note: NoteView) -> Iterator[str] | None:
    """Each counts some people of some more."""
    return _not_counted(note) if note.chances else None


def _not_counted(note: NoteView) -> Iterator[str]:
    for picture in note.chances:
        shares = note.shares(picture)
        if not shares or any(count > of for count, of in shares):
            yield f"`{picture.title}` does not count people"


def one_span(note: NoteView) -> Iterator[str] | None:
    """What is counted of people on different options is over one time, which is said."""
    spans: dict[str, set[str | None]] = {}
    options: dict[str, set[str]] = {}
    for picture in note.chances:
        found = filled(note.words.pictures.chance).fullmatch(picture.title)
        what = found[2] if found else picture.title
        spans.setdefault(what, set()).add(_span(note, picture))
        options.setdefault(what, set()).update(_options(note, picture))
    comparing = [what for what, named in options.items() if len(named) > 1]
    return _spans_apart(comparing, spans) if comparing else None


def _spans_apart(comparing: list[str], spans: dict[str, set[str | None]]) -> Iterator[str]:
    for what in comparing:
        if None in spans[what] or len(spans[what]) > 1:
            yield f"the time spans of `{what}` differ or are not said"


def _options(note: NoteView, picture: Picture) -> set[str]:
    """The options on which the words of a picture count people: each has a medicine that is named there."""
    names = note.rules.option_names
    words = re.findall(r"\w+", picture.alternative)
    return {name for word in words for name in names.get(plain_name(word), ())}


def _span(note: NoteView, picture: Picture) -> str | None:
    found = filled(note.words.pictures.over, horizon="[^.]+").search(picture.caption.text)
    return found[1] if found else None


def one_denominator(note: NoteView) -> Iterator[str] | None:
    """All shares are of one number of people."""
    of = [share[1] for picture in note.chances for share in note.shares(picture)]
    if len(of) < 2:  # noqa: PLR2004 - one alone is compared with nothing
        return None
    return iter(() if len({*of}) == 1 else (f"shares are out of {' and of '.join(map(str, sorted({*of})))}",))


def drawn(note: NoteView) -> Iterator[str] | None:
    """Each drawing shows what its words say."""
    return _not_drawn(note) if note.chances else None


def _not_drawn(note: NoteView) -> Iterator[str]:
    for picture in note.chances:
        shares = note.shares(picture)
        full, empty = (picture.svg.count(f'class="{kind}"') for kind in ("yes", "no"))
        wanted = sum(count for count, _ in shares), sum(of - count for count, of in shares)
        if not shares or (full, empty) != wanted:
            yield f"the drawing of `{picture.title}` does not show what its words say"
