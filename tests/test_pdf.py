"""The PDF: an accessible file with what the other formats say, in their order, and nothing typed that could be anything but text."""

import os
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from rls_rules import NoteError, Profile, discuss, load_rules, render_pdf
from rls_rules.cli import app
from rls_rules.notes import Paper, Reader, note, pdf
from rls_rules.notes.document import Block, Bullets, Document, Line, Paragraph, Picture, Section
from rls_rules.notes.pdf import MISSING, SHOWN, typeset
from rls_rules.testing import profiles
from tests.reading_pdf import Printed, printed, squeezed

pytest.importorskip("typst", reason="typst, of the extra `pdf`, is not installed here")

DAY = date(2026, 11, 22)
RULES = load_rules()
READERS: tuple[Reader, Reader] = ("patient", "clinician")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="9"><rect width="9" height="9"/></svg>'


@cache
def example_named(name: str, reader: Reader = "patient", paper: Paper = "a4") -> Printed:
    """The PDF of a shipped example, read again."""
    discussion = discuss(Profile.from_yaml(RULES.examples[name]), on=DAY)
    return printed(render_pdf(discussion, reader=reader, paper=paper))


def one_page(*blocks: Block, title: str = "Title") -> Document:
    """A document of one section."""
    return Document(title, "patient", "en", (Section("told", "Heading", blocks),))


def of(document: Document) -> Printed:
    """The PDF of a document, read again."""
    return printed(typeset(document, RULES.note, on=DAY))


def quoting(*typed: str) -> Printed:
    """The PDF of a paragraph and a list that quote what a person typed."""
    line = Line("In your own words:", quoted=typed, because="Why.")
    return of(one_page(Paragraph(line), Bullets((line,))))


# What the file says of itself


def test_it_says_that_it_is_accessible() -> None:
    """The file has a title to show, a language, tags, and names PDF/UA-1 as the standard it meets."""
    made = example_named("low-iron")
    assert made.title == RULES.note.frames.title_patient
    assert made.root["/Lang"] == "en"
    assert made.root["/MarkInfo"]["/Marked"]
    assert made.root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made.root["/Metadata"].get_data()


@pytest.mark.parametrize(
    ("language", "said"), [("de", "de"), ("pt-BR", "pt-BR"), ("zh-Hant-TW", "zh-TW"), ("ar", "ar")]
)
def test_it_says_its_language(language: str, said: str) -> None:
    """The file names the language of the document and its region."""
    made = of(replace(one_page(Paragraph(Line("Text."))), language=language))
    assert made.root["/Lang"] == said


@pytest.mark.parametrize("reader", READERS)
def test_headings_and_lists(reader: Reader) -> None:
    """One heading of level 1, none skipped, each heading of the document at its level; items stand in lists."""
    made = example_named("possible-augmentation", reader)
    levels = [int(role[2:]) for role in made.roles if role[:2] == "/H" and role[2:].isdigit()]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    document = note(
        discuss(Profile.from_yaml(RULES.examples["possible-augmentation"]), on=DAY), reader=reader
    )
    assert levels.count(2) == sum(section.level == 2 for section in document.sections)
    assert levels.count(3) == sum(section.level == 3 for section in document.sections)
    blocks = [block for section in document.sections for block in section.blocks]
    items = sum(len(block.lines) for block in blocks if block.kind == "bullets")
    rows = sum(len(block.rows) for block in blocks if block.kind == "card")
    assert made.roles.count("/LI") == made.roles.count("/LBody") == items + rows
    assert made.roles.count("/L") > 0


def test_tables() -> None:
    """Options side by side and the diary are tables whose heading cells say so, one for each option and each heading."""
    made = example_named("possible-augmentation")
    document = note(discuss(Profile.from_yaml(RULES.examples["possible-augmentation"]), on=DAY))
    blocks = [block for section in document.sections for block in section.blocks]
    (compared,) = (block for block in blocks if block.kind == "comparison")
    (diary,) = (block for block in blocks if block.kind == "diary")
    assert made.roles.count("/Table") == made.roles.count("/THead") == 2
    heads = [tag.attributes["/A"][0]["/Scope"] for tag in made.tags if tag.role == "/TH"]
    assert heads == ["/Column"] * (1 + len(compared.cards) + len(diary.headings))
    cells = len(compared.labels) * (1 + len(compared.cards)) + diary.rows * len(diary.headings)
    assert made.roles.count("/TD") == cells


def test_a_picture_has_words() -> None:
    """A picture is a figure whose words are its alternative; its title and caption are text."""
    made = of(one_page(Picture("Ten in all", "Three of ten squares are black.", Line("A caption."), SVG)))
    (figure,) = (tag for tag in made.tags if tag.role == "/Figure")
    assert figure.attributes["/Alt"] == "Three of ten squares are black."
    assert made.text.endswith("TeninallAcaption.")


@pytest.mark.parametrize("reader", READERS)
def test_numbers_lead_to_sources_and_back(reader: Reader) -> None:
    """Every number in brackets leads forward to the sources, every source back to where it is first cited."""
    made = example_named("possible-augmentation", reader)
    document = note(
        discuss(Profile.from_yaml(RULES.examples["possible-augmentation"]), on=DAY), reader=reader
    )
    cited = [number for line in lines(document) for number in line.sources]
    (sources,) = next(section for section in document.sections if section.id == "sources").blocks
    assert len(made.links) == len(cited) + len(sources.lines)
    forward, back = made.links[: len(cited)], made.links[len(cited) :]
    leads = sorted((number, there) for number, (_, there) in zip(cited, forward, strict=True))
    assert all(before[1] <= after[1] for before, after in pairwise(leads))
    assert RULES.note.headings.sources in made.pages[leads[0][1]]
    assert back[0][1] == 0
    assert all(there <= here for here, there in back)


def test_no_number_needs_a_source() -> None:
    """A number without a list of sources is printed, and leads nowhere."""
    made = of(one_page(Paragraph(Line("It is said.", sources=(1, 2)))))
    assert made.text.endswith("Itissaid.[1,2]")
    assert made.links == ()


# The same content, in the same order


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", sorted(RULES.examples))
def test_it_says_what_the_document_says(name: str, reader: Reader) -> None:
    """Each heading and each line of the document stands in the text of the file, in its order."""
    document = note(discuss(Profile.from_yaml(RULES.examples[name]), on=DAY), reader=reader)
    made = example_named(name, reader)
    assert_in_order(document, made.text)
    blocks = [block for section in document.sections for block in section.blocks]
    pictures = [squeezed(block.alternative) for block in blocks if block.kind == "picture"]
    assert [squeezed(tag.attributes["/Alt"]) for tag in made.tags if tag.role == "/Figure"] == pictures


@settings(max_examples=8, deadline=None)
@given(profiles(), st.sampled_from(READERS))
@example(Profile(drives=True), "patient")
def test_it_says_what_any_document_says(profile: Profile, reader: Reader) -> None:
    """The same of people drawn at random."""
    discussion = discuss(profile, on=DAY)
    made = printed(render_pdf(discussion, reader=reader))
    assert_in_order(note(discussion, reader=reader), made.text)


def assert_in_order(document: Document, text: str) -> None:
    """Each text of a document is in a text, after the one before."""
    place = 0
    for line in lines(document):
        for said in spoken(line):
            found = text.find(squeezed(said), place)
            assert found >= 0, said
            place = found + len(squeezed(said))


def lines(document: Document) -> Iterator[Line]:
    """Every line of a document in the order in which it is printed: a comparison row by row."""
    yield Line(document.title)
    for section in document.sections:
        yield Line(section.heading)
        for block in section.blocks:
            match block.kind:
                case "comparison":
                    yield from (Line(block.caption), *(Line(card.title) for card in block.cards))
                    for row, label in enumerate(block.labels):
                        yield from (
                            Line(label),
                            *(line for card in block.cards for line in card.rows[row][1]),
                        )
                case "card":
                    yield Line(block.title)
                    for label, said in block.rows:
                        yield from (Line(label), *said)
                case "bullets":
                    yield from (Line(block.title), *block.lines)
                case "picture":
                    yield from (Line(block.title), block.caption)
                case _:
                    yield from block.lines


def spoken(line: Line) -> Iterator[str]:
    """The parts of a line in the order in which they are printed."""
    yield from (line.lead, line.text, *line.quoted)
    if line.sources:
        yield f"[{', '.join(map(str, line.sources))}]"
    yield line.because


@pytest.mark.parametrize("paper", get_args(Paper))
@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", sorted(RULES.examples))
def test_how_long_it_is(name: str, reader: Reader, paper: Paper) -> None:
    """The appendix begins on a page of its own; before it the patient's note has at most two, the clinician's one."""
    pages = example_named(name, reader, paper=paper).pages
    (before,) = (n for n, page in enumerate(pages) if page.startswith(RULES.note.headings.appendix))
    assert 1 <= before <= (2 if reader == "patient" else 1)


def test_us_letter() -> None:
    """A note on US letter says the same on pages of another size."""
    a4, letter = example_named("low-iron"), example_named("low-iron", paper="us-letter")
    assert letter.text == a4.text
    assert (a4.size, letter.size) == ((595, 842), (612, 792))


# Nothing typed is anything but text


TYPED = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=50)
MARKUP = [
    '#panic("x")',
    "$ x^2 $",
    "= Heading",
    "- item\n+ item",
    '#link("https://example.com")[x]',
    '#image("/etc/passwd")',
    "\\",
    "\\u{41}",
    "*bold* _emph_ `raw` ```rust x```",
    "@ref <label>",
    "// comment /* comment",
    "] } ) \" ' ; ,",
    "https://example.com/a",
    "~ -- --- ... <<a>> [a] {b}",
    "{{ 1 }} ${x} %s \\n",
    '"} , "title": "x',
    "e\u0301 f\u0302\u0303\u0316",
    "\u202eabc\u202c \u2067x \u2069\u2069",
    "\x00\x07\x1b[31m\ufeff\ufffe\ue000",
    "مرحبا (a) שלום [1] हिन्दी",
]


@settings(max_examples=60, deadline=None)
@given(TYPED | st.sampled_from(MARKUP))
def test_what_a_person_typed_is_inert(typed: str) -> None:
    """Any text gives the same tags as a plain word does: no heading, link, picture or item more, and no failure."""
    assert outline(typed) == outline("word")


@cache
def outline(typed: str) -> list[str]:
    """The tags of a file that quotes a text, but those for looks, which a line's end or another font cuts up."""
    return [role for role in quoting(typed).roles if role not in ("/Span", "/Em")]


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=60))
@example("".join(map(chr, range(33, 127))))
def test_what_a_person_typed_is_shown_letter_by_letter(typed: str) -> None:
    """All signs of a keyboard, among them those of markup, stand in quotation marks as they were typed."""
    assert quoting(typed).text.count(f"“{typed}”") == 2


SIGNS = [chr(code) for blocks in SHOWN for block in blocks for code in block]


def test_all_letters_shown_have_a_look() -> None:
    """Every sign that is shown as typed has a glyph in the fonts of typst; the standard refuses a file where one has none."""
    signs = [sign for sign in SIGNS if unicodedata.category(sign)[0] not in "CMZ"]
    assert len(signs) > 2_500
    typeset(one_page(Paragraph(Line("", quoted=tuple(signs)))), RULES.note, on=DAY)


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from(SIGNS), max_size=60))
def test_letters_have_a_look_together(typed: str) -> None:
    """In whatever order such signs stand, accents on any letter among them, the file is made."""
    typeset(one_page(Paragraph(Line("", quoted=(typed,)))), RULES.note, on=DAY)


def test_a_letter_without_a_look_is_said() -> None:
    """What the fonts do not have is a box, and a sentence names the scripts and signs; nothing is dropped silently."""
    made = quoting("ab 日本語 ไทย 😀 \u202e")
    assert made.text.count(f"“ab{MISSING * 3}{MISSING * 3}{MISSING}{MISSING}”") == 2
    said = RULES.note.frames.no_letters.format(signs="CJK, THAI, U+1F600, U+202E")
    assert made.text.count("Why." + squeezed(said)) == 2
    assert "□" not in quoting("Ünïcödé Ελληνικά Кириллица ⊕○◐●").text


@pytest.mark.parametrize("long", ["W" * 400, "https://example.com/" + "a" * 400, "w-" * 200])
def test_a_long_word_is_cut_at_the_end_of_a_line(long: str) -> None:
    """A word longer than a line goes on in the next; no line has more letters than fit on paper."""
    made = quoting(long)
    assert made.text.count(long) == 2
    shown = [line for page in made.pages for line in page.splitlines()]
    widest = 70 if "W" in long else 140
    assert max(map(len, shown)) <= widest
    assert sum(len(line) > widest / 3 for line in shown) >= 6


# Refused, not made badly


MUTILATED = {
    "heading title is empty": one_page(Paragraph(Line("Text.")), title=" "),
    "missing alt text": one_page(Picture("Title", "  ", Line("A caption."), SVG)),
    "skipped from heading level": Document("T", "patient", "en", (Section("a", "A", (), level=3),)),
    "could not be displayed": one_page(Paragraph(Line("日本語"))),
}


@pytest.mark.parametrize("reason", MUTILATED)
def test_what_is_not_accessible_is_refused(reason: str) -> None:
    """Without a title, without words for a picture, with a level skipped or a letter missing in the rules no file is made."""
    with pytest.raises(NoteError) as caught:
        typeset(MUTILATED[reason], RULES.note, on=DAY)
    assert "refused as an accessible PDF" in str(caught.value)
    assert reason in str(caught.value)
    assert "日" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


@pytest.mark.parametrize(
    ("right", "wrong", "reason"),
    [
        ("title: note.title, ", "", "missing document title"),
        ("alt: alt", "", "missing alt text"),
        ("level: section.level,", "level: section.level + 1,", "skipped from heading level 1 to 3"),
        ("heading(level: 1, note.title)", "strong(note.title)", "first heading must be of level 1"),
    ],
)
def test_a_spoilt_template_is_refused(
    monkeypatch: pytest.MonkeyPatch, right: str, wrong: str, reason: str
) -> None:
    """If the template forgot the title, the words of a picture or a heading, no file would be made."""
    template = pdf._template().decode()
    assert template.count(right) == 1
    monkeypatch.setattr(pdf, "_template", lambda: template.replace(right, wrong).encode())
    document = one_page(Picture("Title", "In words.", Line("A caption."), SVG))
    with pytest.raises(NoteError, match=reason):
        typeset(document, RULES.note, on=DAY)


def test_without_typst_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where typst is not installed, one line says what to type; the other formats need nothing."""
    monkeypatch.setitem(sys.modules, "typst", None)
    result = CliRunner().invoke(app, ["note", "--example", "low-iron", "--format", "pdf"])
    assert result.exit_code == 1
    assert "pip install 'rls-rules[pdf]'" in result.stderr
    assert "Traceback" not in result.output
    assert CliRunner().invoke(app, ["note", "--example", "low-iron"]).exit_code == 0


def test_without_typst_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where typst is not installed, nobody answers questions for a PDF."""
    monkeypatch.setitem(sys.modules, "typst", None)
    result = CliRunner().invoke(app, ["note", "--ask", "--format", "pdf"], input="none\n")
    assert result.exit_code == 1
    assert "pip install 'rls-rules[pdf]'" in result.stderr
    assert "Why we ask" not in result.stderr


# The same bytes


def test_the_same_bytes_anywhere(tmp_path: Path) -> None:
    """The same discussion gives the same bytes again, in another process, folder and time zone."""
    discussion = discuss(Profile.from_yaml(RULES.examples["low-iron"]), on=DAY)
    made = render_pdf(discussion)
    assert made == render_pdf(discussion)
    target = tmp_path / "note.pdf"
    command = [sys.executable, "-m", "rls_rules", "note", "--example", "low-iron", "--on", DAY.isoformat()]
    package = str(Path(__file__).parents[1])
    elsewhere = os.environ | {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "7", "PYTHONPATH": package}
    command += ["--format", "pdf", "--output", str(target)]
    subprocess.run(command, cwd=tmp_path, env=elsewhere, check=True)
    assert target.read_bytes() == made


def test_the_file_carries_the_date_of_the_discussion() -> None:
    """Its date is that of the discussion, so that another date gives other bytes."""
    discussion = discuss(Profile(), on=DAY)
    later = replace(discussion, provenance=replace(discussion.provenance, on=date(2027, 1, 2)))
    assert b"/CreationDate(D:20261122000000Z)" in render_pdf(discussion).replace(b" (", b"(")
    assert b"20270102" in render_pdf(later)
    assert render_pdf(discussion) != render_pdf(later)


@pytest.mark.skipif(os.name != "posix", reason="a terminal is a device here")
def test_a_pdf_is_not_printed_on_a_terminal() -> None:
    """To a terminal no bytes are written, but a line that asks for a file; a pipe gets the bytes."""
    command = [sys.executable, "-m", "rls_rules", "note", "--example", "low-iron", "--format", "pdf"]
    main, terminal = os.openpty()
    refused = subprocess.run(command, stdout=terminal, stderr=subprocess.PIPE, text=True, check=False)
    os.close(main)
    os.close(terminal)
    assert refused.returncode == 1
    assert "-o note.pdf" in refused.stderr
    assert subprocess.run(command, capture_output=True, check=True).stdout.startswith(b"%PDF-")
