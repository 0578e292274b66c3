"""What notices a mutant: examples, checks, theorems, the reviewed signatures, the reviewed vignettes.

For each mutant only what it touches is decided: the examples of the points concerned,
the claims of the theorems that mention an item concerned, and the theorems that make no claims in full.
Claims about other items are about the same boxes as before.
`thorough` leaves nothing out; a test holds the two against each other.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from pydantic import ValidationError

from rls_rules import declared, evidence, inline_examples
from rls_rules.agreement import disagreements
from rls_rules.consistency import CONSISTENT
from rls_rules.coverage import COVERED
from rls_rules.dangers import misjudged
from rls_rules.errors import Problem, RulesError
from rls_rules.figures import unsupported
from rls_rules.items import (
    Finding,
    Hazard,
    Item,
    Medicine,
    MedicineClass,
    Source,
    Statement,
    TalkingPoint,
    Tension,
)
from rls_rules.loading import Loading
from rls_rules.mutants import Mutant, touched
from rls_rules.naming import misnamed
from rls_rules.note_words import NoteWords
from rls_rules.options import Option
from rls_rules.partings import Partings
from rls_rules.program import compiled
from rls_rules.recognition import recognise
from rls_rules.regions import TooManyBoxesError
from rls_rules.rulebase import RuleBase
from rls_rules.safety import SAFE
from rls_rules.search import escapes
from rls_rules.theorems import Claim, Ground, Theorem
from rls_rules.vignettes import Vignette, notices
from rls_rules.vocabulary import Answers
from rls_rules.yaml_reader import Positions

Catcher = Literal["examples", "checks", "theorems", "signatures", "vignettes"]
CATCHERS: tuple[Catcher, ...] = ("examples", "checks", "theorems", "signatures", "vignettes")
"""What may notice a mutant. The first three are written by hand; signatures and vignettes were derived and then reviewed."""

Signature = tuple[str, str, tuple[str, ...], tuple[str, ...]]
"""How a point speaks, whoever hears it: stance, urgency, options, citations."""


def signature(rules: RuleBase, item: str) -> Signature:
    """The signature of a point; of a finding, its citations."""
    if item in rules.findings:
        return "", "", (), rules.findings[item].cites
    point = rules.points[item]
    return point.stance, point.urgency, point.options, point.cites


def signatures(rules: RuleBase) -> dict[str, Signature]:
    """The signatures of all findings and points."""
    return {item: signature(rules, item) for item in (*rules.findings, *rules.points)}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one mutant: proved equivalent, or noticed by these; by none, it survives."""

    mutant: Mutant
    equivalent: bool
    by: frozenset[Catcher]

    @property
    def by_hand(self) -> bool:
        """Whether something written by hand noticed it."""
        return not self.by.isdisjoint(CATCHERS[:3])


class Watch:
    """A rule base with all that watches over it.

    :param mutants: the mutants that will be asked about.
    :param vignettes: the vignettes as they were reviewed.
    :param reviewed: the signatures as they were reviewed.
    """

    def __init__(
        self,
        rules: RuleBase,
        mutants: Sequence[Mutant],
        vignettes: Iterable[Vignette] = (),
        reviewed: Mapping[str, Signature] | None = None,
    ) -> None:
        self._rules = rules
        self._partings = Partings.of(rules, mutants)
        self._vignettes: dict[tuple[str, str], list[tuple[Vignette, Answers]]] = {}
        for one in vignettes:
            answers = recognise(one.profile, rules).answers
            self._vignettes.setdefault((one.kind, one.item), []).append((one, answers))
        self._reviewed = reviewed or {}
        self._before: dict[Callable[..., Iterator[str]], frozenset[str]] = {
            catcher: frozenset(catcher(rules, None)) for _, catcher, _ in _CATCHERS
        }

    def outcome(self, mutant: Mutant, *, thorough: bool = False) -> Outcome:
        """Say what notices a mutant.

        :param thorough: whether to decide everything anew, not only what the mutant touches.
        """
        items = None if thorough else touched(self._rules, mutant)
        rules = mutant.rules
        by: set[Catcher] = set()
        try:
            compiled(rules)
            if mutant.of_condition and self._partings.parting(mutant) is None:
                return Outcome(mutant, equivalent=True, by=frozenset())
        except (RulesError, TooManyBoxesError):
            return Outcome(mutant, equivalent=False, by=frozenset({"checks"}))
        for name, catcher, reads in _CATCHERS:
            if not thorough and reads == ("items" if mutant.of_condition else "conditions"):
                continue
            if any(problem not in self._before[catcher] for problem in catcher(rules, items)):
                by.add(name)
        if self.signed(mutant):
            by.add("signatures")
        if self.noticed(mutant):
            by.add("vignettes")
        return Outcome(mutant, equivalent=False, by=frozenset(by))

    def signed(self, mutant: Mutant) -> bool:
        """Whether a point (or finding) speaks otherwise than was reviewed."""
        reviewed = self._reviewed.get(mutant.item)
        return reviewed is not None and reviewed != signature(mutant.rules, mutant.item)

    def noticed(self, mutant: Mutant) -> bool:
        """Whether a reviewed vignette does not come out with a mutant in place."""
        rules = mutant.rules
        return any(
            notices(vignette, answers, rules)
            for item in touched(self._rules, mutant)
            for vignette, answers in self._vignettes.get(item, ())
        )


Items = frozenset[tuple[str, str]] | None
"""The items concerned, by kind and id; None for all."""


def _points(items: Items) -> set[str] | None:
    return None if items is None else {name for kind, name in items if kind == "point"}


def _examples(rules: RuleBase, items: Items) -> Iterator[str]:
    """What examples say is wrong."""
    return map(str, inline_examples.examples(compiled(rules), _points(items)))


def _checks(rules: RuleBase, items: Items) -> Iterator[str]:
    """What the checks of numbers, and the model of each item, say is wrong."""
    yield from map(str, unsupported(rules, _points(items)))
    for kind, several in (("finding", rules.findings), ("point", rules.points)):
        for item in several.values():
            if items is None or (kind, item.id) in items:
                try:
                    type(item).model_validate(item.model_dump())
                except ValidationError as error:
                    yield f"{item.id}: {error}"


def _citations(rules: RuleBase, items: Items) -> Iterator[str]:
    """What the checks of citations say is wrong; they read no condition."""
    for told in (disagreements, misnamed, misjudged):
        yield from map(str, told(rules, _points(items)))
    kinds: dict[type[Item], tuple[str, Mapping[str, Item]]] = {
        Source: ("source", rules.sources), Statement: ("statement", rules.statements),
        Option: ("option", rules.options), Finding: ("finding", rules.findings),
        TalkingPoint: ("point", rules.points), Tension: ("tension", rules.tensions),
        Hazard: ("hazard", rules.hazards), NoteWords: ("note", {"": rules.note}),
        MedicineClass: ("class", rules.classes), Medicine: ("medicine", rules.medicines),
    }  # fmt: skip
    loading = Loading()
    for kind, (word, several) in kinds.items():
        loading.items[kind] = dict(several)
        for name in several:
            loading.places[kind, name] = rules.positions.get((word, name), (Positions("rules"), ()))
    evidence.check(loading)
    declared.check(loading)
    yield from map(str, loading.problems)


def _theorems(asked: Sequence[Theorem], rules: RuleBase, items: Items) -> Iterator[str]:
    """What refutes some theorems."""
    ground = Ground(compiled(rules))
    all_ = items is None or any(kind == "impossible" for kind, _ in items)
    for theorem in asked:
        for claim in theorem.claims(ground):
            if isinstance(claim, Problem):
                yield f"{theorem.name}: {claim}"
            elif (all_ or items is None or not items.isdisjoint(claim.about)) and not _holds(claim, ground):
                yield f"{theorem.name}: {claim.otherwise}"


def _holds(claim: Claim, ground: Ground) -> bool:
    somebody = escapes(ground.program.space, claim.inside, (*ground.nobody, *claim.without))
    return somebody is (claim.who == "somebody")


_ASKED = [theorem for theorem in (*CONSISTENT, *SAFE, *COVERED) if theorem.severity == "error"]
"""The theorems about the rules; those about the library hold for any rules, and warnings stop nobody."""

_OF_CONDITIONS = ("answers-count", "facts-matter")
"""The theorems that read conditions alone; that examples hold has a column of its own."""

_CATCHERS: tuple[
    tuple[Catcher, Callable[[RuleBase, Items], Iterator[str]], Literal["conditions", "items", "both"]], ...
] = (
    ("examples", _examples, "conditions"),
    ("checks", _checks, "both"),
    ("checks", _citations, "items"),
    (
        "theorems",
        partial(_theorems, [one for one in _ASKED if one.name not in (*_OF_CONDITIONS, "examples-hold")]),
        "both",
    ),
    ("theorems", partial(_theorems, [one for one in _ASKED if one.name in _OF_CONDITIONS]), "conditions"),
)
"""What was written by hand, and whether it reads conditions, the rest of items, or both."""
