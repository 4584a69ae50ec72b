"""A child's story through the pages, and what each wrong input is answered."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from impact.accounts.access import FieldClass
from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.demo import PRE
from impact.pathways.file_storage import get_file, list_notes
from impact.pathways.line_storage import list_lines
from impact.pathways.vocabulary import State

TODAY = date(2026, 11, 20)
BASE = f"/communautes/{PRE}/enfants"
Child = Callable[..., int]
SITUATION = {
    "given_name": "Zélie",
    "family_name": "Pommerole",
    "birth_day": "14",
    "birth_month": "3",
    "birth_year": "2017",
    "sex": "girl",
    "received_on": "07/09/2026",
    "origin": "school",
    "motive_1": "school_results",
    "motive_2": "isolation",
    "context": "L’école demande un appui.",
}
CONSENT = {
    "given_name": "Dalva",
    "family_name": "Pommerole",
    "relation": "mother",
    "given_on": "12/09/2026",
    "means": "written",
    "scope": ["school", "social"],
    "text_version": "Formulaire, version 2",
}
NOTE = {
    "contact_kind": "home_visit",
    "contact_on": "17/11/2026",
    "minutes": "25",
    "field_class": "school",
    "observed": "A lu une page à voix haute.",
    "appreciation": "Semble plus à l’aise.",
}


def results(db: EncryptedDatabase, child: int, value: str = "reached") -> dict[str, str]:
    pathway = get_file(db, child).pathway
    assert pathway is not None
    return {f"result_{objective.id}": value for objective in pathway.objectives}


def test_from_a_new_situation_to_its_exit(browse: Any, db: EncryptedDatabase, lists: None, basile: Actor) -> None:
    amina = browse("amina")
    assert "Aucune situation pour l’instant" in amina.get(f"{BASE}/")
    page = amina.follow(f"{BASE}/nouvelle-situation", SITUATION)
    assert "Accord à demander" in page
    child = list_lines(db, TODAY)[0].situation_id
    url = f"{BASE}/{child}"
    assert "Décision attendue" in amina.follow(f"{url}/accord", CONSENT)
    assert "ses partenaires peuvent lire" in amina.follow(f"{url}/presentation", {}, url)
    decided = {"outcome": "pathway", "decided_on": "21/09/2026"}
    assert "Parcours à ouvrir" in amina.follow(f"{url}/decision", decided)
    opening = {
        "started_on": "28/09/2026",
        "review_on": "08/12/2026",
        "referent_id": str(basile.member_id),
        "objective_1": "Lire un texte court",
        "start_1": "Lit dix mots",
        "profile": "profil_1",
    }
    page = amina.follow(f"{url}/ouverture", opening)
    assert "<dt>Profil</dt><dd>Profil 1</dd>" in page
    assert "Basile Tournelac" in page
    assert "En parcours" in page
    referent = browse("basile")
    page = referent.follow(f"{url}/notes/nouvelle", NOTE)
    assert "A lu une page à voix haute." in page
    assert "Appréciation de Basile Tournelac" in page
    more = {"label": "Venir le mercredi", "starting_point": "Jamais"}
    assert "Venir le mercredi" in referent.follow(f"{url}/objectifs", more)
    assert "Mardi 15\u00a0décembre\u00a02026" in referent.follow(f"{url}/bilan", {"review_on": "15/12/2026"})
    assert get_file(db, child).pathway.review_on == date(2026, 12, 15)  # type: ignore[union-attr]
    leaving: dict[str, Any] = {"ended_on": "20/11/2026", "reason": "reached", "relay": "Centre social"}
    leaving |= results(db, child) | {"missing": ["child_opinion", "parents_opinion", "referent_opinion"]}
    page = referent.follow(f"{url}/sortie", leaving)
    assert "Objectifs atteints" in page
    assert "Centre social" in page
    assert [line.state for line in list_lines(db, TODAY)] == [State.ENDED]
    again = f"{url}/reouverture"
    page = amina.send(again, {"reopened_on": "19/11/2026", "reason": "La famille revient"}).get_data(as_text=True)
    assert "la réouverture vient après" in page
    assert "La famille revient" in page
    page = amina.follow(again, {"reopened_on": "20/11/2026", "reason": "La famille revient"})
    assert "En parcours" in page
    assert "Fin du parcours" in page
    assert "La famille revient" in page


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"family_name": "", "given_name": ""}, "Écrivez au moins un prénom ou un nom."),
        ({"sex": ""}, "Choisissez une réponse"),
        ({"received_on": ""}, "Écrivez le jour où la situation est arrivée."),
        ({"received_on": "31/04/2026"}, "Ce mois a 30"),
        ({"received_on": "21/11/2026"}, "à venir"),
        ({"birth_day": "29", "birth_month": "2", "birth_year": "2023"}, "Février a 28"),
        ({"birth_year": "17"}, "en chiffres"),
        ({"birth_year": "0001"}, "trop ancienne"),
        ({"birth_year": "9999"}, "né après"),
        ({"birth_day": "", "birth_month": ""}, "en chiffres"),
        ({"birth_day": "21", "birth_month": "11", "birth_year": "2026"}, "né après"),
        ({"birth_year": "1950"}, "76"),
        ({"birth_year": "2025"}, "Corrigez, ou cochez pour confirmer"),
        ({"origin": "ailleurs"}, "Choisissez une réponse de la liste."),
        ({"motive_1": ""}, "Choisissez au moins un motif."),
        ({"context": "x" * 2001}, "caractères au plus"),
    ],
)
def test_a_wrong_situation_is_explained_and_kept(
    browse: Any, db: EncryptedDatabase, lists: None, changes: dict[str, str], message: str
) -> None:
    answer = browse("amina").send(f"{BASE}/nouvelle-situation", SITUATION | {"context": "Texte gardé"} | changes)
    assert answer.status_code == 200
    assert answer.text.count(message) == 2
    assert 'class="encart erreur"' in answer.text
    assert "Texte gardé" in answer.text or "context" in changes
    assert list_lines(db, TODAY) == []


def test_an_unusual_age_is_confirmed(browse: Any, db: EncryptedDatabase, lists: None) -> None:
    amina = browse("amina")
    young = SITUATION | {"birth_year": "2025"}
    assert 'name="confirm_age"' in amina.send(f"{BASE}/nouvelle-situation", young).text
    amina.follow(f"{BASE}/nouvelle-situation", young | {"confirm_age": "y"})
    assert len(list_lines(db, TODAY)) == 1


def test_a_child_of_the_same_name_is_asked_about(browse: Any, db: EncryptedDatabase, received: Child) -> None:
    received()
    amina = browse("amina")
    alike = SITUATION | {"given_name": "ZELIE"}
    page = amina.send(f"{BASE}/nouvelle-situation", alike).text
    assert "Un enfant de ce nom est déjà connu du PRE" in page
    assert "situation a été reçue le 07/09/2026" in page
    assert "suivi par une autre personne" in browse("basile").send(f"{BASE}/nouvelle-situation", alike).text
    amina.follow(f"{BASE}/nouvelle-situation", alike | {"known": "other"})
    assert len(list_lines(db, TODAY)) == 2


def test_correcting_a_situation_and_finding_a_conflict(browse: Any, db: EncryptedDatabase, received: Child) -> None:
    child = received(motives=("health", "family"))
    amina, url = browse("amina"), f"{BASE}/{child}/modifier"
    page = amina.get(url)
    assert 'value="2017"' in page
    assert amina.send(url, SITUATION | {"given_name": "Zoé", "motive_1": "family", "motive_2": ""}).status_code == 303
    assert get_file(db, child).situation.child.given_name == "Zoé"
    stale = amina.send(url, SITUATION | {"given_name": "Zita", "version": "2"})
    assert stale.status_code == 409
    assert "Zoé" in stale.text
    assert "Zita" in stale.text


@pytest.mark.parametrize(
    ("step", "sent", "message"),
    [
        ("accord", CONSENT | {"scope": []}, "Cochez au moins un domaine"),
        ("accord", CONSENT | {"given_on": "21/11/2026"}, "à venir"),
        ("accord", CONSENT | {"family_name": ""}, "Écrivez le nom de la personne"),
        ("accord", CONSENT | {"relation": "neighbour"}, "Choisissez une réponse de la liste."),
        ("decision", {"outcome": "pathway", "decided_on": "21/09/2026"}, "Il manque l’accord"),
        ("decision", {"outcome": "refused", "decided_on": "21/09/2026"}, "Écrivez la raison"),
        ("decision", {"outcome": "waiting", "decided_on": "06/09/2026", "reason": "Avis"}, "la décision vient après"),
        ("retrait-accord", {"withdrawn_on": "12/09/2026"}, "Aucun accord n’est en cours"),
    ],
)
def test_a_wrong_step_of_a_new_situation_is_explained(
    browse: Any, received: Child, step: str, sent: dict[str, Any], message: str
) -> None:
    answer = browse("amina").send(f"{BASE}/{received()}/{step}", sent)
    assert answer.status_code == 200
    assert message in answer.text
    assert "n’est pas encore enregistré" in answer.text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("step", "sent", "message"),
    [
        ("notes/nouvelle", NOTE | {"observed": ""}, "Écrivez au moins une phrase"),
        ("notes/nouvelle", NOTE | {"contact_on": "31/11/2026"}, "Ce mois a 30"),
        ("notes/nouvelle", NOTE | {"contact_on": "27/09/2026"}, "Le parcours a commencé le 28/09/2026"),
        ("notes/nouvelle", NOTE | {"contact_on": "21/11/2026"}, "à venir"),
        ("notes/nouvelle", NOTE | {"field_class": "health"}, "Choisissez une réponse de la liste."),
        ("notes/nouvelle", NOTE | {"minutes": "NaN"}, "nombre entier entre 0 et"),
        ("notes/nouvelle", NOTE | {"minutes": "1e400"}, "nombre entier entre 0 et"),
        ("notes/nouvelle", NOTE | {"minutes": "9223372036854775808"}, "nombre entier entre 0 et"),
        ("notes/nouvelle", NOTE | {"objective_id": "9999"}, "Choisissez une réponse de la liste."),
        ("objectifs", {"label": "Lire un texte court", "starting_point": "Dix"}, "déjà dans le parcours"),
        ("objectifs", {"label": "Nager", "starting_point": ""}, "d’où part l’enfant"),
        ("bilan", {"review_on": "28/09/2026"}, "Le bilan vient après"),
        ("sortie", {"ended_on": "27/09/2026", "reason": "moved"}, "où en est cet objectif"),
    ],
)
def test_a_wrong_step_of_a_pathway_is_explained(
    browse: Any, followed: Child, step: str, sent: dict[str, Any], message: str
) -> None:
    child = followed()
    answer = browse("basile").send(f"{BASE}/{child}/{step}", sent)
    assert answer.status_code == 200
    assert message in answer.text
    assert "encart erreur" in answer.text


def test_an_exit_needs_reason_and_results_and_a_day_after_the_start(
    browse: Any, db: EncryptedDatabase, followed: Child
) -> None:
    child = followed()
    basile, url = browse("basile"), f"{BASE}/{child}/sortie"
    assert "Choisissez le motif" in basile.send(url, results(db, child) | {"ended_on": "20/11/2026"}).text
    whole = ["relay", "child_opinion", "parents_opinion", "referent_opinion"]
    early = {"ended_on": "27/09/2026", "reason": "moved", "missing": whole} | results(db, child)
    silent = basile.send(url, early | {"missing": whole[1:], "child_opinion": "J’aime lire."})
    assert silent.text.count("Écrivez-le, ou cochez plus bas") == 2
    assert silent.text.count("c’est écrit plus haut, ne le cochez pas") == 2
    assert "la sortie vient après" in basile.send(url, early).text
    assert get_file(db, child).pathway.exit is None  # type: ignore[union-attr]


def test_opening_needs_an_objective_with_its_starting_point(
    browse: Any, db: EncryptedDatabase, received: Child, basile: Actor
) -> None:
    child = received()
    amina, url = browse("amina"), f"{BASE}/{child}"
    amina.follow(f"{url}/accord", CONSENT)
    amina.follow(f"{url}/decision", {"outcome": "pathway", "decided_on": "21/09/2026"})
    sent = {"started_on": "28/09/2026", "referent_id": str(basile.member_id), "objective_1": "Lire", "start_1": "Peu"}
    assert "aucun des deux" in amina.send(f"{url}/ouverture", sent | {"objective_2": "Nager"}).text
    assert "Choisissez une réponse de la liste" in amina.send(f"{url}/ouverture", sent | {"referent_id": "4"}).text
    assert "le parcours commence après" in amina.send(f"{url}/ouverture", sent | {"started_on": "20/09/2026"}).text
    assert get_file(db, child).pathway is None


def test_a_note_is_corrected_and_a_second_editor_sees_both_texts(
    browse: Any, db: EncryptedDatabase, followed: Child
) -> None:
    child = followed()
    basile = browse("basile")
    basile.follow(f"{BASE}/{child}/notes/nouvelle", NOTE)
    note = list_notes(db, get_file(db, child), frozenset(FieldClass))[0]
    url = f"{BASE}/{child}/notes/{note.id}/modifier"
    assert "A lu deux pages." in basile.follow(url, NOTE | {"observed": "A lu deux pages."})
    answer = browse("amina").send(url, NOTE | {"observed": "A lu trois pages.", "version": "1"})
    assert answer.status_code == 409
    assert "A lu deux pages." in answer.text
    assert "A lu trois pages." in answer.text


def test_two_notes_in_a_row(browse: Any, followed: Child) -> None:
    child = followed()
    answer = browse("basile").send(f"{BASE}/{child}/notes/nouvelle", NOTE | {"again": "1"})
    assert answer.headers["Location"].endswith("/notes/nouvelle")


def test_a_withdrawal_stops_notes_at_once(browse: Any, db: EncryptedDatabase, followed: Child) -> None:
    child = followed()
    basile, url = browse("basile"), f"{BASE}/{child}"
    page = basile.follow(f"{url}/retrait-accord", {"withdrawn_on": "20/11/2026"})
    assert "L’accord a été retiré" in page
    assert "Écrire une note" not in page
    assert "Aucune note ne peut être écrite" in basile.get(f"{url}/notes/nouvelle")
    answer = basile.send(f"{url}/notes/nouvelle", NOTE, f"{url}/accord")
    assert "Choisissez une réponse de la liste." in answer.text
    assert list_notes(db, get_file(db, child), frozenset(FieldClass)) == []
    page = basile.follow(f"{url}/accord", CONSENT | {"given_on": "20/11/2026", "scope": ["school", "health"]})
    assert "Écrire une note" in page


def test_the_referent_is_changed_by_the_coordinator(
    browse: Any, db: EncryptedDatabase, amina: Actor, followed: Child
) -> None:
    child = followed()
    typed = {"referent_id": str(amina.member_id), "since": "20/11/2026", "agreed": "y"}
    assert "Changement de référent" in browse("amina").follow(f"{BASE}/{child}/referent", typed)
    browse("basile").get(f"{BASE}/{child}/notes/nouvelle", 404)


def test_who_reads_the_file(browse: Any, followed: Child) -> None:
    child = followed()
    browse("basile").get(f"{BASE}/{child}")
    amina = browse("amina")
    assert "2\u00a0personnes ont ouvert" in amina.get(f"{BASE}/{child}")
    page = amina.get(f"{BASE}/{child}/lectures")
    assert "Basile Tournelac" in page
    assert "Lecture" in page
    browse("basile").get(f"{BASE}/{child}/lectures", 403)
    for _ in range(2):
        amina.get(f"{BASE}/{child}")
    assert re.search(r"\d+ fois", amina.get(f"{BASE}/{child}/lectures"))


def test_a_long_story_is_folded(browse: Any, db: EncryptedDatabase, followed: Child) -> None:
    child = followed()
    basile = browse("basile")
    for day in range(1, 13):
        basile.send(f"{BASE}/{child}/notes/nouvelle", NOTE | {"contact_on": f"{day:02}/11/2026"})
    page = basile.get(f"{BASE}/{child}")
    assert "événements plus anciens" in page
    assert "Situation reçue</h3>" not in page
    assert "Situation reçue</h3>" in basile.get(f"{BASE}/{child}?tout=1")


def test_lists_are_edited_by_the_coordinator(browse: Any, db: EncryptedDatabase, amina: Actor) -> None:
    browser, url = browse("amina"), f"{BASE}/listes"
    assert "Les listes de motifs sont vides" in browser.get(f"{BASE}/nouvelle-situation")
    page = browser.follow(f"{url}/remplir", {}, url)
    assert "Résultats scolaires" in page
    page = browser.follow(f"{url}/motifs/ajouter", {"label": "Sommeil", "source": "Réunion du 12 janvier"})
    assert "Sommeil" in page
    assert "déjà dans la liste" in browser.send(f"{url}/motifs/ajouter", {"label": "SOMMEIL", "source": "Autre"}).text
    assert "d’où vient ce mot" in browser.send(f"{url}/motifs/ajouter", {"label": "Écrans", "source": ""}).text
    item = db.value("SELECT id FROM reference_item WHERE label = 'Sommeil'")
    assert "Jusqu’au 20/11/2026" in browser.follow(f"{url}/{item}/cesser", {}, url)
    assert browser.send(f"{url}/9999/cesser", {}, url).status_code == 404
    browser.get(f"{url}/inconnue/ajouter", 404)
