"""The result: what is worth raising with a clinician, why, on whose word, and what is not known.

Everything is frozen and self-contained: a discussion can be saved as JSON, sent to an app, and read back equal.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, Literal

from pydantic import TypeAdapter, ValidationError

from rls_rules.conditions import Verdict
from rls_rules.english import Reason
from rls_rules.errors import Problem, ProfileError
from rls_rules.items import Checked, Population, Source, Stance, Urgency
from rls_rules.note_words import ENGLISH, Language
from rls_rules.options import Option
from rls_rules.recognition import Unrecognised

DISCUSSION_SCHEMA_VERSION = "1"
"""Changes when a saved discussion may no longer be read as it was meant."""

NO_CHANGE = "no-change"
"""The option that is among those of every discussion."""

EngineName = Literal["durable", "reference"]


@dataclass(frozen=True, slots=True)
class Citation:
    """One statement of a source; a strength or certainty that was not checked is left out."""

    statement: str
    source: str
    also: tuple[str, ...]
    place: str | None
    about: str | None
    strength: str | None
    certainty: str | None
    checked: Checked


@dataclass(frozen=True, slots=True)
class Point:
    """One talking point that this person hears."""

    id: str
    stance: Stance
    urgency: Urgency
    population: Population
    options: tuple[str, ...]
    title: str
    text: str
    clinician_text: str
    ask: str | None
    because: tuple[Reason, ...]
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decides:
    """A point that an answer could show, and the other facts that would have to be known too."""

    point: str
    title: str
    urgency: Urgency
    together_with: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A fact that nobody answered and that could change the discussion.

    `members` are those members of a set that matter; empty for other facts.
    """

    fact: str
    label: str
    asks: str
    why: str
    members: tuple[str, ...]
    decides: tuple[Decides, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What one statement says in a tension."""

    statement: str
    says: str


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Sources that disagree, or one that supersedes another, about something this person hears."""

    id: str
    title: str
    kind: Literal["disagree", "superseded"]
    points: tuple[str, ...]
    positions: tuple[Said, ...]
    note: str | None


@dataclass(frozen=True, slots=True)
class OptionPoints:
    """An option and the points of this discussion that speak of it, by id."""

    option: Option
    asked_about: bool
    favoured_by: tuple[str, ...]
    advised_against_by: tuple[str, ...]
    cautions: tuple[str, ...]
    informs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """One thing the person told us, as a clause; `quoted` is what they typed, to be shown as a quotation."""

    fact: str
    label: str
    text: str
    quoted: tuple[str, ...] = ()
    group: str = ""
    """The heading of the group of facts that it belongs to."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """What made a discussion; it holds nothing about the person, not even a digest."""

    rules_version: str
    rules_digest: str
    library_version: str
    schema_version: str
    overrides: tuple[tuple[str, str], ...]
    """Cautions that another folder changed, each with its reason."""
    language: Language = field(default=ENGLISH, kw_only=True)
    engine: EngineName = field(compare=False)
    on: date = field(compare=False)


@dataclass(frozen=True, slots=True)
class Discussion:
    """What one person and a clinician may want to talk about."""

    points: tuple[Point, ...]
    questions: tuple[Question, ...]
    """What is open for the visit: also what the person does not know, but nothing that they would rather not say."""
    tensions: tuple[Disagreement, ...]
    options: tuple[OptionPoints, ...]
    told: tuple[Told, ...]
    unrecognised: tuple[Unrecognised, ...]
    declined: tuple[str, ...]
    """The labels of the facts about which the person would rather say nothing."""
    unsure: tuple[str, ...]
    """The labels of the facts that the person does not know, or not in full."""
    no_option: tuple[str, ...] = field(default=(), kw_only=True)
    """The medicines that the person asks about of which no option speaks, as they were written."""
    own_words: str | None
    citations: tuple[Citation, ...]
    sources: tuple[Source, ...]
    provenance: Provenance

    def to_json(self, *, indent: int | None = None) -> str:
        """The discussion as JSON text; `from_json` gives back an equal one."""
        return _adapter().dump_json(self, indent=indent).decode()

    @classmethod
    def from_json(cls, text: str | bytes) -> "Discussion":
        """Read a discussion back.

        :raises ProfileError: if the text is not a discussion of this schema version.
        """
        try:
            return _adapter().validate_json(text)
        except ValidationError:
            problem = Problem(
                None, "this is not a saved discussion", f"schema version {DISCUSSION_SCHEMA_VERSION}"
            )
            raise ProfileError([problem]) from None


@dataclass(frozen=True, slots=True)
class Node:
    """One step of a condition with its verdict; `how` says how the parts combine."""

    how: Literal["all", "any", "not", "finding", "fact"]
    text: str
    verdict: Verdict
    parts: tuple["Node", ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a point is shown or not, and what would change that.

    `missing` are the smallest sets of unknown facts some answers to which would show the point;
    `in_the_way` the smallest sets of known facts that would have to be otherwise.
    Where the first is not empty, the second is.
    """

    point: str
    verdict: Verdict
    tree: Node
    missing: tuple[tuple[str, ...], ...] = ()
    in_the_way: tuple[tuple[str, ...], ...] = ()


@cache
def _adapter() -> TypeAdapter[Discussion]:
    return TypeAdapter(Discussion)


def discussion_schema() -> dict[str, Any]:
    """The JSON Schema of a saved discussion."""
    return _adapter().json_schema()
