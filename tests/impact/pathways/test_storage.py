"""The story of one child in the database: what each step writes, refuses, seals and logs."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from impact.accounts.access import Action, FieldClass, readable_fields
from impact.audit import Actor, broken_entries
from impact.db import EncryptedDatabase
from impact.exceptions import Conflict, NotAllowed, NotFound, Refused, Repeated
from impact.identities import Identity
from impact.pathways import pathway_storage as steps
from impact.pathways import storage
from impact.pathways.file_storage import count_readers, get_file, get_note, list_notes, list_readings, open_file
from impact.pathways.handover_storage import propose_hand_over
from impact.pathways.line_storage import list_lines
from impact.pathways.records import Consent, Decision, Exit, Note, Objective
from impact.pathways.rules import agreement, file_state
from impact.pathways.vocabulary import ContactKind, Means, ObjectiveResult, Outcome, ReferenceList, Relation, State
from impact.reference_lists import choices, end_item, labels, list_items

TODAY = date(2026, 11, 20)
Child = Callable[..., int]
NOTE = Note(date(2026, 11, 17), ContactKind.CALL, 10, None, FieldClass.SCHOOL, "A lu une page.", "En progrès.")
CONSENT = Consent(
    Identity("Pommerole", "Dalva"), Relation.MOTHER, TODAY, Means.ORAL, frozenset({FieldClass.SCHOOL}), "Formulaire"
)


def leaving(db: EncryptedDatabase, situation_id: int) -> Exit:
    pathway = get_file(db, situation_id).pathway
    assert pathway is not None
    results = {objective.id: ObjectiveResult.REACHED for objective in pathway.objectives}
    return Exit(TODAY, "reached", "Centre social", results)


def deeds(db: EncryptedDatabase) -> list[tuple[str, str]]:
    return [(row["deed"], row["object_kind"]) for row in db.rows("SELECT * FROM audit_entry ORDER BY id")]


def test_a_situation_keeps_the_order_of_its_motives(db: EncryptedDatabase, received: Child) -> None:
    situation = get_file(db, received(motives=("isolation", "family", "school_results"))).situation
    assert situation.motives == ("isolation", "family", "school_results")
    assert situation.child.full_name == "Zélie Pommerole"
    assert situation.received_by is not None
    assert file_state(get_file(db, situation.id)) is State.AGREEMENT


def test_the_whole_story(db: EncryptedDatabase, amina: Actor, basile: Actor, followed: Child) -> None:
    child = followed()
    steps.add_note(db, basile, child, NOTE, TODAY)
    steps.add_objective(db, basile, child, Objective("Savoir ses tables", "Celles de 2"))
    steps.change_review(db, basile, child, date(2026, 12, 15), 1, TODAY)
    steps.end_pathway(db, basile, child, leaving(db, child), TODAY)
    pathway = get_file(db, child).pathway
    assert pathway is not None
    assert pathway.exit is not None
    assert [objective.result for objective in pathway.objectives] == [ObjectiveResult.REACHED] * 3
    assert pathway.review_on == date(2026, 12, 15)
    assert pathway.last_contact_on == NOTE.contact_on
    assert file_state(get_file(db, child)) is State.ENDED
    with pytest.raises(Refused, match="terminé depuis"):
        steps.add_note(db, basile, child, NOTE, TODAY)
    assert broken_entries(db) == []


def test_a_situation_not_taken_up_stays_counted(db: EncryptedDatabase, amina: Actor, received: Child) -> None:
    child = received()
    storage.add_decision(db, amina, child, Decision(date(2026, 9, 21), Outcome.REFUSED, "Hors du programme"), TODAY)
    assert [line.state for line in list_lines(db, TODAY)] == [State.REFUSED]


def test_health_and_justice_are_sealed(db: EncryptedDatabase, amina: Actor, partner: Actor, followed: Child) -> None:
    child = followed(scope=(FieldClass.SCHOOL, FieldClass.HEALTH))
    health = replace(NOTE, field_class=FieldClass.HEALTH, observed="CANARI-FAITS", appreciation="CANARI-AVIS")
    added = steps.add_note(db, amina, child, health, TODAY)
    row = db.row("SELECT * FROM follow_up_note WHERE id = ?", (added,))
    assert row is not None
    assert (row["observed"], row["appreciation"]) == ("", "")
    assert b"CANARI" not in row["sealed"]
    file = get_file(db, child)
    assert get_note(db, file, added, readable_fields(amina)).observed == "CANARI-FAITS"
    assert list_notes(db, file, readable_fields(partner)) == []
    with pytest.raises(NotFound):
        get_note(db, file, added, readable_fields(partner))
    steps.change_note(db, amina, child, replace(health, id=added, field_class=FieldClass.SCHOOL), TODAY)
    row = db.row("SELECT * FROM follow_up_note WHERE id = ?", (added,))
    assert row is not None
    assert row["sealed"] is None
    assert row["observed"] == "CANARI-FAITS"


def test_health_is_refused_when_the_agreement_or_the_role_does_not_cover_it(
    db: EncryptedDatabase, amina: Actor, partner: Actor, followed: Child
) -> None:
    health = replace(NOTE, field_class=FieldClass.HEALTH)
    with pytest.raises(Refused, match="L’accord couvre"):
        steps.add_note(db, amina, followed(), health, TODAY)
    with pytest.raises(Refused, match="rôle"):
        steps.add_note(db, partner, followed("Rose", "Lilas", scope=tuple(FieldClass)[1:]), health, TODAY)


def test_reopening_never_restores_an_agreement(db: EncryptedDatabase, amina: Actor, followed: Child) -> None:
    child = followed()
    storage.withdraw_consent(db, amina, child, TODAY, TODAY)
    steps.end_pathway(db, amina, child, leaving(db, child), TODAY)
    steps.reopen_pathway(db, amina, child, TODAY, "Retour", TODAY)
    assert file_state(get_file(db, child)) is State.FOLLOWED
    assert agreement(get_file(db, child).consents) is None
    with pytest.raises(Refused, match="retiré"):
        steps.add_note(db, amina, child, NOTE, TODAY)
    with pytest.raises(Refused, match="n’est pas terminé"):
        steps.reopen_pathway(db, amina, child, TODAY, "Retour", TODAY)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["agree", "withdraw", "leave", "reopen", "note"]), max_size=12))
def test_no_entry_without_an_agreement_whatever_the_order(
    db: EncryptedDatabase, amina: Actor, followed: Child, moves: list[str]
) -> None:
    child = followed("Lou", "Sureau" + "x" * len(list_lines(db, TODAY)))
    agreed, is_open = True, True
    for move in moves:
        if move == "agree":
            storage.add_consent(db, amina, child, CONSENT, TODAY)
            agreed = True
        elif move == "withdraw" and agreed:
            storage.withdraw_consent(db, amina, child, TODAY, TODAY)
            agreed = False
        elif move == "leave" and is_open:
            steps.end_pathway(db, amina, child, leaving(db, child), TODAY)
            is_open = False
        elif move == "reopen" and not is_open:
            steps.reopen_pathway(db, amina, child, TODAY, "Retour", TODAY)
            is_open = True
        elif move == "note":
            before = db.value("SELECT count(*) FROM follow_up_note")
            try:
                steps.add_note(db, amina, child, replace(NOTE, contact_on=TODAY), TODAY)
            except Refused:
                assert not (agreed and is_open)
            written = db.value("SELECT count(*) FROM follow_up_note") - before
            assert written == (agreed and is_open)


def test_two_editors_of_a_note(db: EncryptedDatabase, amina: Actor, basile: Actor, followed: Child) -> None:
    child = followed()
    note = replace(NOTE, id=steps.add_note(db, basile, child, NOTE, TODAY))
    steps.change_note(db, basile, child, replace(note, observed="Première"), TODAY)
    with pytest.raises(Conflict) as conflict:
        steps.change_note(db, amina, child, replace(note, observed="Seconde"), TODAY)
    assert conflict.value.stored["observed"] == "Première"
    steps.change_note(db, amina, child, replace(note, observed="Seconde", version=conflict.value.version), TODAY)
    assert get_note(db, get_file(db, child), note.id, readable_fields(amina)).observed == "Seconde"


def test_two_editors_of_a_situation_and_of_a_pathway(db: EncryptedDatabase, amina: Actor, followed: Child) -> None:
    child = followed()
    situation = get_file(db, child).situation
    storage.change_situation(db, amina, replace(situation, context="Un"), TODAY)
    with pytest.raises(Conflict):
        storage.change_situation(db, amina, replace(situation, context="Deux"), TODAY)
    assert get_file(db, child).situation.context == "Un"
    propose_hand_over(db, amina, child, amina.member_id or 0, TODAY, TODAY, agreed=True)
    with pytest.raises(Conflict):
        steps.change_review(db, amina, child, date(2027, 1, 8), 1, TODAY)


def test_only_the_author_or_the_coordinator_rewrites_a_note(
    db: EncryptedDatabase, amina: Actor, basile: Actor, followed: Child
) -> None:
    child = followed()
    note = replace(NOTE, id=steps.add_note(db, amina, child, NOTE, TODAY))
    with pytest.raises(NotAllowed):
        steps.change_note(db, basile, child, replace(note, observed="Autre chose"), TODAY)


def test_handing_over_ends_writing_at_once(db: EncryptedDatabase, amina: Actor, basile: Actor, followed: Child) -> None:
    child = followed()
    assert open_file(db, basile, Action.VIEW_SITUATIONS, child)
    propose_hand_over(db, amina, child, amina.member_id or 0, TODAY, TODAY, agreed=True)
    with pytest.raises(NotFound):
        open_file(db, basile, Action.FOLLOW_CHILD, child, TODAY)
    assert open_file(db, basile, Action.VIEW_SITUATIONS, child, TODAY + timedelta(30))
    with pytest.raises(NotFound):
        open_file(db, basile, Action.VIEW_SITUATIONS, child, TODAY + timedelta(31))
    with pytest.raises(Refused, match="personne de la communauté"):
        propose_hand_over(db, amina, child, 9_999, TODAY, TODAY)


def test_each_opening_leaves_its_entry_and_a_refusal_too(
    db: EncryptedDatabase, amina: Actor, basile: Actor, received: Child
) -> None:
    child = received()
    before = len(deeds(db))
    open_file(db, amina, Action.VIEW_SITUATIONS, child)
    for absent in (child, 9_999):
        with pytest.raises(NotFound):
            open_file(db, basile, Action.VIEW_SITUATIONS, absent)
    assert deeds(db)[before:] == [("read", "situation"), ("refuse", "situation"), ("refuse", "situation")]
    assert count_readers(db, child) == 1
    assert [(reading.name, reading.deed) for reading in list_readings(db, child)] == [
        ("Basile Tournelac", "Refus"),
        ("Amina Vertefeuille", "Lecture"),
        ("Amina Vertefeuille", "Création"),
    ]


def test_a_refused_entry_leaves_nothing(db: EncryptedDatabase, basile: Actor, followed: Child) -> None:
    child = followed()
    before = deeds(db)
    with pytest.raises(Refused):
        steps.add_note(db, basile, child, replace(NOTE, contact_on=date(2026, 12, 1)), TODAY, "cle-a-usage-unique")
    assert deeds(db) == before
    assert db.value("SELECT count(*) FROM follow_up_note") == 0
    assert db.value("SELECT count(*) FROM submission WHERE key = 'cle-a-usage-unique'") == 0


def test_a_form_sent_twice_is_stored_once(db: EncryptedDatabase, basile: Actor, followed: Child) -> None:
    child = followed()
    steps.add_note(db, basile, child, NOTE, TODAY, "cle")
    with pytest.raises(Repeated):
        steps.add_note(db, basile, child, NOTE, TODAY, "cle")
    assert db.value("SELECT count(*) FROM follow_up_note") == 1


def test_the_log_holds_no_name_and_no_text(db: EncryptedDatabase, basile: Actor, followed: Child) -> None:
    child = followed("Canarine", "Canarelle")
    steps.add_note(db, basile, child, replace(NOTE, observed="Canaribou"), TODAY)
    assert "anar" not in str(db.rows("SELECT * FROM audit_entry"))


def test_a_child_of_the_same_name_is_asked_about(db: EncryptedDatabase, amina: Actor, received: Child) -> None:
    first = received()
    alike = replace(get_file(db, first).situation, child=Identity("POMMEROLE", "Zelie"))
    with pytest.raises(Refused, match="déjà connu") as refusal:
        storage.add_situation(db, amina, alike, TODAY)
    assert refusal.value.field == "known"
    child_id = str(alike.child_id)
    with pytest.raises(Refused, match="déjà en cours"):
        storage.add_situation(db, amina, alike, TODAY, known=child_id)
    twin = storage.add_situation(db, amina, alike, TODAY, known=storage.OTHER_CHILD)
    assert get_file(db, twin).situation.child_id != alike.child_id
    storage.add_decision(db, amina, first, Decision(TODAY, Outcome.ELSEWHERE, "Une aide existe"), TODAY)
    again = storage.add_situation(db, amina, alike, TODAY, known=child_id)
    assert get_file(db, again).situation.child_id == alike.child_id
    assert get_file(db, again).situation.child.given_name == "Zélie"


def test_lists_are_sourced_filled_once_and_keep_what_is_ended(db: EncryptedDatabase, amina: Actor, lists: None) -> None:
    assert storage.seed_lists(db, amina, TODAY) == 0
    for name in ReferenceList:
        assert len(list_items(db, name)) >= 4
        assert all(item.source for item in list_items(db, name))
    first = list_items(db, ReferenceList.MOTIVES)[0]
    end_item(db, amina, first.id, TODAY)
    assert first.code in dict(choices(db, ReferenceList.MOTIVES, TODAY))
    assert first.code not in dict(choices(db, ReferenceList.MOTIVES, date(2026, 11, 21)))
    assert first.code in labels(db, ReferenceList.MOTIVES)
