"""Read a PDF as a screen reader would: its tags, its text and where its links lead."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pypdf import PdfReader


@dataclass(frozen=True)
class Tag:
    """One element of the structure: its role, what it says of itself, and how deep it stands."""

    role: str
    attributes: dict[str, Any]
    depth: int


@dataclass(frozen=True)
class Printed:
    """What was found in a PDF."""

    root: Any
    title: str
    pages: tuple[str, ...]
    tags: tuple[Tag, ...]
    links: tuple[tuple[int, int], ...]
    """Of each link, the page it stands on and the page it leads to."""
    size: tuple[int, int]
    """How wide and how high the pages are, in points."""

    @property
    def text(self) -> str:
        """The text of all pages without their footers, and without what only shapes lines."""
        footer = re.compile(re.escape(squeezed(self.title)) + r"\d+/\d+$")
        return "".join(footer.sub("", squeezed(page)) for page in self.pages)

    @property
    def roles(self) -> list[str]:
        """The roles of all tags, in order."""
        return [tag.role for tag in self.tags]


def squeezed(text: str) -> str:
    """The text without spaces, and without the marks that only say where a line may end or which way it runs."""
    return re.sub(r"[\s\u200b\u2066-\u2069]+", "", text)


def printed(pdf: bytes) -> Printed:
    """Read a PDF."""
    reader = PdfReader(io.BytesIO(pdf), strict=True)
    root: Any = reader.trailer["/Root"]
    numbers = {page.indirect_reference: number for number, page in enumerate(reader.pages)}
    links = tuple(
        (number, numbers[_target(annotation.get_object())])
        for number, page in enumerate(reader.pages)
        for annotation in page.annotations or ()
    )
    return Printed(
        root,
        str(reader.metadata.title if reader.metadata else ""),
        tuple(page.extract_text() for page in reader.pages),
        tuple(_tags(root["/StructTreeRoot"], 0)),
        links,
        (round(reader.pages[0].mediabox.width), round(reader.pages[0].mediabox.height)),
    )


def _target(annotation: Any) -> Any:
    """The page that a link leads to."""
    assert annotation["/Subtype"] == "/Link"
    place = annotation["/Dest"] if "/Dest" in annotation else annotation["/A"]["/D"]
    return place[0].indirect_reference if hasattr(place[0], "indirect_reference") else place.raw_get(0)


def _tags(element: Any, depth: int) -> Iterator[Tag]:
    element = element.get_object() if hasattr(element, "get_object") else element
    if isinstance(element, list):
        for one in element:
            yield from _tags(one, depth)
    elif isinstance(element, dict):
        if "/S" in element:
            yield Tag(element["/S"], {key: element[key] for key in element if key != "/P"}, depth)
        if "/K" in element:
            yield from _tags(element["/K"], depth + 1)
