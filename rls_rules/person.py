"""One profile as one rule base sees it: answers, box, and the findings that follow."""

from rls_rules.conditions import evaluate
from rls_rules.errors import Problem, ProfileError
from rls_rules.profile import Profile
from rls_rules.program import Program
from rls_rules.recognition import recognise
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
        space = self.program.space
        for never in self.program.impossible:
            if space.lacking(never, self.box) == 0:
                slots = [slot for slot in space.slots if never & slot.mask != slot.mask]
                names = dict.fromkeys(slot.fact.name for slot in slots)
                because = [
                    item.because
                    for item in self.program.rules.impossible.values()
                    if evaluate(item.when, self.recognised.answers) is True
                ]
                message = "these answers cannot all be true: " + ", ".join(f"`{name}`" for name in names)
                raise ProfileError([Problem(None, message, "; ".join(because))])


def with_findings(rules: RuleBase, answers: Answers) -> Answers:
    """The answers, with the verdict of each finding that is certain either way."""
    facts: dict[str, Answer] = dict(answers)
    for finding in rules.findings.values():
        verdict = evaluate(finding.when, facts)
        if verdict is not None:
            facts[finding.id] = verdict
    return facts
