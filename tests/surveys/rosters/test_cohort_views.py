"""Cohorts: people kept from wave to wave, several publics for a child, a code that people make."""

from datetime import date
from typing import Any

import pytest

from impact.audit import Actor
from impact.db import EncryptedDatabase
from surveys import storage as waves
from surveys.definitions import get_standard
from surveys.records import NewWave
from surveys.rosters import cohort_storage as storage
from surveys.rosters import invitation_storage as links
from surveys.rosters.records import NewMoment
from surveys.rosters.rules import read_families
from surveys.rosters.vocabulary import Public, Recognition

TODAY = date(2026, 11, 20)
ROOT = "/communautes/pre-demonstration/questionnaires/cohortes"
FAMILIES = (
    "Prune Dupré ; Olive Dupré ; olive@exemple.fr ; Cèdre Martin ; cedre@exemple.fr\n"
    "Figue Noyer ; ; ; Cèdre Martin ; cedre@exemple.fr"
)
ASKED = get_standard("satisfaction-parents")


def _moment(moment: int, public: Public = Public.PARENT, resend: bool = False) -> NewMoment:
    return NewMoment(moment, public, resend, NewWave(f"M{moment}", date(2026, 11, 16), TODAY))


@pytest.fixture
def cohort_id(db: EncryptedDatabase, amina: Actor) -> int:
    added = storage.add_cohort(db, amina, "Sixièmes", Recognition.LIST)
    storage.add_people(db, amina, storage.get_cohort(db, added), read_families(FAMILIES), TODAY)
    return added


def _open(db: EncryptedDatabase, amina: Actor, cohort_id: int, new: NewMoment) -> int:
    return storage.open_moment(db, amina, storage.get_cohort(db, cohort_id), ASKED, new, TODAY)


def _urls(db: EncryptedDatabase, wave_id: int) -> list[str]:
    people = links.list_invitations(db, wave_id)
    tokens = links.tokens(db, people)
    return [f"/repondre/pre-demonstration/{tokens[each.id]}" for each in people]


def test_a_cohort_is_made_filled_and_asked(browse: Any, db: EncryptedDatabase) -> None:
    amina = browse("amina")
    assert "Aucune cohorte pour l’instant" in amina.get(f"{ROOT}/")
    assert "Nommez la cohorte" in amina.send(f"{ROOT}/nouvelle", {"recognition": "list"}).text
    page = amina.follow(f"{ROOT}/nouvelle", {"title": "Sixièmes", "recognition": "list"})
    assert "Aucun questionnaire encore" in page
    adding, listed = f"{ROOT}/1/personnes/ajouter", {"spotted_on": "05/09/2026", "lines": FAMILIES}
    assert "Dites où" in amina.send(adding, listed).text
    assert "Ligne 1" in amina.send(adding, {**listed, "spotted_at": "school", "lines": ";x@y.fr"}).text
    page = amina.follow(adding, {**listed, "spotted_at": "school"})
    assert "Repérés à l’école" in page
    assert "Dupré Prune" in page
    assert "Cèdre Martin" in page
    typed = {
        "moment": "1",
        "public": "teacher",
        "questionnaire": "regard-enseignant",
        "opens_on": "16/11/2026",
        "closes_on": "30/11/2026",
    }
    assert "Choisissez qui répond" in amina.send(f"{ROOT}/1/vagues/ouvrir", {**typed, "public": ""}).text
    page = amina.follow(f"{ROOT}/1/vagues/ouvrir", typed)
    assert "Enseignants" in page
    assert "déjà un questionnaire" in amina.send(f"{ROOT}/1/vagues/ouvrir", typed).text
    # The same teacher answers once about each child, and is stored once.
    assert [each.about for each in links.list_invitations(db, 1)] == ["Prune", "Figue"]
    assert db.value("SELECT count(*) FROM identity WHERE family_name = 'Martin'") == 1


def test_answers_of_the_same_child_meet_across_waves_and_publics(
    browse: Any, db: EncryptedDatabase, amina: Actor, cohort_id: int
) -> None:
    first = _open(db, amina, cohort_id, _moment(1, Public.CHILD))
    second = _open(db, amina, cohort_id, _moment(2, Public.CHILD))
    teacher = _open(db, amina, cohort_id, _moment(1, Public.TEACHER))
    for wave in (first, second, teacher):
        page = browse(None).get(_urls(db, wave)[0])
        assert "confidentielles, et non anonymes" in page
        browse(None).send(_urls(db, wave)[0], {"q-welcome": "4"})
    frame = storage.followed_frame(db)
    assert sorted(zip(frame["moment"], frame["public"], strict=True)) == [(1, "child"), (1, "teacher"), (2, "child")]
    assert frame["person"].nunique() == 1
    assert all(len(row["person"]) == 64 for row in db.rows("SELECT person FROM followed_response"))


def test_an_answer_sent_again_replaces_the_first_where_that_was_promised(
    browse: Any, db: EncryptedDatabase, amina: Actor, cohort_id: int
) -> None:
    wave = _open(db, amina, cohort_id, _moment(1, resend=True))
    (url,) = _urls(db, wave)
    for level in ("2", "5"):
        assert "la dernière fois compte" in browse(None).get(url)
        browse(None).send(url, {"q-welcome": level})
    assert db.rows("SELECT level FROM answer") == [{"level": 5}]
    assert waves.get_wave(db, wave).responses == 1


def test_a_code_joins_two_waves_without_a_name(browse: Any, db: EncryptedDatabase, amina: Actor) -> None:
    cohort = storage.add_cohort(db, amina, "Ateliers", Recognition.CODE)
    stranger = browse(None)
    typed = {"q-welcome": "4", "code_mother": "Élodie", "code_day": "7", "code_town": "Saint-Denis"}
    for moment, code in ((1, {}), (2, {"code_mother": "el", "code_day": "07", "code_town": "sa"})):
        wave = waves.get_wave(db, _open(db, amina, cohort, _moment(moment)))
        url = f"/repondre/pre-demonstration/{waves.current_token(db, wave)}"
        assert "Votre code" in stranger.get(url)
        wrong = stranger.send(url, {**typed, "code_day": "40"})
        assert "de 1 à 31" in wrong.text.replace("\u00a0", " ")
        assert 'value="Élodie"' in wrong.text
        assert stranger.send(url, {**typed, **code}).status_code == 303
    assert storage.followed_frame(db)["person"].tolist() == [1, 1]
    assert not db.rows("SELECT 1 FROM followed_response WHERE person LIKE '%el07%'")


def test_what_counts_is_announced_before_the_answers_and_locked_by_them(
    browse: Any, db: EncryptedDatabase, amina: Actor, cohort_id: int
) -> None:
    wave = _open(db, amina, cohort_id, _moment(1))
    browser, url = browse("amina"), f"{ROOT}/{cohort_id}/ce-qui-compte"
    assert "plus grand que zéro" in browser.send(url, {"outcome": "parent/whole", "smallest": "0"}).text
    assert "Choisissez une réponse de la liste" in browser.send(url, {"outcome": "x", "smallest": "0,3"}).text
    page = browser.follow(url, {"outcome": "parent/whole", "smallest": "0,3", "version": "1"})
    assert "Plus petit changement qui compte : 0,30" in page.replace("\u00a0", " ")
    assert browser.send(url, {"outcome": "parent/whole", "smallest": "0,4", "version": "1"}).status_code == 409
    browse(None).send(_urls(db, wave)[0], {"q-welcome": "4"})
    answer = browser.send(url, {"outcome": "parent/welcome", "smallest": "0,1", "version": "2"})
    assert "ne peut plus changer" in answer.text
    assert storage.get_cohort(db, cohort_id).smallest == 0.3


def test_a_person_lost_loses_her_unused_links(browse: Any, db: EncryptedDatabase, amina: Actor, cohort_id: int) -> None:
    wave = _open(db, amina, cohort_id, _moment(1, Public.CHILD))
    person = storage.list_people(db, cohort_id)[0]
    url = f"{ROOT}/{cohort_id}/personnes/{person.id}"
    browser = browse("amina")
    typed = {"spotted_on": "20/11/2026", "spotted_at": "district", "lost_on": "20/11/2026", "loss": ""}
    assert "Indiquez le jour et la raison" in browser.send(url, typed).text
    page = browser.follow(url, {**typed, "loss": "moved", "version": "1"})
    assert "Perdu de vue" in page
    assert "dans le quartier" in page
    assert [each.revoked for each in links.list_invitations(db, wave)] == [True, False]
    assert _open(db, amina, cohort_id, _moment(2, Public.CHILD))
    assert browser.send(url, {**typed, "loss": "moved", "version": "1"}).status_code == 409


def test_a_late_child_is_invited_while_the_first_moment_is_open(
    db: EncryptedDatabase, amina: Actor, cohort_id: int
) -> None:
    wave = _open(db, amina, cohort_id, _moment(1, Public.CHILD))
    storage.add_people(db, amina, storage.get_cohort(db, cohort_id), read_families("Pêche Aulne"), TODAY)
    assert waves.get_wave(db, wave).invited == 3


def test_roles(browse: Any, cohort_id: int) -> None:
    page = browse("basile").get(f"{ROOT}/{cohort_id}")
    assert "Dupré" not in page
    assert "Dupré" in browse("amina").get(f"{ROOT}/{cohort_id}")
    browse("denis").get(f"{ROOT}/{cohort_id}", status=403)
    browse("chloe").get(f"{ROOT}/{cohort_id}", status=404)
    browse("basile").get(f"{ROOT}/{cohort_id}/personnes/ajouter", status=403)
