"""A clinic's own folder: it may add and reword; a caution changes only with a reason that the note repeats."""

import json
from pathlib import Path

import pytest

from rls_rules import Profile, RulesError, discuss, load_rules, render
from rls_rules.items import TalkingPoint
from rls_rules.loader import read_rules, shipped_rules
from rls_rules.yaml_reader import read_yaml

RULES = load_rules()


def caution() -> TalkingPoint:
    """The first caution of the shipped rules."""
    return next(point for point in RULES.points.values() if point.stance == "cautions")


def written(point: TalkingPoint) -> dict[str, object]:
    """A shipped point as it stands in its file."""
    for path in (shipped_rules() / "topics").iterdir():
        topic, _ = read_yaml(path.read_bytes(), path.name)
        for item in topic.get("points", []):
            if item["id"] == point.id:
                return dict(item)
    raise AssertionError(point.id)


def overlay(folder: Path, point: dict[str, object], **more: object) -> None:
    """Write a folder with one topic that gives a point; JSON is YAML."""
    (folder / "topics").mkdir(exist_ok=True)
    topic = {"topic": "mine", "title": "Mine", "about": "What we add.", "points": [point], **more}
    (folder / "topics" / "mine.yaml").write_text(json.dumps(topic, ensure_ascii=False), encoding="utf-8")


def test_rewording_a_caution_is_free(tmp_path: Path) -> None:
    """An overlay may say a caution in other words; its place and everything else stay."""
    overlay(tmp_path, {**written(caution()), "title": "The same in other words"})
    rules = read_rules(shipped_rules(), tmp_path)
    assert rules.points[caution().id].title == "The same in other words"
    assert rules.digest != RULES.digest
    assert list(rules.points) == list(RULES.points)


def test_adding_a_point(tmp_path: Path) -> None:
    """An overlay may add a point of its own, which is heard like any other."""
    mine = {**written(caution()), "id": "ours-alone", "when": {"drives": True}}
    mine["examples"] = [
        {"given": {"drives": True}, "expect": "shown"},
        {"given": {"drives": False}, "expect": "silent"},
    ]
    overlay(tmp_path, mine)
    rules = read_rules(shipped_rules(), tmp_path)
    assert "ours-alone" in {point.id for point in discuss(Profile(drives=True), rules=rules).points}
    assert "ours-alone" not in {point.id for point in discuss(Profile(drives=True)).points}


def test_weakening_a_caution_needs_a_reason(tmp_path: Path) -> None:
    """An overlay that changes the stance of a caution is refused unless it names it with a reason."""
    point = {**written(caution()), "stance": "informs"}
    overlay(tmp_path, point)
    with pytest.raises(RulesError, match="changes a caution of an earlier folder"):
        read_rules(shipped_rules(), tmp_path)
    reason = "Our pharmacist asked for it"
    overlay(tmp_path, point, overrides=[{"point": caution().id, "reason": reason}])
    rules = read_rules(shipped_rules(), tmp_path)
    assert rules.points[caution().id].stance == "informs"
    assert reason in render(discuss(Profile(), rules=rules), rules=rules)


def test_a_folder_by_itself_is_laid_over_the_shipped_rules(tmp_path: Path) -> None:
    """A folder without a `note.yaml` needs no other to be named before it; both ways give the same object."""
    overlay(tmp_path, {**written(caution()), "title": "The same in other words"})
    rules = load_rules(tmp_path)
    assert rules.points[caution().id].title == "The same in other words"
    assert rules is load_rules(shipped_rules(), tmp_path)


def test_a_failed_load_leaves_the_old_rules_as_they_were(tmp_path: Path) -> None:
    """A rule base is a value: an overlay that cannot be loaded changes nothing."""
    overlay(tmp_path, {"id": "broken"})
    with pytest.raises(RulesError):
        load_rules(shipped_rules(), tmp_path)
    assert load_rules().digest == RULES.digest


def test_loading_the_same_folders_gives_the_same_object() -> None:
    """Loading is done once a process; reading gives the files as they are now."""
    assert load_rules() is RULES
    assert read_rules(shipped_rules()) is not RULES
    assert read_rules(shipped_rules()).digest == RULES.digest
