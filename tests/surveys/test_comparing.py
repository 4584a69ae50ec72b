"""What may be compared between two waves, question by question and sentence by sentence."""

from dataclasses import replace
from datetime import date
from typing import Any

from impact.audit import Actor
from impact.db import EncryptedDatabase
from surveys import editing, storage
from surveys.comparing import ADDED, REMOVED, compare, earlier_waves
from surveys.records import Choice, NewWave, Question, Questionnaire
from surveys.vocabulary import QuestionKind

BASE = "/communautes/pre-demonstration/questionnaires"
TODAY = date(2026, 11, 20)


def later(whole: Questionnaire) -> Questionnaire:
    """Another wording, one sentence more in the grid, a question gone, one more, a required answer, an order."""
    views = editing.get_question(whole, "views")
    changed = editing.change(whole, replace(views, choices=(*views.choices, Choice("food", "Le repas"))))
    changed = editing.change(changed, replace(editing.get_question(changed, "town"), text="Quelle commune ?"))
    changed = editing.change(changed, replace(editing.get_question(changed, "mood"), required=True))
    changed = editing.remove(changed, "first_day")
    changed = editing.add(changed, Question("again", QuestionKind.LINE, "Reviendrez-vous ?"))
    return replace(editing.move(changed, "more", -1), version=2)


def test_each_question_and_each_sentence_says_whether_it_compares(whole: Questionnaire) -> None:
    found = {each.text: each for each in compare(whole, later(whole))}
    assert len(found) == len(whole.asked) + 1 + 2
    different = {text: each.details for text, each in found.items() if not each.comparable}
    assert different == {
        "Et dans le détail : Le repas": (ADDED,),
        "Quelle commune ?": ("les mots de la question",),
        "Reviendrez-vous ?": (ADDED,),
        "Quand êtes-vous venu la première fois ?": (REMOVED,),
    }
    assert found["La journée m’a plu."].details == ("« réponse nécessaire »",)
    assert found["Et dans le détail : La salle"].details == ()
    assert all(each.comparable for each in compare(whole, whole))


def test_other_levels_compare_with_nothing(whole: Questionnaire) -> None:
    other = replace(whole, levels=("1", "2", "3", "4", "5"))
    lost = [each.text for each in compare(whole, other) if not each.comparable]
    assert lost == ["La journée m’a plu.", "Et dans le détail : La salle", "Et dans le détail : L’horaire"]


def test_a_page_compares_a_wave_with_those_before(
    browse: Any, db: EncryptedDatabase, amina: Actor, whole: Questionnaire, whole_wave: int
) -> None:
    new = NewWave("Plus tard", date(2026, 11, 20), date(2026, 11, 30))
    second = storage.open_wave(db, amina, later(whole), new, TODAY)
    reader = browse("amina")
    assert "Comparer les questions" not in reader.get(f"{BASE}/vagues/{whole_wave}")
    assert "Comparer les questions" in reader.get(f"{BASE}/vagues/{second}")
    page = reader.get(f"{BASE}/vagues/{second}/comparaison")
    assert "9 sur 13 se comparent" in page.replace("\u00a0", " ")
    assert "Quelle commune" in page
    assert "Aucune vague à comparer" in reader.get(f"{BASE}/vagues/{whole_wave}/comparaison")
    browse("chloe").get(f"{BASE}/vagues/{second}/comparaison", 404)
    assert browse(None).client.get(f"{BASE}/vagues/{second}/comparaison").status_code == 302


def test_waves_of_one_standard_are_one_family(
    db: EncryptedDatabase, amina: Actor, whole: Questionnaire, whole_wave: int
) -> None:
    new = NewWave("La nôtre", date(2026, 11, 20), date(2026, 11, 30))
    ours = storage.open_wave(db, amina, replace(whole, code="notre-1", standard="whole"), new, TODAY)
    other = storage.open_wave(db, amina, replace(whole, code="notre-2"), new, TODAY)
    waves = storage.list_waves(db)
    assert [each.id for each in earlier_waves(storage.get_wave(db, ours), waves)] == [whole_wave]
    assert earlier_waves(storage.get_wave(db, other), waves) == []
