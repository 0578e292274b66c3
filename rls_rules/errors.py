"""What went wrong, said so that the reader knows what to type.

Every mistake is a `Problem`: where it is, what is wrong, and what would mend it.
An exception carries all the problems that were found, not the first.
What a person answered about themselves is kept apart in `Problem.quoted`,
so that neither `str()` of an exception nor a log can repeat it.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A position in a file; lines and columns count from 1, and 0 means the file as a whole."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake.

    `message` says what is wrong and `help` what to type;
    neither contains anything that a person answered about themselves.
    `quoted` is what that person wrote: shown to them by `report`, never by `str()`.
    """

    place: Place | None
    message: str
    help: str = ""
    quoted: str = field(default="", repr=False)

    def __str__(self) -> str:
        head = f"{self.place}: {self.message}" if self.place else self.message
        return "\n  help: ".join(visible(line) for line in (head, self.help) if line)

    def report(self) -> str:
        """The problem with what was written, for the person who wrote it."""
        return f"{self}\n  written: {visible(self.quoted)}" if self.quoted else str(self)


class _ProblemsError(Exception):
    """Several problems at once, in the order of their places."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: Sequence[Problem] = sorted(
            problems, key=lambda problem: (problem.place or Place(""), problem.message)
        )
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


class RulesError(_ProblemsError):
    """The rule files cannot be used; `problems` says why, for every file at once."""


class ProfileError(_ProblemsError):
    """What was told about a person cannot be used; `problems` says why, without repeating answers."""


class NoteError(_ProblemsError):
    """A note cannot be written in the format asked for; `problems` says why, without repeating answers."""


class EngineError(Exception):
    """The rule engine failed; no answer was given, and the engine has been thrown away."""


def visible(text: str) -> str:
    """A text on one line, with the escapes of JSON for what cannot be seen or would steer a terminal."""
    return "".join(sign if sign.isprintable() else json.dumps(sign)[1:-1] for sign in text)


def did_you_mean(written: str, known: Iterable[str]) -> str:
    """Return "did you mean `x`?" for the nearest known name, or an empty text."""
    names = {name.lower(): name for name in known}
    nearest = get_close_matches(written.lower(), names, n=1)
    return f"did you mean `{names[nearest[0]]}`?" if nearest else ""


def one_of(known: Iterable[str]) -> str:
    """Return "one of `a`, `b`, `c`", in the order given; of a long list, the beginning."""
    names = [f"`{name}`" for name in known]
    if not names:
        return "there are none yet"
    more = f" … ({len(names) - _MOST_NAMES} more)" if len(names) > _MOST_NAMES else ""
    return "one of " + ", ".join(names[:_MOST_NAMES]) + more


def refuse_unless_one_of(allowed: Iterable[str], argument: str, given: object) -> None:
    """Refuse a programmer's argument that is not one of the words that are allowed.

    :raises ValueError: with the words that are.
    """
    known = tuple(allowed)
    if given not in known:
        msg = f"`{argument}` is {one_of(known)}, and not {given!r}"
        raise ValueError(msg)


_MOST_NAMES = 12
