"""The team's pages: who reads them, who opens, changes, closes."""

from datetime import date
from typing import Any

import pytest
from flask import Flask

from impact.audit import Actor
from impact.db import EncryptedDatabase
from surveys import demo, storage
from surveys.definitions import get_standard
from surveys.records import Answer, NewWave

TODAY = date(2026, 11, 20)
BASE = "/communautes/pre-demonstration/questionnaires"
OPEN = f"{BASE}/satisfaction-parents/ouvrir"
TYPED = {"title": "Hiver", "opens_on": "20/11/2026", "closes_on": "18/12/2026", "invited": "1 200"}


@pytest.fixture
def wave_id(db: EncryptedDatabase, amina: Actor) -> int:
    new = NewWave("Novembre", date(2026, 11, 16), date(2026, 11, 30), 40)
    return storage.open_wave(db, amina, get_standard("satisfaction-parents"), new, TODAY)


def test_an_empty_community_is_shown_how_to_begin(browse: Any) -> None:
    page = browse("amina").get(f"{BASE}/")
    assert "Aucune vague pour l’instant" in page
    assert OPEN in page
    assert 'aria-current="page">Questionnaires' in page


def test_a_referent_reads_and_does_not_run(browse: Any, wave_id: int) -> None:
    basile = browse("basile")
    page = basile.get(f"{BASE}/")
    assert "Novembre" in page
    assert OPEN not in page
    basile.get(f"{BASE}/vagues/{wave_id}")
    for url in (OPEN, *(f"{BASE}/vagues/{wave_id}/{name}" for name in ("modifier", "fermer", "changer-le-lien"))):
        basile.get(url, 403)


@pytest.mark.parametrize("persona", ["denis", "chloe"])
def test_the_funder_and_the_foreigner_are_refused(browse: Any, wave_id: int, persona: str) -> None:
    browser = browse(persona)
    for url in (f"{BASE}/", f"{BASE}/satisfaction-parents/apercu", f"{BASE}/vagues/{wave_id}"):
        browser.get(url, 403 if persona == "denis" else 404)


def test_the_preview_shows_questions_and_source(browse: Any) -> None:
    page = browse("amina").get(f"{BASE}/satisfaction-parents/apercu")
    assert page.count("Je préfère ne pas répondre") == 6
    assert "CC0" in page
    browse("amina").get(f"{BASE}/inconnu/apercu", 404)
    browse("amina").get(f"{BASE}/inconnu/ouvrir", 404)


def test_opening_a_wave_stores_it_and_shows_its_link(browse: Any, db: EncryptedDatabase) -> None:
    page = browse("amina").follow(OPEN, TYPED)
    wave = storage.list_waves(db)[0]
    assert (wave.title, wave.opens_on, wave.closes_on, wave.invited) == ("Hiver", TODAY, date(2026, 12, 18), 1200)
    assert f"/repondre/pre-demonstration/{storage.current_token(db, wave)}" in page
    assert "<svg" in page
    assert "0\u00a0réponse sur 1\u202f200\u00a0personnes invitées" in page


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"title": ""}, "Nommez cette vague"),
        ({"closes_on": "31/11/2026"}, "Ce mois a 30"),
        ({"closes_on": "19/11/2026"}, "ferme avant d’ouvrir"),
        ({"opens_on": "01/10/2026", "closes_on": "01/11/2026"}, "Ce jour est passé"),
        ({"invited": "0"}, "un nombre entier entre 1"),
        ({"invited": "beaucoup"}, "un nombre entier entre 1"),
        ({"invited": "1e400"}, "un nombre entier entre 1"),
    ],
)
def test_wrong_input_is_explained_and_kept(
    browse: Any, db: EncryptedDatabase, wrong: dict[str, str], words: str
) -> None:
    answer = browse("amina").send(OPEN, {**TYPED, **wrong})
    assert answer.status_code == 200
    assert answer.text.count(words) == 2
    assert "Ce n’est pas encore enregistré" in answer.text
    for value in {**TYPED, **wrong}.values():
        assert f'value="{value}"' in answer.text
    assert storage.list_waves(db) == []


def test_a_title_is_shown_as_it_was_typed(browse: Any) -> None:
    page = browse("amina").follow(OPEN, {**TYPED, "title": "<script>alert(1)</script>{{7*7}}"})
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>" not in page
    assert "{{7*7}}" in page


def test_a_form_sent_twice_leads_to_the_same_wave(browse: Any, db: EncryptedDatabase) -> None:
    amina = browse("amina")
    first = amina.send(OPEN, {**TYPED, "once": "the-same-key-twice"})
    second = amina.send(OPEN, {**TYPED, "once": "the-same-key-twice"})
    assert second.headers["Location"] == first.headers["Location"]
    assert len(storage.list_waves(db)) == 1


def test_changing_a_wave_and_the_conflict_of_two_editors(browse: Any, db: EncryptedDatabase, wave_id: int) -> None:
    amina, url = browse("amina"), f"{BASE}/vagues/{wave_id}/modifier"
    typed = {"title": "Novembre bis", "closes_on": "05/12/2026", "invited": ""}
    assert "30/11/2026" in amina.get(url)
    assert "Novembre bis" in amina.follow(url, typed)
    wave = storage.get_wave(db, wave_id)
    assert (wave.title, wave.closes_on, wave.invited) == ("Novembre bis", date(2026, 12, 5), None)
    late = browse("elodie").send(url, {**typed, "title": "Autre", "version": "1"})
    assert late.status_code == 409
    assert "Novembre bis" in late.text
    assert "Autre" in late.text
    wrong = amina.send(url, {**typed, "closes_on": "01/11/2026"})
    assert "ferme avant d’ouvrir" in wrong.text


def test_closing_then_reopening(browse: Any, db: EncryptedDatabase, wave_id: int) -> None:
    amina, url = browse("amina"), f"{BASE}/vagues/{wave_id}"
    assert "La collecte est finie" in amina.follow(f"{url}/fermer", {})
    assert storage.get_wave(db, wave_id).closed_on == TODAY
    assert amina.send(f"{url}/fermer", {}).status_code == 422
    assert "Le lien à donner" in amina.follow(f"{url}/rouvrir", {}, page=url)
    assert storage.get_wave(db, wave_id).closed_on is None


def test_changing_the_link_shows_another(browse: Any, db: EncryptedDatabase, wave_id: int) -> None:
    before = storage.current_token(db, storage.get_wave(db, wave_id))
    page = browse("amina").follow(f"{BASE}/vagues/{wave_id}/changer-le-lien", {})
    assert before not in page
    assert storage.current_token(db, storage.get_wave(db, wave_id)) in page


def test_the_poster_holds_the_code_and_the_address(browse: Any, db: EncryptedDatabase, wave_id: int) -> None:
    page = browse("basile").get(f"{BASE}/vagues/{wave_id}/affiche")
    assert storage.current_token(db, storage.get_wave(db, wave_id)) in page
    assert page.count("<svg") == 2


@pytest.mark.parametrize("number", ["999999", "9223372036854775808", "-1", "NaN"])
def test_an_unknown_wave_is_a_plain_page(browse: Any, number: str) -> None:
    browse("amina").get(f"{BASE}/vagues/{number}", 404)


def test_links_of_other_packages_are_shown_to_those_who_may(app: Flask, browse: Any, wave_id: int) -> None:
    app.extensions["surveys"].add("Lire la suite", "surveys.poster", "run_surveys")
    assert "Lire la suite" in browse("amina").get(f"{BASE}/vagues/{wave_id}")
    assert "Lire la suite" not in browse("basile").get(f"{BASE}/vagues/{wave_id}")


def test_to_do_names_the_wave_that_closes_with_few_answers(browse: Any, db: EncryptedDatabase, amina: Actor) -> None:
    demo.fill(db, amina, TODAY)
    page = browse("amina").get("/")
    assert "Relancer les familles" in page
    assert "6\u00a0réponses sur 104\u00a0personnes invitées" in page
    assert "Lire les réponses" not in page
    assert "Relancer les familles" not in browse("basile").get("/")


def test_to_do_names_the_wave_that_has_just_closed(
    browse: Any, db: EncryptedDatabase, amina: Actor, wave_id: int
) -> None:
    storage.add_response(db, wave_id, TODAY, "k" * 24, [Answer("welcome", level=4)])
    storage.close_wave(db, amina, storage.get_wave(db, wave_id), TODAY)
    assert "Lire les réponses" in browse("basile").get("/")
    assert "Lire les réponses" not in browse("denis").get("/")
