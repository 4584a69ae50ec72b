"""Activities and weeks of presence."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta

from impact.audit import Actor, Deed, write
from impact.db import EncryptedDatabase, Row
from impact.exceptions import Conflict, Refused
from impact.mediation.records import Activity, Totals, monday
from impact.mediation.rules import OLDEST, check_activity, check_may_write
from impact.mediation.storage import get_posting
from impact.mediation.vocabulary import Axis
from impact.wording import short_date

PAGE = 50
_COLUMNS = (
    "posting_id",
    "done_on",
    "category",
    "axis",
    "minutes",
    "people",
    "girls",
    "boys",
    "request",
    "follow_up",
    "told",
)


def add_activity(db: EncryptedDatabase, actor: Actor, activity: Activity, today: date, once: str = "") -> int:
    """Give the id; its week becomes a week of presence. Raises Refused on what cannot be, NotFound on another's post."""
    with write(db, actor, once) as log:
        posting = get_posting(db, activity.posting_id)
        check_may_write(actor, posting)
        check_activity(activity, posting, today, today - OLDEST)
        added = db.insert_row(
            "INSERT INTO mediation_activity (posting_id, done_on, category, axis, minutes, people, girls, boys, request,"
            " follow_up, told) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            _values(activity),
        )
        _say(db, activity.posting_id, activity.week_on, True)
        log.note(Deed.CREATE, "mediation_activity", added)
    return added


def change_activity(db: EncryptedDatabase, actor: Actor, activity: Activity, today: date, once: str = "") -> None:
    """Raises Conflict when it was saved meanwhile, Refused on what cannot be, NotFound on another's."""
    with write(db, actor, once) as log:
        now, posting = get_activity(db, actor, activity.id), get_posting(db, activity.posting_id)
        check_may_write(actor, posting)
        if now.version != activity.version:
            numbers = {"minutes": now.minutes, "people": now.people, "girls": now.girls, "boys": now.boys}
            raise Conflict({"done_on": short_date(now.done_on), **numbers, "told": now.told}, now.version)
        check_activity(activity, posting, today)
        db.execute(
            "UPDATE mediation_activity SET posting_id = ?, done_on = ?, category = ?, axis = ?, minutes = ?, people = ?,"
            " girls = ?, boys = ?, request = ?, follow_up = ?, told = ?, version = version + 1 WHERE id = ?",
            (*_values(activity), activity.id),
        )
        _say(db, activity.posting_id, activity.week_on, True)
        log.note(Deed.CHANGE, "mediation_activity", activity.id, _COLUMNS)


def remove_activity(db: EncryptedDatabase, actor: Actor, activity_id: int, once: str = "") -> None:
    """Written by mistake; its week stays a week of presence."""
    with write(db, actor, once) as log:
        get_activity(db, actor, activity_id)
        db.execute("DELETE FROM mediation_activity WHERE id = ?", (activity_id,))
        log.note(Deed.DELETE, "mediation_activity", activity_id)


def get_activity(db: EncryptedDatabase, actor: Actor, activity_id: int) -> Activity:
    """One that the actor may correct; raises NotFound."""
    rows = db.rows("SELECT * FROM mediation_activity WHERE id = ?", (activity_id,))
    posting = get_posting(db, rows[0]["posting_id"] if rows else 0)
    check_may_write(actor, posting)
    return _activity(rows[0])


def last_activity(db: EncryptedDatabase, member_id: int | None) -> Activity | None:
    """The one that a mediator wrote last."""
    row = db.row(
        "SELECT mediation_activity.* FROM mediation_activity JOIN mediation_posting"
        " ON mediation_posting.id = posting_id WHERE member_id = ? ORDER BY mediation_activity.id DESC LIMIT 1",
        (member_id,),
    )
    return _activity(row) if row else None


def list_activities(
    db: EncryptedDatabase,
    *,
    member_id: int | None = None,
    site_id: int | None = None,
    since: date = date.min,
    until: date = date.max,
    page: int | None = None,
) -> list[Activity]:
    """The latest first; a page holds PAGE of them and one more when there is a next page."""
    rows = db.rows(
        "SELECT mediation_activity.* FROM mediation_activity JOIN mediation_posting"
        " ON mediation_posting.id = posting_id WHERE (:member IS NULL OR member_id = :member)"
        " AND (:site IS NULL OR site_id = :site) AND done_on BETWEEN :since AND :until"
        " ORDER BY done_on DESC, mediation_activity.id DESC LIMIT :most OFFSET :skipped",
        {
            "member": member_id,
            "site": site_id,
            "since": since.isoformat(),
            "until": until.isoformat(),
            "most": -1 if page is None else PAGE + 1,
            "skipped": 0 if page is None else (page - 1) * PAGE,
        },
    )
    return [_activity(row) for row in rows]


def say_weeks(db: EncryptedDatabase, actor: Actor, said: Mapping[tuple[int, date], bool], once: str = "") -> None:
    """Whether the mediator was there, by posting and Monday; raises Refused on an absence where something was done."""
    with write(db, actor, once) as log:
        for (posting_id, week_on), present in said.items():
            check_may_write(actor, get_posting(db, posting_id))
            if not present and _count(db, posting_id, week_on):
                raise Refused(f"Des activités sont notées dans la semaine du {short_date(week_on)}.")
            _say(db, posting_id, week_on, present)
        log.note(Deed.CHANGE, "mediation_week", None, sorted({str(posting_id) for posting_id, _ in said}))


def said_weeks(db: EncryptedDatabase) -> dict[tuple[int, date], bool]:
    """Whether each mediator was there, by posting and Monday."""
    rows = db.rows("SELECT posting_id, week_on, present FROM mediation_week")
    return {(row["posting_id"], date.fromisoformat(row["week_on"])): bool(row["present"]) for row in rows}


def week_counts(db: EncryptedDatabase) -> dict[tuple[int, date], int]:
    """How many activities, by posting and Monday."""
    found: dict[tuple[int, date], int] = {}
    rows = db.rows("SELECT posting_id, done_on, count(*) AS done FROM mediation_activity GROUP BY posting_id, done_on")
    for row in rows:
        key = row["posting_id"], monday(date.fromisoformat(row["done_on"]))
        found[key] = found.get(key, 0) + row["done"]
    return found


def totals(db: EncryptedDatabase, since: date, until: date, site_id: int | None = None) -> Totals:
    """What was done between two days, both included, on a site or everywhere."""
    where: dict[str, object] = {"since": since.isoformat(), "until": until.isoformat(), "site": site_id}
    rows = db.rows(
        "SELECT axis, category, count(*) AS done, sum(minutes) AS minutes, coalesce(sum(people), 0) AS people"
        " FROM mediation_activity JOIN mediation_posting ON mediation_posting.id = posting_id"
        " WHERE done_on BETWEEN :since AND :until AND (:site IS NULL OR site_id = :site) GROUP BY axis, category",
        where,
    )
    axes, categories = Counter[str](), Counter[str]()
    for row in rows:
        axes[row["axis"]] += row["done"]
        categories[row["category"]] += row["done"]
    minutes, people = (sum(row[name] for row in rows) for name in ("minutes", "people"))
    return Totals(axes.total(), minutes, people, axes, categories)


def _count(db: EncryptedDatabase, posting_id: int, week_on: date) -> int:
    days = (week_on + timedelta(days=rank) for rank in (0, 6))
    sql = "SELECT count(*) FROM mediation_activity WHERE posting_id = ? AND done_on BETWEEN ? AND ?"
    return int(db.value(sql, (posting_id, *(day.isoformat() for day in days))))


def _say(db: EncryptedDatabase, posting_id: int, week_on: date, present: bool) -> None:
    db.execute(
        "INSERT INTO mediation_week (posting_id, week_on, present) VALUES (?, ?, ?)"
        " ON CONFLICT (posting_id, week_on) DO UPDATE SET present = excluded.present",
        (posting_id, week_on.isoformat(), int(present)),
    )


def _values(activity: Activity) -> tuple[object, ...]:
    return (
        activity.posting_id,
        activity.done_on.isoformat(),
        activity.category,
        activity.axis.value,
        activity.minutes,
        activity.people,
        activity.girls,
        activity.boys,
        activity.request,
        activity.follow_up,
        activity.told,
    )


def _activity(row: Row) -> Activity:
    return Activity(**{**row, "axis": Axis(row["axis"]), "done_on": date.fromisoformat(row["done_on"])})
