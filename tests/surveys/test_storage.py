"""What the file holds of waves and answers, and what it does not."""

import threading
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.exceptions import Conflict, NotFound, Refused, Repeated
from impact.instance import Instance
from surveys import storage
from surveys.definitions import get_standard
from surveys.records import Answer, NewWave
from surveys.rules import fingerprint

TODAY = date(2026, 11, 20)
ASKED = get_standard("satisfaction-parents")
NEW = NewWave("Novembre", date(2026, 11, 16), date(2026, 11, 30), 40)
KEY = "k" * 24


@pytest.fixture
def wave_id(db: EncryptedDatabase, amina: Actor) -> int:
    return storage.open_wave(db, amina, ASKED, NEW, TODAY)


def test_an_opened_wave_is_read_back(db: EncryptedDatabase, wave_id: int) -> None:
    wave = storage.get_wave(db, wave_id)
    assert (wave.title, wave.opens_on, wave.closes_on, wave.invited) == ("Novembre", NEW.opens_on, NEW.closes_on, 40)
    assert wave.questionnaire == ASKED
    assert (wave.responses, wave.closed_on, wave.version) == (0, None, 1)
    assert db.rows("SELECT deed, object_kind, object_id FROM audit_entry ORDER BY id DESC LIMIT 1") == [
        {"deed": "create", "object_kind": "wave", "object_id": wave_id}
    ]


def test_the_questionnaire_is_frozen_when_the_wave_opens(db: EncryptedDatabase, amina: Actor, wave_id: int) -> None:
    corrected = replace(ASKED, title="Un autre titre")
    later = storage.open_wave(db, amina, corrected, NEW, TODAY)
    same = storage.open_wave(db, amina, ASKED, NEW, TODAY)
    assert storage.get_wave(db, wave_id).questionnaire.title == ASKED.title
    assert storage.get_wave(db, later).questionnaire.title == "Un autre titre"
    assert storage.get_wave(db, same).questionnaire == ASKED
    assert db.value("SELECT count(*) FROM questionnaire") == 2


def test_contradictory_days_are_refused_and_nothing_is_stored(db: EncryptedDatabase, amina: Actor) -> None:
    with pytest.raises(Refused):
        storage.open_wave(db, amina, ASKED, replace(NEW, closes_on=date(2026, 11, 15)), TODAY)
    assert storage.list_waves(db) == []


def test_a_form_sent_twice_opens_one_wave(db: EncryptedDatabase, amina: Actor) -> None:
    storage.open_wave(db, amina, ASKED, NEW, TODAY, "once")
    with pytest.raises(Repeated):
        storage.open_wave(db, amina, ASKED, NEW, TODAY, "once")
    assert len(storage.list_waves(db)) == 1


def test_an_unknown_wave_is_not_found(db: EncryptedDatabase) -> None:
    with pytest.raises(NotFound):
        storage.get_wave(db, 1)


def test_only_the_hash_of_the_link_is_stored(db: EncryptedDatabase, wave_id: int) -> None:
    token = storage.current_token(db, storage.get_wave(db, wave_id))
    stored = db.row("SELECT * FROM wave WHERE id = ?", (wave_id,))
    assert stored is not None
    assert token not in [str(value) for value in stored.values()]
    assert stored["link_hash"] == fingerprint(token)
    found = storage.find_wave_by_link(db, token)
    assert found is not None
    assert found.id == wave_id
    assert storage.find_wave_by_link(db, token.upper()) is None
    assert storage.find_wave_by_link(db, token[:-1]) is None


def test_changing_the_link_revokes_the_one_that_is_out(db: EncryptedDatabase, amina: Actor, wave_id: int) -> None:
    before = storage.current_token(db, storage.get_wave(db, wave_id))
    storage.change_link(db, amina, wave_id)
    after = storage.current_token(db, storage.get_wave(db, wave_id))
    assert after != before
    assert storage.find_wave_by_link(db, before) is None
    assert storage.find_wave_by_link(db, after) is not None


def test_two_communities_never_share_a_link(place: Instance, db: EncryptedDatabase, amina: Actor, wave_id: int) -> None:
    other = place.community("essonne")
    twin = storage.open_wave(other, amina, ASKED, NEW, TODAY)
    tokens = [
        storage.current_token(file, storage.get_wave(file, number)) for file, number in ((db, wave_id), (other, twin))
    ]
    assert tokens[0] != tokens[1]
    assert storage.find_wave_by_link(other, tokens[0]) is None
    other.close()


def test_a_response_is_stored_once_however_often_it_is_sent(
    place: Instance, db: EncryptedDatabase, wave_id: int
) -> None:
    received: list[bool] = []

    def send() -> None:
        own = place.community("pre-demonstration")
        received.append(storage.add_response(own, wave_id, TODAY, KEY, [Answer("welcome", level=4)]))
        own.close()

    threads = [threading.Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(received) == [False] * 5 + [True]
    assert storage.get_wave(db, wave_id).responses == 1


def test_a_response_keeps_a_day_and_nothing_that_tells_who(db: EncryptedDatabase, wave_id: int) -> None:
    entries = db.value("SELECT count(*) FROM audit_entry")
    storage.add_response(db, wave_id, TODAY, KEY, [Answer("welcome", level=4), Answer("clarity")])
    assert [row["name"] for row in db.rows("SELECT name FROM pragma_table_info('response')")] == [
        "id",
        "wave_id",
        "received_on",
        "client_hash",
    ]
    assert db.value("SELECT received_on FROM response") == "2026-11-20"
    assert KEY not in str(db.rows("SELECT * FROM response"))
    # An audit entry would hold the moment of the answer.
    assert db.value("SELECT count(*) FROM audit_entry") == entries


def test_stored_order_says_nothing_of_the_order_of_arrival(db: EncryptedDatabase, wave_id: int) -> None:
    sent = [f"key-number-{number:020}" for number in range(60)]
    for number, key in enumerate(sent):
        words = Answer("suggestion", words=str(number))
        storage.add_response(db, wave_id, TODAY, key, [Answer("welcome", level=1 + number % 5), words])
    ids = [row["response_id"] for row in db.rows("SELECT response_id FROM answer WHERE question = 'suggestion'")]
    arrived = db.rows("SELECT words FROM answer WHERE question = 'suggestion'")
    assert ids == sorted(ids)
    assert [int(row["words"]) for row in arrived] != list(range(60))
    assert sum(int(a["words"]) < int(b["words"]) for a, b in pairwise(arrived)) < 45
    with pytest.raises(Exception, match="no such column"):
        db.rows("SELECT rowid FROM answer")


def test_frames_hold_levels_and_no_words(db: EncryptedDatabase, wave_id: int) -> None:
    assert storage.answer_frame(db, wave_id).empty
    canary = "Canari à ne pas sortir"
    storage.add_response(db, wave_id, TODAY, "a" * 24, [Answer("welcome", level=2), Answer("suggestion", words=canary)])
    storage.add_response(db, wave_id, TODAY, "b" * 24, [Answer("welcome"), Answer("overall", level=5)])
    frame = storage.answer_frame(db, wave_id)
    assert list(frame.columns) == ["response_id", "question", "level"]
    assert sorted(frame["response_id"].unique()) == [1, 2]
    assert canary not in frame.to_csv()
    welcome = frame[frame["question"] == "welcome"]["level"]
    assert welcome.isna().sum() == 1
    assert welcome.dropna().tolist() == [2]
    waves = storage.wave_frame(db)
    assert waves.to_dict("records") == [
        {
            "wave_id": wave_id,
            "questionnaire_code": "satisfaction-parents",
            "opens_on": "2026-11-16",
            "closes_on": "2026-11-30",
            "invited": 40,
            "responses": 2,
        }
    ]


def test_words_come_in_an_order_of_their_own(db: EncryptedDatabase, wave_id: int) -> None:
    for number in range(12):
        answers = [Answer("suggestion", words=f"mot {number:02}"), Answer("other", words=f"mot {number:02}")]
        storage.add_response(db, wave_id, TODAY, f"{number:024}", answers)
    first, second = (storage.list_words(db, wave_id, question) for question in ("suggestion", "other"))
    assert sorted(first) == sorted(second) == [f"mot {number:02}" for number in range(12)]
    assert first != second
    assert first == storage.list_words(db, wave_id, "suggestion")


def test_a_wave_changes_unless_somebody_changed_it_first(db: EncryptedDatabase, amina: Actor, wave_id: int) -> None:
    wave = storage.get_wave(db, wave_id)
    changed = NewWave("Automne", wave.opens_on, date(2026, 12, 5), None)
    storage.change_wave(db, amina, wave, changed, TODAY, wave.version)
    now = storage.get_wave(db, wave_id)
    assert (now.title, now.closes_on, now.invited, now.version) == ("Automne", date(2026, 12, 5), None, 2)
    with pytest.raises(Conflict) as conflict:
        storage.change_wave(db, amina, wave, changed, TODAY, wave.version)
    assert conflict.value.stored["title"] == "Automne"
    with pytest.raises(Refused):
        storage.change_wave(db, amina, now, replace(changed, closes_on=date(2026, 11, 19)), TODAY, now.version)


def test_closing_and_reopening(db: EncryptedDatabase, amina: Actor, wave_id: int) -> None:
    with pytest.raises(Refused):
        storage.reopen_wave(db, amina, storage.get_wave(db, wave_id), TODAY)
    storage.close_wave(db, amina, storage.get_wave(db, wave_id), TODAY)
    assert storage.get_wave(db, wave_id).closed_on == TODAY
    assert storage.wave_frame(db)["closes_on"].tolist() == ["2026-11-20"]
    with pytest.raises(Refused):
        storage.close_wave(db, amina, storage.get_wave(db, wave_id), TODAY)
    storage.reopen_wave(db, amina, storage.get_wave(db, wave_id), TODAY)
    assert storage.get_wave(db, wave_id).closed_on is None
