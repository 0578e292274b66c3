"""Whether the items of a rule base fit together: every name exists, and means one thing."""

from collections.abc import Iterable, Iterator, Sequence

from rls_rules.conditions import All, facts_in
from rls_rules.errors import Place, ProfileError, did_you_mean, one_of
from rls_rules.glossary import Glossary, Term
from rls_rules.items import (
    Example,
    FactWords,
    Finding,
    Impossible,
    Item,
    Medicine,
    MedicineClass,
    Override,
    Product,
    Retired,
    Source,
    Statement,
    TalkingPoint,
    Tension,
)
from rls_rules.loading import Loading
from rls_rules.names import plain_name
from rls_rules.options import Option
from rls_rules.profile import FACTS, Profile
from rls_rules.refusals import Path
from rls_rules.slots import slots_in
from rls_rules.vocabulary import Fact

WHAT: dict[type[Item], str] = {
    Source: "source", Statement: "statement", Option: "option", TalkingPoint: "point",
    MedicineClass: "class", Medicine: "medicine",
}  # fmt: skip


def check(loading: Loading) -> None:
    """Note every name that does not exist, and every id and name that is taken."""
    for part in (
        _sources,
        _options,
        _medicines,
        _facts,
        _findings,
        _points,
        _tensions,
        _ids,
        _overrides,
        _terms,
    ):
        part(loading)


def exists(
    loading: Loading,
    kinds: Sequence[type[Item]],
    names: Iterable[str],
    owner: tuple[type[Item], str],
    key: Path,
) -> Iterator[str]:
    """Note each name that is unknown; give back those that are known and whole."""
    known = [name for kind in kinds for name in loading.of(kind) if name]
    what = " or ".join(WHAT[kind] for kind in kinds)
    for i, name in enumerate(names):
        if name not in known:
            help_ = did_you_mean(name, known) or (one_of(known) if known else f"there is no {what} yet")
            loading.no(loading.place(*owner, (*key, i)), f"unknown {what} `{name}`", help_)
        elif any(loading.of(kind).get(name) is not None for kind in kinds):
            yield name


def _sources(loading: Loading) -> None:
    for name, source in loading.whole(Source).items():
        if source.superseded_by:
            list(exists(loading, [Source], [source.superseded_by], (Source, name), ("superseded_by",)))
    for name, statement in loading.whole(Statement).items():
        owner = (Statement, name)
        list(exists(loading, [Source], [statement.source], owner, ("source",)))
        list(exists(loading, [Source], statement.also, owner, ("also",)))
        list(exists(loading, [Option], statement.options, owner, ("options",)))


def _options(loading: Loading) -> None:
    for name, option in loading.whole(Option).items():
        list(exists(loading, [MedicineClass, Medicine], option.medicines, (Option, name), ("medicines",)))


def _medicines(loading: Loading) -> None:
    classes = loading.whole(MedicineClass)
    reported = set[str]()
    for name, class_ in classes.items():
        list(exists(loading, [MedicineClass], class_.within, (MedicineClass, name), ("within",)))
        seen, above = set[str](), {*class_.within}
        while above - seen:
            seen |= above
            above = {parent for one in above if one in classes for parent in classes[one].within}
        if name in seen and not reported & seen:
            reported.add(name)
            place = loading.place(MedicineClass, name, ("within",))
            loading.no(place, f"class `{name}` is within itself", "leave out one `within` on the way round")
    for medicine in loading.whole(Medicine).values():
        list(exists(loading, [MedicineClass], medicine.classes, (Medicine, medicine.id), ("classes",)))
    for id_, product in loading.whole(Product).items():
        list(exists(loading, [Medicine], product.contains, (Product, id_), ("contains",)))
    _names(loading)


def _names(loading: Loading) -> None:
    """No name may mean two things."""
    first: dict[str, tuple[type[Item], str, Path]] = {}
    for kind in (MedicineClass, Medicine, Product):
        for id_, item in loading.whole(kind).items():
            for path, name in _names_of(item):
                other = first.setdefault(plain_name(name), (kind, id_, path))
                if other[:2] != (kind, id_):
                    loading.no(
                        loading.place(kind, id_, path),
                        f"the name `{name}` means two things",
                        f"keep it here or at {loading.place(*other)}",
                    )


def _names_of(item: Item) -> Iterator[tuple[Path, str]]:
    """Every name of a medicine, class or product, and where it stands."""
    if isinstance(item, MedicineClass | Medicine):
        yield ("id",), item.id
    if isinstance(item, Medicine):
        yield ("name",), item.name
    for key in ("also", "brands", "names"):
        yield from (((key, i), name) for i, name in enumerate(getattr(item, key, ())))


def _facts(loading: Loading) -> None:
    unknown = [name for name in loading.whole(FactWords) if name not in FACTS]
    for name in unknown:
        help_ = did_you_mean(name, FACTS.facts) or "`rls-rules list facts` names them all"
        loading.no(loading.place(FactWords, name, ("fact",)), f"unknown fact `{name}`", help_)
    for name, words in loading.whole(FactWords).items():
        if name not in FACTS:
            continue
        fact = FACTS[name]
        for what, given, needed in (
            ("reads", words.reads, _answers(fact)),
            ("members", words.members, fact.values if fact.kind == "set" else ()),
        ):
            for key in sorted({*needed} - {*given}):
                place = loading.place(FactWords, name, (what,))
                loading.no(place, f"`{name}` has no words for `{key}`", f"add it under `{what}`")
            for key in sorted({*given} - {*needed}):
                help_ = one_of(needed) if needed else f"leave `{what}` out"
                place = loading.place(FactWords, name, (what, key), key=True)
                loading.no(place, f"`{name}` has no answer `{key}`", help_)
        for key in ("label", "asks", "why"):
            _slot(loading, (FactWords, name), (key,), getattr(words, key), set())
        for key, text in words.members.items():
            _slot(loading, (FactWords, name), ("members", key), text, set())
        for key, text in words.reads.items():
            _slot(loading, (FactWords, name), ("reads", key), text, _SLOTS.get(key, set()))
    missing = [name for name in FACTS.facts if name not in loading.of(FactWords)]
    if missing and not unknown:
        files = [positions.file for (kind, _), (positions, _) in loading.places.items() if kind is FactWords]
        place = Place(files[-1] if files else "facts.yaml")
        loading.no(
            place,
            "words are missing for some facts",
            "add " + one_of(missing).removeprefix("one of "),
        )


_SLOTS = {"value": {"value"}, "includes": {"member"}, "excludes": {"member"}}
"""The slot that the words of a number, or of a member, are filled into."""


def _slot(loading: Loading, owner: tuple[type[Item], str], key: Path, text: str, slots: set[str]) -> None:
    try:
        found = slots_in(text)
    except ValueError:
        loading.no(loading.place(*owner, key), "a brace is not closed", "close it, or leave it out")
        return
    for name in found - slots:
        help_ = " ".join(f"write `{{{one}}}`" for one in slots) or "leave the braces out"
        loading.no(loading.place(*owner, key), f"unknown slot `{{{name}}}`", help_)
    if slots and not found:
        (name,) = slots
        loading.no(loading.place(*owner, key), "the answer is nowhere in this text", f"add `{{{name}}}`")


def _answers(fact: Fact) -> tuple[str, ...]:
    """The keys under which a fact is read."""
    match fact.kind:
        case "truth":
            return ("true", "false")
        case "choice":
            return fact.values
        case "set":
            return ("includes", "excludes", "none")
        case _:
            return ("value",)


def _findings(loading: Loading) -> None:
    for name in loading.whole(Finding):
        if name in FACTS:
            loading.no(
                loading.place(Finding, name, ("id",)), f"`{name}` is a fact already", "choose another id"
            )
    owners = [
        *loading.of(Finding).values(),
        *loading.of(TalkingPoint).values(),
        *loading.of(Impossible).values(),
    ]
    if None not in owners and not loading.problems:
        used = {fact for owner in owners for fact in facts_in(owner.when)}
        for name in loading.whole(Finding).keys() - used:
            place = loading.place(Finding, name, ("id",))
            loading.no(place, f"no condition uses finding `{name}`", "use it, or delete it")


def _points(loading: Loading) -> None:
    for name, point in loading.whole(TalkingPoint).items():
        owner = (TalkingPoint, name)
        list(exists(loading, [Option], point.options, owner, ("options",)))
        if point.when == All(()) and not point.for_everyone:
            message = f"the condition of `{name}` is met by everyone"
            loading.no(
                loading.place(*owner, ("when",)), message, "say for whom it is, or `for_everyone: true`"
            )
        for i, example in enumerate(point.examples):
            _example(loading, example, owner, ("examples", i))
        for expect in ("shown", "silent"):
            if not any(example.expect == expect for example in point.examples) and not point.for_everyone:
                loading.no(
                    loading.place(*owner, ("examples",)),
                    f"`{name}` has no example that is {expect}",
                    f"add one with `expect: {expect}`",
                )
        if point.reviewed.due <= point.reviewed.on:
            place = loading.place(*owner, ("reviewed", "due"))
            loading.no(place, "the review is due before it was done", "write a later date")


def _example(loading: Loading, example: Example, owner: tuple[type[Item], str], path: Path) -> None:
    positions, at = loading.places[owner]
    try:
        Profile.model_validate(example.given, context=positions.below((*at, *path, "given")))
    except ProfileError as error:
        loading.problems += error.problems
    for i, need in enumerate(example.needs):
        if need not in FACTS:
            help_ = did_you_mean(need, FACTS.facts) or "`rls-rules list facts` names them all"
            loading.no(loading.place(*owner, (*path, "needs", i)), f"unknown fact `{need}`", help_)


def _tensions(loading: Loading) -> None:
    for name, tension in loading.whole(Tension).items():
        owner = (Tension, name)
        list(exists(loading, [TalkingPoint], tension.points, owner, ("points",)))


def _ids(loading: Loading) -> None:
    kinds = (TalkingPoint, Finding, Option, Source, Tension, Statement)
    for name, retired in loading.whole(Retired).items():
        for kind in (kind for kind in kinds if name in loading.of(kind)):
            place = loading.place(kind, name, ("id",))
            loading.no(place, f"`{name}` is retired", "choose another id: none is ever used again")
        known = [one for kind in kinds for one in loading.of(kind)]
        if retired.replaced_by and retired.replaced_by not in known:
            help_ = did_you_mean(retired.replaced_by, known) or "an id that exists"
            place = loading.place(Retired, name, ("replaced_by",))
            loading.no(place, f"unknown id `{retired.replaced_by}`", help_)


_STRENGTH = ("stance", "urgency", "options", "population", "when")


def _overrides(loading: Loading) -> None:
    """A caution of an earlier folder may be reworded; to change it otherwise needs a reason."""
    overrides = loading.whole(Override)
    for old, new in loading.replaced:
        if (
            old.careful
            and new.id not in overrides
            and any(getattr(old, key) != getattr(new, key) for key in _STRENGTH)
        ):
            loading.no(
                loading.place(TalkingPoint, new.id),
                f"`{new.id}` changes a caution of an earlier folder",
                "only words may change, unless `overrides` names it with a reason",
            )
    for name in overrides:
        owner = (Override, name)
        for point in exists(loading, [TalkingPoint], [name], owner, ("point",)):
            if point not in {new.id for _, new in loading.replaced}:
                help_ = "give the point again below `points`, or leave the override out"
                loading.no(loading.place(*owner, ("point",)), f"this folder does not change `{point}`", help_)


def _terms(loading: Loading) -> None:
    """No spelling belongs to two terms, and no explanation needs an explanation."""
    terms = loading.whole(Term)
    first: dict[str, tuple[str, Path]] = {}
    for name, term in terms.items():
        spelt: list[tuple[Path, str]] = [(("term",), name)]
        spelt += [(("also", i), other) for i, other in enumerate(term.also)]
        for path, spelling in spelt:
            if (before := first.setdefault(spelling.lower(), (name, path))) != (name, path):
                help_ = f"keep it here or at {loading.place(Term, *before)}"
                loading.no(loading.place(Term, name, path), f"`{spelling}` is explained twice", help_)
    glossary = Glossary(terms.values())
    for name, term in terms.items():
        for mention in glossary.mentions(term.means):
            message = f"`{name}` is explained with `{mention.term.term}`, which is a term itself"
            loading.no(loading.place(Term, name, ("means",)), message, "say it in plain words")
