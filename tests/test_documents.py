"""What the documents say is true: their code runs, their tables match, their commands exist."""

import re
from pathlib import Path

import pytest

from rls_rules import Profile, discuss, glossary, items, options
from rls_rules.cli import app
from rls_rules.cli.listing import Listed, Schema
from rls_rules.items import Item
from rls_rules.note_words import NoteWords
from rls_rules.rule_files import FILES

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
RULES_README = (ROOT / "rules" / "README.md").read_text(encoding="utf-8")

MODELS: dict[str, type[Item]] = {
    "source": items.Source,
    "statement": items.Statement,
    "strength, certainty": items.Grade,
    "option": options.Option,
    "benefit, harm, living with": options.Saying,
    "chance": options.Chance,
    "group": options.Group,
    "guidance": options.Guidance,
    "class": items.MedicineClass,
    "medicine": items.Medicine,
    "product": items.Product,
    "fact": items.FactWords,
    "impossible": items.Impossible,
    "topic": items.Topic,
    "finding": items.Finding,
    "point": items.TalkingPoint,
    "example": items.Example,
    "reviewed": items.Review,
    "tension": items.Tension,
    "position": items.Position,
    "hazard": items.Hazard,
    "lowered": items.Lowered,
    "term": glossary.Term,
    "syllables": glossary.Syllables,
    "override": items.Override,
    "retired": items.Retired,
    "note": NoteWords,
}


PYTHON = [
    pytest.param(code, id=f"{name}-{number}")
    for name in ("README.md", "docs/overlays.md")
    for number, code in enumerate(
        re.findall(r"```python\n(.*?)```", (ROOT / name).read_text(encoding="utf-8"), re.DOTALL)
    )
]


@pytest.mark.parametrize("code", PYTHON)
def test_the_python_of_the_documents_runs(code: str) -> None:
    """Every Python example runs as it stands; its tests pass."""
    names: dict[str, object] = {}
    exec(code, names)  # noqa: S102 - our own document
    for name, made in names.items():
        if name.startswith("test_") and callable(made):
            made()


def test_the_profile_of_the_readme_can_be_read() -> None:
    """The profile that the README shows is one, with a fact on each of its six lines and no unknown medicine."""
    (written,) = re.findall(r"<!-- profile -->\n```yaml\n(.*?)```", README, re.DOTALL)
    known = Profile.from_yaml(written).known()
    assert len(known) == len(written.splitlines()) == 6
    assert discuss(Profile.from_yaml(written)).unrecognised == ()


@pytest.mark.parametrize("item", MODELS)
def test_the_table_of_keys(item: str) -> None:
    """rules/README.md lists exactly the keys of every item, the required ones in bold."""
    rows = dict(re.findall(r"^\| ([a-z, ]+) \| ((?:\*\*)?`.*) \|$", RULES_README, re.MULTILINE))
    said = {key: bool(bold) for bold, key in re.findall(r"(\*\*)?`([a-z_]+)`", rows[item])}
    fields = MODELS[item].model_fields
    assert said == {field.alias or name: field.is_required() for name, field in fields.items()}


def test_every_model_of_a_rule_file_is_in_the_table() -> None:
    """No kind of item is left out of the table of keys."""
    models = {model for lists in FILES.values() for model in lists.values()}
    assert models <= {*MODELS.values()}


def test_the_rules_readme_names_every_file() -> None:
    """rules/README.md has a row for every file of the folder."""
    for name in FILES:
        assert f"`{name}" in RULES_README
    shipped = {path.name for path in (ROOT / "rules").iterdir() if path.suffix == ".yaml"}
    assert shipped <= {*FILES}


def test_the_readme_names_every_command() -> None:
    """Every command, and everything that can be listed or has a schema, stands in the README's table."""
    for command in app.registered_commands:
        name = command.name or getattr(command.callback, "__name__", "")
        assert f"`rls-rules {name}" in README, name
    for value in (*Listed, *Schema):
        assert value.value in README


def test_the_example_rule_of_the_readme_is_a_shipped_rule() -> None:
    """The rule that rules/README.md explains uses only keys that exist."""
    example = RULES_README.split("```yaml", maxsplit=2)[1].split("```", maxsplit=1)[0]
    keys = re.findall(r"^(?:- |  )([a-z_]+):", example, re.MULTILINE)
    assert {*keys} <= {*items.TalkingPoint.model_fields}


def test_no_file_of_the_package_is_too_long() -> None:
    """No module of the package has much more than 300 lines."""
    lengths = {
        path.name: len(path.read_text(encoding="utf-8").splitlines())
        for path in (ROOT / "rls_rules").rglob("*.py")
    }
    assert {name: length for name, length in lengths.items() if length > 330} == {}
