"""When attendance may be recorded, when a workshop may be closed, who is of the core group."""

from collections.abc import Sequence
from datetime import date, timedelta

from impact.exceptions import Refused
from impact.wording import long_date
from impact.workshops.records import Attendee, Coming, Cycle, Workshop

SOON = timedelta(days=14)


def check_recording(workshop: Workshop, today: date) -> None:
    """Nobody was at a workshop that is to come, nor at one that was cancelled."""
    if workshop.is_cancelled:
        raise Refused("Cet atelier est annulé : rétablissez-le avant de saisir des présences.")
    if workshop.held_on > today:
        raise Refused(f"Cet atelier est prévu le {long_date(workshop.held_on)} : les présences se saisissent ensuite.")


def check_attendance(workshop: Workshop, named: int, head_count: int | None) -> None:
    """A closed workshop has names or a head-count; `workshop` is as it will be."""
    if workshop.is_held and not named and not head_count:
        message = "Cochez les personnes présentes ou écrivez leur nombre. Si personne n’est venu, annulez l’atelier."
        raise Refused(message, "head_count")


def check_date(workshop: Workshop, held_on: date, today: date) -> None:
    """A workshop that took place did not do so tomorrow."""
    if workshop.is_held and held_on > today:
        raise Refused("Cet atelier a eu lieu : sa date ne peut pas être à venir.", "held_on")


def check_cancelling(workshop: Workshop) -> None:
    """What took place is not cancelled: its attendance would disappear from the figures."""
    if workshop.is_held:
        raise Refused("Cet atelier a eu lieu : rouvrez-le d’abord si c’est une erreur.")


def is_late(workshop: Workshop, today: date) -> bool:
    """Past, and neither closed nor cancelled."""
    return not workshop.is_held and not workshop.is_cancelled and workshop.held_on < today


def is_soon(workshop: Workshop, today: date) -> bool:
    """Planned today or in the next fourteen days."""
    return not workshop.is_held and not workshop.is_cancelled and today <= workshop.held_on <= today + SOON


def next_workshop(workshops: Sequence[Workshop], today: date) -> Workshop | None:
    """The first one to come."""
    coming = (known for known in workshops if not known.is_held and not known.is_cancelled and known.held_on >= today)
    return min(coming, key=lambda known: known.held_on, default=None)


def core_threshold(cycle: Cycle, listed: int) -> int:
    """k of « present at least k times of m », m being the held workshops that have a list of names (STATISTICS §2.F).

    k is half of m, rounded up, unless the cycle sets its own.
    """
    return cycle.core_threshold or max(1, (listed + 1) // 2)


def coming(workshops: Sequence[Workshop], attendees: Sequence[Attendee], threshold: int) -> list[Coming]:
    """Held workshops in the order of their days; where names are known, who was seen before and who was not.

    The core group is that of the whole cycle (STATISTICS §2.F): its people belong to it from their first day.
    """
    rows: list[Coming] = []
    seen: set[int] = set()
    for rank, workshop in enumerate((known for known in workshops if known.is_held), start=1):
        there = [known for known in attendees if workshop.id in known.workshop_ids]
        core = sum(known.times >= threshold for known in there)
        before = sum(known.times < threshold and known.member_id in seen for known in there)
        heads = 0 if workshop.named else workshop.head_count or 0
        rows.append(Coming(rank, workshop.title, (core, before, len(there) - core - before, heads)))
        seen |= {known.member_id for known in there}
    return rows


def group_attendees(attendees: Sequence[Attendee], threshold: int) -> tuple[list[Attendee], ...]:
    """Core group, people who came several times, people who came once."""
    core = [known for known in attendees if known.times >= threshold]
    rest = [known for known in attendees if known.times < threshold]
    return core, [known for known in rest if known.times > 1], [known for known in rest if known.times == 1]
