"""Figures are computed again after a form: at once for the house, once a minute for those who answer."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from impact.audit import Actor
from impact.db import EncryptedDatabase
from reports.issuing import REFRESH_FIGURES
from reports.refreshing import Refreshing
from surveys import storage
from surveys.definitions import get_standard
from surveys.records import NewWave

PRE = "pre-demonstration"
ORDER = (REFRESH_FIGURES, [PRE])


@pytest.fixture
def link(app: Flask, db: EncryptedDatabase, amina: Actor) -> str:
    today = app.config["TODAY"]()
    new = NewWave("Essai", today, today + timedelta(days=3), 12)
    wave = storage.open_wave(db, amina, get_standard("satisfaction-parents"), new, today)
    return f"/repondre/{PRE}/{storage.current_token(db, storage.get_wave(db, wave))}"


def test_many_answers_order_one_refresh_for_a_whole_minute(app: Flask, link: str) -> None:
    before = datetime.now(UTC).replace(tzinfo=None)
    for number in range(3):
        answer = app.test_client().post(link, data={"key": f"une-cle-de-test-{number}", "q-overall": "4"})
        assert answer.status_code == 303
    queue = app.extensions["jobs"]
    # Three answers around midnight of a minute may order two.
    assert 1 <= queue.waiting().count(ORDER) <= 2
    due = queue._queue.pending()[0].eta
    assert (due.second, due.microsecond) == (0, 0)
    assert timedelta(0) < due - before <= timedelta(seconds=90)


def test_the_next_minute_orders_again(app: Flask) -> None:
    refreshing, noon = Refreshing(app), datetime(2026, 11, 20, 12, 0, 30, tzinfo=UTC)
    for seconds in (0, 10, 31):
        refreshing._order_for(PRE, noon + timedelta(seconds=seconds))
    queue = app.extensions["jobs"]
    assert [task.eta for task in queue._queue.pending()] == [datetime(2026, 11, 20, 12, minute) for minute in (1, 2)]


def test_a_form_of_the_house_orders_at_once(app: Flask, browse: Any) -> None:
    url = f"/communautes/{PRE}/questionnaires/cohortes/nouvelle"
    assert browse("amina").send(url, {"title": "Sixièmes", "recognition": "list"}).status_code == 303
    queue = app.extensions["jobs"]
    assert queue.waiting() == [ORDER]
    assert queue._queue.pending()[0].eta is None
