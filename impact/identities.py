"""Names, birth dates and contacts: the only module that reads or writes the identity table."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from impact.db import EncryptedDatabase, Row
from impact.exceptions import NotFound
from impact.sounds import key_of
from impact.wording import fold

# A shorter word would be found in many names run together.
RUN_ON = 5
# Whoever is chosen comes in the order of an index, so that one page is read without the others.
_IN_ORDER = "SELECT chosen.key FROM identity CROSS JOIN ({chosen}) AS chosen ON chosen.identity_id = identity.id"
_ORDERS = {
    "nom": "replace(folded, ' ', ''), family_name, given_name",
    "-nom": "replace(folded, ' ', '') DESC, family_name DESC, given_name DESC",
    "age": "birth_date DESC",
    "-age": "birth_date NULLS LAST",
}


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


def keys_in_order(db: EncryptedDatabase, chosen: str, parameters: dict[str, object], order: str) -> list[int]:
    """One page (`:skip`, `:limit`) of what the statement `chosen` gives as `key` and `identity_id`.

    By name (« nom », « -nom ») or by age (« age », « -age »), unknown ages last; among the ids of `:people`, JSON, if any.
    """
    among = "WHERE identity.id IN (SELECT value FROM json_each(:people))" if parameters["people"] else ""
    statement = f"{_IN_ORDER.format(chosen=chosen)} {among} ORDER BY {_ORDERS[order]}, chosen.key"
    return [row[0] for row in db.execute(f"{statement} LIMIT :limit OFFSET :skip", parameters)]


def close_word(db: EncryptedDatabase, text: str) -> str:
    """The word of somebody's name nearest to one that was searched in vain; empty when none is near."""
    known = _words(_folded(db))
    for word in fold(text).split():
        # The same initial: who mistypes a name knows how it begins, and thousands of words stay quick.
        near = [each for each in known if each[0] == word[0] and abs(len(each) - len(word)) <= 2]
        for found in get_close_matches(word, near, n=1, cutoff=0.7):
            return found
    return ""


def search_identities(db: EncryptedDatabase, text: str) -> list[int]:
    """Ids of the people each of whose searched words is in the name, or sounds like a word of it; any input is text.

    A long word may run over an apostrophe, a hyphen or a space: « oneill » finds O’Neill.
    """
    asked = [(word, key_of(word)) for word in fold(text).split()]
    people = _folded(db) if asked else []
    known = _words(people)
    for word, key in asked:
        meant = {each for each in known if word in each or (key and key == key_of(each))}
        people = [
            each
            for each in people
            if not meant.isdisjoint(each[1].split()) or (len(word) >= RUN_ON and word in each[1].replace(" ", ""))
        ]
    return [one for one, _ in people]


def _folded(db: EncryptedDatabase) -> list[tuple[int, str]]:
    # Two long texts rather than thousands of rows; a folded name holds no line break.
    row = db.execute("SELECT group_concat(id, ' '), group_concat(folded, char(10)) FROM identity").fetchone()
    return list(zip(map(int, (row[0] or "").split()), (row[1] or "").split("\n"), strict=False))


def _words(people: list[tuple[int, str]]) -> set[str]:
    return set(" ".join(folded for _, folded in people).split())


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
