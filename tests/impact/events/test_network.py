"""The public agenda, offers and their relevance, resources."""

from datetime import timedelta
from typing import Any

import pytest

from impact.audit import Actor
from impact.communities.storage import add_organisation
from impact.db import EncryptedDatabase
from impact.events import network_storage, storage
from impact.events.records import Count, Event, Heads, Series
from impact.events.vocabulary import SeriesKind
from impact.vocabulary import OrganisationKind
from tests.conftest import TODAY

ROOT = "/communautes/pre-demonstration/evenements"


@pytest.fixture
def coming(db: EncryptedDatabase, amina: Actor) -> int:
    series_id = storage.add_series(db, amina, Series(0, SeriesKind.DAY, "Journées"))
    storage.add_event(db, amina, Event(0, series_id, "Journée passée", TODAY - timedelta(days=9)))
    classes = storage.add_series(db, amina, Series(0, SeriesKind.SEQUENCE, "Séquences"))
    storage.add_event(db, amina, Event(0, classes, "Séquence en classe", TODAY + timedelta(days=9)))
    return storage.add_event(db, amina, Event(0, series_id, "Journée du réseau", TODAY + timedelta(days=9)))


def opened(db: EncryptedDatabase, actor: Actor) -> str:
    network_storage.open_agenda(db, actor)
    return f"/agenda/pre-demonstration/{network_storage.find_token(db)}"


@pytest.mark.parametrize("page", ["offres/", "ressources/"])
def test_pages_open_to_members_only(browse: Any, page: str) -> None:
    assert "pour l’instant" in browse("elodie").get(f"{ROOT}/{page}")
    browse("denis").get(f"{ROOT}/{page}", 403)
    browse("chloe").get(f"{ROOT}/{page}", 404)
    assert browse(None).client.get(f"{ROOT}/{page}").status_code == 302


def test_a_stranger_reads_the_agenda_and_registers_without_a_name(
    browse: Any, db: EncryptedDatabase, amina: Actor, coming: int
) -> None:
    root, stranger = opened(db, amina), browse(None)
    page = stranger.get(root)
    assert "Journée du réseau" in page
    assert "Journée passée" not in page
    assert "Séquence en classe" not in page
    url = f"{root}/{coming}"
    refused = stranger.send(url, {"kind": "association", "people": "50"}).text
    assert "entre 1 et 20" in refused
    assert '<option value="association" selected>' in refused
    for _ in range(2):
        stranger.send(url, {"kind": "association", "people": "3", "once": "la même"})
    assert "Votre inscription est notée" in stranger.send(url, {"kind": "state", "people": "1"}).text
    heads = storage.get_event(db, coming).heads
    assert {kind: known.registered for kind, known in heads.items()} == {
        OrganisationKind.ASSOCIATION: 3,
        OrganisationKind.STATE: 1,
    }


def test_a_closed_agenda_leads_nowhere(browse: Any, db: EncryptedDatabase, amina: Actor, coming: int) -> None:
    root, elodie = opened(db, amina), browse("elodie")
    assert root in elodie.get(f"{ROOT}/agenda")
    browse("basile").get(f"{ROOT}/agenda", 403)
    elodie.follow(f"{ROOT}/agenda/fermer", {}, page=f"{ROOT}/agenda")
    assert browse(None).client.get(root).status_code == 404
    assert browse(None).client.get(f"{root}/{coming}").status_code == 404
    assert opened(db, amina) != root


def test_a_held_date_takes_nobody_more(browse: Any, db: EncryptedDatabase, amina: Actor) -> None:
    series_id = storage.add_series(db, amina, Series(0, SeriesKind.DAY, "Journées"))
    held = storage.add_event(db, amina, Event(0, series_id, "Ce matin", TODAY))
    storage.record_count(db, amina, Count(held, {OrganisationKind.STATE: Heads(on_site=4)}, {}, 1), TODAY)
    assert browse(None).client.get(f"{opened(db, amina)}/{held}").status_code == 404


def test_offers_and_their_relevance(browse: Any, db: EncryptedDatabase, amina: Actor) -> None:
    city = add_organisation(db, amina, "Ville de Brumeval", OrganisationKind.LOCAL_AUTHORITY)
    elodie, basile = browse("elodie"), browse("basile")
    assert "Écrivez l’offre" in elodie.send(f"{ROOT}/offres/nouvelle", {"organisation_id": str(city)}).text
    elodie.follow(f"{ROOT}/offres/nouvelle", {"organisation_id": str(city), "title": "Une salle"})
    # Basile speaks for no organisation: he is offered none.
    alone = basile.send(f"{ROOT}/offres/nouvelle", {"organisation_id": str(city), "title": "Autre"})
    assert "réponse de la liste" in alone.text
    opinion = f"{ROOT}/offres/1/avis"
    assert "Dites si cette offre" in basile.send(opinion, {}).text
    basile.follow(opinion, {"relevance": "little"})
    basile.follow(opinion, {"relevance": "essential"})
    page = elodie.follow(opinion, {"relevance": "none"})
    assert "1 avis sur 2" in page
    refused = basile.send(f"{ROOT}/offres/1/retirer", {}, page=opinion)
    assert refused.status_code == 403
    assert "1\u00a0offre retirée" in elodie.follow(f"{ROOT}/offres/1/retirer", {}, page=f"{ROOT}/offres/")
    assert network_storage.get_offer(db, 1).withdrawn_on == TODAY


def test_resources_by_theme(browse: Any, db: EncryptedDatabase) -> None:
    basile = browse("basile")
    typed = {"title": "Un guide", "theme": "Sommeil", "address": "javascript:alert(1)"}
    refused = basile.send(f"{ROOT}/ressources/nouvelle", typed).text
    assert "adresse entière" in refused
    assert 'value="Un guide"' in refused
    page = basile.follow(f"{ROOT}/ressources/nouvelle", {**typed, "address": "https://exemple.fr/guide"})
    assert 'href="https://exemple.fr/guide"' in page
    assert "Retirer" not in page
    browse("elodie").follow(f"{ROOT}/ressources/1/retirer", {}, page=f"{ROOT}/ressources/")
    assert network_storage.list_resources(db) == []
