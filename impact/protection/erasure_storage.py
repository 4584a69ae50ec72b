"""Erasing files for good: rows, bytes of the file, and those that a backup would bring back."""

import hashlib
import hmac
from collections.abc import Collection, Iterable
from datetime import date

from impact.audit import AUDIT_KEY, SYSTEM, Actor, Deed, write
from impact.db import EncryptedDatabase, compact
from impact.identities import get_identity
from impact.protection.child_rows import delete_rows
from impact.protection.records import ErasedFacts
from impact.protection.retention_storage import list_due, list_held
from impact.protection.rules import check_erasable, counts_of

_FACTS = """
    SELECT substr(received_on, 1, 4) AS received, child.sex, origin,
        coalesce((SELECT code FROM situation_motive WHERE situation_id = situation.id ORDER BY position), '') AS motive,
        coalesce((SELECT outcome FROM decision WHERE situation_id = situation.id
            ORDER BY decided_on DESC, id DESC), '') AS outcome,
        substr(pathway.started_on, 1, 4) AS started, substr(pathway_exit.ended_on, 1, 4) AS ended,
        coalesce(pathway_exit.reason, '') AS exit_reason
    FROM situation JOIN child ON child.id = child_id LEFT JOIN pathway ON pathway.situation_id = situation.id
    LEFT JOIN pathway_exit ON pathway_exit.pathway_id = pathway.id AND pathway_exit.reopened_on IS NULL
    WHERE child_id = ?
"""


def erase_files(db: EncryptedDatabase, actor: Actor, child_ids: Collection[int], today: date, once: str = "") -> None:
    """Erase approved files: counts stay, rows and bytes go; refuses what is neither due nor archived.

    The log keeps that an erasure took place, without the child's number; `erased_file` keeps a keyed mark, which
    tells nothing, and recognises the child in a backup.
    """
    with write(db, actor, once) as log:
        archived = [held.child_id for held in list_held(db) if held.archived_on]
        check_erasable(child_ids, list_due(db, today), archived)
        facts = [fact for child_id in child_ids for fact in _facts(db, child_id)]
        for (year, measure, category), number in counts_of(facts).items():
            db.execute(
                "INSERT INTO erased_count (year, measure, category, situations) VALUES (?, ?, ?, ?) ON CONFLICT"
                " (year, measure, category) DO UPDATE SET situations = situations + excluded.situations",
                (year, measure.value, category, number),
            )
        for child_id in child_ids:
            mark = _mark(db, child_id)
            delete_rows(db, child_id)
            db.execute("INSERT OR IGNORE INTO erased_file (mark, erased_on) VALUES (?, ?)", (mark, today.isoformat()))
            log.note(Deed.DELETE, "child_file")
    compact(db)


def erased_marks(db: EncryptedDatabase) -> set[str]:
    """The marks of every erased file."""
    return {row["mark"] for row in db.rows("SELECT mark FROM erased_file")}


def erase_again(db: EncryptedDatabase, marks: Iterable[str], today: date) -> int:
    """Erase what a restored backup brought back; gives how many files. They were counted the first time."""
    known = set(marks)
    back = [row["id"] for row in db.rows("SELECT id FROM child") if _mark(db, row["id"]) in known]
    if not known:
        return 0
    with write(db, SYSTEM) as log:
        for child_id in back:
            delete_rows(db, child_id)
        for mark in known:
            db.execute("INSERT OR IGNORE INTO erased_file (mark, erased_on) VALUES (?, ?)", (mark, today.isoformat()))
        log.note(Deed.DELETE, "child_file", None, ["restored"])
    compact(db)
    return len(back)


def _facts(db: EncryptedDatabase, child_id: int) -> list[ErasedFacts]:
    return [
        ErasedFacts(
            int(row["received"]),
            row["sex"],
            row["origin"],
            row["motive"],
            row["outcome"],
            int(row["started"]) if row["started"] else None,
            int(row["ended"]) if row["ended"] else None,
            row["exit_reason"],
        )
        for row in db.rows(_FACTS, (child_id,))
    ]


def _mark(db: EncryptedDatabase, child_id: int) -> str:
    child = get_identity(db, int(db.value("SELECT identity_id FROM child WHERE id = ?", (child_id,))))
    text = f"{child_id}|{child.listed_name}|{child.birth_date}"
    return hmac.new(bytes.fromhex(db.keyring.get(AUDIT_KEY)), text.encode(), hashlib.sha256).hexdigest()
