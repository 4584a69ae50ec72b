"""Cycles, workshops and attendance."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from impact.audit import Actor, Deed, write
from impact.communities.storage import add_member, list_members
from impact.db import EncryptedDatabase, Row
from impact.exceptions import Conflict, NotFound, Refused
from impact.identities import identities
from impact.wording import short_date, sort_key
from impact.workshops.records import AttendanceSheet, Attendee, Cycle, Workshop
from impact.workshops.rules import check_attendance, check_cancelling, check_date, check_recording
from impact.workshops.vocabulary import WorkshopState

_WORKSHOPS = (
    "SELECT workshop.*, (SELECT count(*) FROM attendance WHERE workshop_id = workshop.id) AS named FROM workshop"
    " WHERE (:cycle IS NULL OR cycle_id = :cycle) AND (:id IS NULL OR id = :id) ORDER BY held_on, id"
)


def add_cycle(db: EncryptedDatabase, actor: Actor, cycle: Cycle, once: str = "") -> int:
    """Give the id."""
    with write(db, actor, once) as log:
        added = db.insert_row(
            "INSERT INTO cycle (name, objective, core_threshold) VALUES (?, ?, ?)",
            (cycle.name, cycle.objective, cycle.core_threshold),
        )
        log.note(Deed.CREATE, "cycle", added)
    return added


def change_cycle(db: EncryptedDatabase, actor: Actor, cycle: Cycle, once: str = "") -> None:
    """Raises Conflict when somebody saved it meanwhile."""
    with write(db, actor, once) as log:
        changed = db.changed(
            "UPDATE cycle SET name = ?, objective = ?, core_threshold = ?, version = version + 1"
            " WHERE id = ? AND version = ?",
            (cycle.name, cycle.objective, cycle.core_threshold, cycle.id, cycle.version),
        )
        if not changed:
            now = get_cycle(db, cycle.id)
            stored: dict[str, object] = {
                "name": now.name,
                "objective": now.objective,
                "core_threshold": now.core_threshold or "",
            }
            raise Conflict(stored, now.version)
        log.note(Deed.CHANGE, "cycle", cycle.id, ["name", "objective", "core_threshold"])


def get_cycle(db: EncryptedDatabase, cycle_id: int) -> Cycle:
    """Raises NotFound."""
    row = db.row("SELECT * FROM cycle WHERE id = ?", (cycle_id,))
    if row is None:
        raise NotFound
    return _cycle(row)


def list_cycles(db: EncryptedDatabase) -> list[Cycle]:
    """The latest first."""
    return [_cycle(row) for row in db.rows("SELECT * FROM cycle ORDER BY id DESC")]


def add_workshop(db: EncryptedDatabase, actor: Actor, workshop: Workshop, once: str = "") -> int:
    """A planned workshop; give the id. Raises NotFound when its cycle is not there."""
    with write(db, actor, once) as log:
        get_cycle(db, workshop.cycle_id)
        added = db.insert_row(
            "INSERT INTO workshop (cycle_id, title, held_on, place, objective, state) VALUES (?, ?, ?, ?, ?, ?)",
            (
                workshop.cycle_id,
                workshop.title,
                workshop.held_on.isoformat(),
                workshop.place,
                workshop.objective,
                WorkshopState.PLANNED,
            ),
        )
        log.note(Deed.CREATE, "workshop", added)
    return added


def change_workshop(db: EncryptedDatabase, actor: Actor, workshop: Workshop, today: date, once: str = "") -> None:
    """All but its attendance; raises Conflict when it was saved meanwhile, Refused on a held one moved to the future."""
    with write(db, actor, once) as log:
        now = get_workshop(db, workshop.id)
        if now.version != workshop.version:
            stored: dict[str, object] = {
                "title": now.title,
                "held_on": short_date(now.held_on),
                "place": now.place,
                "objective": now.objective,
            }
            raise Conflict(stored, now.version)
        check_date(now, workshop.held_on, today)
        db.execute(
            "UPDATE workshop SET title = ?, held_on = ?, place = ?, objective = ?, wave_id = ?, version = version + 1"
            " WHERE id = ?",
            (
                workshop.title,
                workshop.held_on.isoformat(),
                workshop.place,
                workshop.objective,
                workshop.wave_id,
                workshop.id,
            ),
        )
        log.note(Deed.CHANGE, "workshop", workshop.id, ["title", "held_on", "place", "objective", "wave_id"])


def get_workshop(db: EncryptedDatabase, workshop_id: int) -> Workshop:
    """Raises NotFound."""
    row = db.row(_WORKSHOPS, {"cycle": None, "id": workshop_id})
    if row is None:
        raise NotFound
    return _workshop(row)


def list_workshops(db: EncryptedDatabase, cycle_id: int | None = None) -> list[Workshop]:
    """By date; of every cycle when `cycle_id` is None."""
    return [_workshop(row) for row in db.rows(_WORKSHOPS, {"cycle": cycle_id, "id": None})]


def record_attendance(
    db: EncryptedDatabase, actor: Actor, sheet: AttendanceSheet, today: date, close: bool = False, once: str = ""
) -> None:
    """Replace the names and the head-count; `close` also says that the workshop took place.

    Raises Conflict when the sheet was saved meanwhile, Refused before the day or without attendance (rules).
    """
    with write(db, actor, once) as log:
        now = get_workshop(db, sheet.workshop_id)
        if now.version != sheet.version:
            raise Conflict(_stored_sheet(db, now), now.version)
        check_recording(now, today)
        state = WorkshopState.HELD if close else now.state
        member_ids = _with_newcomer(db, actor, sheet, now)
        check_attendance(replace(now, state=state), len(member_ids), sheet.head_count)
        _replace_names(db, now.id, member_ids)
        db.execute(
            "UPDATE workshop SET head_count = ?, state = ?, version = version + 1 WHERE id = ?",
            (sheet.head_count, state.value, sheet.workshop_id),
        )
        log.note(Deed.CHANGE, "workshop", sheet.workshop_id, ["attendance", "head_count", "state"])


def cancel_workshop(db: EncryptedDatabase, actor: Actor, workshop_id: int, reason: str, once: str = "") -> None:
    """It will not take place; raises Refused when it did."""
    with write(db, actor, once) as log:
        check_cancelling(get_workshop(db, workshop_id))
        _set_state(db, workshop_id, WorkshopState.CANCELLED, reason)
        log.note(Deed.CHANGE, "workshop", workshop_id, ["state", "cancel_reason"])


def reopen_workshop(db: EncryptedDatabase, actor: Actor, workshop_id: int, once: str = "") -> None:
    """Planned again; what was recorded is kept."""
    with write(db, actor, once) as log:
        get_workshop(db, workshop_id)
        _set_state(db, workshop_id, WorkshopState.PLANNED, "")
        log.note(Deed.CHANGE, "workshop", workshop_id, ["state", "cancel_reason"])


def present_ids(db: EncryptedDatabase, workshop_id: int) -> list[int]:
    """The members ticked at a workshop."""
    rows = db.rows("SELECT member_id FROM attendance WHERE workshop_id = ? ORDER BY member_id", (workshop_id,))
    return [row["member_id"] for row in rows]


def list_attendees(db: EncryptedDatabase, workshop_ids: Sequence[int]) -> list[Attendee]:
    """Everybody who was at one of these workshops at least, those who left included: most present first, then by name."""
    rows = db.rows(
        "SELECT member_id, identity_id, organisation.name AS organisation, json_group_array(workshop_id) AS workshops"
        " FROM attendance JOIN member ON member.id = member_id LEFT JOIN organisation ON organisation.id = organisation_id"
        " WHERE workshop_id IN (SELECT value FROM json_each(?)) GROUP BY member_id",
        (json.dumps(list(workshop_ids)),),
    )
    people = identities(db, [row["identity_id"] for row in rows])
    found = [
        Attendee(
            row["member_id"],
            people[row["identity_id"]].listed_name,
            row["organisation"] or "",
            frozenset(json.loads(row["workshops"])),
        )
        for row in rows
    ]
    return sorted(found, key=lambda known: (-known.times, sort_key(known.listed_name)))


def people_to_tick(db: EncryptedDatabase, workshop_id: int) -> list[tuple[str, str]]:
    """Id and name with structure of the present members, and of those who left since but were there."""
    present = [(str(known.id), known.listed_name, known.organisation) for known in list_members(db)]
    there = [
        (str(known.member_id), known.listed_name, known.organisation) for known in list_attendees(db, [workshop_id])
    ]
    people = sorted({*present, *there}, key=lambda known: sort_key(known[1]))
    return [(key, f"{name}, {organisation}" if organisation else name) for key, name, organisation in people]


def _with_newcomer(db: EncryptedDatabase, actor: Actor, sheet: AttendanceSheet, now: Workshop) -> tuple[int, ...]:
    person = sheet.newcomer
    if person is None:
        return sheet.member_ids
    added = add_member(db, actor, person.identity, person.organisation_id, now.held_on, homonym=person.homonym)
    return (*sheet.member_ids, added)


def _replace_names(db: EncryptedDatabase, workshop_id: int, member_ids: Sequence[int]) -> None:
    wanted = sorted(set(member_ids))
    known = db.value("SELECT count(*) FROM member WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(wanted),))
    if known != len(wanted):
        raise Refused("Une personne cochée n’est pas de cette communauté : rechargez la page.", "present")
    db.execute("DELETE FROM attendance WHERE workshop_id = ?", (workshop_id,))
    for member_id in wanted:
        db.execute("INSERT INTO attendance (workshop_id, member_id) VALUES (?, ?)", (workshop_id, member_id))


def _stored_sheet(db: EncryptedDatabase, now: Workshop) -> dict[str, object]:
    names = [known.listed_name for known in list_attendees(db, [now.id])]
    return {"present": ", ".join(names) or "personne", "head_count": "" if now.head_count is None else now.head_count}


def _set_state(db: EncryptedDatabase, workshop_id: int, state: WorkshopState, reason: str) -> None:
    db.execute(
        "UPDATE workshop SET state = ?, cancel_reason = ?, version = version + 1 WHERE id = ?",
        (state.value, reason, workshop_id),
    )


def _cycle(row: Row) -> Cycle:
    return Cycle(row["id"], row["name"], row["objective"], row["core_threshold"], row["version"])


def _workshop(row: Row) -> Workshop:
    return Workshop(
        id=row["id"],
        cycle_id=row["cycle_id"],
        title=row["title"],
        held_on=date.fromisoformat(row["held_on"]),
        place=row["place"],
        state=WorkshopState(row["state"]),
        head_count=row["head_count"],
        cancel_reason=row["cancel_reason"],
        version=row["version"],
        named=row["named"],
        objective=row["objective"],
        wave_id=row["wave_id"],
    )
