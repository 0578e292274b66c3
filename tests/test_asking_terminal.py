"""`rls-rules note --ask` in a terminal: typed in, interrupted, taken up again, and ended by the end of input."""

import os
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from rls_rules import Profile, load_rules
from rls_rules.profile import FACTS

pty = pytest.importorskip("pty", reason="this platform has no pseudo-terminals")

WORDS = load_rules().note.asking
PATIENCE = 60
"""Seconds in which an answer must come, on a machine that does much else."""

IN_ITS_OWN_TERMINAL = (
    "import fcntl, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); "
    "from rls_rules.__main__ import main; main()"
)
"""Ctrl-C reaches whoever has the terminal as their own."""


class Terminal:
    """What a person at a terminal does: read until the prompt, and type."""

    def __init__(self, screen: int) -> None:
        self._screen = screen
        self._shown = ""

    def shown(self, end: str) -> str:
        """What came up until a text did, without colours and line breaks."""
        deadline = time.monotonic() + PATIENCE
        while end not in self._shown and time.monotonic() < deadline:
            if select.select([self._screen], [], [], 0.5)[0]:
                try:
                    self._shown += os.read(self._screen, 65_536).decode()
                except OSError:  # the other side is closed
                    break
        assert end in self._shown, self._shown
        before, _, self._shown = self._shown.partition(end)
        return " ".join(re.sub(r"\x1b\[[0-9;]*m", "", before + end).split())

    def asked(self) -> str:
        """What came up until the prompt."""
        return self.shown(f"{WORDS.prompt} ")

    def types(self, text: str) -> None:
        """Type a line, or keys that are not a line."""
        os.write(self._screen, text.encode())


@contextmanager
def asking(path: Path, note: Path) -> Iterator[Terminal]:
    """The questionnaire in a terminal of its own, which has to end well."""
    screen, line = pty.openpty()
    command = ["note", str(path), "--ask", "--output", str(note)]
    with subprocess.Popen(
        [sys.executable, "-c", IN_ITS_OWN_TERMINAL, *command],
        stdin=line,
        stdout=line,
        stderr=line,
        start_new_session=True,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "200"},
    ) as process:
        os.close(line)
        try:
            yield Terminal(screen)
            with suppress(OSError):
                while os.read(screen, 65_536):  # to the end, so that nothing waits to be read
                    pass
            assert process.wait(PATIENCE) == 0
        finally:
            process.send_signal(signal.SIGKILL)
            os.close(screen)


INTERRUPT, END_OF_INPUT = "\x03", "\x04"


def test_from_an_empty_profile_to_a_note(tmp_path: Path) -> None:
    """Mistakes are met kindly, Ctrl-C and the end of input leave a note, and nothing answered is asked again."""
    path, note = tmp_path / "me.yaml", tmp_path / "note.md"
    few = ("suicidal_thoughts", "current_medicines", "ferritin", "age")
    declined = [name for name in FACTS.facts if name not in few]
    path.write_text(f"declined: [{', '.join(declined)}]\n", encoding="utf-8")

    with asking(path, note) as person:
        assert "thoughts of ending your life" in person.asked()
        person.types("?\n")
        assert "It could add:" in person.asked()
        person.types("none\n")
        assert "Which medicines do you take now" in person.asked()
        person.types("Mirapexx\n")
        assert "1 Mirapex 2 Mirapexin" in person.asked()
        person.types("1\n")
        assert "whole list" in person.asked()
        person.types("yes\n")
        assert "A dopamine medicine is not ended suddenly" in person.asked()
        person.types(INTERRUPT)
        person.shown(str(path))
    assert "Mirapex" in note.read_text(encoding="utf-8")
    halfway = Profile.from_file(path)
    assert halfway.current_medicines == Profile(current_medicines=["Mirapex"]).current_medicines

    with asking(path, note) as person:
        first = person.asked()
        assert "ending your life" not in first
        assert "Which medicines do you take now" not in first
        person.types(END_OF_INPUT)
        person.shown(str(path))
    assert Profile.from_file(path) == halfway

    answers = {"ferritin": ["75 pmol/L", "75", "75 ug/L"], "How old": ["fifty", "200", "54"]}
    with asking(path, note) as person:
        shown = person.asked()
        for _ in range(2):
            topic = next(topic for topic in answers if topic in shown)
            *wrong, right = answers.pop(topic)
            for written in wrong:
                person.types(f"{written}\n")
                assert re.search(
                    "Write a number in (ng/mL, from 0 to 20000|years, from 0 to 120)", person.asked()
                )
            person.types(f"{right}\n")
            shown = person.asked() if answers else person.shown(WORDS.finished)
        person.shown(str(path))
    assert Profile.from_file(path) == halfway.model_copy(update={"age": 54, "ferritin": 75})
    assert "our ferritin is 75 ng/mL" in " ".join(note.read_text(encoding="utf-8").split())
