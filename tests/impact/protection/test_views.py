"""What each person is served on the pages of « Registre », and what the database holds afterwards."""

import json
import re
from datetime import date
from typing import Any

import pytest

from impact.accounts.access import Action
from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.pathways.file_storage import get_file, open_file
from impact.protection.retention_storage import get_delay
from impact.protection.urgent_storage import list_urgent
from impact.safeguards import fields_off
from tests.impact.protection.conftest import CANARIES, followed

BASE = "/communautes/pre-demonstration/registre"
FILES = "/communautes/pre-demonstration/enfants"
REASON = "Le service des archives demande de garder ce dossier."
PAGES = ("/conservation", "/conservation/delai", "/conservation/effacement", "/conservation/archives", "/copies")
NOTE = {
    "contact_kind": "call",
    "contact_on": "20/11/2026",
    "field_class": "school",
    "appreciation": "",
    "minutes": "",
    "objective_id": "",
    "next_step": "",
    "next_on": "",
}


@pytest.mark.parametrize("page", [*PAGES, "/urgence"])
def test_strangers_and_others_are_kept_out(browse: Any, child: int, page: str) -> None:
    assert browse(None).client.get(BASE + page).status_code == 302
    browse("chloe").get(BASE + page, 404)
    browse("denis").get(BASE + page, 403)
    browse("elodie").get(BASE + page, 403)


def test_the_list_is_approved_and_archived(browse: Any, db: EncryptedDatabase, child: int) -> None:
    amina, url = browse("amina"), f"{BASE}/conservation"
    page = amina.get(url)
    assert CANARIES["identity"] in page
    assert "Parcours encore ouverts" in page
    child_id = str(get_file(db, child).situation.child_id)
    wrong = amina.send(url, {"children": child_id, "settling": "archive", "until": "", "reason": REASON}).text
    assert "Écrivez un jour à venir" in wrong
    assert REASON in wrong
    nothing = amina.send(url, {"settling": "archive"}).text
    assert "Cochez au moins un dossier" in nothing
    done = amina.follow(url, {"children": child_id, "settling": "archive", "until": "01/02/2027", "reason": REASON})
    assert "Aucun dossier n’arrive au bout de son temps" in done
    assert f"{FILES}/{child}" not in amina.get(f"{FILES}/?q={CANARIES['identity']}")
    amina.get(f"{FILES}/{child}", 404)
    opening = f"{BASE}/conservation/archives/{child_id}/ouvrir"
    assert opening in amina.get(f"{BASE}/conservation/archives")
    short = amina.send(opening, {"reason": "Demande."}).text
    assert "Écrivez la raison en une phrase" in short
    assert "Demande." in short
    amina.get(f"{FILES}/{child}", 404)
    read = amina.follow(opening, {"reason": REASON})
    assert "Dossier archivé" in read
    assert "Vous lisez ce dossier archivé" in read
    amina.get(f"{FILES}/{child}/notes/nouvelle", 404)
    back = amina.follow(f"{BASE}/conservation/archives/{child_id}/reprendre", {}, page=f"{BASE}/conservation/archives")
    assert "Aucun dossier archivé" in back
    amina.get(f"{FILES}/{child}/notes/nouvelle")


def test_erasing_asks_twice(browse: Any, db: EncryptedDatabase, child: int) -> None:
    amina = browse("amina")
    child_id = str(get_file(db, child).situation.child_id)
    asked = amina.send(f"{BASE}/conservation", {"children": child_id, "settling": "erase"})
    url = asked.headers["Location"]
    assert url.endswith(f"/conservation/effacement?dossier={child_id}")
    assert "rien ne pourra être rétabli" in amina.send(url, {"children": child_id}).text
    assert get_file(db, child)
    page = amina.follow(url, {"children": child_id, "sure": "y"})
    assert "Ce qui reste des dossiers effacés" in page
    amina.get(f"{FILES}/{child}", 404)
    assert "Aucun dossier à effacer" in amina.get(f"{BASE}/conservation/effacement?dossier={child_id}")
    assert amina.client.get(f"{BASE}/conservation/bordereau").mimetype == "application/pdf"


def test_the_delay_is_changed_with_its_reason(browse: Any, db: EncryptedDatabase, child: int) -> None:
    amina, url = browse("amina"), f"{BASE}/conservation/delai"
    short = amina.send(url, {"months": "36", "reason": "Parce que"}).text
    assert "qui permet un autre délai" in short
    amina.follow(url, {"months": "36", "reason": "Avis écrit de la déléguée à la protection des données."})
    assert get_delay(db).months == 36
    conflict = amina.send(url, {"months": "30", "reason": "Avis écrit de la déléguée, corrigé.", "version": "1"})
    assert conflict.status_code == 409
    assert get_delay(db).months == 36


def test_a_referent_opens_a_file_in_an_emergency(browse: Any, db: EncryptedDatabase, amina: Actor, child: int) -> None:
    basile, url = browse("basile"), f"{BASE}/urgence"
    basile.get(f"{FILES}/{child}", 404)
    asked = {"given_name": "Aldegonde", "family_name": CANARIES["identity"], "birth_date": "14/03/2015"}
    assert "Écrivez la raison en une phrase" in basile.send(url, asked | {"reason": "Vite"}).text
    wrong = basile.send(url, asked | {"birth_date": "15/03/2015", "reason": REASON}).text
    assert "Aucun dossier ouvert à ce nom" in wrong
    page = basile.follow(url, asked | {"reason": REASON})
    assert "Vous lisez ce dossier en urgence" in page
    assert CANARIES["health"] in page
    assert CANARIES["justice"] not in page
    basile.get(f"{FILES}/{child}/notes/nouvelle", 404)
    told = browse("amina").get("/")
    assert "ouvert en urgence" in told
    assert REASON in browse("amina").get(f"{FILES}/{child}")
    assert len(list_urgent(db, child)) == 1


def test_a_restriction_is_recorded_and_masks_the_sheet(browse: Any, db: EncryptedDatabase, child: int) -> None:
    amina, url = browse("amina"), f"{BASE}/dossiers/{child}/restriction"
    empty = amina.send(url, {"person": "", "ruling": "", "since": "01/05/2026", "until": "01/04/2026"}).text
    assert "Écrivez de qui il s’agit" in empty
    typed = {"person": "Ondin Cascade, père", "ruling": "Jugement du 4 mai.", "since": "04/05/2026", "until": ""}
    page = amina.follow(url, typed)
    assert "Coordonnées protégées" in page
    assert "Ondin Cascade" in page
    browse("basile").get(url, 404)
    (known,) = db.rows("SELECT id FROM contact_restriction")
    again = amina.get(f"{url}/{known['id']}")
    assert "Jugement du 4 mai." in again
    conflict = amina.send(f"{url}/{known['id']}", typed | {"version": "7"})
    assert conflict.status_code == 409


@pytest.mark.pdf
def test_a_copy_is_asked_by_one_and_released_by_another(
    browse: Any, db: EncryptedDatabase, basile: Actor, lists: None
) -> None:
    child = followed(db, basile, date(2026, 9, 1))
    referent, amina, url = browse("basile"), browse("amina"), f"{BASE}/dossiers/{child}/copie"
    assert "Choisissez qui demande" in referent.send(url, {"received_on": "20/11/2026"}).text
    asked = {"requester": "parent", "received_on": "19/11/2026", "identity_checked": "Carte vue."}
    page = referent.follow(url, asked)
    assert "Attend une autre personne" in page
    refused = referent.send(f"{url}/1/relire", {}).text
    assert "Une autre personne de l’équipe" in refused
    referent.get(f"{url}/1/pdf", 404)
    assert "Copie du dossier de" in amina.get("/")
    assert "Remise le" in amina.follow(f"{url}/1/relire", {})
    answer = amina.client.get(f"{url}/1/json")
    assert json.loads(answer.text)["identity"][0]["family_name"] == CANARIES["identity"]
    assert amina.client.get(f"{url}/1/pdf").data.startswith(b"%PDF")
    assert db.value("SELECT count(*) FROM audit_entry WHERE deed = 'export' AND object_id = ?", (child,)) == 2
    assert CANARIES["identity"] in referent.get(f"{BASE}/copies")


def test_the_register_is_read_by_all_and_switched_by_the_coordinator(
    browse: Any, db: EncryptedDatabase, amina: Actor, lists: None
) -> None:
    child = followed(db, amina, date(2026, 9, 1))
    page = browse("denis").get(f"{BASE}/")
    assert "Ce que l’enfant souhaite" in page
    assert "Ne plus demander" not in page
    browser, url = browse("amina"), f"{BASE}/champs"
    assert "Votre appréciation" in browser.get(f"{FILES}/{child}/notes/nouvelle")
    browser.follow(url, {"field": "follow_up_note.appreciation"}, page=f"{BASE}/")
    browser.follow(url, {"field": "follow_up_note.next_step"}, page=f"{BASE}/")
    assert fields_off(db) == {"follow_up_note.appreciation", "follow_up_note.next_step", "follow_up_note.next_on"}
    form = browser.get(f"{FILES}/{child}/notes/nouvelle")
    assert "Votre appréciation" not in form
    assert "Suite à donner" not in form
    browser.follow(f"{FILES}/{child}/notes/nouvelle", NOTE | {"observed": "A lu.", "appreciation": "Forcée"})
    assert db.value("SELECT appreciation FROM follow_up_note ORDER BY id DESC") == ""
    browser.follow(url, {"field": "follow_up_note.appreciation"}, page=f"{BASE}/")
    assert "Votre appréciation" in browser.get(f"{FILES}/{child}/notes/nouvelle")
    assert browser.send(url, {"field": "follow_up_note.observed"}, page=f"{BASE}/").status_code == 404


@pytest.mark.pdf
def test_the_register_is_printed(browse: Any) -> None:
    assert browse("denis").client.get(f"{BASE}/imprimer").mimetype == "application/pdf"


def test_what_was_typed_in_a_field_switched_off_stays(
    browse: Any, db: EncryptedDatabase, amina: Actor, lists: None
) -> None:
    child = followed(db, amina, date(2026, 9, 1))
    browser = browse("amina")
    browser.follow(f"{BASE}/champs", {"field": "orientation.tried"}, page=f"{BASE}/")
    url = f"{FILES}/{child}/orientation"
    assert CANARIES["tried"] not in browser.get(url)
    browser.follow(url, {"family_name": CANARIES["sender"], "institution": "Collège des Ormes"})
    orientation = get_file(db, child).orientation
    assert orientation is not None
    assert (orientation.tried, orientation.institution) == (CANARIES["tried"], "Collège des Ormes")


def test_a_warned_word_asks_twice_and_keeps_what_was_typed(
    browse: Any, db: EncryptedDatabase, amina: Actor, lists: None
) -> None:
    child = followed(db, amina, date(2026, 9, 1))
    browser, url = browse("amina"), f"{FILES}/{child}/notes/nouvelle"
    before = db.value("SELECT count(*) FROM follow_up_note")
    typed = NOTE | {"observed": "Le père dit que l’enfant est MENTEUSE, et paresseuse, et menteur."}
    page = browser.send(url, typed).text
    assert "«\u00a0menteur\u00a0»" in page
    assert "Garder quand même" in page
    assert "MENTEUSE, et paresseuse" in page
    assert "CNIL" in page
    assert db.value("SELECT count(*) FROM follow_up_note") == before
    browser.follow(url, typed | {"keep_words": "y"})
    assert db.value("SELECT count(*) FROM follow_up_note") == before + 1


def test_the_list_of_words_is_the_community_s(browse: Any, db: EncryptedDatabase, amina: Actor, lists: None) -> None:
    child = followed(db, amina, date(2026, 9, 1))
    browser = browse("amina")
    typed = NOTE | {"observed": "Un vrai clown en classe."}
    browser.follow(f"{FILES}/listes/mots-a-eviter/ajouter", {"label": "clown", "source": "Réunion d’équipe."})
    assert "«\u00a0clown\u00a0»" in browser.send(f"{FILES}/{child}/notes/nouvelle", typed).text


@pytest.mark.pdf
def test_who_opened_a_file_is_shown_and_printed(browse: Any, db: EncryptedDatabase, amina: Actor, child: int) -> None:
    open_file(db, amina, Action.VIEW_SITUATIONS, child)
    browser = browse("amina")
    assert "Qui a ouvert ce dossier" in browser.get(f"{FILES}/{child}")
    page = browser.get(f"{FILES}/{child}/lectures")
    assert re.search(r"Amina Vertefeuille.*Lecture", page, re.S)
    assert browser.client.get(f"{FILES}/{child}/lectures/imprimer").mimetype == "application/pdf"
    for persona, status in (("basile", 403), ("denis", 403), ("elodie", 404)):
        browse(persona).get(f"{FILES}/{child}/lectures/imprimer", status)


def test_a_form_sent_twice_is_stored_once(browse: Any, db: EncryptedDatabase, child: int) -> None:
    amina, url = browse("amina"), f"{BASE}/dossiers/{child}/copie"
    asked = {"requester": "parent", "received_on": "19/11/2026", "identity_checked": "Carte vue.", "once": "seule-fois"}
    for _ in range(2):
        assert amina.send(url, asked).status_code == 303
    assert db.value("SELECT count(*) FROM file_copy") == 1
