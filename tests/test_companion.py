"""The companion and the page on intended use say what the rules and the commands say."""

import re

import pytest

from rls_rules import Profile, discuss, load_rules, render
from rls_rules.readability import PLAIN_GRADE
from rls_rules.scoring.balance import MOST_TIMES, MOST_TIMES_IN_ONE
from rls_rules.scoring.cdc import MOST_ITEMS
from rls_rules.scoring.pemat import MOST_BLOCKS, MOST_WORDS
from tests.companion import COMPANION, MADE, made_anew, printed

RULES = load_rules()
NOTE = RULES.note
NOTES = [render(discuss(Profile.from_yaml(profile))) for profile in RULES.examples.values()]
TEXT = COMPANION.read_text(encoding="utf-8")
USE = (COMPANION.parent / "intended-use.md").read_text(encoding="utf-8")
README = (COMPANION.parents[1] / "README.md").read_text(encoding="utf-8")
QUOTED = re.findall(r"^> (.*)$", USE, re.MULTILINE)


def test_the_companion_is_up_to_date() -> None:
    """Its tables are what the commands print; `python -m tests.companion` writes them anew."""
    assert len(MADE.findall(TEXT)) == 2
    assert made_anew(TEXT) == TEXT


def test_the_companion_says_what_it_is_not() -> None:
    """It claims no certificate, and warns of the criteria that were written from memory."""
    assert "**IPDAS self-assessment, not certified by IPDAS**" in TEXT
    assert "QL10 to QL28 was written from memory" in TEXT


@pytest.mark.parametrize(
    "bound",
    [
        f"at most {MOST_TIMES} times the words",
        {2: "and twice in a single option"}[MOST_TIMES_IN_ONE],
        f"{MOST_WORDS} words a paragraph, {MOST_BLOCKS} blocks",
        f"| {MOST_ITEMS} items; the list of sources",
        f"| {PLAIN_GRADE}, by the Flesch-Kincaid formula",
    ],
)
def test_the_bounds_are_those_of_the_code(bound: str) -> None:
    """The bounds that the companion names are those that notes are held against."""
    assert bound in TEXT


def test_the_intended_use_is_that_of_the_notes() -> None:
    """The page quotes each sentence that a note prints about its use, and quotes nothing else."""
    printed = [*NOTE.about, *NOTE.intended_use, *NOTE.method, *NOTE.authors, NOTE.funding]
    assert sorted(QUOTED) == sorted([*printed, NOTE.frames.not_reviewed])


@pytest.mark.parametrize("quoted", QUOTED)
def test_what_the_page_quotes_stands_in_each_patient_note(quoted: str) -> None:
    """Every note of a shipped example has the sentence, explanations of its words apart."""
    explained = "|".join(re.escape(f" ({term.means})") for term in RULES.terms.values())
    for note in NOTES:
        assert quoted in re.sub(explained, "", note)


def test_where_to_get_help_stands_where_the_page_says() -> None:
    """What stands before it in the patient notes is what the page names, and nothing else."""
    headings = NOTE.headings
    assert f'where to get help under "{headings.help}"' in USE
    before = {
        heading
        for note in NOTES
        for heading in re.findall(r"^## (.*)$", note.partition(f"## {headings.help}")[0], re.MULTILINE)
    }
    assert before == {headings.urgent, headings.about, headings.main_message}


def test_no_page_speaks_of_the_law() -> None:
    """Neither page claims anything about medical-device law."""
    assert not re.search(r"medical[- ]device|\bMDR\b|\bFDA\b|CE mark|regulation", USE + TEXT, re.IGNORECASE)


def test_the_excerpt_of_the_readme_is_what_the_command_prints() -> None:
    """Each line of the README's excerpt stands in the output, in this order; … stands for what is left out."""
    (excerpt,) = re.findall(r"<!-- score -->\n```text\n\$ rls-rules (.*?)\n(.*?)```", README, re.DOTALL)
    pattern = re.escape(excerpt[1]).replace("…", ".*")
    assert re.match(pattern, printed(excerpt[0]), re.DOTALL)


@pytest.mark.parametrize("page", ["docs/companion.md", "docs/intended-use.md"])
def test_the_readme_leads_there(page: str) -> None:
    """Both pages are linked from the README."""
    assert f"({page})" in README
