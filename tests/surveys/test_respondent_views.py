"""The public page: answered without an account, closed to everything else."""

from datetime import date
from typing import Any

import pytest
from flask import Flask

from impact.audit import Actor
from impact.db import EncryptedDatabase
from surveys import storage
from surveys.definitions import get_standard
from surveys.records import NewWave
from surveys.throttle import Throttle

TODAY = date(2026, 11, 20)
ASKED = get_standard("satisfaction-parents")


@pytest.fixture
def wave_id(db: EncryptedDatabase, amina: Actor) -> int:
    return storage.open_wave(db, amina, ASKED, NewWave("N", date(2026, 11, 16), TODAY, 40), TODAY)


@pytest.fixture
def url(db: EncryptedDatabase, wave_id: int) -> str:
    return f"/repondre/pre-demonstration/{storage.current_token(db, storage.get_wave(db, wave_id))}"


def _stored(db: EncryptedDatabase) -> dict[str, Any]:
    rows = db.rows("SELECT question, coalesce(level, words, 'refused') AS said FROM answer")
    return {row["question"]: row["said"] for row in rows}


def test_a_stranger_answers_without_cookie(browse: Any, db: EncryptedDatabase, url: str) -> None:
    stranger = browse(None)
    page = stranger.get(url)
    assert "PRE de Clairvigne" in page
    assert page.count('type="radio"') == 36
    answer = stranger.send(url, {"q-welcome": "5", "q-clarity": "refused", "q-suggestion": "Le samedi matin"})
    assert answer.status_code == 303
    assert "Set-Cookie" not in answer.headers
    assert stranger.client.get_cookie("visit") is None
    assert "Merci" in stranger.get(answer.headers["Location"])
    assert _stored(db) == {"welcome": 5, "clarity": "refused", "suggestion": "Le samedi matin"}


def test_the_page_shows_no_earlier_answer(browse: Any, url: str) -> None:
    browse(None).send(url, {"q-suggestion": "Canari"})
    page = browse(None).get(url)
    assert "Canari" not in page
    assert "checked" not in page


def test_a_resent_form_is_stored_once(browse: Any, db: EncryptedDatabase, url: str, wave_id: int) -> None:
    stranger = browse(None)
    for _ in range(3):
        assert stranger.send(url, {"q-welcome": "4", "key": "the-same-browser-key"}).status_code == 303
    assert storage.get_wave(db, wave_id).responses == 1
    browse(None).send(url, {"q-welcome": "4"})
    assert storage.get_wave(db, wave_id).responses == 2


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({}, "Choisissez au moins une réponse"),
        ({"q-welcome": "refused"}, "Choisissez au moins une réponse"),
        ({"q-welcome": "6"}, "Choisissez une réponse de la liste"),
        ({"q-welcome": "NaN", "q-clarity": "3"}, "Choisissez une réponse de la liste"),
        ({"q-suggestion": "a" * 2001}, "caractères au plus"),
        ({"q-clarity": "3", "key": "<script>"}, "envoyez-les de nouveau"),
    ],
)
def test_wrong_input_is_explained_and_nothing_is_stored(
    browse: Any, db: EncryptedDatabase, url: str, typed: dict[str, str], words: str
) -> None:
    answer = browse(None).send(url, typed)
    assert answer.status_code == 200
    assert words in answer.text
    assert "Vos réponses ne sont pas encore envoyées" in answer.text
    assert _stored(db) == {}


def test_what_was_chosen_is_kept_beside_an_error(browse: Any, url: str) -> None:
    page = browse(None).send(url, {"q-welcome": "3", "q-suggestion": "<b>" + "é" * 2000}).text
    assert page.count(" checked") == 1
    assert 'value="3" checked' in page
    assert "&lt;b&gt;é" in page


def test_hostile_words_are_kept_as_text(browse: Any, db: EncryptedDatabase, url: str, wave_id: int) -> None:
    hostile = "<script>alert(1)</script> {{7*7}} '; DROP TABLE answer--"
    browse(None).send(url, {"q-suggestion": hostile})
    assert storage.list_words(db, wave_id, "suggestion") == [hostile]


def test_every_dead_link_is_the_same_page(
    browse: Any, db: EncryptedDatabase, amina: Actor, url: str, wave_id: int
) -> None:
    token = url.rsplit("/", 1)[1]
    coming = storage.open_wave(db, amina, ASKED, NewWave("D", date(2026, 11, 21), date(2026, 12, 1)), TODAY)
    over = storage.open_wave(db, amina, ASKED, NewWave("F", date(2026, 11, 1), date(2026, 11, 19)), date(2026, 11, 1))
    dead = [
        f"/repondre/pre-demonstration/{storage.current_token(db, storage.get_wave(db, number))}"
        for number in (coming, over)
    ]
    last = "a" if token[-1] != "a" else "b"
    dead += [url[:-1] + last, f"/repondre/pre-demonstration/{token.upper()}", f"/repondre/essonne/{token}"]
    dead += [f"/repondre/absente/{token}", "/repondre/pre-demonstration/x", f"/repondre/PRE_/{token}"]
    storage.change_link(db, amina, wave_id)
    dead.append(url)
    stranger = browse(None)
    pages = {stranger.get(link, 404) for link in dead}
    assert len(pages) == 1
    assert "Ce questionnaire n’est pas ouvert" in pages.pop()
    posted = stranger.client.post(url, data={"q-welcome": "5", "key": "k" * 24})
    assert posted.status_code == 404
    assert _stored(db) == {}


def test_the_last_day_is_open_and_a_closed_wave_is_not(
    browse: Any, db: EncryptedDatabase, amina: Actor, url: str, wave_id: int
) -> None:
    stranger = browse(None)
    stranger.get(url)
    storage.close_wave(db, amina, storage.get_wave(db, wave_id), TODAY)
    stranger.get(url, 404)


def test_a_link_is_slowed_down_and_a_flood_is_refused(
    app: Flask, browse: Any, db: EncryptedDatabase, url: str, wave_id: int
) -> None:
    app.extensions["surveys.throttle"] = Throttle(most=2)
    stranger = browse(None)
    statuses = [stranger.send(url, {"q-welcome": "5"}).status_code for _ in range(3)]
    assert statuses == [303, 303, 429]
    assert storage.get_wave(db, wave_id).responses == 2


def test_a_heavy_answer_is_refused(browse: Any, db: EncryptedDatabase, url: str) -> None:
    answer = browse(None).send(url, {"q-welcome": "5", "filler": "x" * 70_000})
    assert answer.status_code == 413
    assert _stored(db) == {}


def test_anti_forgery_is_lifted_on_this_page_only(browse: Any, url: str) -> None:
    assert browse(None).client.post(url, data={"q-welcome": "5", "key": "k" * 24}).status_code == 303
    for other in ("/repondre/merci", "/connexion"):
        assert browse(None).client.post(other, data={"a": "b"}).status_code in (400, 405)


def test_a_signed_in_person_answers_like_anybody(browse: Any, db: EncryptedDatabase, url: str) -> None:
    entries = db.value("SELECT count(*) FROM audit_entry")
    amina = browse("amina")
    assert "Vertefeuille" not in amina.get(url)
    assert amina.send(url, {"q-overall": "1"}).status_code == 303
    assert _stored(db) == {"overall": 1}
    assert db.value("SELECT count(*) FROM audit_entry") == entries
