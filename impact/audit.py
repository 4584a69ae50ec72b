"""Who did what, written in the same transaction as the deed; entries are chained and cannot be changed."""

import hashlib
import hmac
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from impact.db import EncryptedDatabase, gate
from impact.exceptions import Repeated
from impact.vocabulary import Term

AUDIT_KEY = "audit"


class Deed(Term):
    """What is done to an object."""

    READ = "read", "Lecture"
    SEARCH = "search", "Recherche"
    EXPORT = "export", "Export"
    PRINT = "print", "Impression"
    CREATE = "create", "Création"
    CHANGE = "change", "Modification"
    DELETE = "delete", "Suppression"
    SHARE = "share", "Partage"
    REFUSE = "refuse", "Refus"
    SIGN_IN = "sign_in", "Connexion"
    SIGN_OUT = "sign_out", "Déconnexion"


@dataclass(frozen=True)
class Actor:
    """Who acts: an account's reference and the role used; `member_id` is the person in this community's file."""

    account_ref: str
    role: str
    member_id: int | None = None


SYSTEM = Actor("system", "system")


class Log:
    """The entries of one transaction."""

    def __init__(self, db: EncryptedDatabase, actor: Actor) -> None:
        self.db = db
        self.actor = actor
        self.noted = False

    def note(self, deed: Deed, kind: str, object_id: int | None = None, fields: Sequence[str] = ()) -> None:
        """Add one entry: references and fields' names only, never a value or a name."""
        self.noted = True
        previous = self.db.value("SELECT mac FROM audit_entry ORDER BY id DESC LIMIT 1") or ""
        entry = (
            datetime.now(UTC).isoformat(timespec="milliseconds"),
            self.actor.account_ref,
            self.actor.role,
            deed.value,
            kind,
            object_id,
            json.dumps(sorted(fields)),
        )
        self.db.execute(
            "INSERT INTO audit_entry (at, actor_ref, actor_role, deed, object_kind, object_id, fields, mac)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (*entry, _mac(self.db, previous, entry)),
        )


@contextmanager
def write(db: EncryptedDatabase, actor: Actor, once: str = "") -> Iterator[Log]:
    """The one way to change a file: gate, writes, audit entry, commit; `once` is the form's one-use key.

    Raises Repeated when that key was already used, RuntimeError when the block noted nothing.
    """
    with gate(db):
        if once:
            _claim(db, once)
        log = Log(db, actor)
        yield log
        if not log.noted:
            raise RuntimeError("This write left no audit entry.")


def note_access(db: EncryptedDatabase, actor: Actor, deed: Deed, kind: str, object_id: int | None = None) -> None:
    """Record a reading, a search, a print or an export, which changes nothing else."""
    with write(db, actor) as log:
        log.note(deed, kind, object_id)


def remember_location(db: EncryptedDatabase, once: str, location: str) -> None:
    """Where a form led, so that its repetition leads there too."""
    with gate(db):
        db.execute("UPDATE submission SET location = ? WHERE key = ? AND location IS NULL", (location, once))


def broken_entries(db: EncryptedDatabase) -> list[int]:
    """Ids of the entries that no longer follow from the one before: changed, or preceded by a removed one."""
    broken: list[int] = []
    previous = ""
    for row in db.rows("SELECT * FROM audit_entry ORDER BY id"):
        entry = tuple(
            row[name] for name in ("at", "actor_ref", "actor_role", "deed", "object_kind", "object_id", "fields")
        )
        if not hmac.compare_digest(_mac(db, previous, entry), row["mac"]):
            broken.append(int(row["id"]))
        previous = row["mac"]
    return broken


def _claim(db: EncryptedDatabase, once: str) -> None:
    known = db.row("SELECT location FROM submission WHERE key = ?", (once,))
    if known is not None:
        raise Repeated(known["location"])
    db.execute("INSERT INTO submission (key, at) VALUES (?, ?)", (once, datetime.now(UTC).isoformat()))


def _mac(db: EncryptedDatabase, previous: str, entry: tuple[object, ...]) -> str:
    key = bytes.fromhex(db.key(AUDIT_KEY))
    text = json.dumps([previous, *entry], ensure_ascii=True)
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
