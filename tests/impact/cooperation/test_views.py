"""The pages of « Acteurs », as each persona meets them."""

import re
from typing import Any

import pytest

from impact.audit import Actor
from impact.communities.storage import add_organisation
from impact.cooperation import action_storage, meeting_storage, storage
from impact.db import EncryptedDatabase
from impact.vocabulary import OrganisationKind

ROOT = "/communautes/pre-demonstration/acteurs"
EMPTY = ("", "questions/", "actions/", "reunions/", "structures/")


@pytest.fixture
def three(db: EncryptedDatabase, amina: Actor) -> list[int]:
    names = ("Ville de Brumeval", "Maison des Tilleuls", "Club des Étangs")
    return [add_organisation(db, amina, name, OrganisationKind.ASSOCIATION) for name in names]


@pytest.mark.parametrize("page", EMPTY)
def test_empty_pages_say_what_to_do_and_refuse_who_may_not_read(browse: Any, page: str) -> None:
    assert "pour l’instant" in browse("elodie").get(f"{ROOT}/{page}")
    browse("denis").get(f"{ROOT}/{page}", 403)
    browse("chloe").get(f"{ROOT}/{page}", 404)
    assert browse(None).client.get(f"{ROOT}/{page}").status_code == 302


def test_a_reader_without_the_right_cannot_open_a_round(browse: Any) -> None:
    browse("basile").get(f"{ROOT}/tours/nouveau", 403)


def test_links_are_declared_confirmed_made_and_carried(browse: Any, db: EncryptedDatabase, three: list[int]) -> None:
    elodie = browse("elodie")
    elodie.follow(f"{ROOT}/tours/nouveau", {"held_on": "01/10/2026"})
    wrong = {"declarer_id": three[0], "partner_id": three[0], "kind": "existing"}
    refused = elodie.send(f"{ROOT}/liens/declarer", wrong).text
    assert "deux structures différentes" in refused
    assert f'<option value="{three[0]}" selected>' in refused
    elodie.follow(f"{ROOT}/liens/declarer", {**wrong, "partner_id": three[1]})
    elodie.follow(f"{ROOT}/liens/declarer", {**wrong, "partner_id": three[2], "kind": "to_create"})
    elodie.follow(f"{ROOT}/liens/1/confirmer", {}, page=f"{ROOT}/")
    elodie.follow(f"{ROOT}/liens/2/realiser", {}, page=f"{ROOT}/")
    confirmed, made = storage.list_links(db, 1)
    assert confirmed.is_confirmed
    assert made.exists
    page = elodie.follow(f"{ROOT}/tours/nouveau", {"held_on": "01/11/2026", "carry": "y"})
    assert "2\u00a0liens existants" in page
    assert '67\u202f%<span class="petit doux bloc">2 sur 3' in page
    assert '100\u202f%<span class="petit doux bloc">1 sur 1' in page
    assert "Types absents de l’annuaire" in page
    closed = elodie.get(f"{ROOT}/?tour=1")
    assert "Ce tour est clos" in closed
    assert "1\u00a0lien existant" in closed
    assert "choisissez un jour plus récent" in elodie.send(f"{ROOT}/tours/nouveau", {"held_on": "01/10/2026"}).text


def test_questions_are_proposed_validated_and_merged(browse: Any, db: EncryptedDatabase) -> None:
    elodie = browse("elodie")
    typed = {"words": "Comment faire ?", "proposed_on": "01/09/2026", "validated_on": "31/08/2026"}
    assert "elle se valide ensuite" in elodie.send(f"{ROOT}/questions/nouvelle", typed).text
    elodie.follow(f"{ROOT}/questions/nouvelle", {**typed, "validated_on": "02/09/2026"})
    elodie.follow(f"{ROOT}/questions/nouvelle", {"words": "Et comment mieux ?", "proposed_on": "01/09/2026"})
    edit = f"{ROOT}/questions/2"
    page = elodie.follow(f"{edit}/fusionner", {"target_id": "1"}, page=edit)
    assert "1\u00a0fusionnée" in page
    assert [known.merged_into for known in storage.list_questions(db)] == [None, 1]


def test_an_action_with_its_money(browse: Any, db: EncryptedDatabase, three: list[int]) -> None:
    elodie = browse("elodie")
    typed = {"title": "Bus", "state": "under_way", "lead_id": three[0], "partner_ids": [three[1]]}
    typed["bands"] = ["16-18", "adults"]
    long = elodie.send(f"{ROOT}/actions/nouvelle", {**typed, "title": "x" * 300}).text
    assert "160 caractères au plus" in long
    assert "x" * 300 in long
    elodie.follow(f"{ROOT}/actions/nouvelle", typed)
    page = f"{ROOT}/actions/1"
    for funder, granted in (("Ville", "600"), ("État", "400")):
        shown = elodie.follow(page, {"funder": funder, "granted": granted})
    assert "40\u202f%" in shown
    assert "ans et parents et autres adultes" in shown
    assert "au moins un montant" in elodie.send(page, {"funder": "Caisse"}).text
    assert "Bus" in elodie.get(f"{ROOT}/actions/?age=16-18")
    assert "Aucune action ne correspond" in elodie.get(f"{ROOT}/actions/?age=0-3")
    assert len(action_storage.list_fundings(db)[1]) == 2


def test_a_meeting_and_a_sheet(browse: Any, db: EncryptedDatabase, three: list[int]) -> None:
    elodie = browse("elodie")
    elodie.follow(f"{ROOT}/reunions/nouvelle", {"kind": "troika", "held_on": "10/11/2026"})
    record = {f"structure_{three[0]}": "3", "parents": "2", "decisions": "Oui\nNon"}
    assert "5\u00a0personnes" in elodie.follow(f"{ROOT}/reunions/1/compte-rendu", record)
    assert meeting_storage.get_meeting(db, 1).decision_list == ["Oui", "Non"]
    sheet = f"{ROOT}/structures/{three[0]}"
    assert "Une salle" in elodie.follow(f"{sheet}/modifier", {"levels": ["field"], "offered": "Une salle"})
    browse("basile").get(f"{sheet}/modifier", 403)


def test_two_people_recording_a_meeting_see_both_counts(browse: Any, db: EncryptedDatabase, three: list[int]) -> None:
    elodie = browse("elodie")
    elodie.follow(f"{ROOT}/reunions/nouvelle", {"kind": "troika", "held_on": "10/11/2026"})
    url = f"{ROOT}/reunions/1/compte-rendu"
    elodie.follow(url, {f"structure_{three[0]}": "4"})
    late = elodie.send(url, {f"structure_{three[1]}": "2", "version": "1"})
    assert late.status_code == 409
    assert re.search(r"Ville de Brumeval</th><td[^>]*></td><td[^>]*>4</td>", late.text)
    assert re.search(r"Maison des Tilleuls</th><td[^>]*>2</td><td[^>]*></td>", late.text)
    assert "None" not in late.text
