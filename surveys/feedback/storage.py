"""Sheets for those who answered: every statement about them."""

from impact.audit import Actor, Deed, write
from impact.db import EncryptedDatabase
from impact.exceptions import Conflict
from surveys.feedback.records import Sheet


def list_sheets(db: EncryptedDatabase, wave_id: int) -> list[Sheet]:
    """The sheets of a wave, one a language."""
    rows = db.rows("SELECT * FROM feedback_sheet WHERE wave_id = ? ORDER BY language", (wave_id,))
    return [Sheet(row["language"], row["told"], row["will"], row["version"]) for row in rows]


def find_sheet(db: EncryptedDatabase, wave_id: int, language: str) -> Sheet | None:
    """The sheet in one language."""
    return next((sheet for sheet in list_sheets(db, wave_id) if sheet.language == language), None)


def save_sheet(
    db: EncryptedDatabase, actor: Actor, wave_id: int, sheet: Sheet, version_read: int, once: str = ""
) -> None:
    """Raises Conflict when somebody saved since `version_read`."""
    with write(db, actor, once) as log:
        stored = find_sheet(db, wave_id, sheet.language)
        if stored and stored.version != version_read:
            raise Conflict({"told": stored.told, "will": stored.will}, stored.version)
        db.execute(
            "INSERT INTO feedback_sheet (wave_id, language, told, will) VALUES (?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET told = excluded.told, will = excluded.will, version = version + 1",
            (wave_id, sheet.language, sheet.told, sheet.will),
        )
        log.note(Deed.CHANGE, "wave", wave_id, ["feedback"])
