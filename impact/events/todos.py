"""What « À faire » says about events."""

from datetime import date

from impact.accounts.access import Action, may
from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.events.rules import is_uncounted
from impact.events.storage import list_events
from impact.navigation import Todo, Urgency
from impact.wording import long_date


def event_todos(db: EncryptedDatabase, actor: Actor, today: date) -> list[Todo]:
    """Dates that are past and where nobody is counted, for those who run them."""
    if not may(actor, Action.RUN_WORKSHOPS):
        return []
    return [
        Todo(
            Urgency.LATE,
            event.title,
            f"Le {long_date(event.held_on)} : dites combien de personnes étaient là.",
            "Compter",
            "events.count",
            {"event_id": event.id},
        )
        for event in list_events(db)
        if is_uncounted(event, today)
    ]
