"""What protection puts in « À faire »."""

from datetime import UTC, date, datetime, timedelta

from impact.accounts.access import Action, may
from impact.audit import Actor, Deed, note_access
from impact.db import EncryptedDatabase
from impact.navigation import Todo, Urgency
from impact.pathways.file_storage import find_file
from impact.pathways.rules import in_team, may_open_file
from impact.protection.copy_storage import list_copies
from impact.protection.retention_storage import count_due
from impact.protection.rules import ALERT_DAYS, ANSWER_DAYS
from impact.protection.urgent_storage import list_since
from impact.wording import french, local_moment, plural, short_date

# An emergency opening is told to the team for this long.
TOLD = timedelta(days=7)


def protection_todos(db: EncryptedDatabase, actor: Actor, today: date) -> list[Todo]:
    """Emergency openings of the week for the team, copies to release, files at the end of their time."""
    if not may(actor, Action.FOLLOW_CHILD):
        return []
    found = _openings(db, actor) + _copies(db, actor, today)
    if found:
        note_access(db, actor, Deed.READ, "situation_list")
    return found + (_due(db, today) if may(actor, Action.SETTLE_RETENTION) else [])


def _openings(db: EncryptedDatabase, actor: Actor) -> list[Todo]:
    found = []
    for access in list_since(db, (datetime.now(UTC) - TOLD).date()):
        file = find_file(db, access.situation_id)
        if file and access.member_id != actor.member_id and in_team(actor, Action.VIEW_SITUATIONS, file):
            detail = f"Par {access.name}, le {local_moment(access.opened_at)}, en lecture, pour trois heures."
            title = f"Dossier de {file.situation.child.full_name} ouvert en urgence"
            found.append(_todo(Urgency.WAITING, title, detail, "Lire la raison", access.situation_id))
    return found


def _copies(db: EncryptedDatabase, actor: Actor, today: date) -> list[Todo]:
    found = []
    for copy in list_copies(db):
        if copy.released_on:
            continue
        file = find_file(db, copy.situation_id)
        if file is None or not may_open_file(actor, Action.COPY_FILE, file):
            continue
        age = (today - copy.received_on).days
        last = short_date(copy.received_on + timedelta(ANSWER_DAYS))
        detail = f"Demande reçue il y a {plural(age, 'jour')} : la loi donne jusqu’au {last}."
        title = f"Copie du dossier de {file.situation.child.full_name}"
        values: dict[str, int | str] = {"situation_id": copy.situation_id}
        urgency = Urgency.LATE if age >= ALERT_DAYS else Urgency.WAITING
        if copy.asked_by == actor.member_id:
            told = french(f"{title} : une autre personne la relit")
            found.append(Todo(urgency, told, french(detail), "Voir la demande", "protection.copy", values))
        else:
            told = french(f"{title} à relire et remettre")
            values["copy_id"] = copy.id
            found.append(Todo(urgency, told, french(detail), "Relire et remettre", "protection.release", values))
    return found


def _due(db: EncryptedDatabase, today: date) -> list[Todo]:
    due = count_due(db, today)
    if not due:
        return []
    title = plural(due, "dossier au bout de son temps", "dossiers au bout de leur temps")
    detail = "À effacer, à archiver, ou à garder plus longtemps avec une raison. Rien ne part sans votre accord."
    return [Todo(Urgency.WAITING, title, french(detail), "Voir la liste", "protection.retention")]


def _todo(urgency: Urgency, title: str, detail: str, label: str, situation_id: int) -> Todo:
    return Todo(urgency, french(title), french(detail), label, "pathways.show", {"situation_id": situation_id})
