"""What a workshop leaves: papers, productions, commitments; and the calendar."""

import io
from datetime import UTC, date, datetime
from typing import Any

import pytest

from impact.audit import Actor
from impact.communities.storage import add_member, list_members
from impact.db import EncryptedDatabase
from impact.exceptions import Refused
from impact.identities import Identity
from impact.workshops.calendar import as_calendar
from impact.workshops.records import AttendanceSheet, Cycle, Workshop
from impact.workshops.session_records import Commitment, Production, Return
from impact.workshops.session_rules import MOST_BYTES, attached
from impact.workshops.session_storage import (
    add_commitment,
    add_production,
    get_commitment,
    get_papers,
    list_commitments,
    list_productions,
    save_return,
)
from impact.workshops.storage import add_cycle, add_workshop, record_attendance
from impact.workshops.todos import workshop_todos
from impact.workshops.vocabulary import CommitmentState, FileKind, WorkshopState

ROOT = "/communautes/pre-demonstration/ateliers"
TODAY = date(2026, 11, 20)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)


@pytest.fixture
def cycle_id(db: EncryptedDatabase, amina: Actor) -> int:
    return add_cycle(db, amina, Cycle(0, "Cafés des parents", "Se parler"))


@pytest.fixture
def held(db: EncryptedDatabase, amina: Actor, cycle_id: int) -> int:
    added = add_workshop(db, amina, Workshop(0, cycle_id, "Premier café", date(2026, 10, 10), "Préau"))
    record_attendance(db, amina, AttendanceSheet(added, (), 8, 1), TODAY, close=True)
    return added


def promise(db: EncryptedDatabase, actor: Actor, workshop_id: int, member_id: int, due: date | None = None) -> int:
    return add_commitment(db, actor, Commitment(0, workshop_id, member_id, "", "Appeler l’école", due))


def test_agenda_and_minutes_are_written_and_a_lost_update_is_refused(
    browse: Any, db: EncryptedDatabase, held: int
) -> None:
    amina, path = browse("amina"), f"{ROOT}/{held}/preparer"
    page = amina.follow(path, {"agenda": "Se présenter", "minutes": "Tout s’est bien passé."})
    assert "Se présenter" in page
    assert "Tout s’est bien passé." in page
    stale = amina.send(path, {"agenda": "Autre", "version": "1"})
    assert stale.status_code == 409
    assert "Autre" in stale.text
    assert get_papers(db, held).agenda == "Se présenter"
    browse("basile").get(path, 403)
    browse("chloe").get(path, 404)
    assert "Se présenter" in browse("basile").get(f"{ROOT}/{held}")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("tableau.png", b"", "vide"),
        ("tableau.png", b"%PDF-1.7", "autre chose"),
        ("page.html", b"<script>", "Choisissez une image"),
        ("photo.jpg", PNG, "autre chose"),
        ("notes.txt", b"\x00\x01\xff", "autre chose"),
        ("tableau.png", PNG + bytes(MOST_BYTES), "5 Mo"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(name: str, content: bytes, said: str) -> None:
    with pytest.raises(Refused, match=said):
        attached(name, content)


def test_a_file_keeps_its_name_without_its_folders() -> None:
    found = attached("C:\\Users\\Moi\\tableau.PNG", PNG)
    assert (found.name, found.kind) == ("tableau.PNG", FileKind.PNG)


def test_a_production_is_kept_read_and_offered_to_the_next_workshop(
    browse: Any, db: EncryptedDatabase, amina: Actor, cycle_id: int, held: int
) -> None:
    elodie, path = browse("elodie"), f"{ROOT}/{held}/productions/nouvelle"
    assert "Écrivez un texte ou choisissez" in elodie.send(path, {"title": "Le tableau"}).text
    wrong = elodie.send(path, {"title": "Le tableau", "file": (io.BytesIO(b"%PDF-"), "tableau.png")})
    assert "son contenu est autre chose" in wrong.text
    assert 'value="Le tableau"' in wrong.text
    assert list_productions(db, held) == []
    elodie.follow(path, {"title": "Le tableau", "file": (io.BytesIO(PNG), "tableau.png")})
    (kept,) = list_productions(db, held)
    assert (kept.title, kept.file_name, kept.size) == ("Le tableau", "tableau.png", len(PNG))
    answer = browse("basile").client.get(f"{ROOT}/{held}/productions/{kept.id}")
    assert (answer.data, answer.mimetype) == (PNG, "image/png")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    coming = add_workshop(db, amina, Workshop(0, cycle_id, "Deuxième café", date(2026, 12, 1), "Préau"))
    assert "tableau.png" in elodie.get(f"{ROOT}/{coming}")
    browse("denis").get(f"{ROOT}/{held}/productions/{kept.id}", 403)
    elodie.follow(f"{ROOT}/{held}/productions/{kept.id}/retirer", {}, page=f"{ROOT}/{held}")
    assert list_productions(db, held) == []


def test_who_committed_says_what_came_of_it_and_nobody_else_but_those_who_run(
    browse: Any, db: EncryptedDatabase, amina: Actor, held: int
) -> None:
    basile = next(known for known in list_members(db) if known.name == "Basile Tournelac")
    mine = promise(db, amina, held, basile.id, date(2026, 11, 1))
    other = promise(db, amina, held, add_member(db, amina, Identity("Nuage", "Ode"), None, TODAY))
    browser, path = browse("basile"), f"{ROOT}/engagements/{mine}"
    assert "Appeler l’école" in browser.get("/")
    refused = browser.send(path, {"state": "dropped", "outcome": "", "returned_on": "05/11/2026"}).text
    assert "Dites en une phrase" in refused
    browser.follow(path, {"state": "partly", "outcome": "Un message laissé.", "returned_on": "05/11/2026"})
    assert get_commitment(db, mine).state is CommitmentState.PARTLY
    assert "Appeler l’école" not in browser.get("/")
    browser.get(f"{ROOT}/engagements/{other}", 403)
    browse("elodie").get(f"{ROOT}/engagements/{other}")
    browse("denis").get(f"{ROOT}/engagements/{other}", 403)


def test_a_commitment_is_noted_with_who_and_what(browse: Any, db: EncryptedDatabase, held: int) -> None:
    amina, path = browse("amina"), f"{ROOT}/{held}/engagements/nouveau"
    member = list_members(db)[0]
    assert "Choisissez la personne" in amina.send(path, {"words": "Appeler"}).text
    assert "Appeler" in amina.follow(path, {"member_id": str(member.id), "words": "Appeler", "due_on": "01/12/2026"})
    assert [known.due_on for known in list_commitments(db, held)] == [date(2026, 12, 1)]


def test_a_return_is_not_of_tomorrow(db: EncryptedDatabase, amina: Actor, held: int) -> None:
    added = promise(db, amina, held, list_members(db)[0].id)
    with pytest.raises(Refused, match="à venir"):
        save_return(db, amina, Return(added, CommitmentState.KEPT, "", date(2026, 11, 21), 1), TODAY)


def test_nobody_without_a_file_in_the_community_is_told_of_promises(
    db: EncryptedDatabase, amina: Actor, held: int
) -> None:
    promise(db, amina, held, list_members(db)[0].id, date(2026, 11, 1))
    assert workshop_todos(db, Actor("x", "member", None), TODAY) == []
    assert workshop_todos(db, Actor("x", "funder", list_members(db)[0].id), TODAY) == []


def test_words_alone_make_a_production(db: EncryptedDatabase, amina: Actor, held: int) -> None:
    add_production(db, amina, Production(0, held, "Liste", "Un\nDeux", TODAY))
    assert [(known.words, known.file_kind) for known in list_productions(db, held)] == [("Un\nDeux", None)]


def test_the_calendar_folds_escapes_and_tells_what_is_cancelled(browse: Any, held: int) -> None:
    long = "É" * 60
    workshop = Workshop(7, 1, f"Lire, écrire ; compter\\{long}", date(2026, 12, 31), "Préau", WorkshopState.CANCELLED)
    text = as_calendar([(workshop, "https://exemple.fr/7")], "PRE", datetime(2026, 11, 20, 8, tzinfo=UTC))
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    whole = text.replace("\r\n ", "")
    assert f"SUMMARY:Lire\\, écrire \\; compter\\\\{long}" in whole
    assert "DTSTART;VALUE=DATE:20261231" in whole
    assert "DTEND;VALUE=DATE:20270101" in whole
    assert "STATUS:CANCELLED" in whole
    answer = browse("basile").client.get(f"{ROOT}/calendrier.ics")
    assert answer.mimetype == "text/calendar"
    assert "Premier café" in answer.text
    browse("denis").get(f"{ROOT}/calendrier.ics", 403)
