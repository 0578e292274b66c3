"""Small SVG drawings, as text: the same words and numbers give the same bytes.

They stand alone: no script, no style sheet, no link and no font to load.
Text has the colour of the text around it; the two other colours can be told from white and from black,
and nothing is said by colour alone. Their width is 340, so that they are read at full size on a small screen.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from textwrap import wrap
from typing import Literal

WIDTH = 340
SIZE = 13
"""Of the text, in pixels where the drawing has its own size."""
LINE = 18
_LETTER, _BOLD_LETTER = 7.3, 8
"""Generous widths for letters of that size: in wide fonts too, lines do not run out of the drawing."""

_FULL = "#2f7ac6"
_FAINT = "#808080"
_NOT_IN_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_FEW = 200
"""So many people stand in rows of twenty, more in rows of fifty."""


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many people, and the words for it."""

    count: int
    of: int
    label: str


@dataclass(frozen=True, slots=True)
class Event:
    """What stands beside a year: which way it points, a heading, and a text; `faded` if it counts less by now."""

    year: int
    points: Literal["for", "against", "neither"]
    heading: str
    text: str
    faded: bool = False


def icon_array(id_: str, title: str, words: str, shares: Sequence[Share]) -> str:
    """Draw a person for each person counted, filled in for those to whom it happened.

    :param id_: what the ids inside begin with; unique in a page.
    :param words: all that it shows, for who cannot see it.
    """
    parts: list[str] = []
    top = 0.0
    for share in shares:
        lines, top = _lines(share.label, 0, top, bold=True)
        parts += lines
        columns = 20 if share.of <= _FEW else 50
        cell = WIDTH / columns
        for i in range(share.of):
            happened = i < share.count
            parts.append(_person(i % columns * cell, top + 6 + i // columns * cell, cell, full=happened))
        top += 6 + -(-share.of // columns) * cell + 12
    return _svg(id_, title, words, top - 6, parts)


def timeline(id_: str, title: str, words: str, events: Sequence[Event]) -> str:
    """Draw years from top to bottom, each with a sign: ▲ for, ▼ against, ◆ neither; hollow if faded.

    :param id_: what the ids inside begin with; unique in a page.
    :param words: all that it shows, for who cannot see it.
    """
    parts: list[str] = []
    signs: list[float] = []
    top = 0.0
    for event in events:
        signs.append(top + LINE / 2)
        parts += _lines(str(event.year), 0, top, bold=True)[0]
        lines, top = _lines(event.heading, _TEXT, top, bold=True)
        more, top = _lines(event.text, _TEXT, top)
        parts += [*lines, *more, _sign(event, signs[-1])]
        top += 10
    between = [
        f'<line x1="{_SIGN}" y1="{_n(above + 10)}" x2="{_SIGN}" y2="{_n(below - 10)}"'
        f' stroke="{_FAINT}" stroke-width="1.5"/>'
        for above, below in pairwise(signs)
    ]
    return _svg(id_, title, words, top - 4, [*between, *parts])


_SIGN, _TEXT = 52, 70
"""Where the signs of a timeline stand, and where its texts begin."""


def _sign(event: Event, middle: float) -> str:
    corners = {
        "for": ((0, -7), (7, 6), (-7, 6)),
        "against": ((0, 7), (7, -6), (-7, -6)),
        "neither": ((0, -7), (7, 0), (0, 7), (-7, 0)),
    }[event.points]
    path = " ".join(f"{_n(_SIGN + x)},{_n(middle + y)}" for x, y in corners)
    look = f'fill="{_FULL}"' if not event.faded else 'fill="none" stroke-dasharray="2.5 1.5"'
    return f'<polygon class="{event.points}" points="{path}" {look} stroke="{_FULL}" stroke-width="1.5"/>'


def _person(left: float, top: float, cell: float, *, full: bool) -> str:
    """A head and a body, within a cell."""
    x, r, h = left + cell / 2, cell * 0.17, cell * 0.3
    body = (
        f"M{_n(x - h)} {_n(top + cell * 0.92)}v-{_n(cell * 0.22)}a{_n(h)} {_n(h)} 0 0 1 {_n(2 * h)} 0"
        f"v{_n(cell * 0.22)}z"
    )
    head = f"M{_n(x - r)} {_n(top + cell * 0.22)}a{_n(r)} {_n(r)} 0 1 1 {_n(2 * r)} 0a{_n(r)} {_n(r)} 0 1 1 -{_n(2 * r)} 0z"
    look = (
        f'class="yes" fill="{_FULL}" stroke="{_FULL}"'
        if full
        else f'class="no" fill="none" stroke="{_FAINT}"'
    )
    return f'<path d="{head}{body}" {look} stroke-width="{_n(cell * 0.06)}"/>'


def _lines(text: str, left: float, top: float, *, bold: bool = False) -> tuple[list[str], float]:
    """A text in lines that fit, and where the next one begins."""
    lines = wrap(_clean(text), int((WIDTH - left) / (_BOLD_LETTER if bold else _LETTER))) or [""]
    weight = ' font-weight="bold"' if bold else ""
    return [
        f'<text x="{_n(left)}" y="{_n(top + i * LINE + SIZE)}"{weight}>{escape(line)}</text>'
        for i, line in enumerate(lines)
    ], top + len(lines) * LINE


def _svg(id_: str, title: str, words: str, height: float, parts: Sequence[str]) -> str:
    name = escape(_clean(id_))
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="{name}-title {name}-words"'
        f' width="{WIDTH}" height="{_n(height)}" viewBox="0 0 {WIDTH} {_n(height)}"'
        f' font-family="Helvetica, Arial, sans-serif" font-size="{SIZE}" fill="currentColor">'
    )
    named = f'<title id="{name}-title">{escape(_clean(title))}</title>'
    said = f'<desc id="{name}-words">{escape(_clean(words))}</desc>'
    return "\n".join((opening, named, said, *parts, "</svg>"))


def _clean(text: str) -> str:
    """A text without characters that XML cannot hold."""
    return _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def _n(number: float) -> str:
    """A number as short as it can be written, to a hundredth."""
    return f"{number:.2f}".rstrip("0").rstrip(".")
