"""Another language is other words and nothing else: no word is hard-wired, and no advice changes."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import polib
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rls_rules import Discussion, Profile, RulesError, catalogue, discuss, load_rules, render
from rls_rules.languages import REVIEWERS, faults, read_catalogue, translated, wordings
from rls_rules.loader import shipped_rules
from rls_rules.notes import Format, Reader
from rls_rules.notes.rendering import code, markdown, quotation
from rls_rules.rulebase import RuleBase
from rls_rules.testing import profiles
from tests.pseudo import CODE, REVIEWER, back, made_up, pseudo

DAY = date(2026, 11, 22)
RULES = load_rules()
READERS: tuple[Reader, Reader] = ("patient", "clinician")


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory) -> RuleBase:
    """The shipped rules in the made-up language, reviewed and without gaps."""
    return made_up(RULES, tmp_path_factory.mktemp("wide"))


# No word is hard-wired

STAYS: dict[str, Callable[[Discussion], Iterable[str | None]]] = {
    "a source keeps the title that it was published under": lambda one: (
        source.title.rstrip(".?") for source in one.sources
    ),
    "a DOI is looked up": lambda one: (source.doi for source in one.sources),
    "a name that was not recognised is asked for as it would have to be typed": lambda one: (
        name for unrecognised in one.unrecognised for name in unrecognised.nearest
    ),
    "versions, digest and engine identify what made the note": lambda one: (
        one.provenance.library_version,
        one.provenance.rules_digest[:12],
        one.provenance.engine,
    ),
}
"""What is not translated, each with its reason; and what the person typed, which is in quotation marks."""


def typed(discussion: Discussion) -> Iterator[str]:
    """What the person typed."""
    for told in discussion.told:
        yield from told.quoted
    yield from (one.written for one in discussion.unrecognised)
    if discussion.own_words:
        yield discussion.own_words


def quotations(discussion: Discussion, quoted: Callable[[str], str]) -> list[str]:
    """What the person typed as a format quotes it, and the text for the record in every format, one by one and as lists."""
    ways = (quoted, quotation)
    lists = [", ".join(map(way, told.quoted)) for told in discussion.told if told.quoted for way in ways]
    return [*lists, *(way(one) for one in typed(discussion) for way in ways)]


def hard_wired(text: str, stays: Iterable[str]) -> str | None:
    """The first Latin letter, comma or semicolon outside what stays, with what is around it.

    The numbers of sources are no words: `[1, 2]`.
    """
    text = re.sub(r"\[[\d, ]+\]", "", " ".join(text.split()))
    for one in sorted({" ".join(one.split()) for one in stays}, key=len, reverse=True):
        text = text.replace(one, "·")
    found = re.search(r".{0,40}[A-Za-z,;].{0,40}", text)
    return found and found[0]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", sorted(RULES.examples))
def test_no_word_is_hard_wired(name: str, reader: Reader, wide: RuleBase) -> None:
    """Every word and every list separator of a note comes from the rule files, so that a translation has it."""
    discussion = discuss(Profile.from_yaml(RULES.examples[name]), rules=wide, on=DAY)
    stays = [one for kind in STAYS.values() for one in kind(discussion) if one]
    ways: tuple[tuple[Format, Callable[[str], str], Callable[[str], str]], ...] = (
        ("md", markdown, code),
        ("text", str, quotation),
    )
    for kind, escaped, quoted in ways:
        note = render(discussion, reader=reader, format=kind, rules=wide)
        assert hard_wired(note, [*map(escaped, stays), *quotations(discussion, quoted)]) is None


class Words(HTMLParser):
    """What a person sees or hears of a page, with a sign in place of what they typed."""

    SAID = ("aria-label", "alt", "title", "content")

    def __init__(self) -> None:
        super().__init__()
        self.seen, self.heard = "", ""
        self._in = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what stands in attributes that are read out."""
        self._in = tag
        self.seen += " «»" if tag == "q" else ""
        if tag != "meta" or ("name", "description") in attrs:
            self.heard += "".join(f" | {said}" for name, said in attrs if name in self.SAID)

    def handle_endtag(self, tag: str) -> None:
        """Read on after a style or a quotation."""
        self._in = "" if tag == self._in else self._in

    def handle_data(self, data: str) -> None:
        """Keep the text."""
        self.seen += "" if self._in in ("style", "q") else data


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", sorted(RULES.examples))
def test_no_word_of_a_page_is_hard_wired(name: str, reader: Reader, wide: RuleBase) -> None:
    """What is seen or read out of the HTML page is in the language that the page says it is in."""
    discussion = discuss(Profile.from_yaml(RULES.examples[name]), rules=wide, on=DAY)
    page = render(discussion, reader=reader, format="html", rules=wide)
    assert f'<html lang="{CODE}"' in page
    words = Words()
    words.feed(page)
    seen = re.sub(r"«»(\s*,\s*«»)*", "", words.seen)
    assert words.heard
    stays = [one for kind in STAYS.values() for one in kind(discussion) if one]
    assert hard_wired(seen + words.heard, [*stays, *quotations(discussion, quotation)]) is None


LEFT_IN_JSON = {
    "ids and closed answers": "id kind style svg points_to reader code language status stance urgency population direction checked engine "
    "statement source also cites points point options fact member members favoured_by advised_against_by cautions "
    "informs medicines together_with superseded_by on rules_version rules_digest library_version schema_version",
    "how a source was published, which is looked up": "title organisation authors journal doi pmid",
    "for those who check sources, not in notes": "grading seen about named",
    "what the person typed, and what could be typed instead": "quoted own_words written nearest no_option",
    "a drawing, whose words stand beside it": "svg",
}
"""The keys of the JSON whose values are not translated, each with its reason."""

_LEFT = {key for keys in LEFT_IN_JSON.values() for key in keys.split()}


def words_in(value: Any, key: str = "") -> Iterator[str]:
    """Every text of some JSON that is words."""
    match value:
        case str() if key not in _LEFT:
            yield value
        case list():
            for part in value:
                yield from words_in(part, key)
        case dict():
            for name, part in value.items():
                yield from words_in(part, name)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", sorted(RULES.examples))
def test_no_word_of_the_json_is_hard_wired(name: str, reader: Reader, wide: RuleBase) -> None:
    """The JSON of a note names its language, and its texts are in that language."""
    discussion = discuss(Profile.from_yaml(RULES.examples[name]), rules=wide, on=DAY)
    made = json.loads(render(discussion, reader=reader, format="json", rules=wide))
    assert made["document"]["language"] == made["discussion"]["provenance"]["language"]["code"] == CODE
    stays = [one for kind in STAYS.values() for one in kind(discussion) if one]
    titles = [part["title"] for part in (*discussion_parts(made), made["document"])]
    assert len(titles) > 1
    assert hard_wired(" | ".join((*words_in(made), *titles)), stays) is None


def discussion_parts(made: Any) -> Iterator[Any]:
    """What has a title in the JSON of a discussion, sources apart."""
    discussion = made["discussion"]
    yield from (*discussion["points"], *discussion["tensions"])
    for question in discussion["questions"]:
        yield from question["decides"]


# No advice changes


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(profile=profiles(unrecognised=True), reader=st.sampled_from(READERS))
def test_a_translation_is_the_same_note_in_other_words(
    profile: Profile, reader: Reader, wide: RuleBase
) -> None:
    """Whoever the person is, a note translated back is the English note, but for the line that says who reviewed it."""
    english = discuss(profile, on=DAY)
    other = discuss(profile, rules=wide, on=DAY)
    assert [point.id for point in other.points] == [point.id for point in english.points]
    again = back(render(other, reader=reader, rules=wide)).splitlines()
    says = RULES.note.frames.translated.format(names=back(REVIEWER))
    assert says in again
    again.remove(says)
    assert [line for line in again if line] == [
        line for line in render(english, reader=reader).splitlines() if line
    ]


def test_names_are_recognised_alike(wide: RuleBase) -> None:
    """Each name of a medicine or option means the same in every language, so no translation changes what is heard."""
    for rules in (wide, replace(wide, terms={})):
        assert rules.ingredients == RULES.ingredients
        assert rules.option_names == RULES.option_names
        assert rules.spellings == RULES.spellings
    assert wide.classes["opioid"].name != RULES.classes["opioid"].name


def test_every_text_has_a_context_and_a_place_of_its_own() -> None:
    """No two texts share a context, and each stands where its reference says."""
    texts = wordings(RULES)
    assert len({one.context for one in texts}) == len(texts)
    lines: dict[str, list[str]] = {}
    for one in texts:
        place = RULES.place(*one.item, one.path)
        path = (
            shipped_rules() / place.file.rpartition("rules/")[2]
        )  # a place is shown from the current folder
        written = lines.setdefault(place.file, path.read_text(encoding="utf-8").splitlines())
        here = (
            written[place.line - 1][place.column - 1 :].lstrip("\"'").replace("''", "'").replace('\\"', '"')
        )
        assert here.startswith(one.english[:10]), one.context


# Gaps and reviewers


def test_what_has_no_translation_stands_in_english_and_is_counted(tmp_path: Path) -> None:
    """A note in a language with gaps says how many texts stand in English, and those do."""
    part = made_up(RULES, tmp_path, without=("points/low-iron-result/title", "note/headings/help"))
    assert (part.language.missing, part.language.texts) == (2, len(wordings(RULES)))
    assert part.points["low-iron-result"].title == RULES.points["low-iron-result"].title
    discussion = discuss(Profile.from_yaml(RULES.examples["low-iron"]), rules=part, on=DAY)
    note = render(discussion, rules=part)
    assert f"## {RULES.note.headings.help}\n" in note
    assert pseudo(RULES.note.frames.translation_gaps).format(missing=2, all=part.language.texts) in note


def test_a_translation_of_other_english_is_not_used(tmp_path: Path) -> None:
    """Where the English of a rule has changed since it was translated, the new English is shown."""
    made_up(RULES, tmp_path)
    point = RULES.points["low-iron-result"].model_copy(update={"title": "This title is new"})
    changed = replace(RULES, points={**RULES.points, point.id: point})
    again = translated(changed, CODE, [read_catalogue(tmp_path / f"{CODE}.mo")])
    assert again.points[point.id].title == "This title is new"
    assert again.points[point.id].text == pseudo(point.text)
    assert again.language.missing == 1


@pytest.mark.parametrize("reader", READERS)
def test_a_note_begins_with_it_that_nobody_reviewed_its_words(reader: Reader, tmp_path: Path) -> None:
    """Until a catalogue names a reviewer, the first words of each note say so, in English and in the other language."""
    unsure = made_up(RULES, tmp_path, reviewed=False)
    discussion = discuss(Profile.from_yaml(RULES.examples["low-iron"]), rules=unsure, on=DAY)
    about = render(discussion, reader=reader, rules=unsure).split("\n## ")[1].splitlines()
    says = RULES.note.frames.translation_not_reviewed
    assert about[2].removeprefix("- ") == f"{says} {pseudo(says)}"


@pytest.mark.parametrize("reader", READERS)
def test_an_english_note_says_nothing_of_translations(reader: Reader) -> None:
    """English is no translation."""
    note = render(discuss(Profile.from_yaml(RULES.examples["low-iron"]), on=DAY), reader=reader)
    assert "translation" not in note


# What no translation may do


@pytest.mark.parametrize(
    ("english", "said", "what"),
    [
        ("You see this because {reasons}.", "Sie sehen das.", "slots"),
        ("You see this because {reasons}.", "Sie sehen das wegen {gründe}.", "slots"),
        ("You see this because {reasons}.", "Sie sehen das wegen {reasons.", "slots"),
        ("This helps some people.", "Das hilft {manchen}.", "slots"),
        ("This helps some people.", " ", "nothing"),
        ("This helps some people.", "Das hilft \u202emanchen.", "U+202E"),
        ("This helps some people.", "Das hilft \x1b[mmanchen.", "U+001B"),
        ("This helps some people.", "Das hilft\u200b manchen.", "U+200B"),
        ("This helps 6 in 100 people.", "Das hilft 60 von 100 Leuten.", "numbers"),
        ("This helps 6 in 100 people.", "Das hilft manchen Leuten.", "numbers"),
        ("This helps some people.", "Das hilft ab 300 mg.", "numbers"),
    ],
)
def test_a_translation_that_cannot_be_right(english: str, said: str, what: str) -> None:
    """A translation that loses or adds a slot or a number, or says nothing, is refused, whatever the language."""
    assert [what in message for message, _ in faults(english, said)] == [True]


@pytest.mark.parametrize(
    ("english", "said"),
    [
        ("you are {value} years old", "Sie sind {value} Jahre alt"),
        ("we do not know about {label_lower}", "wir wissen nichts zu: {label}"),
        ("ferritin at or below 7.5 ng/mL in 2025", "2025: Ferritin höchstens 7,5 ng/ml"),
        ("it helps", "\u0645\u06cc\u200c\u06a9\u0646\u062f\u200f!"),  # a joiner and a mark, in Persian
        ("it helps", "cela aide\u202f!\nVoilà"),
        ("6 in 100 people", "\u0967\u0966\u0966: \u096c"),  # in the digits of Hindi
    ],
)
def test_a_translation_may_order_and_write_as_its_language_does(english: str, said: str) -> None:
    """Slots and numbers may stand in another order, in other digits, with a decimal comma."""
    assert list(faults(english, said)) == []


def test_a_reviewer_whose_name_turns_the_note_round_is_refused(tmp_path: Path) -> None:
    """A hidden character in the names of the reviewers is refused, in a catalogue and in a compiled one."""
    made = polib.POFile()
    made.metadata = {"Content-Type": "text/plain; charset=UTF-8", REVIEWERS: "Anna\u202e"}
    made.save(str(tmp_path / "xx.po"))
    made.save_as_mofile(str(tmp_path / "xx.mo"))
    for refused in (
        lambda: catalogue.read(tmp_path / "xx.po"),
        lambda: translated(RULES, "xx", [read_catalogue(tmp_path / "xx.mo")]),
    ):
        with pytest.raises(RulesError, match=r"`X-Reviewed-By`: hidden or control character U\+202E"):
            refused()


def test_every_fault_of_a_catalogue_is_told_at_once(tmp_path: Path) -> None:
    """A catalogue with several faults is refused with all of them, by context."""
    made = polib.POFile()
    for one in wordings(RULES)[:3]:
        made.append(polib.POEntry(msgctxt=one.context, msgid=one.english, msgstr="{x}"))
    made.save_as_mofile(str(tmp_path / "xx.mo"))
    with pytest.raises(RulesError) as refused:
        translated(RULES, "xx", [read_catalogue(tmp_path / "xx.mo")])
    assert len(refused.value.problems) == 3
    assert f"`{wordings(RULES)[0].context}`" in str(refused.value)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.binary(min_size=1, max_size=200),
    begins=st.sampled_from([b"", b"\xde\x12\x04\x95", b"\x95\x04\x12\xde"]),
)
def test_any_bytes_as_a_catalogue(data: bytes, begins: bytes, tmp_path: Path) -> None:
    """Whatever bytes a file has, it is read as a catalogue or refused as a rule file is, never with a traceback."""
    path = tmp_path / "xx.mo"
    path.write_bytes(begins + data)
    with suppress(RulesError):
        read_catalogue(path)


def test_a_file_that_is_no_catalogue(tmp_path: Path) -> None:
    """A file that is no catalogue is refused with its name and what would mend it."""
    path = tmp_path / "xx.mo"
    path.write_text("nothing of the kind", encoding="utf-8")
    with pytest.raises(RulesError, match=r"xx\.mo.*\n.*--language xx --compile"):
        read_catalogue(path)


# Which language


@pytest.mark.parametrize("language", ["xx", "", "../note", "EN", "en-"])
def test_a_language_that_is_not_there(language: str) -> None:
    """A language without a catalogue is an error that says which there are."""
    with pytest.raises(RulesError, match="`en`"):
        load_rules(language=language)


def test_a_discussion_is_written_in_its_own_language(wide: RuleBase) -> None:
    """A discussion keeps its language when it is saved, and is not written with the words of another."""
    profile = Profile(age=40)
    saved = Discussion.from_json(discuss(profile, rules=wide, on=DAY).to_json())
    assert saved.provenance.language == wide.language
    assert render(saved, rules=wide) == render(discuss(profile, rules=wide, on=DAY), rules=wide)
    with pytest.raises(RulesError, match=f"`{CODE}`.*`en`"):
        render(saved, rules=RULES)
    with pytest.raises(RulesError, match="no language"):
        render(saved)


def test_a_folder_has_the_words_of_its_own_texts(tmp_path: Path) -> None:
    """Catalogues of several folders are used together, a later folder's first; one without a reviewer is enough to say so."""
    base, clinic = tmp_path / "base", tmp_path / "clinic"
    for folder, reviewer, words in ((base, "Anna", "Hilfe"), (clinic, "", "Hilfe sofort")):
        (folder / "languages").mkdir(parents=True)
        catalogue = polib.POFile()
        catalogue.metadata = {"Content-Type": "text/plain; charset=UTF-8", "X-Reviewed-By": reviewer}
        heading = RULES.note.headings.help
        catalogue.append(polib.POEntry(msgctxt="note/headings/help", msgid=heading, msgstr=words))
        if folder == base:
            catalogue.append(
                polib.POEntry(
                    msgctxt="note/headings/about", msgid=RULES.note.headings.about, msgstr="Über diese Notiz"
                )
            )
        catalogue.save_as_mofile(str(folder / "languages" / "de.mo"))
    for file in shipped_rules().rglob("*.yaml"):
        copy = base / file.relative_to(shipped_rules())
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(file.read_bytes())
    both = load_rules(base, clinic, language="de")
    assert both is load_rules(base, clinic, language="de")
    assert (both.note.headings.help, both.note.headings.about) == ("Hilfe sofort", "Über diese Notiz")
    assert both.language.reviewed_by == ()
    alone = load_rules(base, language="de")
    assert (alone.note.headings.help, alone.language.reviewed_by) == ("Hilfe", ("Anna",))
    assert alone.language.missing == alone.language.texts - 2
