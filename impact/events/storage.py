"""Series, events, heads counted."""

from datetime import date

from impact.audit import Actor, Deed, write
from impact.db import EncryptedDatabase, IntegrityError, Row
from impact.events.records import Count, Event, Heads, SchoolClass, Series
from impact.events.rules import check_count, check_date, check_removing, check_targets
from impact.events.vocabulary import SeriesKind
from impact.exceptions import Conflict, NotFound, Refused
from impact.vocabulary import OrganisationKind
from impact.wording import short_date


def add_series(db: EncryptedDatabase, actor: Actor, series: Series, once: str = "") -> int:
    """Give the id; raises Refused on targets that do not make a whole."""
    check_targets(series.targets)
    with write(db, actor, once) as log:
        added = db.insert_row(
            "INSERT INTO event_series (kind, title, objective) VALUES (?, ?, ?)",
            (series.kind.value, series.title, series.objective),
        )
        _replace_targets(db, added, series)
        log.note(Deed.CREATE, "event_series", added)
    return added


def change_series(db: EncryptedDatabase, actor: Actor, series: Series, once: str = "") -> None:
    """Title, objective and targets, the kind being kept; raises Conflict when somebody saved it meanwhile."""
    check_targets(series.targets)
    with write(db, actor, once) as log:
        now = get_series(db, series.id)
        if now.version != series.version:
            raise Conflict({"title": now.title, "objective": now.objective}, now.version)
        db.execute(
            "UPDATE event_series SET title = ?, objective = ?, version = version + 1 WHERE id = ?",
            (series.title, series.objective, series.id),
        )
        _replace_targets(db, series.id, series)
        log.note(Deed.CHANGE, "event_series", series.id, ["title", "objective", "targets"])


def get_series(db: EncryptedDatabase, series_id: int) -> Series:
    """Raises NotFound."""
    for series in list_series(db):
        if series.id == series_id:
            return series
    raise NotFound


def list_series(db: EncryptedDatabase) -> list[Series]:
    """The last created first."""
    targets: dict[int, dict[OrganisationKind, int]] = {}
    for row in db.rows("SELECT * FROM series_target"):
        targets.setdefault(row["series_id"], {})[OrganisationKind(row["kind"])] = row["percent"]
    return [
        Series(
            row["id"],
            SeriesKind(row["kind"]),
            row["title"],
            row["objective"],
            targets.get(row["id"], {}),
            row["version"],
        )
        for row in db.rows("SELECT * FROM event_series ORDER BY id DESC")
    ]


def add_class(db: EncryptedDatabase, actor: Actor, series_id: int, name: str, size: int | None, once: str = "") -> int:
    """A class of a series of sequences; raises Refused when it is there already."""
    try:
        with write(db, actor, once) as log:
            if not get_series(db, series_id).by_class:
                raise NotFound
            added = db.insert_row(
                "INSERT INTO series_class (series_id, name, size) VALUES (?, ?, ?)", (series_id, name, size)
            )
            log.note(Deed.CREATE, "series_class", added)
    except IntegrityError:
        raise Refused("Cette classe est déjà dans la liste.", "name") from None
    return added


def list_classes(db: EncryptedDatabase, series_id: int) -> list[SchoolClass]:
    """By name."""
    rows = db.rows("SELECT id, name, size FROM series_class WHERE series_id = ? ORDER BY name", (series_id,))
    return [SchoolClass(**row) for row in rows]


def add_event(db: EncryptedDatabase, actor: Actor, event: Event, once: str = "") -> int:
    """One more date of a series; give the id."""
    with write(db, actor, once) as log:
        get_series(db, event.series_id)
        added = db.insert_row(
            "INSERT INTO event (series_id, title, held_on, place) VALUES (?, ?, ?, ?)",
            (event.series_id, event.title, event.held_on.isoformat(), event.place),
        )
        log.note(Deed.CREATE, "event", added)
    return added


def change_event(db: EncryptedDatabase, actor: Actor, event: Event, today: date, once: str = "") -> None:
    """Title, date, place and questionnaire; raises Conflict, or Refused on a held one moved ahead."""
    with write(db, actor, once) as log:
        now = _unchanged(db, event.id, event.version)
        check_date(now, event.held_on, today)
        db.execute(
            "UPDATE event SET title = ?, held_on = ?, place = ?, wave_id = ?, version = version + 1 WHERE id = ?",
            (event.title, event.held_on.isoformat(), event.place, event.wave_id, event.id),
        )
        log.note(Deed.CHANGE, "event", event.id, ["title", "held_on", "place", "wave_id"])


def record_count(db: EncryptedDatabase, actor: Actor, count: Count, today: date, once: str = "") -> None:
    """Who registered and who came; raises Conflict when it was saved meanwhile, Refused on impossible numbers."""
    with write(db, actor, once) as log:
        now = _unchanged(db, count.event_id, count.version)
        check_count(count, now, list_classes(db, now.series_id), today)
        db.execute("DELETE FROM event_presence WHERE event_id = ?", (now.id,))
        db.execute("DELETE FROM class_presence WHERE event_id = ?", (now.id,))
        for kind, heads in count.heads.items():
            if heads.any:
                db.execute(
                    "INSERT INTO event_presence (event_id, kind, registered, excused, on_site, remote)"
                    " VALUES (?, ?, ?, ?, ?, ?)",
                    (now.id, kind.value, heads.registered, heads.excused, heads.on_site, heads.remote),
                )
        for class_id, present in count.classes.items():
            if present:
                db.execute(
                    "INSERT INTO class_presence (event_id, class_id, present) VALUES (?, ?, ?)",
                    (now.id, class_id, present),
                )
        db.execute("UPDATE event SET version = version + 1 WHERE id = ?", (now.id,))
        log.note(Deed.CHANGE, "event", now.id, ["presences"])


def remove_event(db: EncryptedDatabase, actor: Actor, event_id: int, once: str = "") -> None:
    """A date that does not take place; raises Refused when people were counted."""
    with write(db, actor, once) as log:
        check_removing(get_event(db, event_id))
        db.execute("DELETE FROM event WHERE id = ?", (event_id,))
        log.note(Deed.DELETE, "event", event_id)


def get_event(db: EncryptedDatabase, event_id: int) -> Event:
    """Raises NotFound."""
    for event in list_events(db):
        if event.id == event_id:
            return event
    raise NotFound


def list_events(db: EncryptedDatabase, series_id: int | None = None) -> list[Event]:
    """Those of a series, or all of them, by date."""
    heads: dict[int, dict[OrganisationKind, Heads]] = {}
    for row in db.rows("SELECT * FROM event_presence"):
        counted = Heads(row["registered"], row["excused"], row["on_site"], row["remote"])
        heads.setdefault(row["event_id"], {})[OrganisationKind(row["kind"])] = counted
    classes: dict[int, dict[int, int]] = {}
    for row in db.rows("SELECT * FROM class_presence"):
        classes.setdefault(row["event_id"], {})[row["class_id"]] = row["present"]
    rows = db.rows("SELECT * FROM event ORDER BY held_on, id")
    return [
        _event(row, heads.get(row["id"], {}), classes.get(row["id"], {}))
        for row in rows
        if series_id is None or row["series_id"] == series_id
    ]


def _unchanged(db: EncryptedDatabase, event_id: int, version: int) -> Event:
    now = get_event(db, event_id)
    if now.version != version:
        total = now.total
        stored: dict[str, object] = {
            "title": now.title,
            "held_on": short_date(now.held_on),
            "place": now.place,
            "registered": total.registered,
            "present": total.present,
        }
        raise Conflict(stored, now.version)
    return now


def _replace_targets(db: EncryptedDatabase, series_id: int, series: Series) -> None:
    db.execute("DELETE FROM series_target WHERE series_id = ?", (series_id,))
    for kind, percent in series.targets.items():
        db.execute(
            "INSERT INTO series_target (series_id, kind, percent) VALUES (?, ?, ?)", (series_id, kind.value, percent)
        )


def _event(row: Row, heads: dict[OrganisationKind, Heads], classes: dict[int, int]) -> Event:
    return Event(
        row["id"],
        row["series_id"],
        row["title"],
        date.fromisoformat(row["held_on"]),
        row["place"],
        row["wave_id"],
        heads,
        classes,
        row["version"],
    )
