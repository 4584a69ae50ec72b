"""What a sheet of families may say, and how a workshop is summed up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from impact.exceptions import Refused
from impact.families.records import Family, FamilySheet, Presence
from impact.wording import long_date


@dataclass(frozen=True)
class Summary:
    """A workshop in four numbers: families, of which new; adults; children."""

    families: int
    new: int
    adults: int
    children: int

    @property
    def people(self) -> int:
        """Everybody who was in the room for a family."""
        return self.adults + self.children


def summary(presences: Sequence[Presence]) -> Summary:
    """Sum the presences of one workshop."""
    return Summary(
        len(presences),
        sum(known.is_new for known in presences),
        sum(known.adults for known in presences),
        sum(known.children for known in presences),
    )


def counted(sheet: FamilySheet) -> Mapping[int, tuple[int, int]]:
    """The families that came: those of whom somebody was counted."""
    return {family_id: counts for family_id, counts in sheet.counts.items() if any(counts)}


def check_sheet(sheet: FamilySheet) -> None:
    """A family that is added came with somebody."""
    if sheet.arrival and not (sheet.arrival.adults or sheet.arrival.children):
        raise Refused("Écrivez combien d’adultes ou d’enfants de cette famille sont venus.", "new_adults")


def check_link(family: Family, agreed_on: date, today: date) -> None:
    """A family is linked to one pathway, once it has agreed."""
    if family.is_linked:
        raise Refused("Cette famille est déjà reliée à un parcours : retirez d’abord ce lien.", "family_id")
    if agreed_on > today:
        raise Refused(f"Le {long_date(agreed_on)} est à venir : écrivez le jour où la famille a dit oui.", "agreed_on")
