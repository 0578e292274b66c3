"""What stands in rule files is in the rule base, with its place, and is described by the published schema."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from rls_rules import RuleBase, loader
from rls_rules.errors import Place
from rls_rules.loader import read_rules, rules_schema, shipped_rules
from rls_rules.rule_files import FILES
from rls_rules.yaml_reader import read_yaml

ID = {"facts": "fact", "lowered": "theorem", "overrides": "point", "syllables": "word", "terms": "term"}
"""The key that names an item in each list, where it is not `id`."""

KINDS = {
    "sources": "source", "statements": "statement", "options": "option", "findings": "finding", "points": "point",
    "tensions": "tension", "impossible": "impossible", "facts": "fact", "hazards": "hazard", "lowered": "lowered",
}  # fmt: skip
"""What a place is asked for by, for the items of each list that have one."""


@cache
def lines(file: str) -> list[str]:
    """The lines of a file."""
    return Path(file).read_text(encoding="utf-8").splitlines()


def line_at(place: Place) -> str:
    """The line at a place."""
    return lines(place.file)[place.line - 1]


@pytest.fixture
def rules() -> RuleBase:
    """The shipped rules as they are in the files."""
    return read_rules(shipped_rules())


def test_the_shipped_rules_are_in_the_package_or_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The shipped rules are in the folder `rules` of the package, or beside the package if it has none."""
    monkeypatch.setattr(loader, "__file__", str(tmp_path / "package" / "loader.py"))
    assert shipped_rules() == tmp_path / "rules"
    (tmp_path / "package" / "rules").mkdir(parents=True)
    assert shipped_rules() == tmp_path / "package" / "rules"


@cache
def files() -> list[tuple[str, dict[str, Any]]]:
    """Every shipped rule file: the name its kind has in `FILES`, and what is written there."""
    read = []
    for path in sorted(shipped_rules().rglob("*.yaml")):
        kind = path.name if path.parent == shipped_rules() else path.parent.name
        if kind in FILES:
            read.append((kind, read_yaml(path.read_bytes(), path.name)[0]))
    return read


def written(key: str) -> list[dict[str, Any]]:
    """The items of every list under a key, in the order of the files."""
    return [item for kind, data in files() if key in FILES[kind] for item in data.get(key, [])]


def test_every_item_is_in_the_rule_base(rules: RuleBase) -> None:
    """A rule base has each item of the files, and no other."""
    for key in sorted({key for lists in FILES.values() for key in lists} - {"overrides", "products"}):
        items = getattr(rules, "words" if key == "facts" else key)
        assert sorted(items) == sorted(item[ID.get(key, "id")] for item in written(key)), key
        assert None not in items.values()
    assert [item.names for item in rules.products] == [tuple(item["names"]) for item in written("products")]


def test_every_topic_is_in_the_rule_base(rules: RuleBase) -> None:
    """A rule base knows the title of the topic that each file is about."""
    topics = {data["topic"]: data["title"] for kind, data in files() if kind == "topics"}
    assert {name: topic.title for name, topic in rules.topics.items()} == topics


def test_counts_of_syllables_are_as_written(rules: RuleBase) -> None:
    """The syllables of a word are as many as the glossary says."""
    assert rules.syllables == {item["word"]: item["count"] for item in written("syllables")}
    assert rules.syllables


def test_every_item_has_its_place(rules: RuleBase) -> None:
    """The place of an item is the line of its file on which it is named."""
    for key, kind in KINDS.items():
        name_of = ID.get(key, "id")
        for item in written(key):
            place = rules.place(kind, item[name_of])
            assert f"{name_of}: {item[name_of]}" in line_at(place)


def test_the_words_of_notes_have_their_place(rules: RuleBase) -> None:
    """A part of the words around a note stands in `note.yaml`, in the line of its key."""
    place = rules.place("note", "", ("version",))
    assert place.file.endswith("note.yaml")
    assert line_at(place).startswith("version:")


def fits(value: object, schema: Mapping[str, Any], root: Mapping[str, Any]) -> bool:
    """Whether a value has the keys that a schema asks for, at every depth; texts are not looked into."""
    schema = root["$defs"][schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
    options = schema.get("anyOf", [])
    if options:
        return any(fits(value, option, root) for option in options)
    match schema.get("type"), value:
        case "object", dict():
            known = schema.get("properties", {})
            return (
                value.keys() >= {*schema.get("required", [])}
                and (schema.get("additionalProperties") is not False or value.keys() <= known.keys())
                and all(fits(one, known[key], root) for key, one in value.items() if key in known)
            )
        case "array", list():
            return all(fits(one, schema.get("items", {}), root) for one in value)
        case "object" | "array", _:
            return False
        case _:
            return True


def references(schema: object) -> Iterator[str]:
    """Every reference in a schema, at any depth."""
    match schema:
        case dict():
            if isinstance(schema.get("$ref"), str):
                yield schema["$ref"]
            for one in schema.values():
                yield from references(one)
        case list():
            for one in schema:
                yield from references(one)


def test_every_reference_in_the_schema_leads_somewhere() -> None:
    """A reference in the published schema names a definition at its top, where an editor looks for it."""
    schema = rules_schema()
    assert {*references(schema)} <= {f"#/$defs/{name}" for name in schema["$defs"]}
    assert "#/$defs/Saying" in {*references(schema)}


def test_the_schema_describes_every_file() -> None:
    """Each shipped file fits its schema, and fits it no more with a key misspelt, at the top or in an item."""
    schema = rules_schema()
    for kind, data in files():
        form = schema["$defs"][kind]
        assert fits(data, form, schema), kind
        assert not fits({**data, "verison": 1}, form, schema), kind
        for key in FILES[kind]:
            items = data.get(key, [])
            misspelt = [{**item, "cties": []} for item in items]
            assert fits({**data, key: misspelt}, form, schema) == (not items), (kind, key)
            assert not fits({**data, key: {}}, form, schema)


def test_the_schema_has_every_kind_of_file() -> None:
    """The schema says which language it is in, what it is of, and has a definition for each kind of file."""
    schema = rules_schema()
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["title"] == "rls_rules rule files"
    for kind, lists in FILES.items():
        form = schema["$defs"][kind]
        assert (form["type"], form["additionalProperties"]) == ("object", False)
        assert {key: form["properties"][key]["type"] for key in lists} == dict.fromkeys(lists, "array")
