"""What « À faire » says about cooperation."""

from datetime import date, timedelta

from impact.accounts.access import Action, may
from impact.audit import Actor
from impact.cooperation.meeting_storage import list_meetings
from impact.cooperation.rules import is_unrecorded
from impact.db import EncryptedDatabase
from impact.navigation import Todo, Urgency
from impact.wording import long_date

SOON = timedelta(days=14)


def cooperation_todos(db: EncryptedDatabase, actor: Actor, today: date) -> list[Todo]:
    """Meetings whose minutes are missing, and those of the next fourteen days, for those who run cooperation."""
    if not may(actor, Action.RUN_COOPERATION):
        return []
    found = []
    for meeting in list_meetings(db):
        values: dict[str, int | str] = {"meeting_id": meeting.id}
        day = long_date(meeting.held_on)
        if is_unrecorded(meeting, today):
            detail = f"Réunion du {day} : dites qui était là."
            found.append(Todo(Urgency.LATE, meeting.kind.label, detail, "Saisir", "cooperation.record_meeting", values))
        elif today <= meeting.held_on <= today + SOON and not meeting.people:
            detail = f"Réunion prévue le {day}."
            found.append(Todo(Urgency.WAITING, meeting.kind.label, detail, "Ouvrir", "cooperation.meeting", values))
    return found
