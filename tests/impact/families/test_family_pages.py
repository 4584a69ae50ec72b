"""The pages of families: who sees them, what is refused, what is kept."""

from datetime import date
from typing import Any

import pytest

from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.families.storage import list_families, list_presences
from impact.workshops.records import Workshop
from impact.workshops.storage import add_workshop, list_cycles

ROOT = "/communautes/pre-demonstration"
PAGE = f"{ROOT}/ateliers/familles"


@pytest.fixture
def session(db: EncryptedDatabase, amina: Actor, cafes: None) -> int:
    return add_workshop(db, amina, Workshop(0, list_cycles(db)[0].id, "Séance de juillet", date(2026, 7, 1), "École"))


def test_families_are_for_those_who_run_workshops(browse: Any, session: int) -> None:
    for persona in ("basile", "denis"):
        browse(persona).get(PAGE, 403)
        browse(persona).get(f"{ROOT}/ateliers/{session}/familles", 403)
    browse("chloe").get(PAGE, 404)
    assert browse(None).client.get(PAGE).status_code in (302, 303, 401)
    assert "Bourrasque" in browse("amina").get(PAGE)
    assert "Familles touchées" in browse("amina").get(f"{ROOT}/ateliers/")
    assert "Bourrasque" not in browse("denis").get(f"{ROOT}/indicateurs/")


def test_a_sheet_is_typed_refused_and_kept(browse: Any, db: EncryptedDatabase, session: int) -> None:
    amina, path = browse("amina"), f"{ROOT}/ateliers/{session}/familles"
    known = list_families(db)[0]
    page = amina.send(path, {f"adults_{known.id}": "deux", "new_family_name": "Zéphyr"}).text
    assert "Erreur" in page
    assert 'value="deux"' in page
    assert 'value="Zéphyr"' in page
    assert list_presences(db, session) == []
    assert "combien d’adultes" in amina.send(path, {"new_family_name": "Zéphyr"}).text
    page = amina.follow(path, {f"adults_{known.id}": "2", "new_family_name": "Zéphyr", "new_children": "1"})
    assert "2 familles, dont 1 nouvelle" in page.replace("\u202f", " ").replace("\xa0", " ")
    assert {row.name: (row.adults, row.children) for row in list_presences(db, session)} == {
        known.name: (2, 0),
        "Zéphyr": (0, 1),
    }


def test_a_family_is_linked_from_the_file_of_a_child(
    browse: Any, db: EncryptedDatabase, cafes: None, child: int
) -> None:
    amina, path = browse("amina"), f"{ROOT}/enfants/{child}/ateliers-de-parents"
    family = list_families(db)[0]
    assert "Familles reliées" not in amina.get(path)
    assert "Choisissez la famille" in amina.send(path, {"agreed_on": "02/11/2026"}).text
    assert "le jour où la famille" in amina.send(path, {"family_id": str(family.id)}).text
    page = amina.follow(path, {"family_id": str(family.id), "agreed_on": "02/11/2026"})
    assert "Venue 2 fois" in page.replace("\xa0", " ")
    assert [known.id for known in list_families(db, child)] == [family.id]
    told = f"{family.name} : 2 venues, la dernière le"
    assert told in amina.get(f"{ROOT}/enfants/{child}").replace("\xa0", " ")
    amina.follow(f"{path}/{family.id}/retirer", {}, page=path)
    assert told not in amina.get(f"{ROOT}/enfants/{child}").replace("\xa0", " ")
    assert list_families(db, child) == []
    for persona in ("denis", "elodie"):
        browse(persona).get(path, 403)
