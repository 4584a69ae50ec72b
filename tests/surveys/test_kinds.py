"""Every kind of question, from the phone to the file and to the frames."""

import re
from typing import Any

import pytest

from impact.db import EncryptedDatabase
from surveys import storage
from surveys.definitions import as_text, from_text
from surveys.records import Questionnaire

SENT = {
    "q-came": "yes",
    "q-how": ["foot", "bus"],
    "q-mood": "4",
    "q-views.room": "2",
    "q-advise": "10",
    "q-children": "3",
    "q-first_day": "01/09/2026",
    "q-town": "Clairvigne",
    "q-order.talk": "1",
    "q-order.meet": "2",
    "q-more": "Merci",
}


def _counts(db: EncryptedDatabase) -> tuple[object, object]:
    return db.value("SELECT count(*) FROM answer"), db.value("SELECT count(*) FROM other_answer")


def test_every_kind_is_answered_and_stored(browse: Any, db: EncryptedDatabase, whole_url: str, whole_wave: int) -> None:
    stranger = browse(None)
    page = stranger.get(whole_url)
    assert "Question 1\u00a0sur\u00a010" in page
    assert "Question 10\u00a0sur\u00a010" in page
    assert "Seulement si vous avez répondu «\u00a0Oui\u00a0» à la question 1." in page
    assert "réponse nécessaire" in page
    assert stranger.send(whole_url, SENT).status_code == 303
    rows = db.rows("SELECT question, choice, amount, day, aside FROM other_answer ORDER BY question, position")
    assert [tuple(row.values()) for row in rows] == [
        ("advise", None, 10.0, None, 0),
        ("came", "yes", None, None, 0),
        ("children", None, 3.0, None, 0),
        ("first_day", None, None, "2026-09-01", 0),
        ("how", "foot", None, None, 0),
        ("how", "bus", None, None, 0),
        ("order", "talk", None, None, 0),
        ("order", "meet", None, None, 0),
    ]
    assert storage.answer_frame(db, whole_wave).values.tolist() == [[1, "mood", 4], [1, "views.room", 2]]
    assert storage.amount_frame(db, whole_wave).values.tolist() == [[1, "advise", 10.0], [1, "children", 3.0]]
    assert storage.list_words(db, whole_wave, "town") == ["Clairvigne"]


def test_frames_number_people_alike(browse: Any, db: EncryptedDatabase, whole_url: str, whole_wave: int) -> None:
    for number in range(12):
        browse(None).send(whole_url, {"q-came": "no", "q-mood": str(1 + number % 5), "q-children": str(1 + number % 5)})
    levels = storage.answer_frame(db, whole_wave).set_index("response_id")["level"]
    amounts = storage.amount_frame(db, whole_wave).set_index("response_id")["amount"]
    assert (levels == amounts).all()
    assert len(storage.choice_frame(db, whole_wave)) == 12


def test_not_knowing_is_a_missing_choice(browse: Any, db: EncryptedDatabase, whole_url: str, whole_wave: int) -> None:
    sent = {"q-came": "yes", "q-how": "unknown", "q-mood": "unknown", "q-aside-children": "y"}
    assert browse(None).send(whole_url, sent).status_code == 303
    frame = storage.choice_frame(db, whole_wave)
    assert frame[frame["choice"].isna()]["question"].tolist() == ["children", "how", "mood"]
    assert storage.answer_frame(db, whole_wave).empty


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"q-came": ""}, "Répondez à cette question"),
        ({"q-how": ["foot", "unknown"]}, "mais pas les deux"),
        ({"q-how": ["plane"]}, "Choisissez une réponse de la liste"),
        ({"q-views.room": "9"}, "Choisissez une réponse de la liste"),
        ({"q-advise": "11"}, "Choisissez une réponse de la liste"),
        ({"q-children": "21"}, "un nombre entier entre 0 et 20"),
        ({"q-children": "1e400"}, "un nombre entier entre 0 et 20"),
        ({"q-children": "deux"}, "un nombre entier entre 0 et 20"),
        ({"q-first_day": "31/09/2026"}, "Ce mois a 30"),
        ({"q-town": "x" * 201}, "200 caractères au plus"),
        ({"q-order.eat": "1"}, "Ce rang est déjà donné"),
        ({"q-order.eat": "7"}, "Choisissez une réponse de la liste"),
    ],
)
def test_wrong_answers_are_explained_at_their_field_and_kept(
    browse: Any, db: EncryptedDatabase, whole_url: str, wrong: dict[str, Any], words: str
) -> None:
    answer = browse(None).send(whole_url, {**SENT, **wrong})
    assert answer.status_code == 200
    assert answer.text.count(words) == 2
    assert "Vos réponses ne sont pas encore envoyées" in answer.text
    assert ">Merci</textarea>" in answer.text
    assert _counts(db) == (0, 0)


def test_answers_to_a_question_that_was_not_to_be_asked_are_not_stored(
    browse: Any, db: EncryptedDatabase, whole_url: str
) -> None:
    assert browse(None).send(whole_url, {**SENT, "q-came": "no"}).status_code == 303
    assert db.value("SELECT count(*) FROM other_answer WHERE question = 'how'") == 0


def test_a_definition_of_every_kind_is_read_back(whole: Questionnaire) -> None:
    assert from_text(as_text(whole)) == whole
    assert [item.code for item in whole.items] == ["mood", "views.room", "views.time"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"question": "came"', '"question": "more"', "does not come before"),
        ('"code": "how"', '"code": "How.2"', "small letters"),
        ('"code": "bus"', '"code": "foot"', "same code"),
        ('"highest": 20', '"highest": 0', "no number"),
    ],
)
def test_a_definition_that_could_not_be_asked_is_refused(whole: Questionnaire, old: str, new: str, words: str) -> None:
    assert old in as_text(whole)
    with pytest.raises(ValueError, match=words):
        from_text(as_text(whole).replace(old, new))


def test_the_happy_face_stands_where_the_answer_is_good_news(browse: Any) -> None:
    page = browse("amina").get("/communautes/pre-demonstration/questionnaires/bien-etre-enfant/apercu")
    for code, faces in (("happy", "12345"), ("alone", "54321")):
        shown = re.findall(rf'id="q-{code}-\d"[^>]*><img class="visage" src="/static/faces/(\d)\.svg"', page)
        assert "".join(shown) == faces
