"""The clock, the archive, the real erasure."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from impact.accounts.access import Action, FieldClass
from impact.audit import Actor, broken_entries
from impact.backups import make_backup
from impact.commands import restore
from impact.db import EncryptedDatabase
from impact.exceptions import Conflict, NotFound, Refused
from impact.instance import Instance
from impact.pathways.file_storage import get_file, open_file
from impact.pathways.line_storage import list_lines
from impact.pathways.pathway_storage import add_note
from impact.pathways.records import Note
from impact.pathways.vocabulary import ContactKind
from impact.protection import retention_storage as kept
from impact.protection.erasure_storage import erase_again, erase_files, erased_marks
from impact.protection.records import Delay, ErasedFacts
from impact.protection.rules import add_months, counts_of
from impact.protection.urgent_storage import open_archived
from impact.protection.vocabulary import DueGroup, Measure
from tests.impact.protection.conftest import CANARIES, OLD, TODAY, actor_of, followed

REASON = "Le service des archives demande de garder ce dossier."


def child_of(db: EncryptedDatabase, situation_id: int) -> int:
    return get_file(db, situation_id).situation.child_id


def everything(db: EncryptedDatabase) -> str:
    """Every cell of every table, as one text."""
    return "\n".join(str(row) for name in db.table_names() for row in db.table(name).rows)


def test_a_file_is_due_two_years_after_the_last_contact(db: EncryptedDatabase, child: int) -> None:
    assert [due.due_on for due in kept.list_due(db, date(2025, 10, 2))] == [date(2025, 10, 2)]
    assert kept.list_due(db, date(2025, 10, 1)) == []
    assert kept.list_due(db, TODAY)[0].group is DueGroup.SILENT


def test_a_new_contact_starts_the_clock_again(db: EncryptedDatabase, amina: Actor, child: int) -> None:
    note = Note(date(2024, 12, 3), ContactKind.CALL, 5, None, FieldClass.SOCIAL, "Appel.")
    add_note(db, amina, child, note, TODAY)
    assert kept.list_due(db, TODAY) == []


def test_months_end_on_a_day_that_exists() -> None:
    assert add_months(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert add_months(date(2024, 11, 30), 3) == date(2025, 2, 28)


def test_the_delay_asks_for_its_reason(db: EncryptedDatabase, amina: Actor, child: int) -> None:
    with pytest.raises(Refused) as refusal:
        kept.set_delay(db, amina, Delay(60, "Parce que"))
    assert refusal.value.field == "reason"
    kept.set_delay(db, amina, Delay(60, "Avis écrit de la déléguée à la protection des données."))
    assert kept.list_due(db, TODAY) == []
    with pytest.raises(Conflict):
        kept.set_delay(db, amina, Delay(12, "Avis écrit de la déléguée, corrigé ensuite.", version=1))


def test_keeping_longer_takes_a_reason_and_comes_back(db: EncryptedDatabase, amina: Actor, child: int) -> None:
    child_id = child_of(db, child)
    for until, reason, field in (
        (None, REASON, "until"),
        (TODAY, REASON, "until"),
        (date(2040, 1, 1), REASON, "until"),
        (TODAY + timedelta(30), "Court", "reason"),
    ):
        with pytest.raises(Refused) as refusal:
            kept.keep_longer(db, amina, [child_id], until, reason, TODAY)
        assert refusal.value.field == field
    kept.keep_longer(db, amina, [child_id], TODAY + timedelta(30), REASON, TODAY)
    assert kept.list_due(db, TODAY + timedelta(29)) == []
    assert kept.list_due(db, TODAY + timedelta(30))[0].held.kept_reason == REASON


def test_an_archive_leaves_the_lists_and_is_read_by_the_coordinator_alone(
    db: EncryptedDatabase, amina: Actor, lists: None
) -> None:
    basile = actor_of(db, "Basile Tournelac", "referent")
    child = followed(db, basile, OLD)
    child_id = child_of(db, child)
    kept.archive_files(db, amina, [child_id], TODAY + timedelta(365), REASON, TODAY)
    assert list_lines(db, TODAY) == []
    now = datetime.now(UTC)
    for hours in (3, 1):
        with pytest.raises(NotFound):
            open_file(db, amina, Action.VIEW_SITUATIONS, child)
        open_archived(db, amina, child, REASON, now - timedelta(hours=hours))
    assert open_file(db, amina, Action.VIEW_SITUATIONS, child).safeguards.archived_on == TODAY
    for actor, action in ((basile, Action.VIEW_SITUATIONS), (amina, Action.FOLLOW_CHILD)):
        with pytest.raises(NotFound):
            open_file(db, actor, action, child)
    with pytest.raises(Refused, match="archivé"):
        get_file(db, child)
    assert kept.list_due(db, TODAY + timedelta(364)) == []
    assert kept.list_due(db, TODAY + timedelta(365))[0].group is DueGroup.ARCHIVED
    kept.reopen_archive(db, amina, child_id)
    assert [line.situation_id for line in list_lines(db, TODAY)] == [child]


def test_nothing_is_erased_that_is_not_on_the_list(db: EncryptedDatabase, amina: Actor, lists: None) -> None:
    child_id = child_of(db, followed(db, amina, date(2026, 10, 1)))
    for wanted in ([], [child_id], [999]):
        with pytest.raises(Refused):
            erase_files(db, amina, wanted, TODAY)


def test_no_word_of_an_erased_child_stays(place: Instance, db: EncryptedDatabase, amina: Actor, child: int) -> None:
    other = followed(db, amina, date(2026, 10, 1), "Ferréol", "Passerinette")
    before = everything(db)
    assert all(CANARIES[name] in before for name in ("identity", "parent", "sender", "school", "context", "tried"))
    sealed = [row["sealed"] for row in db.rows("SELECT sealed FROM follow_up_note WHERE sealed IS NOT NULL")]
    gone = db.row("SELECT id FROM follow_up_note WHERE sealed IS NOT NULL ORDER BY id")
    assert gone is not None
    erase_files(db, amina, [child_of(db, child)], TODAY)
    after = everything(db)
    # The other child's story was written with the same words but under another name.
    assert CANARIES["identity"] not in after
    assert "Aldegonde" not in after
    assert "Passerinette" in after
    left = {row["sealed"] for row in db.rows("SELECT sealed FROM follow_up_note WHERE sealed IS NOT NULL")}
    assert len(left) == len(sealed) - 2
    assert db.value("SELECT count(*) FROM identity WHERE family_name = ?", (CANARIES["parent"],)) == 1
    assert get_file(db, other).situation.child.family_name == "Passerinette"
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    assert broken_entries(db) == []


def test_no_byte_of_an_erased_child_stays(db: EncryptedDatabase, amina: Actor, child: int, tmp_path: Path) -> None:
    erase_files(db, amina, [child_of(db, child)], TODAY)
    clear = tmp_path / "clear.db"
    db.execute("ATTACH DATABASE ? AS clear KEY ''", (str(clear),))
    db.execute("SELECT sqlcipher_export('clear')").fetchall()
    db.execute("DETACH DATABASE clear")
    content = clear.read_bytes() + b"".join(path.read_bytes() for path in db.path.parent.iterdir())
    assert b"Vertefeuille" in content
    for word in (*CANARIES.values(), "Aldegonde"):
        assert word.encode() not in content, word
    assert db.value("PRAGMA freelist_count") == 0
    assert db.path.with_name("community.db-wal").stat().st_size == 0


def test_the_log_keeps_that_an_erasure_took_place(db: EncryptedDatabase, amina: Actor, child: int) -> None:
    erase_files(db, amina, [child_of(db, child)], TODAY)
    row = db.row("SELECT * FROM audit_entry WHERE deed = 'delete' ORDER BY id DESC")
    assert row is not None
    assert (row["object_kind"], row["object_id"], row["actor_ref"]) == ("child_file", None, amina.account_ref)


def test_what_is_counted_singles_nobody_out() -> None:
    one = ErasedFacts(2022, "girl", "school", "family", "pathway", 2022, 2023, "reached")
    alone = counts_of([one] * 4)
    assert set(alone) == {(2022, Measure.RECEIVED, ""), (2022, Measure.STARTED, ""), (2023, Measure.ENDED, "")}
    many = counts_of([one] * 5 + [ErasedFacts(2022, "boy", "school", "health", "refused", None, None, "")])
    assert many[2022, Measure.RECEIVED, ""] == 6
    assert (many[2022, Measure.SEX, "girl"], many[2022, Measure.SEX, "boy"]) == (5, 1)
    assert many[2023, Measure.EXIT_REASON, "reached"] == 5


def test_counts_add_up_from_one_approval_to_the_next(db: EncryptedDatabase, amina: Actor, child: int) -> None:
    second = followed(db, amina, OLD, "Ferréol", "Passerinette")
    for situation_id in (child, second):
        erase_files(db, amina, [child_of(db, situation_id)], TODAY)
    counts = {(count.year, count.measure, count.category): count.situations for count in kept.list_counts(db)}
    assert counts == {(2023, Measure.RECEIVED, ""): 2, (2023, Measure.STARTED, ""): 2}


def test_an_erased_child_comes_back_from_no_backup(
    place: Instance, db: EncryptedDatabase, amina: Actor, child: int, tmp_path: Path
) -> None:
    child_id = child_of(db, child)
    for name in ("backup-essonne", "backup-pre-demonstration"):
        place.keyring.ensure(name)
    made = make_backup(place, tmp_path / "backups")
    erase_files(db, amina, [child_id], TODAY)
    assert len(erased_marks(db)) == 1
    db.close()

    class Arguments:
        folder, force = made, True

    assert restore(place, Arguments()) == 0  # type: ignore[arg-type]
    again = place.community("pre-demonstration")
    assert CANARIES["identity"] not in everything(again)
    assert len(erased_marks(again)) == 1
    assert erase_again(again, [], TODAY) == 0
    again.close()
