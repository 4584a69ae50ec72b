"""The names of a cohort: read by its team, noted, forgotten after their time; nothing asked of who asked so."""

import re
from datetime import date
from typing import Any

import pytest

from impact.audit import Actor
from impact.db import EncryptedDatabase, gate
from impact.identities import identities
from impact.instance import Instance
from surveys import storage as waves
from surveys.coding import storage as coding
from surveys.definitions import get_standard
from surveys.records import Answer, NewWave
from surveys.rosters import cohort_storage as storage
from surveys.rosters import invitation_storage, protection_storage
from surveys.rosters.holding import hold, waiting
from surveys.rosters.records import Cohort, Door, Family, Listed, Milestones, NewMoment
from surveys.rosters.rules import ERASED
from surveys.rosters.vocabulary import Public, Recognition

URL = "/communautes/pre-demonstration/questionnaires/cohortes/1"
TODAY, OPENED, LAST = date(2026, 11, 20), date(2026, 11, 10), date(2026, 12, 10)
TEACHER = Listed("Cerise", "Noyer", "cerise@exemple.fr")


@pytest.fixture
def cohort(db: EncryptedDatabase, amina: Actor) -> Cohort:
    """Two young people with the same teacher, the first silent for years; one wave for them, open."""
    added = storage.add_cohort(db, amina, "Repérés au collège", Recognition.LIST)
    for name, spotted in (("Prune", date(2021, 9, 6)), ("Olive", date(2026, 9, 7))):
        family = Family(Listed(name, "Dupré", f"{name.lower()}@exemple.fr"), ((Public.TEACHER, TEACHER),))
        storage.add_people(db, amina, storage.get_cohort(db, added), [family], TODAY, spotted_on=spotted)
    _open(db, amina, added, 1)
    return storage.get_cohort(db, added)


def _open(db: EncryptedDatabase, amina: Actor, cohort_id: int, moment: int) -> int:
    new = NewMoment(moment, Public.CHILD, False, NewWave(f"Moment {moment}", OPENED, LAST))
    return storage.open_moment(
        db, amina, storage.get_cohort(db, cohort_id), get_standard("entretien-jeune"), new, TODAY
    )


def _answer(db: EncryptedDatabase, wave: int, name: str) -> None:
    (invitation,) = [each for each in invitation_storage.list_invitations(db, wave) if each.given_name == name]
    door = Door(waves.get_wave(db, wave), invitation, invitation_storage.get_following(db, wave))
    said = [Answer("now", words="Le foot, et ma sœur.")]
    assert invitation_storage.receive(db, door, TODAY, f"cle-de-{name}-{wave}-0123456789", said)


def _persons(db: EncryptedDatabase) -> list[int]:
    return [person.id for person in sorted(storage.list_people(db, 1), key=lambda each: each.spotted_on)]


def test_only_the_team_reads_the_names_and_each_opening_is_noted(
    browse: Any, db: EncryptedDatabase, cohort: Cohort
) -> None:
    other, wave = browse("elodie"), cohort.waves[0].wave.id
    page = other.get(URL)
    assert "Dupré" not in page
    assert "lisent seules leurs noms" in page
    for path in ("/personnes/1", "/personnes/ajouter", "/equipe", "/conservation"):
        other.get(URL + path, status=403)
    invitations = f"/communautes/pre-demonstration/questionnaires/vagues/{wave}/invitations/"
    other.get(invitations, status=403)
    other.get(f"{invitations}1", status=403)
    mine = browse("amina")
    page = mine.get(f"{URL}/equipe")
    boxes = [each for each in re.findall(r"<input[^>]+>", page) if 'name="members"' in each]
    members = [re.findall(r'value="(\d+)"', each)[0] for each in boxes]
    assert len(members) == 2, "the coordinator and the facilitator, nobody who only reads"
    mine.follow(f"{URL}/equipe", {"members": members})
    before = db.value("SELECT count(*) FROM audit_entry WHERE object_kind = 'cohort' AND deed = 'read'")
    assert "Dupré" in other.get(URL)
    assert db.value("SELECT count(*) FROM audit_entry WHERE object_kind = 'cohort' AND deed = 'read'") == before + 1
    other.get(invitations)


def test_nobody_else_comes_in_and_a_team_is_never_empty(browse: Any, cohort: Cohort) -> None:
    for path in ("/equipe", "/conservation"):
        browse("denis").get(URL + path, status=403)
        browse("chloe").get(URL + path, status=404)
    answer = browse("amina").send(f"{URL}/equipe", {"members": []})
    assert "Choisissez au moins une personne" in answer.text
    changed = browse("amina").send(f"{URL}/conservation", {"keep_months": "0"})
    assert "entre 1 et 120" in changed.text
    assert browse("amina").send(f"{URL}/conservation", {"keep_months": "36", "version": "99"}).status_code == 409


def test_names_are_forgotten_after_their_time_and_answers_stay(
    browse: Any, db: EncryptedDatabase, amina: Actor, cohort: Cohort
) -> None:
    wave, (old, recent) = cohort.waves[0].wave.id, _persons(db)
    assert "Effacer des noms" in browse("amina").get("/")
    page = browse("amina").get(f"{URL}/conservation")
    assert "Dupré Prune" in page
    assert "Dupré Olive" not in page
    with pytest.raises(Exception, match="elle a pu changer"):
        protection_storage.erase(db, amina, cohort, [recent], TODAY)
    done = browse("amina").follow(f"{URL}/conservation/effacer", {"people": [str(old)]}, page=f"{URL}/conservation")
    assert "nom est effacé" in done
    names = {each.full_name for each in identities(db).values()}
    assert "Prune Dupré" not in names
    assert {"Olive Dupré", "Cerise Noyer", ERASED} <= names
    assert not [each for each in identities(db).values() if each.email == "prune@exemple.fr"]
    assert protection_storage.list_due(db, storage.get_cohort(db, 1), TODAY) == []
    assert waves.get_wave(db, wave).invited == 2
    assert storage.get_cohort(db, 1).people == 2


def test_the_clock_starts_again_with_an_answer_or_a_step(db: EncryptedDatabase, amina: Actor, cohort: Cohort) -> None:
    old, _ = _persons(db)
    assert [each.person.id for each in protection_storage.list_due(db, cohort, TODAY)] == [old]
    _answer(db, cohort.waves[0].wave.id, "Prune")
    assert protection_storage.list_due(db, cohort, TODAY) == []
    (due, _) = protection_storage.list_due(db, cohort, date(2028, 12, 10))
    assert due.person.id == _persons(db)[1]
    storage.set_days(db, old, Milestones(date(2021, 9, 6), date(2026, 12, 15)))
    assert len(protection_storage.list_due(db, cohort, date(2028, 12, 10))) == 1


def test_who_asks_for_it_is_asked_nothing_and_counted_nowhere_until_it_is_lifted(
    browse: Any, db: EncryptedDatabase, amina: Actor, cohort: Cohort
) -> None:
    wave, (old, recent) = cohort.waves[0].wave.id, _persons(db)
    _answer(db, wave, "Olive")
    assert len(storage.followed_frame(db)) == 1
    mine = browse("amina")
    for person in (old, recent):
        page = f"{URL}/personnes/{person}"
        assert "plus rien ne lui est demandé" in mine.follow(f"{page}/limiter", {}, page=page)
    assert storage.followed_frame(db).empty
    assert not [each for each in invitation_storage.list_invitations(db, wave) if each.waits]
    assert waves.get_wave(db, _open(db, amina, 1, 2)).invited is None
    page = f"{URL}/personnes/{recent}"
    mine.follow(f"{page}/limiter", {}, page=page)
    assert len(storage.followed_frame(db)) == 1


def test_a_limitation_asked_before_answers_could_be_withheld_holds_once_the_worker_starts(
    place: Instance, db: EncryptedDatabase, amina: Actor, cohort: Cohort
) -> None:
    wave, (_, recent) = cohort.waves[0].wave.id, _persons(db)
    for name in ("Prune", "Olive"):
        _answer(db, wave, name)
    with gate(db):
        db.execute("UPDATE cohort_person SET restricted_on = '2026-11-02' WHERE id = ?", (recent,))
    assert waves.get_wave(db, wave).responses == 2
    assert list(waiting(place)) == [("pre-demonstration",)]
    hold(place, "pre-demonstration")
    assert list(waiting(place)) == []
    assert waves.get_wave(db, wave).responses == 1
    assert len(storage.followed_frame(db)) == 1
    protection_storage.restrict(db, amina, storage.get_person(db, 1, recent), TODAY, 1, "")
    assert waves.get_wave(db, wave).responses == 2
    assert list(waiting(place)) == []


def test_interviews_of_the_start_and_the_end_share_one_book_of_codes(
    db: EncryptedDatabase, amina: Actor, cohort: Cohort
) -> None:
    start, end = cohort.waves[0].wave, waves.get_wave(db, _open(db, amina, 1, 2))
    for wave in (start, end):
        _answer(db, wave.id, "Olive")
    coding.add_theme(db, amina, start, "now", "Le sport", "Ce qui se passe sur un terrain")
    for wave in (start, end):
        coded = coding.coded_question(db, wave, "now")
        assert [theme.label for theme in coded.themes] == ["Le sport"]
        assert len(coded.answers) == 1
