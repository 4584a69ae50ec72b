"""What plans put in « À faire »."""

from datetime import date

from impact.accounts.access import Action, may
from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.navigation import Todo, Urgency
from impact.plans.condition_storage import find_open_round, list_answers
from impact.plans.records import Step
from impact.plans.rules import LATE, is_late
from impact.plans.storage import list_steps
from impact.wording import french, long_date, plural

# Beyond this many late steps of others, one line tells how many and leads to the list.
FEW = 3


def plan_todos(db: EncryptedDatabase, actor: Actor, today: date) -> list[Todo]:
    """Late steps, for their owner and for those who run the roadmap; the open round of the five conditions."""
    if not may(actor, Action.CONTRIBUTE_PLANS):
        return []
    return _late_steps(db, actor, today) + _round_to_answer(db, actor)


def _late_steps(db: EncryptedDatabase, actor: Actor, today: date) -> list[Todo]:
    late = [step for step in list_steps(db) if is_late(step, today)]
    mine = [step for step in late if step.owner_id == actor.member_id]
    others = [step for step in late if step not in mine] if may(actor, Action.EDIT_PLANS) else []
    if len(others) <= FEW:
        return [_late(step) for step in [*mine, *others]]
    return [*(_late(step) for step in mine), _many(others)]


def _round_to_answer(db: EncryptedDatabase, actor: Actor) -> list[Todo]:
    opened = find_open_round(db)
    if opened is None or actor.member_id is None or list_answers(db, opened.id, actor.member_id):
        return []
    detail = f"Tour ouvert le {long_date(opened.opened_on)}. Votre nom n’est pas montré avec vos réponses."
    title = "Dire où nous en sommes sur les cinq conditions"
    return [Todo(Urgency.WAITING, title, detail, "Répondre", "plans.answer_conditions")]


def _late(step: Step) -> Todo:
    detail = french(
        f"Étape de la feuille de route à faire pour le {long_date(step.due_on)}. Responsable : {step.owner}."
    )
    return Todo(Urgency.LATE, french(step.title), detail, "Dire où elle en est", "plans.progress", {"step_id": step.id})


def _many(steps: list[Step]) -> Todo:
    title = plural(len(steps), "étape de la feuille de route en retard", "étapes de la feuille de route en retard")
    detail = f"La plus ancienne devait être faite le {long_date(min(step.due_on for step in steps))}."
    return Todo(Urgency.LATE, title, detail, "Voir les retards", "plans.index", {"etat": LATE})
