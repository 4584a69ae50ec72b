"""Who opens which page; a foreign child, an absent one and another community answer alike."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from impact.accounts.access import FieldClass
from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.demo import ESSONNE, PRE
from impact.pathways.pathway_storage import add_note
from impact.pathways.records import Note
from impact.pathways.storage import present_situation, withdraw_consent
from impact.pathways.vocabulary import ContactKind

TODAY = date(2026, 11, 20)
BASE = f"/communautes/{PRE}/enfants"
Child = Callable[..., int]
OF_A_CHILD = (
    "",
    "/modifier",
    "/accord",
    "/retrait-accord",
    "/decision",
    "/ouverture",
    "/objectifs",
    "/bilan",
    "/referent",
    "/transmission",
    "/scolarite",
    "/adultes",
    "/adultes/1",
    "/actions/nouvelle",
    "/actions/1/modifier",
    "/notes/nouvelle",
    "/notes/1/modifier",
    "/sortie",
    "/reouverture",
    "/lectures",
)
POSTS = ("/presentation",)
COORDINATOR_ONLY = {"/decision", "/ouverture", "/lectures"}


@pytest.mark.parametrize("page", ["/", "/nouvelle-situation", "/listes", "/listes/motifs/ajouter", "/1"])
def test_a_stranger_is_sent_to_sign_in(browse: Any, page: str) -> None:
    answer = browse(None).client.get(BASE + page)
    assert answer.status_code == 302
    assert "/connexion" in answer.headers["Location"]


@pytest.mark.parametrize("persona", ["denis", "elodie"])
def test_funder_and_facilitator_get_nothing_nominative(browse: Any, followed: Child, persona: str) -> None:
    child = followed()
    browser = browse(persona)
    for page in OF_A_CHILD:
        if page != "/lectures" or persona == "denis":
            browser.get(f"{BASE}/{child}{page}", 403)
    browser.get(f"{BASE}/", 403)
    browser.get(f"{BASE}/nouvelle-situation", 403)
    browser.get(f"{BASE}/{child}/lectures", 404 if persona == "elodie" else 403)
    assert "Pommerole" not in browser.get("/")
    for page in POSTS:
        assert browser.send(f"{BASE}/{child}{page}", {}, "/").status_code == 403


def test_another_community_does_not_exist_for_chloe(browse: Any, followed: Child) -> None:
    child = followed()
    chloe = browse("chloe")
    for page in ("/", f"/{child}", "/nouvelle-situation", "/listes"):
        chloe.get(BASE + page, 404)
    chloe.get(f"/communautes/{ESSONNE}/enfants/{child}", 404)


def test_a_child_of_another_referent_and_an_absent_one_answer_alike(browse: Any, followed: Child, amina: Actor) -> None:
    foreign = followed(referent=amina)
    basile = browse("basile")
    for page in OF_A_CHILD:
        status = 403 if page in COORDINATOR_ONLY else 404
        bodies = {basile.get(f"{BASE}/{known}{page}", status) for known in (foreign, 9_999, 2**62)}
        assert len(bodies) == 1
        assert "Pommerole" not in bodies.pop()
    for page in POSTS:
        assert basile.send(f"{BASE}/{foreign}{page}", {}, f"{BASE}/nouvelle-situation").status_code in (403, 404)
    for number in ("-1", "NaN", "1e400", "%00", str(2**63)):
        basile.get(f"{BASE}/{number}", 404)


def test_a_referent_sees_what_she_received_herself(
    browse: Any, db: EncryptedDatabase, received: Child, basile: Actor
) -> None:
    mine, other = received(actor=basile), received("Rose", "Lilas")
    browser = browse("basile")
    assert "Zélie Pommerole" in browser.get(f"{BASE}/{mine}")
    browser.get(f"{BASE}/{other}", 404)


def test_a_partner_reads_only_what_was_presented_and_no_health_note(
    browse: Any, db: EncryptedDatabase, followed: Child, amina: Actor, partner: Actor
) -> None:
    child = followed(scope=tuple(FieldClass)[1:], motives=("family", "health"))
    note = Note(TODAY, ContactKind.CALL, 5, None, FieldClass.SCHOOL, "CANARI-ECOLE", "")
    add_note(db, amina, child, note, TODAY)
    for field in (FieldClass.HEALTH, FieldClass.JUSTICE):
        add_note(db, amina, child, replace(note, field_class=field, observed=f"CANARI-{field}"), TODAY)
    denis = browse("denis")
    assert "Pommerole" not in denis.get(f"{BASE}/")
    denis.get(f"{BASE}/{child}", 404)
    present_situation(db, amina, child, TODAY)
    assert "Pommerole" in denis.get(f"{BASE}/")
    page = denis.get(f"{BASE}/{child}")
    assert "CANARI-ECOLE" in page
    for hidden in ("CANARI-health", "CANARI-justice", "Santé, accès aux soins", "Écrire une note"):
        assert hidden not in page
    assert "CANARI-health" in browse("basile").get(f"{BASE}/{child}")
    denis.get(f"{BASE}/{child}/notes/nouvelle", 403)
    withdraw_consent(db, amina, child, TODAY, TODAY)
    denis.get(f"{BASE}/{child}", 404)
    assert "Pommerole" not in denis.get(f"{BASE}/")


def test_a_note_of_another_child_does_not_open_here(
    browse: Any, db: EncryptedDatabase, followed: Child, amina: Actor
) -> None:
    mine, other = followed(), followed("Rose", "Lilas", amina)
    note = Note(TODAY, ContactKind.CALL, 5, None, FieldClass.SCHOOL, "CANARI", "")
    foreign = add_note(db, amina, other, note, TODAY)
    basile = browse("basile")
    assert "CANARI" not in basile.get(f"{BASE}/{mine}/notes/{foreign}/modifier", 404)
    answer = basile.send(
        f"{BASE}/{mine}/notes/{foreign}/modifier", {"observed": "Volé"}, f"{BASE}/{mine}/notes/nouvelle"
    )
    assert answer.status_code == 404


def test_foreign_ids_in_hidden_fields_change_nothing(
    browse: Any, db: EncryptedDatabase, followed: Child, amina: Actor
) -> None:
    mine, other = followed(), followed("Rose", "Lilas", amina)
    objective = db.value(
        "SELECT objective.id FROM objective JOIN pathway ON pathway.id = pathway_id WHERE situation_id = ?", (other,)
    )
    sent = {
        "contact_kind": "call",
        "contact_on": "20/11/2026",
        "field_class": "school",
        "observed": "A lu.",
        "objective_id": str(objective),
    }
    answer = browse("basile").send(f"{BASE}/{mine}/notes/nouvelle", sent)
    assert "Choisissez une réponse de la liste." in answer.text
    sent |= {"objective_id": "", "situation_id": str(other), "member_id": str(amina.member_id), "id": "1"}
    browse("basile").follow(f"{BASE}/{mine}/notes/nouvelle", sent)
    row = db.row("SELECT member_id, situation_id FROM follow_up_note JOIN pathway ON pathway.id = pathway_id")
    assert row is not None
    assert row["situation_id"] == mine
    assert row["member_id"] != amina.member_id


def test_the_tab_is_for_those_who_read_children_and_only_in_a_pre(browse: Any) -> None:
    link = f'href="{BASE}/"'
    assert link in browse("amina").get(f"/communautes/{PRE}/")
    assert link not in browse("denis").get(f"/communautes/{PRE}/")
    assert f"/communautes/{ESSONNE}/enfants" not in browse("chloe").get(f"/communautes/{ESSONNE}/")
