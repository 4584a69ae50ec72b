"""Actions of a pathway by domain, with their hours and cost; the label of a health action is sealed."""

from collections.abc import Collection, Sequence
from datetime import date

from impact.accounts.access import FieldClass, readable_fields
from impact.audit import Actor, Deed, write
from impact.db import EncryptedDatabase, Row
from impact.exceptions import Conflict, NotFound
from impact.pathways.action_rules import as_read, check_action
from impact.pathways.file_storage import get_file
from impact.pathways.pathway_storage import SEALED
from impact.pathways.records import ChildFile, PathwayAction
from impact.pathways.rules import domain_class, open_pathway
from impact.sealing import seal, unseal


def list_actions(db: EncryptedDatabase, file: ChildFile, readable: Collection[FieldClass]) -> list[PathwayAction]:
    """Those that the role reads, oldest first."""
    if file.pathway is None:
        return []
    rows = db.rows(
        "SELECT pathway_action.*, organisation.name AS operator FROM pathway_action"
        " LEFT JOIN organisation ON organisation.id = organisation_id WHERE pathway_id = ? ORDER BY started_on, id",
        (file.pathway.id,),
    )
    return [_action(db, row) for row in rows if domain_class(row["domain"]) in readable]


def get_action(
    db: EncryptedDatabase, file: ChildFile, action_id: int, readable: Collection[FieldClass]
) -> PathwayAction:
    """Raises NotFound when it is not of this file or not readable."""
    for action in list_actions(db, file, readable):
        if action.id == action_id:
            return action
    raise NotFound


def save_action(
    db: EncryptedDatabase, actor: Actor, situation_id: int, action: PathwayAction, today: date, once: str = ""
) -> int:
    """Write an action, new when its id is 0; raises Conflict when somebody saved it meanwhile."""
    if action.id == 0:
        return add_actions(db, actor, situation_id, [action], today, once)[0]
    with write(db, actor, once) as log:
        file, readable = get_file(db, situation_id), readable_fields(actor)
        stored = get_action(db, file, action.id, readable)
        check_action(file, action, readable, today)
        if stored.version != action.version:
            raise Conflict(as_read(stored), stored.version)
        db.execute(
            "UPDATE pathway_action SET domain = ?, organisation_id = ?, rhythm = ?, started_on = ?, ended_on = ?,"
            " hours = ?, cost_cents = ?, cofunded_cents = ?, cofunder = ?, version = version + 1 WHERE id = ?",
            (*_values(action), action.id),
        )
        _write_label(db, action.id, action)
        log.note(Deed.CHANGE, "pathway_action", action.id)
        log.note(Deed.CHANGE, "situation", situation_id, ["pathway_action"])
    return action.id


def add_actions(
    db: EncryptedDatabase,
    actor: Actor,
    situation_id: int,
    actions: Sequence[PathwayAction],
    today: date,
    once: str = "",
    *,
    readable: Collection[FieldClass] | None = None,
) -> list[int]:
    """Several actions of one pathway, all or none; `readable` stands for the actor's own classes. Gives the ids."""
    classes = readable_fields(actor) if readable is None else readable
    added = []
    with write(db, actor, once) as log:
        file = get_file(db, situation_id)
        for action in actions:
            check_action(file, action, classes, today)
            added.append(
                db.insert_row(
                    "INSERT INTO pathway_action (domain, organisation_id, rhythm, started_on, ended_on, hours,"
                    " cost_cents, cofunded_cents, cofunder, pathway_id, label) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '')",
                    (*_values(action), open_pathway(file).id),
                )
            )
            _write_label(db, added[-1], action)
        log.note(Deed.CREATE, "pathway_action", added[0] if len(added) == 1 else None)
        log.note(Deed.CHANGE, "situation", situation_id, ["pathway_action"])
    return added


def _write_label(db: EncryptedDatabase, action_id: int, action: PathwayAction) -> None:
    label, sealed = action.label, None
    if domain_class(action.domain) in SEALED:
        label, sealed = "", seal(db, action.label, seal_label(action_id))
    db.execute("UPDATE pathway_action SET label = ?, sealed = ? WHERE id = ?", (label, sealed, action_id))


def _values(action: PathwayAction) -> tuple[object, ...]:
    return (
        action.domain,
        action.organisation_id,
        action.rhythm,
        action.started_on.isoformat(),
        action.ended_on.isoformat() if action.ended_on else None,
        action.hours,
        action.cost_cents,
        action.cofunded_cents,
        action.cofunder,
    )


def _action(db: EncryptedDatabase, row: Row) -> PathwayAction:
    label = row["label"] if row["sealed"] is None else unseal(db, row["sealed"], seal_label(row["id"]))
    return PathwayAction(
        domain=row["domain"],
        label=label,
        started_on=date.fromisoformat(row["started_on"]),
        ended_on=date.fromisoformat(row["ended_on"]) if row["ended_on"] else None,
        organisation_id=row["organisation_id"],
        operator=row["operator"] or "",
        rhythm=row["rhythm"],
        hours=row["hours"],
        cost_cents=row["cost_cents"],
        cofunded_cents=row["cofunded_cents"],
        cofunder=row["cofunder"],
        id=row["id"],
        version=row["version"],
    )


def seal_label(action_id: int) -> str:
    """What ties a sealed label to its action."""
    return f"pathway_action.label:{action_id}"
