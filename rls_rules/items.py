"""What rule files are made of: sources, statements, medicines, words, findings, points, tensions.

Each class is one kind of item in `rules/`; `rules/README.md` explains them to authors.
They are frozen, and unknown keys are errors. `options` has those of `options.yaml`.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, SkipValidation, StrictBool, WithJsonSchema

from rls_rules.conditions import All, Condition, Contains

Stance = Literal["favours", "cautions", "advises_against", "informs", "asks"]
WARNINGS: tuple[Stance, ...] = ("cautions", "advises_against")
"""The stances that warn of something."""
Urgency = Literal["urgent", "soon", "routine"]
URGENCIES: tuple[Urgency, ...] = ("urgent", "soon", "routine")
"""The most urgent first."""
Checked = Literal["text", "partial", "reported", "unchecked"]
Direction = Literal["supports", "against", "caution", "information"]
Population = Literal["everyone", "adults", "children"]

Text = Annotated[str, Field(strict=True, min_length=1, max_length=2_000)]
KebabId = Annotated[str, Field(strict=True, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
SnakeId = Annotated[str, Field(strict=True, pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$")]
StatementId = Annotated[str, Field(strict=True, pattern=r"^[A-Z][A-Z0-9]*-[A-Za-z0-9]+$")]
When = Annotated[SkipValidation[Condition], WithJsonSchema({"type": "object", "description": "a condition"})]
"""A condition; the loader reads it, with its place, before the rest of the item."""


class Item(BaseModel):
    """What every kind of item shares: frozen, and no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Source(Item):
    """A document that statements come from."""

    id: KebabId
    kind: Literal[
        "guideline", "consensus algorithm", "systematic review", "trial", "observational study",
        "case report", "regulator label", "regulator notice", "reference work",
        "patient guidance", "web article",
    ]  # fmt: skip
    organisation: Text | None = None
    short: Text
    """How notes name it, without the year."""
    named: tuple[Text, ...] = ()
    """The words by which clinician texts name it, in their order within one sentence; `short` if none are given."""
    title: Text
    authors: Text | None = None
    journal: Text | None = None
    year: Annotated[int, Field(strict=True, ge=1950, le=2100)] | None = None
    doi: Text | None = None
    pmid: Text | None = None
    grading: Text | None = None
    """The scale in which it grades, in its own words."""
    place: Text | None = None
    """The country or region it speaks for."""
    population: Text | None = None
    status: Literal["current", "partly superseded", "superseded", "retracted", "unknown"]
    superseded_by: KebabId | None = None
    seen: Text
    """What of it was read, and where."""
    support: StrictBool = True
    """Whether it may support a claim; the two seed articles may not."""


class Grade(Item):
    """How strong a source calls its own statement, in its own scale, and whether that was checked."""

    words: Text
    checked: Checked


class Statement(Item):
    """One claim of a source, in our own words."""

    id: StatementId
    says: Text
    source: KebabId
    also: tuple[KebabId, ...] = ()
    place: Text | None = None
    """Where in the source."""
    about: Text | None = None
    """The people it is about."""
    direction: Direction
    """How it leans, relative to the options that it speaks of."""
    options: tuple[KebabId, ...] = ()
    """The options that it speaks of; none if it speaks of none of them."""
    checked: Checked
    strength: Grade | None = None
    certainty: Grade | None = None
    verdict: Text | None = None
    """For a claim of a seed article: what better sources make of it."""
    settle: Text | None = None
    """For an unchecked statement: what a person must open to settle it."""
    out_of_scope: Text | None = None
    """Why no rule uses it."""
    only_for: When | None = None
    """Whom it is about, if not everybody: no point may say it to others as if it were about them."""


class MedicineClass(Item):
    """A class of medicines; taking a member means taking the class, and the classes it is within."""

    id: KebabId
    name: Text
    within: tuple[KebabId, ...] = ()


class Medicine(Item):
    """One active ingredient, with every name that means it and nothing else."""

    id: KebabId
    name: Text
    also: tuple[Text, ...] = ()
    brands: tuple[Text, ...] = ()
    classes: Annotated[tuple[KebabId, ...], Field(min_length=1)]


class Product(Item):
    """A product with several ingredients."""

    names: Annotated[tuple[Text, ...], Field(min_length=1)]
    contains: Annotated[tuple[KebabId, ...], Field(min_length=2)]


class FactWords(Item):
    """The words of one fact; `reads` has one sentence part for each answer.

    A number is read with `{value}`, a set with `{member}`; see `rules/README.md`.
    """

    fact: SnakeId
    label: Text
    """A short name, for lists and tables."""
    asks: Text
    why: Text
    reads: dict[str, Text] = Field(default_factory=dict)
    members: dict[str, Text] = Field(default_factory=dict)
    codes: dict[str, Text] = Field(default_factory=dict)
    general: StrictBool = False
    """Whether nearly everybody who makes a note answers it alike; what rests on nothing else is less about this person."""
    everyone_has: StrictBool = False
    """Whether everybody has an answer, so that unknown is merely not told; a test result, say, need not exist."""
    nothing_to_say: dict[str, Text] = Field(default_factory=dict)
    """Answers that bring no point, each with its reason."""
    only_quoted: Text | None = None
    """Why no rule reads it."""
    begins: Text | None = None
    """The heading of the group of facts that begins with this one."""


class Impossible(Item):
    """Answers that cannot be true together."""

    id: KebabId
    because: Text
    when: When


class Finding(Item):
    """A fact derived from others; three-valued, and worded as a possibility."""

    id: SnakeId
    reads: Text
    reads_not: Text
    when: When
    cites: tuple[StatementId, ...] = ()


class Example(Item):
    """A person, and whether they must hear a point.

    `given` is as in a profile; `needs` are the facts that would decide it.
    """

    given: dict[str, object]
    expect: Literal["shown", "silent", "undecided"]
    needs: tuple[SnakeId, ...] = ()


class Review(Item):
    """Who reviewed a point, when, and when it is due again."""

    on: date
    by: tuple[Text, ...] = ()
    due: date


class TalkingPoint(Item):
    """One thing worth raising with a clinician, and for whom."""

    id: KebabId
    stance: Stance
    urgency: Urgency = "routine"
    options: tuple[KebabId, ...] = ()
    population: Population = "everyone"
    for_everyone: StrictBool = False
    title: Text
    text: Text
    clinician_text: Text
    ask: Text | None = None
    when: When
    cites: Annotated[tuple[StatementId, ...], Field(min_length=1)]
    examples: Annotated[tuple[Example, ...], Field(min_length=2)]
    beyond: dict[str, Text] = Field(default_factory=dict)
    """Statements that are about other people than those who hear the point, and how the text makes that plain."""
    beside: dict[str, Text] = Field(default_factory=dict)
    """Statements that speak of other options than the point, and options that no statement speaks of, each with the reason."""
    reviewed: Review

    @property
    def careful(self) -> bool:
        """Whether it warns or cannot wait: what nobody may lose unnoticed."""
        return self.stance in WARNINGS or self.urgency == "urgent"


class Position(Item):
    """What one statement says in a tension."""

    statement: StatementId
    says: Text


class Tension(Item):
    """Sources that disagree, or one that supersedes another, shown when all its points are."""

    id: KebabId
    title: Text
    kind: Literal["disagree", "superseded"]
    points: Annotated[tuple[KebabId, ...], Field(min_length=1)]
    positions: Annotated[tuple[Position, ...], Field(min_length=2)]
    note: Text | None = None


class Hazard(Item):
    """A documented danger: whoever is in some situation, most often with a medicine, must hear a point."""

    id: KebabId
    medicine: KebabId | None = None
    """A medicine or a class; none if the situation alone is the danger."""
    when: When
    """The situation."""
    point: KebabId
    urgency: Urgency = "routine"
    """How soon it must be heard at the latest."""
    cites: Annotated[tuple[StatementId, ...], Field(min_length=1)]

    @property
    def condition(self) -> Condition:
        """Taking the medicine in the situation."""
        if self.medicine is None:
            return self.when
        return All((Contains("current_medicines", self.medicine), self.when))


class Lowered(Item):
    """A theorem whose failures are accepted, and why; only warnings may be."""

    theorem: KebabId
    because: Text


class Override(Item):
    """An overlay's reason for changing what another folder says about a caution."""

    point: KebabId
    reason: Text


class Retired(Item):
    """An id that once existed and is never used again."""

    id: Text
    on: date
    why: Text
    replaced_by: Text | None = None


class Topic(Item):
    """What one topic file is about."""

    topic: KebabId
    title: Text
    about: Text
