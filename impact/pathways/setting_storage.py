"""The delays of the follow-up, that the coordinator sets: every value stays, with its first day."""

from datetime import date

from impact.audit import Actor, Deed, write
from impact.db import EncryptedDatabase, Row
from impact.exceptions import Conflict
from impact.pathways.records import FollowUpSetting


def get_setting(db: EncryptedDatabase) -> FollowUpSetting:
    """The delays in force."""
    (row,) = db.rows("SELECT * FROM follow_up_delays ORDER BY version DESC LIMIT 1")
    return _setting(row)


def list_settings(db: EncryptedDatabase) -> list[FollowUpSetting]:
    """Those in force, then the earlier ones."""
    return [_setting(row) for row in db.rows("SELECT * FROM follow_up_delays ORDER BY version DESC")]


def change_setting(db: EncryptedDatabase, actor: Actor, setting: FollowUpSetting, today: date, once: str = "") -> None:
    """Put new delays in force from today on; raises Conflict when somebody changed them meanwhile."""
    with write(db, actor, once) as log:
        stored = get_setting(db)
        values = {name: getattr(setting, name) for name in ("silence_days", "usual_months", "reading_days")}
        if stored.version != setting.version:
            raise Conflict({name: getattr(stored, name) for name in values}, stored.version)
        db.execute(
            "INSERT INTO follow_up_delays (silence_days, usual_months, reading_days, version, since, member_id)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (*values.values(), stored.version + 1, today.isoformat(), actor.member_id),
        )
        log.note(Deed.CHANGE, "follow_up_delays", stored.version + 1, list(values))


def _setting(row: Row) -> FollowUpSetting:
    return FollowUpSetting(
        silence_days=row["silence_days"],
        usual_months=row["usual_months"],
        reading_days=row["reading_days"],
        version=row["version"],
        since=date.fromisoformat(row["since"]) if row["since"] else None,
        member_id=row["member_id"],
    )
