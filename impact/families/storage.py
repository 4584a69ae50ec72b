"""Families and their presences."""

from collections.abc import Collection
from datetime import date

from impact.audit import Actor, Deed, write
from impact.db import EncryptedDatabase, Row
from impact.exceptions import Conflict, NotFound
from impact.families.records import Family, FamilySheet, Presence
from impact.families.rules import check_link, check_sheet, counted, summary
from impact.identities import Identity, add_identity, identities
from impact.wording import sort_key
from impact.workshops.rules import check_recording
from impact.workshops.storage import get_workshop

_FAMILIES = (
    "SELECT family.id, identity_id, situation_id, linked_on, count(workshop.id) AS times,"
    " min(held_on) AS first_on, max(held_on) AS last_on FROM family"
    " LEFT JOIN family_presence ON family_id = family.id LEFT JOIN workshop ON workshop.id = workshop_id"
    " WHERE (:family IS NULL OR family.id = :family) AND (:situation IS NULL OR situation_id = :situation)"
    " GROUP BY family.id"
)


def list_families(db: EncryptedDatabase, situation_id: int | None = None) -> list[Family]:
    """By name; those linked to one situation when it is given."""
    rows = db.rows(_FAMILIES, {"family": None, "situation": situation_id})
    names = identities(db, [row["identity_id"] for row in rows])
    found = [_family(row, names[row["identity_id"]]) for row in rows]
    return sorted(found, key=lambda known: sort_key(known.name))


def get_family(db: EncryptedDatabase, family_id: int) -> Family:
    """Raises NotFound."""
    row = db.row(_FAMILIES, {"family": family_id, "situation": None})
    if row is None:
        raise NotFound
    return _family(row, identities(db, [row["identity_id"]])[row["identity_id"]])


def list_presences(db: EncryptedDatabase, workshop_id: int) -> list[Presence]:
    """The families of one workshop, by name; new when no workshop held before it knew them."""
    rows = db.rows(
        "SELECT family_id, identity_id, adults, children, NOT EXISTS (SELECT 1 FROM family_presence AS earlier"
        " JOIN workshop AS before ON before.id = earlier.workshop_id WHERE earlier.family_id = here.family_id"
        " AND (before.held_on, before.id) < (workshop.held_on, workshop.id)) AS is_new"
        " FROM family_presence AS here JOIN workshop ON workshop.id = workshop_id JOIN family ON family.id = family_id"
        " WHERE workshop_id = ?",
        (workshop_id,),
    )
    names = identities(db, [row["identity_id"] for row in rows])
    found = [
        Presence(
            row["family_id"],
            names[row["identity_id"]].listed_name,
            row["adults"],
            row["children"],
            bool(row["is_new"]),
        )
        for row in rows
    ]
    return sorted(found, key=lambda known: sort_key(known.name))


def families_of_cycle(db: EncryptedDatabase, workshop_id: int) -> set[int]:
    """Ids of the families already seen in the cycle of this workshop."""
    rows = db.rows(
        "SELECT DISTINCT family_id FROM family_presence JOIN workshop ON workshop.id = workshop_id"
        " WHERE cycle_id = (SELECT cycle_id FROM workshop WHERE id = ?)",
        (workshop_id,),
    )
    return {int(row["family_id"]) for row in rows}


def record_families(db: EncryptedDatabase, actor: Actor, sheet: FamilySheet, today: date, once: str = "") -> None:
    """Replace who came; the head-count of the workshop is never below the people counted here.

    Raises Conflict when the workshop was saved meanwhile, Refused before its day or when nobody of a new family came.
    """
    with write(db, actor, once) as log:
        now = get_workshop(db, sheet.workshop_id)
        if now.version != sheet.version:
            raise Conflict(_as_read(list_presences(db, now.id)), now.version)
        check_recording(now, today)
        check_sheet(sheet)
        present = dict(counted(sheet))
        if sheet.arrival:
            added = _add_family(db, Identity(sheet.arrival.family_name, sheet.arrival.given_name))
            log.note(Deed.CREATE, "family", added)
            present[added] = (sheet.arrival.adults, sheet.arrival.children)
        _replace(db, now.id, present)
        people = sum(adults + children for adults, children in present.values())
        db.execute(
            "UPDATE workshop SET head_count = nullif(max(coalesce(head_count, 0), ?), 0), version = version + 1"
            " WHERE id = ?",
            (people, now.id),
        )
        log.note(Deed.CHANGE, "workshop", now.id, ["families", "head_count"])


def link_family(
    db: EncryptedDatabase,
    actor: Actor,
    family_id: int,
    situation_id: int,
    agreed_on: date,
    today: date,
    once: str = "",
) -> None:
    """The family agreed; raises NotFound, or Refused when it is linked already or the day is to come."""
    with write(db, actor, once) as log:
        check_link(get_family(db, family_id), agreed_on, today)
        db.execute(
            "UPDATE family SET situation_id = ?, linked_on = ? WHERE id = ?",
            (situation_id, agreed_on.isoformat(), family_id),
        )
        log.note(Deed.CHANGE, "situation", situation_id, ["family"])


def unlink_family(db: EncryptedDatabase, actor: Actor, family_id: int, situation_id: int, once: str = "") -> None:
    """The family no longer agrees; its presences stay. Raises NotFound when it is not linked to this situation."""
    with write(db, actor, once) as log:
        changed = db.changed(
            "UPDATE family SET situation_id = NULL, linked_on = NULL WHERE id = ? AND situation_id = ?",
            (family_id, situation_id),
        )
        if not changed:
            raise NotFound
        log.note(Deed.CHANGE, "situation", situation_id, ["family"])


def _add_family(db: EncryptedDatabase, name: Identity) -> int:
    return db.insert_row("INSERT INTO family (identity_id) VALUES (?)", (add_identity(db, name),))


def _replace(db: EncryptedDatabase, workshop_id: int, present: dict[int, tuple[int, int]]) -> None:
    known: Collection[int] = {int(row["id"]) for row in db.rows("SELECT id FROM family")}
    if not set(present) <= set(known):
        raise NotFound
    db.execute("DELETE FROM family_presence WHERE workshop_id = ?", (workshop_id,))
    for family_id, (adults, children) in sorted(present.items()):
        db.execute(
            "INSERT INTO family_presence (workshop_id, family_id, adults, children) VALUES (?, ?, ?, ?)",
            (workshop_id, family_id, adults, children),
        )


def _as_read(presences: list[Presence]) -> dict[str, object]:
    told = summary(presences)
    return {"families": f"{told.families} familles, {told.adults} adultes, {told.children} enfants"}


def _family(row: Row, name: Identity) -> Family:
    return Family(
        row["id"],
        name.listed_name,
        row["times"],
        _day(row["first_on"]),
        _day(row["last_on"]),
        row["situation_id"],
        _day(row["linked_on"]),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
