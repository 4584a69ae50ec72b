"""The community's own indicators: their definitions, entered values and changes; what they say today.

What a report needs is in `list_own` (definitions, goals), `own_values` and `own_measures` (current words by key).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from impact.audit import Actor, Deed, write
from impact.db import EncryptedDatabase, Row
from impact.exceptions import Conflict, NotFound, Refused
from impact.figures import Figure, FigureState, every_figure, latest_figures, told
from impact.vocabulary import Audience
from impact.wording import plural, short_date
from impact_maps import own_rules as rules
from impact_maps.indicator import Direction, Unit
from impact_maps.measures import change_since, measure, parts_of
from impact_maps.records import Measure, OwnChange, OwnIndicator, OwnValue
from impact_maps.vocabulary import OwnSource, Rhythm


def list_own(db: EncryptedDatabase) -> list[OwnIndicator]:
    """Those in use, by title."""
    return [
        _indicator(row) for row in db.rows("SELECT * FROM own_indicator WHERE removed_on IS NULL ORDER BY title, id")
    ]


def get_own(db: EncryptedDatabase, indicator_id: int) -> OwnIndicator:
    """One of them, even when it is no longer in use; raises NotFound."""
    row = db.row("SELECT * FROM own_indicator WHERE id = ?", (indicator_id,))
    if row is None:
        raise NotFound
    return _indicator(row)


def add_own(db: EncryptedDatabase, actor: Actor, indicator: OwnIndicator, once: str = "") -> int:
    """Raises Refused on a field that is not right, on `code` when it is taken."""
    indicator = rules.right_indicator(indicator)
    with write(db, actor, once) as log:
        if len(list_own(db)) >= rules.MOST_INDICATORS:
            raise Refused(f"Vous suivez déjà {rules.MOST_INDICATORS} indicateurs : retirez-en un d’abord.")
        _check_code(db, indicator.code, 0)
        added = db.insert_row(
            "INSERT INTO own_indicator (code, title, definition, unit, base, source, figure, origin, about_people, rhythm,"
            " direction, goal, goal_on, goal_reason, responsible) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            _values(indicator),
        )
        log.note(Deed.CREATE, "own_indicator", added)
    return added


def change_own(
    db: EncryptedDatabase,
    actor: Actor,
    indicator_id: int,
    indicator: OwnIndicator,
    version_read: int,
    names: Mapping[int, str],
    once: str = "",
) -> None:
    """Keeps what each field said before; `names` of members by id. Raises Refused, or Conflict on a second editor."""
    indicator = rules.right_indicator(indicator)
    now = get_own(db, indicator_id)
    with write(db, actor, once) as log:
        _check_code(db, indicator.code, indicator_id)
        _check_unit(db, now, indicator)
        if not db.changed(
            "UPDATE own_indicator SET code = ?, title = ?, definition = ?, unit = ?, base = ?, source = ?, figure = ?,"
            " origin = ?, about_people = ?, rhythm = ?, direction = ?, goal = ?, goal_on = ?, goal_reason = ?,"
            " responsible = ?, version = version + 1 WHERE id = ? AND version = ? AND removed_on IS NULL",
            (*_values(indicator), indicator_id, version_read),
        ):
            stored = {"title": now.title, "definition": now.definition, "goal_reason": now.goal_reason}
            raise Conflict(dict(stored), now.version)
        moment = datetime.now(UTC).isoformat(timespec="seconds")
        for field, before, after in rules.changes(now, indicator, names):
            db.execute(
                "INSERT INTO own_change (indicator_id, at, author, field, before, after) VALUES (?, ?, ?, ?, ?, ?)",
                (indicator_id, moment, actor.member_id, field, before, after),
            )
        log.note(Deed.CHANGE, "own_indicator", indicator_id)


def remove_own(db: EncryptedDatabase, actor: Actor, indicator_id: int, today: date, once: str = "") -> None:
    """No longer in use; its values and its changes stay in the file."""
    with write(db, actor, once) as log:
        if not db.changed(
            "UPDATE own_indicator SET removed_on = ? WHERE id = ? AND removed_on IS NULL",
            (today.isoformat(), indicator_id),
        ):
            raise NotFound
        log.note(Deed.DELETE, "own_indicator", indicator_id)


def list_changes(db: EncryptedDatabase, indicator_id: int) -> list[OwnChange]:
    """What was changed in a definition, the last first."""
    rows = db.rows("SELECT * FROM own_change WHERE indicator_id = ? ORDER BY id DESC", (indicator_id,))
    return [
        OwnChange(datetime.fromisoformat(row["at"]), row["author"], row["field"], row["before"], row["after"])
        for row in rows
    ]


def own_values(db: EncryptedDatabase) -> dict[int, list[OwnValue]]:
    """Every value entered, by the id of its indicator, the last day first."""
    found: dict[int, list[OwnValue]] = {}
    for row in db.rows("SELECT * FROM own_value ORDER BY day DESC"):
        found.setdefault(row["indicator_id"], []).append(_value(row))
    return found


def add_value(
    db: EncryptedDatabase, actor: Actor, indicator_id: int, value: OwnValue, today: date, once: str = ""
) -> None:
    """A value with its author; raises Refused on a field that is not right."""
    with write(db, actor, once) as log:
        rules.right_value(get_own(db, indicator_id), value, own_values(db).get(indicator_id, []), today)
        db.execute(
            "INSERT INTO own_value (indicator_id, day, value, people, note, author, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                indicator_id,
                value.day.isoformat(),
                value.value,
                value.people,
                value.note,
                actor.member_id,
                datetime.now(UTC).isoformat(timespec="seconds"),
            ),
        )
        log.note(Deed.CREATE, "own_value", indicator_id)


def remove_value(db: EncryptedDatabase, actor: Actor, indicator_id: int, value_id: int, once: str = "") -> None:
    """Take back a value entered by mistake; the log keeps that it was. Raises NotFound."""
    with write(db, actor, once) as log:
        if not db.changed("DELETE FROM own_value WHERE id = ? AND indicator_id = ?", (value_id, indicator_id)):
            raise NotFound
        log.note(Deed.DELETE, "own_value", indicator_id)


def own_measures(
    db: EncryptedDatabase,
    audience: Audience,
    figures: Mapping[tuple[str, str], Figure] | None = None,
) -> dict[str, Measure]:
    """What each says today to this audience, by its key; `figures` are those of a report instead of the latest."""
    known = latest_figures(db, audience) if figures is None else figures
    earlier = every_figure(db, audience)
    values = own_values(db)
    return {
        own.key: _entered(own, values.get(own.id, []), audience)
        if own.source is OwnSource.ENTERED
        else _read(own, known, earlier)
        for own in list_own(db)
    }


def _read(own: OwnIndicator, figures: Mapping[tuple[str, str], Figure], earlier: Sequence[Figure]) -> Measure:
    found = measure(*parts_of(own.figure), figures, {}, earlier)
    return replace(found, title=own.title, base=found.base or own.base, goal=rules.goal_words(own))


def _entered(own: OwnIndicator, values: Sequence[OwnValue], audience: Audience) -> Measure:
    goal = rules.goal_words(own)
    if not values:
        return Measure(own.title, "", "pas encore de valeur", False, goal=goal)
    last, *older = values
    when = f"au {short_date(last.day)}"
    if rules.state_for(own, last, audience) is not FigureState.MEASURED:
        return Measure(own.title, FigureState.MASKED.label, "", False, when, goal=goal)
    before = next((each for each in older if rules.state_for(own, each, audience) is FigureState.MEASURED), None)
    trend = change_since(last.value, own.unit.value, (before.value, f"au {short_date(before.day)}") if before else None)
    base = plural(last.people, "personne") if last.people is not None else own.base
    return Measure(own.title, told(last.value, own.unit.value), base, True, when, when, trend, goal)


def _check_code(db: EncryptedDatabase, code: str, own_id: int) -> None:
    if db.value("SELECT count(*) FROM own_indicator WHERE code = ? AND id <> ?", (code, own_id)):
        raise Refused("Ce code est déjà pris, peut-être par un indicateur retiré.", "code")


def _check_unit(db: EncryptedDatabase, now: OwnIndicator, after: OwnIndicator) -> None:
    entered = db.value("SELECT count(*) FROM own_value WHERE indicator_id = ?", (now.id,))
    if entered and (now.unit, now.source) != (after.unit, after.source):
        raise Refused("Des valeurs sont déjà saisies : définissez un autre indicateur pour changer d’unité.", "unit")


def _values(own: OwnIndicator) -> tuple[object, ...]:
    return (
        own.code,
        own.title,
        own.definition,
        own.unit.value,
        own.base,
        own.source.value,
        own.figure,
        own.origin,
        int(own.about_people),
        own.rhythm.value,
        own.direction.value,
        own.goal,
        own.goal_on.isoformat() if own.goal_on else None,
        own.goal_reason,
        own.responsible,
    )


def _indicator(row: Row) -> OwnIndicator:
    return OwnIndicator(
        code=row["code"],
        title=row["title"],
        definition=row["definition"],
        unit=Unit(row["unit"]),
        base=row["base"],
        source=OwnSource(row["source"]),
        figure=row["figure"],
        origin=row["origin"],
        about_people=bool(row["about_people"]),
        rhythm=Rhythm(row["rhythm"]),
        direction=Direction(row["direction"]),
        goal=row["goal"],
        goal_on=date.fromisoformat(row["goal_on"]) if row["goal_on"] else None,
        goal_reason=row["goal_reason"],
        responsible=row["responsible"],
        id=row["id"],
        version=row["version"],
        removed_on=date.fromisoformat(row["removed_on"]) if row["removed_on"] else None,
    )


def _value(row: Row) -> OwnValue:
    return OwnValue(
        date.fromisoformat(row["day"]),
        row["value"],
        row["people"],
        row["note"],
        row["author"],
        datetime.fromisoformat(row["at"]),
        row["id"],
    )
