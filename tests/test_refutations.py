"""Each theorem is refuted by what is planted against it, in the right places, by the person with the fewest facts.

A case is a Markdown file in `planted/`, named after the theorem: a clinic's folder, laid over `bad_rules/base/`,
and the whole report, with each line that it points to, so that a wrong place is seen at once.
What is planted comes to light only where four facts meet, so that people with fewer, or drawn by chance, would miss it;
where there is another way to it, that way takes more facts.

Of some theorems nobody can be shown, or not for want of four facts:

- `can-be-shown`, `tensions-meet`, `no-duplicates`, `nothing-implied`, and `not-for-everyone` of a point that is not marked,
  say that there is somebody; their refutation is that nobody is.
- `examples-hold` is about people who are written down; the person is the example.
- `options-balanced` and `facts-matter` are about what is written, whoever reads it.
- `cautions-stay` and `options-balanced` cannot be broken by a file that loads, and `one-outcome` by no rules at all;
  `questions-exact` and `readings-agree` are about the library. `AFTERWARDS` plants these in what was loaded.

After changing a message on purpose, record all reports anew and read what changed:

    RECORD_REPORTS=1 python -m pytest tests/test_refutations.py
"""

import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from rls_rules import RuleBase, explain
from rls_rules.conditions import All, Condition, Known, OneOf
from rls_rules.discussion import Question
from rls_rules.loader import read_rules
from rls_rules.program import Program
from rls_rules.proof import THEOREMS, Counterexample, prove
from rls_rules.regions import Box, Space
from tests.gallery import copy_base, pointed

CASES = sorted((Path(__file__).parent / "planted").glob("*.md"))
FILE = re.compile(r"^```yaml (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
REPORT = re.compile(r"^```text\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NOBODY = {
    "can-be-shown", "examples-hold", "facts-matter", "no-duplicates", "not-for-everyone", "nothing-implied",
    "options-balanced", "questions-exact", "readings-agree", "tensions-meet", "answers-count",
    "facts-matter-declared",
}  # fmt: skip
"""The cases whose report has no person of its own."""

Fault = Callable[[pytest.MonkeyPatch, RuleBase], RuleBase]


def theorem_of(case: Path) -> str:
    """The theorem that a case is planted against."""
    return next(one.name for one in THEOREMS if case.stem.startswith(one.name))


def rest_on_a_gap(_: pytest.MonkeyPatch, rules: RuleBase) -> RuleBase:
    """Let the caution want a fact to be unknown."""
    point = rules.points["ours"]
    when = All((point.when, Known("obesity", known=False)))
    return replace(rules, points={**rules.points, "ours": point.model_copy(update={"when": when})})


def not_studied(_: pytest.MonkeyPatch, rules: RuleBase) -> RuleBase:
    """Let the option say that no harm was studied, beside its harm."""
    option = rules.options["ours"].model_copy(update={"not_studied": True})
    return replace(rules, options={**rules.options, "ours": option})


def never_false(patch: pytest.MonkeyPatch, rules: RuleBase) -> RuleBase:
    """Take the boxes of a finding also for those in which it is certainly not so."""
    boxes = Space.boxes

    def faulty(space: Space, condition: Condition, *, holds: bool = True) -> list[Box]:
        other = condition == OneOf("the_four", (False,))
        return boxes(space, OneOf("the_four", (True,)) if other else condition, holds=holds)

    patch.setattr(Space, "boxes", faulty)
    return rules


def forget_what_decides(patch: pytest.MonkeyPatch, rules: RuleBase) -> RuleBase:
    """Forget the question about obesity where its answer alone would show the point."""
    questions = explain.questions

    def forgotten(question: Question) -> bool:
        return question.fact == "obesity" and any(not one.together_with for one in question.decides)

    def faulty(*arguments: object) -> tuple[Question, ...]:
        return tuple(one for one in questions(*arguments) if not forgotten(one))  # type: ignore[arg-type]

    patch.setattr(explain, "questions", faulty)
    return rules


def never_hold(patch: pytest.MonkeyPatch, rules: RuleBase) -> RuleBase:
    """Let the boxes of the point hold nobody."""
    heard = Program.heard
    patch.setattr(Program, "heard", lambda self, box: heard(self, box) - {self.ids.index("ours")})
    return rules


AFTERWARDS: dict[str, Fault] = {
    "cautions-stay": rest_on_a_gap,
    "options-balanced": not_studied,
    "one-outcome": never_false,
    "questions-exact": forget_what_decides,
    "readings-agree": never_hold,
}
"""What no file that loads can plant."""


@pytest.fixture
def planted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], RuleBase]:
    """How a case is loaded, in a folder of its own."""
    copy_base(tmp_path / "rules")
    monkeypatch.chdir(tmp_path)

    def load(case: Path) -> RuleBase:
        for name, text in FILE.findall(case.read_text(encoding="utf-8")):
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            Path(name).write_text(text, encoding="utf-8")
        rules = read_rules("rules", "clinic")
        return AFTERWARDS[case.stem](monkeypatch, rules) if case.stem in AFTERWARDS else rules

    return load


def shown(one: Counterexample) -> str:
    """A counterexample, and below it the lines that it points to."""
    return f"{one}\n" + "".join(map(pointed, one.places))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_what_is_planted_is_found(case: Path, planted: Callable[[Path], RuleBase]) -> None:
    """The theorem is refuted with the recorded people and places, and by nothing that was not so before."""
    (base,) = prove(read_rules("rules"), names=[theorem_of(case)])
    (result,) = prove(planted(case), names=[theorem_of(case)])
    assert result.verdict == "refuted"
    ours = [one for one in result.counterexamples if one.places[0].file.startswith("clinic/")]
    assert {one.message for one in {*result.counterexamples} - {*ours}} <= {
        one.message for one in base.counterexamples
    }
    found = "".join(map(shown, ours))
    if os.environ.get("RECORD_REPORTS"):
        text = case.read_text(encoding="utf-8")
        case.write_text(REPORT.sub(lambda _: f"```text\n{found}```", text), encoding="utf-8")
    recorded = REPORT.search(case.read_text(encoding="utf-8"))
    assert recorded is not None, "a case needs a report: an empty ```text block, then record"
    assert found == recorded[1]
    people = [one.person for one in ours if one.person is not None]
    assert bool(people) is (case.stem not in NOBODY)
    assert all(len(person.known()) >= 4 for person in people)
    assert all(one.replayed is True for one in ours if one.person is not None)


def test_every_theorem_has_a_case() -> None:
    """Something is planted against each theorem."""
    assert {theorem_of(case) for case in CASES} == {one.name for one in THEOREMS}
