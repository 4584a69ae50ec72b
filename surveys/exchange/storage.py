"""Answers read from a file, until a person confirms them."""

import json
from dataclasses import asdict
from datetime import date

from impact.audit import Actor, Deed, write
from impact.db import EncryptedDatabase
from impact.exceptions import NotFound
from surveys.answering import kept_answers
from surveys.exchange.answers_in import Entry, Reading
from surveys.exchange.records import Left
from surveys.paper.rules import as_sent
from surveys.records import Wave
from surveys.storage import add_responses


def stage_answers(db: EncryptedDatabase, actor: Actor, wave: Wave, name: str, reading: Reading, once: str = "") -> int:
    """Keep what was read, and give its id; what was staged before for this wave and not confirmed is replaced."""
    content = json.dumps(asdict(reading), ensure_ascii=False)
    with write(db, actor, once) as log:
        db.execute("DELETE FROM answer_import WHERE wave_id = ?", (wave.id,))
        added = db.insert_row(
            "INSERT INTO answer_import (wave_id, name, content) VALUES (?, ?, ?)", (wave.id, name[:120], content)
        )
        log.note(Deed.CREATE, "answer_import", added)
    return added


def get_staged(db: EncryptedDatabase, import_id: int, wave_id: int) -> tuple[str, Reading]:
    """The name of the file and what was read in it; raises NotFound."""
    row = db.row("SELECT name, content FROM answer_import WHERE id = ? AND wave_id = ?", (import_id, wave_id))
    if row is None:
        raise NotFound
    known = json.loads(row["content"])
    entries = tuple(Entry(**each) for each in known["entries"])
    refused = tuple(Left(**each) for each in known["refused"])
    doubtful = tuple(Left(**each) for each in known["doubtful"])
    return row["name"], Reading(entries, refused, tuple(known["ignored"]), doubtful)


def store_answers(
    db: EncryptedDatabase, actor: Actor, wave: Wave, reading: Reading, today: date, import_id: int = 0, once: str = ""
) -> int:
    """Store every entry, and give how many are new: a file read twice doubles nothing."""
    asked = wave.questionnaire
    forms = [(today, entry.key, kept_answers(asked, as_sent(asked, entry.typed))) for entry in reading.entries]
    with write(db, actor, once) as log:
        new = add_responses(db, wave.id, forms)
        db.execute("DELETE FROM answer_import WHERE id = ?", (import_id,))
        log.note(Deed.CREATE, "answer_import", import_id or None, ["entries"])
    return new


def forget_answers(db: EncryptedDatabase, actor: Actor, import_id: int, once: str = "") -> None:
    """Give up what was read."""
    with write(db, actor, once) as log:
        db.execute("DELETE FROM answer_import WHERE id = ?", (import_id,))
        log.note(Deed.DELETE, "answer_import", import_id)
