"""The pages of workshops, as each persona meets them."""

import re
from datetime import date
from typing import Any

import pytest

from impact.audit import SYSTEM, Actor
from impact.communities.storage import add_member, add_organisation, list_members
from impact.db import EncryptedDatabase
from impact.identities import Identity
from impact.vocabulary import OrganisationKind
from impact.workshops import demo
from impact.workshops.records import AttendanceSheet, Cycle, Workshop
from impact.workshops.storage import (
    add_cycle,
    add_workshop,
    get_cycle,
    get_workshop,
    list_cycles,
    list_workshops,
    present_ids,
    record_attendance,
)
from impact.workshops.vocabulary import WorkshopState

ROOT = "/communautes/pre-demonstration/ateliers"
TODAY = date(2026, 11, 20)
HOSTILE = (
    "NULL",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{7*7}}",
    "{% include '/etc/passwd' %}",
    "%s {0.__class__}",
)


@pytest.fixture
def cycle_id(db: EncryptedDatabase, amina: Actor) -> int:
    return add_cycle(db, amina, Cycle(0, "Cafés des parents", "Se parler"))


@pytest.fixture
def past(db: EncryptedDatabase, amina: Actor, cycle_id: int) -> int:
    return add_workshop(db, amina, Workshop(0, cycle_id, "Premier café", date(2026, 11, 10), "Préau"))


@pytest.fixture
def coming(db: EncryptedDatabase, amina: Actor, cycle_id: int) -> int:
    return add_workshop(db, amina, Workshop(0, cycle_id, "Deuxième café", date(2026, 12, 1), "Préau"))


def person(db: EncryptedDatabase, actor: Actor, name: str = "Nuage") -> int:
    return add_member(db, actor, Identity(name, "Ode"), None, TODAY)


def test_a_cycle_and_its_workshops_are_made_by_forms(browse: Any, db: EncryptedDatabase) -> None:
    elodie = browse("elodie")
    assert "Aucun atelier pour l’instant" in elodie.get(f"{ROOT}/")
    page = elodie.follow(f"{ROOT}/cycles/nouveau", {"name": "Cycle d’essai", "core_threshold": "3"})
    assert "Ce cycle n’a pas encore d’atelier" in page
    (cycle,) = list_cycles(db)
    assert (cycle.name, cycle.core_threshold) == ("Cycle d’essai", 3)
    typed = {"title": "Ouverture", "held_on": "2026-12-03", "place": "Salle des fêtes"}
    page = elodie.follow(f"{ROOT}/cycles/{cycle.id}/nouvel-atelier", typed)
    assert "Jeudi 3" in page
    assert [known.held_on for known in list_workshops(db)] == [date(2026, 12, 3)]
    assert "Prochain" in elodie.get(f"{ROOT}/")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_kept_and_shown_as_text(browse: Any, db: EncryptedDatabase, text: str) -> None:
    page = browse("elodie").follow(f"{ROOT}/cycles/nouveau", {"name": text, "objective": text})
    (cycle,) = list_cycles(db)
    assert (cycle.name, cycle.objective) == (text, text)
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert not re.search(r"\b49\b", page)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"held_on": "29/02/2023"}, "Février a 28"),
        ({"held_on": "31/04/2024"}, "Ce mois a 30"),
        ({"held_on": "01/01/0001"}, "entre le"),
        ({"held_on": "31/12/9999"}, "entre le"),
        ({"held_on": ""}, "Écrivez le jour"),
        ({"title": "", "held_on": "01/12/2026"}, "Écrivez de quoi parle"),
        ({"title": "x" * 201, "held_on": "01/12/2026"}, "200 caractères"),
    ],
)
def test_a_wrong_workshop_is_explained_and_kept_as_typed(
    browse: Any, db: EncryptedDatabase, cycle_id: int, typed: dict[str, str], message: str
) -> None:
    answer = browse("elodie").send(
        f"{ROOT}/cycles/{cycle_id}/nouvel-atelier", {"title": "Titre gardé", "place": "Ici", **typed}
    )
    assert answer.status_code == 200
    assert answer.text.count(message) == 2
    assert 'value="Ici"' in answer.text
    assert list_workshops(db) == []


@pytest.mark.parametrize("typed", ["0", "101", "-1", "2,5", "NaN", "Infinity", "1e400", "9223372036854775808", "deux"])
def test_a_wrong_threshold_is_refused(browse: Any, db: EncryptedDatabase, typed: str) -> None:
    answer = browse("elodie").send(f"{ROOT}/cycles/nouveau", {"name": "Cycle", "core_threshold": typed})
    assert "Écrivez un nombre entier entre 1 et 100" in answer.text
    assert f'value="{typed}"' in answer.text
    assert list_cycles(db) == []


def test_a_form_sent_twice_is_stored_once_and_leads_to_the_same_place(browse: Any, db: EncryptedDatabase) -> None:
    elodie = browse("elodie")
    url = f"{ROOT}/cycles/nouveau"
    source = elodie.client.get(url).text
    fields = dict(re.findall(r'name="(csrf_token|once|version)"[^>]*value="([^"]*)"', source))
    first, second = (elodie.client.post(url, data={**fields, "name": "Une fois"}) for _ in range(2))
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.headers["Location"] == second.headers["Location"]
    assert len(list_cycles(db)) == 1


def test_two_editors_get_the_two_versions(browse: Any, db: EncryptedDatabase, cycle_id: int) -> None:
    url = f"{ROOT}/cycles/{cycle_id}/modifier"
    elodie = browse("elodie")
    elodie.follow(url, {"name": "Nom d’Élodie"})
    answer = elodie.send(url, {"name": "Nom d’Amina", "version": "1"})
    assert answer.status_code == 409
    assert "Nom d’Élodie" in answer.text
    assert "Nom d’Amina" in answer.text
    assert get_cycle(db, cycle_id).name == "Nom d’Élodie"


def test_attendance_is_ticked_then_the_workshop_closed(
    browse: Any, db: EncryptedDatabase, amina: Actor, past: int
) -> None:
    elodie = browse("elodie")
    here, away = person(db, amina, "Ici"), person(db, amina, "Ailleurs")
    url = f"{ROOT}/{past}"
    assert "En retard" in elodie.get("/")
    assert "À clore" in elodie.get(url)
    elodie.follow(url, {"present": [str(here), str(away)]})
    page = elodie.follow(url, {"present": [str(here)], "head_count": "3", "close": "1"})
    assert "Ici Ode" in page
    assert "Ailleurs Ode" not in page
    assert present_ids(db, past) == [here]
    assert "2\u00a0personnes comptées n’ont pas" in elodie.get(url)
    assert "Premier café" not in elodie.get("/")


def test_closing_without_anybody_is_refused_with_its_reason(browse: Any, db: EncryptedDatabase, past: int) -> None:
    answer = browse("elodie").send(f"{ROOT}/{past}", {"close": "1"})
    assert answer.status_code == 200
    assert answer.text.count("Cochez les personnes présentes ou écrivez leur nombre") == 2
    assert get_workshop(db, past).state is WorkshopState.PLANNED


def test_a_workshop_to_come_takes_no_attendance(browse: Any, db: EncryptedDatabase, coming: int) -> None:
    elodie = browse("elodie")
    url = f"{ROOT}/{coming}"
    assert "à partir du" in elodie.get(url)
    answer = elodie.send(url, {"head_count": "12", "close": "1"}, page="/mon-compte")
    assert answer.status_code == 200
    assert get_workshop(db, coming).state is WorkshopState.PLANNED
    assert "Deuxième café" in elodie.get("/")


def test_a_newcomer_is_added_on_the_same_page(browse: Any, db: EncryptedDatabase, amina: Actor, past: int) -> None:
    elodie = browse("elodie")
    club = add_organisation(db, amina, "Club des Étangs", OrganisationKind.ASSOCIATION)
    typed = {"family_name": "D’Aït-N’Golo", "given_name": "É", "organisation_id": str(club)}
    assert "D’Aït-N’Golo É" in elodie.follow(f"{ROOT}/{past}", typed)
    added = next(known for known in list_members(db) if known.listed_name == "D’Aït-N’Golo É")
    assert (added.organisation, present_ids(db, past)) == ("Club des Étangs", [added.id])
    again = elodie.send(f"{ROOT}/{past}", {"present": [str(added.id)], **typed})
    assert "est déjà dans l’annuaire" in again.text
    elodie.follow(f"{ROOT}/{past}", {"present": [str(added.id)], **typed, "homonym": "y"})
    assert len(present_ids(db, past)) == 2


def test_a_person_of_elsewhere_is_not_a_choice(browse: Any, db: EncryptedDatabase, past: int) -> None:
    for foreign in ("999", "1 OR 1=1", "9223372036854775808"):
        answer = browse("elodie").send(f"{ROOT}/{past}", {"present": [foreign]})
        assert "Choisissez une réponse de la liste" in answer.text
    assert present_ids(db, past) == []


def test_two_people_at_the_same_sheet(browse: Any, db: EncryptedDatabase, amina: Actor, past: int) -> None:
    elodie, here = browse("elodie"), person(db, amina)
    elodie.follow(f"{ROOT}/{past}", {"present": [str(here)]})
    answer = elodie.send(f"{ROOT}/{past}", {"head_count": "7", "version": "1"})
    assert answer.status_code == 409
    assert "Nuage Ode" in answer.text
    assert get_workshop(db, past).head_count is None


def test_cancelling_says_why_and_can_be_undone(browse: Any, db: EncryptedDatabase, coming: int) -> None:
    elodie = browse("elodie")
    assert "Salle fermée" in elodie.follow(f"{ROOT}/{coming}/annuler", {"cancel_reason": "Salle fermée"})
    assert "n’a pas eu lieu" in elodie.get(f"{ROOT}/{coming}")
    elodie.follow(f"{ROOT}/{coming}/retablir", {}, page=f"{ROOT}/{coming}")
    assert get_workshop(db, coming).state is WorkshopState.PLANNED


def test_a_held_workshop_is_not_moved_to_the_future_nor_cancelled(
    browse: Any, db: EncryptedDatabase, amina: Actor, past: int
) -> None:
    record_attendance(db, amina, AttendanceSheet(past, (), 9, 1), TODAY, close=True)
    elodie = browse("elodie")
    answer = elodie.send(f"{ROOT}/{past}/modifier", {"title": "Premier café", "held_on": "01/01/2027"})
    assert "ne peut pas être à venir" in answer.text
    assert "a eu lieu" in elodie.send(f"{ROOT}/{past}/annuler", {}).text
    assert get_workshop(db, past).held_on == date(2026, 11, 10)


def test_head_counts_alone_say_what_they_cannot(
    browse: Any, db: EncryptedDatabase, amina: Actor, cycle_id: int, past: int
) -> None:
    record_attendance(db, amina, AttendanceSheet(past, (), 9, 1), TODAY, close=True)
    assert "on ne sait pas combien de personnes différentes" in browse("elodie").get(f"{ROOT}/cycles/{cycle_id}")


def test_the_table_of_a_cycle_groups_people(browse: Any, place: Any) -> None:
    essonne = place.community("essonne")
    demo.fill(essonne, SYSTEM, TODAY)
    cycle = list_cycles(essonne)[0]
    page = browse("chloe").get(f"/communautes/essonne/ateliers/cycles/{cycle.id}")
    assert "33\u00a0personnes sont venues" in page
    assert re.findall(r"<strong>(\d+)</strong>", page) == ["33", "24", "24", "15", "9", "13", "7"]
    assert re.findall(r'<span class="compte">(\d+)</span>', page)[:3] == ["15", "13", "5"]
    essonne.close()


def test_reading_is_for_members_and_running_for_facilitators(browse: Any, cycle_id: int, past: int) -> None:
    basile = browse("basile")
    assert "Ajouter un atelier" not in basile.get(f"{ROOT}/cycles/{cycle_id}")
    assert "Enregistrer" not in basile.get(f"{ROOT}/{past}")
    basile.get(f"{ROOT}/{past}/modifier", 403)
    browse("denis").get(f"{ROOT}/", 403)
    browse("chloe").get(f"{ROOT}/{past}", 404)
    assert browse(None).client.get(f"{ROOT}/").status_code == 302


def test_an_absent_workshop_is_a_404(browse: Any) -> None:
    elodie = browse("elodie")
    elodie.get(f"{ROOT}/999", 404)
    elodie.get(f"{ROOT}/cycles/999", 404)
    elodie.get(f"{ROOT}/cycles/999/nouvel-atelier", 404)
    elodie.get(f"{ROOT}/9223372036854775807", 404)
