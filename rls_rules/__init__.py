"""Declarative, cited rules about treatment options for restless legs syndrome.

From what is known about one person to talking points for a conversation with a clinician.
It never prescribes.
"""

from rls_rules.asking import next_question
from rls_rules.discussion import Discussion, Question
from rls_rules.engine import discuss, why
from rls_rules.errors import EngineError, NoteError, Problem, ProfileError, RulesError
from rls_rules.loader import load_rules
from rls_rules.notes import render, render_pdf
from rls_rules.profile import Profile
from rls_rules.rulebase import RuleBase
from rls_rules.scoring import score

__all__ = [
    "Discussion",
    "EngineError",
    "NoteError",
    "Problem",
    "Profile",
    "ProfileError",
    "Question",
    "RuleBase",
    "RulesError",
    "discuss",
    "load_rules",
    "next_question",
    "render",
    "render_pdf",
    "score",
    "why",
]
