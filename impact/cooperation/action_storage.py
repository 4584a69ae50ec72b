"""Joint actions: who runs them, for whom, with what money."""

import json
from collections.abc import Callable
from datetime import date

from impact.audit import Actor, Deed, write
from impact.cooperation.records import Funding, JointAction
from impact.cooperation.rules import check_action, check_funding
from impact.cooperation.vocabulary import ActionState, AgeBand
from impact.db import EncryptedDatabase, IntegrityError, Row
from impact.exceptions import Conflict, NotFound, Refused
from impact.wording import short_date

_FIELDS = ["title", "summary", "state", "lead_id", "audience", "territory", "question_id", "starts_on", "ends_on"]
_TAKEN = "Ce financeur est déjà dans la liste : modifiez sa ligne."


def _nothing_more(action_id: int) -> None:
    return


def add_action(
    db: EncryptedDatabase,
    actor: Actor,
    action: JointAction,
    once: str = "",
    also: Callable[[int], None] = _nothing_more,
) -> int:
    """Give the id; raises Refused on dates out of order or a lead among its partners; `also` writes with it."""
    check_action(action)
    with write(db, actor, once) as log:
        added = db.insert_row(
            "INSERT INTO joint_action (title, summary, state, lead_id, audience, territory, question_id, starts_on,"
            " ends_on) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            _values(action),
        )
        _replace_lists(db, added, action)
        log.note(Deed.CREATE, "joint_action", added)
        also(added)
    return added


def change_action(
    db: EncryptedDatabase,
    actor: Actor,
    action: JointAction,
    once: str = "",
    also: Callable[[int], None] = _nothing_more,
) -> None:
    """Raises Conflict when somebody saved it meanwhile, Refused as `add_action`; `also` writes with it."""
    check_action(action)
    with write(db, actor, once) as log:
        now = get_action(db, action.id)
        if now.version != action.version:
            raise Conflict(_stored(now), now.version)
        db.execute(
            "UPDATE joint_action SET title = ?, summary = ?, state = ?, lead_id = ?, audience = ?, territory = ?,"
            " question_id = ?, starts_on = ?, ends_on = ?, version = version + 1 WHERE id = ?",
            (*_values(action), action.id),
        )
        _replace_lists(db, action.id, action)
        log.note(Deed.CHANGE, "joint_action", action.id, [*_FIELDS, "partner_ids", "bands"])
        also(action.id)


def get_action(db: EncryptedDatabase, action_id: int) -> JointAction:
    """Raises NotFound."""
    for action in list_actions(db):
        if action.id == action_id:
            return action
    raise NotFound


def list_actions(db: EncryptedDatabase) -> list[JointAction]:
    """The latest to start first, those without a date last."""
    rows = db.rows(
        "SELECT joint_action.*,"
        " (SELECT json_group_array(organisation_id) FROM action_partner WHERE action_id = joint_action.id) AS partners,"
        " (SELECT json_group_array(band) FROM action_age_band WHERE action_id = joint_action.id) AS bands"
        " FROM joint_action ORDER BY starts_on IS NULL, starts_on DESC, id"
    )
    return [_action(row) for row in rows]


def add_funding(db: EncryptedDatabase, actor: Actor, funding: Funding, once: str = "") -> int:
    """One more funder; raises Refused without any amount or when the funder is already there."""
    check_funding(funding)
    try:
        with write(db, actor, once) as log:
            get_action(db, funding.action_id)
            added = db.insert_row(
                "INSERT INTO action_funding (action_id, funder, asked, granted, spent) VALUES (?, ?, ?, ?, ?)",
                (funding.action_id, funding.funder, funding.asked, funding.granted, funding.spent),
            )
            log.note(Deed.CREATE, "action_funding", added)
    except IntegrityError:
        raise Refused(_TAKEN, "funder") from None
    return added


def change_funding(db: EncryptedDatabase, actor: Actor, funding: Funding, once: str = "") -> None:
    """Raises Conflict when somebody saved it meanwhile, Refused as `add_funding`."""
    check_funding(funding)
    try:
        with write(db, actor, once) as log:
            now = get_funding(db, funding.action_id, funding.id)
            if now.version != funding.version:
                stored: dict[str, object] = {
                    "funder": now.funder, "asked": now.asked, "granted": now.granted, "spent": now.spent
                }  # fmt: skip
                raise Conflict(stored, now.version)
            db.execute(
                "UPDATE action_funding SET funder = ?, asked = ?, granted = ?, spent = ?, version = version + 1"
                " WHERE id = ?",
                (funding.funder, funding.asked, funding.granted, funding.spent, funding.id),
            )
            log.note(Deed.CHANGE, "action_funding", funding.id, ["funder", "asked", "granted", "spent"])
    except IntegrityError:
        raise Refused(_TAKEN, "funder") from None


def remove_funding(db: EncryptedDatabase, actor: Actor, action_id: int, funding_id: int, once: str = "") -> None:
    """Raises NotFound when the action has no such line."""
    with write(db, actor, once) as log:
        get_funding(db, action_id, funding_id)
        db.execute("DELETE FROM action_funding WHERE id = ?", (funding_id,))
        log.note(Deed.DELETE, "action_funding", funding_id)


def get_funding(db: EncryptedDatabase, action_id: int, funding_id: int) -> Funding:
    """Raises NotFound."""
    for funding in list_fundings(db).get(action_id, []):
        if funding.id == funding_id:
            return funding
    raise NotFound


def list_fundings(db: EncryptedDatabase) -> dict[int, list[Funding]]:
    """The lines of every action that has some, the largest grant first."""
    found: dict[int, list[Funding]] = {}
    for row in db.rows("SELECT * FROM action_funding ORDER BY coalesce(granted, 0) DESC, id"):
        found.setdefault(row["action_id"], []).append(Funding(**row))
    return found


def _replace_lists(db: EncryptedDatabase, action_id: int, action: JointAction) -> None:
    db.execute("DELETE FROM action_partner WHERE action_id = ?", (action_id,))
    db.execute("DELETE FROM action_age_band WHERE action_id = ?", (action_id,))
    for organisation_id in dict.fromkeys(action.partner_ids):
        db.execute(
            "INSERT INTO action_partner (action_id, organisation_id) VALUES (?, ?)", (action_id, organisation_id)
        )
    for band in dict.fromkeys(action.bands):
        db.execute("INSERT INTO action_age_band (action_id, band) VALUES (?, ?)", (action_id, band.value))


def _values(action: JointAction) -> tuple[object, ...]:
    starts, ends = (day.isoformat() if day else None for day in (action.starts_on, action.ends_on))
    state, lead = action.state.value, action.lead_id
    place = (action.audience, action.territory, action.question_id)
    return action.title, action.summary, state, lead, *place, starts, ends


def _stored(now: JointAction) -> dict[str, object]:
    return {
        "title": now.title,
        "summary": now.summary,
        "state": now.state.label,
        "audience": now.audience,
        "territory": now.territory,
        "starts_on": short_date(now.starts_on),
        "ends_on": short_date(now.ends_on),
    }


def _action(row: Row) -> JointAction:
    bands = set(json.loads(row["bands"]))
    return JointAction(
        id=row["id"],
        title=row["title"],
        state=ActionState(row["state"]),
        lead_id=row["lead_id"],
        summary=row["summary"],
        audience=row["audience"],
        territory=row["territory"],
        question_id=row["question_id"],
        starts_on=date.fromisoformat(row["starts_on"]) if row["starts_on"] else None,
        ends_on=date.fromisoformat(row["ends_on"]) if row["ends_on"] else None,
        partner_ids=tuple(sorted(json.loads(row["partners"]))),
        bands=tuple(band for band in AgeBand if band.value in bands),
        version=row["version"],
    )
