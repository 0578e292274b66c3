"""Boundary vignettes: what was reviewed still holds, and every mistake in a condition is noticed."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings

from rls_rules import RuleBase, load_rules
from rls_rules.catching import Signature, Watch, signatures
from rls_rules.mutants import CONDITION_OPERATORS, Mutant, mutants
from rls_rules.partings import Partings
from rls_rules.recognition import recognise
from rls_rules.regions import TooManyBoxesError
from rls_rules.testing import rule_bases
from rls_rules.vignettes import Vignette, Word, from_json, notices, question, replay, to_json, vignettes

RULES = load_rules()
MUTANTS = list(mutants(RULES))
HERE = Path(__file__).parent
KEPT = from_json((HERE / "vignettes" / "shipped.json").read_text(encoding="utf-8"))
REVIEWED: dict[str, Signature] = {
    name: (stance, urgency, tuple(options), tuple(cites))
    for name, (stance, urgency, options, cites) in json.loads(
        (HERE / "reviewed_points.json").read_text(encoding="utf-8")
    ).items()
}
AGAIN = "if the change is meant, record both files again as docs/mutation.md says, and review the difference"


def record() -> None:
    """Write both files anew, to be read and reviewed as a difference."""
    lines = [f"{json.dumps(name)}: {json.dumps(one)}" for name, one in signatures(RULES).items()]
    (HERE / "reviewed_points.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    (HERE / "vignettes" / "shipped.json").write_text(to_json(vignettes(RULES, MUTANTS)), encoding="utf-8")


def test_the_vignettes_come_out_as_reviewed() -> None:
    """Every person on the edge of a condition still hears, or does not hear, what was reviewed."""
    assert not list(replay(RULES, KEPT)), AGAIN


def test_the_points_speak_as_reviewed() -> None:
    """Stance, urgency, options and citations of every point are those that were reviewed."""
    assert signatures(RULES) == REVIEWED, AGAIN


def noticed(mutant: Mutant, several: tuple[Vignette, ...], rules: RuleBase) -> bool:
    """Whether any of some vignettes does not come out with a mutant in place."""
    return any(notices(one, recognise(one.profile, rules).answers, mutant.rules) for one in several)


def test_the_vignettes_notice_every_mistake_in_a_condition() -> None:
    """No small mistake in a condition of the shipped rules passes the reviewed vignettes, or it changes nothing."""
    watch = Watch(RULES, MUTANTS, KEPT)
    unnoticed = [one for one in MUTANTS if one.of_condition and not watch.noticed(one)]
    partings = Partings.of(RULES, unnoticed)
    assert not [f"{one.place}: {one.what}" for one in unnoticed if partings.parting(one) is not None], AGAIN


def test_the_same_rules_give_the_same_vignettes() -> None:
    """Vignettes are derived without chance, each once, and reading what was written gives them back."""
    some = [one for one in MUTANTS if one.item in ("iron-treatment-can-be-discussed", "low_iron_stores")]
    first, second = (vignettes(RULES, some) for _ in range(2))
    assert first == second == from_json(to_json(first))
    assert len({to_json([one]) for one in first}) == len(first)


@settings(max_examples=8)
@given(rule_bases(most_points=2))
def test_vignettes_notice_every_mistake_in_any_rules(rules: RuleBase) -> None:
    """In any rule base, whoever differs between the rules and a mutant is among the vignettes."""
    every = [one for one in mutants(rules) if one.of_condition]
    found = vignettes(rules, every)
    assert not list(replay(rules, found))
    partings = Partings.of(rules, every)
    for mutant in every:
        try:
            parting = partings.parting(mutant)
        except TooManyBoxesError:
            continue
        assert noticed(mutant, found, rules) is (parting is not None), mutant.what


def at(ferritin: float | None, verdict: Word) -> Vignette:
    """Somebody of whom at most a ferritin is known, and what becomes of one point."""
    given: dict[str, object] = {} if ferritin is None else {"ferritin": ferritin}
    return Vignette("point", "low-iron-result", given, verdict)


def test_questions_are_made_of_the_words_of_the_facts() -> None:
    """A question says what is known of a person, what becomes of the point, and what is otherwise beside it."""
    assert question(RULES, at(75, "shown"), [at(76, "undecided")]) == (
        "“your ferritin is 75 ng/mL”: it is shown. "
        "With “your ferritin is 76 ng/mL” instead, it is not shown, for want of an answer. "
        "Is that what the sources say?"
    )
    assert question(RULES, at(None, "undecided"), [at(75, "shown")]) == (
        "Nothing is known: it is not shown, for want of an answer. "
        "With “your ferritin is 75 ng/mL” as well, it is shown. "
        "Is that what the sources say?"
    )
    assert question(RULES, at(75, "shown"), [at(None, "undecided")]) == (
        "“your ferritin is 75 ng/mL”: it is shown. "
        "With nothing known under “Ferritin” instead, it is not shown, for want of an answer. "
        "Is that what the sources say?"
    )
    assert question(RULES, at(75, "shown"), [at(74, "shown")]) == (
        "“your ferritin is 75 ng/mL”: it is shown. Is that what the sources say?"
    )


def test_the_nearest_number_is_set_beside_another() -> None:
    """Of several people with another verdict, the one with the nearest number is named."""
    several = [at(ferritin, "undecided") for ferritin in (None, 300, 76)]
    assert "76 ng/mL" in question(RULES, at(75, "shown"), several)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"verdict": "silent"}, "was reviewed as silent, and is shown now"),
        ({"item": "not-there"}, "there is no point `not-there` any more"),
        ({"given": {"iron_tests": "never", "ferritin": 60.0}}, "cannot all be true"),
    ],
)
def test_a_vignette_that_no_longer_holds_is_told(changed: dict[str, object], says: str) -> None:
    """A verdict that changed, a point that is gone and a person who cannot be are each said."""
    kept: dict[str, object] = {
        "kind": "point",
        "item": "low-iron-result",
        "given": {"ferritin": 75.0},
        "verdict": "shown",
    }
    (told,) = replay(RULES, [Vignette(**{**kept, **changed})])  # type: ignore[arg-type]
    assert says in told


@pytest.mark.parametrize("count", [5, pytest.param(400, marks=pytest.mark.long)])
def test_deciding_only_what_is_touched_decides_all(count: int) -> None:
    """For a sample of mutants of every operator, the quick way and the thorough way give the same answer."""
    by_operator = sorted(MUTANTS, key=lambda one: one.operator)
    watch = Watch(RULES, MUTANTS, KEPT, REVIEWED)
    for mutant in by_operator[:: len(MUTANTS) // count]:
        quick, thorough = watch.outcome(mutant), watch.outcome(mutant, thorough=True)
        assert (quick.equivalent, quick.by) == (thorough.equivalent, thorough.by), mutant.what


def test_signatures_notice_every_mistake_outside_a_condition() -> None:
    """A stance, an urgency, an option or a citation that changed is not the reviewed one."""
    watch = Watch(RULES, (), (), REVIEWED)
    for mutant in MUTANTS:
        assert watch.signed(mutant) is (mutant.operator not in CONDITION_OPERATORS)
