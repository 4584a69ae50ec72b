"""Contact restrictions: who must not be told where the child is, sealed as what is about justice."""

import json
from datetime import date

from impact.audit import Actor, Deed, write
from impact.db import EncryptedDatabase, Row
from impact.exceptions import Conflict, NotFound
from impact.protection.records import Restriction
from impact.protection.rules import check_restriction
from impact.sealing import seal, unseal
from impact.wording import short_date


def list_restrictions(db: EncryptedDatabase, child_id: int) -> list[Restriction]:
    """Every restriction of a child, the latest first; for roles that read what is about justice."""
    rows = db.rows("SELECT * FROM contact_restriction WHERE child_id = ? ORDER BY since DESC, id DESC", (child_id,))
    return [_restriction(db, row) for row in rows]


def get_restriction(db: EncryptedDatabase, child_id: int, restriction_id: int) -> Restriction:
    """Raises NotFound when it is not this child's."""
    found = next((known for known in list_restrictions(db, child_id) if known.id == restriction_id), None)
    if found is None:
        raise NotFound
    return found


def save_restriction(
    db: EncryptedDatabase, actor: Actor, situation_id: int, restriction: Restriction, today: date, once: str = ""
) -> None:
    """A new restriction (id 0), or the correction of one; raises Conflict when it was saved meanwhile."""
    with write(db, actor, once) as log:
        check_restriction(restriction, today)
        until = restriction.until.isoformat() if restriction.until else None
        if restriction.id:
            stored = get_restriction(db, restriction.child_id, restriction.id)
            if stored.version != restriction.version:
                raise Conflict(_as_read(stored), stored.version)
            saved = restriction.id
            db.execute(
                "UPDATE contact_restriction SET since = ?, until = ?, version = version + 1 WHERE id = ?",
                (restriction.since.isoformat(), until, saved),
            )
        else:
            saved = db.insert_row(
                "INSERT INTO contact_restriction (child_id, since, until, sealed) VALUES (?, ?, ?, x'')",
                (restriction.child_id, restriction.since.isoformat(), until),
            )
        texts = json.dumps([restriction.person, restriction.ruling])
        db.execute("UPDATE contact_restriction SET sealed = ? WHERE id = ?", (seal(db, texts, _label(saved)), saved))
        log.note(Deed.CHANGE, "situation", situation_id, ["contact_restriction"])


def _restriction(db: EncryptedDatabase, row: Row) -> Restriction:
    person, ruling = json.loads(unseal(db, row["sealed"], _label(row["id"])))
    return Restriction(
        row["child_id"],
        person,
        ruling,
        date.fromisoformat(row["since"]),
        date.fromisoformat(row["until"]) if row["until"] else None,
        row["id"],
        row["version"],
    )


def _label(restriction_id: int) -> str:
    return f"contact_restriction.texts:{restriction_id}"


def _as_read(stored: Restriction) -> dict[str, object]:
    return {
        "person": stored.person,
        "ruling": stored.ruling,
        "since": short_date(stored.since),
        "until": short_date(stored.until),
    }
