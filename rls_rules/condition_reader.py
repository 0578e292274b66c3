"""Plain data → condition, or problems that name their place.

The language is described in `rules/README.md`.
A mapping is a conjunction; operators are words; every name must be known.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import cast, get_args

from rls_rules.conditions import (
    All,
    Any,
    Compare,
    Comparison,
    Condition,
    Contains,
    Known,
    Not,
    OneOf,
)
from rls_rules.errors import Problem, did_you_mean, one_of
from rls_rules.refusals import Path
from rls_rules.vocabulary import Fact, Vocabulary
from rls_rules.yaml_reader import Positions

NEVER = Any(())
"""What stands in for a condition that could not be read; its problem has been reported."""

_NO_GAP = "name the answers, or make it a point of its own with that stance"
_COMPARISONS = get_args(Comparison)
_SET_WORDS = ("any_of", "all_of", "none_of", "unknown")


@dataclass
class ConditionReader:
    """Reads the conditions of one file.

    :param vocabulary: the facts, with the members of open sets filled in.
    :param findings: the names of all findings.
    :param problems: where to put what is wrong.
    """

    vocabulary: Vocabulary
    findings: frozenset[str]
    positions: Positions
    problems: list[Problem]
    _known_allowed: bool = field(default=False, init=False)
    _gaps_allowed: bool = field(default=False, init=False)

    def read(self, data: object, path: Path, *, known: bool, gaps: bool) -> Condition:
        """Read a condition at a path of the file.

        :param known: whether `known` may be used: in points, never in findings.
        :param gaps: whether `known: false` and `unknown` may be used: in points of stance `asks`.
        """
        self._known_allowed, self._gaps_allowed = known, gaps
        return self._all(data, path, negated=False)

    def _all(self, data: object, path: Path, *, negated: bool) -> Condition:
        if not isinstance(data, dict):
            help_ = "such as `{age: {at_least: 18}}`, without `- `; alternatives go below `any`"
            return self._no(path, "a condition is a mapping of facts to answers", help_)
        parts = [self._entry(key, data[key], (*path, key), negated=negated) for key in data]
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _entry(self, key: str, data: object, path: Path, *, negated: bool) -> Condition:
        match key:
            case "all" | "any":
                if not isinstance(data, list) or not data:
                    return self._no(
                        path, f"`{key}` needs a list of conditions", f"`{key}: [{{...}}, {{...}}]`"
                    )
                parts = tuple(self._all(part, (*path, i), negated=negated) for i, part in enumerate(data))
                return All(parts) if key == "all" else Any(parts)
            case "not":
                return Not(self._all(data, path, negated=True))
            case _ if key in self.findings:
                if not isinstance(data, bool):
                    return self._no(path, f"finding `{key}` is `true` or `false`", f"`{key}: true`")
                return OneOf(key, (data,))
            case _ if key in self.vocabulary:
                return self._fact(self.vocabulary[key], data, path, negated=negated)
            case _:
                known = [*(fact.name for fact in self.vocabulary), *self.findings, "all", "any", "not"]
                help_ = did_you_mean(key, known) or "`rls-rules list facts` names them all"
                return self._no(path, f"unknown fact or finding `{key}`", help_, key=True)

    def _fact(self, fact: Fact, data: object, path: Path, *, negated: bool) -> Condition:
        if isinstance(data, dict) and "known" in data:
            return self._known(fact, data, path, negated=negated)
        match fact.kind:
            case "truth":
                if isinstance(data, bool):
                    return OneOf(fact.name, (data,))
                return self._no(path, f"`{fact.name}` is `true` or `false`", f"`{fact.name}: true`")
            case "choice":
                values = data if isinstance(data, list) else [data]
                if not values:
                    return self._no(path, "the list of answers is empty", one_of(fact.values))
                return OneOf(fact.name, self._names(values, fact.values, path, f"answer of `{fact.name}`"))
            case "number":
                return self._words(
                    data, path, _COMPARISONS, lambda word, at: self._compare(fact, word, data, at)
                )
            case "set":
                return self._words(
                    data,
                    path,
                    _SET_WORDS,
                    lambda word, at: self._members(fact, word, data, at, negated=negated),
                )
            case _:
                help_ = "leave it out; it is only repeated to the reader"
                return self._no(path, f"no rule may read `{fact.name}`", help_, key=True)

    def _known(self, fact: Fact, data: dict[str, object], path: Path, *, negated: bool) -> Condition:
        if set(data) != {"known"} or not isinstance(data["known"], bool):
            return self._no(
                path, "`known` stands alone and is `true` or `false`", f"`{fact.name}: {{known: true}}`"
            )
        if negated or not self._known_allowed:
            where = "not under `not`" if negated else "only in points"
            help_ = "name the answers: learning more may not remove a caution"
            return self._no(path, f"`known` may stand {where}", help_)
        if not (data["known"] or self._gaps_allowed):
            return self._no(path, "`known: false` may stand only in points of stance `asks`", _NO_GAP)
        return Known(fact.name, data["known"])

    def _words(
        self,
        data: object,
        path: Path,
        words: tuple[str, ...],
        read: Callable[[str, Path], Condition],
    ) -> Condition:
        """A mapping of operator words, all of which must hold."""
        if not isinstance(data, dict) or not data:
            help_ = f"{one_of(words)}, such as `{path[-1]}: {{{words[0]}: …}}`"
            return self._no(path, f"`{path[-1]}` needs an operator", help_)
        parts: list[Condition] = []
        for word in data:
            at = (*path, word)
            if word in words:
                parts.append(read(word, at))
            else:
                help_ = did_you_mean(word, words) or one_of(words)
                parts.append(self._no(at, f"unknown operator `{word}`", help_, key=True))
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _compare(self, fact: Fact, word: str, data: object, path: Path) -> Condition:
        threshold = cast("dict[str, object]", data)[word]
        if isinstance(threshold, bool) or not isinstance(threshold, int | float):
            help_ = f"`{word}: 18`, in {fact.unit}, without quotes or unit"
            return self._no(path, f"`{word}` needs a number", help_)
        if not fact.minimum <= threshold <= fact.maximum:
            range_ = f"from {fact.minimum:g} to {fact.maximum:g} {fact.unit}"
            return self._no(path, f"`{threshold}` is outside the range of `{fact.name}`", range_)
        return Compare(fact.name, cast("Comparison", word), float(threshold))

    def _members(self, fact: Fact, word: str, data: object, path: Path, *, negated: bool) -> Condition:
        written = cast("dict[str, object]", data)[word]
        if not isinstance(written, list) or not written:
            inside = written if isinstance(written, str) else "…"
            return self._no(path, f"`{word}` needs a list", f"`{word}: [{inside}]`")
        what = {"medicines": "medicine or class", "options": "option"}.get(
            fact.names, f"member of `{fact.name}`"
        )
        names = self._names(written, fact.values, path, what)
        if word == "unknown":
            if negated or not self._gaps_allowed:
                return self._no(
                    path, "`unknown` may stand only in points of stance `asks`, and not under `not`", _NO_GAP
                )
            return Any(tuple(Known(fact.name, known=False, member=name) for name in names))
        parts = tuple(Contains(fact.name, name) for name in names)
        if word == "all_of":
            return All(parts)
        return Any(parts) if word == "any_of" else Not(Any(parts))

    def _names(self, written: list[object], known: Iterable[str], path: Path, what: str) -> tuple[str, ...]:
        """The names that are known; each other one is a problem."""
        names = tuple(known)
        files = {
            "medicine or class": "use an id from medicines.yaml",
            "option": "use an id from options.yaml",
        }
        for i, name in enumerate(written):
            if name not in names:
                at = (*path, i) if (*path, i) in self.positions.values else path
                help_ = did_you_mean(str(name), names) or files.get(what) or one_of(names)
                self._no(at, f"unknown {what} `{name}`", help_)
        return tuple(str(name) for name in written if name in names)

    def _no(self, path: Path, message: str, help_: str, *, key: bool = False) -> Condition:
        self.problems.append(Problem(self.positions.place(path, key=key), message, help_))
        return NEVER
