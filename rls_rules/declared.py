"""Whether what a rule base declares for its proofs names things that exist: hazards, people beyond a source, silent answers."""

from rls_rules.errors import did_you_mean, one_of
from rls_rules.items import FactWords, Hazard, Medicine, MedicineClass, Statement, TalkingPoint
from rls_rules.loading import Loading
from rls_rules.profile import FACTS
from rls_rules.references import exists


def check(loading: Loading) -> None:
    """Note every name in such a declaration that means nothing there."""
    for name, hazard in loading.whole(Hazard).items():
        taken = [hazard.medicine] if hazard.medicine else []
        list(exists(loading, [MedicineClass, Medicine], taken, (Hazard, name), ("medicine",)))
        list(exists(loading, [TalkingPoint], [hazard.point], (Hazard, name), ("point",)))
        _documented(loading, hazard)
    for name, point in loading.whole(TalkingPoint).items():
        for statement in set(point.beyond) - set(point.cites):
            place = loading.place(TalkingPoint, name, ("beyond", statement), key=True)
            help_ = did_you_mean(statement, point.cites) or one_of(point.cites)
            loading.no(place, f"`{name}` does not cite `{statement}`", help_)
    for name, words in loading.whole(FactWords).items():
        fact = FACTS.facts.get(name)
        if fact is None or fact.kind in ("number", "quoted") or fact.names:
            continue
        answers = ("true", "false") if fact.kind == "truth" else fact.values
        for answer in set(words.nothing_to_say) - set(answers):
            place = loading.place(FactWords, name, ("nothing_to_say", answer), key=True)
            help_ = did_you_mean(answer, answers) or one_of(answers)
            loading.no(place, f"`{name}` has no answer `{answer}`", help_)


def _documented(loading: Loading, hazard: Hazard) -> None:
    """Note what documents a danger, but not for those who hear the point."""
    point = loading.whole(TalkingPoint).get(hazard.point)
    for i, name in enumerate(hazard.cites):
        statement = loading.whole(Statement).get(name)
        citable = statement and statement.checked != "unchecked" and not statement.out_of_scope
        if citable and point is not None and name not in point.cites:
            place = loading.place(Hazard, hazard.id, ("cites", i))
            help_ = "cite it there too, or name the point that does"
            loading.no(place, f"`{hazard.point}` does not cite `{name}`", help_)
