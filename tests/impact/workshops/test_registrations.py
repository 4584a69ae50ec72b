"""From the public page to the door: who registers, who is expected, who is there."""

from datetime import date
from typing import Any

import pytest

from impact.audit import Actor
from impact.communities.storage import add_member, list_members
from impact.db import EncryptedDatabase
from impact.exceptions import Refused
from impact.identities import Identity
from impact.workshops.records import Cycle, Workshop
from impact.workshops.registration_storage import (
    check_in,
    get_opening,
    list_expected,
    list_registrations,
    open_registration,
    register,
)
from impact.workshops.storage import add_cycle, add_workshop, get_workshop, present_ids
from impact.workshops.vocabulary import RegistrationState

ROOT = "/communautes/pre-demonstration/ateliers"
TODAY = date(2026, 11, 20)
ODE = {"family_name": "Nuage", "given_name": "Ode", "organisation": "Collège des Saules"}


@pytest.fixture
def today_s(db: EncryptedDatabase, amina: Actor) -> int:
    cycle_id = add_cycle(db, amina, Cycle(0, "Cafés des parents", "Se parler"))
    return add_workshop(db, amina, Workshop(0, cycle_id, "Café du jour", TODAY, "Préau"))


def address(db: EncryptedDatabase, actor: Actor, workshop_id: int, seats: int | None = None) -> str:
    open_registration(db, actor, workshop_id, seats)
    return f"/inscription/pre-demonstration/{get_opening(db, workshop_id).token}"


def test_a_stranger_registers_gets_a_code_and_a_calendar(
    browse: Any, db: EncryptedDatabase, amina: Actor, today_s: int
) -> None:
    url, stranger = address(db, amina, today_s), browse(None)
    assert "Café du jour" in stranger.get(url)
    refused = stranger.send(url, {**ODE, "given_name": ""}).text
    assert "Écrivez votre prénom" in refused
    assert 'value="Nuage"' in refused
    assert "Il manque la fin de l’adresse" in stranger.send(url, {**ODE, "email": "ode@nuage"}).text
    page = stranger.send(url, ODE).text
    (found,) = list_registrations(db, today_s)
    assert found.code in page
    assert (found.listed_name, found.state) == ("Nuage Ode", RegistrationState.REGISTERED)
    again = stranger.send(url, {**ODE, "family_name": "NUAGE"}).text
    assert found.code in again
    assert len(list_registrations(db, today_s)) == 1
    assert "Café du jour" in stranger.client.get(f"{url}/agenda.ics").text


def test_a_full_closed_or_past_workshop_takes_nobody(
    browse: Any, db: EncryptedDatabase, amina: Actor, today_s: int
) -> None:
    url = address(db, amina, today_s, seats=1)
    browse(None).send(url, ODE)
    assert "plus de place" in browse(None).send(url, {"family_name": "Orage", "given_name": "Lou"}).text.replace(
        "\xa0", " "
    )
    with pytest.raises(Refused, match="terminées"):
        register(db, get_workshop(db, today_s), Identity("Orage", "Lou"), "", date(2026, 11, 21))
    browse("amina").follow(f"{ROOT}/{today_s}/inscriptions/fermer", {}, page=f"{ROOT}/{today_s}/inscriptions")
    browse(None).get(url, 404)
    browse(None).get("/inscription/pre-demonstration/inconnu", 404)
    browse(None).get("/inscription/nulle-part/inconnu", 404)


def test_the_door_ticks_by_code_or_by_name_and_adds_who_is_not_in_the_directory(
    browse: Any, db: EncryptedDatabase, amina: Actor, today_s: int
) -> None:
    add_member(db, amina, Identity("Orage", "Lou"), None, TODAY)
    workshop = get_workshop(db, today_s)
    code = register(db, workshop, Identity("Nuage", "Ode"), "Nulle part", TODAY)
    register(db, workshop, Identity("Orage", "Lou"), "", TODAY)
    register(db, workshop, Identity("Nuageux", "Max"), "", TODAY)
    elodie, path = browse("elodie"), f"{ROOT}/{today_s}/accueil"
    assert "Personne d’attendu" in elodie.send(path, {"who": "ZZZZ"}).text
    assert "écrivez le code" in elodie.send(path, {"who": "nuage"}).text
    elodie.follow(path, {"who": code.lower()})
    elodie.follow(path, {"who": "orage"})
    names = {known.id: known.listed_name for known in list_members(db)}
    assert sorted(names[known] for known in present_ids(db, today_s)) == ["Nuage Ode", "Orage Lou"]
    assert [line.listed_name for line in list_expected(db, workshop) if not line.is_present] == ["Nuageux Max"]
    check_in(db, amina, today_s, code, TODAY)
    assert len(present_ids(db, today_s)) == 2


@pytest.mark.pdf
def test_registrations_are_listed_excused_and_printed_for_those_who_run(
    browse: Any, db: EncryptedDatabase, amina: Actor, today_s: int
) -> None:
    register(db, get_workshop(db, today_s), Identity("Nuage", "Ode"), "Collège des Saules", TODAY)
    path, elodie = f"{ROOT}/{today_s}/inscriptions", browse("elodie")
    assert 'value="beaucoup"' in elodie.send(path, {"seats": "beaucoup"}).text
    assert get_opening(db, today_s).token is None
    assert "Nuage Ode" in elodie.follow(path, {"seats": "20"})
    assert get_opening(db, today_s).seats == 20
    (found,) = list_registrations(db, today_s)
    sheet = elodie.client.get(f"{ROOT}/{today_s}/emargement")
    assert sheet.data.startswith(b"%PDF-")
    elodie.follow(f"{path}/{found.id}/excuser", {}, page=path)
    assert list_registrations(db, today_s)[0].state is RegistrationState.EXCUSED
    assert list_expected(db, get_workshop(db, today_s)) == []
    for persona, status in (("basile", 403), ("denis", 403), ("chloe", 404)):
        browse(persona).get(path, status)
        browse(persona).get(f"{ROOT}/{today_s}/emargement", status)
        browse(persona).get(f"{ROOT}/{today_s}/accueil", status)
