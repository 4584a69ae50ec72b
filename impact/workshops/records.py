"""A cycle, its workshops, who came."""

from dataclasses import dataclass
from datetime import date

from impact.identities import Identity
from impact.workshops.vocabulary import WorkshopState


@dataclass(frozen=True)
class Cycle:
    """A series of workshops; `core_threshold` is how many presences make the core group, None for half."""

    id: int
    name: str
    objective: str
    core_threshold: int | None = None
    version: int = 1


@dataclass(frozen=True)
class Workshop:
    """One meeting; `named` is how many names were ticked, `head_count` what was counted in the room.

    `objective` is what it is for in the programme of its cycle, `wave_id` the questionnaire handed out at its end.
    """

    id: int
    cycle_id: int
    title: str
    held_on: date
    place: str
    state: WorkshopState = WorkshopState.PLANNED
    head_count: int | None = None
    cancel_reason: str = ""
    version: int = 1
    named: int = 0
    objective: str = ""
    wave_id: int | None = None

    @property
    def is_held(self) -> bool:
        """Whether it took place and was closed."""
        return self.state is WorkshopState.HELD

    @property
    def is_cancelled(self) -> bool:
        """Whether it will not take place."""
        return self.state is WorkshopState.CANCELLED

    @property
    def present(self) -> int | None:
        """How many came: the names when there are some, else the head-count."""
        return self.named or self.head_count

    @property
    def unnamed(self) -> int:
        """People counted without a name; negative when there are more names than people counted."""
        return self.head_count - self.named if self.head_count is not None and self.named else 0


@dataclass(frozen=True)
class Attendee:
    """One person of the table of a cycle: at which of its held workshops with names she was."""

    member_id: int
    listed_name: str
    organisation: str
    workshop_ids: frozenset[int]

    @property
    def times(self) -> int:
        """How many workshops she came to."""
        return len(self.workshop_ids)


@dataclass(frozen=True)
class Newcomer:
    """Somebody present who was not in the directory; `homonym` says that she is not the known person of that name."""

    identity: Identity
    organisation_id: int | None
    homonym: bool


@dataclass(frozen=True)
class AttendanceSheet:
    """What is recorded on a workshop's page, at the version that was read."""

    workshop_id: int
    member_ids: tuple[int, ...]
    head_count: int | None
    version: int
    newcomer: Newcomer | None = None


@dataclass(frozen=True)
class Coming:
    """A held workshop: how many of the core group, seen before, there for the first time, counted without any name."""

    rank: int
    title: str
    parts: tuple[int, int, int, int]

    @property
    def total(self) -> int:
        """Everybody."""
        return sum(self.parts)
