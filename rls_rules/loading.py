"""What has been read of some rule folders so far, and what is wrong with it."""

from dataclasses import dataclass, field
from typing import Any, TypeVar

from rls_rules.errors import Place, Problem
from rls_rules.items import Item, TalkingPoint
from rls_rules.refusals import Path
from rls_rules.yaml_reader import Positions

AnyItem = TypeVar("AnyItem", bound=Item)


@dataclass
class Loading:
    """What has been read so far: items by kind and id, where each stands, and what is wrong."""

    problems: list[Problem] = field(default_factory=list)
    items: dict[type[Item], dict[str, Any]] = field(default_factory=dict)
    places: dict[tuple[type[Item], str], tuple[Positions, Path]] = field(default_factory=dict)
    folder_of: dict[tuple[type[Item], str], int] = field(default_factory=dict)
    replaced: list[tuple[TalkingPoint, TalkingPoint]] = field(default_factory=list)
    """Points that a later folder gives again: the old one and the new one."""

    def of(self, kind: type[Item]) -> dict[str, Any]:
        """The items of a kind by id; None stands for one that is there but broken."""
        return self.items.setdefault(kind, {})

    def whole(self, kind: type[AnyItem]) -> dict[str, AnyItem]:
        """The items of a kind that are not broken."""
        return {name: item for name, item in self.of(kind).items() if item is not None}

    def place(self, kind: type[Item], name: str, path: Path = (), *, key: bool = False) -> Place:
        """Where an item, or a part of it (or the key of that part), stands."""
        positions, at = self.places[kind, name]
        return positions.place((*at, *path), key=key)

    def no(self, place: Place, message: str, help_: str = "") -> None:
        """Note a problem."""
        self.problems.append(Problem(place, message, help_))
