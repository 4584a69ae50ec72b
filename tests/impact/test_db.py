"""Encrypted files: what is refused at opening, and the gate under eight writing processes."""

import multiprocessing
import os
import signal
import time
from contextlib import closing
from pathlib import Path

import pytest
import sqlcipher3
from sqlite_utils import Migrations

from impact.audit import SYSTEM, Deed, broken_entries, write
from impact.db import EncryptedDatabase, check_pragmas, check_sqlite, connect, gate, migrate
from impact.demo import PRE
from impact.exceptions import Repeated, Unusable
from impact.instance import Instance
from impact.keys import Keyring
from impact.migrations import every_file

WRITERS, WRITES_EACH = 8, 25
_SPAWN = multiprocessing.get_context("spawn")


@pytest.fixture
def keyring(tmp_path: Path) -> Keyring:
    ring = Keyring(tmp_path / "keys")
    for name in ("file", "audit"):
        ring.create(name)
    return ring


@pytest.fixture
def file(tmp_path: Path, keyring: Keyring) -> EncryptedDatabase:
    db = connect(tmp_path / "data" / "file.db", "file", keyring, create=True)
    migrate(db, [every_file])
    return db


def test_sqlite_with_the_journal_bug_is_refused() -> None:
    with pytest.raises(Unusable, match=r"SQLite 3\.51\.2 .* 3\.51\.3"):
        check_sqlite((3, 51, 2))
    check_sqlite((3, 51, 3))


def test_a_missing_key_is_named_and_no_empty_file_is_left(tmp_path: Path) -> None:
    path = tmp_path / "data" / "file.db"
    with pytest.raises(Unusable, match="La clé « file » manque"):
        connect(path, "file", Keyring(tmp_path / "keys"), create=True)
    assert not path.exists()


def test_a_wrong_key_is_refused_and_the_file_is_left_as_it_was(file: EncryptedDatabase, keyring: Keyring) -> None:
    file.close()
    before = file.path.read_bytes()
    keyring.destroy("file")
    keyring.create("file")
    with pytest.raises(Unusable, match="n’ouvre pas"):
        connect(file.path, "file", keyring)
    assert file.path.read_bytes() == before


def test_a_missing_file_is_refused_and_not_made(tmp_path: Path, keyring: Keyring) -> None:
    with pytest.raises(Unusable, match="restaurez la dernière sauvegarde"):
        connect(tmp_path / "absent.db", "file", keyring)
    assert not (tmp_path / "absent.db").exists()


def test_a_pragma_that_did_not_take_is_a_reason_not_to_start(tmp_path: Path) -> None:
    bare = sqlcipher3.connect(tmp_path / "bare.db")
    with pytest.raises(Unusable, match="journal_mode"):
        check_pragmas(bare)
    bare.close()


def test_no_clear_text_reaches_the_disk(file: EncryptedDatabase, tmp_path: Path) -> None:
    with write(file, SYSTEM) as log:
        log.note(Deed.CREATE, "canarykind")
    for path in (tmp_path / "data").rglob("*"):
        assert b"canarykind" not in path.read_bytes(), path
        assert b"SQLite format" not in path.read_bytes(), path


def test_a_failed_write_leaves_nothing(file: EncryptedDatabase) -> None:
    with pytest.raises(ZeroDivisionError), write(file, SYSTEM) as log:
        log.note(Deed.CREATE, "thing")
        1 / 0  # noqa: B018
    assert file.value("SELECT count(*) FROM audit_entry") == 0


def test_a_write_without_audit_entry_is_a_fault(file: EncryptedDatabase) -> None:
    with pytest.raises(RuntimeError, match="no audit entry"), write(file, SYSTEM):
        file.execute("INSERT INTO submission (key, at) VALUES ('a', 'b')")
    assert file.value("SELECT count(*) FROM submission") == 0


def test_a_form_key_serves_once(file: EncryptedDatabase) -> None:
    with write(file, SYSTEM, "key") as log:
        log.note(Deed.CREATE, "thing")
    with pytest.raises(Repeated), write(file, SYSTEM, "key") as log:
        log.note(Deed.CREATE, "thing")
    assert file.value("SELECT count(*) FROM audit_entry") == 1


def test_a_failed_form_can_be_sent_again(file: EncryptedDatabase) -> None:
    with pytest.raises(ZeroDivisionError), write(file, SYSTEM, "key"):
        1 / 0  # noqa: B018
    with write(file, SYSTEM, "key") as log:
        log.note(Deed.CREATE, "thing")


def test_migrations_that_break_links_are_undone(file: EncryptedDatabase) -> None:
    broken = Migrations("test.broken")

    @broken(name="0001_broken")
    def orphan(db: EncryptedDatabase) -> None:
        db.execute("CREATE TABLE parent (id INTEGER PRIMARY KEY) STRICT")
        db.execute("CREATE TABLE orphan (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES parent (id)) STRICT")
        db.execute("INSERT INTO orphan (parent_id) VALUES (7)")

    with pytest.raises(Unusable, match="liens rompus"):
        migrate(file, [broken])
    assert file.value("SELECT count(*) FROM sqlite_master WHERE name = 'orphan'") == 0
    assert file.value("PRAGMA foreign_keys") == 1


def _count(path: Path, keys: Path, times: int) -> None:
    db = connect(path, "file", Keyring(keys))
    for _ in range(times):
        with write(db, SYSTEM) as log:
            value = int(db.value("SELECT location FROM submission WHERE key = 'count'"))
            db.execute("UPDATE submission SET location = ? WHERE key = 'count'", (str(value + 1),))
            log.note(Deed.CHANGE, "count")
    db.close()


def _hold_the_gate(path: Path, keys: Path) -> None:
    db = connect(path, "file", Keyring(keys))
    with gate(db):
        db.execute("UPDATE submission SET location = '-1000' WHERE key = 'count'")
        path.with_name("held").touch()
        time.sleep(60)


@pytest.mark.fault
def test_eight_writers_and_one_killed_inside_the_gate_lose_nothing(file: EncryptedDatabase) -> None:
    with gate(file):
        file.execute("INSERT INTO submission (key, at, location) VALUES ('count', '', '0')")
    keys = file.keyring.folder
    holder = _SPAWN.Process(target=_hold_the_gate, args=(file.path, keys))
    holder.start()
    writers = [_SPAWN.Process(target=_count, args=(file.path, keys, WRITES_EACH)) for _ in range(WRITERS)]
    for writer in writers:
        writer.start()
    while not file.path.with_name("held").exists():
        time.sleep(0.01)
    assert holder.pid is not None
    os.kill(holder.pid, signal.SIGKILL)
    for process in (holder, *writers):
        process.join(60)
    assert [writer.exitcode for writer in writers] == [0] * WRITERS
    assert file.value("SELECT location FROM submission WHERE key = 'count'") == str(WRITERS * WRITES_EACH)
    assert file.value("SELECT count(*) FROM audit_entry") == WRITERS * WRITES_EACH
    assert broken_entries(file) == []


def test_a_server_keeps_its_files_open_and_leaves_them_whole(place: Instance) -> None:
    served = Instance(place.root, place.schema)
    path = served.community_path(PRE)
    journal = path.with_name(path.name + "-wal")
    with served.kept_open():
        for turn in range(2):
            with closing(served.community(PRE)) as db, write(db, SYSTEM) as log:
                log.note(Deed.CREATE, "test", turn)
            assert journal.stat().st_size
    assert not journal.exists()
    with closing(served.community(PRE)) as db:
        assert db.value("SELECT count(*) FROM audit_entry WHERE object_kind = 'test'") == 2
    assert not journal.exists()
