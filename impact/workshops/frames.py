"""Attendance as tables for computing: numbers and kinds, never a name. Built from rows: pandas has no such driver."""

import pandas as pd

from impact.db import EncryptedDatabase

_ATTENDANCE = {
    "cycle_id": "int64",
    "workshop_id": "int64",
    "held_on": "datetime64[ns]",
    "member_id": "int64",
    "organisation_id": "Int64",
    "organisation_kind": "object",
}
_WORKSHOP = {
    "cycle_id": "int64",
    "workshop_id": "int64",
    "held_on": "datetime64[ns]",
    "state": "object",
    "title": "object",
    "head_count": "Int64",
    "named": "int64",
    "core_threshold": "Int64",
}
_ORGANISATION = {"organisation_id": "int64", "kind": "object"}


def attendance_frame(db: EncryptedDatabase) -> pd.DataFrame:
    """One row per presence at a held workshop; `organisation_id` and `organisation_kind` are empty without structure."""
    return _frame(
        db,
        "SELECT cycle_id, workshop.id AS workshop_id, held_on, member_id, organisation_id,"
        " organisation.kind AS organisation_kind FROM attendance"
        " JOIN workshop ON workshop.id = workshop_id JOIN member ON member.id = member_id"
        " LEFT JOIN organisation ON organisation.id = organisation_id"
        " WHERE state = 'held' ORDER BY held_on, workshop.id, member_id",
        _ATTENDANCE,
    )


def workshop_frame(db: EncryptedDatabase) -> pd.DataFrame:
    """One row per workshop, whatever its state: `head_count` as counted (empty when it was not), `named` ticked names.

    `core_threshold` is the cycle's own, empty for half of the workshops held.
    """
    return _frame(
        db,
        "SELECT cycle_id, workshop.id AS workshop_id, held_on, state, title, head_count,"
        " (SELECT count(*) FROM attendance WHERE workshop_id = workshop.id) AS named, core_threshold"
        " FROM workshop JOIN cycle ON cycle.id = cycle_id ORDER BY cycle_id, held_on, workshop.id",
        _WORKSHOP,
    )


def organisation_frame(db: EncryptedDatabase) -> pd.DataFrame:
    """One row per organisation of the directory."""
    return _frame(db, "SELECT id AS organisation_id, kind FROM organisation ORDER BY id", _ORGANISATION)


def _frame(db: EncryptedDatabase, sql: str, types: dict[str, str]) -> pd.DataFrame:
    rows = db.rows(sql)
    columns = {name: pd.Series([row[name] for row in rows], dtype=kind) for name, kind in types.items()}
    return pd.DataFrame(columns, columns=list(types))
