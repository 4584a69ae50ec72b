"""Names, birth dates and contacts: the only module that reads or writes the identity table."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from impact.db import EncryptedDatabase, Row
from impact.exceptions import NotFound
from impact.phonetics import sound
from impact.wording import fold

# As the index has it.
_RISING = "SELECT id FROM identity ORDER BY replace(folded, ' ', ''), family_name, given_name"
_FALLING = "SELECT id FROM identity ORDER BY replace(folded, ' ', '') DESC, family_name DESC, given_name DESC"


@dataclass(frozen=True)
class Identity:
    """A person's name and contacts; `id` is 0 before it is stored."""

    family_name: str
    given_name: str = ""
    birth_date: date | None = None
    email: str = ""
    phone: str = ""
    id: int = 0

    @property
    def full_name(self) -> str:
        """As it is said: given name first."""
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def listed_name(self) -> str:
        """As it is sorted: family name first."""
        return f"{self.family_name} {self.given_name}".strip()


def add_identity(db: EncryptedDatabase, identity: Identity) -> int:
    """Store a person and give the id; belongs inside a `write`."""
    return db.insert_row(
        "INSERT INTO identity (family_name, given_name, birth_date, email, phone, folded) VALUES (?, ?, ?, ?, ?, ?)",
        _values(identity),
    )


def change_identity(db: EncryptedDatabase, identity: Identity) -> None:
    """Replace every field; belongs inside a `write`."""
    db.execute(
        "UPDATE identity SET family_name = ?, given_name = ?, birth_date = ?, email = ?, phone = ?, folded = ?"
        " WHERE id = ?",
        (*_values(identity), identity.id),
    )


def remove_identity(db: EncryptedDatabase, identity_id: int) -> None:
    """Erase a person to whom nothing is tied any more; belongs inside a `write`."""
    db.execute("DELETE FROM identity WHERE id = ?", (identity_id,))


def get_identity(db: EncryptedDatabase, identity_id: int) -> Identity:
    """Raises NotFound."""
    found = identities(db, [identity_id])
    if identity_id not in found:
        raise NotFound
    return found[identity_id]


def identities(db: EncryptedDatabase, ids: Iterable[int] | None = None) -> dict[int, Identity]:
    """By id; every identity of the file when `ids` is None."""
    if ids is None:
        rows = db.rows("SELECT id, family_name, given_name, birth_date, email, phone FROM identity")
    else:
        rows = db.rows(
            "SELECT id, family_name, given_name, birth_date, email, phone FROM identity"
            " WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(set(ids))),),
        )
    return {row["id"]: _identity(row) for row in rows}


def in_name_order(db: EncryptedDatabase, *, falling: bool = False) -> Iterator[int]:
    """The ids of everybody in French alphabetical order, read as they are asked for."""
    statement = _FALLING if falling else _RISING
    return (row[0] for row in db.execute(statement))


def in_birth_order(db: EncryptedDatabase, *, falling: bool = False) -> Iterator[int]:
    """The ids of everybody whose birth date is known, the youngest first."""
    statement = (
        "SELECT id FROM identity WHERE birth_date IS NOT NULL ORDER BY birth_date, id"
        if falling
        else "SELECT id FROM identity WHERE birth_date IS NOT NULL ORDER BY birth_date DESC, id"
    )
    return (row[0] for row in db.execute(statement))


def close_word(db: EncryptedDatabase, text: str) -> str:
    """The word of somebody's name nearest to one that was searched in vain; empty when none is near."""
    known: set[str] = {word for row in db.execute("SELECT folded FROM identity") for word in row[0].split()}
    for word in fold(text).split():
        for found in get_close_matches(word, known, n=1, cutoff=0.7):
            return found
    return ""


def search_identities(db: EncryptedDatabase, text: str) -> list[int]:
    """Ids of the people whose name holds every word or, when nobody's does, sounds like them; any input is text."""
    words = fold(text).split()
    if not words:
        return []
    rows = db.execute("SELECT id, folded FROM identity").fetchall()
    found = [key for key, folded in rows if all(word in folded for word in words)]
    if found:
        return found
    heard = {sound(word) for word in words}
    return [key for key, folded in rows if heard <= {sound(word) for word in folded.split()}]


def _values(identity: Identity) -> tuple[object, ...]:
    birth = identity.birth_date.isoformat() if identity.birth_date else None
    folded = fold(identity.listed_name)
    return identity.family_name, identity.given_name, birth, identity.email, identity.phone, folded


def _identity(row: Row) -> Identity:
    birth = row["birth_date"]
    return Identity(
        family_name=row["family_name"],
        given_name=row["given_name"],
        birth_date=date.fromisoformat(birth) if birth else None,
        email=row["email"],
        phone=row["phone"],
        id=row["id"],
    )
