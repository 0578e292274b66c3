"""What one person told us: every fact typed, with unit and range; None means unknown.

`Profile` is the only way in: from keywords, a dict, YAML or JSON.
Unknown names, wrong types and answers out of range are refused, all at once, and nothing is coerced.
The words of each fact (how it reads, the question that asks for it) are in `rules/facts.yaml`.
"""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Literal, Self, cast

from pydantic import (
    BaseModel,
    ConfigDict,
    ModelWrapValidatorHandler,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from rls_rules.answers import Age, Ferritin, Medicines, Options, Percent, SetAnswer, Text, Truth, Years
from rls_rules.errors import Place, Problem, ProfileError, RulesError, did_you_mean
from rls_rules.json_reader import json_places, read_json
from rls_rules.refusals import refusals
from rls_rules.vocabulary import Fact, NameKind, Vocabulary
from rls_rules.yaml_reader import Positions, read_file, read_yaml

PROFILE_SCHEMA_VERSION = "1"
"""Changes when a saved profile may no longer be read as it was meant."""

AugmentationSign = Literal[
    "earlier_in_the_day",
    "stronger",
    "spread_to_other_parts",
    "quicker_at_rest",
    "shorter_effect",
    "better_after_lowering",
]


class Profile(BaseModel):
    """What is known about one person with RLS; every field may be left out, and then it is unknown."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        hide_input_in_errors=True,
        json_schema_extra={"version": PROFILE_SCHEMA_VERSION},
    )

    # The person and their symptoms
    filled_in_by: Literal["self", "someone_else"] | None = None
    age: Age | None = None
    pregnancy: Literal["not_pregnant", "planning", "pregnant", "breastfeeding"] | None = None
    rls_status: Literal["diagnosed", "suspected", "doubtful"] | None = None
    frequency: Literal["less_than_twice_a_week", "twice_a_week_or_more"] | None = None
    severity: Literal["mild", "moderate", "severe", "very_severe"] | None = None
    satisfied_with_treatment: Truth = None
    time_of_day: Literal["evening_or_night", "also_by_day", "all_day"] | None = None
    pain_prominent: Truth = None
    relieved_by_movement: Truth = None
    starts_at_rest: Truth = None
    cramps: Truth = None
    restless_all_day_inside: Truth = None
    pain_on_walking: Truth = None
    sleep_disturbed: Truth = None
    daytime_sleepiness: Literal["none", "some", "sudden"] | None = None
    body_sites: SetAnswer[Literal["legs", "arms", "trunk", "elsewhere"]] | None = None
    course: Literal["improving", "stable", "worsening"] | None = None
    family_history: Truth = None

    # Medicines, and what changed while taking them
    current_medicines: Medicines | None = None
    past_medicines: Medicines | None = None
    years_on_dopaminergic: Years | None = None
    dose_raised: Literal["not_raised", "by_prescriber", "by_self"] | None = None
    augmentation_signs: SetAnswer[AugmentationSign] | None = None

    # Iron
    ferritin: Ferritin | None = None
    ferritin_date: date | None = None
    transferrin_saturation: Percent | None = None
    iron_tests: Literal["never", "over_a_year_ago", "within_a_year"] | None = None
    anaemia: Truth = None
    iron_overload: Truth = None
    inflammation_or_infection: Truth = None
    iron_loss_or_malabsorption: Truth = None
    iron_treatment: Literal["none", "by_mouth", "by_drip"] | None = None
    iron_treatment_effect: Literal["helped", "no_change", "not_tolerated", "too_early"] | None = None

    # Health that changes what is worth raising
    kidney: Literal["normal", "reduced", "severe", "dialysis", "transplant"] | None = None
    lung_disease: Truth = None
    breathing_difficulty: Truth = None
    sleep_apnoea: Literal["none", "suspected", "treated", "untreated"] | None = None
    opioid_use: Truth = None
    alcohol: Literal["none", "some", "heavy"] | None = None
    caffeine: Literal["none", "before_midday", "after_midday"] | None = None
    nicotine: Truth = None
    substance_use: Literal["none", "past", "current", "in_recovery"] | None = None
    depression: Truth = None
    suicidal_thoughts: Literal["none", "past", "now", "someone_is_worried"] | None = None
    anxiety: Truth = None
    insomnia: Truth = None
    psychosis: Truth = None
    impulse_control: SetAnswer[Literal["gambling", "shopping", "eating", "sexual", "other"]] | None = None
    memory_or_confusion: Truth = None
    falls: Truth = None
    oedema_or_heart_failure: Truth = None
    heart_valve_disease: Truth = None
    obesity: Truth = None
    bleeding_risk: Truth = None
    low_blood_pressure: Truth = None
    seizures: Truth = None
    spasticity: Truth = None
    spasticity_cause: Literal["multiple_sclerosis", "spinal_cord", "stroke", "other"] | None = None
    neuropathy: Truth = None
    parkinsons: Truth = None
    multiple_sclerosis: Truth = None
    drives: Truth = None
    works_nights: Truth = None
    surgery_planned: Truth = None
    drug_allergy: Medicines | None = None

    # What the person wants to talk about
    asks_about: Options | None = None
    preferences: (
        SetAnswer[Literal["without_medicines", "avoid_dependence", "stop_a_medicine", "more_relief", "cost"]]
        | None
    ) = None
    free_text: Text | None = None

    declined: tuple[str, ...] = ()
    """Facts about which the person would rather say nothing: unknown, and asked nowhere again."""
    unsure: tuple[str, ...] = ()
    """Facts that the person does not know, or not in full: unknown as far as they are.

    `next_question` and `--ask` do not ask for them again; `Discussion.questions` keeps them open for the visit.
    """

    @model_validator(mode="wrap")
    @classmethod
    def _refuse_kindly(
        cls, written: object, handler: ModelWrapValidatorHandler[Self], info: ValidationInfo
    ) -> Self:
        """Turn pydantic's error, which repeats answers, into one that does not."""
        where = info.context if isinstance(info.context, Positions) else None
        try:
            made = handler(written)
        except ValidationError as error:
            found = refusals(error, cls)
            raise ProfileError(
                Problem(
                    where.place(refusal.path, key=refusal.of_key) if where else None,
                    _named(refusal.path, refusal.message),
                    refusal.help,
                    refusal.written,
                )
                for refusal in found
            ) from None
        if where:
            vars(made)["_positions"] = where  # no field: two profiles that say the same are equal
        return made

    @field_validator("declined", "unsure")
    @classmethod
    def _are_facts(cls, names: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        if unknown := [name for name in names if name not in FACTS]:
            msg = did_you_mean(unknown[0], FACTS.facts) or "the names of facts only"
            raise ValueError(f"`{info.field_name}` names something that is not a fact: " + msg)
        return names

    @classmethod
    def from_json(cls, text: str | bytes, name: str = "profile") -> Self:
        """Read a profile from JSON, as `from_yaml` reads one from YAML."""
        data = read_json(text, name)
        try:
            return cls.model_validate(data, context=Positions(name, {(): (0, 0)}))
        except ProfileError:  # lines are looked for only where they are needed
            return cls.model_validate(data, context=json_places(text, name))

    @classmethod
    def from_yaml(cls, text: str | bytes, name: str = "profile") -> Self:
        """Read a profile from YAML.

        :param name: what to call the text in problems, usually its file name.
        :raises ProfileError: with every problem, placed by line and column.
        """
        try:
            data, positions = read_yaml(text, name)
        except RulesError as error:
            raise ProfileError(map(_without_answers, error.problems)) from None
        return cls.model_validate(data, context=positions)

    @classmethod
    def from_file(cls, path: Path | str) -> Self:
        """Read a profile from a YAML or JSON file; raises `ProfileError` as `from_yaml` does."""
        path = Path(path)
        try:
            text = read_file(path)
        except RulesError as error:
            raise ProfileError(error.problems) from None
        return (cls.from_json if path.suffix == ".json" else cls.from_yaml)(text, str(path))

    def place_of(self, fact: str) -> Place | None:
        """Where a fact was answered, in a profile that was read from YAML or JSON."""
        positions: Positions | None = vars(self).get("_positions")
        return positions.place((fact,), key=True) if positions else None

    def known(self) -> dict[str, object]:
        """What was answered, by fact, in the order of the fields."""
        return {name: getattr(self, name) for name in FACTS.facts if getattr(self, name) is not None}


def _named(path: tuple[str | int, ...], message: str) -> str:
    """Say which fact a problem is about, where the message does not."""
    fact = str(path[0]) if path else ""
    return message if not fact or f"`{fact}`" in message else f"in `{fact}`: {message}"


def _without_answers(problem: Problem) -> Problem:
    """The same problem, with the words of the file that its message quotes kept apart."""
    words = re.search("`(.*)`", problem.message, re.DOTALL)
    if words is None:
        return problem
    return replace(problem, message=problem.message.replace(words[0], "`…`"), quoted=words[1])


def _fact(name: str, schema: dict[str, Any], sets: dict[str, Any]) -> Fact:
    """Read kind, range, unit and members off the published schema of one field."""
    match schema["anyOf"][0]:
        case {"type": "boolean"}:
            return Fact(name, "truth")
        case {"enum": values}:
            return Fact(name, "choice", tuple(values))
        case {"type": "number", "minimum": low, "maximum": high, "unit": unit}:
            return Fact(name, "number", minimum=low, maximum=high, unit=unit)
        case {"$ref": reference, **more}:
            members = sets[reference.rpartition("/")[2]]["anyOf"][0]["items"].get("enum", ())
            return Fact(name, "set", tuple(members), names=cast("NameKind", more.get("names", "")))
        case _:
            return Fact(name, "quoted")


def _facts() -> Vocabulary:
    schema = Profile.model_json_schema()
    fields = {name: field for name, field in schema["properties"].items() if "anyOf" in field}
    return Vocabulary.of(_fact(name, field, schema["$defs"]) for name, field in fields.items())


FACTS = _facts()
"""The vocabulary of `Profile`; the members of medicine and option sets come from the rule files."""
