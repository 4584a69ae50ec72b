"""Encrypted SQLite files, opened one way, written through one gate."""

import fcntl
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3

# sqlite-utils takes pysqlite3 when there is one: Debian 12's own SQLite has the WAL-reset corruption bug.
sys.modules["pysqlite3"] = sqlcipher3

from sqlite_utils import Database, Migrations  # noqa: E402
from sqlite_utils.utils import dedupe_keys  # noqa: E402

from impact.exceptions import Unusable  # noqa: E402
from impact.keys import Keyring  # noqa: E402

OLDEST_SQLITE = (3, 51, 3)
DriverError = sqlcipher3.DatabaseError
IntegrityError = sqlcipher3.IntegrityError
Row = dict[str, Any]
Parameters = Sequence[object] | dict[str, object]
# Name, statement, and the value that SQLite must answer afterwards.
PRAGMAS = (
    ("journal_mode", "PRAGMA journal_mode = WAL", "wal"),
    ("synchronous", "PRAGMA synchronous = FULL", 2),
    ("foreign_keys", "PRAGMA foreign_keys = ON", 1),
    ("secure_delete", "PRAGMA secure_delete = ON", 1),
    ("busy_timeout", "PRAGMA busy_timeout = 10000", 10000),
    ("trusted_schema", "PRAGMA trusted_schema = OFF", 0),
    ("cell_size_check", "PRAGMA cell_size_check = ON", 1),
)


class EncryptedDatabase(Database):
    """A sqlite-utils database that knows its file and its keyring."""

    def __init__(self, connection: sqlcipher3.Connection, path: Path, keyring: Keyring) -> None:
        super().__init__(connection)
        self.path = path
        self.keyring = keyring
        self._keys: dict[str, str] = {}

    def key(self, name: str) -> str:
        """A key of the house, read once while the file is open; raises Unusable like the keyring."""
        if name not in self._keys:
            self._keys[name] = self.keyring.get(name)
        return self._keys[name]

    def rows(self, sql: str, parameters: Parameters = ()) -> list[Row]:
        """Every row as a dict by column name."""
        found = self.execute(sql, parameters)
        names = _names(found)
        return [dict(zip(names, row, strict=True)) for row in found]

    def row(self, sql: str, parameters: Parameters = ()) -> Row | None:
        """The first row, or None."""
        found = self.execute(sql, parameters)
        first = found.fetchone()
        return None if first is None else dict(zip(_names(found), first, strict=True))

    def value(self, sql: str, parameters: Parameters = ()) -> Any:
        """The first column of the first row, or None."""
        found = self.execute(sql, parameters).fetchone()
        return None if found is None else found[0]

    def insert_row(self, sql: str, parameters: Parameters = ()) -> int:
        """Run an INSERT and give the new row's id."""
        return int(self.execute(sql, parameters).lastrowid or 0)

    def changed(self, sql: str, parameters: Parameters = ()) -> int:
        """Run an UPDATE or DELETE and give the number of rows it touched."""
        return int(self.execute(sql, parameters).rowcount)


def _names(found: sqlcipher3.Cursor) -> list[str]:
    """The columns' names; sqlite-utils' own `query` would put a savepoint around each question."""
    return list(dedupe_keys(column[0] for column in found.description))


def connect(path: Path, key_name: str, keyring: Keyring, *, create: bool = False) -> EncryptedDatabase:
    """Open a file with its key; raises Unusable when SQLite, the file, the key or a PRAGMA is not as it must be."""
    check_sqlite(sqlcipher3.sqlite_version_info)
    if create:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    elif not path.exists():
        raise Unusable(f"Le fichier {path} manque : restaurez la dernière sauvegarde.")
    key = keyring.get(key_name)
    mode = "rwc" if create else "rw"
    connection = sqlcipher3.connect(
        f"{path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None, check_same_thread=False
    )
    try:
        unlock(connection, key)
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except DriverError:
        connection.close()
        raise Unusable(f"La clé « {key_name} » n’ouvre pas {path} : ce n’est pas la bonne clé.") from None
    for _, statement, _ in PRAGMAS:
        connection.execute(statement)
    check_pragmas(connection)
    return EncryptedDatabase(connection, path, keyring)


def unlock(connection: sqlcipher3.Connection, key: str) -> None:
    """Give a raw key, already checked as 64 hexadecimal digits by the keyring."""
    connection.execute(f"PRAGMA key = \"x'{key}'\"")


def check_sqlite(version: tuple[int, ...]) -> None:
    """Refuse a SQLite that can corrupt its journal (before 3.51.3)."""
    if version < OLDEST_SQLITE:
        found, needed = (".".join(map(str, v)) for v in (version, OLDEST_SQLITE))
        raise Unusable(f"SQLite {found} peut abîmer les données : la version {needed} ou plus récente est nécessaire.")


def cipher_version() -> str:
    """The versions of SQLite and SQLCipher in use, after checking that the first is sound."""
    check_sqlite(sqlcipher3.sqlite_version_info)
    connection = sqlcipher3.connect(":memory:")
    try:
        (cipher,) = connection.execute("PRAGMA cipher_version").fetchone()
    finally:
        connection.close()
    return f"SQLite {sqlcipher3.sqlite_version}, SQLCipher {cipher}"


def check_pragmas(connection: sqlcipher3.Connection) -> None:
    """Read every setting back: one that did not take is a reason not to start."""
    for name, _, expected in PRAGMAS:
        found = connection.execute(f"PRAGMA {name}").fetchone()
        if found is None or found[0] != expected:
            raise Unusable(f"Le réglage SQLite « {name} » n’a pas été pris : l’application ne démarre pas.")


@contextmanager
def gate(db: EncryptedDatabase) -> Iterator[None]:
    """One writer at a time over all processes, all or nothing; a gate inside a gate belongs to the outer one."""
    if db.conn.in_transaction:
        yield
        return
    with db.path.with_suffix(".lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        db.conn.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            db.conn.execute("ROLLBACK")
            raise
        db.conn.execute("COMMIT")


def compact(db: EncryptedDatabase) -> None:
    """Rewrite the file and empty its journal, so that no byte of a deleted row stays; waits for other writers."""
    with db.path.with_suffix(".lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for statement in ("PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
            db.execute(statement).fetchall()


def migrate(db: EncryptedDatabase, sets: Sequence[Migrations]) -> list[str]:
    """Apply what is pending, set by set, all or nothing; gives the names applied."""
    pending = [f"{group.name}.{step.name}" for group in sets for step in group.pending(db)]
    if not pending:
        return []
    db.conn.execute("PRAGMA foreign_keys = OFF")
    try:
        with gate(db):
            for group in sets:
                group.apply(db)
            broken = db.execute("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise Unusable(f"La mise à jour de {db.path} laisse des liens rompus : elle est annulée.")
    finally:
        db.conn.execute("PRAGMA foreign_keys = ON")
    return pending
