"""What plans put in « À faire »."""

from datetime import date

from impact.accounts.access import Action, may
from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.navigation import Todo, Urgency
from impact.plans.records import Step
from impact.plans.rules import LATE, is_late
from impact.plans.storage import list_steps
from impact.wording import french, long_date, plural

# Beyond this many late steps of others, one line tells how many and leads to the list.
FEW = 3


def plan_todos(db: EncryptedDatabase, actor: Actor, today: date) -> list[Todo]:
    """Late steps, for their owner and for those who run the roadmap."""
    if not may(actor, Action.CONTRIBUTE_PLANS):
        return []
    late = [step for step in list_steps(db) if is_late(step, today)]
    mine = [step for step in late if step.owner_id == actor.member_id]
    others = [step for step in late if step not in mine] if may(actor, Action.EDIT_PLANS) else []
    if len(others) <= FEW:
        return [_late(step) for step in [*mine, *others]]
    return [*(_late(step) for step in mine), _many(others)]


def _late(step: Step) -> Todo:
    detail = french(
        f"Étape de la feuille de route à faire pour le {long_date(step.due_on)}. Responsable : {step.owner}."
    )
    return Todo(Urgency.LATE, french(step.title), detail, "Dire où elle en est", "plans.progress", {"step_id": step.id})


def _many(steps: list[Step]) -> Todo:
    title = plural(len(steps), "étape de la feuille de route en retard", "étapes de la feuille de route en retard")
    detail = f"La plus ancienne devait être faite le {long_date(min(step.due_on for step in steps))}."
    return Todo(Urgency.LATE, title, detail, "Voir les retards", "plans.index", {"etat": LATE})
