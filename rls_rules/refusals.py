"""pydantic's refusals in the words of this project: lower case, backticks, no Python names."""

import types
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from rls_rules.errors import did_you_mean, one_of

Path = tuple[str | int, ...]

_MOST = 100
"""Nobody reads more mistakes than this in one item; a file made to harm may have many more."""

_NUMBER_HELP = "digits only, without quotes"
_EMPTY = ("is empty", "write it, or leave the key out")
_LIST = ("should be a list", "write it in brackets: `[a, b]`")
_MAPPING = ("should be a mapping of keys to values", "write it in braces: `{{key: value}}`")
_DATE = ("should be a date, year first", "such as `2026-11-22`")
_PLAIN = {
    "bool_type": ("should be `true` or `false`", "without quotes"),
    "string_type": ("should be text", "put the text in quotes"),
    "float_type": ("should be a number", _NUMBER_HELP),
    "finite_number": ("should be a number", _NUMBER_HELP),
    "int_type": ("should be a whole number", _NUMBER_HELP),
    "tuple_type": _LIST,
    "dict_type": _MAPPING,
    "model_type": _MAPPING,
    "model_attributes_type": _MAPPING,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": _DATE,
    "date_type": _DATE,
    "greater_than_equal": ("is too small", "at least {ge:g}"),
    "less_than_equal": ("is too large", "at most {le:g}"),
    "string_too_long": ("is too long", "at most {max_length:,} characters"),
    "too_long": ("is too long", "at most {max_length}"),
    "string_too_short": _EMPTY,
    "too_short": ("has too little in it", "at least {min_length}"),
}
"""What is wrong and what to type, by pydantic's name for it; slots are filled from its context."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """One thing that a model refused: where in the data, what is wrong, what to type, what was written.

    `of_key` says that the key is wrong and not its value.
    """

    path: Path
    message: str
    help: str
    written: str
    of_key: bool


def refusals(error: ValidationError, model: type[BaseModel]) -> Iterator[Refusal]:
    """Translate the errors of a validation, in the order pydantic found them, one for each mistake."""
    details = error.errors(include_url=False)[:_MOST]
    misspelt = {
        (detail["loc"][:-1], did_you_mean(str(detail["loc"][-1]), keys_at(model, detail["loc"][:-1])))
        for detail in details
        if detail["type"] == "extra_forbidden"
    }
    for detail in details:
        path = tuple(detail["loc"])
        if detail["type"] == "missing" and (path[:-1], f"did you mean `{path[-1]}`?") in misspelt:
            continue
        # pydantic counts only the items that it could read.
        if detail["type"] == "too_short" and any(path == other["loc"][:-1][: len(path)] for other in details):
            continue
        message, help_ = _words(detail["type"], detail, path, model)
        yield Refusal(path, message, help_, _shown(detail["input"]), detail["type"] == "extra_forbidden")


def _shown(written: object) -> str:
    """What was written, if it is plain; Python does not write out very large numbers."""
    try:
        shown = str(written)[:200] if isinstance(written, str | int | float) else ""
    except ValueError:
        return ""
    return shown.lower() if isinstance(written, bool) else shown


def _words(kind: str, detail: ErrorDetails, path: Path, model: type[BaseModel]) -> tuple[str, str]:
    name = f"`{path[-1]}`" if path and isinstance(path[-1], str) else "this item"
    context = detail.get("ctx", {})
    keys = keys_at(model, path)
    match kind:
        case "missing":
            return f"{name} is missing", f"add `{path[-1]}: …`"
        case "extra_forbidden" if " " in str(path[-1]):
            return f"unknown key {name}", "put text with a comma or a colon in quotes"
        case "extra_forbidden":
            known = keys_at(model, path[:-1])
            return f"unknown key {name}", did_you_mean(str(path[-1]), known) or one_of(known)
        case "literal_error":
            expected = str(context["expected"]).replace("'", "`").replace(" or ", ", ")
            return f"{name} is not one of the answers", f"one of {expected}"
        case "string_pattern_mismatch":
            return f"{name} is not written as an id", _id_help(context["pattern"])
        case "value_error":
            message, _, help_ = str(context["error"]).partition("; ")
            return message, help_
        case _ if detail["input"] is None:
            what, help_ = _EMPTY
        case _ if "includes" in keys:  # the answer to "which of these?" in a profile
            what, help_ = _LIST
        case _ if keys:
            what, help_ = "should be a mapping", f"begin with a key, {one_of(keys)}"
        case _:
            what, help_ = _PLAIN.get(kind, ("cannot be read", "`rls-rules schema` says what belongs here"))
    return f"{name} {what}", help_.format(**context)


def _id_help(pattern: str) -> str:
    if "A-Z" in pattern:
        return "capitals, a hyphen, letters and digits, such as `A25-7`"
    return "small letters and digits, joined by " + ("`_`" if "_" in pattern else "`-`")


def keys_at(model: type[BaseModel], path: Path) -> list[str]:
    """The keys that the model allows at a path into its data."""
    here: object = model
    for step in path:
        here = _unwrapped(here)
        if isinstance(here, type) and issubclass(here, BaseModel):
            here = next((field.annotation for key, field in _keys(here) if key == step), None)
        elif get_args(here):
            here = get_args(here)[-1 if get_origin(here) is dict else 0]
    here = _unwrapped(here)
    if isinstance(here, type) and issubclass(here, BaseModel):
        return [key for key, _ in _keys(here)]
    return []


def _keys(model: type[BaseModel]) -> list[tuple[str, FieldInfo]]:
    """The keys of a model as they are written."""
    return [(field.alias or name, field) for name, field in model.model_fields.items()]


def _unwrapped(annotation: object) -> object:
    """The type behind `Annotated` and `| None`; of a union, the first model or container."""
    while get_origin(annotation) in (Annotated, Union, types.UnionType):
        options = [option for option in get_args(annotation) if option is not types.NoneType]
        models = [o for o in options if isinstance(o, type) and issubclass(o, BaseModel)]
        annotation = (models or options)[0]
    return annotation
