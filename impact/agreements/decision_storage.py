"""The register of decisions."""

from datetime import date

from impact.agreements.records import Decision
from impact.agreements.rules import check_decision
from impact.audit import Actor, Deed, write
from impact.db import EncryptedDatabase, Row
from impact.exceptions import Conflict, NotFound
from impact.wording import short_date

_FIELDS = ("decided_on", "wording", "decided_by", "disagreement", "disagreeing", "would_settle", "settled_on")


def add_decision(db: EncryptedDatabase, actor: Actor, decision: Decision, once: str = "") -> int:
    """Give the id; raises Refused on a disagreement that says neither who nor what would settle it."""
    check_decision(decision)
    with write(db, actor, once) as log:
        added = db.insert_row(
            "INSERT INTO community_decision (decided_on, wording, decided_by, disagreement, disagreeing, would_settle,"
            " settled_on) VALUES (?, ?, ?, ?, ?, ?, ?)",
            _values(decision),
        )
        log.note(Deed.CREATE, "community_decision", added)
    return added


def change_decision(db: EncryptedDatabase, actor: Actor, decision: Decision, once: str = "") -> None:
    """Raises Conflict when somebody saved it meanwhile."""
    check_decision(decision)
    with write(db, actor, once) as log:
        changed = db.changed(
            "UPDATE community_decision SET decided_on = ?, wording = ?, decided_by = ?, disagreement = ?,"
            " disagreeing = ?, would_settle = ?, settled_on = ?, version = version + 1 WHERE id = ? AND version = ?",
            (*_values(decision), decision.id, decision.version),
        )
        if not changed:
            now = get_decision(db, decision.id)
            stored: dict[str, object] = {name: getattr(now, name) for name in _FIELDS}
            days = {"decided_on": short_date(now.decided_on), "settled_on": short_date(now.settled_on)}
            raise Conflict({**stored, **days}, now.version)
        log.note(Deed.CHANGE, "community_decision", decision.id, _FIELDS)


def get_decision(db: EncryptedDatabase, decision_id: int) -> Decision:
    """Raises NotFound."""
    row = db.row("SELECT * FROM community_decision WHERE id = ?", (decision_id,))
    if row is None:
        raise NotFound
    return _decision(row)


def list_decisions(db: EncryptedDatabase) -> list[Decision]:
    """The latest first."""
    rows = db.rows("SELECT * FROM community_decision ORDER BY decided_on DESC, id DESC")
    return [_decision(row) for row in rows]


def _values(decision: Decision) -> tuple[object, ...]:
    return (
        decision.decided_on.isoformat(),
        decision.wording,
        decision.decided_by,
        decision.disagreement,
        decision.disagreeing,
        decision.would_settle,
        decision.settled_on.isoformat() if decision.settled_on else None,
    )


def _decision(row: Row) -> Decision:
    return Decision(
        id=row["id"],
        decided_on=date.fromisoformat(row["decided_on"]),
        wording=row["wording"],
        decided_by=row["decided_by"],
        disagreement=row["disagreement"],
        disagreeing=row["disagreeing"],
        would_settle=row["would_settle"],
        settled_on=date.fromisoformat(row["settled_on"]) if row["settled_on"] else None,
        version=row["version"],
    )
