"""Theorems about what each item of a rule base is good for: examples, options, answers, facts."""

from collections.abc import Iterator

from rls_rules.conditions import facts_in
from rls_rules.english import plain
from rls_rules.errors import Problem
from rls_rules.inline_examples import examples
from rls_rules.regions import Slot
from rls_rules.search import escapes
from rls_rules.theorems import Claim, Ground, Theorem
from rls_rules.witness import plain_yaml


def _examples(ground: Ground) -> Iterator[Problem]:
    return examples(ground.program)


def _balanced(ground: Ground) -> Iterator[Problem]:
    rules = ground.program.rules
    spoken_of = {option for point in rules.points.values() for option in point.options}
    for option in rules.options.values():
        if option.id not in spoken_of and option.id != "no-change":
            continue
        sides = (
            ("benefits", option.benefits, "no_benefit_shown", option.no_benefit_shown),
            ("harms", option.harms, "not_studied", option.not_studied),
        )
        for key, sayings, otherwise, said in sides:
            if bool(sayings) is said:
                yield Problem(
                    rules.place("option", option.id, (key,)),
                    f"`{option.id}` should have {key}, or `{otherwise}: true`, and not both",
                    f"cite a statement under `{key}`, or write `{otherwise}: true`",
                )


def _answers_count(ground: Ground) -> Iterator[Claim | Problem]:
    """Each answer, known alone, is part of what shows some point, at once or when more is known.

    For a set, an answer is a member that is so; that it is not so needs to bring nothing.
    """
    rules = ground.program.rules
    for slot in ground.program.space.slots:
        fact = slot.fact.name
        for cell in range(1 if slot.member is None else _YES, slot.cells):
            name = _answer(slot, cell)
            claims = _needing(ground, slot, cell, name)
            if name in rules.words[fact].nothing_to_say:
                yield from claims
            elif not any(_refuted(ground, one) for one in claims):
                yield Problem(
                    rules.place("fact", fact),
                    f"`{fact}: {name}` brings nobody a point",
                    f"write a point, or say why not: `nothing_to_say: {{{plain_yaml(name)}: …}}`",
                )


_YES = 2
"""The cell of a member that is so."""


def _answer(slot: Slot, cell: int) -> str:
    """How an answer is called in a rule file: a member, a choice, `true`, or a number in its interval."""
    if slot.member is not None:
        return slot.member
    answer = slot.sample(cell)
    return plain(answer) if isinstance(answer, float) else str(answer).lower()


def _refuted(ground: Ground, claim: Claim) -> bool:
    return escapes(ground.program.space, claim.inside, (*ground.nobody, *claim.without))


def _needing(ground: Ground, slot: Slot, cell: int, name: str) -> Iterator[Claim]:
    """For each point: that nobody hears it who would not hear it without an answer that lies in a cell."""
    bit = slot.unknown << cell
    for point in ground.points:
        boxes = ground.boxes(point.id)
        needing = [box & ~slot.mask | bit for box in boxes if not box & slot.unknown and box & bit]
        if needing:
            yield Claim(
                "nobody",
                needing,
                [box | slot.mask for box in boxes if box & slot.unknown],
                (("fact", slot.fact.name), ("point", point.id)),
                f"`{slot.fact.name}: {name}` is declared to have nothing to say, but shows `{point.id}`",
                f"leave out `{name}` here",
                part=("nothing_to_say", name),
                shows=(point.id,),
            )


def _facts_matter(ground: Ground) -> Iterator[Problem]:
    rules = ground.program.rules
    tested = {name for condition in rules.conditions for name in facts_in(condition)}
    for fact in rules.vocabulary:
        declared = rules.words[fact.name].only_quoted
        if fact.name not in tested and declared is None and fact.kind != "quoted":
            yield Problem(
                rules.place("fact", fact.name),
                f"no rule reads `{fact.name}`",
                "write a point that needs it, or say why it is only quoted: `only_quoted: …`",
            )
        elif fact.name in tested and declared is not None:
            yield Problem(
                rules.place("fact", fact.name, ("only_quoted",)),
                f"`{fact.name}` is declared as only quoted, but a rule reads it",
                "leave out `only_quoted`",
            )


COVERED: tuple[Theorem, ...] = (
    Theorem("examples-hold", "Every example that must be shown or silent is so.", _examples),
    Theorem(
        "options-balanced",
        'Every option comes with a benefit or "no benefit shown", and a harm or "not studied".',
        _balanced,
    ),
    Theorem(
        "answers-count",
        "Every answer brings somebody a point, or is declared to have nothing to say.",
        _answers_count,
    ),
    Theorem("facts-matter", "Every fact is read by some rule, or is declared as only quoted.", _facts_matter),
)
"""The theorems about examples, options, answers and facts."""
