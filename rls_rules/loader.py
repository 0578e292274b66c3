"""Rule folders → a rule base, or every problem of every file at once.

Each file gives its first syntax error or the lists in it that cannot be found;
then every item of every file is checked against its model.
Names, conditions, words and citations are checked only if nothing was left unread.
An item that is broken still counts as there, so that one mistake is reported once.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path as FilePath
from typing import Any, get_args

from pydantic import ValidationError
from pydantic.json_schema import models_json_schema

from rls_rules import declared, evidence, languages, pictured, references, texts
from rls_rules.condition_reader import ConditionReader
from rls_rules.conditions import facts_in
from rls_rules.errors import RulesError
from rls_rules.glossary import Syllables, Term
from rls_rules.items import (
    FactWords,
    Finding,
    Hazard,
    Impossible,
    Item,
    Lowered,
    Medicine,
    MedicineClass,
    Override,
    Product,
    Retired,
    Source,
    Stance,
    Statement,
    TalkingPoint,
    Tension,
    Topic,
)
from rls_rules.loading import AnyItem, Loading
from rls_rules.note_words import ENGLISH, NoteWords
from rls_rules.options import Option
from rls_rules.profile import FACTS
from rls_rules.refusals import Path, refusals
from rls_rules.rule_files import FILES, Sheet, read_sheets
from rls_rules.rulebase import RuleBase
from rls_rules.vocabulary import Vocabulary

_MOST_SHOWN = 60
"""Of a value that is wrong, a problem repeats this many characters."""

_ANSWERING = {*get_args(Stance)} - {"asks"}
"""The stances of points that say something, and may not rest on a gap."""

_ID: Mapping[type[Item], str] = {
    FactWords: "fact", Lowered: "theorem", Override: "point", Syllables: "word", Term: "term", Topic: "topic",
}  # fmt: skip
"""The key that names an item, where it is not `id`."""

_NAMED_BY_OTHERS = (FactWords, Lowered, Override, Product, Syllables, Term)
"""Items whose name is not theirs to choose: that of what they are about."""


def load_rules(*folders: FilePath | str, language: str = ENGLISH.code) -> RuleBase:
    """Load rule folders, each laid over those before it and, as `rule_folders` has it, over the shipped rules.

    :param language: the language of the words; one that the folders have a catalogue of (`docs/languages.md`).
    :returns: the rule base, the same object for the same folders as long as the process lives.
    :raises RulesError: with every problem of every file, or if there is no such language.
    """
    return _loaded(rule_folders(*folders), language)


@cache
def _loaded(folders: tuple[FilePath | str, ...], language: str) -> RuleBase:
    if language == ENGLISH.code:
        return read_rules(*folders)
    return languages.in_language(_loaded(folders, ENGLISH.code), language, folders)


def shipped_rules() -> FilePath:
    """The folder of the shipped rules: inside the installed package, or beside it in a checkout."""
    package = FilePath(__file__).parent
    inside = package / "rules"
    return inside if inside.is_dir() else package.parent / "rules"


def rule_folders(*named: FilePath | str) -> tuple[FilePath | str, ...]:
    """Some folders, laid over the shipped rules unless the first has a `note.yaml`: then it is a rule base by itself."""
    over = not named or not FilePath(named[0], "note.yaml").exists()
    return (shipped_rules(), *named) if over else named


def read_rules(*folders: FilePath | str) -> RuleBase:
    """Load rule folders as `load_rules` does, but from the files as they are now."""
    loading = Loading()
    sheets, examples, digest = read_sheets([FilePath(folder) for folder in folders], loading)
    whole = not loading.problems
    note = _read_items(sheets, loading, whole=whole)
    if not whole:
        raise RulesError(loading.problems)
    findings = _ordered(loading)
    references.check(loading)
    evidence.check(loading)
    pictured.check(loading)
    declared.check(loading)
    texts.check(loading, note)
    if note is None or loading.problems:
        raise RulesError(loading.problems)
    return _rule_base(loading, note, findings, digest, examples)


def _read_items(sheets: Sequence[Sheet], loading: Loading, *, whole: bool) -> NoteWords | None:
    """Validate every item of every sheet; return the words of the note.

    :param whole: whether every file could be read; if not, names in conditions cannot be looked up.
    """
    findings = frozenset(str(name) for name in _ids(sheets, "findings"))
    medicines = (*_ids(sheets, "classes"), *_ids(sheets, "medicines"))
    vocabulary = _vocabulary(tuple(medicines), tuple(_ids(sheets, "options")))
    note: NoteWords | None = None
    for sheet in sheets:
        reader = ConditionReader(vocabulary, findings, sheet.positions, loading.problems if whole else [])
        if sheet.kind == "note.yaml":
            note = _validated(NoteWords, sheet.data, (), sheet, loading)
            loading.of(NoteWords)[""] = note
            loading.places[NoteWords, ""] = (sheet.positions, ())
            continue
        lists = FILES[sheet.kind]
        if sheet.kind == "topics" and whole:
            head = {key: value for key, value in sheet.data.items() if key not in lists}
            _register(Topic, head, (), sheet, loading)
        for key, model in lists.items():
            written = sheet.data.get(key, [])
            for i, item in enumerate(written if isinstance(written, list) else []):
                for field in ("when", "only_for"):
                    if isinstance(item, dict) and field in item and field in model.model_fields:
                        condition = reader.read(
                            item[field],
                            (key, i, field),
                            known=model is TalkingPoint,
                            gaps=item.get("stance") not in _ANSWERING,
                        )
                        item = item | {field: condition}  # noqa: PLW2901 - the condition as it was read
                _register(model, item, (key, i), sheet, loading)
    return note


def _ids(sheets: Sequence[Sheet], key: str) -> list[str]:
    """The ids written in every list under a key, of broken items too."""
    lists = (sheet.data.get(key) for sheet in sheets if key in FILES[sheet.kind])
    items = (item for written in lists if isinstance(written, list) for item in written)
    return [item["id"] for item in items if isinstance(item, dict) and isinstance(item.get("id"), str)]


def _vocabulary(medicines: Sequence[str], options: Sequence[str]) -> Vocabulary:
    """The facts with every name of the rule files as a member of the open sets."""
    vocabulary = FACTS
    for fact in FACTS:
        if fact.names:
            vocabulary = vocabulary.with_members(
                fact.name, medicines if fact.names == "medicines" else options
            )
    return vocabulary


def _register(model: type[Item], item: object, path: Path, sheet: Sheet, loading: Loading) -> None:
    """Validate one item and file it under its id."""
    made = _validated(model, item, path, sheet, loading)
    key = _ID.get(model, "id")
    name = str(item.get(key, "")) if isinstance(item, dict) else ""
    if model is Product:
        name = "+".join(made.names) if isinstance(made, Product) else str(path)
    known = loading.of(model)
    if name in known and loading.folder_of[model, name] == sheet.folder and name:
        first = loading.place(model, name)
        mend = "leave one out" if model in _NAMED_BY_OTHERS else "choose another id"
        help_ = f"the first is at {first}; {mend}"
        loading.no(sheet.positions.place((*path, key)), f"`{name}` is defined twice", help_)
        return
    if isinstance(known.get(name), TalkingPoint) and isinstance(made, TalkingPoint):
        loading.replaced.append((known[name], made))
    known[name] = made
    loading.places[model, name] = (sheet.positions, path)
    loading.folder_of[model, name] = sheet.folder


def _validated(
    model: type[AnyItem], item: object, path: Path, sheet: Sheet, loading: Loading
) -> AnyItem | None:
    try:
        return model.model_validate(item)
    except ValidationError as error:
        for refusal in refusals(error, model):
            place = sheet.positions.place((*path, *refusal.path), key=refusal.of_key)
            written = refusal.written
            short = written if len(written) <= _MOST_SHOWN else f"{written[:_MOST_SHOWN]}…"
            quote = f": `{short}`" if written and not refusal.of_key else ""
            loading.no(place, refusal.message + quote, refusal.help)
        return None


def _ordered(loading: Loading) -> list[str]:
    """The findings, each after those that it is made of; a circle is a problem."""
    findings = {name: finding for name, finding in loading.of(Finding).items() if finding is not None}
    needs = {name: sorted(facts_in(finding.when) & findings.keys()) for name, finding in findings.items()}
    try:
        return list(TopologicalSorter(needs).static_order())
    except CycleError as error:
        circle: list[str] = error.args[1]
        loading.no(
            loading.place(Finding, circle[0], ("when",)),
            "findings are made of each other: " + " ← ".join(f"`{name}`" for name in circle),
            "leave one of them out of the other's condition",
        )
        return list(findings)


def _rule_base(
    loading: Loading, note: NoteWords, findings: Sequence[str], digest: str, examples: Mapping[str, str]
) -> RuleBase:
    names = {
        Source: "source", Statement: "statement", Option: "option", Finding: "finding",
        TalkingPoint: "point", Tension: "tension", Impossible: "impossible", FactWords: "fact",
        Hazard: "hazard", Lowered: "lowered", NoteWords: "note", MedicineClass: "class",
        Medicine: "medicine", Term: "term", Override: "override",
    }  # fmt: skip
    return RuleBase(
        digest=digest,
        note=note,
        sources=loading.of(Source),
        statements=loading.of(Statement),
        options=loading.of(Option),
        classes=loading.of(MedicineClass),
        medicines=loading.of(Medicine),
        products=tuple(loading.of(Product).values()),
        words=loading.of(FactWords),
        impossible=loading.of(Impossible),
        hazards=loading.of(Hazard),
        lowered=loading.of(Lowered),
        findings={name: loading.of(Finding)[name] for name in findings},
        topics=loading.of(Topic),
        points=loading.of(TalkingPoint),
        tensions=loading.of(Tension),
        overrides=tuple(loading.of(Override).values()),
        retired=loading.of(Retired),
        terms=loading.of(Term),
        syllables={name: one.count for name, one in loading.of(Syllables).items()},
        examples=examples,
        positions={(names[kind], name): at for (kind, name), at in loading.places.items() if kind in names},
    )


def rules_schema() -> dict[str, Any]:
    """The JSON Schema of every rule file, for editors: under `$defs`, by file name."""
    models: list[type[Item]] = [Topic, NoteWords]
    for lists in FILES.values():
        models += lists.values()
    references, made = models_json_schema([(model, "validation") for model in models])
    definitions: dict[str, Any] = made["$defs"]
    heads = {"topics": definitions["Topic"], "note.yaml": definitions["NoteWords"]}
    for file, lists in FILES.items():
        head = heads.get(file, {"type": "object", "properties": {}, "additionalProperties": False})
        items = {
            key: {"type": "array", "items": references[model, "validation"]} for key, model in lists.items()
        }
        definitions[file] = head | {"properties": head["properties"] | items}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "rls_rules rule files",
        "$defs": definitions,
    }
