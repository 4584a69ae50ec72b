"""Emergency openings, contact restrictions, copies: what storage and rules say."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from impact.accounts.access import Action, FieldClass
from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.exceptions import Conflict, NotFound, Refused
from impact.identities import Identity
from impact.pathways.file_storage import get_file, list_readings, open_file
from impact.pathways.line_storage import list_lines
from impact.pathways.pathway_storage import end_pathway
from impact.pathways.records import DomainReview, DomainScore, Exit
from impact.pathways.review_storage import add_review
from impact.pathways.rules import fields_read, may_open_line
from impact.pathways.vocabulary import ObjectiveResult
from impact.protection.copy_storage import MASKED, PROTECTED, ask_copy, copy_as_json, copy_of, get_copy, release_copy
from impact.protection.notices import file_notices
from impact.protection.records import FileCopy, Restriction
from impact.protection.restriction_storage import list_restrictions, save_restriction
from impact.protection.todos import protection_todos
from impact.protection.urgent_storage import list_urgent, open_urgently
from impact.protection.vocabulary import Requester
from tests.impact.protection.conftest import CANARIES, OLD, TODAY, followed

CHILD = Identity(CANARIES["identity"].upper(), "aldégonde", date(2015, 3, 14))
REASON = "L’enfant n’est pas rentré, la référente est absente."


def test_an_emergency_reads_for_three_hours_without_justice(
    db: EncryptedDatabase, amina: Actor, basile: Actor, child: int
) -> None:
    with pytest.raises(NotFound):
        open_file(db, basile, Action.VIEW_SITUATIONS, child)
    now = datetime.now(UTC)
    assert open_urgently(db, basile, CHILD, REASON, now - timedelta(hours=2, minutes=59)) == child
    file = open_file(db, basile, Action.VIEW_SITUATIONS, child)
    assert fields_read(basile, file) == frozenset(FieldClass) - {FieldClass.JUSTICE}
    for action in (Action.FOLLOW_CHILD, Action.ADD_SITUATION, Action.END_PATHWAY, Action.COPY_FILE):
        with pytest.raises(NotFound):
            open_file(db, basile, action, child)
    assert not any(may_open_line(basile, line) for line in list_lines(db, TODAY))
    told = [notice.title for notice in file_notices(db, amina, file.situation.child_id, child, frozenset(FieldClass))]
    assert told == ["Dossier ouvert avec une raison écrite"]
    assert [todo.title for todo in protection_todos(db, amina, OLD)] == [
        f"Dossier de Aldegonde {CANARIES['identity']} ouvert en urgence"
    ]
    assert protection_todos(db, basile, OLD) == []
    assert "Partage" in {reading.deed for reading in list_readings(db, child)}


def test_an_emergency_ends_by_itself(db: EncryptedDatabase, basile: Actor, child: int) -> None:
    open_urgently(db, basile, CHILD, REASON, datetime.now(UTC) - timedelta(hours=3, minutes=1))
    with pytest.raises(NotFound):
        open_file(db, basile, Action.VIEW_SITUATIONS, child)
    assert len(list_urgent(db, child)) == 1


@pytest.mark.parametrize(
    ("asked", "reason", "field"),
    [
        (Identity(CANARIES["identity"], "Aldegonde", date(2015, 3, 15)), REASON, "family_name"),
        (Identity(CANARIES["identity"], "", date(2015, 3, 14)), REASON, "family_name"),
        (CHILD, "Vite", "reason"),
    ],
)
def test_an_emergency_names_the_child_and_says_why(
    db: EncryptedDatabase, basile: Actor, child: int, asked: Identity, reason: str, field: str
) -> None:
    with pytest.raises(Refused) as refusal:
        open_urgently(db, basile, asked, reason, datetime.now(UTC))
    assert refusal.value.field == field
    assert list_urgent(db) == []


def restrict(db: EncryptedDatabase, actor: Actor, child: int, until: date | None = None) -> int:
    child_id = get_file(db, child).situation.child_id
    restriction = Restriction(child_id, "Ondin Cascade, père", "Jugement du 4 mai.", date(2026, 5, 4), until)
    save_restriction(db, actor, child, restriction, TODAY)
    return child_id


def test_a_restriction_is_sealed_told_and_ends(db: EncryptedDatabase, amina: Actor, child: int) -> None:
    child_id = restrict(db, amina, child)
    assert get_file(db, child).safeguards.restricted
    (stored,) = db.rows("SELECT sealed FROM contact_restriction")
    assert b"Ondin" not in stored["sealed"]
    (told,) = file_notices(db, amina, child_id, child, frozenset(FieldClass))
    assert "Ondin Cascade" in told.detail
    (kept_back,) = file_notices(db, amina, child_id, child, {FieldClass.IDENTITY})
    assert "Ondin" not in kept_back.detail
    (known,) = list_restrictions(db, child_id)
    ended = Restriction(child_id, known.person, known.ruling, known.since, date(2026, 6, 1), known.id, known.version)
    save_restriction(db, amina, child, ended, TODAY)
    assert not get_file(db, child).safeguards.restricted
    with pytest.raises(Conflict):
        save_restriction(db, amina, child, ended, TODAY)


def asked(db: EncryptedDatabase, actor: Actor, child: int) -> FileCopy:
    child_id = get_file(db, child).situation.child_id
    copy = FileCopy(child_id, child, Requester.PARENT, "Carte vue.", date(2026, 11, 2), actor.member_id or 0)
    return get_copy(db, child, ask_copy(db, actor, copy, TODAY))


def test_a_copy_needs_two_people(db: EncryptedDatabase, amina: Actor, basile: Actor, child: int) -> None:
    copy = asked(db, basile, child)
    with pytest.raises(Refused, match="autre personne"):
        release_copy(db, basile, copy, TODAY)
    assert next(todo.action_label for todo in protection_todos(db, amina, TODAY)) == "Relire et remettre"
    release_copy(db, amina, copy, TODAY)
    released = get_copy(db, child, copy.id)
    assert (released.released_by, released.released_on) == (amina.member_id, TODAY)
    with pytest.raises(Refused, match="déjà"):
        release_copy(db, amina, copy, TODAY)
    with pytest.raises(Exception, match="CHECK"):
        db.execute("UPDATE file_copy SET released_by = asked_by")
    asked(db, amina, child)
    assert next(todo.action_label for todo in protection_todos(db, amina, TODAY)) == "Voir la demande"


def test_a_copy_is_complete_and_masks_the_others(db: EncryptedDatabase, amina: Actor, child: int) -> None:
    asked(db, amina, child)
    child_id = get_file(db, child).situation.child_id
    sections = copy_of(db, child_id, protected=False)
    assert all(row for section in sections for row in section.rows)
    assert "situation_line" not in {section.table for section in sections}
    text = copy_as_json(sections)
    content = json.loads(text)
    for word in ("identity", "context", "tried", "school", "social", "health", "justice"):
        assert CANARIES[word] in text, word
    for word in (CANARIES["parent"], CANARIES["sender"], "Amina", "Vertefeuille"):
        assert word not in text
    assert content["consent"][0]["identity_id"] == MASKED
    assert content["consent"][0]["relation"] == "Mère"
    assert content["orientation"][0]["institution"] == "École des Tilleuls"
    assert {note["member_id"] for note in content["follow_up_note"]} == {MASKED}
    assert content["pathway"] == [{"started_on": "02/10/2023"}]


def test_a_copy_says_which_review_a_score_is_of_and_which_objective_a_result(
    db: EncryptedDatabase, amina: Actor, child: int
) -> None:
    file = get_file(db, child)
    assert file.pathway is not None
    add_review(db, amina, child, DomainReview(date(2026, 5, 4), (DomainScore("school", 4, "Lit seul."),)), None, TODAY)
    results = {objective.id: ObjectiveResult.REACHED for objective in file.pathway.objectives}
    end_pathway(db, amina, child, Exit(date(2026, 10, 1), "moved", "", results), TODAY)
    content = json.loads(copy_as_json(copy_of(db, file.situation.child_id, protected=False)))
    assert content["domain_score"][0]["review_id"] == "04/05/2026"
    assert content["objective_result"][0]["objective_id"] == "Lire"


def test_a_restricted_copy_says_no_place(db: EncryptedDatabase, amina: Actor, child: int) -> None:
    child_id = restrict(db, amina, child)
    text = copy_as_json(copy_of(db, child_id, protected=True))
    assert "Tilleuls" not in text
    assert "Ondin" not in text
    assert json.loads(text)["orientation"][0]["institution"] == PROTECTED


def test_a_name_in_a_text_is_masked(db: EncryptedDatabase, amina: Actor, child: int) -> None:
    brother = followed(db, amina, date(2026, 9, 1), "Rosier", CANARIES["identity"])
    child_id, other_id = (get_file(db, each).situation.child_id for each in (child, brother))
    db.execute("INSERT INTO household (id) VALUES (7)")
    db.execute("UPDATE child SET household_id = 7 WHERE id IN (?, ?)", (child_id, other_id))
    said = f"Vue avec DALVA {CANARIES['parent']}, puis Dalva et Rosier. Aldegonde aime le rosier."
    db.execute("UPDATE situation SET context = ? WHERE id = ?", (said, child))
    (row,) = json.loads(copy_as_json(copy_of(db, child_id, protected=False)))["situation"]
    assert row["context"] == "Vue avec [tiers], puis [tiers] et [tiers]. Aldegonde aime le rosier."
