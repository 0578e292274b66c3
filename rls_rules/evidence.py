"""Whether every citation may be made, says how weak it is, and every statement has its place."""

from collections.abc import Sequence

from rls_rules.items import Finding, Hazard, Item, Source, Statement, TalkingPoint, Tension
from rls_rules.loading import Loading
from rls_rules.note_words import NoteWords
from rls_rules.options import Option, Saying
from rls_rules.references import exists
from rls_rules.refusals import Path


def check(loading: Loading) -> None:
    """Note every citation that may not be made, and every statement without a place."""
    before = len(loading.problems)
    for part in (_statements, _options, _findings, _points, _tensions, _hazards, _note):
        part(loading)
    if len(loading.problems) == before:
        _places_of_statements(loading)


def _statements(loading: Loading) -> None:
    for name, statement in loading.whole(Statement).items():
        if statement.checked == "unchecked" and not (statement.settle or statement.out_of_scope):
            help_ = "say under `settle` what a person must open to settle it"
            loading.no(
                loading.place(Statement, name), f"`{name}` is unchecked, with no way to settle it", help_
            )


def _options(loading: Loading) -> None:
    for name, option in loading.whole(Option).items():
        owner = (Option, name)
        for key in ("benefits", "harms", "living_with"):
            _sayings(loading, getattr(option, key), owner, (key,))
        for key, none in (("benefits", "no_benefit_shown"), ("harms", "not_studied")):
            says_none = getattr(option, none)
            if says_none and getattr(option, key):
                message = f"`{name}` has {key} and says `{none}: true`"
                loading.no(loading.place(*owner, (none,)), message, "keep one of the two")
            elif not says_none and not getattr(option, key):
                message = f"`{name}` has no {key}, and does not say so"
                help_ = f"cite one below `{key}`, or write `{none}: true`"
                loading.no(loading.place(*owner), message, help_)


def _findings(loading: Loading) -> None:
    for name, finding in loading.whole(Finding).items():
        citable(loading, finding.cites, (Finding, name), ("cites",))


def _points(loading: Loading) -> None:
    for name, point in loading.whole(TalkingPoint).items():
        owner = (TalkingPoint, name)
        cited = citable(loading, point.cites, owner, ("cites",))
        for key in ("text", "clinician_text"):
            says_how_weak(loading, cited, owner, (key,), getattr(point, key))
        if point.stance == "favours":
            may_support(loading, cited, owner, ("cites",))


def _tensions(loading: Loading) -> None:
    for name, tension in loading.whole(Tension).items():
        owner = (Tension, name)
        for i, position in enumerate(tension.positions):
            cited = citable(loading, [position.statement], owner, ("positions", i, "statement"))
            words = f"{tension.title} {position.says} {tension.note}"
            says_how_weak(loading, cited, owner, ("positions", i, "says"), words)


def _hazards(loading: Loading) -> None:
    for name, hazard in loading.whole(Hazard).items():
        citable(loading, hazard.cites, (Hazard, name), ("cites",))


def _note(loading: Loading) -> None:
    for note in loading.whole(NoteWords).values():
        _sayings(loading, note.condition, (NoteWords, ""), ("condition",))


def citable(
    loading: Loading, names: Sequence[str], owner: tuple[type[Item], str], key: Path
) -> list[Statement]:
    """The statements cited; note those that may not be."""
    cited: list[Statement] = []
    for name in exists(loading, [Statement], names, owner, key):
        statement = loading.whole(Statement)[name]
        place = loading.place(*owner, (*key, names.index(name)))
        if statement.checked == "unchecked":
            help_ = f"leave it out, or settle it: {statement.settle}"
            loading.no(place, f"`{name}` is unchecked and may not be cited", help_)
        elif statement.out_of_scope:
            help_ = f"leave it out: {statement.out_of_scope}"
            loading.no(place, f"`{name}` is out of scope and may not be cited", help_)
        else:
            cited.append(statement)
    return cited


def says_how_weak(
    loading: Loading, cited: Sequence[Statement], owner: tuple[type[Item], str], key: Path, words: str
) -> None:
    """Note a text that hides how weak its sources are."""
    place = loading.place(*owner, key)
    if cited and all(one.checked == "reported" for one in cited) and "report" not in words.lower():
        message = "all that this rests on was only seen second-hand, and the text does not say so"
        loading.no(place, message, "say `is reported to`, or `reported by`")
    weak = _weak(loading, cited)
    if weak and "web article" not in words.lower():
        message = f"`{weak[0].id}` is a claim of a web article, and the text does not say so"
        loading.no(place, message, "say `a web article says`")


def may_support(
    loading: Loading, cited: Sequence[Statement], owner: tuple[type[Item], str], key: Path
) -> None:
    """Note a benefit that has nothing better than a web article behind it."""
    if cited and len(_weak(loading, cited)) == len(cited):
        loading.no(
            loading.place(*owner, key), "a web article cannot support an option", "cite a better source"
        )


def _weak(loading: Loading, cited: Sequence[Statement]) -> list[Statement]:
    """The statements whose source may not support anything."""
    sources = loading.whole(Source)
    return [one for one in cited if one.source in sources and not sources[one.source].support]


def _sayings(loading: Loading, sayings: Sequence[Saying], owner: tuple[type[Item], str], key: Path) -> None:
    for i, saying in enumerate(sayings):
        cited = citable(loading, saying.cites, owner, (*key, i, "cites"))
        says_how_weak(loading, cited, owner, (*key, i, "text"), saying.text)
        if key == ("benefits",):
            may_support(loading, cited, owner, (*key, i, "cites"))


def _places_of_statements(loading: Loading) -> None:
    """Every statement is used, unchecked, or out of scope."""
    kinds = (TalkingPoint, Tension, Option, Finding, NoteWords)
    if any(item is None for kind in kinds for item in loading.of(kind).values()):
        return
    used = {name for point in loading.whole(TalkingPoint).values() for name in point.cites}
    used |= {name for finding in loading.whole(Finding).values() for name in finding.cites}
    used |= {one.statement for tension in loading.whole(Tension).values() for one in tension.positions}
    sayings = [saying for note in loading.whole(NoteWords).values() for saying in note.condition]
    for option in loading.whole(Option).values():
        used |= {*option.cites}
    used |= {name for saying in sayings for name in saying.cites}
    for name, statement in loading.whole(Statement).items():
        if name not in used and statement.checked != "unchecked" and not statement.out_of_scope:
            help_ = "cite it, or say why it is `out_of_scope`"
            loading.no(loading.place(Statement, name), f"`{name}` is used by no rule", help_)
