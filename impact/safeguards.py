"""What the forms of the follow-up watch: fields that the community switched off, words that it warns about."""

from collections.abc import Collection
from datetime import date

from impact.audit import Actor, Deed, write
from impact.db import EncryptedDatabase
from impact.reference_lists import choices

WARNED_WORDS = "warned_words"


def fields_off(db: EncryptedDatabase) -> frozenset[str]:
    """The optional fields that no form shows any more, as « table.column »."""
    return frozenset(row["field"] for row in db.rows("SELECT field FROM field_switch"))


def switch_fields(
    db: EncryptedDatabase, actor: Actor, fields: Collection[str], off: bool, day: date, once: str = ""
) -> None:
    """Take fields out of their form, or bring them back; what was typed stays until the file is erased."""
    with write(db, actor, once) as log:
        for field in fields:
            if off:
                db.execute(
                    "INSERT OR IGNORE INTO field_switch (field, off_since) VALUES (?, ?)", (field, day.isoformat())
                )
            else:
                db.execute("DELETE FROM field_switch WHERE field = ?", (field,))
        log.note(Deed.CHANGE, "field_switch", None, sorted(fields))


def warned_words(db: EncryptedDatabase, day: date) -> list[str]:
    """The words that ask for a second look, as the community lists them on a day."""
    return [label for _, label in choices(db, WARNED_WORDS, day)]
