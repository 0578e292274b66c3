"""What options are made of: what is said of each, chances that can be pictured, and how guidance on it changed.

They are items of rule files as those in `items`.
"""

from typing import Annotated, Literal

from pydantic import Field, StrictBool

from rls_rules.items import Item, KebabId, StatementId, Text

MOST_PEOPLE = 1_000
"""More people than these cannot be told apart in a picture."""

Direction = Literal["for", "against", "neither"]


class Saying(Item):
    """One cited sentence about an option."""

    text: Text
    cites: Annotated[tuple[StatementId, ...], Field(min_length=1)]
    matters: Text | None = None
    """What is at stake, in a few words that a person can tick."""


class Group(Item):
    """Some people in a chance, and how many of them it happened to."""

    who: Text
    """What sets them apart, after "people"."""
    count: Annotated[int, Field(strict=True, ge=0, le=MOST_PEOPLE)]
    about: StrictBool = False
    """Rounded from a share that has no whole number of people."""


class Chance(Item):
    """How often something happened, as a source counts it: so many of so many people."""

    what: Text
    of: Annotated[int, Field(strict=True, ge=1, le=MOST_PEOPLE)]
    groups: Annotated[tuple[Group, ...], Field(min_length=1, max_length=3)]
    population: Text
    """Who was counted."""
    horizon: Text | None = None
    """Over what span of time, where a source says so."""
    note: Text | None = None
    """What the picture alone would hide."""
    cites: Annotated[tuple[StatementId, ...], Field(min_length=1)]


class Guidance(Item):
    """What one dated source made of an option; the year and the name are those of the source."""

    direction: Direction
    says: Text
    cites: Annotated[tuple[StatementId, ...], Field(min_length=1)]


class Option(Item):
    """Something that a person and a clinician may choose to talk about."""

    id: KebabId
    name: Text
    what: Text
    prescription: StrictBool
    medicines: tuple[KebabId, ...] = ()
    """Medicines or classes whose names also name this option."""
    benefits: tuple[Saying, ...] = ()
    no_benefit_shown: StrictBool = False
    harms: tuple[Saying, ...] = ()
    not_studied: StrictBool = False
    """No harm is cited because nobody looked."""
    living_with: tuple[Saying, ...] = ()
    """What daily life with it is like, where a source says so."""
    chances: tuple[Chance, ...] = ()
    guidance: Annotated[tuple[Guidance, ...], Field(max_length=7)] = ()
    """What guidelines and reviews made of it over the years."""

    @property
    def cites(self) -> tuple[StatementId, ...]:
        """Every statement that is cited about it, in the order of its parts."""
        parts: tuple[Saying | Chance | Guidance, ...]
        parts = (*self.benefits, *self.harms, *self.living_with, *self.chances, *self.guidance)
        return tuple(dict.fromkeys(name for part in parts for name in part.cites))
