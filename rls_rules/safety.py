"""Theorems about people's safety: cautions stay, dangers are heard, and nobody hears what is about others."""

import math
from collections.abc import Iterator

from rls_rules.theorems import Claim, Ground, Theorem


def _never_lost(ground: Ground) -> Iterator[Claim]:
    space = ground.program.space
    for point in ground.points:
        if not point.careful or point.stance == "asks":
            continue
        boxes = ground.boxes(point.id)
        for box in boxes:
            for slot in space.slots:
                gone = slot.mask & ~box & ~slot.unknown
                if box & slot.unknown and gone:
                    unlearnt = [one | slot.mask for one in ground.nobody if one & slot.unknown]
                    yield Claim(
                        "nobody",
                        (box & ~slot.mask | gone,),
                        (*unlearnt, *boxes),
                        (("point", point.id),),
                        f"`{point.id}` goes away when `{slot.fact.name}` is answered",
                        "a caution or an urgent point may not rest on an answer being unknown",
                        lacks=(point.id,),
                        learnt=slot,
                    )


def _hazards(ground: Ground) -> Iterator[Claim]:
    for hazard in ground.program.rules.hazards.values():
        yield Claim(
            "nobody",
            ground.program.space.boxes(hazard.condition),
            ground.boxes(hazard.point),
            (("hazard", hazard.id), ("point", hazard.point)),
            f"somebody in the danger `{hazard.id}` does not hear `{hazard.point}`",
            "widen the condition of the point, or narrow the hazard",
            lacks=(hazard.point,),
        )


def _adults(ground: Ground) -> Iterator[Claim]:
    ages = [slot for slot in ground.program.space.slots if slot.fact.name == "age"]
    for point in ground.points:
        if point.population == "everyone":
            continue
        adult = point.population == "adults"
        suitable = []  # without a rule that reads the age there is no slot: anybody may have any age
        for slot in ages:
            above = range(1 + slot.cell(math.nextafter(18.0, 0.0)), slot.cells)
            cells = above if adult else range(1, slot.cell(18.0))
            inside = sum(slot.unknown << cell for cell in cells)
            suitable.append(ground.program.space.full & ~slot.mask | inside)
        yield Claim(
            "nobody",
            ground.boxes(point.id),
            suitable,
            (("point", point.id),),
            f"`{point.id}` is for {point.population}, but is shown to others, or where no age is known",
            f"add `age: {{{'at_least' if adult else 'below'}: 18}}`",
            part=("when",),
            shows=(point.id,),
        )


def _inside_populations(ground: Ground) -> Iterator[Claim]:
    rules = ground.program.rules
    for point in ground.points:
        for name in point.cites:
            only_for = rules.statements[name].only_for
            if only_for is None or name in point.beyond:
                continue
            yield Claim(
                "nobody",
                ground.boxes(point.id),
                ground.program.space.boxes(only_for),
                (("point", point.id), ("statement", name)),
                f"`{point.id}` is shown to somebody whom `{name}` is not about",
                f"narrow the condition, or say in `beyond: {{{name}: …}}` how the text makes that plain",
                shows=(point.id,),
            )


SAFE: tuple[Theorem, ...] = (
    Theorem("cautions-stay", "Learning more never removes a caution or an urgent point.", _never_lost),
    Theorem(
        "hazards-heard",
        "Whoever is in a documented danger hears of it.",
        _hazards,
    ),
    Theorem(
        "ages-respected", "Nobody below 18 hears a point for adults, and no adult one for children.", _adults
    ),
    Theorem(
        "populations-respected",
        "Nobody hears, as if it were about them, a statement about other people.",
        _inside_populations,
    ),
)
"""The theorems about safety."""
