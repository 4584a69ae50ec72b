"""The whole sheets: orientation, what comes next, opinions at the exit; and each of them printed, filled and blank."""

import io
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import page
import pikepdf
import pytest

from impact.accounts.access import FieldClass
from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.demo import PRE
from impact.exceptions import Refused
from impact.identities import Identity
from impact.pathways.file_storage import get_file, list_notes
from impact.pathways.line_storage import list_lines
from impact.pathways.pathway_storage import add_note, end_pathway, finish_next_step
from impact.pathways.records import Exit, Note, Orientation
from impact.pathways.storage import present_situation, save_orientation, withdraw_consent
from impact.pathways.todos import list_todos
from impact.pathways.vocabulary import ContactKind, ObjectiveResult, Sheet
from tests.impact.pathways.pdf import pdf_text

TODAY = date(2026, 11, 20)
BASE = f"/communautes/{PRE}/enfants"
Child = Callable[..., int]
SHEETS = [sheet.value for sheet in Sheet]
ORIENTATION = {
    "given_name": "Alma",
    "family_name": "Peupleraie",
    "sender_role": "Directrice",
    "institution": "École du Verger",
    "informed_by": "L’enseignante",
    "informed_on": "04/09/2026",
    "tried": "Un tutorat au premier trimestre.",
    "child_wish": "Lire seul le soir.",
    "parents_wish": "Être aidés pour les devoirs.",
}
NOTE = {
    "contact_kind": "call",
    "contact_on": "17/11/2026",
    "field_class": "school",
    "observed": "A lu.",
    "next_step": "Rappeler l’école",
    "next_on": "19/11/2026",
}


def leave(db: EncryptedDatabase, actor: Actor, child: int) -> None:
    """The exit, with the three opinions."""
    pathway = get_file(db, child).pathway
    assert pathway is not None
    results = {objective.id: ObjectiveResult.REACHED for objective in pathway.objectives}
    opinions = ("J’aime lire.", "Il lit le soir.", "Une année régulière.")
    end_pathway(db, actor, child, Exit(TODAY, "reached", "Centre social", results, *opinions), TODAY)


def test_the_orientation_sheet_is_completed_then_corrected(browse: Any, db: EncryptedDatabase, received: Child) -> None:
    child = received()
    amina, url = browse("amina"), f"{BASE}/{child}/orientation"
    shown = amina.follow(url, ORIENTATION)
    for words in ("Alma Peupleraie", "École du Verger", "Lire seul le soir.", "Un tutorat au premier trimestre."):
        assert words in shown
    amina.follow(url, ORIENTATION | {"institution": "Collège des Saules"})
    stored = get_file(db, child).orientation
    assert stored is not None
    assert (stored.institution, stored.version, stored.informed_on) == ("Collège des Saules", 2, date(2026, 9, 4))
    assert db.value("SELECT count(*) FROM identity WHERE family_name = 'Peupleraie'") == 1
    stale = amina.send(url, ORIENTATION | {"version": "1", "tried": "Autre"})
    assert stale.status_code == 409
    assert "Collège des Saules" in stale.text


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"family_name": ""}, "Écrivez le nom de la personne"),
        ({"institution": ""}, "Écrivez le nom de l’institution"),
        ({"informed_on": "21/11/2026"}, "à venir"),
        ({"informed_on": "13/03/2017"}, "plus ancienne que l’enfant"),
        ({"informed_on": ""}, "qui a informé les parents et quel jour"),
        ({"informed_by": ""}, "qui a informé les parents et quel jour"),
        ({"tried": "x" * 2001}, "caractères au plus"),
    ],
)
def test_a_wrong_orientation_is_explained_and_kept(
    browse: Any, db: EncryptedDatabase, received: Child, changes: dict[str, str], message: str
) -> None:
    child = received()
    answer = browse("amina").send(f"{BASE}/{child}/orientation", ORIENTATION | changes)
    assert answer.status_code == 200
    assert answer.text.count(message) == 2
    assert "Lire seul le soir." in answer.text
    assert get_file(db, child).orientation is None


def test_nothing_is_added_to_the_orientation_once_the_agreement_is_withdrawn(
    db: EncryptedDatabase, amina: Actor, followed: Child
) -> None:
    child = followed()
    withdraw_consent(db, amina, child, TODAY, TODAY)
    with pytest.raises(Refused):
        save_orientation(db, amina, child, Orientation(Identity("Peupleraie", "Alma")), TODAY)


def test_what_comes_next_is_recalled_until_it_is_done(
    browse: Any, db: EncryptedDatabase, followed: Child, basile: Actor
) -> None:
    child = followed()
    browser, url = browse("basile"), f"{BASE}/{child}"
    for missing in ("next_step", "next_on"):
        answer = browser.send(f"{url}/notes/nouvelle", NOTE | {missing: ""})
        assert f'id="{missing}-e"' in answer.text
    assert "La suite vient après" in browser.send(f"{url}/notes/nouvelle", NOTE | {"next_on": "16/11/2026"}).text
    shown = browser.follow(f"{url}/notes/nouvelle", NOTE)
    assert "Suite à donner pour le 19/11/2026" in shown.replace("\u00a0", " ")
    assert [todo.title for todo in list_todos(db, basile, TODAY)] == ["Suite à donner pour Zélie Pommerole"]
    assert "Zélie" in browser.get(f"{BASE}/?vue=suites-a-donner").replace("Pommerole Zélie", "Zélie")
    note = list_notes(db, get_file(db, child), frozenset(FieldClass))[0]
    shown = browser.follow(f"{url}/notes/{note.id}/suite-donnee", {}, url)
    assert "Suite donnée" in shown
    assert list_todos(db, basile, TODAY) == []
    with pytest.raises(Refused):
        finish_next_step(db, basile, child, note.id, TODAY)


def test_what_comes_next_of_a_health_note_is_sealed_with_it(
    browse: Any, db: EncryptedDatabase, followed: Child, basile: Actor, partner: Actor, amina: Actor
) -> None:
    child = followed(scope=tuple(FieldClass)[1:])
    note = Note(TODAY, ContactKind.CALL, 5, None, FieldClass.HEALTH, "Vu", "", "CANARI-SUITE", TODAY)
    added = add_note(db, basile, child, note, TODAY)
    assert db.value("SELECT next_step FROM follow_up_note WHERE id = ?", (added,)) == ""
    assert list_notes(db, get_file(db, child), frozenset(FieldClass))[0].next_step == "CANARI-SUITE"
    present_situation(db, amina, child, TODAY)
    denis = browse("denis")
    assert "Suites à donner" not in denis.get(f"{BASE}/")
    assert "CANARI-SUITE" not in denis.get(f"{BASE}/{child}")
    assert list_lines(db, TODAY)[0].next_on == TODAY


def test_the_exit_keeps_the_three_opinions(browse: Any, db: EncryptedDatabase, followed: Child) -> None:
    child = followed()
    pathway = get_file(db, child).pathway
    assert pathway is not None
    sent: dict[str, Any] = {f"result_{objective.id}": "reached" for objective in pathway.objectives} | {
        "ended_on": "20/11/2026",
        "reason": "reached",
        "child_opinion": "J’aime lire.",
        "parents_opinion": "Il lit le soir.",
        "referent_opinion": "Une année régulière.",
        "missing": ["relay"],
    }
    shown = browse("basile").follow(f"{BASE}/{child}/sortie", sent)
    for words in ("J’aime lire.", "Il lit le soir.", "Une année régulière."):
        assert words in shown


@pytest.mark.pdf
@pytest.mark.parametrize("sheet", SHEETS)
def test_every_sheet_prints_blank_as_an_archivable_accessible_document(browse: Any, lists: None, sheet: str) -> None:
    amina = browse("amina")
    assert f"{BASE}/fiches/{sheet}" in amina.get(f"{BASE}/fiches")
    answer = amina.client.get(f"{BASE}/fiches/{sheet}")
    assert answer.mimetype == "application/pdf"
    for profile in (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A):
        assert page.validate_pdf_bytes(answer.data, profile=profile).failures == []
    assert "Non renseigné" not in pdf_text(answer.data)
    with pikepdf.open(io.BytesIO(answer.data)) as pdf:
        assert len(pdf.pages) == (2 if sheet == "accord" else 1), "the notice of the agreement alone has its own page"


@pytest.mark.pdf
def test_every_sheet_prints_filled_and_leaves_its_entry(
    browse: Any, db: EncryptedDatabase, amina: Actor, basile: Actor, followed: Child
) -> None:
    child = followed()
    browser, url = browse("basile"), f"{BASE}/{child}"
    browser.follow(f"{url}/orientation", ORIENTATION)
    browser.follow(f"{url}/notes/nouvelle", NOTE)
    browser.get(f"{url}/fiches/attestation", 404)
    leave(db, amina, child)
    listed = browser.get(url)
    expected = {
        "orientation": ("Pommerole", "Alma Peupleraie", "Lire seul le soir.", "Résultats scolaires"),
        "accord": ("Dalva Pommerole", "Formulaire, version 2", "Qui lit"),
        "suivi": ("A lu.", "Rappeler l’école", "Basile Tournelac"),
        "sortie": ("Objectifs atteints", "J’aime lire.", "Il lit le soir.", "Centre social", "Lire un texte court"),
        "attestation": ("Pommerole", "28 septembre 2026", "20 novembre 2026"),
    }
    for sheet, words in expected.items():
        assert f"{url}/fiches/{sheet}" in listed
        answer = browser.client.get(f"{url}/fiches/{sheet}")
        told = " ".join(pdf_text(answer.data).split())
        for word in words:
            assert word in told, (sheet, word, told)
        assert page.validate_pdf_bytes(answer.data, profile=page.ValidationProfile.PDF_A_3A).failures == []
        if sheet == "attestation":
            assert "Objectifs atteints" not in told
            assert "Résultats scolaires" not in told
    prints = "SELECT count(*) FROM audit_entry WHERE deed = 'print' AND object_kind = 'situation' AND object_id = ?"
    assert db.value(prints, (child,)) == len(expected)
    browser.get(f"{url}/fiches/notice", 404)


@pytest.mark.pdf
def test_sheets_obey_the_classes_of_field_and_the_team(
    browse: Any, db: EncryptedDatabase, amina: Actor, basile: Actor, partner: Actor, followed: Child
) -> None:
    child = followed(scope=tuple(FieldClass)[1:], motives=("family", "health"))
    for field in (FieldClass.SCHOOL, FieldClass.HEALTH, FieldClass.JUSTICE):
        note = Note(TODAY, ContactKind.CALL, 5, None, field, f"CANARI-{field}", "")
        add_note(db, basile, child, note, TODAY)
    denis, url = browse("denis"), f"{BASE}/{child}/fiches"
    denis.get(f"{url}/suivi", 404)
    present_situation(db, amina, child, TODAY)
    told = pdf_text(denis.client.get(f"{url}/suivi").data)
    assert "CANARI-school" in told
    assert "CANARI-health" not in told
    assert "CANARI-justice" not in told
    assert "Santé" not in pdf_text(denis.client.get(f"{url}/orientation").data)
    assert "CANARI-health" in pdf_text(browse("basile").client.get(f"{url}/suivi").data)
    for persona, status in (("elodie", 403), ("chloe", 404)):
        browse(persona).get(f"{url}/suivi", status)
        browse(persona).get(f"{BASE}/fiches", status)
        browse(persona).get(f"{BASE}/fiches/suivi", status)
    assert browse(None).client.get(f"{url}/suivi").status_code == 302
    foreign = followed("Rose", "Lilas", amina)
    browse("basile").get(f"{BASE}/{foreign}/fiches/suivi", 404)
    browse("basile").get(f"{url}/inconnue", 404)


def test_a_note_says_with_whom_and_the_next_one_begins_where_it_ended(
    browse: Any, db: EncryptedDatabase, followed: Child
) -> None:
    child = followed(scope=(FieldClass.SCHOOL, FieldClass.HEALTH))
    basile, url = browse("basile"), f"{BASE}/{child}/notes/nouvelle"
    health = NOTE | {"field_class": "health", "with_whom": "l’orthophoniste"}
    assert "avec l’orthophoniste" in basile.follow(url, health)
    assert db.value("SELECT with_whom FROM follow_up_note") == ""
    again = basile.get(url)
    assert 'value="l’orthophoniste"' in again
    assert 'value="call" checked' in again
    (note,) = list_notes(db, get_file(db, child), frozenset(FieldClass))
    assert note.with_whom == "l’orthophoniste"
    changed = health | {"with_whom": "la mère", "field_class": "school", "version": "1"}
    basile.follow(f"{BASE}/{child}/notes/{note.id}/modifier", changed)
    assert db.value("SELECT with_whom FROM follow_up_note") == "la mère"


def test_a_note_asks_six_things_four_of_them_filled_and_says_who_will_read_it(browse: Any, followed: Child) -> None:
    child = followed(scope=(FieldClass.SCHOOL, FieldClass.HEALTH))
    basile, url = browse("basile"), f"{BASE}/{child}/notes/nouvelle"
    objective = basile.get(url).split('name="objective_id"')[1].split('<option value="')[2].split('"')[0]
    page = basile.follow(url, NOTE | {"with_whom": "la mère", "objective_id": objective}) and basile.get(url)
    form = re.sub(r"<details.*?</details>", "", page.split('<form class="form"')[1].split("</form>")[0], flags=re.S)
    asked = set(re.findall(r'name="(\w+)"', form)) - {"csrf_token", "once", "version", "again"}
    facts_apart_from_opinion = {"observed", "appreciation"}
    assert asked == {"contact_on", "minutes", "contact_kind", "with_whom", "objective_id"} | facts_apart_from_opinion
    for filled in (
        'value="20/11/2026"', 'value="call" checked', 'value="la mère"', f'<option value="{objective}" selected',
    ):  # fmt: skip
        assert filled in form, filled
    folded = page.replace("\u00a0", " ")
    assert (
        "Qui la lira si vous ne changez rien : coordination, référent de parcours et partenaire de l’équipe" in folded
    )
    assert "Santé. La liront : coordination et référent de parcours<" in folded
    assert "<details open>" in basile.send(url, NOTE | {"field_class": "justice"}).text


def test_an_objective_is_measured_at_the_exit_on_the_scale_of_its_start(
    browse: Any, db: EncryptedDatabase, followed: Child
) -> None:
    child = followed()
    amina = browse("amina")
    typed = {"label": "Lire seul", "starting_point": "Déchiffre", "starting_level": "2"}
    amina.follow(f"{BASE}/{child}/objectifs", typed)
    pathway = get_file(db, child).pathway
    assert pathway is not None
    measured = pathway.objectives[-1]
    page_of_exit = amina.get(f"{BASE}/{child}/sortie")
    assert f'name="level_{measured.id}"' in page_of_exit
    assert page_of_exit.count("Au départ") == 1
    results = {f"result_{each.id}": "reached" for each in pathway.objectives}
    sent: dict[str, Any] = {"ended_on": "20/11/2026", "reason": "reached", f"level_{measured.id}": "4"} | results
    sent["missing"] = ["relay", "child_opinion", "parents_opinion", "referent_opinion"]
    shown = amina.follow(f"{BASE}/{child}/sortie", sent)
    assert "2 sur 5, puis 4" in shown.replace("\u00a0", " "), shown[shown.index("Déchiffre") :][:300]
    assert db.value("SELECT level FROM objective_result WHERE level NOT NULL") == 4
