"""The types of answers: yes or no, numbers with range and unit, names, texts, and sets member by member."""

import re
from typing import Annotated, Any, Generic, Literal, Self, TypeVar, get_args, get_origin

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    StrictBool,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from rls_rules.yaml_reader import HIDDEN

MOST_TEXT = 2_000
MOST_MEMBERS = 100

Member = TypeVar("Member", bound=str)


class SetAnswer(BaseModel, Generic[Member]):
    """An answer to "which of these?", member by member.

    A plain list is a complete answer: what is not in it is certainly not so.
    In the long form `rest` says whether there may be more (`unknown`) or not (`none`).
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    includes: tuple[Member, ...] = Field(default=(), max_length=MOST_MEMBERS)
    excludes: tuple[Member, ...] = Field(default=(), max_length=MOST_MEMBERS)
    rest: Literal["none", "unknown"] = "unknown"

    @classmethod
    def model_parametrized_name(cls, params: tuple[Any, ...]) -> str:
        """The name in the published schema: one for open names, one for each closed list."""
        members = get_args(params[0]) if get_origin(params[0]) is Literal else ("name",)
        return "SetOf_" + "_".join(members)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Publish the plain list beside the long form."""
        long = handler.resolve_ref_schema(handler(core_schema))
        return {"anyOf": [long["properties"]["includes"], long]}

    @model_validator(mode="before")
    @classmethod
    def _list_is_complete(cls, written: object) -> object:
        if isinstance(written, dict) and not set(written) <= set(cls.model_fields):
            msg = "the keys here are `includes`, `excludes` and `rest`; several answers are a list: `[a, b]`"
            raise ValueError(msg)
        if isinstance(written, list | tuple | set | frozenset):
            return {"includes": tuple(sorted(written, key=str)), "rest": "none"}
        return written

    @model_validator(mode="after")
    def _not_both(self) -> Self:
        if set(self.includes) & set(self.excludes):
            msg = "a member cannot be both in `includes` and in `excludes`"
            raise ValueError(msg)
        return self


MEASURED = re.compile(r"([0-9]+(?:\.[0-9]{1,6})?)\s*(.*)")
"""A number as somebody writes it, and what may be its unit."""

EQUAL_UNITS = {"ng/mL": ("ng/mL", "\u00b5g/L", "ug/L")}
"""By the unit of a number that is also measured in others: the units that are the same, and are accepted."""


def same_unit(written: str, unit: str) -> bool:
    """Whether a unit, as somebody wrote it, is the unit of a number or equal to it."""
    plain = written.strip().lower().replace("\u03bc", "\u00b5")
    return plain in {one.lower() for one in EQUAL_UNITS.get(unit, (unit,))}


def _read_ferritin(written: object) -> object:
    """Accept "60 ng/mL" and "60 µg/L", which are equal; refuse every other unit."""
    if not isinstance(written, str):
        return written
    found = MEASURED.fullmatch(written.strip())
    if found is None or not same_unit(found[2], "ng/mL"):
        msg = "ferritin is a plain number in ng/mL or µg/L, which are equal; such as `60 ng/mL`; no other unit is converted"
        raise ValueError(msg)
    return float(found[1])


def _readable(written: str) -> str:
    if HIDDEN.search(written) or any(
        not (character.isprintable() or character in "\n\t") for character in written
    ):
        msg = "the text contains hidden or control characters"
        raise ValueError(msg)
    if not written.strip():
        msg = "the text is blank; write it, or leave it out"
        raise ValueError(msg)
    return written


def _number(minimum: float, maximum: float, unit: str) -> object:
    """The metadata of a number fact: inclusive range and unit."""
    return Field(strict=True, ge=minimum, le=maximum, json_schema_extra={"unit": unit})


Truth = StrictBool | None
Age = Annotated[float, _number(0, 120, "years")]
Years = Annotated[float, _number(0, 80, "years")]
Ferritin = Annotated[float, _number(0, 20_000, "ng/mL"), BeforeValidator(_read_ferritin)]
Percent = Annotated[float, _number(0, 100, "%")]
Name = Annotated[str, Field(strict=True, min_length=1, max_length=100), AfterValidator(_readable)]
Medicines = Annotated[SetAnswer[Name], Field(json_schema_extra={"names": "medicines"})]
Options = Annotated[SetAnswer[Name], Field(json_schema_extra={"names": "options"})]
Text = Annotated[str, Field(strict=True, max_length=MOST_TEXT, min_length=1), AfterValidator(_readable)]
