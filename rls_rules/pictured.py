"""Whether every chance and every timeline of an option can be drawn, and shows no more than its sources say."""

import re
from decimal import Decimal

from rls_rules.evidence import citable, may_support, says_how_weak
from rls_rules.items import Source, Statement
from rls_rules.loading import Loading
from rls_rules.options import Chance, Guidance, Option
from rls_rules.refusals import Path

PERCENT = 100
_ROUNDED = "write the number as the source has it, without arithmetic, or `about: true` beside a rounded one"
_OPPOSITE = {"for": "against", "against": "supports"}
"""The direction of a statement that no entry of this direction may rest on."""


def check(loading: Loading) -> None:
    """Note every chance and every entry of a timeline that cannot be drawn honestly."""
    _one_denominator(loading)
    for name, option in loading.whole(Option).items():
        for i, chance in enumerate(option.chances):
            _chance(loading, chance, name, ("chances", i))
        if len(option.guidance) == 1:
            place = loading.place(Option, name, ("guidance",))
            help_ = "add another dated source, or leave `guidance` out"
            loading.no(place, "one source makes no timeline", help_)
        for i, entry in enumerate(option.guidance):
            _entry(loading, entry, name, ("guidance", i))


def _one_denominator(loading: Loading) -> None:
    """Pictures out of different numbers would be compared by eye, and wrongly."""
    found = [
        (name, i, chance.of)
        for name, option in loading.whole(Option).items()
        for i, chance in enumerate(option.chances)
    ]
    for name, i, of in found:
        if of != found[0][2]:
            loading.no(
                loading.place(Option, name, ("chances", i, "of")),
                f"this is out of {of}, and other pictures are out of {found[0][2]}",
                "pictures are compared by eye; say this one in words only, below `benefits` or `harms`",
            )


def _chance(loading: Loading, chance: Chance, name: str, key: Path) -> None:
    found = citable(loading, chance.cites, (Option, name), (*key, "cites"))
    words = " ".join(filter(None, (chance.what, chance.population, chance.note)))
    says_how_weak(loading, found, (Option, name), (*key, "what"), words)
    for i, group in enumerate(chance.groups):
        place = loading.place(Option, name, (*key, "groups", i, "count"))
        if group.count > chance.of:
            help_ = f"at most {chance.of}, or another `of`"
            loading.no(place, f"{group.count} of {chance.of} people cannot be", help_)
        elif group.about and found and not any(rounds_to(group.count, chance.of, one) for one in found):
            message = f"no share in the statements cited is rounded to {group.count} of {chance.of}"
            loading.no(place, message, "write the nearest whole number of people, or leave `about` out")
        elif not group.about and found and not any(stands_in(group.count, chance.of, one) for one in found):
            message = f"{group.count} of {chance.of} stands in none of the statements cited"
            loading.no(place, message, _ROUNDED)


def rounds_to(count: int, of: int, statement: Statement) -> bool:
    """Whether a statement says a share in per cent with decimals that is nearest to so many of so many."""
    shares = re.findall(r"(?<![\d.,])(\d+\.\d+) ?%", statement.says)
    return any(abs(Decimal(share) * of / PERCENT - count) < Decimal("0.5") for share in shares)


def stands_in(count: int, of: int, statement: Statement) -> bool:
    """Whether a statement itself says so many of so many, or so many per cent."""
    shares = [rf"{count} (?:in|of|out of) {of}(?![\d.,]*\d)", *([rf"{count} ?%"] if of == PERCENT else [])]
    return re.search(rf"(?<![\d.,])(?:{'|'.join(shares)})", statement.says) is not None


def _entry(loading: Loading, entry: Guidance, name: str, key: Path) -> None:
    found = citable(loading, entry.cites, (Option, name), (*key, "cites"))
    says_how_weak(loading, found, (Option, name), (*key, "says"), entry.says)
    if entry.direction == "for":
        may_support(loading, found, (Option, name), (*key, "cites"))
    place = loading.place(Option, name, (*key, "direction"))
    for one in found:
        if one.direction == _OPPOSITE.get(entry.direction):
            help_ = "write `neither`, or mend the direction here or there"
            loading.no(place, f"`{one.id}` has the direction `{one.direction}`", help_)
    place = loading.place(Option, name, (*key, "cites"))
    names = list(dict.fromkeys(one.source for one in found))
    if len(names) > 1:
        loading.no(place, "these statements are from different sources", "write one entry for each source")
    for source in names:
        known = loading.whole(Source).get(source)
        if known and known.year is None:
            help_ = "a timeline needs years; leave this entry out, or cite a dated source"
            loading.no(place, f"source `{source}` has no year", help_)
