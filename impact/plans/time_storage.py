"""Time of the coordination, as those who run the community note it."""

from datetime import date

from impact.audit import Actor, Deed, write
from impact.db import EncryptedDatabase
from impact.exceptions import NotAllowed, NotFound
from impact.plans.records import TimeSpent
from impact.plans.time_rules import check_time
from impact.plans.vocabulary import TimeKind


def list_time(db: EncryptedDatabase) -> list[TimeSpent]:
    """The latest day first."""
    return [
        TimeSpent(
            row["id"],
            row["member_id"],
            date.fromisoformat(row["day"]),
            TimeKind(row["kind"]),
            row["minutes"],
            row["note"],
        )
        for row in db.rows("SELECT * FROM coordination_time ORDER BY day DESC, id DESC")
    ]


def add_time(db: EncryptedDatabase, actor: Actor, spent: TimeSpent, today: date, once: str = "") -> int:
    """Of the person who acts, whatever `spent` says; raises Refused on a day that is not right."""
    if actor.member_id is None:
        raise NotAllowed("Seules les personnes de l’annuaire notent leur temps.")
    with write(db, actor, once) as log:
        check_time(spent, list_time(db), today)
        added = db.insert_row(
            "INSERT INTO coordination_time (member_id, day, kind, minutes, note) VALUES (?, ?, ?, ?, ?)",
            (actor.member_id, spent.day.isoformat(), spent.kind.value, spent.minutes, spent.note),
        )
        log.note(Deed.CREATE, "coordination_time", added)
    return added


def remove_time(db: EncryptedDatabase, actor: Actor, time_id: int, once: str = "") -> None:
    """One's own line; raises NotFound on another's."""
    with write(db, actor, once) as log:
        if not db.changed("DELETE FROM coordination_time WHERE id = ? AND member_id = ?", (time_id, actor.member_id)):
            raise NotFound
        log.note(Deed.DELETE, "coordination_time", time_id)
