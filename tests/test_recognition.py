"""Names of medicines: matched exactly or not at all, and a gap is never "not taken"."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rls_rules import Discussion, Profile, ProfileError, discuss, load_rules, render
from rls_rules.names import plain_name
from rls_rules.notes import Reader
from rls_rules.recognition import recognise
from rls_rules.vocabulary import Answer

RULES = load_rules()


def taken(medicines: object) -> dict[str, bool]:
    """What a list of current medicines says, member by member."""
    profile = Profile.model_validate({"current_medicines": medicines})
    answer: Answer = recognise(profile, RULES).answers["current_medicines"]
    assert isinstance(answer, dict)
    return answer


def test_a_brand_means_its_ingredient_and_its_classes() -> None:
    """Taking a brand is taking the medicine, its class, and the classes above."""
    answers = taken(["MIRAPEX"])
    assert answers["dopamine-agonist"] is True
    assert answers["dopaminergic"] is True
    assert answers["opioid"] is False


def test_a_product_means_all_its_ingredients() -> None:
    """A combination product stands for each of its ingredients."""
    assert taken(["Sinemet"])["dopaminergic"] is True


def test_an_unknown_name_makes_the_rest_unknown() -> None:
    """A name that is not recognised leaves every other medicine unknown, never "not taken"."""
    answers = taken(["Mirapexxin", "Neurontin"])
    assert answers["alpha2delta-ligand"] is True
    assert "dopaminergic" not in answers
    assert False not in answers.values()


def test_an_unknown_name_is_quoted_with_its_neighbours() -> None:
    """An unrecognised name is listed as it was written, with near names as a question."""
    (found,) = recognise(Profile(current_medicines=["Mirapexx"]), RULES).unrecognised
    assert found.written == "Mirapexx"
    assert "Mirapex" in found.nearest


def test_a_misspelt_medicine_never_reads_as_none() -> None:
    """With a misspelt name no point rests on that kind of medicine not being taken."""
    misspelt = discuss(Profile(current_medicines=["pramipexol e x"], augmentation_signs=["stronger"]))
    nothing = discuss(Profile(current_medicines=[], augmentation_signs=["stronger"]))
    assert "current_medicines" in {question.fact for question in misspelt.questions}
    assert "current_medicines" not in {question.fact for question in nothing.questions}


def test_a_class_may_be_known_without_a_member() -> None:
    """Who takes "an opioid" takes an opioid; which one stays unknown although the list is complete."""
    answers = taken(["opioid"])
    assert answers["opioid"] is True
    assert "tramadol" not in answers
    assert answers["dopaminergic"] is False


def test_excluding_a_class_excludes_its_members() -> None:
    """Who takes no opioid takes no tramadol, and nothing is said of the rest."""
    answers = taken({"excludes": ["opioid"]})
    assert answers["opioid"] is False
    assert answers["tramadol"] is False
    assert "dopaminergic" not in answers


def test_contradictory_lists_are_refused() -> None:
    """Taking a brand and not taking its class cannot both be."""
    with pytest.raises(ProfileError, match="`current_medicines`"):
        taken({"includes": ["Mirapex"], "excludes": ["dopamine-agonist"]})


LOOK_ALIKES = [
    ("Lyrica", "Lamictal"), ("Requip", "Risperdal"), ("baclofen", "Bactroban"), ("Mirapex", "MiraLAX"),
    ("Neurontin", "Noroxin"), ("Requip", "Reglan"), ("tramadol", "trazodone"), ("ropinirole", "risperidone"),
    ("clonazepam", "clonidine"), ("clonidine", "clozapine"), ("Neupro", "Neupogen"), ("Sinemet", "Sinequan"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), LOOK_ALIKES)
def test_look_alikes_are_kept_apart(one: str, other: str) -> None:
    """Names that look alike mean different medicines of different classes."""
    first, second = (RULES.ingredients[plain_name(name)] for name in (one, other))
    assert set(first).isdisjoint(second)
    assert {c for m in first for c in RULES.classes_of[m]} != {c for m in second for c in RULES.classes_of[m]}


def test_every_medicine_has_one_class() -> None:
    """Each medicine is held to one pharmacological class; other classes follow from that one."""
    assert all(len(medicine.classes) == 1 for medicine in RULES.medicines.values())


def test_the_classes_have_known_parents_and_no_circles() -> None:
    """From each medicine one climbs through known classes only, and never comes back to where one was."""

    def climb(name: str, below: tuple[str, ...]) -> None:
        assert name in RULES.classes
        assert name not in below
        for parent in RULES.classes[name].within:
            climb(parent, (*below, name))

    for medicine in RULES.medicines.values():
        climb(medicine.classes[0], ())


def test_no_name_means_two_medicines() -> None:
    """However it is typed, each name of a medicine or product belongs to one of them."""
    owners: dict[str, set[object]] = {}
    for medicine in RULES.medicines.values():
        for name in (medicine.id, medicine.name, *medicine.also, *medicine.brands):
            owners.setdefault(plain_name(name), set()).add(medicine.id)
    for product in RULES.products:
        for name in product.names:
            owners.setdefault(plain_name(name), set()).add(product.contains)
    assert len(owners) >= 250
    assert not {name: found for name, found in owners.items() if len(found) > 1}


def test_there_are_names_enough() -> None:
    """At least 250 names of medicines are known, and none means two things."""
    assert len(RULES.ingredients) >= 250


@given(st.sampled_from(sorted(RULES.ingredients)), st.data())
def test_case_accents_and_hyphens_do_not_matter(name: str, data: st.DataObject) -> None:
    """A name is recognised in any case, with hyphens or spaces."""
    where = data.draw(st.integers(1, max(1, len(name) - 1)))
    for variant in (name.upper(), name[:where] + "-" + name[where:], f" {name} "):
        assert RULES.ingredients[plain_name(variant)] == RULES.ingredients[name]


@given(st.sampled_from(sorted(RULES.ingredients)), st.data())
def test_another_letter_is_another_name(name: str, data: st.DataObject) -> None:
    """A name with one letter changed is never taken for the original: at most for another known name."""
    where = data.draw(st.integers(0, len(name) - 1))
    letter = data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
    changed = name[:where] + letter + name[where + 1 :]
    if changed != name:
        assert RULES.ingredients.get(plain_name(changed)) is None or changed in RULES.ingredients


@pytest.mark.parametrize("name", ["quinine", "Magnesium citrate", "cannabis", "Circadin"])
def test_a_medicine_without_an_option_is_no_gap(name: str) -> None:
    """Asking about a medicine that no option has is understood: the list is complete, and the note says so."""
    recognised = recognise(Profile(asks_about=[name, "baclofen"]), RULES)
    assert recognised.answers == recognise(Profile(asks_about=["baclofen"]), RULES).answers
    assert (recognised.unrecognised, recognised.no_option) == ((), (name,))
    discussion = discuss(Profile(asks_about=[name]))
    assert Discussion.from_json(discussion.to_json()).no_option == (name,)
    for reader in get_args(Reader):
        assert f'{RULES.note.frames.no_option} "{name}"' in " ".join(
            render(discussion, reader=reader, format="text").split()
        )


def test_a_medicine_taken_may_have_no_option() -> None:
    """Of a medicine that somebody takes it is not said that it is no choice, and a name of nothing stays a gap."""
    assert recognise(Profile(current_medicines=["quinine"]), RULES).no_option == ()
    recognised = recognise(Profile(asks_about=["quinine", "Qwertol"]), RULES)
    assert [one.written for one in recognised.unrecognised] == ["Qwertol"]
    assert recognised.answers["asks_about"] == {}


def test_a_medicine_asked_about_leads_to_its_option() -> None:
    """Asking about a brand is asking about the option that it belongs to."""
    answer = recognise(Profile(asks_about=["Neurontin"]), RULES).answers["asks_about"]
    assert isinstance(answer, dict)
    assert answer["alpha2delta-ligands"] is True
