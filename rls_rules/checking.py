"""Everything that is checked about rule folders: that they load, and that they do what their examples say."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from rls_rules import readability
from rls_rules.agreement import disagreements
from rls_rules.dangers import misjudged
from rls_rules.errors import Place, Problem, ProfileError, RulesError
from rls_rules.figures import unsupported
from rls_rules.inline_examples import examples
from rls_rules.loader import read_rules, shipped_rules
from rls_rules.naming import misnamed
from rls_rules.person import Person
from rls_rules.profile import Profile
from rls_rules.program import Program, compiled
from rls_rules.proof import prove, wrongly_lowered
from rls_rules.rule_files import shown
from rls_rules.rulebase import RuleBase

READABLE = 64
"""A condition of more situations than this is hard to review."""


def check(*folders: Path | str) -> tuple[list[Problem], list[Problem]]:
    """Check rule folders, laid over each other; the shipped rules if none is named.

    :returns: the errors and the warnings, each in the order of their places.
    """
    try:
        rules = read_rules(*(folders or (shipped_rules(),)))
        program = compiled(rules)
    except RulesError as error:
        return list(error.problems), []
    shipped = _shipped_examples(program, folders or (shipped_rules(),))
    lowered = list(wrongly_lowered(rules))
    ages = () if lowered else _ages(rules)
    errors = RulesError(
        [
            *shipped,
            *examples(program),
            *ages,
            *disagreements(rules),
            *misnamed(rules),
            *unsupported(rules),
            *misjudged(rules),
            *lowered,
        ]
    )
    warnings = RulesError([*_long_conditions(program), *_hard_texts(rules)])
    return list(errors.problems), list(warnings.problems)


def _shipped_examples(program: Program, folders: Sequence[Path | str]) -> Iterator[Problem]:
    for name, text in program.rules.examples.items():
        files = [file for folder in folders for file in Path(folder, "examples").glob(f"{name}.y*ml")]
        try:
            Person(program, Profile.from_yaml(text, shown(files[-1])))
        except ProfileError as error:
            place = Place(shown(files[-1]))
            yield from (replace(problem, place=problem.place or place) for problem in error.problems)


def _ages(rules: RuleBase) -> Iterator[Problem]:
    """Every point that somebody hears who is not of the age that it is for."""
    (result,) = prove(rules, names=["ages-respected"])
    for one in result.counterexamples:
        yield Problem(one.places[0], one.message, one.help)


def _long_conditions(program: Program) -> Iterator[Problem]:
    for number, name in enumerate(program.ids):
        count = len(program.boxes[number])
        if count > READABLE:
            place = program.rules.place("point", name, ("when",))
            yield Problem(
                place,
                f"the condition of `{name}` stands for {count} situations",
                "name its parts as findings",
            )


def passages(rules: RuleBase) -> Iterator[tuple[Place, str, str]]:
    """What a patient reads, in pieces that stand together in a note: the place, the name and the text of each."""
    for point in rules.points.values():
        place = rules.place("point", point.id, ("text",))
        yield place, f"`{point.id}`", _joined(point.title, point.text)
        if point.ask:
            yield rules.place("point", point.id, ("ask",)), f"`ask` of `{point.id}`", point.ask
    for option in rules.options.values():
        sayings = (*option.benefits, *option.harms, *option.living_with)
        text = _joined(option.name, option.what, *(saying.text for saying in sayings))
        yield rules.place("option", option.id, ("what",)), f"`{option.id}`", text
        for i, chance in enumerate(option.chances):
            groups = (f"{group.count} of {chance.of} people {group.who}" for group in chance.groups)
            said = (chance.what, *groups, chance.population, chance.horizon or "", chance.note or "")
            yield (
                rules.place("option", option.id, ("chances", i)),
                f"`chances` of `{option.id}`",
                _joined(*said),
            )
        if option.guidance:
            text = _joined(*(one.says for one in option.guidance))
            yield rules.place("option", option.id, ("guidance",)), f"`guidance` of `{option.id}`", text
    for tension in rules.tensions.values():
        text = _joined(tension.title, *(one.says for one in tension.positions), tension.note or "")
        yield rules.place("tension", tension.id, ("positions",)), f"`{tension.id}`", text
    for fact in rules.words.values():
        yield rules.place("fact", fact.fact, ("asks",)), f"`{fact.fact}`", _joined(fact.asks, fact.why)
    note = rules.note
    for key in ("about", "help", "main_message", "together", "how_we_will_know", "intended_use", "method"):
        yield rules.place("note", "", (key,)), f"`{key}`", _joined(*getattr(note, key))
    condition = _joined(*(saying.text for saying in note.condition))
    yield rules.place("note", "", ("condition",)), "`condition`", condition


def _joined(*texts: str) -> str:
    """Some texts one after the other, each a sentence."""
    capital = (text[0].upper() + text[1:] for text in texts if text)
    return " ".join(text if text.endswith((".", "!", "?")) else f"{text}." for text in capital)


def _hard_texts(rules: RuleBase) -> Iterator[Problem]:
    for place, name, text in passages(rules):
        grade = round(readability.grade(text, rules.syllables), 1)
        if grade > readability.PLAIN_GRADE:
            longest = max(readability.sentences_in(text), key=lambda one: len(readability.words_in(one)))
            hard = readability.hardest_words(text, rules.syllables)
            yield Problem(
                place,
                f"{name} reads at US grade {grade}, and a patient text is at most {readability.PLAIN_GRADE}",
                f"cut up `{longest}`, and find plainer words for " + ", ".join(f"`{one}`" for one in hard),
            )
