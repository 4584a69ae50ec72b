"""The editor's pages: who writes, what is typed, what is stored."""

from datetime import date
from typing import Any

import pytest
from markupsafe import escape

from impact.audit import Actor
from impact.db import EncryptedDatabase
from surveys import own_storage, storage
from surveys.records import NewWave, Questionnaire
from surveys.vocabulary import QuestionKind

TODAY = date(2026, 11, 20)
BASE = "/communautes/pre-demonstration/questionnaires"
NEW = f"{BASE}/les-notres/nouveau"
TYPED = {"title": "Les vacances", "purpose": "Savoir quoi refaire.", "public": "Parents"}


@pytest.fixture
def own_url(browse: Any, db: EncryptedDatabase) -> str:
    answer = browse("amina").send(NEW, TYPED)
    assert answer.status_code == 303
    return str(answer.headers["Location"])


def stored(db: EncryptedDatabase) -> Questionnaire:
    return own_storage.list_own(db)[0].questionnaire


def add(browser: Any, url: str, kind: str, **typed: str) -> str:
    return str(browser.follow(f"{url}/ajouter/{kind}", typed))


def test_a_blank_questionnaire_is_written_question_by_question(
    browse: Any, db: EncryptedDatabase, own_url: str
) -> None:
    amina = browse("amina")
    assert "Pas encore de question" in amina.get(own_url)
    add(amina, own_url, "section", text="Le séjour")
    add(amina, own_url, "one", text="Est-il parti ?", choices="Oui\nNon", required="y")
    condition = f"{stored(db).questions[1].code}={stored(db).questions[1].choices[0].code}"
    add(amina, own_url, "scale", text="Une note ?", low_end="raté", high_end="réussi", condition=condition)
    page = add(amina, own_url, "words", text="Autre chose ?")
    made = stored(db)
    assert [question.kind for question in made.questions] == [
        QuestionKind.SECTION,
        QuestionKind.ONE,
        QuestionKind.SCALE,
        QuestionKind.WORDS,
    ]
    assert made.questions[1].required
    assert made.questions[2].ends == ("raté", "réussi")
    assert made.questions[2].shown_if is not None
    assert made.minutes == 2
    assert "n’annonce pas d’usage" in page
    assert "3\u00a0questions, 2\u00a0minutes" in page
    preview = amina.get(f"{BASE}/{made.code}/apercu")
    assert "Seulement si vous avez répondu «\u00a0Oui\u00a0» à la question 1" in preview
    assert 'class="feuille telephone' in preview


def test_questions_move_change_and_leave(browse: Any, db: EncryptedDatabase, own_url: str) -> None:
    amina = browse("amina")
    for text in ("Un", "Deux"):
        add(amina, own_url, "line", text=text)
    first, second = (question.code for question in stored(db).questions)
    assert amina.send(f"{own_url}/question/{second}/monter", {}, own_url).status_code == 303
    assert [question.text for question in stored(db).questions] == ["Deux", "Un"]
    assert amina.send(f"{own_url}/question/{second}/descendre", {}, own_url).status_code == 303
    assert [question.text for question in stored(db).questions] == ["Un", "Deux"]
    assert ">Un</textarea>" in amina.get(f"{own_url}/question/{first}")
    amina.follow(f"{own_url}/question/{first}", {"text": "Un de plus", "use": "Savoir"})
    assert (stored(db).questions[0].text, stored(db).questions[0].use) == ("Un de plus", "Savoir")
    amina.follow(f"{own_url}/question/{second}/retirer", {})
    assert [question.code for question in stored(db).questions] == [first]


def test_two_people_who_change_one_question_are_told(browse: Any, db: EncryptedDatabase, own_url: str) -> None:
    amina = browse("amina")
    add(amina, own_url, "line", text="Un")
    url = f"{own_url}/question/{stored(db).questions[0].code}"
    read = own_storage.list_own(db)[0].version
    amina.follow(url, {"text": "Le sien"})
    late = browse("elodie").send(url, {"text": "Le mien", "version": str(read)})
    assert late.status_code == 409
    assert "Le mien" in late.text
    assert stored(db).questions[0].text == "Le sien"


def test_a_form_sent_twice_adds_once(browse: Any, db: EncryptedDatabase, own_url: str) -> None:
    amina = browse("amina")
    for _ in range(2):
        amina.send(f"{own_url}/ajouter/line", {"text": "Une seule", "once": "the-same-key-twice"})
    assert len(stored(db).questions) == 1


@pytest.mark.parametrize(
    ("kind", "typed", "words"),
    [
        ("line", {"text": ""}, "Écrivez ce que la personne lira"),
        ("one", {"text": "<i>Quoi", "choices": "Une seule"}, "au moins 2 lignes"),
        ("grid", {"text": "Quoi", "choices": ""}, "une ligne pour chaque"),
        ("level", {"text": "Quoi", "levels": "Oui\nNon"}, "Écrivez 5\u00a0réponses"),
        ("number", {"text": "Quoi", "lowest": "9", "highest": "3"}, "doit dépasser"),
        ("number", {"text": "Quoi", "lowest": "-5"}, "un nombre entier entre"),
        ("scale", {"text": "Quoi", "low_end": "raté"}, "les deux bouts"),
        ("words", {"text": "x" * 401}, "400 caractères au plus"),
    ],
)
def test_wrong_input_is_explained_and_kept(
    browse: Any, db: EncryptedDatabase, own_url: str, kind: str, typed: dict[str, str], words: str
) -> None:
    answer = browse("amina").send(f"{own_url}/ajouter/{kind}", typed)
    assert answer.status_code == 200
    assert answer.text.count(words) == 2
    assert escape(typed["text"]) in answer.text
    assert stored(db).questions == ()


@pytest.mark.parametrize("missing", ["title", "purpose", "public"])
def test_a_questionnaire_says_what_it_is(browse: Any, db: EncryptedDatabase, missing: str) -> None:
    answer = browse("amina").send(NEW, {**TYPED, missing: ""})
    assert answer.status_code == 200
    assert own_storage.list_own(db) == []


def test_the_presentation_changes_with_its_five_answers(browse: Any, db: EncryptedDatabase, own_url: str) -> None:
    amina = browse("amina")
    wrong = amina.send(f"{own_url}/presentation", {**TYPED, "levels": "Oui\nNon"})
    assert wrong.text.count("Écrivez 5\u00a0réponses différentes") == 2
    amina.follow(f"{own_url}/presentation", {**TYPED, "title": "Autre", "levels": "a\nb\nc\nd\ne"})
    assert (stored(db).title, stored(db).levels) == ("Autre", ("a", "b", "c", "d", "e"))


def test_a_standard_that_is_taken_up_keeps_its_questions(browse: Any, db: EncryptedDatabase) -> None:
    amina = browse("amina")
    url = str(amina.send(NEW, {**TYPED, "start": "journee"}).headers["Location"])
    page = add(amina, url, "line", text="Et chez nous ?")
    assert "De la bibliothèque, ne change pas" in page
    assert "Ajoutée ici" in page
    amina.get(f"{url}/question/advise", 404)
    amina.get(f"{url}/question/advise/retirer", 404)
    refused = amina.send(f"{url}/question/advise/monter", {}, url)
    assert refused.status_code == 422
    assert stored(db).questions[-1].local
    assert 'name="levels"' not in amina.get(f"{url}/presentation")


def test_a_change_after_a_wave_makes_a_version_and_its_differences_are_shown(
    browse: Any, db: EncryptedDatabase, amina: Actor, own_url: str
) -> None:
    browser = browse("amina")
    assert "Une seule version" in browser.get(f"{own_url}/versions")
    add(browser, own_url, "line", text="Un")
    assert stored(db).version == 1
    storage.open_wave(db, amina, stored(db), NewWave("V", TODAY, TODAY), TODAY)
    assert "elle est figée" in browser.get(own_url)
    add(browser, own_url, "line", text="Deux")
    add(browser, own_url, "line", text="Trois")
    assert stored(db).version == 2
    assert [question.text for question in storage.list_waves(db)[0].questionnaire.questions] == ["Un"]
    page = browser.get(f"{own_url}/versions")
    assert "De la version 1 à la version 2" in page
    assert page.count("Ajoutée") == 2


def test_a_wave_is_opened_from_it(browse: Any, db: EncryptedDatabase, own_url: str) -> None:
    amina = browse("amina")
    add(amina, own_url, "level", text="Cela m’a plu.")
    page = amina.get(f"{BASE}/")
    assert f"{BASE}/{stored(db).code}/ouvrir" in page
    typed = {"title": "Été", "opens_on": "20/11/2026", "closes_on": "18/12/2026", "invited": "30"}
    amina.follow(f"{BASE}/{stored(db).code}/ouvrir", typed)
    assert storage.list_waves(db)[0].questionnaire == stored(db)


def test_a_referent_reads_it_and_does_not_write(browse: Any, db: EncryptedDatabase, own_url: str) -> None:
    basile = browse("basile")
    add(browse("amina"), own_url, "line", text="Un")
    code = stored(db).questions[0].code
    for path in ("", "/presentation", "/ajouter/line", f"/question/{code}", f"/question/{code}/retirer"):
        basile.get(f"{own_url}{path}", 403)
    basile.get(NEW, 403)
    assert f"{BASE}/{stored(db).code}/apercu" in basile.get(f"{BASE}/")
    basile.get(f"{BASE}/{stored(db).code}/apercu")
    basile.get(f"{own_url}/versions")
    browse("chloe").get(own_url, 404)
    browse("denis").get(own_url, 403)
    browse("amina").get(f"{BASE}/les-notres/999999", 404)
    browse("amina").get(f"{own_url}/ajouter/inconnu", 404)
    browse("amina").get(f"{own_url}/question/inconnue", 404)


def test_a_condition_keeps_as_many_answers_as_it_has(browse: Any, db: EncryptedDatabase, own_url: str) -> None:
    amina = browse("amina")
    add(amina, own_url, "one", text="Quand ?", choices="Matin\nMidi\nSoir\nNuit")
    first = stored(db).questions[0]
    answers = [f"{first.code}={choice.code}" for choice in first.choices]
    add(amina, own_url, "line", text="Où ?", condition=answers[0], condition_or=answers[1])
    url = f"{own_url}/question/{stored(db).questions[1].code}"
    amina.follow(url, {"text": "Où ?", "condition": answers[0], "condition_or": answers[1], "condition_3": answers[2]})
    page = amina.get(url)
    assert [f'value="{answer}" selected' in page for answer in answers] == [True, True, True, False]
    assert 'name="condition_4"' in page
    kept = stored(db).questions[1].shown_if
    assert kept is not None
    assert kept.answers == tuple(choice.code for choice in first.choices[:3])
