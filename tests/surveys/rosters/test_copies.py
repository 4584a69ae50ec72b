"""The copy of what is kept about a person of a cohort: two people, everybody else masked; a cohort without a team."""

from datetime import date
from typing import Any

import pytest

from impact.audit import SYSTEM, Actor
from impact.communities.storage import add_member, end_member
from impact.db import EncryptedDatabase
from impact.identities import Identity
from impact.protection.vocabulary import Requester
from surveys import storage as waves
from surveys.answer_storage import list_answers
from surveys.coding import storage as coding
from surveys.definitions import get_standard
from surveys.records import Answer, NewWave
from surveys.rosters import cohort_storage as storage
from surveys.rosters import copy_storage, invitation_storage
from surveys.rosters.records import Cohort, Door, Family, Listed, NewMoment, PersonCopy
from surveys.rosters.vocabulary import Public, Recognition

URL = "/communautes/pre-demonstration/questionnaires/cohortes/1"
TODAY, OPENED, LAST = date(2026, 11, 20), date(2026, 11, 10), date(2026, 12, 10)
WORDS = "Le foot avec Olive Dupré, Achille Brindille, et Cerise Noyer m’aide."
ASKED = {"requester": "parent", "received_on": "20/11/2026", "identity_checked": "Personne connue de l’équipe."}


@pytest.fixture
def cohort(db: EncryptedDatabase, amina: Actor) -> Cohort:
    """Prune and Olive with the same teacher; Prune answered an interview and Olive too."""
    added = storage.add_cohort(db, amina, "Repérés au collège", Recognition.LIST)
    teacher = ((Public.TEACHER, Listed("Cerise", "Noyer", "cerise@exemple.fr")),)
    families = [Family(Listed(name, "Dupré", f"{name.lower()}@exemple.fr"), teacher) for name in ("Prune", "Olive")]
    storage.add_people(db, amina, storage.get_cohort(db, added), families, TODAY)
    new = NewMoment(1, Public.CHILD, True, NewWave("Entretiens", OPENED, LAST))
    asked = get_standard("entretien-jeune")
    wave = storage.open_moment(db, amina, storage.get_cohort(db, added), asked, new, TODAY)
    for invitation in invitation_storage.list_invitations(db, wave):
        door = Door(waves.get_wave(db, wave), invitation, invitation_storage.get_following(db, wave))
        said = [Answer("now", words=WORDS if invitation.given_name == "Prune" else "Rien.")]
        assert invitation_storage.receive(db, door, TODAY, f"cle-de-{invitation.id}-0123456789", said)
    return storage.get_cohort(db, added)


@pytest.fixture
def prune(db: EncryptedDatabase, cohort: Cohort) -> int:
    return next(each.id for each in storage.list_people(db, cohort.id) if "Prune" in each.name)


def test_a_cohort_without_a_team_is_read_by_the_coordination_alone(
    browse: Any, db: EncryptedDatabase, cohort: Cohort, prune: int
) -> None:
    db.execute("DELETE FROM cohort_team")
    assert "Dupré" not in browse("elodie").get(URL)
    for path in (f"/personnes/{prune}", f"/personnes/{prune}/copie", "/equipe", "/conservation"):
        browse("elodie").get(URL + path, status=403)
    before = db.value("SELECT count(*) FROM audit_entry WHERE object_kind = 'cohort' AND deed = 'read'")
    page = browse("amina").get(URL)
    assert "Dupré" in page
    assert "la coordination les lit seule" in page
    assert db.value("SELECT count(*) FROM audit_entry WHERE object_kind = 'cohort' AND deed = 'read'") == before + 1


@pytest.mark.pdf
def test_one_person_prepares_another_releases_and_others_are_masked(
    browse: Any, db: EncryptedDatabase, prune: int
) -> None:
    for row in db.rows("SELECT id FROM member"):
        db.execute("INSERT OR IGNORE INTO cohort_team (cohort_id, member_id) VALUES (1, ?)", (row["id"],))
    mine, hers, page = browse("amina"), browse("elodie"), f"{URL}/personnes/{prune}/copie"
    assert "Copie de ce qui est gardé" in mine.get(f"{URL}/personnes/{prune}")
    assert "n’est pas encore notée" in mine.send(page, {**ASKED, "identity_checked": ""}).text
    assert "jusqu’au" in mine.send(page, {**ASKED, "received_on": "21/11/2026"}).text
    assert "Attend une autre personne" in mine.follow(page, ASKED)
    assert "vous l’avez préparée" in mine.send(f"{page}/1/relire", {}).text
    mine.get(f"{page}/1/pdf", status=404)
    assert "[tiers]" in hers.get(f"{page}/1/relire")
    assert "Remise le" in hers.follow(f"{page}/1/relire", {})
    told = mine.client.get(f"{page}/1/json")
    kept = told.get_json()
    assert kept["identity"] == [{"name": "Prune Dupré", "email": "prune@exemple.fr"}]
    assert kept["cohort_respondent"] == [{"child": "Prune Dupré", "teacher": "Masqué : une autre personne"}]
    assert kept["answer_1"] == [{"now": "Le foot avec [tiers], Achille Brindille, et [tiers] m’aide."}]
    assert "Cerise" not in told.text
    assert "Olive" not in told.text
    assert mine.client.get(f"{page}/1/pdf").data.startswith(b"%PDF")
    assert db.value("SELECT count(*) FROM audit_entry WHERE object_kind = 'cohort_person' AND deed = 'export'") == 2


def test_strangers_and_others_find_no_copy(browse: Any, prune: int) -> None:
    page = f"{URL}/personnes/{prune}/copie"
    assert browse(None).client.get(page).status_code == 302
    browse("denis").get(page, status=403)
    browse("chloe").get(page, status=404)
    browse("amina").get(f"{page}/99/relire", status=404)
    browse("amina").get(f"{URL}/personnes/99/copie", status=404)


def test_a_restricted_person_is_left_out_of_the_results_of_the_wave_itself(
    browse: Any, db: EncryptedDatabase, cohort: Cohort, prune: int
) -> None:
    wave, page = cohort.waves[0].wave.id, f"{URL}/personnes/{prune}"
    assert waves.get_wave(db, wave).responses == 2
    browse("amina").follow(f"{page}/limiter", {}, page=page)
    assert waves.get_wave(db, wave).responses == len(list_answers(db, wave)) == 1
    assert waves.list_words(db, wave, "now") == ["Rien."]
    assert [each.words for each in coding.coded_question(db, waves.get_wave(db, wave), "now").answers] == ["Rien."]
    assert len(storage.person_numbers(db, wave)) == len(storage.followed_frame(db)) == 1
    # Her link could still serve: it does no more. What is kept stays hers to read.
    (hers,) = [each for each in invitation_storage.list_invitations(db, wave) if each.given_name == "Prune"]
    assert hers.revoked
    found = storage.get_person(db, 1, prune)
    assert "answer_1" in [section.table for section in copy_storage.copy_of(db, cohort, found)]
    browse("amina").follow(f"{page}/limiter", {}, page=page)
    assert len(list_answers(db, wave)) == 2


def test_a_member_who_left_is_still_masked_and_still_named(db: EncryptedDatabase, cohort: Cohort, prune: int) -> None:
    gone = add_member(db, SYSTEM, Identity("Brindille", "Achille"), None, TODAY)
    copy_storage.ask_copy(db, SYSTEM, PersonCopy(prune, Requester.PARENT, "Connue.", TODAY, gone), TODAY)
    end_member(db, SYSTEM, gone, TODAY)
    sections = copy_storage.copy_of(db, cohort, storage.get_person(db, cohort.id, prune))
    said = " ".join(value for each in sections for row in each.rows for _, _, value in row)
    assert "et [tiers] m’aide" in said
    assert "Achille" not in said
    assert copy_storage.list_copies(db, prune)[0].asker == "Achille Brindille"
