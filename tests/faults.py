"""durable_rules with a fault in it: what `rls_rules.durable` sees when the engine below it fails."""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import pytest

from rls_rules import durable

MODULE = "durable_rules_engine"
CALLS = ["assert_fact", "start_action_for_state", "complete_and_start_action", "retract_fact"]
"""What is called for each question, in this order."""

Fault = Callable[[object], object]
"""What happens instead of a call; it is given what the call was given beside the ruleset."""


class Faulty:
    """durable_rules that, once armed, does something else at one call of one function."""

    def __init__(self, function: str, at: int, fault: Fault) -> None:
        self._module = import_module(MODULE)
        self._function, self._left, self._fault = function, at, fault
        self.armed = False
        self.failed = 0
        self.rulesets: list[int] = []

    def __getattr__(self, name: str) -> Any:
        function = getattr(self._module, name)
        return self._counted(function) if self.armed and name == self._function else function

    def create_ruleset(self, name: str, program: str) -> int:
        """Create a ruleset and remember the order."""
        create = self._module.create_ruleset
        make = self._counted(create) if self.armed and self._function == "create_ruleset" else create
        self.rulesets.append(make(name, program))
        return self.rulesets[-1]

    def _counted(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(handle: int, given: object) -> Any:
            self._left -= 1
            if self._left:
                return function(handle, given)
            self.armed = False
            self.failed = handle
            return self._fault(given)

        return call

    @property
    def place(self) -> str:
        """The ruleset in which the fault was, as an error names it."""
        return f"ruleset {self.rulesets.index(self.failed) + 1} of {len(self.rulesets)}"


@contextmanager
def installed(faulty: Faulty) -> Iterator[Faulty]:
    """A faulty durable_rules in the place of the real one, and no engine left from before."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(durable, "_of_thread", threading.local())
        patch.setitem(sys.modules, MODULE, faulty)
        yield faulty


def error(given: object) -> object:
    """Fail as durable_rules does, with all that it was given."""
    message = f"error code: 303 in {given}"
    raise import_module(MODULE).error(message)


def no_memory(given: object) -> object:
    """Fail for want of memory."""
    raise MemoryError(given)


def code_303(_: object) -> object:
    """Say that there were too many matches."""
    return 303, 1


def nothing(_: object) -> object:
    """Answer with nothing."""
    return None


def interrupt(_: object) -> object:
    """Be stopped from the keyboard."""
    raise KeyboardInterrupt


FAULTS = [
    (function, fault)
    for function in CALLS
    for fault in (error, no_memory, code_303, nothing)
    if (function, fault) != ("complete_and_start_action", nothing)  # which is how an agenda ends
]
