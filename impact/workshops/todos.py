"""What « À faire » says about workshops."""

from datetime import date

from impact.accounts.access import Action, may
from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.navigation import Todo, Urgency
from impact.wording import long_date
from impact.workshops.records import Workshop
from impact.workshops.rules import is_late, is_soon
from impact.workshops.session_records import Commitment
from impact.workshops.session_rules import late as late_promises
from impact.workshops.session_storage import list_commitments
from impact.workshops.storage import list_workshops


def workshop_todos(db: EncryptedDatabase, actor: Actor, today: date) -> list[Todo]:
    """My commitments that are late; past workshops without attendance and those of the next fourteen days, to those who run them."""
    if actor.member_id is None or not may(actor, Action.VIEW_WORKSHOPS):
        return []
    mine = list_commitments(db, member_id=actor.member_id)
    promised = [_late_promise(known) for known in late_promises(mine, today)]
    if not may(actor, Action.RUN_WORKSHOPS):
        return promised
    workshops = list_workshops(db)
    late = [_late(known) for known in workshops if is_late(known, today)]
    return promised + late + [_soon(known) for known in workshops if is_soon(known, today)]


def _late(workshop: Workshop) -> Todo:
    detail = f"Atelier du {long_date(workshop.held_on)}, à clore."
    values: dict[str, int | str] = {"workshop_id": workshop.id}
    return Todo(Urgency.LATE, workshop.title, detail, "Saisir les présences", "workshops.show", values)


def _soon(workshop: Workshop) -> Todo:
    place = f", {workshop.place}" if workshop.place else ""
    detail = f"Atelier prévu le {long_date(workshop.held_on)}{place}."
    values: dict[str, int | str] = {"workshop_id": workshop.id}
    return Todo(Urgency.WAITING, workshop.title, detail, "Ouvrir l’atelier", "workshops.show", values)


def _late_promise(commitment: Commitment) -> Todo:
    due = long_date(commitment.due_on) if commitment.due_on else ""
    values: dict[str, int | str] = {"commitment_id": commitment.id}
    return Todo(
        Urgency.LATE,
        commitment.words,
        f"Engagement pris en atelier, pour le {due}.",
        "Dire ce qu’il en est",
        "workshops.commitment",
        values,
    )
