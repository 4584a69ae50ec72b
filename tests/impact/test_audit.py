"""The log: chained, closed to change, and following every deed."""

import pytest

from impact.audit import Actor, Deed, broken_entries, note_access, write
from impact.db import DriverError, EncryptedDatabase


@pytest.fixture
def three_entries(db: EncryptedDatabase, amina: Actor) -> list[int]:
    for number in (1, 2, 3):
        note_access(db, amina, Deed.READ, "child", number)
    return [row["id"] for row in db.rows("SELECT id FROM audit_entry ORDER BY id DESC LIMIT 3")][::-1]


def test_an_entry_says_who_did_what(db: EncryptedDatabase, amina: Actor) -> None:
    note_access(db, amina, Deed.EXPORT, "situation", 12)
    row = db.rows("SELECT * FROM audit_entry ORDER BY id")[-1]
    assert (row["actor_ref"], row["actor_role"]) == (amina.account_ref, "coordinator")
    assert (row["deed"], row["object_kind"], row["object_id"]) == ("export", "situation", 12)


@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET deed = 'read'", "DELETE FROM audit_entry"])
def test_the_log_refuses_change(db: EncryptedDatabase, three_entries: list[int], statement: str) -> None:
    with pytest.raises(DriverError, match="cannot be changed"):
        db.execute(statement)


def test_an_edited_entry_is_found(db: EncryptedDatabase, three_entries: list[int]) -> None:
    assert broken_entries(db) == []
    db.execute("DROP TRIGGER audit_entry_no_update")
    db.execute("UPDATE audit_entry SET object_id = 99 WHERE id = ?", (three_entries[0],))
    assert broken_entries(db) == [three_entries[0]]


def test_a_removed_entry_is_found(db: EncryptedDatabase, three_entries: list[int]) -> None:
    db.execute("DROP TRIGGER audit_entry_no_delete")
    db.execute("DELETE FROM audit_entry WHERE id = ?", (three_entries[1],))
    assert broken_entries(db) == [three_entries[2]]


def test_a_write_inside_a_write_belongs_to_the_same_transaction(db: EncryptedDatabase, amina: Actor) -> None:
    before = db.value("SELECT count(*) FROM audit_entry")
    with pytest.raises(ZeroDivisionError), write(db, amina) as outer:
        outer.note(Deed.CREATE, "outer")
        with write(db, amina) as inner:
            inner.note(Deed.CREATE, "inner")
        1 / 0  # noqa: B018
    assert db.value("SELECT count(*) FROM audit_entry") == before
