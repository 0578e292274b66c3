"""A pytest plugin: `pytest --rls-rules FOLDER` tests a rule folder, such as a clinic's own laid over the shipped rules.

Without the option it does nothing and imports nothing of the library.
With it, every example beside a point, every theorem and some properties of the whole are one test each;
a failure is what `rls-rules check` and `prove` report, with file, line and column.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest


class RulesFailedError(Exception):
    """A test of rules failed; its text is the whole report."""


class RulesTest(pytest.Item):
    """One test of some rule folders: it fails with a report, and passes with none.

    :param report: what is wrong, or an empty text.
    """

    def __init__(self, *, report: Callable[[], str], **more: object) -> None:
        super().__init__(**more)  # type: ignore[arg-type]
        self._report = report

    def runtest(self) -> None:
        """Fail if there is anything to report."""
        if text := self._report():
            raise RulesFailedError(text)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: object = None) -> str:
        """Show the report alone; of any other exception, what pytest shows."""
        if isinstance(excinfo.value, RulesFailedError):
            return str(excinfo.value)
        return str(super().repr_failure(excinfo, style))  # type: ignore[arg-type]

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Head the report with the name of the test."""
        return self.path, None, self.name


class Rules(pytest.Collector):
    """Every test of some rule folders, each laid over those before it and the first over the shipped rules.

    A folder with a `note.yaml` of its own is a rule base by itself.
    """

    def __init__(self, *, folders: list[str], **more: object) -> None:
        super().__init__(**more)  # type: ignore[arg-type]
        self._folders = folders

    def collect(self) -> Iterator[RulesTest]:
        """Make a test for each thing that is tested."""
        try:
            from rls_rules import rule_tests  # noqa: PLC0415 - nothing is imported unless it is asked for
        except ModuleNotFoundError as error:
            message = f"--rls-rules needs `{error.name}`: pip install 'rls-rules[testing]'"
            raise pytest.UsageError(message) from None
        for name, report in rule_tests.tests(self._folders):
            yield RulesTest.from_parent(self, name=name, report=report)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option."""
    parser.getgroup("rls-rules").addoption(
        "--rls-rules",
        action="append",
        default=[],
        metavar="FOLDER",
        help="test this rule folder, laid over the shipped rules unless it has a `note.yaml`; may be repeated, each laid over those before it",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(
    session: pytest.Session, config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Add the tests of the rules to the others, before any of them are left out by name."""
    folders = config.getoption("--rls-rules")
    if folders:
        rules = Rules.from_parent(session, name="rls-rules", nodeid="rls-rules", folders=folders)
        items += rules.collect()
