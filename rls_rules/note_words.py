"""The note's own words: headings, frames, phrases and service text, all from `rules/note.yaml`.

One field for each place where words are needed, so that a missing one is an error and not a gap.
"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import Field

from rls_rules.asking_words import AskingWords
from rls_rules.items import Item, Text
from rls_rules.options import Direction, Saying
from rls_rules.slots import Plain, slots


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

    urgent: Plain
    about: Plain
    main_message: Plain
    help: Plain
    condition: Plain
    goals: Plain
    told: Plain
    compare: Plain
    worth_knowing: Plain
    options: Plain
    disagreements: Plain
    not_known: Plain
    meanwhile: Plain
    decide: Plain
    what_matters: Plain
    questions: Plain
    lean: Plain
    how_we_will_know: Plain
    appendix: Plain
    diary: Plain
    pictures: Plain
    further: Plain
    further_options: Plain
    further_questions: Plain
    reported: Plain
    points: Plain
    record: Plain
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
    rests_on: Annotated[Text, slots("labels")]
    why: Plain
    """What unfolds a reason."""
    to_source: Annotated[Text, slots("source")]
    """What a reader hears in place of the number of a source."""
    to_use: Annotated[Text, slots("source", "use")]
    """What a reader hears in place of the arrow that leads from a source back to the text."""
    unrecognised: Annotated[Text, slots("label", "label_lower")]
    unrecognised_help: Annotated[Text, slots("nearest")]
    no_option: Plain
    """Said of a medicine that somebody asks about, and that belongs to no option."""
    declined: Annotated[Text, slots("labels")]
    unsure: Annotated[Text, slots("labels")]
    own_words: Plain
    no_letters: Annotated[Text, slots("signs")]
    then_also: Annotated[Text, slots("titles")]
    also_named: Annotated[Text, slots("names")]
    nothing_told: Plain
    none_here: Plain
    nothing_pressing: Plain
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
    decision: Annotated[Text, slots("options")]
    comparison: Plain
    not_said: Plain
    goals: Plain
    hope_for: Plain
    rather_avoid: Plain
    something_else: Plain
    not_sure: Plain
    more_time: Plain
    next_step: Plain
    look_again: Plain
    success: Plain
    diary: Plain
    other_points: Plain
    """The title of further points that speak of no option."""
    part: Annotated[Text, slots("title", "part", "parts")]
    """The title of one of several lists into which a long one is cut."""
    record_reported: Plain
    record_points: Plain
    record_unknown: Plain
    and_others: Plain
    record_questions: Plain
    record_made: Annotated[Text, slots("on")]
    legend: Plain
    """What the signs of certainty, and of what was read, mean."""
    translated: Annotated[Text, slots("names")]
    translation_not_reviewed: Plain
    translation_gaps: Annotated[Text, slots("missing", "all")]


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
    known_member: Annotated[Text, slots("included")]
    """Of one member of a list, which may have it or not."""
    unknown_member: Annotated[Text, slots("included")]
    unknown_in_part: Annotated[Text, slots("label", "label_lower")]
    """Of a list of which only some members are known."""
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


class CertaintySigns(Item):
    """The sign beside each of the four words of GRADE; other words have none."""

    high: Plain
    moderate: Plain
    low: Plain
    very_low: Plain = Field(alias="very low")

    def with_sign(self, certainty: str) -> str:
        """A certainty in the words of its source, and its sign if it is exactly one of these words."""
        sign = self.model_dump(by_alias=True).get(certainty)
        return f"{certainty} {sign}" if sign else certainty


class DirectionWords(Item):
    """Where what a source says of an option points."""

    for_: Plain = Field(alias="for")
    against: Plain
    neither: Plain

    def said(self, direction: Direction) -> str:
        """The words for a direction."""
        return {"for": self.for_, "against": self.against, "neither": self.neither}[direction]


class PictureWords(Item):
    """The words of pictures: in them, in place of them, and below them."""

    chance: Annotated[Text, slots("option", "what")]
    share: Annotated[Text, slots("count", "of", "who")]
    share_about: Annotated[Text, slots("count", "of", "who")]
    """For a number that is rounded; it has the words of `share` in it."""
    chance_shown: Annotated[Text, slots("what", "shares")]
    counted: Annotated[Text, slots("population")]
    over: Annotated[Text, slots("horizon")]
    over_unknown: Plain
    timeline: Annotated[Text, slots("option", "first", "last")]
    heading: Annotated[Text, slots("source", "status")]
    entry: Annotated[Text, slots("direction", "says")]
    event: Annotated[Text, slots("year", "heading", "entry")]
    none_counted: Annotated[Text, slots("options")]
    """Which of the options compared have no picture of a chance."""
    timeline_caption: Plain
    directions: DirectionWords


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
    together: Annotated[tuple[Text, ...], Field(min_length=1)]
    """How to go about the talk: goals first, nobody alone, nothing in a hurry."""
    how_we_will_know: Annotated[tuple[Text, ...], Field(min_length=1)]
    diary: Annotated[tuple[Text, ...], Field(min_length=2)]
    """The headings of the symptom diary, the first for the day."""
    intended_use: Annotated[tuple[Text, ...], Field(min_length=1)]
    """Whom a note is for, what it is made from and how, and what is missing."""
    method: Annotated[tuple[Text, ...], Field(min_length=1)]
    """How the evidence was found and chosen."""
    headings: Headings
    frames: Frames
    phrases: Phrases
    stances: StanceWords
    urgencies: UrgencyWords
    statuses: StatusWords
    asking: AskingWords
    """The words of the questionnaire that fills in a profile."""
    certainties: CertaintySigns
    pictures: PictureWords
