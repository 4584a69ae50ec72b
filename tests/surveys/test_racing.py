"""Many sendings at the same moment: everybody is stored, a form sent fifty times is stored once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from flask import Flask

from impact.audit import Actor
from impact.db import EncryptedDatabase
from surveys import storage
from surveys.definitions import get_standard
from surveys.records import NewWave

PRE, TODAY = "pre-demonstration", date(2026, 11, 20)
SENDINGS, AT_ONCE = 50, 10


@pytest.fixture
def wave(db: EncryptedDatabase, amina: Actor) -> int:
    new = NewWave("Essai", TODAY, TODAY + timedelta(days=3))
    return storage.open_wave(db, amina, get_standard("satisfaction-parents"), new, TODAY)


def send_all(app: Flask, url: str, keys: list[str]) -> list[int]:
    """The status of each sending, all under way together."""

    def send(key: str) -> int:
        return app.test_client(use_cookies=False).post(url, data={"key": key, "q-overall": "4"}).status_code

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(send, keys))


def test_the_same_form_sent_fifty_times_at_once_is_stored_once_and_always_thanked(
    app: Flask, db: EncryptedDatabase, wave: int
) -> None:
    url = f"/repondre/{PRE}/{storage.current_token(db, storage.get_wave(db, wave))}"
    assert set(send_all(app, url, ["une-seule-cle-de-course"] * SENDINGS)) == {303}
    assert storage.get_wave(db, wave).responses == 1


def test_fifty_people_at_once_are_all_stored(app: Flask, db: EncryptedDatabase, wave: int) -> None:
    url = f"/repondre/{PRE}/{storage.current_token(db, storage.get_wave(db, wave))}"
    assert set(send_all(app, url, [f"une-cle-de-course-{number}" for number in range(SENDINGS)])) == {303}
    assert storage.get_wave(db, wave).responses == SENDINGS
