"""Actions of a pathway: which one contradicts the file, and what they add up to."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from impact.accounts.access import FieldClass
from impact.exceptions import Refused
from impact.pathways.records import ChildFile, PathwayAction
from impact.pathways.rules import domain_class, missing_agreement, open_pathway, writable_classes
from impact.wording import money, number, short_date

AHEAD = timedelta(days=366)


def check_action(file: ChildFile, action: PathwayAction, readable: Collection[FieldClass], today: date) -> None:
    """Refuses an action without agreement, on what it does not cover, outside the pathway, or that costs less than its co-funding."""
    pathway, classes = open_pathway(file), writable_classes(file, readable)
    if not classes:
        raise Refused(missing_agreement(file))
    if domain_class(action.domain) not in classes:
        raise Refused("L’accord de la famille ne couvre pas ce domaine.", "domain")
    if action.started_on < pathway.started_on:
        message = f"Le parcours a commencé le {short_date(pathway.started_on)} : l’action vient après."
        raise Refused(message, "started_on")
    if action.started_on > today + AHEAD:
        raise Refused("Cette action commence dans plus d’un an : corrigez la date.", "started_on")
    if action.ended_on and action.ended_on < action.started_on:
        raise Refused(f"L’action commence le {short_date(action.started_on)} : elle finit après.", "ended_on")
    if action.cofunded_cents and action.cost_cents is not None and action.cofunded_cents > action.cost_cents:
        message = f"Le cofinancement dépasse le coût, {money(action.cost_cents / 100)} : corrigez l’un des deux."
        raise Refused(message, "cofunded")
    if bool(action.cofunded_cents) != bool(action.cofunder):
        missing = "cofunder" if action.cofunded_cents else "cofunded"
        raise Refused("Dites qui cofinance et combien, ou aucun des deux.", missing)


def totals(actions: Sequence[PathwayAction]) -> tuple[float, int, int]:
    """Hours, cost and co-funding in cents; what is not known adds nothing."""
    return (
        sum(action.hours or 0 for action in actions),
        sum(action.cost_cents or 0 for action in actions),
        sum(action.cofunded_cents or 0 for action in actions),
    )


def as_read(action: PathwayAction) -> dict[str, object]:
    """What a conflict shows of a stored action."""
    return {
        "label": action.label,
        "rhythm": action.rhythm or "–",
        "started_on": short_date(action.started_on),
        "ended_on": short_date(action.ended_on),
        "hours": number(action.hours, 1),
        "cost": number(action.cost_cents / 100, 2) if action.cost_cents is not None else "–",
        "cofunded": number(action.cofunded_cents / 100, 2) if action.cofunded_cents is not None else "–",
        "cofunder": action.cofunder or "–",
    }
