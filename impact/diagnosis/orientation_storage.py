"""Orientations and the committees that validated them."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from impact.audit import Actor, Deed, write
from impact.cooperation.aiming import Aim
from impact.cooperation.meeting_storage import get_meeting
from impact.db import EncryptedDatabase
from impact.diagnosis.records import Orientation, Validation
from impact.diagnosis.rules import check_validating
from impact.exceptions import Conflict, NotFound


def add_orientation(db: EncryptedDatabase, actor: Actor, orientation: Orientation, once: str = "") -> int:
    """Give the id."""
    with write(db, actor, once) as log:
        added = db.insert_row(
            "INSERT INTO strategic_orientation (title, examples) VALUES (?, ?)",
            (orientation.title, orientation.examples),
        )
        _replace_lists(db, added, orientation)
        log.note(Deed.CREATE, "strategic_orientation", added)
    return added


def change_orientation(db: EncryptedDatabase, actor: Actor, orientation: Orientation, once: str = "") -> None:
    """Raises Conflict when somebody saved it meanwhile."""
    with write(db, actor, once) as log:
        now = get_orientation(db, orientation.id)
        if now.version != orientation.version:
            raise Conflict({"title": now.title, "examples": now.examples}, now.version)
        db.execute(
            "UPDATE strategic_orientation SET title = ?, examples = ?, version = version + 1 WHERE id = ?",
            (orientation.title, orientation.examples, orientation.id),
        )
        _replace_lists(db, orientation.id, orientation)
        log.note(Deed.CHANGE, "strategic_orientation", orientation.id, ["title", "examples", "axis_ids", "action_ids"])


def list_aims(db: EncryptedDatabase) -> list[Aim]:
    """The orientations as actions read them."""
    return [Aim(known.id, known.title, known.action_ids) for known in list_orientations(db)]


def keep_aims(db: EncryptedDatabase, actor: Actor, action_id: int, orientation_ids: Sequence[int]) -> None:
    """From now on an action serves these orientations and no other; raises NotFound when one is not there."""
    every = {known.id: known for known in list_orientations(db)}
    if not every.keys() >= set(orientation_ids):
        raise NotFound
    now = {known.id for known in every.values() if action_id in known.action_ids}
    for orientation_id in sorted(now ^ set(orientation_ids)):
        known = every[orientation_id]
        others = tuple(each for each in known.action_ids if each != action_id)
        served = others if orientation_id in now else (*others, action_id)
        # Raised by one: whoever is writing the orientation meanwhile is told that its actions moved.
        change_orientation(db, actor, replace(known, action_ids=served))


def get_orientation(db: EncryptedDatabase, orientation_id: int) -> Orientation:
    """Raises NotFound."""
    for orientation in list_orientations(db):
        if orientation.id == orientation_id:
            return orientation
    raise NotFound


def list_orientations(db: EncryptedDatabase) -> list[Orientation]:
    """In the order in which they were written."""
    rows = db.rows(
        "SELECT strategic_orientation.*, (SELECT json_group_array(axis_id) FROM orientation_axis"
        " WHERE orientation_id = strategic_orientation.id) AS axes, (SELECT json_group_array(action_id) FROM orientation_action"
        " WHERE orientation_id = strategic_orientation.id) AS actions FROM strategic_orientation ORDER BY id"
    )
    return [
        Orientation(
            row["id"],
            row["title"],
            row["examples"],
            tuple(sorted(json.loads(row["axes"]))),
            tuple(sorted(json.loads(row["actions"]))),
            row["version"],
        )
        for row in rows
    ]


def validate(db: EncryptedDatabase, actor: Actor, meeting_id: int, today: date, once: str = "") -> None:
    """A committee validates what the diagnosis holds now; raises Refused when it has not met or nothing is written."""
    with write(db, actor, once) as log:
        findings, crossings, orientations = (
            int(db.value(sql) or 0)
            for sql in (
                "SELECT count(*) FROM finding",
                "SELECT count(*) FROM crossing",
                "SELECT count(*) FROM strategic_orientation",
            )
        )
        check_validating(get_meeting(db, meeting_id), findings, today)
        db.execute(
            "INSERT INTO diagnosis_validation (meeting_id, findings, crossings, orientations) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (meeting_id) DO UPDATE SET findings = excluded.findings, crossings = excluded.crossings,"
            " orientations = excluded.orientations",
            (meeting_id, findings, crossings, orientations),
        )
        log.note(Deed.CREATE, "diagnosis_validation", meeting_id)


def list_validations(db: EncryptedDatabase) -> list[Validation]:
    """The latest meeting first."""
    rows = db.rows(
        "SELECT diagnosis_validation.* FROM diagnosis_validation JOIN committee_meeting ON id = meeting_id"
        " ORDER BY held_on DESC"
    )
    return [Validation(**row) for row in rows]


def _replace_lists(db: EncryptedDatabase, orientation_id: int, orientation: Orientation) -> None:
    db.execute("DELETE FROM orientation_axis WHERE orientation_id = ?", (orientation_id,))
    db.execute("DELETE FROM orientation_action WHERE orientation_id = ?", (orientation_id,))
    for axis_id in dict.fromkeys(orientation.axis_ids):
        db.execute("INSERT INTO orientation_axis (orientation_id, axis_id) VALUES (?, ?)", (orientation_id, axis_id))
    for action_id in dict.fromkeys(orientation.action_ids):
        db.execute(
            "INSERT INTO orientation_action (orientation_id, action_id) VALUES (?, ?)", (orientation_id, action_id)
        )
