"""Decisions of protection: whose time is over, what a reason must say, what may still be counted."""

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta

from impact.exceptions import Refused
from impact.identities import Identity
from impact.protection.records import Delay, Due, ErasedFacts, Held, Restriction
from impact.protection.vocabulary import DueGroup, Measure
from impact.wording import fold, short_date

# §46 of the CNIL's standard for child protection (decision 2022-008 of 20 January 2022).
LEGAL_MONTHS = 24
LONGEST_EXTENSION = timedelta(days=5 * 366)
# Fewer erased situations of a year than this: their number alone is kept.
LEAST_COUNTED = 5
SHORTEST_REASON = 20
URGENT = timedelta(hours=3)
ANSWER_DAYS, ALERT_DAYS = 30, 20


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def due_files(held: Iterable[Held], delay: Delay, today: date) -> list[Due]:
    """The files whose time is over, the longest silence first; an archived one is due at the end of its archive."""
    found = []
    for file in held:
        due_on = file.archived_until or add_months(file.last_contact_on, delay.months)
        if file.kept_until and not file.archived_until:
            due_on = max(due_on, file.kept_until)
        if due_on <= today:
            found.append(Due(file, due_on, _group(file)))
    return sorted(found, key=lambda due: (due.held.last_contact_on, due.held.child_id))


def check_delay(delay: Delay) -> None:
    """Refuses a delay that differs from the legal one without a reason."""
    if delay.months != LEGAL_MONTHS and len(delay.reason) < SHORTEST_REASON:
        raise Refused("Écrivez le texte ou la raison qui permet un autre délai, en une phrase.", "reason")


def check_longer(until: date | None, reason: str, today: date) -> date:
    """The day until which a file is kept or archived; refuses one without reason, past, or too far."""
    if until is None or until <= today:
        raise Refused("Écrivez un jour à venir : le dossier reviendra alors dans cette liste.", "until")
    if until > today + LONGEST_EXTENSION:
        raise Refused("Cinq ans au plus : le dossier reviendra alors dans cette liste.", "until")
    if len(reason) < SHORTEST_REASON:
        raise Refused("Écrivez la raison en une phrase : elle restera dans le dossier.", "reason")
    return until


def check_erasable(wanted: Collection[int], due: Sequence[Due], archived: Collection[int]) -> None:
    """Nothing is erased that is not on the list, or archived."""
    if not wanted:
        raise Refused("Cochez au moins un dossier.", "children")
    if not set(wanted) <= {each.held.child_id for each in due} | set(archived):
        raise Refused("La liste a changé : relisez-la, puis cochez de nouveau.", "children")


def counts_of(facts: Sequence[ErasedFacts]) -> Counter[tuple[int, Measure, str]]:
    """What remains of erased situations: totals by year, and one-way counts from five of a year on; no crossing."""
    counts: Counter[tuple[int, Measure, str]] = Counter()
    for total, by_category in (
        ((Measure.RECEIVED, "received"), _RECEIVED),
        ((Measure.STARTED, "started"), {}),
        ((Measure.ENDED, "ended"), {Measure.EXIT_REASON: "exit_reason"}),
    ):
        measure, year_of = total
        years = Counter(getattr(fact, year_of) for fact in facts if getattr(fact, year_of) is not None)
        for year, number in years.items():
            counts[year, measure, ""] += number
        for fact in facts:
            year = getattr(fact, year_of)
            if year is None or years[year] < LEAST_COUNTED:
                continue
            for known, attribute in by_category.items():
                counts[year, known, getattr(fact, attribute)] += 1
    return counts


def check_reason(reason: str) -> None:
    """Whoever opens a file that is not hers, or archived, says why in a sentence."""
    if len(reason) < SHORTEST_REASON:
        raise Refused("Écrivez la raison en une phrase : la famille pourra la lire.", "reason")


def same_child(asked: Identity, known: Identity) -> bool:
    """Whether somebody named exactly this child: both names and the birth date, accents and case aside."""
    return (
        asked.birth_date is not None
        and asked.birth_date == known.birth_date
        and fold(asked.family_name) == fold(known.family_name)
        and fold(asked.given_name) == fold(known.given_name)
    )


def check_restriction(restriction: Restriction, today: date) -> None:
    """Refuses a restriction without a person or a decision, or that ends before it begins."""
    if restriction.since > today:
        raise Refused(f"Choisissez un jour jusqu’au {short_date(today)}.", "since")
    if restriction.until and restriction.until < restriction.since:
        raise Refused(f"La fin vient après le {short_date(restriction.since)}.", "until")


def check_copy(received_on: date, today: date) -> None:
    """Refuses a request to come."""
    if received_on > today:
        raise Refused(f"Choisissez un jour jusqu’au {short_date(today)}.", "received_on")


def check_release(released_on: date | None, asked_by: int, member_id: int | None) -> None:
    """Two people: who prepared the copy does not release it."""
    if released_on:
        raise Refused("Cette copie est déjà remise.")
    if member_id is None or member_id == asked_by:
        raise Refused("Une autre personne de l’équipe relit et remet la copie : vous l’avez préparée.")


def masked_text(text: str, names: Iterable[str], given_names: Iterable[str] = ()) -> str:
    """The text where the names of third parties are hidden: whole names first, then given names written as such.

    Small letters make another word of a given name: a rose is not Rose.
    """
    for known, flags in ((names, re.IGNORECASE), (given_names, re.NOFLAG)):
        for name in sorted({name for name in known if len(name) > 2}, key=len, reverse=True):
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "[tiers]", text, flags=flags)
    return text


_RECEIVED = {
    Measure.SEX: "sex",
    Measure.ORIGIN: "origin",
    Measure.MOTIVE: "motive",
    Measure.OUTCOME: "outcome",
}


def _group(file: Held) -> DueGroup:
    if file.archived_until:
        return DueGroup.ARCHIVED
    if not file.has_pathway:
        return DueGroup.WITHOUT
    return DueGroup.SILENT if file.is_open else DueGroup.ENDED
