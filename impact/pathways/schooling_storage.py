"""Schooling by year: one row per child and school year, read and written here."""

import json
from collections.abc import Iterable, Sequence
from datetime import date

from impact.audit import Actor, Deed, Log, write
from impact.db import EncryptedDatabase, Row
from impact.exceptions import Conflict
from impact.identities import get_identity
from impact.pathways.records import ChildFile, Schooling
from impact.pathways.schooling_rules import as_read, check_school_covered, check_schooling
from impact.pathways.vocabulary import InQpv, Level, PriorityNetwork


def list_schooling(db: EncryptedDatabase, child_id: int) -> tuple[Schooling, ...]:
    """Oldest year first."""
    return schooling_by_child(db, [child_id]).get(child_id, ())


def schooling_by_child(db: EncryptedDatabase, child_ids: Iterable[int]) -> dict[int, tuple[Schooling, ...]]:
    """Oldest year first, for each child who has any."""
    rows = db.rows(
        "SELECT * FROM schooling WHERE child_id IN (SELECT value FROM json_each(?)) ORDER BY child_id, school_year",
        (json.dumps(sorted(set(child_ids))),),
    )
    found: dict[int, tuple[Schooling, ...]] = {}
    for row in rows:
        found[row["child_id"]] = (*found.get(row["child_id"], ()), _schooling(row))
    return found


def save_schooling(
    db: EncryptedDatabase, actor: Actor, child_id: int, schooling: Schooling, today: date, once: str = ""
) -> int:
    """Write one year of a child, new when `version` is 0; raises Conflict when somebody wrote that year meanwhile."""
    with write(db, actor, once) as log:
        return _save(db, log, child_id, schooling, today)


def save_year(
    db: EncryptedDatabase, actor: Actor, file: ChildFile, schooling: Schooling, today: date, once: str = ""
) -> int:
    """The same for a file whose agreement must cover the school."""
    check_school_covered(file)
    return save_schooling(db, actor, file.situation.child_id, schooling, today, once)


def save_new_year(
    db: EncryptedDatabase, actor: Actor, rows: Sequence[tuple[int, Schooling]], today: date, once: str = ""
) -> int:
    """The new year of many children at once, all or none; gives how many."""
    with write(db, actor, once) as log:
        for child_id, schooling in rows:
            _save(db, log, child_id, schooling, today)
        log.note(Deed.CHANGE, "schooling", None, ["school_year"])
    return len(rows)


def covering_school(db: EncryptedDatabase, situation_ids: Iterable[int]) -> set[int]:
    """Among these situations, those whose agreement in force covers the school."""
    rows = db.rows(
        "SELECT situation_id FROM consent WHERE situation_id IN (SELECT value FROM json_each(?))"
        " AND id = (SELECT id FROM consent AS c WHERE c.situation_id = consent.situation_id"
        " ORDER BY given_on DESC, id DESC LIMIT 1) AND withdrawn_on IS NULL"
        " AND EXISTS (SELECT 1 FROM json_each(scope) WHERE value = 'school')",
        (json.dumps(sorted(set(situation_ids))),),
    )
    return {row["situation_id"] for row in rows}


def list_schools(db: EncryptedDatabase) -> list[str]:
    """The names already written, to propose them."""
    return [
        str(row["school"])
        for row in db.rows("SELECT DISTINCT school FROM schooling WHERE school <> '' ORDER BY school LIMIT 400")
    ]


def _save(db: EncryptedDatabase, log: Log, child_id: int, schooling: Schooling, today: date) -> int:
    child = db.row("SELECT identity_id FROM child WHERE id = ?", (child_id,))
    birth = get_identity(db, child["identity_id"] if child else 0).birth_date
    check_schooling(schooling, birth, today)
    stored = next((each for each in list_schooling(db, child_id) if each.school_year == schooling.school_year), None)
    if schooling.version != (stored.version if stored else 0):
        raise Conflict(as_read(stored) if stored else {}, stored.version if stored else 0)
    values = (
        schooling.school,
        schooling.uai,
        schooling.level.value,
        schooling.class_name,
        schooling.qpv.value,
        schooling.priority.value,
    )
    if stored is None:
        added = db.insert_row(
            "INSERT INTO schooling (school, uai, level, class_name, qpv, priority, child_id, school_year)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (*values, child_id, schooling.school_year),
        )
    else:
        added = stored.id
        db.execute(
            "UPDATE schooling SET school = ?, uai = ?, level = ?, class_name = ?, qpv = ?, priority = ?,"
            " version = version + 1 WHERE id = ?",
            (*values, added),
        )
    log.note(Deed.CHANGE if stored else Deed.CREATE, "schooling", added)
    for row in db.rows("SELECT id FROM situation WHERE child_id = ?", (child_id,)):
        log.note(Deed.CHANGE, "situation", row["id"], ["schooling"])
    return added


def _schooling(row: Row) -> Schooling:
    return Schooling(
        school_year=row["school_year"],
        school=row["school"],
        level=Level(row["level"]),
        class_name=row["class_name"],
        uai=row["uai"],
        qpv=InQpv(row["qpv"]),
        priority=PriorityNetwork(row["priority"]),
        id=row["id"],
        version=row["version"],
    )
