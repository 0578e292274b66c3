"""What people decided: signed ratings of items that code cannot decide."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import Field, StrictBool, TypeAdapter, ValidationError

from rls_rules.errors import NoteError, Place, Problem, RulesError
from rls_rules.items import Item as FileItem
from rls_rules.items import Text
from rls_rules.yaml_reader import read_file, read_yaml


class Rating(FileItem):
    """One item of one note, rated by a person who signs for it."""

    card: Text
    item: Text
    note: Annotated[Text, Field(min_length=12)]
    """The digest of the note that was rated, as `rls-rules score` prints it: a note that has changed was not rated."""
    met: StrictBool
    why: Text
    by: Text
    """A name."""
    role: Text
    on: date

    @property
    def signed(self) -> str:
        """Who rated it, as what, and when."""
        return f"{self.by}, {self.role}, {self.on.isoformat()}"


def read_ratings(path: Path, known: Iterable[tuple[str, str]]) -> tuple[Rating, ...]:
    """Read a file of ratings: a mapping with the list `ratings`.

    :param known: the cards and items that a person may rate.
    :raises NoteError: if the file is none, or rates what is not for people to rate.
    """
    file = path.as_posix()
    try:
        data, positions = read_yaml(read_file(path), file)
    except RulesError as error:
        raise NoteError(error.problems) from None
    if not isinstance(data, dict) or {*data} != {"ratings"}:
        raise NoteError(
            [Problem(Place(file, 1, 1), "a file of ratings is a mapping", "begin with `ratings:`")]
        )
    listed = data["ratings"]
    if not isinstance(listed, list):
        raise NoteError(
            [Problem(positions.place(("ratings",)), "`ratings` should be a list", "`- ` begins each")]
        )
    try:
        ratings = TypeAdapter(tuple[Rating, ...]).validate_python(tuple(listed))
    except ValidationError as error:
        keys = ", ".join(f"`{key}`" for key in Rating.model_fields)
        raise NoteError(
            Problem(positions.place(("ratings", *one["loc"])), "this is not a rating", f"its keys are {keys}")
            for one in error.errors()
        ) from None
    allowed = {*known}
    if strange := [
        Problem(
            positions.place(("ratings", i, "item")),
            f"`{one.item}` of `{one.card}` is not for a person to rate",
            "`rls-rules score` says `nobody yet` of those that are",
        )
        for i, one in enumerate(ratings)
        if (one.card, one.item) not in allowed
    ]:
        raise NoteError(strange)
    return ratings
