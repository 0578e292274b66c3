"""Strict YAML: plain data and the place of every value, or a problem that names its place.

Reads parser events, so that nothing is built before it is checked.
Only `true`, `false`, `null`, plain whole numbers and plain decimals are typed; everything else is text.
What YAML 1.1 and 1.2 read differently (`no`, `12:30`, `010`) is refused, as are anchors, aliases, tags,
duplicate keys, hidden characters, a second document, and files too large or nested too deeply to be honest.
"""

import re
from dataclasses import dataclass, field, replace
from pathlib import Path as FilePath
from typing import Any, NoReturn

import yaml

from rls_rules.errors import Place, Problem, RulesError
from rls_rules.refusals import Path

MOST_BYTES = 2_000_000
MOST_VALUES = 100_000
DEEPEST = 16
LONGEST_KEY = 100

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,8})")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,8})\.[0-9]{1,9}")
_TOO_LONG = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_SURPRISE = re.compile(
    r"y|n|yes|no|on|off|true|false|null|~"
    r"|[-+]?(?:\.inf|\.nan|0[xob]?[0-9a-f_]+|[0-9][0-9_]*(?::[0-9]++)++(?:\.[0-9]*)?"
    r"|(?:[0-9_]+(?:\.[0-9_]*)?|\.[0-9_]+)(?:e[-+]?[0-9]+)?)",
    re.IGNORECASE,
)
HIDDEN = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff0-\uffff"
    "\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\ud800-\uf8ff\U000e0000-\U0010ffff]"
)
"""What cannot be seen, or not be told from something else: neither a file nor an answer may hold it."""

_HIDDEN_NAMED = "hidden or control character U+{:04X}"
_NOTHING = {"~", "null"}
_TRUTH = {"y", "yes", "on", "true", "n", "no", "off", "false"}
_SYNTAX = (
    ("quoted scalar: .*end of stream", True, "this quote is not closed", "close it with the same quote"),
    (
        "flow .*: .*expected ',' or",
        True,
        "this bracket is not closed, or a comma is missing in it",
        "close it; text with a comma or a bracket needs quotes",
    ),
    ("simple key: ", True, "this key has no colon", "write `key: value`; a text that goes on is indented"),
    ("tab character|'\\t'", False, "a tab stands here", "indent with spaces"),
    (
        "mapping values",
        False,
        "a colon does not fit here",
        "text with `: ` needs quotes; keys begin in one column",
    ),
    ("sequence entries", False, "a list does not fit here", "begin it on a line of its own"),
    ("cannot start", False, "a text may not begin like this", "put the text in quotes; indent with spaces"),
    (
        "block collection: ",
        False,
        "this line does not belong to the list above it",
        "begin an item with `- ` in the column of the others; indent the keys of an item alike",
    ),
    (
        "block mapping: ",
        False,
        "this does not belong to what is above it",
        "keys begin in one column; text that begins with a quote ends with it",
    ),
)
"""What the parser says, as a pattern; whether the place is where it began to read; what is wrong; what mends it."""
_LOOK = "look for a missing quote, bracket, colon or indent"

Mark = tuple[int, int]


@dataclass(slots=True)
class Positions:
    """Where each value, and each key, of one file begins; `root` is where paths are counted from."""

    file: str
    values: dict[Path, Mark] = field(default_factory=dict)
    keys: dict[Path, Mark] = field(default_factory=dict)
    root: Path = ()

    def below(self, path: Path) -> "Positions":
        """The same positions, for paths that are counted from one part of the file."""
        return replace(self, root=(*self.root, *path))

    def place(self, path: Path, *, key: bool = False) -> Place:
        """The place of the value (or of the key) at a path, or of the nearest thing around it."""
        path = (*self.root, *path)
        if key and path in self.keys:
            return Place(self.file, *self.keys[path])
        while path and path not in self.values:
            path = path[:-1]
        return Place(self.file, *self.values.get(path, (1, 1)))


@dataclass(slots=True)
class _Open:
    """A list or mapping that is being read; `key` is the key whose value comes next."""

    data: Any
    path: Path
    key: str | None = None

    def step(self) -> Path:
        return (*self.path, len(self.data) if self.key is None else self.key)

    def put(self, value: object) -> None:
        if self.key is None:
            self.data.append(value)
        else:
            self.data[self.key] = value
            self.key = None


def read_file(path: FilePath, most: int = MOST_BYTES) -> bytes:
    """Read a whole file of at most so many bytes; raises `RulesError` for anything else."""
    try:
        if path.is_file() and path.stat().st_size <= most:
            return path.read_bytes()
    except OSError as error:
        why, help_ = f"cannot be read: {error.strerror}", "look at the rights to the file and its folder"
    else:
        if path.is_file():
            why, help_ = "the file is too large", f"at most {most:,} bytes"
        elif path.is_dir():
            why, help_ = "this is a folder, not a file", "give it another name, or name a file in it"
        elif path.exists():
            why, help_ = "this is not a file that can be read whole", "copy its contents into a plain file"
        elif path.is_symlink():
            why, help_ = "the link leads nowhere", "delete it, or let it lead to a file"
        else:
            why, help_ = "there is no such file", "look for a misspelt name"
    raise RulesError([Problem(Place(str(path)), why, help_)])


def read_yaml(source: str | bytes, file: str) -> tuple[Any, Positions]:
    """Read one strict YAML document.

    :param file: the name of the file, for problems.
    :returns: plain data and the positions of its parts.
    :raises RulesError: with the first thing that is wrong.
    """
    reader = _Reader(file, _text(source, file))
    try:
        return reader.read(), reader.positions
    except yaml.MarkedYAMLError as error:
        raise RulesError([_not_yaml(error, file)]) from None
    except yaml.YAMLError:
        raise RulesError([Problem(Place(file), "this is not YAML", _LOOK)]) from None


def _not_yaml(error: yaml.MarkedYAMLError, file: str) -> Problem:
    """The parser's complaint in plain words; what was never closed is shown where it was opened."""
    said = f"{error.context}: {error.problem}"
    known = (row[1:] for row in _SYNTAX if re.search(row[0], said))
    opened, why, help_ = next(known, (False, f"this is not YAML: {error.problem}", _LOOK))
    mark, start = error.problem_mark, error.context_mark
    if opened and start and mark and start.line < mark.line:
        mark = start
    return Problem(Place(file, mark.line + 1, mark.column + 1) if mark else Place(file), why, help_)


def decoded(source: bytes, file: str) -> str:
    """Read bytes as UTF-8; raises `RulesError` with the place of what is none."""
    try:
        return source.decode("utf-8")
    except UnicodeDecodeError as error:
        before = error.object[: error.start]
        line, column = before.count(b"\n") + 1, error.start - before.rfind(b"\n")
        place = Place(file, line, column)
        raise RulesError([Problem(place, "this is not UTF-8", "save the file as UTF-8")]) from None


def _text(source: str | bytes, file: str) -> str:
    """Decode and refuse what cannot be seen."""
    if len(source) > MOST_BYTES:
        raise RulesError([Problem(Place(file), "the text is too large", f"at most {MOST_BYTES:,} bytes")])
    if isinstance(source, bytes):
        source = decoded(source, file)
    if hidden := HIDDEN.search(source):
        start = hidden.start()
        place = Place(file, source.count("\n", 0, start) + 1, start - source.rfind("\n", 0, start))
        help_ = "delete it" if start else "save the file as UTF-8 without a byte order mark"
        raise RulesError([Problem(place, _HIDDEN_NAMED.format(ord(hidden[0])), help_)])
    return source


class _Reader:
    """One document, built from parser events."""

    def __init__(self, file: str, text: str) -> None:
        self.positions = Positions(file)
        self._text = text
        self._root: list[Any] = []
        self._open: list[_Open] = []

    def read(self) -> Any:  # noqa: ANN401 - YAML is any data
        count = 0
        for event in yaml.parse(self._text, Loader=_LOADER):
            match event:
                case yaml.DocumentStartEvent():
                    if self._root:
                        self._refuse(
                            event, "a second document begins here", "delete the `---`, or make two files"
                        )
                case yaml.AliasEvent():
                    self._refuse(event, f"alias `*{event.anchor}`", "write the value out")
                case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                    self._open.pop()
                case yaml.ScalarEvent() | yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                    count += 1
                    if count > MOST_VALUES:
                        self._refuse(event, "too many values", f"at most {MOST_VALUES:,}")
                    self._add(event)
        if not self._root or self._root == [None]:
            raise RulesError([Problem(Place(self.positions.file), "the file is empty", "write `key: value`")])
        return self._root[0]

    def _add(self, event: Any) -> None:  # noqa: ANN401 - three event classes without a common typed base
        if event.anchor is not None:
            self._refuse(event, f"anchor `&{event.anchor}`", "write the value out where it is needed")
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._refuse(event, f"tag `{tag}`", "leave the tag out")
        if isinstance(event, yaml.ScalarEvent) and (hidden := HIDDEN.search(event.value)):
            self._refuse(event, _HIDDEN_NAMED.format(ord(hidden[0])), "delete it")
        here = self._open[-1] if self._open else None
        if here is not None and isinstance(here.data, dict) and here.key is None:
            self._key(here, event)
            return
        path = here.step() if here else ()
        self.positions.values[path] = (event.start_mark.line + 1, event.start_mark.column + 1)
        value = self._value(event)
        if here is None:
            self._root.append(value)
        else:
            here.put(value)
        if not isinstance(event, yaml.ScalarEvent):
            if len(self._open) >= DEEPEST:
                self._refuse(event, "nested too deeply", f"at most {DEEPEST} levels")
            self._open.append(_Open(value, path))

    def _key(self, here: _Open, event: Any) -> None:  # noqa: ANN401
        mark = event.start_mark
        if not isinstance(event, yaml.ScalarEvent):
            self._refuse(event, "a key is plain text", "keys are names, not lists or mappings")
        if len(event.value) > LONGEST_KEY:
            self._refuse(
                event, "this key is too long", f"at most {LONGEST_KEY} characters; text needs quotes"
            )
        if event.value == "<<":
            self._refuse(event, "merge key `<<`", "write the keys out")
        if event.value in here.data:
            first = self.positions.keys[*here.path, event.value][0]
            self._refuse(event, f"`{event.value}` is given twice", f"keep one; the first is on line {first}")
        here.data[event.value] = None
        here.key = event.value
        self.positions.keys[*here.path, event.value] = (mark.line + 1, mark.column + 1)

    def _value(self, event: Any) -> Any:  # noqa: ANN401
        if isinstance(event, yaml.SequenceStartEvent):
            return []
        if isinstance(event, yaml.MappingStartEvent):
            return {}
        written: str = event.value
        if event.style:
            return written
        match written:
            case "true" | "false":
                return written == "true"
            case "null" | "":
                return None
        if _INTEGER.fullmatch(written):
            return int(written)
        if _DECIMAL.fullmatch(written):
            return float(written)
        if _TOO_LONG.fullmatch(written):
            help_ = "at most 9 digits before the point and 9 after it; or put text in quotes"
            self._refuse(event, f"`{written}` is too large or too exact a number", help_)
        if _SURPRISE.fullmatch(written):
            help_ = "leave the key out" if written.lower() in _NOTHING else "write a plain number"
            help_ = "write `true` or `false`" if written.lower() in _TRUTH else help_
            self._refuse(event, f"`{written}` can be read in two ways", f"{help_}, or put text in quotes")
        return written

    def _refuse(self, event: Any, why: str, help_: str) -> NoReturn:  # noqa: ANN401
        mark = event.start_mark
        place = Place(self.positions.file, mark.line + 1, mark.column + 1)
        raise RulesError([Problem(place, why, help_)])
