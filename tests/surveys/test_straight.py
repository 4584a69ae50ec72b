"""The shortcut before the pages: what it takes, it takes as the page would; the rest reaches the page as it came."""

from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from werkzeug.test import Client

from impact.db import EncryptedDatabase
from impact.exceptions import Refused
from surveys import plain_reading
from surveys.answering import kept_answers
from surveys.plain_reading import read_plainly
from surveys.records import Answer, Questionnaire
from surveys.respondent_forms import respondent_form
from surveys.storage import get_wave
from surveys.straight import Straight

KEY = "une-cle-de-raccourci"
FIELDS = (
    "q-came", "q-how", "q-mood", "q-views.room", "q-views.time", "q-advise", "q-children", "q-first_day", "q-town",
    "q-order.meet", "q-order.talk", "q-order.eat", "q-more", "q-aside-children", "q-aside-town", "q-unheard",
)  # fmt: skip
SAID = (
    "",
    " ",
    "yes",
    "no",
    "foot",
    "bus",
    "unknown",
    "refused",
    "0",
    "1",
    "2",
    "3",
    "5",
    "6",
    "10",
    "é\u200b\x01",
    "a\nb",
)
SENDINGS = st.dictionaries(st.sampled_from(FIELDS), st.lists(st.sampled_from(SAID), min_size=1, max_size=3), max_size=9)


def by_the_form(app: Flask, asked: Questionnaire, sent: dict[str, list[str]]) -> list[Answer] | None:
    with app.test_request_context(method="POST"):
        form = respondent_form(asked, formdata=MultiDict(sent))
        if not form.validate():
            return None
        try:
            return kept_answers(asked, form.typed())
        except Refused:
            return None


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sent=SENDINGS)
def test_whatever_is_read_plainly_is_what_the_form_would_keep(
    app: Flask, whole: Questionnaire, sent: dict[str, list[str]]
) -> None:
    plain = read_plainly(whole, sent)
    assert plain is None or plain == by_the_form(app, whole, sent)


def test_a_plain_form_of_every_list_is_read_plainly(app: Flask, whole: Questionnaire) -> None:
    sent = {
        "q-came": ["yes"], "q-how": ["foot", "bus"], "q-mood": ["refused"], "q-views.room": ["2"], "q-advise": ["10"],
        "q-town": ["  Clairvigne "], "q-order.meet": ["2"], "q-order.talk": ["1"], "q-more": ["Merci\r\nà vous"],
    }  # fmt: skip
    read = read_plainly(whole, sent)
    assert read == by_the_form(app, whole, sent)
    assert read is not None
    assert len(read) == 8


def test_what_was_read_of_questionnaires_is_kept_for_a_bounded_number_of_them() -> None:
    assert plain_reading._places.cache_info().maxsize == 64


@pytest.mark.parametrize("language", ["", "?langue=ar", "?langue=absente"])
def test_the_shortcut_thanks_as_the_page_does(
    app: Flask, db: EncryptedDatabase, whole_wave: int, whole_url: str, language: str
) -> None:
    shortcut = app.wsgi_app
    assert isinstance(shortcut, Straight)
    told = [
        Client(way).post(f"{whole_url}{language}", data={"q-came": "no", "key": f"{KEY}-{number}"})
        for number, way in enumerate((shortcut, shortcut._pages))
    ]
    assert (told[0].status, dict(told[0].headers)) == (told[1].status, dict(told[1].headers))
    assert get_wave(db, whole_wave).responses == 2


def test_the_page_never_wakes_for_a_plain_form(
    app: Flask, db: EncryptedDatabase, whole_wave: int, whole_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shortcut = app.wsgi_app
    assert isinstance(shortcut, Straight)
    monkeypatch.setattr(shortcut, "_pages", lambda *_: pytest.fail("The page was asked."))
    assert app.test_client().post(whole_url, data={"q-came": "no", "key": KEY}).status_code == 303
    assert get_wave(db, whole_wave).responses == 1


@pytest.mark.parametrize(
    ("sent", "options", "status"),
    [
        ({"q-came": "no", "q-children": "3"}, {}, 303),
        ({"q-came": "no", "q-more": "Élodie ﷺ"}, {}, 303),
        ({"q-came": "no"}, {"content_type": "multipart/form-data"}, 303),
        ({"q-came": "peut-être"}, {}, 200),
        ({"q-came": "no", "key": "court"}, {}, 200),
        ({"q-came": "no"}, {"headers": {"Host": "ailleurs.example"}}, 400),
        ({"q-came": "no"}, {"headers": {"Host": "localhost"}}, 303),
    ],
)
def test_what_the_page_says_is_said_whoever_reads_the_form(
    app: Flask, db: EncryptedDatabase, whole_wave: int, whole_url: str, sent: Any, options: Any, status: int
) -> None:
    assert app.test_client().post(whole_url, data={"key": KEY, **sent}, **options).status_code == status
    assert get_wave(db, whole_wave).responses == int(status == 303)


@pytest.mark.parametrize("blank", [" ", "\t", "\u00a0"])
def test_a_blank_in_a_list_is_no_answer(
    browse: Any, db: EncryptedDatabase, whole_wave: int, whole_url: str, blank: str
) -> None:
    sent = {"q-came": "no", "q-mood": blank, "q-advise": blank, "q-views.room": blank, "q-order.meet": blank}
    assert browse(None).send(whole_url, sent).status_code == 303
    assert db.rows("SELECT question FROM answer") == []
