"""The rule base: every item of one or more rule folders, checked, frozen and indexed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from rls_rules.conditions import Condition, Contains, Known, leaves
from rls_rules.errors import Place
from rls_rules.glossary import Glossary, Term
from rls_rules.items import (
    FactWords,
    Finding,
    Hazard,
    Impossible,
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
from rls_rules.names import plain_name
from rls_rules.note_words import ENGLISH, Language, NoteWords
from rls_rules.options import Option
from rls_rules.profile import FACTS
from rls_rules.refusals import Path
from rls_rules.vocabulary import Vocabulary
from rls_rules.yaml_reader import Positions


class RepresentationPrinter(Protocol):
    """What IPython and Hypothesis print with."""

    def text(self, text: str) -> None:
        """Print a text."""


@dataclass(frozen=True, eq=False, repr=False)
class RuleBase:
    """A checked rule base. Mappings keep the order of the files; a finding comes after those it is made of."""

    digest: str
    note: NoteWords
    sources: Mapping[str, Source]
    statements: Mapping[str, Statement]
    options: Mapping[str, Option]
    classes: Mapping[str, MedicineClass]
    medicines: Mapping[str, Medicine]
    products: tuple[Product, ...]
    words: Mapping[str, FactWords]
    impossible: Mapping[str, Impossible]
    hazards: Mapping[str, Hazard]
    lowered: Mapping[str, Lowered]
    """Theorems whose failures are accepted, by name."""
    findings: Mapping[str, Finding]
    topics: Mapping[str, Topic]
    points: Mapping[str, TalkingPoint]
    tensions: Mapping[str, Tension]
    overrides: tuple[Override, ...]
    retired: Mapping[str, Retired]
    terms: Mapping[str, Term]
    syllables: Mapping[str, int]
    """How many syllables a word in small letters has, where that cannot be counted by rule."""
    examples: Mapping[str, str]
    """Shipped profiles by name, as YAML text."""
    positions: Mapping[tuple[str, str], tuple[Positions, Path]] = field(repr=False, default_factory=dict)
    """Where each item stands, by kind and id."""
    language: Language = ENGLISH
    original: "RuleBase | None" = None
    """What this is a translation of; names are recognised as it spells them, so that no word changes what is heard."""

    def __repr__(self) -> str:
        return f"<RuleBase {self.note.version} {self.digest[:12]}>"

    def _repr_pretty_(self, printer: RepresentationPrinter, _cycle: bool) -> None:  # noqa: FBT001 - IPython's protocol
        """Print the short form in IPython and Hypothesis, which would else print every rule."""
        printer.text(repr(self))

    @cached_property
    def conditions(self) -> tuple[Condition, ...]:
        """Every condition of the rule base, those that only proofs ask about last."""
        named = (self.findings, self.points, self.impossible)
        dangers = (hazard.condition for hazard in self.hazards.values())
        about = (statement.only_for for statement in self.statements.values() if statement.only_for)
        return (*(item.when for kind in named for item in kind.values()), *dangers, *about)

    @cached_property
    def answered_by_everyone(self) -> frozenset[str]:
        """The facts to which everybody has an answer."""
        return frozenset(name for name, words in self.words.items() if words.everyone_has)

    @cached_property
    def groups(self) -> Mapping[str, str]:
        """The heading of the group that each fact stands in, in the order of the words of facts."""
        heading, groups = "", {}
        for name, words in self.words.items():
            heading = words.begins or heading
            groups[name] = heading
        return groups

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The facts, with those medicines, classes and options as members that some condition names."""
        vocabulary = FACTS
        for fact in FACTS:
            if fact.names:
                named = {
                    leaf.member
                    for condition in self.conditions
                    for leaf in leaves(condition)
                    if isinstance(leaf, Contains | Known) and leaf.fact == fact.name and leaf.member
                }
                vocabulary = vocabulary.with_members(fact.name, sorted(named))
        return vocabulary

    @cached_property
    def ingredients(self) -> Mapping[str, tuple[str, ...]]:
        """What each medicine name means: plain name to ids of medicines or classes.

        A product with several ingredients means all of them.
        """
        if self.original:
            return self.original.ingredients
        names: dict[str, tuple[str, ...]] = {}
        for class_ in self.classes.values():
            names |= {plain_name(name): (class_.id,) for name in (class_.id, class_.name)}
        for medicine in self.medicines.values():
            for name in (medicine.id, medicine.name, *medicine.also, *medicine.brands):
                names[plain_name(name)] = (medicine.id,)
        for product in self.products:
            names |= {plain_name(name): product.contains for name in product.names}
        return names

    @cached_property
    def classes_of(self) -> Mapping[str, frozenset[str]]:
        """For each medicine and class, every class that it belongs to, itself included if it is one."""
        above: dict[str, frozenset[str]] = {}

        def climb(class_: str) -> frozenset[str]:
            if class_ not in above:
                parents = (climb(parent) for parent in self.classes[class_].within)
                above[class_] = frozenset({class_}).union(*parents)
            return above[class_]

        for class_ in self.classes:
            climb(class_)
        for medicine in self.medicines.values():
            above[medicine.id] = frozenset().union(*(climb(class_) for class_ in medicine.classes))
        return above

    @cached_property
    def option_names(self) -> Mapping[str, tuple[str, ...]]:
        """What each option name means: plain name to option id; medicine names lead to their option."""
        if self.original:
            return self.original.option_names
        names: dict[str, tuple[str, ...]] = {}
        for name, means in self.ingredients.items():
            reached = {*means, *self.classes_of[means[0]]} if len(means) == 1 else set(means)
            for option in self.options.values():
                if reached & set(option.medicines):
                    names.setdefault(name, (option.id,))
        for option in self.options.values():
            names |= {plain_name(name): (option.id,) for name in (option.id, option.name)}
        return names

    @cached_property
    def spellings(self) -> Mapping[str, str]:
        """How each plain name of a medicine or option is usually written."""
        if self.original:
            return self.original.spellings
        names = [
            name
            for medicine in self.medicines.values()
            for name in (medicine.name, *medicine.also, *medicine.brands)
        ]
        names += [name for product in self.products for name in product.names]
        names += [name for option in self.options.values() for name in (option.id, option.name)]
        names += [name for class_ in self.classes.values() for name in (class_.id, class_.name)]
        return {plain_name(name): name for name in (*self.medicines, *names)}

    @cached_property
    def glossary(self) -> Glossary:
        """The words that a patient note explains."""
        return Glossary(self.terms.values(), (source.short for source in self.sources.values()))

    def names(self, fact: str) -> Mapping[str, tuple[str, ...]] | None:
        """What each plain name means as a member of a set; None if the set is closed."""
        match FACTS[fact].names:
            case "medicines":
                return self.ingredients
            case "options":
                return self.option_names
            case _:
                return None

    def place(self, kind: str, name: str, path: Path = ()) -> Place:
        """Where an item (`finding`, `point` …), or a part of it, stands in the rule files."""
        if (kind, name) not in self.positions:
            return Place("rules")
        positions, at = self.positions[kind, name]
        return positions.place((*at, *path))

    @cached_property
    def used_by(self) -> Mapping[str, tuple[str, ...]]:
        """Which points, tensions, findings and options cite each statement, by their ids."""
        users: dict[str, list[str]] = {name: [] for name in self.statements}
        for point in self.points.values():
            for name in point.cites:
                users[name].append(point.id)
        for finding in self.findings.values():
            for name in finding.cites:
                users[name].append(finding.id)
        for tension in self.tensions.values():
            for position in tension.positions:
                users[position.statement].append(tension.id)
        for option in self.options.values():
            for name in option.cites:
                users[name].append(option.id)
        for saying in self.note.condition:
            for name in saying.cites:
                users[name].append("note")
        return {name: tuple(dict.fromkeys(ids)) for name, ids in users.items()}

    def citable(self, statement: str) -> bool:
        """Whether a note may rest on a statement: it was checked, and is not out of scope."""
        found = self.statements[statement]
        return found.checked != "unchecked" and found.out_of_scope is None
