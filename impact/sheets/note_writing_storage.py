"""Write the notes of an import, and tell those that are there already."""

from datetime import date

from impact.audit import Log
from impact.db import EncryptedDatabase
from impact.pathways.file_storage import sealed_texts
from impact.pathways.pathway_storage import insert_note
from impact.pathways.vocabulary import ContactKind
from impact.sheets.note_checking_rules import NoteKey, note_key
from impact.sheets.records import Batch, NoteEntry


def list_note_keys(db: EncryptedDatabase) -> set[NoteKey]:
    """What recognises each note of the community."""
    rows = db.rows(
        "SELECT follow_up_note.id, child_id, contact_on, contact_kind, observed, sealed FROM follow_up_note"
        " JOIN pathway ON pathway.id = pathway_id JOIN situation ON situation.id = situation_id"
    )
    return {
        note_key(
            row["child_id"],
            date.fromisoformat(row["contact_on"]),
            ContactKind(row["contact_kind"]),
            (row | sealed_texts(db, row))["observed"],
        )
        for row in rows
    }


def write_notes(db: EncryptedDatabase, log: Log, batch: Batch[NoteEntry, NoteEntry]) -> dict[str, int]:
    """Belongs inside a `write`; gives how many notes were added, about how many children."""
    pathways = {row["situation_id"]: row["id"] for row in db.rows("SELECT id, situation_id FROM pathway")}
    for entry in batch.entries:
        insert_note(db, log, entry.situation_id, pathways[entry.situation_id], entry.note)
    return {"notes": len(batch.entries), "children": batch.children, "lines": len(batch.entries)}
