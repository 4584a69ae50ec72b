"""Meetings of the support team: agenda, attendance by institution, decisions, minutes without names."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import page
import pikepdf
import pytest

from impact.accounts.access import FieldClass
from impact.audit import Actor
from impact.communities.storage import add_organisation
from impact.db import EncryptedDatabase
from impact.demo import PRE
from impact.exceptions import NotFound, Refused
from impact.pathways import meeting_storage
from impact.pathways.file_storage import get_file
from impact.pathways.meeting_records import Meeting
from impact.pathways.pathway_storage import add_note
from impact.pathways.records import Decision, Note
from impact.pathways.storage import present_situation, withdraw_consent
from impact.pathways.todos import list_todos
from impact.pathways.vocabulary import ContactKind, Outcome, Presence
from impact.vocabulary import OrganisationKind
from tests.impact.pathways.conftest import agreed
from tests.impact.pathways.pdf import pdf_text

TODAY = date(2026, 11, 20)
HELD = date(2026, 11, 19)
BASE = f"/communautes/{PRE}/enfants/equipe"
Child = Callable[..., int]


@pytest.fixture
def waiting(db: EncryptedDatabase, amina: Actor, received: Child) -> Child:
    """`waiting(given, family)` gives a situation with consent, presented to the team."""

    def add(given: str = "Zélie", family: str = "Pommerole", **changes: object) -> int:
        added = received(given, family, **changes)
        agreed(db, amina, added)
        present_situation(db, amina, added, TODAY)
        return added

    return add


@pytest.fixture
def school(db: EncryptedDatabase, amina: Actor) -> int:
    """An institution of the directory."""
    return add_organisation(db, amina, "Collège des Saules", OrganisationKind.NATIONAL_EDUCATION)


def held(db: EncryptedDatabase, amina: Actor, day: date = HELD, invited: tuple[int, ...] = ()) -> int:
    return meeting_storage.add_meeting(db, amina, Meeting(day, "Mairie"), invited, TODAY)


def test_the_agenda_is_made_of_what_waits_with_consent_and_presented(
    browse: Any, db: EncryptedDatabase, amina: Actor, waiting: Child, received: Child, school: int
) -> None:
    presented, without = waiting(), received("Rose", "Lilas")
    kept = received("Lou", "Tilleulet")
    agreed(db, amina, kept)
    browser = browse("amina")
    assert "Aucune réunion pour l’instant" in browser.get(BASE)
    assert "Lou Tilleulet" in browser.get(f"{BASE}/nouvelle")
    sent = {"held_on": "19/11/2026", "place": "Salle du Préau", "next_on": "10/12/2026", "invited": [str(school)]}
    shown = browser.follow(f"{BASE}/nouvelle", sent)
    assert "Zélie Pommerole" in shown
    assert "Salle du Préau" in shown
    assert "Collège des Saules" in shown
    assert "Rose Lilas" not in shown
    found = meeting_storage.list_meetings(db)[0]
    assert [item.situation_id for item in found.agenda] == [presented]
    assert without != presented
    assert "Collège des Saules" in browser.get(f"{BASE}/nouvelle")
    assert f'value="{school}" checked' in browser.get(f"{BASE}/nouvelle")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"held_on": ""}, "Écrivez le jour de la réunion."),
        ({"held_on": "31/11/2026"}, "Ce mois a 30"),
        ({"held_on": "01/01/2004"}, "Aucune réunion n’a eu lieu avant"),
        ({"place": ""}, "Écrivez où l’équipe se réunit."),
        ({"next_on": "19/11/2026"}, "La réunion suivante vient après"),
        ({"invited": ["999"]}, "Choisissez une réponse de la liste."),
    ],
)
def test_a_wrong_meeting_is_explained_and_kept(
    browse: Any, db: EncryptedDatabase, school: int, changes: dict[str, Any], message: str
) -> None:
    sent = {"held_on": "19/11/2026", "place": "Salle du Préau", "next_on": "10/12/2026"} | changes
    answer = browse("amina").send(f"{BASE}/nouvelle", sent)
    assert answer.status_code == 200
    assert answer.text.count(message) == 2
    assert "Salle du Préau" in answer.text or "place" in changes
    assert meeting_storage.list_meetings(db) == []


def test_attendance_is_kept_by_institution(browse: Any, db: EncryptedDatabase, amina: Actor, school: int) -> None:
    meeting = held(db, amina, invited=(school,))
    url = f"{BASE}/{meeting}/presences"
    assert "Présente" in browse("amina").follow(url, {f"presence_{school}": "present"})
    assert meeting_storage.get_meeting(db, meeting).attendance[0].presence is Presence.PRESENT
    answer = browse("amina").send(url, {f"presence_{school}": "late"})
    assert "Choisissez une réponse de la liste." in answer.text
    bare = held(db, amina)
    assert "Aucune institution n’est conviée" in browse("amina").get(f"{BASE}/{bare}/presences")


def test_a_decision_is_taken_from_the_meeting_with_the_next_review(
    browse: Any, db: EncryptedDatabase, amina: Actor, waiting: Child
) -> None:
    child, other = waiting(), waiting("Rose", "Lilas")
    meeting = held(db, amina)
    browser, url = browse("amina"), f"{BASE}/{meeting}/situations/{child}/decision"
    assert "2\u00a0décisions à inscrire" in browser.get("/")
    assert "Écrivez la raison" in browser.send(url, {"outcome": "refused", "review_on": ""}).text
    late = {"outcome": "waiting", "reason": "Avis du collège", "review_on": ""}
    assert "Écrivez quand l’équipe reverra" in browser.send(url, late).text
    assert "vient après la réunion" in browser.send(url, late | {"review_on": "19/11/2026"}).text
    shown = browser.follow(url, {"outcome": "pathway", "review_on": "15/02/2027"})
    assert "15/02/2027" in shown
    assert get_file(db, child).decisions[-1] == replace(
        Decision(HELD, Outcome.PATHWAY), id=get_file(db, child).decisions[-1].id
    )
    assert 'value="15/02/2027"' in browser.get(f"/communautes/{PRE}/enfants/{child}/ouverture")
    assert "L’équipe a déjà décidé" in browser.get(url)
    assert (
        "déjà décidé"
        in browser.send(
            url,
            {"outcome": "refused", "reason": "Non", "review_on": ""},
            f"{BASE}/{meeting}/situations/{other}/decision",
        ).text
    )
    assert len(get_file(db, child).decisions) == 1
    waits = f"{BASE}/{meeting}/situations/{other}/decision"
    browser.follow(waits, late | {"review_on": "10/12/2026"})
    again = held(db, amina, date(2026, 11, 20))
    assert [item.situation_id for item in meeting_storage.get_meeting(db, again).agenda] == [other]
    left = {"outcome": "elsewhere", "reason": "Suivie par le collège", "review_on": "10/02/2027"}
    browser.follow(f"{BASE}/{again}/situations/{other}/decision", left)
    assert meeting_storage.get_meeting(db, again).agenda[0].review_on is None
    assert browser.get(f"{BASE}/{meeting}/situations/999/decision", 404)


def test_nothing_is_decided_before_the_day(db: EncryptedDatabase, amina: Actor, waiting: Child, browse: Any) -> None:
    child, meeting = waiting(), held(db, amina, date(2026, 12, 3))
    sent = {"outcome": "pathway", "review_on": "15/02/2027"}
    answer = browse("amina").send(f"{BASE}/{meeting}/situations/{child}/decision", sent)
    assert "La réunion aura lieu le" in answer.text
    assert get_file(db, child).decisions == ()
    assert [todo for todo in list_todos(db, amina, TODAY) if todo.endpoint == "pathways.meeting"] == []


def test_the_agenda_is_composed_and_decided_items_stay(
    browse: Any, db: EncryptedDatabase, amina: Actor, waiting: Child, received: Child
) -> None:
    first, second = waiting(), waiting("Rose", "Lilas")
    meeting = held(db, amina)
    url = f"{BASE}/{meeting}/ordre-du-jour"
    decision = Decision(HELD, Outcome.PATHWAY)
    meeting_storage.decide_item(db, amina, meeting, first, decision, None, TODAY)
    answer = browse("amina").send(url, {"situations": [str(second)]})
    assert "elle reste à l’ordre du jour" in answer.text
    browse("amina").follow(url, {"situations": [str(first)]})
    assert [item.situation_id for item in meeting_storage.get_meeting(db, meeting).agenda] == [first]
    with pytest.raises(Refused):
        meeting_storage.set_agenda(db, amina, meeting, [first, received("Lou", "Saulaie")], TODAY)


def test_a_meeting_is_corrected_and_a_second_editor_sees_both(
    browse: Any, db: EncryptedDatabase, amina: Actor, waiting: Child, school: int
) -> None:
    child, meeting = waiting(), held(db, amina, invited=(school,))
    url = f"{BASE}/{meeting}/modifier"
    sent = {"held_on": "18/11/2026", "place": "École du Verger", "next_on": "", "invited": []}
    assert "École du Verger" in browse("amina").follow(url, sent)
    assert meeting_storage.get_meeting(db, meeting).attendance == ()
    stale = browse("amina").send(url, sent | {"place": "Ailleurs", "version": "1"})
    assert stale.status_code == 409
    assert "École du Verger" in stale.text
    meeting_storage.decide_item(db, amina, meeting, child, Decision(date(2026, 11, 18), Outcome.PATHWAY), None, TODAY)
    assert "la date ne change plus" in browse("amina").send(url, sent | {"held_on": "17/11/2026"}).text


def test_a_form_sent_twice_makes_one_meeting(browse: Any, db: EncryptedDatabase) -> None:
    browser, sent = browse("amina"), {"held_on": "19/11/2026", "place": "Mairie", "once": "cle"}
    first, second = browser.send(f"{BASE}/nouvelle", sent), browser.send(f"{BASE}/nouvelle", sent)
    assert first.headers["Location"] == second.headers["Location"]
    assert len(meeting_storage.list_meetings(db)) == 1


def test_each_person_reads_the_situations_that_she_may_open(
    browse: Any, db: EncryptedDatabase, amina: Actor, basile: Actor, partner: Actor, waiting: Child
) -> None:
    waiting()
    withdrawn = waiting("Rose", "Lilas")
    waiting("Lou", "Tilleulet", actor=basile)
    meeting = held(db, amina)
    withdraw_consent(db, amina, withdrawn, TODAY, TODAY)
    url = f"{BASE}/{meeting}"
    shown = browse("basile").get(url)
    assert "Lou Tilleulet" in shown
    assert "Pommerole" not in shown
    assert "2\u00a0situations suivies" in shown
    shown = browse("denis").get(url)
    assert "Zélie Pommerole" in shown
    assert "Rose Lilas" not in shown
    assert "Accord retiré" in browse("amina").get(url)
    assert db.value("SELECT count(*) FROM audit_entry WHERE object_kind = 'support_meeting' AND deed = 'read'") == 3
    for persona, status in (("basile", 403), ("elodie", 403), ("chloe", 404)):
        browse(persona).get(f"{BASE}/nouvelle", status)
        browse(persona).get(f"{url}/modifier", status)
    browse("elodie").get(url, 403)
    browse("chloe").get(url, 404)
    browse("amina").get(f"{BASE}/999", 404)
    with pytest.raises(NotFound):
        meeting_storage.get_meeting(db, 999)


@pytest.mark.pdf
def test_minutes_hold_numbers_and_no_forbidden_content(
    browse: Any, db: EncryptedDatabase, amina: Actor, waiting: Child, school: int
) -> None:
    child = waiting(motives=("family", "health"), context="CANARI-CONTEXTE")
    meeting = held(db, amina, invited=(school,))
    decision = Decision(HELD, Outcome.PATHWAY, "CANARI-RAISON")
    meeting_storage.decide_item(db, amina, meeting, child, decision, date(2027, 2, 15), TODAY)
    note = Note(TODAY, ContactKind.CALL, 5, None, FieldClass.SCHOOL, "CANARI-NOTE", "")
    with pytest.raises(Refused):
        add_note(db, amina, child, note, TODAY)
    answer = browse("amina").client.get(f"{BASE}/{meeting}/compte-rendu")
    assert answer.mimetype == "application/pdf"
    told = pdf_text(answer.data)
    for shown in (f"N° {child}", "Parcours", "15/02/2027", "Collège des Saules", "Mairie"):
        assert shown in told
    for hidden in ("Pommerole", "Zélie", "Dalva", "CANARI", "Santé", "Famille", "14/03/2017"):
        assert hidden not in told
    for profile in (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A):
        assert page.validate_pdf_bytes(answer.data, profile=profile).failures == []
    with pikepdf.open(io.BytesIO(answer.data)) as pdf:
        assert len(pdf.pages) == 1
    assert db.value("SELECT count(*) FROM audit_entry WHERE deed = 'print' AND object_id = ?", (meeting,)) == 1


def test_who_waits_for_a_meeting_is_one_line_that_leads_to_it(
    browse: Any, db: EncryptedDatabase, amina: Actor, basile: Actor, waiting: Child, received: Child
) -> None:
    first, apart = waiting(), received("Lou", "Tilleulet", received_on=date(2026, 11, 2))
    agreed(db, amina, apart, date(2026, 11, 3))

    def told() -> list[tuple[str, str, str, dict[str, int | str]]]:
        found = [todo for todo in list_todos(db, amina, TODAY) if "une réunion" in todo.title]
        return [(todo.title, todo.detail, todo.endpoint, todo.values) for todo in found]

    ((title, detail, endpoint, _),) = told()
    assert title == "2\u00a0situations attendent une réunion"
    assert "07/09/2026" in detail
    assert "1\u00a0reste à présenter à l’équipe" in detail
    assert endpoint == "pathways.add_meeting"
    assert f"{BASE}/nouvelle" in browse("amina").get("/")
    assert "attendent une réunion" not in browse("basile").get("/")
    coming = held(db, amina, TODAY + timedelta(4))
    assert told() == [
        (
            "1\u00a0situation attend une réunion",
            "La plus ancienne est du 02/11/2026. 1\u00a0reste à présenter à l’équipe.",
            "pathways.agenda",
            {"meeting_id": coming},
        )
    ]
    present_situation(db, amina, apart, TODAY)
    meeting_storage.set_agenda(db, amina, coming, [first, apart], TODAY)
    assert told() == []
