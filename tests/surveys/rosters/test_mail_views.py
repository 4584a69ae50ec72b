"""The administrator's page for e-mails: what is kept where, what a trial says."""

import stat
from typing import Any

import pytest

from impact.demo import PASSWORD
from impact.instance import Instance
from surveys.rosters.mail_settings import MailSettings, read_settings

URL, COMMUNITIES = "/installation/courriels/", "/installation/communautes/"
SECRET = "grenadine-essai-42"
GOOD = {
    "host": "smtp.exemple.fr",
    "port": "587",
    "security": "starttls",
    "sender": "pre@exemple.fr",
    "user": "pre",
    "password": SECRET,
}


@pytest.fixture
def administrator(browse: Any) -> Any:
    browser = browse(None)
    known = {"email": "administration@demonstration.example", "password": PASSWORD}
    assert browser.send("/connexion", known).status_code == 303
    return browser


def test_nobody_but_the_administrator_sets_it(browse: Any) -> None:
    browse("amina").get(URL, status=403)
    assert browse(None).client.get(URL).status_code == 302


def test_what_to_do_without_a_server_is_said_and_the_page_is_led_to(administrator: Any) -> None:
    assert URL in administrator.get(COMMUNITIES)
    page = administrator.get(URL)
    assert "Pas réglé" in page
    assert "table pour le publipostage" in page
    assert administrator.client.post(f"{URL}essai", data={}).status_code in (400, 404)


def test_the_password_is_kept_with_the_keys_and_never_shown_again(administrator: Any, place: Instance) -> None:
    page = administrator.follow(URL, GOOD)
    assert "Réglé" in page
    assert SECRET not in page
    assert read_settings(place) == MailSettings("smtp.exemple.fr", "pre@exemple.fr", 587, "starttls", "pre", SECRET)
    holders = [path for path in place.root.rglob("*") if path.is_file() and SECRET.encode() in path.read_bytes()]
    assert [path.parent for path in holders] == [place.keyring.folder]
    assert stat.S_IMODE(holders[0].stat().st_mode) == 0o600


def test_a_password_left_blank_stays_until_it_is_forgotten(administrator: Any, place: Instance) -> None:
    administrator.follow(URL, GOOD)
    administrator.follow(URL, GOOD | {"host": "autre.exemple.fr", "password": ""})
    kept = read_settings(place)
    assert kept is not None
    assert (kept.host, kept.password) == ("autre.exemple.fr", SECRET)
    administrator.follow(URL, GOOD | {"password": "", "forget": "y"})
    forgotten = read_settings(place)
    assert forgotten is not None
    assert forgotten.password == ""
    assert "Pas réglé" in administrator.follow(f"{URL}oublier", {}, page=URL)
    assert read_settings(place) is None


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("host", "https://smtp.exemple.fr", "nom du serveur seul"),
        ("host", "", "Écrivez le nom du serveur"),
        ("port", "0", "entre 1 et"),
        ("security", "none", "en clair"),
        ("sender", "personne", "adresse de courriel"),
        ("user", "", "va avec un nom"),
    ],
)
def test_a_wrong_setting_is_explained_and_not_kept(
    administrator: Any, place: Instance, field: str, typed: str, words: str
) -> None:
    answer = administrator.send(URL, GOOD | {field: typed})
    assert answer.status_code == 200
    assert words in answer.text
    assert SECRET not in answer.text
    assert "pre@exemple.fr" in answer.text or field == "sender"
    assert read_settings(place) is None


def test_somebody_who_saved_meanwhile_is_not_overwritten(administrator: Any, place: Instance) -> None:
    administrator.follow(URL, GOOD)
    answer = administrator.send(URL, GOOD | {"host": "autre.exemple.fr", "version": "1"})
    assert answer.status_code == 409
    kept = read_settings(place)
    assert kept is not None
    assert kept.host == "smtp.exemple.fr"


def test_a_trial_leaves_and_says_what_the_server_answered(administrator: Any, sink: Any) -> None:
    relay = {"host": "127.0.0.1", "port": str(sink.port), "security": "none", "user": "", "password": ""}
    page = administrator.follow(URL, GOOD | relay)
    assert "administration@demonstration.example" in page
    told = administrator.follow(f"{URL}essai", {"address": "prune@exemple.fr"}, page=URL)
    assert "Le serveur a pris l’essai pour prune@exemple.fr" in told
    assert [letter["To"] for letter in sink.letters] == ["prune@exemple.fr"]
    refused = administrator.send(f"{URL}essai", {"address": "refus@exemple.fr"}, page=URL)
    assert "il refuse cette adresse" in refused.text
    wrong = administrator.send(f"{URL}essai", {"address": "prune"}, page=URL)
    assert "adresse de courriel" in wrong.text


def test_a_trial_with_no_server_behind_says_so(administrator: Any, sink_of: Any) -> None:
    gone = sink_of()
    gone.stop()
    relay = {"host": "127.0.0.1", "port": str(gone.port), "security": "none", "user": "", "password": ""}
    administrator.follow(URL, GOOD | relay)
    answer = administrator.send(f"{URL}essai", {"address": "prune@exemple.fr"}, page=URL)
    assert "ne répond pas comme attendu" in answer.text
    assert "L’essai n’est pas parti" in answer.text


def test_a_file_that_cannot_be_read_is_told_and_replaced(administrator: Any, place: Instance) -> None:
    (place.root / "courriel.toml").write_text("= 1", encoding="utf-8")
    assert "ne se lit pas" in administrator.get(URL)
    assert "Réglé" in administrator.follow(URL, GOOD)
    assert read_settings(place) is not None
