"""Meetings of the support team: agenda, attendance by institution, decisions."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from impact.audit import Actor, Deed, write
from impact.communities.storage import list_organisations
from impact.db import EncryptedDatabase, Row
from impact.exceptions import Conflict, NotFound, Refused
from impact.pathways.line_storage import list_lines
from impact.pathways.meeting_records import AgendaItem, Attendance, Meeting
from impact.pathways.meeting_rules import (
    check_agenda,
    check_item,
    check_meeting,
    check_meeting_change,
    next_look,
    waiting_lines,
)
from impact.pathways.records import Decision
from impact.pathways.storage import add_decision
from impact.pathways.vocabulary import Outcome, Presence
from impact.wording import short_date, sort_key


def list_meetings(db: EncryptedDatabase) -> list[Meeting]:
    """Every meeting, latest first."""
    return [_meeting(db, row) for row in db.rows("SELECT * FROM support_meeting ORDER BY held_on DESC, id DESC")]


def undecided_meetings(db: EncryptedDatabase, today: date) -> list[tuple[int, date, int]]:
    """The meetings already held where decisions are still to be written, latest first: id, day, how many."""
    rows = db.rows(
        "SELECT support_meeting.id, held_on, count(*) AS undecided FROM support_meeting"
        " JOIN meeting_item ON meeting_id = support_meeting.id WHERE decision_id IS NULL AND held_on <= ?"
        " GROUP BY support_meeting.id ORDER BY held_on DESC, support_meeting.id DESC",
        (today.isoformat(),),
    )
    return [(row["id"], date.fromisoformat(row["held_on"]), row["undecided"]) for row in rows]


def next_meeting(db: EncryptedDatabase, today: date) -> int | None:
    """The id of the first meeting from today on."""
    found = db.value("SELECT id FROM support_meeting WHERE held_on >= ? ORDER BY held_on, id", (today.isoformat(),))
    return None if found is None else int(found)


def get_meeting(db: EncryptedDatabase, meeting_id: int) -> Meeting:
    """Raises NotFound."""
    row = db.row("SELECT * FROM support_meeting WHERE id = ?", (meeting_id,))
    if row is None:
        raise NotFound
    return _meeting(db, row)


def usual_institutions(db: EncryptedDatabase) -> list[int]:
    """The institutions invited to the latest meeting, to spare choosing them again."""
    rows = db.rows(
        "SELECT organisation_id FROM meeting_presence WHERE meeting_id ="
        " (SELECT id FROM support_meeting ORDER BY held_on DESC, id DESC LIMIT 1) ORDER BY organisation_id"
    )
    return [row["organisation_id"] for row in rows]


def find_review(db: EncryptedDatabase, situation_id: int) -> date | None:
    """When the team agreed to look again at a situation, as its last meeting said."""
    day = db.value(
        "SELECT review_on FROM meeting_item JOIN support_meeting ON support_meeting.id = meeting_id"
        " WHERE situation_id = ? AND review_on IS NOT NULL ORDER BY held_on DESC, meeting_id DESC LIMIT 1",
        (situation_id,),
    )
    return _day(day)


def add_meeting(
    db: EncryptedDatabase, actor: Actor, meeting: Meeting, invited: Collection[int], today: date, once: str = ""
) -> int:
    """A meeting; every situation that awaits a decision, with consent and presented, is put on its agenda."""
    with write(db, actor, once) as log:
        check_meeting(meeting)
        added = db.insert_row(
            "INSERT INTO support_meeting (held_on, place, next_on) VALUES (?, ?, ?)",
            (meeting.held_on.isoformat(), meeting.place, _iso(meeting.next_on)),
        )
        _invite(db, added, invited)
        waiting = [line for line in waiting_lines(list_lines(db, today)) if line.received_on <= meeting.held_on]
        _add_items(db, added, [line.situation_id for line in waiting])
        log.note(Deed.CREATE, "support_meeting", added)
    return added


def change_meeting(
    db: EncryptedDatabase, actor: Actor, meeting: Meeting, invited: Collection[int], once: str = ""
) -> None:
    """Correct the day, the place, who is invited; raises Conflict when somebody saved it meanwhile."""
    with write(db, actor, once) as log:
        stored = get_meeting(db, meeting.id)
        if stored.version != meeting.version:
            raise Conflict(_as_read(stored), stored.version)
        check_meeting(meeting)
        check_meeting_change(stored, meeting)
        db.execute(
            "UPDATE support_meeting SET held_on = ?, place = ?, next_on = ?, version = version + 1 WHERE id = ?",
            (meeting.held_on.isoformat(), meeting.place, _iso(meeting.next_on), meeting.id),
        )
        for known in stored.attendance:
            if known.organisation_id not in invited:
                db.execute(
                    "DELETE FROM meeting_presence WHERE meeting_id = ? AND organisation_id = ?",
                    (meeting.id, known.organisation_id),
                )
        _invite(db, meeting.id, set(invited) - {known.organisation_id for known in stored.attendance})
        log.note(Deed.CHANGE, "support_meeting", meeting.id, list(_as_read(stored)))


def set_agenda(
    db: EncryptedDatabase, actor: Actor, meeting_id: int, chosen: Sequence[int], today: date, once: str = ""
) -> None:
    """What the team will look at; a situation already decided at this meeting stays."""
    with write(db, actor, once) as log:
        meeting = get_meeting(db, meeting_id)
        offered = [line.situation_id for line in waiting_lines(list_lines(db, today))]
        check_agenda(chosen, offered, meeting)
        kept = {item.situation_id for item in meeting.agenda}
        for situation_id in kept - set(chosen):
            db.execute("DELETE FROM meeting_item WHERE meeting_id = ? AND situation_id = ?", (meeting_id, situation_id))
        _add_items(db, meeting_id, [situation_id for situation_id in chosen if situation_id not in kept])
        log.note(Deed.CHANGE, "support_meeting", meeting_id, ["agenda"])


def set_attendance(
    db: EncryptedDatabase, actor: Actor, meeting_id: int, presences: Mapping[int, Presence], once: str = ""
) -> None:
    """Which of the institutions invited came."""
    with write(db, actor, once) as log:
        for known in get_meeting(db, meeting_id).attendance:
            db.execute(
                "UPDATE meeting_presence SET presence = ? WHERE meeting_id = ? AND organisation_id = ?",
                (presences[known.organisation_id].value, meeting_id, known.organisation_id),
            )
        log.note(Deed.CHANGE, "support_meeting", meeting_id, ["presence"])


def decide_item(
    db: EncryptedDatabase,
    actor: Actor,
    meeting_id: int,
    situation_id: int,
    decision: Decision,
    review_on: date | None,
    today: date,
    once: str = "",
) -> int:
    """What the team decided at this meeting, dated of its day, and when it looks again."""
    with write(db, actor, once) as log:
        meeting = get_meeting(db, meeting_id)
        again = next_look(decision.outcome, review_on)
        check_item(meeting, agenda_item(meeting, situation_id), decision, again, today)
        if decision.decided_on != meeting.held_on:
            raise Refused("La décision porte la date de la réunion.")
        added = add_decision(db, actor, situation_id, decision, today)
        db.execute(
            "UPDATE meeting_item SET decision_id = ?, review_on = ? WHERE meeting_id = ? AND situation_id = ?",
            (added, _iso(again), meeting_id, situation_id),
        )
        log.note(Deed.CHANGE, "support_meeting", meeting_id, ["decision"])
    return added


def agenda_item(meeting: Meeting, situation_id: int) -> AgendaItem:
    """Raises NotFound when the situation is not on the agenda."""
    for item in meeting.agenda:
        if item.situation_id == situation_id:
            return item
    raise NotFound


def _meeting(db: EncryptedDatabase, row: Row) -> Meeting:
    return Meeting(
        held_on=date.fromisoformat(row["held_on"]),
        place=row["place"],
        next_on=_day(row["next_on"]),
        attendance=_attendance(db, row["id"]),
        agenda=_agenda(db, row["id"]),
        id=row["id"],
        version=row["version"],
    )


def _attendance(db: EncryptedDatabase, meeting_id: int) -> tuple[Attendance, ...]:
    rows = db.rows(
        "SELECT organisation_id, name, presence FROM meeting_presence"
        " JOIN organisation ON organisation.id = organisation_id WHERE meeting_id = ?",
        (meeting_id,),
    )
    found = [Attendance(row["organisation_id"], row["name"], Presence(row["presence"])) for row in rows]
    return tuple(sorted(found, key=lambda known: sort_key(known.name)))


def _agenda(db: EncryptedDatabase, meeting_id: int) -> tuple[AgendaItem, ...]:
    rows = db.rows(
        "SELECT meeting_item.situation_id, decision_id, review_on, decided_on, outcome, reason FROM meeting_item"
        " JOIN situation ON situation.id = meeting_item.situation_id"
        " LEFT JOIN decision ON decision.id = decision_id WHERE meeting_id = ? ORDER BY received_on, situation.id",
        (meeting_id,),
    )
    return tuple(AgendaItem(row["situation_id"], _decision(row), _day(row["review_on"])) for row in rows)


def _decision(row: Row) -> Decision | None:
    if row["decision_id"] is None:
        return None
    return Decision(date.fromisoformat(row["decided_on"]), Outcome(row["outcome"]), row["reason"], row["decision_id"])


def _invite(db: EncryptedDatabase, meeting_id: int, invited: Collection[int]) -> None:
    if not set(invited) <= {known.id for known in list_organisations(db)}:
        raise Refused("Choisissez des structures de l’annuaire.", "invited")
    for organisation_id in sorted(invited):
        db.execute(
            "INSERT INTO meeting_presence (meeting_id, organisation_id, presence) VALUES (?, ?, ?)",
            (meeting_id, organisation_id, Presence.INVITED.value),
        )


def _add_items(db: EncryptedDatabase, meeting_id: int, situation_ids: Sequence[int]) -> None:
    for situation_id in situation_ids:
        db.execute("INSERT INTO meeting_item (meeting_id, situation_id) VALUES (?, ?)", (meeting_id, situation_id))


def _as_read(meeting: Meeting) -> dict[str, object]:
    return {
        "held_on": short_date(meeting.held_on),
        "place": meeting.place,
        "next_on": short_date(meeting.next_on) if meeting.next_on else "–",
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
