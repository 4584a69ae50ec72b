"""Where a child goes to school, year by year: what is refused, and what September brings."""

import re
from datetime import date

from impact.accounts.access import FieldClass
from impact.exceptions import Refused
from impact.pathways.records import ChildFile, Schooling
from impact.pathways.rules import agreement, missing_agreement
from impact.pathways.vocabulary import Level
from impact.periods import current_school_year, school_year

# The next year is prepared from the spring on.
AHEAD = (4, 1)
_UAI = re.compile(r"\d{7}[A-Z]", re.ASCII)
# A child changes school after these levels.
_LAST_OF_SCHOOL = frozenset({Level.GS, Level.CM2, Level.TROISIEME})


def years_offered(birth: date | None, today: date) -> list[int]:
    """The school years that may be written, latest first: from three years old, to the next one from April on."""
    last = current_school_year(today).start.year
    if AHEAD <= (today.month, today.day) < (9, 1):
        last += 1
    first = max(last - 20, birth.year + 2) if birth else last - 20
    return list(range(last, min(first, last) - 1, -1))


def check_schooling(schooling: Schooling, birth: date | None, today: date) -> None:
    """Refuses a year out of reach, a code that no school has, and a line that says nothing."""
    if schooling.school_year not in years_offered(birth, today):
        latest = years_offered(birth, today)[0]
        raise Refused(f"Choisissez une année jusqu’à {latest}-{latest + 1}, depuis ses deux ans.", "school_year")
    if schooling.uai and not _UAI.fullmatch(schooling.uai):
        raise Refused("Le code UAI a sept chiffres et une lettre : 0751234A. Corrigez, ou laissez vide.", "uai")
    if schooling.level is Level.NONE and (schooling.school or schooling.uai):
        raise Refused("L’enfant n’est pas scolarisé : effacez l’école, ou corrigez le niveau.", "school")
    if schooling.level is Level.UNKNOWN and not (schooling.school or schooling.uai or schooling.class_name):
        raise Refused("Écrivez au moins l’école ou le niveau.", "school")


def check_school_covered(file: ChildFile) -> None:
    """Nothing new is written without an agreement that covers the school."""
    consent = agreement(file.consents)
    if consent is None:
        raise Refused(missing_agreement(file))
    if FieldClass.SCHOOL not in consent.scope:
        raise Refused("L’accord de la famille ne couvre pas l’école : demandez d’abord un accord qui la couvre.")


def following(latest: Schooling, year: int) -> Schooling:
    """What the year `year` may be after `latest`: one level up each year, the school unless the child leaves it."""
    level, leaves = latest.level, False
    for _ in range(year - latest.school_year):
        leaves = leaves or level in _LAST_OF_SCHOOL
        level = level.following
    if leaves:
        return Schooling(year, "", level, qpv=latest.qpv)
    return Schooling(year, latest.school, level, "", latest.uai, latest.qpv, latest.priority)


def latest_before(known: tuple[Schooling, ...], year: int) -> Schooling | None:
    """The last line known of an earlier year; lines come oldest first."""
    return next((each for each in reversed(known) if each.school_year < year), None)


def first_day(year: int) -> date:
    """The day on which a line of schooling begins."""
    return school_year(year).start


def as_read(schooling: Schooling) -> dict[str, object]:
    """What a conflict shows of a stored line."""
    return {
        "school": schooling.school or "–",
        "uai": schooling.uai or "–",
        "level": schooling.level.label,
        "class_name": schooling.class_name or "–",
        "qpv": schooling.qpv.label,
        "priority": schooling.priority.label,
    }
