"""Texts with slots in braces, which are filled with other texts."""

from string import Formatter
from typing import Annotated

from pydantic import AfterValidator

from rls_rules.items import Text


def slots_in(text: str) -> set[str]:
    """The names in braces in a text.

    :raises ValueError: if the braces do not match.
    """
    parts = [part for part in Formatter().parse(text) if part[1] is not None]
    return {
        f"{name}{'!' if how else ''}{how or ''}{':' if spec else ''}{spec}" for _, name, spec, how in parts
    }


def slots(*names: str) -> AfterValidator:
    """Allow a text these slots in braces, and no others."""

    def check(text: str) -> str:
        try:
            unknown = slots_in(text) - {*names}
        except ValueError:
            message = "a brace is not closed; close it, or leave it out"
            raise ValueError(message) from None
        if unknown:
            allowed = "only " + ", ".join(f"`{{{name}}}`" for name in names) if names else "no slots"
            message = f"unknown slot `{{{min(unknown)}}}`; this text may have {allowed}"
            raise ValueError(message)
        return text

    return AfterValidator(check)


Plain = Annotated[Text, slots()]
"""A text without slots."""
