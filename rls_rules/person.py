"""One profile as one rule base sees it: answers, box, and the findings that follow."""

from collections.abc import Iterator

from rls_rules.conditions import evaluate
from rls_rules.errors import Problem, ProfileError
from rls_rules.items import Impossible
from rls_rules.profile import Profile
from rls_rules.program import Program
from rls_rules.recognition import recognise
from rls_rules.regions import Box
from rls_rules.rulebase import RuleBase
from rls_rules.vocabulary import Answer, Answers


class Person:
    """One profile in the terms of one program.

    `recognised` has the answers and the names that were not recognised,
    `box` the same answers as a point of the program's space,
    `facts` the answers with the verdicts of findings among them.

    :raises ProfileError: if the answers cannot all be true.
    """

    def __init__(self, program: Program, profile: Profile) -> None:
        self.program = program
        self.profile = profile
        self.recognised = recognise(profile, program.rules)
        self.box = program.space.point(self.recognised.answers)
        self._refuse_impossible()
        self.facts = with_findings(program.rules, self.recognised.answers)

    def _refuse_impossible(self) -> None:
        if any(map(self._inside, self.program.impossible)):
            never = self.program.rules.impossible.values()
            raise ProfileError(problem for item in never for problem in self._contradiction(item))

    def _inside(self, box: Box) -> bool:
        return self.program.space.lacking(box, self.box) == 0

    def _contradiction(self, never: Impossible) -> Iterator[Problem]:
        """What a combination that nobody can have says of this person, if they have it."""
        space = self.program.space
        boxes = [box for box in space.boxes(never.when) if self._inside(box)]
        slots = [slot for slot in space.slots if any(box & slot.mask != slot.mask for box in boxes)]
        facts = dict.fromkeys(slot.fact.name for slot in slots)
        if boxes:
            yield Problem(
                min(filter(None, map(self.profile.place_of, facts)), default=None),
                "these answers cannot all be true: " + ", ".join(f"`{fact}`" for fact in facts),
                f"{never.because} Correct one of these answers, or leave it out.",
            )


def with_findings(rules: RuleBase, answers: Answers) -> Answers:
    """The answers, with the verdict of each finding that is certain either way."""
    facts: dict[str, Answer] = dict(answers)
    for finding in rules.findings.values():
        verdict = evaluate(finding.when, facts)
        if verdict is not None:
            facts[finding.id] = verdict
    return facts
