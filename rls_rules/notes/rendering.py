"""A document as Markdown, plain text, HTML or JSON, from templates; what a person typed stays inert in each."""

import json
import re
import textwrap
from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from typing import Literal, get_args

from jinja2 import Environment, PackageLoader, StrictUndefined, Template, select_autoescape

from rls_rules.discussion import DISCUSSION_SCHEMA_VERSION, Discussion
from rls_rules.errors import Problem, RulesError, refuse_unless_one_of
from rls_rules.loader import load_rules
from rls_rules.note_words import Frames
from rls_rules.notes.clinician import clinician_note
from rls_rules.notes.document import Document, Line, Reader
from rls_rules.notes.explaining import explained
from rls_rules.notes.html import Citations, chapters, inert
from rls_rules.notes.patient import patient_note
from rls_rules.rulebase import RuleBase

Format = Literal["md", "text", "html", "json"]

WIDTH = 78

_MARKDOWN_SIGNS = re.compile(r"[\\`*~|]|<(?=[A-Za-z/!?])|&(?=#?\w+;)|\[(?=[^\]]*\]\()|_(?!\w)|(?<!\w)_")


def note(discussion: Discussion, *, reader: Reader = "patient", rules: RuleBase | None = None) -> Document:
    """Write one discussion as a document.

    :param reader: whom it is for.
    :param rules: the rule base whose words are used; the shipped one, in the language of the discussion, if left out.
    :raises RulesError: if discussion and rules are in two languages.
    :raises ValueError: if there is no such reader.
    """
    refuse_unless_one_of(get_args(Reader), "reader", reader)
    language = discussion.provenance.language.code
    rules = rules or load_rules(language=language)
    if rules.language.code != language:
        message = f"the discussion is in `{language}`, and these rules are in `{rules.language.code}`"
        raise RulesError(
            [Problem(None, message, "write the note with the rules that the discussion was made with")]
        )
    if reader == "clinician":
        return clinician_note(discussion, rules.note, language)
    return explained(patient_note(discussion, rules.note, language), rules.glossary)


def render(
    discussion: Discussion,
    *,
    reader: Reader = "patient",
    format: Format = "md",  # noqa: A002 - the word that a user would use
    rules: RuleBase | None = None,
) -> str:
    """Write one discussion as text; the same discussion and date give the same bytes.

    :param format: `md` is CommonMark, `text` is plain text of 78 columns, `html` is one page without script
        or outside parts, for a phone and for paper, `json` is the document together with the discussion;
        `render_pdf` makes a PDF.
    :raises RulesError: as `note` does.
    :raises ValueError: if there is no such reader or format.
    """
    refuse_unless_one_of(get_args(Format), "format", format)
    rules = rules or load_rules(language=discussion.provenance.language.code)
    document = note(discussion, reader=reader, rules=rules)
    if format == "json":
        content = {
            "schema_version": DISCUSSION_SCHEMA_VERSION,
            "document": asdict(document),
            "discussion": json.loads(discussion.to_json()),
        }
        return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    if format == "html":
        return page(document, rules.note.frames)
    text = _template(format).render(document=document)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def page(document: Document, frames: Frames) -> str:
    """A document as one HTML page; `frames` has the words of its links and folds."""
    return _template("html").render(
        document=document, frames=frames, chapters=chapters(document), citations=Citations()
    )


def markdown(text: str) -> str:
    """Escape a text of the rules for CommonMark, on one line."""
    return _MARKDOWN_SIGNS.sub(lambda found: "\\" + found[0], " ".join(text.split()))


def code(text: str) -> str:
    """Quote what a person typed as a CommonMark code span, in which nothing means anything."""
    flat = " ".join(text.split())
    fence = _fence([flat], 1)
    pad = " " if flat.startswith("`") or flat.endswith("`") else ""
    return f"{fence}{pad}{flat}{pad}{fence}"


def fenced(lines: Sequence[Line]) -> str:
    """Plain text to copy, as a CommonMark code block, in which nothing means anything."""
    texts = [plain(line) for line in lines]
    fence = _fence(texts, 3)
    return "\n".join([fence, *texts, fence])


def _fence(texts: Sequence[str], least: int) -> str:
    """More backticks than stand together in some texts."""
    longest = max((len(run) for text in texts for run in re.findall(r"`+", text)), default=0)
    return "`" * max(least, longest + 1)


def plain(line: Line) -> str:
    """A line of plain text, what a person typed in quotation marks, without sources."""
    lead = f"{line.lead}: " if line.lead else ""
    return " ".join([f"{lead}{line.text}", ", ".join(map(quotation, line.quoted))]).strip()


def quotation(text: str) -> str:
    """Quote what a person typed in plain text: one line, in quotation marks."""
    return f'"{" ".join(text.split())}"'


def wrapped(text: str, indent: str = "", first: str | None = None) -> str:
    """Fill a paragraph of plain text to the width, the first line after its own mark."""
    return textwrap.fill(
        " ".join(text.split()),
        WIDTH,
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


@cache
def _environment() -> Environment:
    # HTML is escaped by the environment; plain text and Markdown have their own escapes, applied by name in the templates.
    environment = Environment(
        loader=PackageLoader("rls_rules.notes"),
        autoescape=select_autoescape(["html.j2"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "markdown": markdown,
        "code": code,
        "quotation": quotation,
        "wrapped": wrapped,
        "fenced": fenced,
        "plain": plain,
        "inert": inert,
    }
    return environment


@cache
def _template(format: str) -> Template:  # noqa: A002
    return _environment().get_template(f"note.{format}.j2")
