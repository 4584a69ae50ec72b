"""Two files of one child made one, and made two again within thirty days."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from impact.audit import Actor, Deed, write
from impact.db import EncryptedDatabase, Row
from impact.exceptions import NotFound, Refused
from impact.identities import Identity, add_identity, change_identity, get_identity, remove_identity
from impact.sheets.known_storage import list_known
from impact.sheets.likeness_rules import Couple, lookalikes

UNDONE_WITHIN = timedelta(days=30)


@dataclass(frozen=True)
class Merge:
    """A merge that may still be undone: the name kept, the name merged into it."""

    id: int
    kept_id: int
    kept: str
    merged: str
    merged_at: datetime

    @property
    def until(self) -> datetime:
        """The last moment to undo it."""
        return self.merged_at + UNDONE_WITHIN


@dataclass(frozen=True)
class Side:
    """One of two files put side by side."""

    child_id: int
    identity: Identity
    sex: str
    situations: tuple[Row, ...]
    schooling: tuple[Row, ...]


def list_couples(db: EncryptedDatabase) -> list[Couple]:
    """Children who may be one; archived ones aside."""
    archived = {row["child_id"] for row in db.rows("SELECT child_id FROM child_archive")}
    distinct = {(row["first_id"], row["second_id"]) for row in db.rows("SELECT * FROM child_distinct")}
    return lookalikes([child for child in list_known(db) if child.child_id not in archived], distinct)


def get_side(db: EncryptedDatabase, child_id: int) -> Side:
    """Raises NotFound, for an archived child too."""
    row = db.row(
        "SELECT * FROM child WHERE id = ? AND id NOT IN (SELECT child_id FROM child_archive)",
        (child_id,),
    )
    if row is None:
        raise NotFound
    situations = db.rows(
        "SELECT situation.id, received_on, started_on, ended_on FROM situation"
        " LEFT JOIN pathway ON pathway.situation_id = situation.id"
        " LEFT JOIN pathway_exit ON pathway_exit.pathway_id = pathway.id AND reopened_on IS NULL"
        " WHERE child_id = ? ORDER BY received_on, situation.id",
        (child_id,),
    )
    schooling = db.rows("SELECT * FROM schooling WHERE child_id = ? ORDER BY school_year", (child_id,))
    return Side(child_id, get_identity(db, row["identity_id"]), row["sex"], tuple(situations), tuple(schooling))


def list_merges(db: EncryptedDatabase) -> list[Merge]:
    """Those that may be undone, latest first."""
    rows = db.rows(
        "SELECT child_merge.*, child.identity_id FROM child_merge JOIN child ON child.id = kept_id"
        " WHERE memory IS NOT NULL AND merged_at >= ? ORDER BY child_merge.id DESC",
        (_oldest(),),
    )
    return [
        Merge(
            id=row["id"],
            kept_id=row["kept_id"],
            kept=get_identity(db, row["identity_id"]).full_name,
            merged=Identity(**_who(json.loads(row["memory"])["identity"])).full_name,
            merged_at=datetime.fromisoformat(row["merged_at"]),
        )
        for row in rows
    ]


def forget_old_merges(db: EncryptedDatabase, actor: Actor) -> None:
    """After thirty days nothing is left of what was merged."""
    if db.value("SELECT 1 FROM child_merge WHERE memory IS NOT NULL AND merged_at < ?", (_oldest(),)):
        with write(db, actor) as log:
            db.execute("UPDATE child_merge SET memory = NULL WHERE merged_at < ?", (_oldest(),))
            log.note(Deed.DELETE, "child_merge", None, ["memory"])


def say_distinct(db: EncryptedDatabase, actor: Actor, one: int, other: int, once: str = "") -> None:
    """Two children, whatever their names: they are not proposed again."""
    with write(db, actor, once) as log:
        get_side(db, one)
        get_side(db, other)
        db.execute("INSERT OR IGNORE INTO child_distinct VALUES (?, ?)", (min(one, other), max(one, other)))
        log.note(Deed.CREATE, "child_distinct")


def merge_children(db: EncryptedDatabase, actor: Actor, kept_id: int, merged_id: int, once: str = "") -> int:
    """Everything of `merged_id` goes to `kept_id`, whose name is kept; gives the id that undoes it."""
    if kept_id == merged_id:
        raise Refused("Choisissez deux dossiers différents.")
    with write(db, actor, once) as log:
        kept, merged = get_side(db, kept_id), get_side(db, merged_id)
        memory = _memory(db, kept, merged)
        completed = Identity(
            kept.identity.family_name,
            kept.identity.given_name,
            kept.identity.birth_date or merged.identity.birth_date,
            kept.identity.email or merged.identity.email,
            kept.identity.phone or merged.identity.phone,
            kept.identity.id,
        )
        change_identity(db, completed)
        sex = kept.sex if kept.sex != "unknown" else merged.sex
        db.execute("UPDATE child SET sex = ?, version = version + 1 WHERE id = ?", (sex, kept_id))
        db.execute(
            "UPDATE child SET household_id = coalesce(household_id, (SELECT household_id FROM child WHERE id = ?))"
            " WHERE id = ?",
            (merged_id, kept_id),
        )
        _move_adults(db, memory["adults"], kept_id)
        for statement in (
            "UPDATE situation SET child_id = ?, version = version + 1 WHERE child_id = ?",
            "UPDATE OR IGNORE schooling SET child_id = ? WHERE child_id = ?",
            "UPDATE contact_restriction SET child_id = ? WHERE child_id = ?",
            "UPDATE file_copy SET child_id = ? WHERE child_id = ?",
            "UPDATE OR IGNORE retention_extension SET child_id = ? WHERE child_id = ?",
            "UPDATE child_merge SET kept_id = ? WHERE kept_id = ?",
        ):
            db.execute(statement, (kept_id, merged_id))
        for statement in (
            "DELETE FROM schooling WHERE child_id = ?",
            "DELETE FROM retention_extension WHERE child_id = ?",
            "DELETE FROM child WHERE id = ?",
        ):
            db.execute(statement, (merged_id,))
        remove_identity(db, merged.identity.id)
        added = db.insert_row(
            "INSERT INTO child_merge (kept_id, merged_at, member_id, memory) VALUES (?, ?, ?, ?)",
            (kept_id, datetime.now(UTC).isoformat(timespec="seconds"), actor.member_id, json.dumps(memory)),
        )
        log.note(Deed.CREATE, "child_merge", added)
        for row in (*kept.situations, *merged.situations):
            log.note(Deed.CHANGE, "situation", row["id"], ["child_id"])
    return added


def undo_merge(db: EncryptedDatabase, actor: Actor, merge_id: int, once: str = "") -> int:
    """The merged child again, with its own situations; gives its id. What was written since on either stays."""
    with write(db, actor, once) as log:
        row = db.row("SELECT * FROM child_merge WHERE id = ?", (merge_id,))
        if row is None:
            raise NotFound
        if row["memory"] is None or row["merged_at"] < _oldest():
            raise Refused("Plus de trente jours ont passé : cette réunion ne se défait plus.")
        memory, kept_id = json.loads(row["memory"]), row["kept_id"]
        identity_id = add_identity(db, Identity(**_who(memory["identity"])))
        restored = db.insert_row(
            "INSERT INTO child (identity_id, sex, household_id) VALUES (?, ?, ?)",
            (identity_id, memory["sex"], memory["household_id"]),
        )
        _give_back(db, memory, kept_id, restored)
        _move_adults(db, memory.get("adults", []), restored)
        db.execute("DELETE FROM child_merge WHERE id = ?", (merge_id,))
        db.execute(
            "INSERT OR IGNORE INTO child_distinct VALUES (?, ?)", (min(kept_id, restored), max(kept_id, restored))
        )
        log.note(Deed.DELETE, "child_merge", merge_id)
        for situation_id in memory["situations"]:
            log.note(Deed.CHANGE, "situation", situation_id, ["child_id"])
    return restored


def _give_back(db: EncryptedDatabase, memory: dict[str, Any], kept_id: int, restored: int) -> None:
    for statement, ids in (
        ("UPDATE situation SET child_id = ?, version = version + 1 WHERE id = ? AND child_id = ?", "situations"),
        ("UPDATE contact_restriction SET child_id = ? WHERE id = ? AND child_id = ?", "restrictions"),
        ("UPDATE file_copy SET child_id = ? WHERE id = ? AND child_id = ?", "copies"),
    ):
        for each in memory[ids]:
            db.execute(statement, (restored, each, kept_id))
    for line in memory["schooling"]:
        db.execute("DELETE FROM schooling WHERE id = ? AND child_id = ?", (line["id"], kept_id))
        db.execute(
            "INSERT INTO schooling (child_id, school_year, school, uai, level, class_name, qpv, priority)"
            " VALUES (:child_id, :school_year, :school, :uai, :level, :class_name, :qpv, :priority)",
            {**line, "child_id": restored},
        )
    extension = memory["extension"]
    if extension:
        if not memory["kept_extension"]:
            db.execute("DELETE FROM retention_extension WHERE child_id = ?", (kept_id,))
        db.execute(
            "INSERT INTO retention_extension (child_id, until, reason, decided_on) VALUES (?, ?, ?, ?)",
            (restored, extension["until"], extension["reason"], extension["decided_on"]),
        )
    child = db.row("SELECT identity_id, sex FROM child WHERE id = ?", (kept_id,))
    assert child is not None
    now, before = get_identity(db, child["identity_id"]), Identity(**_who(memory["kept_identity"]))
    changed = {name: value for name, value in memory["completed"].items() if str(getattr(now, name) or "") == value}
    if changed:
        given = {name: getattr(before if name in changed else now, name) for name in _who(memory["identity"])}
        change_identity(db, Identity(**given, id=now.id))
    db.execute("UPDATE child SET household_id = ? WHERE id = ?", (memory["kept_household_id"], kept_id))
    if memory["kept_sex"] == "unknown" and child["sex"] == memory["sex"]:
        db.execute("UPDATE child SET sex = 'unknown', version = version + 1 WHERE id = ?", (kept_id,))


def _memory(db: EncryptedDatabase, kept: Side, merged: Side) -> dict[str, Any]:
    homes = {row["id"]: row["household_id"] for row in db.rows("SELECT id, household_id FROM child")}
    extensions = {row["child_id"]: row for row in db.rows("SELECT * FROM retention_extension")}
    mine, other = _told(kept.identity), _told(merged.identity)
    return {
        "identity": other,
        "kept_identity": mine,
        "completed": {name: other[name] for name in other if not mine[name] and other[name]},
        "sex": merged.sex,
        "kept_sex": kept.sex,
        "household_id": homes[merged.child_id],
        "kept_household_id": homes[kept.child_id],
        "situations": [row["id"] for row in merged.situations],
        "restrictions": _ids(db, "SELECT id FROM contact_restriction WHERE child_id = ?", merged.child_id),
        "copies": _ids(db, "SELECT id FROM file_copy WHERE child_id = ?", merged.child_id),
        "adults": _adults_of(db, merged.child_id),
        "schooling": list(merged.schooling),
        "extension": extensions.get(merged.child_id),
        "kept_extension": kept.child_id in extensions,
    }


def _adults_of(db: EncryptedDatabase, child_id: int) -> list[int]:
    """Those of a home where no other child lives."""
    return _ids(
        db,
        "SELECT id FROM household_adult WHERE household_id = (SELECT household_id FROM child WHERE id = ?1) AND"
        " (SELECT count(*) FROM child WHERE household_id = household_adult.household_id) = 1",
        child_id,
    )


def _move_adults(db: EncryptedDatabase, adults: list[int], child_id: int) -> None:
    """Into the home of a child."""
    db.execute(
        "UPDATE household_adult SET household_id = (SELECT household_id FROM child WHERE id = ?)"
        " WHERE id IN (SELECT value FROM json_each(?))",
        (child_id, json.dumps(adults)),
    )


def _ids(db: EncryptedDatabase, sql: str, child_id: int) -> list[int]:
    return [int(row["id"]) for row in db.rows(sql, (child_id,))]


def _told(identity: Identity) -> dict[str, str]:
    return {
        "family_name": identity.family_name,
        "given_name": identity.given_name,
        "birth_date": identity.birth_date.isoformat() if identity.birth_date else "",
        "email": identity.email,
        "phone": identity.phone,
    }


def _who(told: dict[str, str]) -> dict[str, Any]:
    birth = told["birth_date"]
    return {**told, "birth_date": datetime.fromisoformat(birth).date() if birth else None}


def _oldest() -> str:
    return (datetime.now(UTC) - UNDONE_WITHIN).isoformat(timespec="seconds")
