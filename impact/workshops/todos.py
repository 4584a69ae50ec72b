"""What « À faire » says about workshops."""

from datetime import date

from impact.accounts.access import Action, may
from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.navigation import Todo, Urgency
from impact.wording import long_date
from impact.workshops.records import Workshop
from impact.workshops.rules import is_late, is_soon
from impact.workshops.storage import list_workshops


def workshop_todos(db: EncryptedDatabase, actor: Actor, today: date) -> list[Todo]:
    """Past workshops without attendance, and those of the next fourteen days, for those who run workshops."""
    if not may(actor, Action.RUN_WORKSHOPS):
        return []
    workshops = list_workshops(db)
    late = [_late(known) for known in workshops if is_late(known, today)]
    return late + [_soon(known) for known in workshops if is_soon(known, today)]


def _late(workshop: Workshop) -> Todo:
    detail = f"Atelier du {long_date(workshop.held_on)}, à clore."
    values: dict[str, int | str] = {"workshop_id": workshop.id}
    return Todo(Urgency.LATE, workshop.title, detail, "Saisir les présences", "workshops.show", values)


def _soon(workshop: Workshop) -> Todo:
    place = f", {workshop.place}" if workshop.place else ""
    detail = f"Atelier prévu le {long_date(workshop.held_on)}{place}."
    values: dict[str, int | str] = {"workshop_id": workshop.id}
    return Todo(Urgency.WAITING, workshop.title, detail, "Ouvrir l’atelier", "workshops.show", values)
