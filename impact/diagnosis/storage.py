"""Axes, working groups, findings, crossings."""

import json
from datetime import date

from impact.audit import Actor, Deed, write
from impact.db import EncryptedDatabase, IntegrityError
from impact.diagnosis.records import Axis, Crossing, Finding, WorkingGroup
from impact.diagnosis.rules import check_crossing, check_group
from impact.diagnosis.vocabulary import FindingKind, GroupStep, Use
from impact.exceptions import Conflict, NotFound, Refused

_TAKEN = "Un axe porte déjà ce titre."


def add_axis(db: EncryptedDatabase, actor: Actor, title: str, once: str = "") -> int:
    """Give the id; raises Refused on a title that is taken."""
    try:
        with write(db, actor, once) as log:
            added = db.insert_row("INSERT INTO axis (title) VALUES (?)", (title,))
            log.note(Deed.CREATE, "axis", added)
    except IntegrityError:
        raise Refused(_TAKEN, "title") from None
    return added


def change_axis(db: EncryptedDatabase, actor: Actor, axis: Axis, once: str = "") -> None:
    """Another title; raises Conflict when somebody saved it meanwhile."""
    try:
        with write(db, actor, once) as log:
            now = get_axis(db, axis.id)
            if now.version != axis.version:
                raise Conflict({"title": now.title}, now.version)
            db.execute("UPDATE axis SET title = ?, version = version + 1 WHERE id = ?", (axis.title, axis.id))
            log.note(Deed.CHANGE, "axis", axis.id, ["title"])
    except IntegrityError:
        raise Refused(_TAKEN, "title") from None


def get_axis(db: EncryptedDatabase, axis_id: int) -> Axis:
    """Raises NotFound."""
    row = db.row("SELECT * FROM axis WHERE id = ?", (axis_id,))
    if row is None:
        raise NotFound
    return Axis(**row)


def list_axes(db: EncryptedDatabase) -> list[Axis]:
    """In the order in which they were opened."""
    return [Axis(**row) for row in db.rows("SELECT * FROM axis ORDER BY id")]


def add_group(db: EncryptedDatabase, actor: Actor, group: WorkingGroup, today: date, once: str = "") -> int:
    """A working group that met; give the id. Raises Refused on a day to come or more names than heads."""
    check_group(group, today)
    with write(db, actor, once) as log:
        get_axis(db, group.axis_id)
        added = db.insert_row(
            "INSERT INTO working_group (axis_id, step, held_on, people) VALUES (?, ?, ?, ?)",
            (group.axis_id, group.step.value, group.held_on.isoformat(), group.people),
        )
        for member_id in dict.fromkeys(group.member_ids):
            db.execute("INSERT INTO group_member (group_id, member_id) VALUES (?, ?)", (added, member_id))
        log.note(Deed.CREATE, "working_group", added)
    return added


def list_groups(db: EncryptedDatabase) -> list[WorkingGroup]:
    """By date."""
    rows = db.rows(
        "SELECT working_group.*, (SELECT json_group_array(member_id) FROM group_member"
        " WHERE group_id = working_group.id) AS members FROM working_group ORDER BY held_on, id"
    )
    return [
        WorkingGroup(
            row["id"],
            row["axis_id"],
            GroupStep(row["step"]),
            date.fromisoformat(row["held_on"]),
            row["people"],
            tuple(json.loads(row["members"])),
        )
        for row in rows
    ]


def add_finding(db: EncryptedDatabase, actor: Actor, finding: Finding, once: str = "") -> int:
    """Give the id."""
    with write(db, actor, once) as log:
        get_axis(db, finding.axis_id)
        added = db.insert_row(
            "INSERT INTO finding (axis_id, group_id, kind, words, use, indicator) VALUES (?, ?, ?, ?, ?, ?)",
            (
                finding.axis_id,
                finding.group_id,
                finding.kind.value,
                finding.words,
                finding.use.value,
                finding.indicator,
            ),
        )
        log.note(Deed.CREATE, "finding", added)
    return added


def change_finding(db: EncryptedDatabase, actor: Actor, finding: Finding, once: str = "") -> None:
    """Other words, another square or indicator; raises Conflict when saved meanwhile, Refused when it was crossed."""
    with write(db, actor, once) as log:
        now = get_finding(db, finding.id)
        if now.version != finding.version:
            raise Conflict({"kind": now.kind.label, "words": now.words, "use": now.use.label}, now.version)
        crossed = db.value(
            "SELECT count(*) FROM crossing WHERE internal_id = ? OR external_id = ?", (finding.id, finding.id)
        )
        if crossed and now.kind.is_internal != finding.kind.is_internal:
            raise Refused("Ce constat est croisé : il reste du même côté, interne ou externe.", "kind")
        db.execute(
            "UPDATE finding SET group_id = ?, kind = ?, words = ?, use = ?, indicator = ?, version = version + 1"
            " WHERE id = ?",
            (finding.group_id, finding.kind.value, finding.words, finding.use.value, finding.indicator, finding.id),
        )
        log.note(Deed.CHANGE, "finding", finding.id, ["kind", "words", "use", "indicator"])


def get_finding(db: EncryptedDatabase, finding_id: int) -> Finding:
    """Raises NotFound."""
    for finding in list_findings(db):
        if finding.id == finding_id:
            return finding
    raise NotFound


def list_findings(db: EncryptedDatabase) -> list[Finding]:
    """In the order in which they were written."""
    return [
        Finding(**{**row, "kind": FindingKind(row["kind"]), "use": Use(row["use"])})
        for row in db.rows("SELECT * FROM finding ORDER BY id")
    ]


def add_crossing(db: EncryptedDatabase, actor: Actor, crossing: Crossing, once: str = "") -> int:
    """Give the id; raises Refused on two findings of one side, or crossed already."""
    check_crossing(crossing, list_findings(db))
    try:
        with write(db, actor, once) as log:
            added = db.insert_row(
                "INSERT INTO crossing (axis_id, group_id, internal_id, external_id, words) VALUES (?, ?, ?, ?, ?)",
                (crossing.axis_id, crossing.group_id, crossing.internal_id, crossing.external_id, crossing.words),
            )
            log.note(Deed.CREATE, "crossing", added)
    except IntegrityError:
        raise Refused("Ces deux constats sont déjà croisés.", "external_id") from None
    return added


def list_crossings(db: EncryptedDatabase) -> list[Crossing]:
    """In the order in which they were written."""
    return [Crossing(**row) for row in db.rows("SELECT * FROM crossing ORDER BY id")]
