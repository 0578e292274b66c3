"""The note's own words: headings, frames, phrases and service text, all from `rules/note.yaml`.

One field for each place where words are needed, so that a missing one is an error and not a gap.
"""

from dataclasses import dataclass
from datetime import date
from string import Formatter
from typing import Annotated

from pydantic import AfterValidator, Field

from rls_rules.items import Item, Saying, Text


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


@dataclass(frozen=True, slots=True)
class Language:
    """The language that words are in; for a translation, who reviewed it, and how many of its texts are missing."""

    code: str = "en"
    reviewed_by: tuple[str, ...] = ()
    texts: int = 0
    missing: int = 0


ENGLISH = Language()
"""The language of the rule files."""


class Headings(Item):
    """The headings of a note, in the order of the patient note."""

    about: Plain
    main_message: Plain
    urgent: Plain
    help: Plain
    told: Plain
    worth_knowing: Plain
    options: Plain
    disagreements: Plain
    not_known: Plain
    questions: Plain
    what_matters: Plain
    meanwhile: Plain
    how_we_will_know: Plain
    appendix: Plain
    further: Plain
    further_options: Plain
    further_questions: Plain
    reported: Plain
    points: Plain
    sources: Plain
    made: Plain


class Frames(Item):
    """Sentences with slots in braces; the slots are filled with texts from the rules."""

    title_patient: Plain
    title_clinician: Plain
    what_it_is: Plain
    good_sides: Plain
    downsides: Plain
    for_you: Plain
    living_with: Plain
    how_sure: Plain
    no_benefit_shown: Plain
    not_studied: Plain
    no_grade: Plain
    grade: Annotated[Text, slots("source", "strength")]
    certainty: Annotated[Text, slots("certainty")]
    reported: Plain
    partial: Plain
    because: Annotated[Text, slots("reasons")]
    unrecognised: Annotated[Text, slots("label", "label_lower")]
    unrecognised_help: Annotated[Text, slots("nearest")]
    declined: Annotated[Text, slots("labels")]
    own_words: Plain
    then_also: Annotated[Text, slots("titles")]
    also_named: Annotated[Text, slots("names")]
    nothing_told: Plain
    none_here: Plain
    source: Annotated[Text, slots("short", "title", "status")]
    doi: Annotated[Text, slots("id")]
    pmid: Annotated[Text, slots("id")]
    cited: Annotated[Text, slots("places")]
    provenance: Annotated[Text, slots("on", "library", "version", "digest", "engine")]
    due: Annotated[Text, slots("due")]
    overdue: Annotated[Text, slots("due")]
    funding: Annotated[Text, slots("funding")]
    authors: Annotated[Text, slots("authors")]
    reviewed: Annotated[Text, slots("names")]
    not_reviewed: Plain
    update_policy: Annotated[Text, slots("policy")]
    overridden: Annotated[Text, slots("point", "reason")]
    translated: Annotated[Text, slots("names")]
    translation_not_reviewed: Plain
    translation_gaps: Annotated[Text, slots("missing", "all")]
    lean: Plain


class Phrases(Item):
    """The small words from which clauses are made."""

    and_: Plain = Field(alias="and")
    or_: Plain = Field(alias="or")
    not_: Plain = Field(alias="not")
    at_least: Annotated[Text, slots("threshold")]
    above: Annotated[Text, slots("threshold")]
    at_most: Annotated[Text, slots("threshold")]
    below: Annotated[Text, slots("threshold")]
    which_is: Annotated[Text, slots("comparison")]
    known: Annotated[Text, slots("label", "label_lower")]
    unknown: Annotated[Text, slots("label", "label_lower")]
    comma: Plain
    """What stands between the parts of a list."""
    semicolon: Plain
    """What stands between clauses and titles."""


class StanceWords(Item):
    """How each stance is said to a clinician."""

    favours: Text
    cautions: Text
    advises_against: Text
    informs: Text
    asks: Text


class UrgencyWords(Item):
    """How each urgency is said."""

    urgent: Text
    soon: Text
    routine: Text


class StatusWords(Item):
    """How the status of a source is said."""

    current: Text
    partly_superseded: Text = Field(alias="partly superseded")
    superseded: Text
    retracted: Text
    unknown: Text


class NoteWords(Item):
    """Everything a note says that is not a talking point, an option, a question or a source."""

    version: Text
    made_on: date
    review_due: date
    update_policy: Text
    funding: Text
    authors: Annotated[tuple[Text, ...], Field(min_length=1)]
    reviewed_by: tuple[Text, ...]
    about: Annotated[tuple[Text, ...], Field(min_length=1)]
    """Service text: what a note is and is not."""
    about_clinician: Annotated[tuple[Text, ...], Field(min_length=1)]
    """The same for the clinician."""
    help: Annotated[tuple[Text, ...], Field(min_length=1)]
    """Service text: how to get urgent help, in any country."""
    main_message: Annotated[tuple[Text, ...], Field(min_length=1, max_length=3)]
    condition: Annotated[tuple[Saying, ...], Field(min_length=1)]
    """What RLS is, cited."""
    what_matters: Annotated[tuple[Text, ...], Field(min_length=1)]
    how_we_will_know: Annotated[tuple[Text, ...], Field(min_length=1)]
    headings: Headings
    frames: Frames
    phrases: Phrases
    stances: StanceWords
    urgencies: UrgencyWords
    statuses: StatusWords
