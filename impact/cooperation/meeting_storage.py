"""Committee meetings."""

import json
from dataclasses import replace
from datetime import date

from impact.audit import Actor, Deed, write
from impact.cooperation.records import Meeting
from impact.cooperation.rules import check_counts, check_removing
from impact.cooperation.vocabulary import MeetingKind
from impact.db import EncryptedDatabase, Row
from impact.exceptions import Conflict, NotFound
from impact.wording import short_date


def add_meeting(db: EncryptedDatabase, actor: Actor, meeting: Meeting, once: str = "") -> int:
    """A meeting and its agenda; give the id."""
    with write(db, actor, once) as log:
        added = db.insert_row(
            "INSERT INTO committee_meeting (kind, held_on, place, agenda) VALUES (?, ?, ?, ?)",
            (meeting.kind.value, meeting.held_on.isoformat(), meeting.place, meeting.agenda),
        )
        log.note(Deed.CREATE, "committee_meeting", added)
    return added


def change_meeting(db: EncryptedDatabase, actor: Actor, meeting: Meeting, today: date, once: str = "") -> None:
    """Kind, date, place and agenda; raises Conflict when it was saved meanwhile, Refused on a held one moved ahead."""
    with write(db, actor, once) as log:
        now = _unchanged(db, meeting)
        check_counts(_moved(now, meeting.held_on), today)
        db.execute(
            "UPDATE committee_meeting SET kind = ?, held_on = ?, place = ?, agenda = ?, version = version + 1"
            " WHERE id = ?",
            (meeting.kind.value, meeting.held_on.isoformat(), meeting.place, meeting.agenda, meeting.id),
        )
        log.note(Deed.CHANGE, "committee_meeting", meeting.id, ["kind", "held_on", "place", "agenda"])


def record_meeting(db: EncryptedDatabase, actor: Actor, meeting: Meeting, today: date, once: str = "") -> None:
    """Who came, the minutes, the decisions; raises Conflict when it was saved meanwhile, Refused before the day."""
    with write(db, actor, once) as log:
        check_counts(_moved(meeting, _unchanged(db, meeting).held_on), today)
        db.execute(
            "UPDATE committee_meeting SET minutes = ?, decisions = ?, parents = ?, young_people = ?,"
            " version = version + 1 WHERE id = ?",
            (meeting.minutes, meeting.decisions, meeting.parents, meeting.young_people, meeting.id),
        )
        db.execute("DELETE FROM committee_presence WHERE meeting_id = ?", (meeting.id,))
        for organisation_id, people in meeting.presences:
            db.execute(
                "INSERT INTO committee_presence (meeting_id, organisation_id, people) VALUES (?, ?, ?)",
                (meeting.id, organisation_id, people),
            )
        log.note(Deed.CHANGE, "committee_meeting", meeting.id, ["minutes", "decisions", "presences"])


def remove_meeting(db: EncryptedDatabase, actor: Actor, meeting_id: int, once: str = "") -> None:
    """A meeting entered by mistake; raises Refused when people were counted."""
    with write(db, actor, once) as log:
        check_removing(get_meeting(db, meeting_id))
        db.execute("DELETE FROM committee_meeting WHERE id = ?", (meeting_id,))
        log.note(Deed.DELETE, "committee_meeting", meeting_id)


def get_meeting(db: EncryptedDatabase, meeting_id: int) -> Meeting:
    """Raises NotFound."""
    for meeting in list_meetings(db):
        if meeting.id == meeting_id:
            return meeting
    raise NotFound


def list_meetings(db: EncryptedDatabase) -> list[Meeting]:
    """The latest first."""
    rows = db.rows(
        "SELECT committee_meeting.*, (SELECT json_group_array(json_array(organisation_id, people))"
        " FROM committee_presence WHERE meeting_id = committee_meeting.id) AS presences"
        " FROM committee_meeting ORDER BY held_on DESC, id DESC"
    )
    return [_meeting(row) for row in rows]


def _unchanged(db: EncryptedDatabase, meeting: Meeting) -> Meeting:
    now = get_meeting(db, meeting.id)
    if now.version != meeting.version:
        counted = dict(now.presences)
        stored: dict[str, object] = {
            "kind": now.kind.label,
            "held_on": short_date(now.held_on),
            "place": now.place,
            "agenda": now.agenda,
            "parents": now.parents,
            "young_people": now.young_people,
            "minutes": now.minutes,
            "decisions": now.decisions,
            **{f"structure_{known}": counted.get(known) for known in dict(meeting.presences) | counted},
        }
        raise Conflict(stored, now.version)
    return now


def _moved(meeting: Meeting, day: date) -> Meeting:
    return replace(meeting, held_on=day)


def _meeting(row: Row) -> Meeting:
    return Meeting(
        **{
            **row,
            "kind": MeetingKind(row["kind"]),
            "held_on": date.fromisoformat(row["held_on"]),
            "presences": tuple((known, people) for known, people in json.loads(row["presences"])),
        }
    )
