"""The formats of one note: Markdown, plain text, HTML, PDF and JSON say the same."""

import json
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from markdown_it import MarkdownIt

from rls_rules import Profile, discuss, load_rules, render
from rls_rules.discussion import Discussion
from rls_rules.notes import Reader, note, render_pdf
from tests.reading_pdf import printed, squeezed

RULES = load_rules()
NAMES = ("almost-nothing-known", "misspelt-medicine", "possible-augmentation", "thoughts-of-suicide-now")


class Texts(HTMLParser):
    """The texts of a page, apart from its style and from what a drawing is called and describes of itself."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said = ""
        self._inside: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - of the parser
        """Go into an element."""
        self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Leave an element, and those within it that need no end."""
        while self._inside and self._inside.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        if "style" not in self._inside:
            self.said += data


def said_in_json(written: object) -> Iterator[str]:
    """Every text of a JSON document."""
    match written:
        case str():
            yield written
        case list():
            for one in written:
                yield from said_in_json(one)
        case dict():
            for one in written.values():
                yield from said_in_json(one)


def readings(discussion: Discussion, reader: Reader) -> dict[str, str]:
    """What a reader of each format finds, without white space."""
    markdown = MarkdownIt("commonmark").enable("table").parse(render(discussion, reader=reader))
    inner = (
        part for token in markdown for part in ([token] if token.type == "fence" else token.children or [])
    )
    written = json.loads(render(discussion, reader=reader, format="json"))["document"]
    return {
        "md": squeezed("".join(one.content for one in inner)),
        "text": squeezed(render(discussion, reader=reader, format="text")),
        "html": squeezed(Texts(render(discussion, reader=reader, format="html")).said),
        "json": squeezed("".join(said_in_json(written))),
        "pdf": printed(render_pdf(discussion, reader=reader)).text,
    }


@pytest.mark.parametrize("reader", ["patient", "clinician"])
@pytest.mark.parametrize("name", NAMES)
def test_every_format_says_the_same(name: str, reader: Reader) -> None:
    """Each sentence of the document, each heading and each quotation is in each format.

    The words for a picture are text where there is no picture; where it is drawn, the tests of that format look for them.
    """
    discussion = discuss(Profile.from_yaml(RULES.examples[name]))
    document = note(discussion, reader=reader)
    lines = [line for section in document.sections for line in section.lines]
    said = [section.heading for section in document.sections]
    for line in lines:
        said += [*re.split(r"(?<=[.?:;])\s", line.text), line.lead, *line.quoted]
    drawn = {
        line.text
        for section in document.sections
        for block in section.blocks
        if block.kind == "picture"
        for line in block.lines
    }
    for kind, found in readings(discussion, reader).items():
        for text in map(squeezed, dict.fromkeys(filter(None, said))):
            assert text in found or (kind in ("html", "pdf") and text in squeezed(" ".join(drawn))), (
                kind,
                text,
            )


MISSPELT: Any = "pfd"


@pytest.mark.parametrize(
    ("write", "says"),
    [
        (lambda discussion: note(discussion, reader=MISSPELT), "`reader` is one of `patient`, `clinician`"),
        (lambda discussion: render(discussion, reader=MISSPELT), "`reader` is one of"),
        (
            lambda discussion: render(discussion, format=MISSPELT),
            "`format` is one of `md`, `text`, `html`, `json`",
        ),
        (lambda discussion: render_pdf(discussion, reader=MISSPELT), "`reader` is one of"),
        (lambda discussion: render_pdf(discussion, paper=MISSPELT), "`paper` is one of `a4`, `us-letter`"),
    ],
)
def test_what_a_note_cannot_be_is_refused(write: Callable[[Discussion], object], says: str) -> None:
    """A misspelt reader, format or paper is refused with those that there are; none stands for another."""
    with pytest.raises(ValueError, match=f"^{says}.*, and not 'pfd'$"):
        write(discuss(Profile()))
