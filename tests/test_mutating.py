"""The commands `mutate` and `vignettes`, on the shipped rules with a folder of two points laid over them."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from rls_rules.cli import app
from rls_rules.loader import shipped_rules
from tests.test_overlays import caution, overlay, written


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The shipped rules and two points: one with examples on both sides of its threshold, one without."""
    folder = tmp_path_factory.mktemp("mine")
    watched = {
        "id": "ours-watched",
        "when": {"age": {"at_least": 65}},
        "examples": [{"given": {"age": 65}, "expect": "shown"}, {"given": {"age": 64}, "expect": "silent"}],
    }
    careless = {
        "id": "ours-careless",
        "when": {"age": {"at_least": 50}, "drives": True},
        "examples": [
            {"given": {"age": 80, "drives": True}, "expect": "shown"},
            {"given": {"age": 20, "drives": True}, "expect": "silent"},
        ],
    }
    model = written(caution()) | {"population": "everyone", "urgency": "routine"}
    overlay(folder, {**model, **watched})
    file = folder / "topics" / "mine.yaml"
    topic = json.loads(file.read_text(encoding="utf-8"))
    topic["points"].append({**model, **careless})
    file.write_text(json.dumps(topic), encoding="utf-8")
    return ["--rules", str(shipped_rules()), "--rules", str(folder)]


def run(*words: str) -> Result:
    """Run the command line in this process."""
    return CliRunner().invoke(app, list(words))


def test_examples_on_both_sides_notice_a_moved_threshold(folders: list[str]) -> None:
    """Of a point with examples on both sides, no mistake in the condition survives; of a careless one, some do."""
    done = run("mutate", "ours-watched", "ours-careless", "--format", "json", *folders)
    of_conditions = [one for one in json.loads(done.stdout) if "vignettes" in one["noticed_by"]]
    by_examples = {one["id"]: "examples" in one["noticed_by"] for one in of_conditions}
    assert all(noticed for name, noticed in by_examples.items() if name.startswith("ours-watched/"))
    assert not all(noticed for name, noticed in by_examples.items() if name.startswith("ours-careless/"))
    moved = [one for one in of_conditions if "at_least 49" in one["what"]]
    assert [one["noticed_by"] for one in moved] == [["vignettes"]]


def test_the_table_counts_and_the_list_names_places(folders: list[str]) -> None:
    """The text is a table by operator, then each survivor with its place, its mistake, and what notices it."""
    done = run("mutate", "ours-careless", *folders)
    assert "| move a threshold | 2 | 0 |" in done.stdout
    assert "| **all** |" in done.stdout
    assert "mine.yaml:1:" in done.stdout
    assert (
        "ours-careless: move a threshold: age: at_least 50 → age: at_least 49; noticed by vignettes"
        in done.stdout
    )
    assert done.exit_code == 1  # nobody reviewed its stance
    only = run("mutate", "ours-careless", "--survivors-only", *folders)
    assert only.stdout
    assert only.stdout in done.stdout
    assert "| **all** |" not in only.stdout


def test_a_reviewed_signature_notices_the_rest(folders: list[str], tmp_path: Path) -> None:
    """With the vignettes and the signature of a point as they were reviewed, nothing goes unnoticed."""
    kept = tmp_path / "vignettes.json"
    kept.write_text(run("vignettes", "ours-careless", "--format", "json", *folders).stdout, encoding="utf-8")
    point = written(caution())
    signed = tmp_path / "signatures.json"
    signature = [point["stance"], "routine", point.get("options", []), point["cites"]]
    signed.write_text(json.dumps({"ours-careless": signature}), encoding="utf-8")
    with_both = ("--vignettes", str(kept), "--reviewed", str(signed))
    done = run("mutate", "ours-careless", *with_both, "--survivors-only", "--format", "json", *folders)
    assert done.exit_code == 0
    assert all(one["noticed_by"] for one in json.loads(done.stdout))


def test_the_same_seed_draws_the_same_sample(folders: list[str]) -> None:
    """A sample has the size that was asked for, and the same seed draws it again."""
    words = ("mutate", "ours-watched", "ours-careless", "--sample", "4", "--format", "json", *folders)
    first, again, other = (json.loads(run(*words, "--seed", seed).stdout) for seed in ("1", "1", "2"))
    assert first == again
    assert len(first) == len(other) == 4
    assert first != other


def test_vignettes_are_questions_with_citations(folders: list[str]) -> None:
    """Each point is named with its place and what it cites; each person is a question."""
    done = run("vignettes", "ours-watched", *folders)
    assert done.exit_code == 0
    assert done.stdout.startswith("ours-watched (")
    for cite in caution().cites:
        assert f"  {cite}: " in done.stdout
    assert (
        "“you are 64 years old”: it is not shown. With “you are 65 years old” instead, it is shown."
        in done.stdout
    )


def test_a_point_that_is_not_there_is_an_error() -> None:
    """A name that means nothing is answered with the nearest that does."""
    done = run("vignettes", "low-iron-resul")
    assert done.exit_code == 1
    assert "did you mean `low-iron-result`" in done.stderr


NO_SIGNATURES = {
    b"x": ["these are no signatures that can be read"],
    b"[]": ["these are no signatures that can be read"],
    b"\xff": ["these are no signatures that can be read"],
    b"[" * 100_000: ["these are no signatures that can be read"],
    b'{"a": [1], "b": ["informs", "routine", [], []], "c": 7}': [
        "what stands under `a` is no signature",
        "what stands under `c` is no signature",
    ],
}
NO_VIGNETTES = {
    b"x": ["these are no vignettes that can be read"],
    b"{}": ["these are no vignettes that can be read"],
    b"\xff": ["these are no vignettes that can be read"],
    b"[" * 100_000: ["these are no vignettes that can be read"],
    b'[{"point": "a", "given": {}, "verdict": "shown"}, {"a": [1]}, 7]': [
        "vignette 2 cannot be read",
        "vignette 3 cannot be read",
    ],
    b'[{"point": "a", "given": [], "verdict": "shown"}, {"finding": "a", "given": {}, "verdict": "shown"}]': [
        "vignette 1 cannot be read",
        "vignette 2 cannot be read",
    ],
    b'[{"point": "a", "given": {"age": "x"}, "verdict": "shown"}]': ["vignette 1: `age` should be a number"],
}


@pytest.mark.parametrize(
    ("option", "written", "said"),
    [
        *(("--reviewed", *one) for one in NO_SIGNATURES.items()),
        *(("--vignettes", *one) for one in NO_VIGNETTES.items()),
    ],
    ids=lambda one: repr(one)[:20],
)
def test_what_was_not_reviewed_is_refused(
    tmp_path: Path, option: str, written: bytes, said: list[str]
) -> None:
    """All that is wrong in a file of signatures or vignettes is told, with help, and nothing is tried."""
    file = tmp_path / "reviewed.json"
    file.write_bytes(written)
    done = run("mutate", "low-iron-result", option, str(file))
    assert done.exit_code == 1
    problems = done.stderr.split("\n" + str(file))
    assert len(problems) == len(said)
    for problem, beginning in zip(problems, said, strict=True):
        assert problem.removeprefix(str(file)).startswith(f": {beginning}")
        assert "\n  help: " in problem


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    """A file of vignettes that cannot be read is one line and exit code 1."""
    done = run("mutate", "low-iron-result", "--vignettes", str(tmp_path / "none.json"))
    assert done.exit_code == 1
    assert "there is no such file" in done.stderr
