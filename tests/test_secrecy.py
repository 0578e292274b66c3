"""No answer of a person appears in an exception or in a log: whatever they wrote, and whatever fails."""

import json
import logging
import traceback
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rls_rules import EngineError, Profile, ProfileError, discuss, durable
from rls_rules.profile import FACTS
from tests.faults import FAULTS, Fault, Faulty, installed

MARK = "731643"
"""Part of every secret; no text of ours contains it, and it is fit for words, numbers and dates."""

needs_durable = pytest.mark.skipif(not durable.available(), reason="durable_rules cannot be imported here")
with_caplog = settings(
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ]
)

texts = st.text(max_size=8).map(lambda rest: f"{MARK}{rest}")
words = st.from_regex(rf"[a-z]{{0,5}}{MARK}[a-z]{{0,5}}( ng/mL| pmol| mg)?", fullmatch=True)
digits = st.text("0123456789", max_size=30).map(lambda rest: int(MARK + rest))
fractions = st.integers(-9, 130).map(lambda whole: float(f"{whole}.{MARK}"))
plain = texts | words | words.map(str.encode) | digits | fractions | st.sampled_from([f"{MARK}-01-01", None])
secrets = st.recursive(
    plain,
    lambda some: (
        st.lists(some, max_size=3)
        | st.dictionaries(words | st.sampled_from(["includes", "excludes", "rest"]), some, max_size=3)
    ),
    max_leaves=4,
)
"""Odd answers of every kind, in lists and mappings too."""


def written(error: BaseException) -> str:
    """All that a log would repeat of an exception."""
    return f"{error} {error!r} {''.join(traceback.format_exception(error))}"


def leaks(caplog: pytest.LogCaptureFixture, read: Callable[[], Profile]) -> bool:
    """Read a profile and discuss it; say whether an exception or a log repeats an answer."""
    caplog.clear()
    caplog.set_level(logging.NOTSET)
    try:
        discuss(read())
    except ProfileError as error:
        return MARK in written(error) or MARK in caplog.text
    return MARK in caplog.text


@with_caplog
@given(
    st.dictionaries(st.sampled_from([*FACTS.facts, "declined", "unsure"]), secrets, min_size=1, max_size=4)
)
def test_a_bad_profile_is_not_repeated(caplog: pytest.LogCaptureFixture, answers: dict[str, object]) -> None:
    """Whatever is given for a fact, the refusal names the fact and repeats nothing."""
    assert not leaks(caplog, lambda: Profile.model_validate(answers))


@with_caplog
@given(
    st.dictionaries(st.sampled_from([*FACTS.facts]), texts | words | digits | fractions, max_size=4),
    st.text(),
)
def test_bad_json_is_not_repeated(
    caplog: pytest.LogCaptureFixture, answers: dict[str, object], rest: str
) -> None:
    """Whatever the JSON, and whatever follows it, the refusal repeats nothing."""
    assert not leaks(caplog, lambda: Profile.from_json(json.dumps(answers) + rest))


YAML = (
    ": ", "- ", "[", "]", "{", "}", "&", "*", "!", "|", ">", "'", '"', "%", "@", "`", "#", "~", "? ", ", ", "0x", "1e", "0",
    ":30",
)  # fmt: skip


@with_caplog
@given(
    st.sampled_from([*FACTS.facts]),
    st.lists(st.sampled_from(YAML), max_size=3),
    st.sampled_from([*YAML, "\n"]),
)
def test_bad_yaml_is_not_repeated(
    caplog: pytest.LogCaptureFixture, fact: str, before: list[str], after: str
) -> None:
    """Whatever the YAML of an answer, the refusal repeats nothing of it; an unknown fact it does name."""
    assert not leaks(caplog, lambda: Profile.from_yaml(f"{fact}: {''.join(before)}{MARK}{after}"))


def test_a_number_too_large_to_write_is_refused(caplog: pytest.LogCaptureFixture) -> None:
    """A number that Python itself refuses to write out is refused like any other, and not repeated."""
    assert not leaks(caplog, lambda: Profile.model_validate({"age": int(MARK) * 10**5000}))


def test_impossible_answers_are_not_repeated(caplog: pytest.LogCaptureFixture) -> None:
    """A refusal of answers that cannot all be true names the facts and repeats no answer."""
    impossible = Profile(age=float(f"80.{MARK}"), pregnancy="planning")
    assert not leaks(caplog, lambda: impossible)
    with pytest.raises(ProfileError, match="`pregnancy`"):
        discuss(impossible)


@needs_durable
@settings(with_caplog, max_examples=30)
@given(
    st.sampled_from(FAULTS),
    texts.filter(str.isprintable),
    fractions.filter(lambda age: 20 < age < 100),
)
def test_a_fault_repeats_nothing(
    caplog: pytest.LogCaptureFixture, faulty: tuple[str, Fault], secret: str, age: float
) -> None:
    """When durable_rules fails, and repeats what it was given, the error repeats neither that nor an answer."""
    repeated: list[str] = []
    function, fault = faulty

    def told(given: object) -> object:
        repeated.append(str(given))
        return fault(given)

    answers = {
        "age": age,
        "rls_status": "diagnosed",
        "free_text": secret,
        "current_medicines": ["pramipexole", secret],
    }
    someone = Profile.model_validate(answers)
    caplog.clear()
    caplog.set_level(logging.NOTSET)
    with installed(Faulty(function, 1, told)) as module:
        discuss(Profile(), engine="durable")
        module.armed = True
        with pytest.raises(EngineError) as caught:
            discuss(someone, engine="durable")
    assert MARK not in written(caught.value) + caplog.text
    assert not [
        text for text in repeated if text.startswith("{") and text in written(caught.value) + caplog.text
    ]
