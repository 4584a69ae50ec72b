"""Spreadsheets that wait for a confirmation, and what their words meant last time."""

import json
import zlib
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from impact.audit import Actor, Deed, Log, write
from impact.db import EncryptedDatabase, Row
from impact.exceptions import Conflict, NotFound, Refused
from impact.sheets.matching_rules import LEXICONS, heading_key
from impact.sheets.reading import Sheets, pack_sheets, unpack_sheets
from impact.sheets.records import Batch, Import, Plan
from impact.sheets.vocabulary import ImportState, Subject
from impact.vocabulary import Term

KEPT = timedelta(days=7)


def stage(
    db: EncryptedDatabase,
    actor: Actor,
    name: str,
    sheets: Sheets,
    once: str = "",
    *,
    subject: Subject = Subject.SITUATIONS,
) -> int:
    """Keep the cells until they are confirmed, seven days at most; older ones are erased on the way."""
    now = datetime.now(UTC)
    with write(db, actor, once) as log:
        db.execute(
            "UPDATE sheet_import SET cells = NULL, choices = '{}' WHERE received_at < ? AND state <> 'ordered'",
            ((now - KEPT).isoformat(),),
        )
        added = db.insert_row(
            "INSERT INTO sheet_import (name, received_at, actor_ref, actor_role, member_id, state, cells, subject)"
            " VALUES (?, ?, ?, ?, ?, 'staged', ?, ?)",
            (
                name[:120],
                now.isoformat(timespec="seconds"),
                actor.account_ref,
                actor.role,
                actor.member_id,
                zlib.compress(json.dumps(pack_sheets(sheets), ensure_ascii=False).encode()),
                subject.value,
            ),
        )
        log.note(Deed.CREATE, "sheet_import", added)
    return added


def get_import(db: EncryptedDatabase, import_id: int) -> Import:
    """Raises NotFound; without cells once they are erased."""
    row = db.row("SELECT * FROM sheet_import WHERE id = ?", (import_id,))
    if row is None:
        raise NotFound
    return _import(row)


def get_actor(db: EncryptedDatabase, import_id: int) -> Actor:
    """Who sent the spreadsheet: the job writes in her name."""
    row = db.row("SELECT actor_ref, actor_role, member_id FROM sheet_import WHERE id = ?", (import_id,))
    if row is None:
        raise NotFound
    return Actor(row["actor_ref"], row["actor_role"], row["member_id"])


def list_imports(db: EncryptedDatabase) -> list[Import]:
    """Latest first, without their cells."""
    rows = db.rows("SELECT *, NULL AS cells FROM sheet_import ORDER BY id DESC LIMIT 50")
    return [_import(row | {"cells": None}) for row in rows]


def save_plan(db: EncryptedDatabase, actor: Actor, import_id: int, plan: Plan, version: int, once: str = "") -> None:
    """What columns and values mean; what was answered about rows that resemble each other is asked again."""
    with write(db, actor, once) as log:
        _check_staged(db, import_id, version)
        db.execute(
            "UPDATE sheet_import SET plan = ?, version = version + 1 WHERE id = ?",
            (json.dumps(_pack_plan(plan), ensure_ascii=False), import_id),
        )
        log.note(Deed.CHANGE, "sheet_import", import_id, ["plan"])


def save_choices(
    db: EncryptedDatabase, actor: Actor, import_id: int, choices: Mapping[str, str], version: int, once: str = ""
) -> None:
    """Which rows are one child."""
    with write(db, actor, once) as log:
        _check_staged(db, import_id, version)
        db.execute(
            "UPDATE sheet_import SET choices = ?, version = version + 1 WHERE id = ?",
            (json.dumps(dict(choices)), import_id),
        )
        log.note(Deed.CHANGE, "sheet_import", import_id, ["choices"])


def order_import(db: EncryptedDatabase, actor: Actor, import_id: int, version: int, once: str = "") -> None:
    """Confirmed: from here on the worker writes it."""
    with write(db, actor, once) as log:
        _check_staged(db, import_id, version)
        db.execute("UPDATE sheet_import SET state = 'ordered', version = version + 1 WHERE id = ?", (import_id,))
        log.note(Deed.CHANGE, "sheet_import", import_id, ["state"])


def ordered_imports(db: EncryptedDatabase) -> list[int]:
    """Confirmed and not yet written."""
    return [int(row["id"]) for row in db.rows("SELECT id FROM sheet_import WHERE state = 'ordered' ORDER BY id")]


def forget_import(db: EncryptedDatabase, actor: Actor, import_id: int, once: str = "") -> None:
    """Erase the cells; an import that was written keeps its line and its numbers."""
    with write(db, actor, once) as log:
        if get_import(db, import_id).state is ImportState.ORDERED:
            raise Refused("L’import est en cours : attendez qu’il soit terminé.")
        db.execute("UPDATE sheet_import SET cells = NULL, choices = '{}' WHERE id = ?", (import_id,))
        db.execute("DELETE FROM sheet_import WHERE id = ? AND state = 'staged'", (import_id,))
        log.note(Deed.DELETE, "sheet_import", import_id)


def read_memory(db: EncryptedDatabase) -> dict[tuple[str, str], str]:
    """What headings (target empty) and values (target: a column) meant last time."""
    return {(row["target"], row["said"]): row["meaning"] for row in db.rows("SELECT * FROM sheet_memory")}


def write_import(
    db: EncryptedDatabase,
    actor: Actor,
    staged: Import,
    plan: Plan,
    batch: Batch[Any, Any],
    write_entries: Callable[[Log], dict[str, int]],
    once: str = "",
) -> dict[str, int]:
    """All in one transaction: what `write_entries` writes and counts, and what the words meant."""
    with write(db, actor, once) as log:
        if get_import(db, staged.id).state is ImportState.DONE:
            raise Refused("Cet import est déjà fait.")
        counts = write_entries(log) | {"refused": len(batch.refused), "present": len(batch.present)}
        _remember(db, staged, plan)
        db.execute(
            "UPDATE sheet_import SET state = 'done', counts = ?, version = version + 1 WHERE id = ?",
            (json.dumps(counts), staged.id),
        )
        log.note(Deed.CHANGE, "sheet_import", staged.id, ["state"])
    return counts


def _remember(db: EncryptedDatabase, staged: Import, plan: Plan) -> None:
    """Keep what this plan says, names of people aside."""
    lexicon, headings = LEXICONS[staged.subject], staged.sheets[plan.sheet][1][plan.heading_row - 1]
    kept = [(lexicon.memory, heading_key(heading), plan.columns.get(at, "")) for at, heading in enumerate(headings)]
    kept += [
        (column.value, said, meaning)
        for column, meanings in plan.meanings.items()
        if column is not lexicon.people
        for said, meaning in meanings.items()
    ]
    for target, said, meaning in kept:
        if said:
            db.execute(
                "INSERT INTO sheet_memory (target, said, meaning) VALUES (?, ?, ?)"
                " ON CONFLICT (target, said) DO UPDATE SET meaning = excluded.meaning",
                (target, said[:200], str(meaning)),
            )


def _check_staged(db: EncryptedDatabase, import_id: int, version: int) -> None:
    now = get_import(db, import_id)
    if now.state is not ImportState.STAGED or not now.sheets:
        raise Refused("Cet import est déjà fait ou effacé : envoyez de nouveau le fichier.")
    if now.version != version:
        raise Conflict({}, now.version)


def _import(row: Row) -> Import:
    subject = Subject(row["subject"])
    cells = json.loads(zlib.decompress(row["cells"])) if row["cells"] else []
    return Import(
        id=row["id"],
        name=row["name"],
        received_at=datetime.fromisoformat(row["received_at"]),
        state=ImportState(row["state"]),
        sheets=unpack_sheets(cells),
        plan=_unpack_plan(json.loads(row["plan"]), LEXICONS[subject].columns) if row["plan"] else None,
        choices=json.loads(row["choices"]),
        counts=json.loads(row["counts"]),
        version=row["version"],
        subject=subject,
    )


def _pack_plan(plan: Plan) -> dict[str, Any]:
    return {
        "sheet": plan.sheet,
        "heading_row": plan.heading_row,
        "stopped_on": plan.stopped_on.isoformat(),
        "columns": {str(at): column.value for at, column in plan.columns.items()},
        "meanings": {column.value: dict(meanings) for column, meanings in plan.meanings.items()},
    }


def _unpack_plan(packed: dict[str, Any], columns: type[Term]) -> Plan:
    return Plan(
        packed["sheet"],
        packed["heading_row"],
        date.fromisoformat(packed["stopped_on"]),
        {int(at): columns(value) for at, value in packed["columns"].items()},
        {columns(value): meanings for value, meanings in packed["meanings"].items()},
    )
