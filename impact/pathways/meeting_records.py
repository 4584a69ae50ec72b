"""A meeting of the support team: its agenda, who came, what was decided."""

from dataclasses import dataclass
from datetime import date

from impact.pathways.records import Decision
from impact.pathways.vocabulary import Presence


@dataclass(frozen=True)
class Attendance:
    """An institution invited to a meeting, and whether it came."""

    organisation_id: int
    name: str
    presence: Presence = Presence.INVITED


@dataclass(frozen=True)
class AgendaItem:
    """A situation on a meeting's agenda, and what was decided of it there."""

    situation_id: int
    decision: Decision | None = None
    review_on: date | None = None


@dataclass(frozen=True)
class Meeting:
    """A meeting of the support team; the agenda is in the order in which situations were received."""

    held_on: date
    place: str
    next_on: date | None = None
    attendance: tuple[Attendance, ...] = ()
    agenda: tuple[AgendaItem, ...] = ()
    id: int = 0
    version: int = 0

    @property
    def undecided(self) -> int:
        """How many situations of the agenda wait for their decision."""
        return sum(item.decision is None for item in self.agenda)
