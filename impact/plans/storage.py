"""The roadmap's objectives, actions and steps."""

import json
from collections.abc import Sequence
from datetime import date

from impact.audit import Actor, Deed, write
from impact.db import EncryptedDatabase, Row
from impact.exceptions import Conflict, NotFound, Refused
from impact.identities import identities
from impact.plans.records import DecisionMade, Objective, Partner, Progress, RoadmapAction, Step, StepPlan
from impact.plans.rules import check_dates, check_may_advance, settle
from impact.plans.vocabulary import StepState
from impact.wording import join_words, short_date, sort_key

_STEPS = (
    "SELECT roadmap_step.*, member.identity_id, member.organisation_id, decided_on, wording FROM roadmap_step"
    " JOIN member ON member.id = owner_id LEFT JOIN community_decision ON community_decision.id = decision_id WHERE (:id IS NULL OR roadmap_step.id = :id) ORDER BY due_on, roadmap_step.id"
)


def add_objective(db: EncryptedDatabase, actor: Actor, title: str, once: str = "") -> int:
    """Give the id."""
    with write(db, actor, once) as log:
        added = db.insert_row("INSERT INTO roadmap_objective (title) VALUES (?)", (title,))
        log.note(Deed.CREATE, "roadmap_objective", added)
    return added


def change_objective(
    db: EncryptedDatabase, actor: Actor, objective_id: int, title: str, version: int, once: str = ""
) -> None:
    """Raises Conflict when somebody saved it meanwhile."""
    with write(db, actor, once) as log:
        changed = db.changed(
            "UPDATE roadmap_objective SET title = ?, version = version + 1 WHERE id = ? AND version = ?",
            (title, objective_id, version),
        )
        if not changed:
            now = get_objective(db, objective_id)
            raise Conflict({"title": now.title}, now.version)
        log.note(Deed.CHANGE, "roadmap_objective", objective_id, ["title"])


def remove_objective(db: EncryptedDatabase, actor: Actor, objective_id: int, once: str = "") -> None:
    """Only without actions: raises Refused otherwise."""
    with write(db, actor, once) as log:
        get_objective(db, objective_id)
        if db.value("SELECT 1 FROM roadmap_action WHERE objective_id = ?", (objective_id,)):
            raise Refused("Cet objectif a des actions : retirez-les d’abord.")
        db.execute("DELETE FROM roadmap_objective WHERE id = ?", (objective_id,))
        log.note(Deed.DELETE, "roadmap_objective", objective_id)


def add_action(db: EncryptedDatabase, actor: Actor, objective_id: int, title: str, once: str = "") -> int:
    """Give the id; raises NotFound when the objective is not there."""
    with write(db, actor, once) as log:
        get_objective(db, objective_id)
        added = db.insert_row("INSERT INTO roadmap_action (objective_id, title) VALUES (?, ?)", (objective_id, title))
        log.note(Deed.CREATE, "roadmap_action", added)
    return added


def change_action(
    db: EncryptedDatabase, actor: Actor, action_id: int, title: str, version: int, once: str = ""
) -> None:
    """Raises Conflict when somebody saved it meanwhile."""
    with write(db, actor, once) as log:
        changed = db.changed(
            "UPDATE roadmap_action SET title = ?, version = version + 1 WHERE id = ? AND version = ?",
            (title, action_id, version),
        )
        if not changed:
            now = get_action(db, action_id)
            raise Conflict({"title": now.title}, now.version)
        log.note(Deed.CHANGE, "roadmap_action", action_id, ["title"])


def remove_action(db: EncryptedDatabase, actor: Actor, action_id: int, once: str = "") -> None:
    """Only without steps: raises Refused otherwise, since a step is dropped with a reason and not erased."""
    with write(db, actor, once) as log:
        get_action(db, action_id)
        if db.value("SELECT 1 FROM roadmap_step WHERE action_id = ?", (action_id,)):
            raise Refused(
                "Cette action a des étapes : abandonnez-les en disant pourquoi, elles restent dans l’histoire."
            )
        db.execute("DELETE FROM roadmap_action WHERE id = ?", (action_id,))
        log.note(Deed.DELETE, "roadmap_action", action_id)


def add_step(db: EncryptedDatabase, actor: Actor, action_id: int, plan: StepPlan, once: str = "") -> int:
    """A step to do; give the id. Raises NotFound without its action, Refused on dates or people that do not fit."""
    check_dates(plan.starts_on, plan.due_on)
    with write(db, actor, once) as log:
        get_action(db, action_id)
        _check_owner(db, plan.owner_id)
        _check_decision(db, plan.decision_id)
        added = db.insert_row(
            "INSERT INTO roadmap_step (action_id, title, owner_id, starts_on, due_on, decision_id)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (action_id, plan.title, plan.owner_id, *_days(plan), plan.decision_id),
        )
        _replace_partners(db, added, plan.partner_ids)
        log.note(Deed.CREATE, "roadmap_step", added)
    return added


def change_step(db: EncryptedDatabase, actor: Actor, step_id: int, plan: StepPlan, once: str = "") -> None:
    """Title, owner, partners, dates; raises Conflict when somebody saved it meanwhile."""
    check_dates(plan.starts_on, plan.due_on)
    with write(db, actor, once) as log:
        now = get_step(db, step_id)
        if now.version != plan.version:
            raise Conflict(_stored_plan(now), now.version)
        _check_owner(db, plan.owner_id)
        _check_decision(db, plan.decision_id)
        db.execute(
            "UPDATE roadmap_step SET title = ?, owner_id = ?, starts_on = ?, due_on = ?, decision_id = ?,"
            " version = version + 1 WHERE id = ?",
            (plan.title, plan.owner_id, *_days(plan), plan.decision_id, step_id),
        )
        _replace_partners(db, step_id, plan.partner_ids)
        log.note(
            Deed.CHANGE,
            "roadmap_step",
            step_id,
            ["title", "owner_id", "partners", "starts_on", "due_on", "decision_id"],
        )


def record_progress(
    db: EncryptedDatabase, actor: Actor, step_id: int, progress: Progress, today: date, once: str = ""
) -> None:
    """State, day, reason, evidence; raises NotAllowed to those who neither own the step nor run the roadmap."""
    with write(db, actor, once) as log:
        now = get_step(db, step_id)
        check_may_advance(actor, now)
        settled = settle(progress, today)
        if now.version != progress.version:
            raise Conflict(_stored_progress(now), now.version)
        db.execute(
            "UPDATE roadmap_step SET state = ?, closed_on = ?, drop_reason = ?, evidence = ?, version = version + 1"
            " WHERE id = ?",
            (
                settled.state.value,
                settled.closed_on.isoformat() if settled.closed_on else None,
                settled.drop_reason,
                settled.evidence,
                step_id,
            ),
        )
        log.note(Deed.CHANGE, "roadmap_step", step_id, ["state", "closed_on", "drop_reason", "evidence"])


def get_objective(db: EncryptedDatabase, objective_id: int) -> Objective:
    """Without its actions; raises NotFound."""
    row = db.row("SELECT * FROM roadmap_objective WHERE id = ?", (objective_id,))
    if row is None:
        raise NotFound
    return Objective(row["id"], row["title"], row["version"])


def get_action(db: EncryptedDatabase, action_id: int) -> RoadmapAction:
    """Without its steps; raises NotFound."""
    row = db.row("SELECT * FROM roadmap_action WHERE id = ?", (action_id,))
    if row is None:
        raise NotFound
    return RoadmapAction(row["id"], row["objective_id"], row["title"], row["version"])


def get_step(db: EncryptedDatabase, step_id: int) -> Step:
    """Raises NotFound."""
    found = _steps(db, db.rows(_STEPS, {"id": step_id}))
    if not found:
        raise NotFound
    return found[0]


def list_steps(db: EncryptedDatabase) -> list[Step]:
    """Every step by due day."""
    return _steps(db, db.rows(_STEPS, {"id": None}))


def get_roadmap(db: EncryptedDatabase) -> list[Objective]:
    """Every objective with its actions and their steps: objectives and actions as they were added, steps by due day."""
    steps = list_steps(db)
    actions = [
        RoadmapAction(
            row["id"],
            row["objective_id"],
            row["title"],
            row["version"],
            tuple(step for step in steps if step.action_id == row["id"]),
        )
        for row in db.rows("SELECT * FROM roadmap_action ORDER BY id")
    ]
    return [
        Objective(
            row["id"],
            row["title"],
            row["version"],
            tuple(action for action in actions if action.objective_id == row["id"]),
        )
        for row in db.rows("SELECT * FROM roadmap_objective ORDER BY id")
    ]


def _check_owner(db: EncryptedDatabase, owner_id: int) -> None:
    if not db.value("SELECT 1 FROM member WHERE id = ?", (owner_id,)):
        raise Refused("Cette personne n’est pas de cette communauté : rechargez la page.", "owner_id")


def _days(plan: StepPlan) -> tuple[str, str]:
    return plan.starts_on.isoformat(), plan.due_on.isoformat()


def _check_decision(db: EncryptedDatabase, decision_id: int | None) -> None:
    if decision_id is not None and not db.value("SELECT 1 FROM community_decision WHERE id = ?", (decision_id,)):
        raise Refused("Cette décision n’est pas au registre : rechargez la page.", "decision_id")


def _replace_partners(db: EncryptedDatabase, step_id: int, partner_ids: Sequence[int]) -> None:
    wanted = json.dumps(sorted(set(partner_ids)))
    known = db.value("SELECT count(*) FROM organisation WHERE id IN (SELECT value FROM json_each(?))", (wanted,))
    if known != len(set(partner_ids)):
        raise Refused("Une structure cochée n’est pas de cette communauté : rechargez la page.", "partner_ids")
    db.execute("DELETE FROM roadmap_partner WHERE step_id = ?", (step_id,))
    db.execute(
        "INSERT INTO roadmap_partner (step_id, organisation_id) SELECT ?, value FROM json_each(?)", (step_id, wanted)
    )


def _stored_plan(now: Step) -> dict[str, object]:
    return {
        "title": now.title,
        "owner_id": now.owner,
        "partner_ids": join_words([partner.name for partner in now.partners]) or "aucun",
        "starts_on": short_date(now.starts_on),
        "due_on": short_date(now.due_on),
        "decision_id": now.decision.wording if now.decision else "aucune",
    }


def _stored_progress(now: Step) -> dict[str, object]:
    return {
        "state": now.state.label,
        "closed_on": short_date(now.closed_on),
        "drop_reason": now.drop_reason,
        "evidence": now.evidence,
    }


def _steps(db: EncryptedDatabase, rows: list[Row]) -> list[Step]:
    people = identities(db, [row["identity_id"] for row in rows])
    partners: dict[int, list[Partner]] = {}
    for row in db.rows("SELECT step_id, id, name FROM roadmap_partner JOIN organisation ON id = organisation_id"):
        partners.setdefault(row["step_id"], []).append(Partner(row["id"], row["name"]))
    return [
        Step(
            id=row["id"],
            action_id=row["action_id"],
            title=row["title"],
            owner_id=row["owner_id"],
            starts_on=date.fromisoformat(row["starts_on"]),
            due_on=date.fromisoformat(row["due_on"]),
            state=StepState(row["state"]),
            closed_on=date.fromisoformat(row["closed_on"]) if row["closed_on"] else None,
            drop_reason=row["drop_reason"],
            evidence=row["evidence"],
            version=row["version"],
            partners=tuple(sorted(partners.get(row["id"], []), key=lambda known: sort_key(known.name))),
            owner=people[row["identity_id"]].full_name,
            owner_organisation_id=row["organisation_id"],
            decision=_decision(row),
        )
        for row in rows
    ]


def _decision(row: Row) -> DecisionMade | None:
    if row["decision_id"] is None:
        return None
    return DecisionMade(row["decision_id"], date.fromisoformat(row["decided_on"]), row["wording"])
