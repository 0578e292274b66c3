"""Whatever happens to a file, reading it ends with what it says or with a report, and with nothing else."""

import contextlib
import json
import random
import tempfile
from collections.abc import Sequence
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from rls_rules.checking import check
from rls_rules.errors import Problem, ProfileError, RulesError
from rls_rules.loader import shipped_rules
from rls_rules.profile import Profile
from rls_rules.yaml_reader import read_yaml
from tests.gallery import GALLERY, copy_base

RULES = sorted(shipped_rules().rglob("*.yaml"))
PROFILES = sorted((shipped_rules() / "examples").glob("*.yaml"))
TOKENS = [
    *"&*!%@`|>?:-,#[]{}\"'~",
    "!!",
    "<<",
    "---",
    "...",
    "&a",
    "*a",
    "!!str",
    "no",
    "010",
    "1e3",
    ".nan",
    "12:30",
    "[[[[",
]
SPACES = [
    "\t",
    "\n",
    "\r",
    "\0",
    "\u0085",
    "\u00a0",
    "\u200b",
    "\u202e",
    "\ufeff",
    "\U0001f600",
    "\ud800",
    ": ",
    "- ",
]


@st.composite
def mutated(draw: st.DrawFn, files: list[Path]) -> bytes:
    """Some lines of a shipped file, with up to five bytes or tokens put in, taken out or said again."""
    lines = draw(st.sampled_from(files)).read_bytes().splitlines(keepends=True)
    start = draw(st.integers(0, len(lines) - 1))
    text = b"".join(lines[start : start + 40])
    for _ in range(draw(st.integers(1, 5))):
        here = draw(st.integers(0, len(text)))
        there = min(len(text), here + draw(st.integers(0, 20)))
        tokens = st.sampled_from(TOKENS + SPACES).map(lambda token: token.encode(errors="surrogatepass"))
        put = draw(st.binary(max_size=3) | tokens | st.just(text[here:there] * 2))
        text = text[:here] + put + text[there:]
    return text


@settings(max_examples=300)
@given(mutated(RULES))
def test_a_mutated_rule_file_is_read_or_refused(text: bytes) -> None:
    """Whatever happens to the bytes and tokens of a rule file, reading it raises nothing but `RulesError`."""
    problems: Sequence[Problem] = ()
    try:
        read_yaml(text, "mutated.yaml")
    except RulesError as error:
        problems = error.problems
    assert all(problem.place and problem.help for problem in problems)


@settings(max_examples=300)
@given(mutated(PROFILES))
def test_a_mutated_profile_is_read_or_refused(text: bytes) -> None:
    """Whatever happens to the bytes and tokens of a profile, reading it raises nothing but `ProfileError`."""
    for read in (Profile.from_yaml, Profile.from_json):
        with contextlib.suppress(ProfileError):
            read(text)


SCALARS = st.sampled_from(
    [None, True, 0, -1, 1.5, "", "x", "a b", "{x", "iron", "ferritin", "known", "2026-11-22"]
)
ODD = (
    SCALARS
    | st.lists(SCALARS, max_size=2)
    | st.dictionaries(st.sampled_from(["id", "known", "any", "not"]), SCALARS)
)
FILES = sorted(path.relative_to(GALLERY / "base").as_posix() for path in (GALLERY / "base").rglob("*.yaml"))


def put_somewhere(data: object, odd: object, chance: random.Random) -> object:
    """The same data with something else in the place of one value."""
    if not isinstance(data, dict | list) or not data or chance.random() < 0.1:
        return odd
    if isinstance(data, list):
        place = chance.randrange(len(data))
        return [*data[:place], put_somewhere(data[place], odd, chance), *data[place + 1 :]]
    key = chance.choice([*data])
    return data | {key: put_somewhere(data[key], odd, chance)}


@given(st.sampled_from([*FILES, "note.yaml", "facts.yaml"]), ODD, st.randoms(use_true_random=False))
def test_odd_data_in_a_rule_base_is_reported(file: str, odd: object, chance: random.Random) -> None:
    """Whatever stands in the place of one value of a rule base, checking it ends with a report."""
    with tempfile.TemporaryDirectory() as folder:
        rules = Path(folder, "rules")
        copy_base(rules)
        data, _ = read_yaml((rules / file).read_bytes(), file)
        (rules / file).write_text(json.dumps(put_somewhere(data, odd, chance)))
        errors, warnings = check(rules)
        assert all(problem.place and problem.help for problem in (*errors, *warnings))
