"""`rls-rules note --ask`: the questionnaire in a terminal, or on lines from a pipe.

The conversation is on standard error, so that the note alone is on standard output.
"""

import shlex
import sys
from collections.abc import Iterable
from pathlib import Path

from rich.console import Console

from rls_rules import asking
from rls_rules.asking import is_said
from rls_rules.cli.files import replace_whole, same_file, write
from rls_rules.cli.saving import is_new, saved
from rls_rules.discussion import Discussion, Question
from rls_rules.engine import EngineChoice, discuss
from rls_rules.errors import ProfileError
from rls_rules.profile import FACTS, Profile
from rls_rules.recognition import Unrecognised
from rls_rules.rulebase import RuleBase

MOST_TITLES = 7
"""How many points that came or went with an answer are named; the others are counted."""


class _LeftError(Exception):
    """The person leaves."""


class _BackError(Exception):
    """The person takes the last answer back."""


def ask(
    rules: RuleBase,
    profile: Profile,
    path: Path | None,
    engine: EngineChoice,
    output: Path | None = None,
) -> Profile:
    """Ask what can still change the note, until nothing can or the person leaves.

    :param path: where the answers are kept, whole after each; without one the person is asked at the end.
    :param output: where the note will be, so that no answers are kept there.
    :returns: what is known then.
    """
    talk = _Conversation(rules, profile, path, engine, output)
    try:
        talk.begin()
        talk.go_on()
    except (_LeftError, KeyboardInterrupt):
        talk.say("", talk.words.left)
    try:
        talk.end()
    except (_LeftError, KeyboardInterrupt):
        talk.say("")
    return talk.profile


class _Conversation:
    """One person being asked."""

    def __init__(
        self,
        rules: RuleBase,
        profile: Profile,
        path: Path | None,
        engine: EngineChoice,
        output: Path | None,
    ) -> None:
        self.rules, self.words = rules, rules.note.asking
        self.profile = profile
        self._path, self._engine, self._output = path, engine, output
        self._before: list[Profile] = []
        self._here = sys.stdin.isatty()
        self._console = Console(
            stderr=True,
            color_system="auto" if self._here else None,
            highlight=False,
            markup=False,
            emoji=False,
        )

    def begin(self) -> None:
        """Say what this is and where the answers go, and make the file if there is none."""
        self.say(*self.words.welcome)
        if self._path is None:
            self.say(self.words.not_kept)
        else:
            if is_new(self._path):
                self._keep()
            self.say(self.words.kept_in.format(file=self._path))
        self._tell(None, self._discussion())

    def go_on(self) -> None:
        """Ask one question after the other, and show after each what the note has become."""
        heard = self._discussion()
        while question := asking.next_question(self.rules, self.profile):
            before = self.profile
            try:
                self.profile = self._asked(question, heard)
                self._before.append(before)
            except _BackError:
                if self._before:
                    self.profile = self._before.pop()
            self._keep()
            now = self._discussion()
            self._tell(heard, now)
            heard = now
        self.say(self.words.finished)

    def end(self) -> None:
        """Say where the answers are, or ask where to keep them."""
        while self._path is None and self.profile != Profile():
            self.say(self.words.where_to_keep)
            written = self._typed()
            if not written:
                return
            try:
                path = Path(written).expanduser()
                if path.exists() or same_file(path, self._output):
                    self.say(self.words.file_exists.format(file=written))
                    continue
                replace_whole(path, saved(path, self.profile))
                self._path = path
            except (OSError, ValueError, RuntimeError):  # whatever the name: the answers are not to be lost
                self.say(self.words.not_written.format(file=written))
        if self._path is not None:
            command = f"rls-rules note {shlex.quote(str(self._path))} --ask"
            text = self.words.kept.format(file=self._path, command=command)
            self._console.print(text, soft_wrap=True)  # so that the command can be copied

    def say(self, *texts: str, style: str = "") -> None:
        """Say some texts, a paragraph each."""
        for text in texts:
            self._console.print(text, style=style)

    def _keep(self) -> None:
        if self._path is not None:
            write(self._path, saved(self._path, self.profile))

    def _discussion(self) -> Discussion:
        return discuss(self.profile, rules=self.rules, engine=self._engine)

    # What the note becomes

    def _tell(self, before: Discussion | None, now: Discussion) -> None:
        """Say which points came and went, in full what is urgent, and how much is left to ask."""
        old = {point.id: point for point in before.points} if before else {}
        new = {point.id: point for point in now.points}
        urgent = [point for name, point in new.items() if name not in old and point.urgency == "urgent"]
        if urgent:
            headings = self.rules.note.headings
            self.say("", headings.urgent, style="bold")
            self.say(*(f"{point.title}. {point.text}" for point in urgent))
            self.say("", headings.help, style="bold")
            self.say(*self.rules.note.help, "")
        if before:
            self._list(self.words.added, (new[name].title for name in new if name not in old))
            self._list(self.words.gone, (old[name].title for name in old if name not in new))
        left = len(asking.questions_left(self.rules, self.profile))
        self.say(self.words.so_far.format(points=len(new), questions=left), style="dim")

    def _list(self, heading: str, titles: Iterable[str]) -> None:
        listed = [f"  {title}" for title in titles]
        if listed:
            self.say(heading, *listed[:MOST_TITLES])
        if listed[MOST_TITLES:]:
            self.say(f"  {self.words.more.format(count=len(listed) - MOST_TITLES)}")

    # One question

    def _asked(self, question: Question, heard: Discussion) -> Profile:
        """Ask until there is an answer that can be read; the profile with it."""
        fact = question.fact
        self.say("", question.asks, style="bold")
        self.say(self.words.why.format(why=question.why))
        told = [" ".join((one.text, ", ".join(one.quoted))).strip() for one in heard.told if one.fact == fact]
        if told:
            self.say(self.words.told_before.format(told="; ".join(told)))
        self._offer(fact)
        while True:
            written = self._line()
            if is_said(written, self.words.said_help):
                titles = "; ".join(one.title for one in question.decides)
                self.say(self.rules.note.frames.then_also.format(titles=titles))
                self._offer(fact)
                continue
            try:
                answer = self._clear(fact, asking.read_answer(self.rules, fact, written))
            except ProfileError as error:
                self._explain(error)
                continue
            try:
                return asking.answered(self.rules, self.profile, fact, answer)
            except ProfileError as error:
                because = " ".join(problem.help for problem in error.problems)
                self.say(self.words.cannot_be.format(because=because))

    def _offer(self, fact: str) -> None:
        """Show the answers to choose from, how to answer, and what may be typed besides."""
        words = self.words
        truth = FACTS[fact].kind == "truth"
        keys = (words.said_true[0], words.said_false[0])
        for number, choice in enumerate(asking.choices(self.rules, fact)):
            self.say(f"  {keys[number] if truth else number + 1}  {choice.words}")
        self.say(asking.how_to_answer(self.rules, fact))
        keys_ = words.keys.format(
            unsure=words.said_unsure[0],
            declined=words.said_declined[0],
            help=words.said_help[0],
            back=words.said_back[0],
            leave=words.said_leave[0],
        )
        self.say(keys_, style="dim")

    def _explain(self, error: ProfileError) -> None:
        for problem in error.problems:
            self.say(problem.message, problem.help)

    # Names

    def _clear(self, fact: str, answer: object) -> object:
        """An answer whose names are spelt as the person wants them; of medicines, also whether the list is whole."""
        if not (FACTS[fact].names and isinstance(answer, dict)):
            return answer
        words = self.words
        names, whole = self._spelt(fact, answer["includes"]), answer["rest"] == "none"
        while FACTS[fact].names == "medicines" and names and whole:
            self.say(words.whole_list.format(true=words.said_true[0], unsure=words.said_unsure[0]))
            written = self._line()
            if is_said(written, words.said_true):
                break
            if is_said(written, words.said_unsure):
                whole = False
            elif not is_said(written, ("", *words.said_false)):
                names = [*dict.fromkeys((*names, *self._spelt(fact, self._names(fact, written))))]
        return {"includes": names, "rest": "none" if whole else "unknown"}

    def _spelt(self, fact: str, names: Iterable[str]) -> list[str]:
        """Some names, with the person's choice in place of each that was not recognised."""
        waiting, spelt = [*names], list[str]()
        while waiting:
            name = waiting.pop(0)
            for unknown in asking.unrecognised(self.rules, fact, {"includes": [name]}):
                instead = self._instead(fact, unknown)
                if instead != [name]:
                    waiting = [*instead, *waiting]
                    break
            else:
                spelt.append(name)
        return spelt

    def _instead(self, fact: str, unknown: Unrecognised) -> list[str]:
        """What the person wants in place of a name: a neighbour, the name itself, or what they type now."""
        words = self.words
        self.say(words.unrecognised.format(name=f'"{unknown.written}"'))
        if unknown.nearest:
            self.say(words.nearest, *(f"  {i}  {name}" for i, name in enumerate(unknown.nearest, 1)))
        while True:
            self.say(words.unrecognised_answer.format(keep=words.said_keep[0]))
            written = self._line()
            if is_said(written, (*words.said_keep, *words.said_unsure)):
                return [unknown.written]
            for number, name in enumerate(unknown.nearest, 1):
                if is_said(written, [str(number)]):
                    return [name]
            # "Yes" and "no" are no names, and which one is meant is not for us to guess.
            if not is_said(written, (*words.said_true, *words.said_none)) and (
                names := self._names(fact, written)
            ):
                return names

    def _names(self, fact: str, written: str) -> list[str]:
        """The names in a line; none, and why, if it cannot be read."""
        try:
            answer = asking.read_answer(self.rules, fact, written)
        except ProfileError as error:
            self._explain(error)
            return []
        return list(answer["includes"]) if isinstance(answer, dict) else []

    # Lines

    def _typed(self) -> str:
        """One line as the person typed it; at the end of input they leave."""
        while True:
            self._console.print(f"{self.words.prompt} ", end="")
            typed = sys.stdin.buffer.readline()
            if not typed:
                raise _LeftError
            written = typed.decode(errors="replace").strip()
            if not self._here:  # a terminal shows what is typed, a pipe does not
                self.say("".join(character if character.isprintable() else "\ufffd" for character in written))
            if "\ufffd" not in written:
                return written
            self.say(self.words.not_read)

    def _line(self) -> str:
        """One line; leaving and going back are understood in the midst of every question."""
        written = self._typed()
        if is_said(written, self.words.said_leave):
            raise _LeftError
        if is_said(written, self.words.said_back):
            raise _BackError
        return written
