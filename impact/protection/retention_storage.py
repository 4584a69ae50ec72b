"""How long files are kept: the community's delay, the clock of each file, archives and longer keeping."""

from collections.abc import Collection
from datetime import date, timedelta

from impact.audit import Actor, Deed, Log, write
from impact.db import EncryptedDatabase, Row
from impact.exceptions import Conflict, NotFound
from impact.identities import identities
from impact.protection.records import Delay, Due, ErasedCount, Held
from impact.protection.rules import add_months, check_delay, check_erasable, check_longer, due_files
from impact.protection.vocabulary import Measure

# A contact is a day on which somebody of the family was met, heard or agreed.
_HELD = """
    WITH summary (child_id, situation_id, pathways, opened, day) AS MATERIALIZED (
        SELECT child_id, max(situation_id), count(pathway_id), sum(state = 'followed'),
            max(max(received_on, coalesce(started_on, ''), coalesce(last_contact_on, ''))) AS seen_on
        FROM situation_line WHERE {among} GROUP BY child_id
        HAVING :before IS NULL OR seen_on <= :before OR child_id IN (SELECT child_id FROM child_archive)
    ),
    contact (child_id, day) AS (
        SELECT child_id, day FROM summary
        UNION ALL SELECT summary.child_id, max(given_on, coalesce(withdrawn_on, '')) FROM summary
            CROSS JOIN situation ON situation.child_id = summary.child_id JOIN consent ON consent.situation_id = situation.id
        UNION ALL SELECT summary.child_id, max(ended_on, coalesce(reopened_on, '')) FROM summary
            CROSS JOIN situation ON situation.child_id = summary.child_id
            JOIN pathway ON pathway.situation_id = situation.id JOIN pathway_exit ON pathway_id = pathway.id
        UNION ALL SELECT summary.child_id, held_on FROM summary
            CROSS JOIN situation ON situation.child_id = summary.child_id
            JOIN family ON family.situation_id = situation.id JOIN family_presence ON family_id = family.id
            JOIN workshop ON workshop.id = workshop_id
    ),
    latest (child_id, day) AS (SELECT child_id, max(day) FROM contact GROUP BY child_id)
    SELECT child.id AS child_id, child.identity_id, summary.situation_id, latest.day, pathways, opened,
        retention_extension.until AS kept_until, retention_extension.reason AS kept_reason,
        child_archive.archived_on, child_archive.until AS archived_until
    FROM child JOIN latest ON latest.child_id = child.id JOIN summary ON summary.child_id = child.id
    LEFT JOIN retention_extension ON retention_extension.child_id = child.id
    LEFT JOIN child_archive ON child_archive.child_id = child.id
    WHERE :before IS NULL OR latest.day <= :before OR child_archive.until IS NOT NULL
    ORDER BY latest.day, child.id
"""

_SILENT = """
    child_id IN (SELECT child_id FROM situation_line INDEXED BY situation_line_seen
        WHERE max(received_on, coalesce(started_on, ''), coalesce(last_contact_on, '')) <= :before
        UNION SELECT child_id FROM child_archive)
"""


def get_delay(db: EncryptedDatabase) -> Delay:
    """The community's delay: the legal one until it is changed."""
    (row,) = db.rows("SELECT months, reason, version FROM retention_delay")
    return Delay(row["months"], row["reason"], row["version"])


def set_delay(db: EncryptedDatabase, actor: Actor, delay: Delay, once: str = "") -> None:
    """Change how long files are kept; raises Conflict when somebody changed it meanwhile."""
    with write(db, actor, once) as log:
        check_delay(delay)
        stored = get_delay(db)
        if stored.version != delay.version:
            raise Conflict({"months": stored.months, "reason": stored.reason}, stored.version)
        db.execute(
            "UPDATE retention_delay SET months = ?, reason = ?, version = version + 1", (delay.months, delay.reason)
        )
        log.note(Deed.CHANGE, "retention_delay", 1, ["months", "reason"])


def list_held(db: EncryptedDatabase, before: date | None = None) -> list[Held]:
    """Every child's file, the longest silence first; with `before`, those silent since then and the archived ones."""
    rows = _held_rows(db, before)
    people = identities(db, [row["identity_id"] for row in rows])
    return [_held(row, people[row["identity_id"]].listed_name) for row in rows]


def list_due(db: EncryptedDatabase, today: date) -> list[Due]:
    """The files whose time is over."""
    delay = get_delay(db)
    return due_files(list_held(db, _last_day(delay, today)), delay, today)


def count_due(db: EncryptedDatabase, today: date) -> int:
    """How many files are at the end of their time, without reading a name."""
    delay = get_delay(db)
    return len(due_files([_held(row, "") for row in _held_rows(db, _last_day(delay, today))], delay, today))


def archive_files(
    db: EncryptedDatabase,
    actor: Actor,
    child_ids: Collection[int],
    until: date | None,
    reason: str,
    today: date,
    once: str = "",
) -> None:
    """Take files out of the daily work; the coordinator still reads them until a day."""
    with write(db, actor, once) as log:
        check_erasable(child_ids, list_due(db, today), ())
        last = check_longer(until, reason, today)
        for child_id in child_ids:
            db.execute(
                "INSERT INTO child_archive (child_id, archived_on, until, reason) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (child_id) DO UPDATE SET until = excluded.until, reason = excluded.reason",
                (child_id, today.isoformat(), last.isoformat(), reason),
            )
            _note_situations(db, log, child_id, "child_archive")


def keep_longer(
    db: EncryptedDatabase,
    actor: Actor,
    child_ids: Collection[int],
    until: date | None,
    reason: str,
    today: date,
    once: str = "",
) -> None:
    """Leave files where they are until a day, with a reason; an archive lasts until then."""
    with write(db, actor, once) as log:
        check_erasable(child_ids, list_due(db, today), ())
        last = check_longer(until, reason, today).isoformat()
        for child_id in child_ids:
            db.execute("UPDATE child_archive SET until = ?, reason = ? WHERE child_id = ?", (last, reason, child_id))
            db.execute(
                "INSERT INTO retention_extension (child_id, until, reason, decided_on) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (child_id) DO UPDATE SET until = excluded.until, reason = excluded.reason,"
                " decided_on = excluded.decided_on",
                (child_id, last, reason, today.isoformat()),
            )
            _note_situations(db, log, child_id, "retention_extension")


def reopen_archive(db: EncryptedDatabase, actor: Actor, child_id: int, once: str = "") -> None:
    """The family comes back: the file returns to the daily work; raises NotFound when it was not archived."""
    with write(db, actor, once) as log:
        if not db.changed("DELETE FROM child_archive WHERE child_id = ?", (child_id,)):
            raise NotFound
        _note_situations(db, log, child_id, "child_archive")


def find_archive(db: EncryptedDatabase, child_id: int) -> tuple[date, str] | None:
    """Until when a file is archived, and why; None when it is not."""
    row = db.row("SELECT until, reason FROM child_archive WHERE child_id = ?", (child_id,))
    return (date.fromisoformat(row["until"]), row["reason"]) if row else None


def list_counts(db: EncryptedDatabase) -> list[ErasedCount]:
    """What is still counted of erased files, latest year first."""
    rows = db.rows("SELECT * FROM erased_count ORDER BY year DESC, measure, category")
    return [ErasedCount(row["year"], Measure(row["measure"]), row["category"], row["situations"]) for row in rows]


def _last_day(delay: Delay, today: date) -> date:
    """Months have not one length: a few days more, and the rule decides."""
    return add_months(today, -delay.months) + timedelta(days=4)


def _held_rows(db: EncryptedDatabase, before: date | None) -> list[Row]:
    if before is None:
        return db.rows(_HELD.format(among="1"), {"before": None})
    return db.rows(_HELD.format(among=_SILENT), {"before": before.isoformat()})


def _held(row: Row, name: str) -> Held:
    return Held(
        child_id=row["child_id"],
        situation_id=row["situation_id"],
        name=name,
        last_contact_on=date.fromisoformat(row["day"]),
        has_pathway=row["pathways"] > 0,
        is_open=row["opened"] > 0,
        kept_until=_day(row["kept_until"]),
        kept_reason=row["kept_reason"] or "",
        archived_on=_day(row["archived_on"]),
        archived_until=_day(row["archived_until"]),
    )


def _note_situations(db: EncryptedDatabase, log: Log, child_id: int, field: str) -> None:
    for row in db.rows("SELECT id FROM situation WHERE child_id = ?", (child_id,)):
        log.note(Deed.CHANGE, "situation", row["id"], [field])


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
