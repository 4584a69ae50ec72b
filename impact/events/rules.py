"""What may be counted, how many different people came at least once, how far from the balance that was wished."""

from collections.abc import Mapping, Sequence
from datetime import date

from impact.events.records import BalanceLine, Bounds, Count, Event, Heads, SchoolClass
from impact.exceptions import Refused
from impact.vocabulary import OrganisationKind
from impact.wording import long_date, number, plural

MOST_REGISTERED = 2000


def check_targets(targets: Mapping[OrganisationKind, int]) -> None:
    """Shares of one whole."""
    total = sum(targets.values())
    if targets and total != 100:
        raise Refused(f"Le total fait {number(total)} % : répartissez 100 %, ou laissez tout vide.")


def check_count(count: Count, event: Event, classes: Sequence[SchoolClass], today: date) -> None:
    """Nobody was at an event that is to come; excuses come from the registered; a class holds no more than its size."""
    present = sum(heads.present for heads in count.heads.values()) + sum(count.classes.values())
    if present and event.held_on > today:
        raise Refused(f"Cette date est le {long_date(event.held_on)} : les présents se comptent ensuite.")
    for kind, heads in count.heads.items():
        if heads.excused > heads.registered:
            raise Refused(
                f"{kind.label} : les excusés sont parmi les inscrits, ils ne peuvent être plus nombreux.",
                f"{kind.value}_excused",
            )
    for known in classes:
        if known.size is not None and count.classes.get(known.id, 0) > known.size:
            raise Refused(f"{known.name} compte {plural(known.size, 'élève')} : corrigez.", f"classe_{known.id}")


def check_date(event: Event, held_on: date, today: date) -> None:
    """What took place did not do so tomorrow."""
    if event.is_held and held_on > today:
        raise Refused("Des personnes sont comptées : la date ne peut pas être à venir.", "held_on")


def check_removing(event: Event) -> None:
    """What took place stays in the figures."""
    if event.total.any:
        raise Refused("Des personnes sont comptées : cette date reste dans la liste.")


def is_uncounted(event: Event, today: date) -> bool:
    """Past, and nobody counted."""
    return event.held_on < today and not event.is_held


def summed(events: Sequence[Event]) -> Heads:
    """Heads of several events: presences, since somebody may have come twice."""
    total = Heads()
    for event in events:
        total += event.total
    return total


def at_least_once(events: Sequence[Event], classes: Sequence[SchoolClass]) -> Bounds:
    """How many different people came at least once, without a name (STATISTICS §2.F).

    In a class: at least its fullest sequence, at most its presences and its size. Nobody is in two classes. Elsewhere the
    whole is one group of unknown size.
    """
    if not classes:
        present = [event.total.present for event in events]
        return Bounds(max(present, default=0), sum(present))
    fewest = most = 0
    for known in classes:
        came = [event.classes.get(known.id, 0) for event in events]
        fewest += max(came, default=0)
        most += sum(came) if known.size is None else min(sum(came), known.size)
    return Bounds(fewest, most)


def balance(events: Sequence[Event], targets: Mapping[OrganisationKind, int]) -> list[BalanceLine]:
    """Each kind of institution present or wished, the most present first."""
    present = {
        kind: sum(event.heads[kind].present for event in events if kind in event.heads) for kind in OrganisationKind
    }
    total = sum(present.values())
    lines = [
        BalanceLine(kind, count, count / total if total else 0.0, targets[kind] / 100 if kind in targets else None)
        for kind, count in present.items()
        if count or kind in targets
    ]
    return sorted(lines, key=lambda line: -line.present)


def gap(lines: Sequence[BalanceLine]) -> float | None:
    """The share of those present that would have to come from elsewhere to reach the target: half the sum of the gaps."""
    if not any(line.target is not None for line in lines) or not any(line.present for line in lines):
        return None
    return sum(abs(line.share - (line.target or 0.0)) for line in lines) / 2


def check_registering(event: Event, by_class: bool, people: int, today: date) -> None:
    """Until the day itself, within reason; nobody registers to a class sequence."""
    if by_class or event.is_held or event.held_on < today:
        raise Refused("Les inscriptions à cette date sont terminées.")
    if event.total.registered + people > MOST_REGISTERED:
        raise Refused("Il n’y a plus de place à cette date.")


def check_address(address: str) -> None:
    """A page of the web."""
    if address and not address.startswith(("https://", "http://")):
        raise Refused("Écrivez l’adresse entière. Exemple : https://exemple.fr/guide", "address")
