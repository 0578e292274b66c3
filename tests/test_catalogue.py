"""Catalogues for translators: written, brought up to date without losing or misusing a translation, compiled."""

import re
import shlex
import shutil
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

import polib
import pytest
from typer.testing import CliRunner, Result

from rls_rules import catalogue, load_rules, loader
from rls_rules.catalogue import MOST_BYTES
from rls_rules.cli import app
from rls_rules.languages import REVIEWERS, wordings
from rls_rules.loader import shipped_rules
from rls_rules.rulebase import RuleBase

RULES = load_rules()
DOCUMENT = (Path(__file__).parents[1] / "docs" / "languages.md").read_text(encoding="utf-8")
NOT_REVIEWED = RULES.note.frames.translation_not_reviewed


def run(*words: str) -> Result:
    """Run the command line in this process."""
    return CliRunner().invoke(app, list(words))


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a copy of the shipped rules, which is the current one."""
    shutil.copytree(shipped_rules(), tmp_path / "rules")
    monkeypatch.chdir(tmp_path)
    # Folders are remembered by name, and this one is `rules` like the last.
    monkeypatch.setattr(loader, "_loaded", cache(loader._loaded.__wrapped__))
    return tmp_path


def retitled(title: str) -> RuleBase:
    """The shipped rules with another title of one point."""
    point = RULES.points["low-iron-result"].model_copy(update={"title": title})
    return replace(RULES, points={**RULES.points, point.id: point})


def written(rules: RuleBase, old: polib.POFile) -> dict[str, polib.POEntry]:
    """A catalogue of some rules brought up to date from an old one, by context."""
    made = catalogue.updated(catalogue.template(rules, wordings(rules)), old, "de")
    return {entry.msgctxt: entry for entry in made}


def old_catalogue(*entries: polib.POEntry) -> polib.POFile:
    """A catalogue with some entries, reviewed by Anna."""
    old = polib.POFile()
    old.metadata = {"Content-Type": "text/plain; charset=UTF-8", REVIEWERS: "Anna"}
    old.extend(entries)
    return old


TITLE = "points/low-iron-result/title"


def test_a_translation_of_the_same_english_is_kept() -> None:
    """What is translated stays translated, with its comment."""
    english = RULES.points["low-iron-result"].title
    old = old_catalogue(polib.POEntry(msgctxt=TITLE, msgid=english, msgstr="Ihr Eisen", tcomment="short"))
    entry = written(RULES, old)[TITLE]
    assert (entry.msgstr, entry.tcomment, entry.fuzzy) == ("Ihr Eisen", "short", False)


def test_a_translation_of_other_english_is_fuzzy() -> None:
    """Where the English has changed, the translation is kept with the English it was made for, and is not used."""
    english = RULES.points["low-iron-result"].title
    old = old_catalogue(polib.POEntry(msgctxt=TITLE, msgid=english, msgstr="Ihr Eisen"))
    entry = written(retitled("This title is new"), old)[TITLE]
    assert (entry.msgstr, entry.previous_msgid, entry.fuzzy) == ("Ihr Eisen", english, True)
    assert not entry.translated()


def test_a_text_that_moved_is_found_by_its_english() -> None:
    """A translation whose text now stands elsewhere is offered there, to be looked at."""
    english = RULES.points["low-iron-result"].title
    old = old_catalogue(polib.POEntry(msgctxt="points/of-old/title", msgid=english, msgstr="Ihr Eisen"))
    found = written(RULES, old)
    assert (found[TITLE].msgstr, found[TITLE].fuzzy) == ("Ihr Eisen", True)
    assert "points/of-old/title" not in found


def test_what_is_fuzzy_stays_fuzzy() -> None:
    """Bringing a catalogue up to date twice takes no mark away."""
    entry = polib.POEntry(
        msgctxt=TITLE, msgid="New", msgstr="Alt", flags=["fuzzy"], previous_msgid="Old title"
    )
    again = written(retitled("New"), old_catalogue(entry))[TITLE]
    assert (again.msgstr, again.previous_msgid, again.fuzzy) == ("Alt", "Old title", True)


def test_every_text_stands_in_the_template_once_with_its_place() -> None:
    """The template has each text with its English, the file and line of it, and no translation."""
    made = catalogue.template(RULES, wordings(RULES))
    assert [entry.msgctxt for entry in made] == [one.context for one in wordings(RULES)]
    for entry in made:
        ((file, line),) = entry.occurrences
        assert file.endswith(".yaml")
        assert int(line) > 0
        assert entry.msgstr == ""


def test_the_commands_of_the_document_run(checkout: Path) -> None:
    """docs/languages.md: its commands make a catalogue, compile it, and write notes that begin with the warning."""
    blocks = re.findall(r"<!-- make -->\n```sh\n(.*?)```", DOCUMENT, re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    assert len(lines) == 4
    for line in lines:
        program, *words = shlex.split(line)
        result = run(*words)
        assert (program, result.exit_code) == ("rls-rules", 0), result.output
        if words[0] == "note":
            assert NOT_REVIEWED in result.stdout
    assert sorted(path.name for path in (checkout / "rules" / "languages").iterdir()) == ["de.mo", "de.po"]


def test_from_catalogue_to_note(checkout: Path) -> None:
    """A translation and a reviewer's name typed into the catalogue come out in the note; the rest is English, and counted."""
    assert run("catalogue", "--rules", "rules", "--language", "de").exit_code == 0
    file = checkout / "rules" / "languages" / "de.po"
    text = file.read_text(encoding="utf-8")
    assert "#: rules/note.yaml:" in text
    heading = f'msgctxt "note/headings/help"\nmsgid "{RULES.note.headings.help}"\nmsgstr "'
    assert heading in text
    text = text.replace(heading, f"{heading}Wenn es dringend ist")
    file.write_text(text.replace("X-Reviewed-By: ", "X-Reviewed-By: Anna Example"), encoding="utf-8")
    compiled = run("catalogue", "--rules", "rules", "--language", "de", "--compile")
    assert "de.mo: 1 texts translated" in compiled.stdout
    note = run("note", "--rules", "rules", "--language", "de", "--example", "low-iron").stdout
    assert "## Wenn es dringend ist\n" in note
    assert NOT_REVIEWED not in note
    assert "Reviewed by: Anna Example." in note
    total = len(wordings(RULES))
    assert f"{total - 1} of {total} texts" in note
    again = run("catalogue", "--rules", "rules", "--language", "de")
    assert f"1 texts translated, 0 fuzzy, {total - 1} to do" in again.stdout
    assert "X-Reviewed-By: Anna Example" in file.read_text(encoding="utf-8")


def test_a_template_of_a_folder_laid_over_the_rules(checkout: Path) -> None:
    """For a folder laid over another, the template has the texts of that folder and no others."""
    (checkout / "clinic").mkdir()
    (checkout / "clinic" / "glossary.yaml").write_text(
        "terms:\n  - {term: ward, also: [wards], means: part of a hospital}\n", encoding="utf-8"
    )
    assert run("catalogue", "--rules", "rules", "--rules", "clinic").exit_code == 0
    made = polib.pofile(str(checkout / "clinic" / "languages" / "texts.pot"))
    assert [entry.msgid for entry in made] == ["ward", "wards", "part of a hospital"]


@pytest.mark.parametrize("words", [[], ["--language", "de"], ["--language", "de", "--compile"]])
def test_nothing_is_written_into_the_installed_library(
    words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the shipped rules are those inside the library, a catalogue of them is made elsewhere or not at all."""
    inside = Path(loader.__file__).parent / "rules"
    monkeypatch.setattr("rls_rules.cli.translating.shipped_rules", lambda: inside)
    result = run("catalogue", *words)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.endswith(
        ": this is inside the installed library, where the next install would replace it\n"
        "  help: say where catalogues are, as in `--folder languages`, or name rules of your own: `--rules rules`\n"
    )
    assert not (inside / "languages").exists()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--compile"], "name a language"),
        (["--language", "de", "--compile"], "leave `--compile` out"),
        (["--language", "en"], "English is in the rule files"),
        (["--language", "../de"], "BCP 47"),
    ],
)
def test_wrong_use(words: list[str], says: str, tmp_path: Path) -> None:
    """A language that cannot be, and a catalogue that is not there, are one line and its help; nothing is written."""
    result = run("catalogue", "--folder", str(tmp_path / "here"), *words)
    assert (result.exit_code, result.stdout) == (1, "")
    assert says in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            'msgctxt "z"\nmsgid "x"\nmsgstr "y"\n\nmsgctxt "a"\nmsgid "for {label}"\nmsgstr "das"\n',
            "de.po:5:1: `a`: the translation has other slots",
        ),
        ('msgctxt "a"\nmsgid "1 in 100"\nmsgstr "11 von 100"\n', "it has 1, 100, in digits"),
        ('msgid "a\nmsgstr', "de.po:2:1: this catalogue cannot be read\n  help: "),
        ('msgid "a"\nmsgstr "\udcff"\n', "de.po:2:9: this is not UTF-8\n  help: "),
    ],
)
def test_a_catalogue_that_cannot_be_compiled(text: str, says: str, tmp_path: Path) -> None:
    """A fault in a catalogue is told with file and line before it is compiled."""
    (tmp_path / "de.po").write_text(text, encoding="utf-8", errors="surrogateescape")
    result = run("catalogue", "--folder", str(tmp_path), "--language", "de", "--compile")
    assert (result.exit_code, result.stdout) == (1, "")
    assert says in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["de.po"]


def test_a_catalogue_without_end(tmp_path: Path) -> None:
    """A file that is too large for a catalogue is not read."""
    with (tmp_path / "de.po").open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    result = run("catalogue", "--folder", str(tmp_path), "--language", "de", "--compile")
    assert result.exit_code == 1
    assert "de.po: the file is too large\n  help: " in result.stderr


def test_without_polib(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where polib is not installed, the command says what to install."""
    monkeypatch.setitem(sys.modules, "polib", None)
    monkeypatch.delitem(sys.modules, "rls_rules.catalogue")
    monkeypatch.delattr("rls_rules.catalogue")
    result = run("catalogue")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "rls-rules[languages]" in result.stderr
