"""Rule folders → what is written in each file, with its places: plain data, not yet rules."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path as FilePath
from typing import Any

from rls_rules.errors import Place, RulesError, did_you_mean, one_of
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
    Statement,
    TalkingPoint,
    Tension,
    Topic,
)
from rls_rules.loading import Loading
from rls_rules.options import Option
from rls_rules.yaml_reader import Positions, read_file, read_yaml

FILES: Mapping[str, Mapping[str, type[Item]]] = {
    "sources.yaml": {"sources": Source},
    "statements.yaml": {"statements": Statement},
    "options.yaml": {"options": Option},
    "medicines.yaml": {"classes": MedicineClass, "medicines": Medicine, "products": Product},
    "facts.yaml": {"facts": FactWords},
    "glossary.yaml": {"terms": Term, "syllables": Syllables},
    "impossible.yaml": {"impossible": Impossible},
    "hazards.yaml": {"hazards": Hazard},
    "lowered.yaml": {"lowered": Lowered},
    "retired.yaml": {"retired": Retired},
    "note.yaml": {},
    "topics": {"findings": Finding, "points": TalkingPoint, "tensions": Tension, "overrides": Override},
}
"""The files of a rule folder (`topics` stands for every file in that folder), and the lists in each."""

_NEEDED = ("sources.yaml", "statements.yaml", "options.yaml", "medicines.yaml", "facts.yaml", "note.yaml")
"""The files that every rule base has, in one of its folders."""

_YAML = (".yaml", ".yml")

MOST_ITEMS = 5_000
"""A list of more items was not written by a person."""


@dataclass(slots=True)
class Sheet:
    """One file that could be read: its data and the places in it."""

    kind: str
    data: dict[str, Any]
    positions: Positions
    folder: int


def read_sheets(folders: Sequence[FilePath], loading: Loading) -> tuple[list[Sheet], dict[str, str], str]:
    """Read every file of some folders; note those that cannot be read, are misnamed, or are missing.

    :returns: the rule files, the shipped profiles as text by name, and a digest of them all.
    """
    digest = sha256()
    sheets: list[Sheet] = []
    examples: dict[str, str] = {}
    for number, folder in enumerate(folders):
        for kind, path in _paths(folder, loading):
            name = shown(path)
            try:
                source = read_file(path)
                digest.update(f"{path.relative_to(folder).as_posix()}\0{len(source)}\0".encode() + source)
                data, positions = read_yaml(source, name)
            except RulesError as error:
                loading.problems += error.problems
                continue
            if kind == "examples":
                examples[path.stem] = source.decode()
            elif isinstance(data, dict):
                sheets.append(Sheet(kind, data, positions, number))
                _outline(sheets[-1], loading)
            else:
                first = next(iter(FILES[kind]), "version") if kind != "topics" else "topic"
                loading.no(Place(name, 1, 1), "a rule file is a mapping", f"begin with `{first}:`")
    if not loading.problems:
        _complete(folders[0], sheets, loading)
    return sheets, examples, digest.hexdigest()


def shown(path: FilePath) -> str:
    """A path as problems show it: from the current folder if it is below."""
    try:
        return path.absolute().relative_to(FilePath.cwd()).as_posix()
    except ValueError:
        return path.as_posix()


def _paths(folder: FilePath, loading: Loading) -> Iterator[tuple[str, FilePath]]:
    """Every rule file of a folder, in a fixed order, with its kind."""
    if not folder.is_dir():
        help_ = "name a folder with `note.yaml` and `topics/` in it"
        loading.no(Place(shown(folder)), "there is no such folder of rules", help_)
        return
    paths = sorted(folder.iterdir())
    if not any(path.name in (*FILES, "examples", "languages") or path.suffix in _YAML for path in paths):
        help_ = "name a folder of rules; points stand in its `topics/`, as in `topics/ours.yaml`"
        loading.no(Place(shown(folder)), "there is no rule file in this folder", help_)
    for path in paths:
        if path.name in FILES and path.name != "topics":
            yield path.name, path
        elif path.name in ("topics", "examples") and not path.is_dir():
            loading.no(Place(shown(path)), "this should be a folder", "give the file another name")
        elif path.name in ("topics", "examples"):
            yield from ((path.name, file) for file in sorted(path.iterdir()) if file.suffix in _YAML)
        elif path.suffix in _YAML:
            known = [name for name in FILES if name != "topics"]
            near = did_you_mean(path.stem, (FilePath(name).stem for name in known))
            help_ = (
                did_you_mean(f"{path.stem}.yaml", known) if near else f"{one_of(known)}, or below `topics`"
            )
            loading.no(Place(shown(path)), "this is not the name of a rule file", help_)


def _outline(sheet: Sheet, loading: Loading) -> None:
    """Note the keys of a file that do not exist, and its lists that are none."""
    if sheet.kind == "note.yaml":
        return
    lists = FILES[sheet.kind]
    known = [*(Topic.model_fields if sheet.kind == "topics" else ()), *lists]
    for key, written in sheet.data.items():
        if key not in known:
            help_ = did_you_mean(key, known) or one_of(known)
            loading.no(sheet.positions.place((key,), key=True), f"unknown key `{key}`", help_)
        elif key in lists and not isinstance(written, list):
            help_ = f"begin each item with `- `, or write `{key}: []`"
            loading.no(sheet.positions.place((key,)), f"`{key}` should be a list", help_)
        elif key in lists and len(written) > MOST_ITEMS:
            loading.no(
                sheet.positions.place((key,)), f"`{key}` has too many items", f"at most {MOST_ITEMS:,}"
            )
            written.clear()


def _complete(folder: FilePath, sheets: Sequence[Sheet], loading: Loading) -> None:
    """Note the files without which nothing else can be right."""
    kinds = {sheet.kind for sheet in sheets}
    if missing := [f"`{name}`" for name in FILES if name in _NEEDED and name not in kinds]:
        help_ = (
            "copy the shipped one, or leave `note.yaml` out: then this folder is laid over the shipped rules"
        )
        loading.no(Place(shown(folder)), f"there is no {', '.join(missing)} here", help_)
