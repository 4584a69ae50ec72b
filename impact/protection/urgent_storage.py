"""Openings for three hours, to read only, with a written reason: in an emergency, or of an archived file."""

from datetime import UTC, date, datetime

from impact.accounts.access import Action
from impact.audit import Actor, Deed, write
from impact.communities.storage import member_names
from impact.db import EncryptedDatabase, Row
from impact.exceptions import NotAllowed, Refused
from impact.identities import Identity, identities
from impact.pathways.file_storage import get_file
from impact.pathways.rules import in_team
from impact.protection.records import UrgentAccess
from impact.protection.rules import URGENT, check_reason, same_child

_UNKNOWN = "Aucun dossier ouvert à ce nom et à cette date de naissance. Vérifiez, ou appelez la coordination."


def open_urgently(
    db: EncryptedDatabase, actor: Actor, child: Identity, reason: str, now: datetime, once: str = ""
) -> int:
    """Let the actor read the latest situation of a child named exactly, and give its id; every attempt is noted."""
    check_reason(reason)
    if actor.member_id is None:
        raise NotAllowed
    situation_id = _find_situation(db, child)
    if situation_id is None:
        with write(db, actor) as log:
            log.note(Deed.REFUSE, "urgent_access")
        raise Refused(_UNKNOWN, "family_name")
    if in_team(actor, Action.VIEW_SITUATIONS, get_file(db, situation_id)):
        return situation_id
    _open(db, actor, situation_id, reason, now, once)
    return situation_id


def open_archived(
    db: EncryptedDatabase, actor: Actor, situation_id: int, reason: str, now: datetime, once: str = ""
) -> None:
    """Let the coordinator read an archived file; the opening shows on it and in its readings."""
    check_reason(reason)
    _open(db, actor, situation_id, reason, now, once)


def list_urgent(db: EncryptedDatabase, situation_id: int | None = None) -> list[UrgentAccess]:
    """Emergency openings of one file, or of all, latest first."""
    rows = db.rows(
        "SELECT * FROM urgent_access WHERE :situation IS NULL OR situation_id = :situation ORDER BY id DESC",
        {"situation": situation_id},
    )
    names = member_names(db)
    return [_access(row, names) for row in rows]


def list_since(db: EncryptedDatabase, day: date) -> list[UrgentAccess]:
    """Emergency openings from a day on, latest first."""
    return [known for known in list_urgent(db) if known.opened_at.date() >= day]


def _open(db: EncryptedDatabase, actor: Actor, situation_id: int, reason: str, now: datetime, once: str) -> None:
    start, end = now.isoformat(timespec="seconds"), (now + URGENT).isoformat(timespec="seconds")
    with write(db, actor, once) as log:
        added = db.insert_row(
            "INSERT INTO urgent_access (situation_id, member_id, reason, opened_at, ends_at) VALUES (?, ?, ?, ?, ?)",
            (situation_id, actor.member_id, reason, start, end),
        )
        log.note(Deed.CREATE, "urgent_access", added)
        log.note(Deed.SHARE, "situation", situation_id, ["urgent_access"])


def _find_situation(db: EncryptedDatabase, child: Identity) -> int | None:
    rows = db.rows(
        "SELECT child.identity_id, max(situation.id) AS situation_id FROM child JOIN situation ON child_id = child.id"
        " WHERE child.id NOT IN (SELECT child_id FROM child_archive) GROUP BY child.id"
    )
    people = identities(db, [row["identity_id"] for row in rows])
    found = [row["situation_id"] for row in rows if same_child(child, people[row["identity_id"]])]
    return found[-1] if found else None


def _access(row: Row, names: dict[int, str]) -> UrgentAccess:
    return UrgentAccess(
        row["situation_id"],
        row["member_id"],
        names[row["member_id"]],
        row["reason"],
        datetime.fromisoformat(row["opened_at"]).astimezone(UTC),
        datetime.fromisoformat(row["ends_at"]).astimezone(UTC),
        row["id"],
    )
