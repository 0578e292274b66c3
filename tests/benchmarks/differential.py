"""Random rule bases and people through every reading of a condition, and what differs is kept.

    python -m tests.benchmarks.differential --seconds 60
    python -m tests.benchmarks.differential --replay failures/differential-7.yaml

One case is one rule base and one person: what `conditions.evaluate`, the boxes, durable_rules
and (where python-sat is installed) a SAT solver say of all points at once.
A case that differs is kept as a file with the rules and the person in the language of rule files.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from rls_rules import durable
from rls_rules.condition_reader import ConditionReader
from rls_rules.conditions import (
    All,
    Any,
    Compare,
    Condition,
    Contains,
    Known,
    Leaf,
    Not,
    OneOf,
    evaluate,
)
from rls_rules.errors import Problem, RulesError
from rls_rules.regions import Space, TooManyBoxesError
from rls_rules.vocabulary import Answers, Vocabulary
from rls_rules.yaml_reader import read_yaml
from tests.made_up import LEVELS, Maker, facts
from tests.solvers import Sat

PEOPLE = 200
"""How many people are tried on one rule base."""
VOCABULARY = Vocabulary.of(facts())


@dataclass(frozen=True)
class Rules:
    """The conditions of findings and points."""

    findings: Mapping[str, Condition]
    points: Mapping[str, Condition]


@dataclass(frozen=True)
class Case:
    """Some rules and the answers of one person."""

    rules: Rules
    answers: Answers


class Readings:
    """Every reading of the same rules; `names` says which there are."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        every = [*rules.findings.values(), *rules.points.values()]
        self._space = Space(VOCABULARY, every, rules.findings)
        self._boxes = {i: tuple(self._space.boxes(when)) for i, when in enumerate(rules.points.values())}
        self._durable = durable.DurableEngine(self._space, self._boxes) if durable.available() else None
        self.names = ["definition", "boxes", *(["durable_rules"] if self._durable else [])]
        try:
            self._sat = Sat(VOCABULARY, rules.findings, rules.points.values())
        except ImportError:
            return
        self.names.append("sat")
        self._formulas = [self._sat.holds(when) for when in rules.points.values()]

    def of(self, answers: Answers) -> list[set[int]]:
        """The numbers of the points that each reading shows to a person."""
        seen = dict(answers)
        for name, condition in self._rules.findings.items():
            verdict = evaluate(condition, seen)
            if verdict is not None:
                seen[name] = verdict
        defined = {i for i, when in enumerate(self._rules.points.values()) if evaluate(when, seen) is True}
        point = self._space.point(answers)
        boxed = {i for i, boxes in self._boxes.items() if any(box & point == point for box in boxes)}
        said = [defined, boxed]
        if self._durable:
            said.append(self._durable.fired(point))
        if "sat" in self.names:
            so = self._sat.true_of(self._formulas, self._sat.person(answers))
            said.append({i for i, yes in enumerate(so) if yes})
        return said

    def close(self) -> None:
        """Let the rulesets of durable_rules go."""
        if self._durable:
            self._durable.discard()


def differing(case: Case, readings: Readings) -> str:
    """What the readings say of a person, if they do not all say the same."""
    return _differing(case, readings.names, readings.of(case.answers))


def _differing(case: Case, names: Sequence[str], said: Sequence[set[int]]) -> str:
    if all(one == said[0] for one in said):
        return ""
    points = [*case.rules.points]
    return "\n".join(
        f"{name}: {', '.join(points[i] for i in sorted(one)) or 'nothing'}"
        for name, one in zip(names, said, strict=True)
    )


def drawn(random: Random) -> tuple[Rules, Maker]:
    """Some rules, of few or many facts, and whoever makes answers for them."""
    names = {one.name for one in random.sample(facts(), random.randint(2, 10))}
    maker = Maker(random, names)
    findings = {name: one.when for name, one in maker.findings(random.randint(1, LEVELS)).items()}
    count = random.randint(4, 16)
    points = {f"p{i}": maker.condition([*findings], 1, 5, 0.15) for i in range(count)}
    return Rules(findings, points), maker


@dataclass
class Tried:
    """How many cases were tried, of how many rule bases, what came of them, and how long it took."""

    cases: int = 0
    rule_bases: int = 0
    shown: int = 0
    kept: list[Path] = field(default_factory=list)
    seconds: float = 0.0


def run(seconds: float, seed: int, keep: Path, most: int = sys.maxsize) -> Tried:
    """Try cases for some seconds of CPU time, or until there are enough."""
    random = Random(seed)  # noqa: S311 - the same cases every time
    begun = time.process_time()
    tried = Tried()
    while tried.seconds < seconds and tried.cases < most:
        rules, maker = drawn(random)
        try:
            readings = Readings(rules)
        except TooManyBoxesError:
            continue
        tried.rule_bases += 1
        for _ in range(PEOPLE):
            case = Case(rules, maker.answers(random.choice((0.3, 0.6, 0.9))))
            said = readings.of(case.answers)
            tried.cases += 1
            tried.shown += len(said[0])
            if _differing(case, readings.names, said):
                keep.mkdir(parents=True, exist_ok=True)
                tried.kept.append(keep / f"differential-{seed}-{tried.cases}.yaml")
                tried.kept[-1].write_text(as_yaml(case), encoding="utf-8")
        readings.close()
        tried.seconds = time.process_time() - begun
    return tried


# A case as a file


def as_yaml(case: Case) -> str:
    """A case in the language of rule files."""
    return "".join(
        f"{key}:\n" + "".join(f"  {name}: {json.dumps(_written(one))}\n" for name, one in of.items())
        for key, of in (
            ("findings", case.rules.findings),
            ("points", case.rules.points),
            ("given", case.answers),
        )
        if of
    )


def _written(one: object) -> object:
    """A condition, or an answer, as a rule file has it."""
    match one:
        case All(parts):
            return {"all": [_written(part) for part in parts]}
        case Any(parts):
            return {"any": [_written(part) for part in parts]}
        case Not(part):
            return {"not": _written(part)}
        case Compare() | OneOf() | Contains() | Known():
            return {one.fact: _test(one)}
        case _:
            return one


def _test(leaf: Leaf) -> object:
    match leaf:
        case Compare(_, comparison, threshold):
            return {comparison: threshold}
        case OneOf(_, (value,)):
            return value
        case OneOf(_, values):
            return list(values)
        case Contains(_, member):
            return {"any_of": [member]}
        case Known(_, known, None):
            return {"known": known}
        case Known(_, _, member):
            return {"unknown": [member]}


def read(source: str, name: str) -> Case:
    """Read a case from its file.

    :raises RulesError: if it is none.
    """
    data, positions = read_yaml(source.encode(), name)
    problems: list[Problem] = []
    findings = dict(data.get("findings") or {})
    reader = ConditionReader(VOCABULARY, frozenset(findings), positions, problems)
    rules = Rules(
        {key: reader.read(one, ("findings", key), known=False, gaps=False) for key, one in findings.items()},
        {
            key: reader.read(one, ("points", key), known=True, gaps=True)
            for key, one in data["points"].items()
        },
    )
    if problems:
        raise RulesError(problems)
    given = data.get("given") or {}
    numbers = {name: float(one) for name, one in given.items() if VOCABULARY[name].kind == "number"}
    return Case(rules, {**given, **numbers})


def _replayed(files: list[Path]) -> Iterator[str]:
    for file in files:
        case = read(file.read_text(encoding="utf-8"), str(file))
        difference = differing(case, Readings(case.rules))
        yield f"{file}: {difference or 'all readings agree'}\n"


def main() -> None:
    """Run, or replay what was kept."""
    parser = argparse.ArgumentParser(description="Try the readings of a condition against each other.")
    parser.add_argument("--seconds", type=float, default=60, help="CPU time to spend")
    parser.add_argument("--cases", type=int, default=sys.maxsize, help="how many cases at most")
    parser.add_argument("--seed", type=int, default=0, help="where the random numbers begin")
    parser.add_argument(
        "--keep", type=Path, default=Path("failures"), help="where cases that differ are kept"
    )
    parser.add_argument("--replay", type=Path, nargs="+", default=[], help="cases that were kept")
    options = parser.parse_args()
    if options.replay:
        reports = [*_replayed(options.replay)]
        sys.stdout.writelines(reports)
        sys.exit(any("all readings agree" not in report for report in reports))
    tried = run(options.seconds, options.seed, options.keep, options.cases)
    each = max(tried.cases, 1)
    sys.stdout.write(
        f"{tried.cases:,} cases of {tried.rule_bases:,} rule bases in {tried.seconds:.0f} s of CPU time "
        f"({1e6 * tried.seconds / each:.0f} µs a case, {tried.shown / each:.1f} points shown): {len(tried.kept)} differ\n"
    )
    sys.stdout.writelines(f"  {file}\n" for file in tried.kept)
    sys.exit(bool(tried.kept))


if __name__ == "__main__":
    main()
