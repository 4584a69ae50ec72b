"""Sign-in, sessions that die, forms that survive them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from impact.accounts.rules import MOST_ATTEMPTS, check_password, session_alive
from impact.demo import PASSWORD
from impact.exceptions import Refused
from impact.instance import Instance

AMINA = "amina@demonstration.example"


@pytest.mark.parametrize(("email", "password"), [(AMINA, "mauvais mot de passe"), ("nul@exemple.org", PASSWORD)])
def test_unknown_address_and_wrong_password_read_the_same(browse: Any, email: str, password: str) -> None:
    answer = browse(None).send("/connexion", {"email": email, "password": password})
    assert "ne correspondent pas" in answer.text
    assert email in answer.text
    assert password not in answer.text


def test_empty_fields_are_named(browse: Any) -> None:
    answer = browse(None).send("/connexion", {"email": "", "password": ""})
    assert 'href="#email"' in answer.text
    assert 'href="#password"' in answer.text


def test_attempts_are_counted_over_everything(browse: Any) -> None:
    stranger = browse(None)
    answers = [
        stranger.send("/connexion", {"email": AMINA, "password": f"essai {attempt}"}).status_code
        for attempt in range(MOST_ATTEMPTS + 1)
    ]
    assert answers == [200] * MOST_ATTEMPTS + [429]


def test_the_cookie_holds_a_random_id_and_dies_with_sign_out(app: Flask, browse: Any) -> None:
    amina = browse(None)
    assert amina.send("/connexion", {"email": AMINA, "password": PASSWORD}).status_code == 303
    cookie = amina.client.get_cookie("session")
    assert cookie.http_only
    assert "amina" not in cookie.value
    thief = app.test_client()
    thief.set_cookie("session", cookie.value)
    assert thief.get("/").status_code == 200
    amina.follow("/deconnexion", {}, page="/mon-compte")
    assert thief.get("/").status_code == 302


def test_signing_in_changes_the_session_id(app: Flask) -> None:
    client = app.test_client()
    client.set_cookie("session", "planted")
    page = client.get("/connexion").text
    token = page.split('name="csrf_token" type="hidden" value="')[1].split('"')[0]
    client.post("/connexion", data={"email": AMINA, "password": PASSWORD, "csrf_token": token})
    cookie = client.get_cookie("session")
    assert cookie is not None
    assert cookie.value != "planted"


def test_a_disabled_account_is_out_at_the_next_request(place: Instance, browse: Any) -> None:
    amina = browse("amina")
    directory = place.directory()
    directory.execute("UPDATE account SET is_active = 0 WHERE email = ?", (AMINA,))
    directory.close()
    assert amina.client.get("/").status_code == 302


def test_idle_and_absolute_limits() -> None:
    start = datetime(2026, 11, 20, 8, tzinfo=UTC)
    assert session_alive(start, start, start + timedelta(minutes=20))
    assert not session_alive(start, start, start + timedelta(minutes=20, seconds=1))
    assert not session_alive(start, start + timedelta(hours=10), start + timedelta(hours=10, seconds=1))


def test_a_form_interrupted_by_an_expired_session_comes_back_as_typed(place: Instance, browse: Any) -> None:
    amina = browse("amina")
    url = "/communautes/pre-demonstration/reglages"
    page = amina.get(url)
    directory = place.directory()
    directory.execute("DELETE FROM session")
    directory.close()
    typed = {"name": "PRE des Tilleuls & Cie", "territory": "Là-bas", "starts_on": "01/09/2020"}
    interrupted = amina.client.post(url, data={**typed, "once": "k" * 20, "version": "1", "csrf_token": "old"})
    assert interrupted.status_code == 401
    assert "Votre session a pris fin" in interrupted.text
    token = interrupted.text.split('name="csrf_token" type="hidden" value="')[1].split('"')[0]
    kept = {f"kept-{name}": value for name, value in typed.items()} | {"kept-version": "1"}
    for name in kept:
        assert f'name="{name}"' in interrupted.text
    signed = amina.client.post(
        "/connexion", data={"email": AMINA, "password": PASSWORD, "csrf_token": token, "resume": url, **kept}
    )
    assert "Reprendre ma saisie" in signed.text
    token = signed.text.split('name="csrf_token" value="')[1].split('"')[0]
    back = amina.client.post(url, data={**typed, "version": "1", "resumed": "1", "csrf_token": token})
    assert back.status_code == 200
    assert "PRE des Tilleuls &amp; Cie" in back.text
    assert "Relisez, puis enregistrez" in back.text
    assert "PRE de Clairvigne" in amina.get(url), "shown again, not saved yet"
    assert page


@pytest.mark.parametrize(
    "password", ["treize lettre", "x" * 129, "reussite-educative", "Reussite2024!impact", "a" * 20]
)
def test_weak_passwords_are_refused(password: str) -> None:
    with pytest.raises(Refused):
        check_password(password)


def test_long_passwords_with_spaces_and_accents_work_from_any_keyboard() -> None:
    check_password("Émile mange 3 pommes vertes")
    check_password("E\u0301mile mange 3 pommes vertes")
