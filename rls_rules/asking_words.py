"""What the questionnaire says, from the part `asking` of `rules/note.yaml`."""

from typing import Annotated

from pydantic import Field

from rls_rules.items import Item, Text
from rls_rules.slots import Plain, slots

Said = Annotated[tuple[Plain, ...], Field(min_length=1)]
"""Ways to type one thing; the first is the one that is shown."""


class AskingWords(Item):
    """What the questionnaire says, questions and answers apart, and what may be typed in it."""

    welcome: Annotated[tuple[Plain, ...], Field(min_length=1)]
    kept_in: Annotated[Text, slots("file")]
    not_kept: Plain
    why: Annotated[Text, slots("why")]
    told_before: Annotated[Text, slots("told")]
    keys: Annotated[Text, slots("unsure", "declined", "help", "back", "leave")]
    prompt: Plain
    said_true: Said
    said_false: Said
    said_none: Said
    said_unsure: Said
    said_declined: Said
    said_help: Said
    said_back: Said
    said_leave: Said
    said_keep: Said
    answer_truth: Annotated[Text, slots("true", "false")]
    answer_choice: Plain
    answer_number: Annotated[Text, slots("unit", "smallest", "largest")]
    answer_unit: Annotated[Text, slots("units")]
    answer_set: Annotated[Text, slots("none", "unsure")]
    answer_names: Annotated[Text, slots("none", "unsure")]
    answer_quoted: Plain
    not_read: Plain
    not_one_of_these: Plain
    not_a_number: Plain
    another_unit: Plain
    out_of_range: Plain
    cannot_be: Annotated[Text, slots("because")]
    unrecognised: Annotated[Text, slots("name")]
    nearest: Plain
    unrecognised_answer: Annotated[Text, slots("keep")]
    whole_list: Annotated[Text, slots("true", "unsure")]
    added: Plain
    gone: Plain
    more: Annotated[Text, slots("count")]
    so_far: Annotated[Text, slots("points", "questions")]
    finished: Plain
    left: Plain
    where_to_keep: Plain
    file_exists: Annotated[Text, slots("file")]
    not_written: Annotated[Text, slots("file")]
    kept: Annotated[Text, slots("file", "command")]
