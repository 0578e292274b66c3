"""What compares the readings of a condition: it sees a difference, and a case that it kept is the same case again."""

from pathlib import Path
from random import Random

import pytest

from rls_rules.regions import Space
from tests.benchmarks import differential
from tests.benchmarks.differential import Case, Readings, as_yaml, differing, drawn, read, run


def test_no_reading_differs(tmp_path: Path) -> None:
    """Some thousand random cases come out the same in every reading, with points shown in them."""
    tried = run(60, 3, tmp_path, 3_000)
    assert tried.kept == []
    assert tried.cases >= 3_000
    assert tried.shown > tried.cases / 2


def test_a_kept_case_is_the_same_case() -> None:
    """A case comes back from its file with the same answers, and rules that say the same to whomever they are told."""
    random = Random(4)  # noqa: S311 - the same cases every time
    for _ in range(40):
        rules, maker = drawn(random)
        case = Case(rules, maker.answers(0.7))
        back = read(as_yaml(case), "kept.yaml")
        assert back.answers == case.answers
        ours, theirs = Readings(rules), Readings(back.rules)
        assert all(ours.of(one) == theirs.of(one) for one in (maker.answers(0.6) for _ in range(20)))


def test_a_wrong_reading_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the boxes are wrong, the case is kept, differs when it is replayed, and agrees once they are mended."""
    with monkeypatch.context() as broken:
        right = Space.boxes
        broken.setattr(Space, "boxes", lambda self, *given, **more: right(self, *given, **more)[:1])
        tried = run(60, 5, tmp_path, 2_000)
        assert tried.kept
        case = read(tried.kept[0].read_text(), "kept.yaml")
        assert "definition: " in differing(case, Readings(case.rules))
    assert differing(case, Readings(case.rules)) == ""
    assert "--replay" in (differential.__doc__ or "")
