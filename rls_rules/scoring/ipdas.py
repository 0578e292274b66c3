"""The minimum standards of IPDAS, version 4 (Joseph-Williams and others, Med Decis Making 2014;34:699-710).

44 criteria in our own words. The words of QL10 to QL28 are from memory, and are to be compared with the
published table before anyone quotes them.
"""

from collections.abc import Iterator

from rls_rules.discussion import NO_CHANGE
from rls_rules.notes.document import Card, Line
from rls_rules.readability import PLAIN_GRADE
from rls_rules.scoring import chances
from rls_rules.scoring.balance import MOST_TIMES, MOST_TIMES_IN_ONE, unbalanced
from rls_rules.scoring.cards import Item, for_people, never
from rls_rules.scoring.plainness import too_hard
from rls_rules.scoring.reading import NoteView, filled, missing

LEAST_OPTIONS = 2
TESTS = ("iron-tests",)
"""Options that are tests."""


def _condition(note: NoteView) -> Iterator[str]:
    yield from missing(note, "condition")
    if not any(line.sources for line in note.lines("condition")):
        yield "no source is named for what the condition is"


def _decision(note: NoteView) -> Iterator[str]:
    pattern = filled(note.frames.decision)
    said = [text.lower() for text in note.texts("main_message") if pattern.fullmatch(text)]
    if not said:
        yield "no sentence names what may be decided"
    yield from (
        f"`{card.title}` is not named" for card in note.compared if said and card.title.lower() not in said[0]
    )


def _choices(note: NoteView) -> Iterator[str]:
    titles = [card.title.lower() for card in note.compared]
    if len(titles) < LEAST_OPTIONS:
        yield f"only {len(titles)} options stand side by side"
    if note.rules.options[NO_CHANGE].name.lower() not in titles:
        yield "leaving things as they are is not among them"


def _good_sides(note: NoteView) -> Iterator[str]:
    return _told(note, note.frames.good_sides, (note.frames.no_benefit_shown,))


def _bad_sides(note: NoteView) -> Iterator[str]:
    return _told(note, note.frames.downsides, (note.frames.not_studied,))


def _living_with(note: NoteView) -> Iterator[str]:
    return _told(note, note.frames.living_with, ())


def _told(note: NoteView, label: str, allowed: tuple[str, ...]) -> Iterator[str]:
    """A fault for each option that has no sentence with a source in a row, nor one that says that nothing is known."""
    if not note.compared:
        yield "no options stand side by side"
    for card in note.compared:
        lines = note.row(card, label)
        if not any(line.text and (line.sources or line.text in allowed) for line in lines):
            yield f"`{card.title}` has none with a source"


def _cited(note: NoteView) -> Iterator[str]:
    """Each claim of a point, of an option and of a disagreement leads to a source; each number to an entry."""
    listed = note.lines("sources")
    claims = [
        *note.lines("urgent", "condition", "worth_knowing", "disagreements", "meanwhile", "further"),
        *(line for card in note.all_cards for line in _claims(note, card)),
        *(picture.caption for picture in note.pictures),
    ]
    if not claims:
        yield "the note claims nothing"
    for line in claims:
        if not line.sources:
            yield f"no source for `{line.lead or line.text[:40]}`"
    for _, line in note.own_words:
        if any(not 1 <= number <= len(listed) for number in line.sources):
            yield f"a number of `{line.lead or line.text[:40]}` leads to no entry"


def _claims(note: NoteView, card: Card) -> Iterator[Line]:
    frames = note.frames
    silent = (frames.no_benefit_shown, frames.not_studied, frames.not_said)
    for label in (frames.good_sides, frames.downsides, frames.living_with):
        yield from (line for line in note.row(card, label) if line.text not in silent)


def _dated(note: NoteView) -> Iterator[str]:
    pattern = filled(note.frames.provenance, on=r"\d{4}-\d\d-\d\d")
    if not any(pattern.fullmatch(text) for text in note.texts("made")):
        yield "no date stands in it"


def _updated(note: NoteView) -> Iterator[str]:
    day = r"\d{4}-\d\d-\d\d"
    due = [filled(frame, due=day) for frame in (note.frames.due, note.frames.overdue)]
    if not any(one.fullmatch(text) for one in due for text in note.texts("made")):
        yield "it does not say when it is due for review"
    if note.frames.update_policy.format(policy=note.words.update_policy) not in note.texts("made"):
        yield "it does not say how often it is looked through"


def _sure(note: NoteView) -> Iterator[str]:
    if not note.compared:
        yield "no options stand side by side"
    for card in note.all_cards:
        if not any(line.text for line in note.row(card, note.frames.how_sure)):
            yield f"`{card.title}` does not say how sure its sources are"
    yield from chances.unqualified(note)


def _scale(note: NoteView) -> Iterator[str]:
    yield from _sure(note)
    if note.frames.legend not in note.texts("made"):
        yield "the signs of certainty are not explained"


def _paid(note: NoteView) -> Iterator[str]:
    if not note.says(note.frames.funding, "made"):
        yield "it does not say who paid"


def _about_a_test(note: NoteView) -> Iterator[str] | None:
    """Applies only if every change that stands side by side is a test; then a person has to rate it."""
    tests = {note.rules.options[name].name.lower() for name in TESTS if name in note.rules.options}
    same = note.rules.options[NO_CHANGE].name.lower()
    changes = {card.title.lower() for card in note.compared} - {same}
    return iter(()) if changes and changes <= tests else None


def _nothing_done(note: NoteView) -> Iterator[str]:
    same = note.rules.options[NO_CHANGE].name.lower()
    cards = [card for card in note.compared if card.title.lower() == same]
    if not cards:
        yield "leaving things as they are is not among the options"
    for card in cards:
        for label in (note.frames.what_it_is, note.frames.downsides):
            if not any(line.text for line in note.row(card, label)):
                yield f"`{card.title}` has no `{label}`"


def _comparable(note: NoteView) -> Iterator[str]:
    labels = [[label for label, _ in card.rows] for card in note.compared]
    if len(labels) < LEAST_OPTIONS:
        yield "no options stand side by side"
    elif any(one != labels[0] for one in labels):
        yield "the rows of the options differ"
    for label in (note.frames.good_sides, note.frames.downsides):
        if labels and label not in labels[0]:
            yield f"there is no row `{label}`"


def _values(note: NoteView) -> Iterator[str]:
    section = note.section("what_matters")
    lists = [block for block in (section.blocks if section else ()) if block.kind == "bullets"]
    for title in (note.frames.hope_for, note.frames.rather_avoid):
        if not any(one.title == title and one.style == "boxes" and one.lines for one in lists):
            yield f"there is nothing to tick under `{title}`"


def _steps(note: NoteView) -> Iterator[str]:
    steps = ("goals", "compare", "options", "decide", "what_matters", "lean")
    found = [section.id for section in note.document.sections if section.id in steps]
    if found != list(steps):
        yield "what one wants, the comparison and the decision are not all there in this order"


def _questions(note: NoteView) -> Iterator[str]:
    texts = [text for text in note.texts("questions") if text != note.frames.none_here]
    if not texts:
        yield "there is no question for the visit"


def _reviewed(note: NoteView) -> Iterator[str]:
    if not note.says(note.frames.reviewed, "made"):
        yield "no clinician has reviewed it"


def _method(note: NoteView) -> Iterator[str]:
    if not all(text in note.texts("made") for text in note.words.method):
        yield "it does not say how the evidence was found and chosen"


def _makers(note: NoteView) -> Iterator[str]:
    if not note.says(note.frames.authors, "made"):
        yield "it does not say who made it"


_AT_OPTIONS = ("options", "further_options")
_PICTURES = ("pictures",)
_NOT_YET = "Not yet: {}; only a person can say that it was done."

QUALIFYING = (
    Item("Q1", "says what the condition is", "A section says it, with a source.", ("condition",), _condition),
    Item("Q2", "names the decision", "A sentence at the top names every option compared.", ("main_message",), _decision),
    Item("Q3", "lists the choices", f"At least {LEAST_OPTIONS} options stand side by side, one of them no change.", ("options",), _choices),
    Item("Q4", "good sides of each choice", "Each option has a good side with a source, or says that none was shown.", ("options",), _good_sides),
    Item("Q5", "bad sides of each choice", "Each option has a bad side with a source, or says that none was studied.", ("options",), _bad_sides),
    Item("Q6", "what living with the consequences is like", "Each option has a cited sentence on daily life with it, or on what is not known of that.", ("options",), _living_with),
)  # fmt: skip

CERTIFYING = (
    Item(
        "C1", "good and bad sides have equal room",
        "They are rows of one table, one after the other, in one style; one side has at most "
        f"{MOST_TIMES} times the words of the other, and {MOST_TIMES_IN_ONE} times in one option.",
        _AT_OPTIONS, unbalanced,
    ),
    Item("C2", "cites its evidence", "Each claim has a number, and each number leads to an entry in the sources.", ("sources",), _cited),
    Item("C3", "says when it was made", "It has the date of the note and the version of the rules.", ("made",), _dated),
    Item("C4", "says how it is kept up to date", "It says how often the rules are looked through, and when next.", ("made",), _updated),
    Item("C5", "says how uncertain it is", "Each option says how sure its sources are; each picture of a chance says who was counted, and over what time or that this is not said.", (*_AT_OPTIONS, *_PICTURES), _sure),
    Item("C6", "says who paid", "It says so, even if nobody did.", ("made",), _paid),
    *(
        Item(id_, asks, "Only for a decision on a test: not if a test is one choice among others.", ("options",), _about_a_test, "both")
        for id_, asks in (
            ("C7", "what a test measures"),
            ("C8", "what comes next if a test finds something"),
            ("C9", "what comes next if it finds nothing"),
            ("C10", "the harm of finding what would never have mattered"),
        )
    ),
)  # fmt: skip

QUALITY = (
    Item("QL1", "what happens if nothing is done", "No change has its own place among the options, with its downsides.", ("options",), _nothing_done),
    Item("QL2", "good and bad sides can be compared", "All options have the same rows in the same order, both sides among them.", ("options",), _comparable),
    Item("QL3", "chances of what may happen", "Each option compared has a picture of a chance, or is named as one without; a person says whether a known chance is missing.", _PICTURES, chances.given, "both"),
    Item("QL4", "for whom the chances are", "Each picture of a chance says who was counted; not applicable without one.", _PICTURES, chances.population),
    Item("QL5", "how many of how many", "Each picture of a chance counts people of people; not applicable without one.", _PICTURES, chances.rates),
    Item("QL6", "one time span for all", "Where people on medicines of different options are counted, it is over one time, which is said; not applicable where none are.", _PICTURES, chances.one_span),
    Item("QL7", "one number of people for all", "All shares are of the same number of people; not applicable to fewer than two shares.", _PICTURES, chances.one_denominator),
    Item("QL8", "more than one view of a chance", "The drawing fills in as many people as the words count; not applicable without one.", _PICTURES, chances.drawn),
    Item("QL9", "asks what matters most", "What is at stake in the options can be ticked, to hope for and to avoid.", ("what_matters",), _values),
    Item("QL10", "a way to decide, step by step", "What one wants, the comparison and the decision stand in this order.", ("goals", "compare", "decide"), _steps),
    Item("QL11", "a list of questions for the visit", "There is at least one question.", ("questions",), _questions),
    Item("QL12", "the needs of patients were asked for", _NOT_YET.format("no patient was interviewed"), (), for_people, "person"),
    Item("QL13", "the needs of clinicians were asked for", _NOT_YET.format("no clinician was interviewed"), (), for_people, "person"),
    Item("QL14", "reviewed by patients who did not make it", _NOT_YET.format("no patient has reviewed it"), (), for_people, "person"),
    Item("QL15", "reviewed by clinicians who did not make it", "The note names who reviewed it.", ("made",), _reviewed),
    Item("QL16", "tried with patients who face the choice", _NOT_YET.format("it was not tried"), (), for_people, "person"),
    Item("QL17", "tried with clinicians who counsel them", _NOT_YET.format("it was not tried"), (), for_people, "person"),
    Item("QL18", "how the evidence was found and chosen", "The note says how; its companion says more.", ("made",), _method),
    Item("QL19", "how good the evidence is", "Each option says how sure its sources are, in their own scale, and the signs are explained.", (*_AT_OPTIONS, "made"), _scale),
    Item("QL20", "who made it, and what they are", "The note names its makers and their roles.", ("made",), _makers),
    Item("QL21", "how hard it is to read", f"The grade is computed here, and is at most {PLAIN_GRADE}; the companion prints it.", (), too_hard),
    Item("QL22", "evidence that choices fit values better", _NOT_YET.format("nobody has studied it"), (), for_people, "person"),
    Item("QL23", "evidence that people know more", _NOT_YET.format("nobody has studied it"), (), for_people, "person"),
    *(
        Item(id_, asks, "Only for screening, of which the note does not speak.", (), never)
        for id_, asks in (
            ("QL24", "chances of a true positive test"),
            ("QL25", "chances of a true negative test"),
            ("QL26", "chances of a false positive test"),
            ("QL27", "chances of a false negative test"),
            ("QL28", "chances of finding the condition with and without a test"),
        )
    ),
)  # fmt: skip

GROUPS = (("qualifying", QUALIFYING), ("certifying", CERTIFYING), ("quality", QUALITY))
