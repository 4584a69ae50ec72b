"""The delays of the follow-up, that the coordinator sets."""

from impact.audit import Actor, Deed, write
from impact.db import EncryptedDatabase
from impact.exceptions import Conflict
from impact.pathways.records import FollowUpSetting


def get_setting(db: EncryptedDatabase) -> FollowUpSetting:
    """The one row of the file."""
    row = db.row("SELECT silence_days, usual_months, reading_days, version FROM follow_up_setting")
    return FollowUpSetting(**row) if row else FollowUpSetting()


def change_setting(db: EncryptedDatabase, actor: Actor, setting: FollowUpSetting, once: str = "") -> None:
    """Replace the row; raises Conflict when somebody changed it meanwhile."""
    with write(db, actor, once) as log:
        changed = db.changed(
            "UPDATE follow_up_setting SET silence_days = ?, usual_months = ?, reading_days = ?, version = version + 1"
            " WHERE version = ?",
            (setting.silence_days, setting.usual_months, setting.reading_days, setting.version),
        )
        if not changed:
            now = get_setting(db)
            stored = {"silence_days": now.silence_days, "usual_months": now.usual_months}
            raise Conflict({**stored, "reading_days": now.reading_days}, now.version)
        log.note(Deed.CHANGE, "follow_up_setting", 1, ["silence_days", "usual_months", "reading_days"])
