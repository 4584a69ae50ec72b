"""The pages of « Événements », as each persona meets them."""

import re
from typing import Any

import pytest

import app as assembly
from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.demo import CITE, ESSONNE
from impact.events import storage
from impact.events.records import Event, Series
from impact.events.rules import at_least_once
from impact.events.todos import event_todos
from impact.events.vocabulary import SeriesKind
from impact.instance import Instance
from impact.periods import local_today
from surveys.definitions import get_standard
from surveys.records import NewWave
from surveys.storage import open_wave
from tests.conftest import TODAY

ROOT = "/communautes/pre-demonstration/evenements"


@pytest.fixture
def forum(db: EncryptedDatabase, amina: Actor) -> int:
    series_id = storage.add_series(db, amina, Series(0, SeriesKind.FORUM, "Forums"))
    return storage.add_event(db, amina, Event(0, series_id, "Forum du nord", TODAY.replace(day=1)))


def test_the_empty_page_says_what_to_do_and_refuses_who_may_not_read(browse: Any) -> None:
    assert "pour l’instant" in browse("elodie").get(f"{ROOT}/")
    assert "Créer" not in browse("basile").get(f"{ROOT}/")
    browse("basile").get(f"{ROOT}/nouvelle", 403)
    browse("denis").get(f"{ROOT}/", 403)
    browse("chloe").get(f"{ROOT}/", 404)
    assert browse(None).client.get(f"{ROOT}/").status_code == 302


def test_a_series_with_its_target_and_a_date(browse: Any, db: EncryptedDatabase) -> None:
    elodie = browse("elodie")
    typed = {"kind": "webinar", "title": "Cinq webinaires", "cible_state": "40", "cible_firm": "50"}
    refused = elodie.send(f"{ROOT}/nouvelle", typed).text
    assert "Le total fait 90" in refused
    assert "Cinq webinaires" in refused
    elodie.follow(f"{ROOT}/nouvelle", {**typed, "cible_firm": "60"})
    elodie.follow(f"{ROOT}/1/dates/nouvelle", {"title": "Le premier", "held_on": "03/11/2026"})
    numbers = {"state_registered": "10", "state_excused": "11", "state_remote": "6", "firm_on_site": "2"}
    count = f"{ROOT}/dates/1/presents"
    refused = elodie.send(count, numbers).text
    assert "parmi les inscrits" in refused
    assert 'value="11"' in refused
    page = elodie.follow(count, {**numbers, "state_excused": "1"})
    assert "75\u202f%" in page
    counted = storage.get_event(db, 1).total
    assert (counted.registered, counted.excused, counted.on_site, counted.remote) == (10, 1, 2, 6)
    # 75 % and 25 % against 40 % and 60 %.
    assert "<strong>35\u202f%</strong>" in elodie.get(f"{ROOT}/1")


def test_sequences_are_counted_by_class_between_honest_bounds(browse: Any, db: EncryptedDatabase) -> None:
    elodie = browse("elodie")
    elodie.follow(f"{ROOT}/nouvelle", {"kind": "sequence", "title": "Métiers"})
    elodie.follow(f"{ROOT}/1/classes", {"name": "4e B", "size": "24"}, page=f"{ROOT}/1")
    assert "déjà dans la liste" in elodie.send(f"{ROOT}/1/classes", {"name": "4e B"}, page=f"{ROOT}/1").text
    for number, present in ((1, "20"), (2, "18")):
        elodie.follow(f"{ROOT}/1/dates/nouvelle", {"title": f"Séquence {number}", "held_on": "03/11/2026"})
        elodie.follow(f"{ROOT}/dates/{number}/presents", {"classe_1": present})
    page = elodie.get(f"{ROOT}/1")
    assert "<strong>20</strong>" in page
    assert "<strong>24</strong>" in page
    assert "4e B compte 24" in elodie.send(f"{ROOT}/dates/1/presents", {"classe_1": "25"}).text


def test_two_people_counting_meet_a_conflict(browse: Any, db: EncryptedDatabase, forum: int) -> None:
    count = f"{ROOT}/dates/{forum}/presents"
    elodie = browse("elodie")
    elodie.follow(count, {"state_on_site": "4"})
    answer = elodie.send(count, {"state_on_site": "5", "version": "1"})
    assert answer.status_code == 409
    assert storage.get_event(db, forum).total.present == 4


def test_a_form_sent_twice_is_stored_once(browse: Any, db: EncryptedDatabase, forum: int) -> None:
    elodie = browse("elodie")
    typed = {"title": "Forum du sud", "held_on": "02/12/2026", "once": "la même"}
    for _ in range(2):
        elodie.send(f"{ROOT}/1/dates/nouvelle", typed)
    assert len(storage.list_events(db)) == 2


def test_what_took_place_stays_and_is_asked_for(browse: Any, db: EncryptedDatabase, amina: Actor, forum: int) -> None:
    assert [todo.title for todo in event_todos(db, amina, TODAY)] == ["Forum du nord"]
    elodie, edit = browse("elodie"), f"{ROOT}/dates/{forum}/modifier"
    elodie.follow(f"{ROOT}/dates/{forum}/presents", {"state_on_site": "4"})
    assert event_todos(db, amina, TODAY) == []
    typed = {"title": "Forum", "held_on": "01/12/2026"}
    assert "ne peut pas être à venir" in elodie.send(edit, typed).text
    coming = storage.add_event(db, amina, Event(0, 1, "De trop", TODAY))
    url = f"{ROOT}/dates/{coming}"
    elodie.follow(f"{url}/retirer", {}, page=f"{url}/modifier")
    assert [event.title for event in storage.list_events(db)] == ["Forum du nord"]
    storage_refuses = elodie.send(f"{ROOT}/dates/{forum}/retirer", {}, page=f"{ROOT}/nouvelle")
    assert storage_refuses.status_code in (400, 422)
    assert len(storage.list_events(db)) == 1


def test_a_date_to_come_tells_who_is_expected_and_no_presence(browse: Any, db: EncryptedDatabase, forum: int) -> None:
    elodie = browse("elodie")
    elodie.follow(f"{ROOT}/1/dates/nouvelle", {"title": "Forum du sud", "held_on": "17/12/2026"})
    coming = elodie.follow(f"{ROOT}/dates/{forum + 1}/presents", {"state_registered": "10", "state_excused": "1"})
    assert "Qui est attendu" in coming
    assert "Sur place" not in coming
    assert "Ni présents" not in coming
    typed = {"state_registered": "10", "state_excused": "1", "state_on_site": "4", "association_on_site": "9"}
    held = elodie.follow(f"{ROOT}/dates/{forum}/presents", typed)
    assert "Qui est venu" in held
    # Nine who came without registering do not stand for the five of another institution who did not come.
    assert re.search(r"Ni présents ni excusés, au moins</dt><dd class=\"nb\">5<", held)


def test_a_questionnaire_is_attached_to_a_date(browse: Any, db: EncryptedDatabase, amina: Actor, forum: int) -> None:
    elodie, edit = browse("elodie"), f"{ROOT}/dates/{forum}/modifier"
    assert "wave_id" not in elodie.get(edit)
    asked = get_standard("satisfaction-parents")
    wave_id = open_wave(db, amina, asked, NewWave("Après le forum", TODAY, TODAY), TODAY)
    typed = {"title": "Forum du nord", "held_on": "01/11/2026", "wave_id": str(wave_id)}
    assert "Après le forum" in elodie.follow(edit, typed)
    assert "Choisissez une réponse de la liste" in elodie.send(edit, {**typed, "wave_id": "99"}).text


def test_the_demonstration_has_the_figures_of_the_field(demo_root: Any) -> None:
    place = Instance(demo_root, assembly.schema())
    db = place.community(ESSONNE)
    series = next(known for known in storage.list_series(db) if known.kind is SeriesKind.WEBINAR)
    events = storage.list_events(db, series.id)
    assert (len(events), sum(event.total.registered for event in events)) == (5, 230)
    db.close()
    cite = place.community(CITE)
    forums, sequences, day = sorted(storage.list_series(cite), key=lambda known: known.id)
    dates = storage.list_events(cite, forums.id)
    assert (len(dates), sum(event.total.present for event in dates)) == (4, 242)
    reached = at_least_once(storage.list_events(cite, sequences.id), storage.list_classes(cite, sequences.id))
    assert 400 <= reached.fewest <= reached.most <= 440
    assert all(event.held_on > local_today() for event in storage.list_events(cite, day.id))
    cite.close()
