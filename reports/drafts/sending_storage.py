"""To whom an issued report was sent, and the links that let a funder read it for a while."""

from datetime import date

from impact.audit import SYSTEM, Actor, Deed, write
from impact.db import EncryptedDatabase, Row
from impact.exceptions import NotFound
from reports.drafts.records import Sending
from reports.drafts.rules import check_link_end, hashed, new_token
from reports.storage import get_report


def list_sendings(db: EncryptedDatabase, report_id: int) -> list[Sending]:
    """The newest first."""
    rows = db.rows("SELECT * FROM report_sending WHERE report_id = ? ORDER BY id DESC", (report_id,))
    return [_sending(row) for row in rows]


def add_sending(
    db: EncryptedDatabase, actor: Actor, report_id: int, recipient: str, today: date, once: str = ""
) -> int:
    """Write down that a copy was given by hand or by post."""
    with write(db, actor, once) as log:
        get_report(db, report_id)
        added = db.insert_row(
            "INSERT INTO report_sending (report_id, recipient, sent_on) VALUES (?, ?, ?)",
            (report_id, recipient, today.isoformat()),
        )
        log.note(Deed.SHARE, "report", report_id)
    return added


def add_link(
    db: EncryptedDatabase, actor: Actor, report_id: int, recipient: str, expires_on: date, today: date, once: str = ""
) -> str:
    """Give the token, shown once: only its hash is kept. Raises Refused on an end that is past or too far."""
    check_link_end(expires_on, today)
    token = new_token()
    with write(db, actor, once) as log:
        get_report(db, report_id)
        db.execute(
            "INSERT INTO report_sending (report_id, recipient, sent_on, token_hash, expires_on) VALUES (?, ?, ?, ?, ?)",
            (report_id, recipient, today.isoformat(), hashed(token), expires_on.isoformat()),
        )
        log.note(Deed.SHARE, "report", report_id, ["link"])
    return token


def revoke(db: EncryptedDatabase, actor: Actor, report_id: int, sending_id: int, today: date, once: str = "") -> None:
    """The link leads nowhere from now on; raises NotFound when there is none."""
    with write(db, actor, once) as log:
        changed = db.changed(
            "UPDATE report_sending SET revoked_on = coalesce(revoked_on, ?)"
            " WHERE id = ? AND report_id = ? AND token_hash IS NOT NULL",
            (today.isoformat(), sending_id, report_id),
        )
        if not changed:
            raise NotFound
        log.note(Deed.CHANGE, "report_sending", sending_id, ["revoked_on"])


def find_link(db: EncryptedDatabase, token: str, today: date) -> Sending:
    """An open link; raises NotFound for one that is unknown, revoked or past, alike."""
    row = db.row("SELECT * FROM report_sending WHERE token_hash = ?", (hashed(token),))
    if row is None or not _sending(row).is_open(today):
        raise NotFound
    return _sending(row)


def count_opening(db: EncryptedDatabase, sending: Sending, today: date) -> None:
    """One more reading of the report by this link."""
    with write(db, SYSTEM) as log:
        db.execute(
            "UPDATE report_sending SET openings = openings + 1, last_opened_on = ? WHERE id = ?",
            (today.isoformat(), sending.id),
        )
        log.note(Deed.EXPORT, "report", sending.report_id, ["link"])


def _sending(row: Row) -> Sending:
    ends, revoked, opened = (
        date.fromisoformat(row[name]) if row[name] else None for name in ("expires_on", "revoked_on", "last_opened_on")
    )
    return Sending(
        row["id"],
        row["report_id"],
        row["recipient"],
        date.fromisoformat(row["sent_on"]),
        row["token_hash"] is not None,
        ends,
        revoked,
        row["openings"],
        opened,
    )
