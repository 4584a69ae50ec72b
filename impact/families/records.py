"""A family, and how many of it came to each workshop."""

from dataclasses import dataclass
from datetime import date

MOST_OF_ONE_FAMILY = 20


@dataclass(frozen=True)
class Family:
    """A family of the file: how often it came, first and last; `situation_id` when it agreed to be linked."""

    id: int
    name: str
    times: int = 0
    first_on: date | None = None
    last_on: date | None = None
    situation_id: int | None = None
    linked_on: date | None = None

    @property
    def is_linked(self) -> bool:
        """Whether it agreed to be linked to a child's pathway."""
        return self.situation_id is not None


@dataclass(frozen=True)
class Presence:
    """How many of a family came to one workshop; `is_new` says that it had never come before."""

    family_id: int
    name: str
    adults: int
    children: int
    is_new: bool = False


@dataclass(frozen=True)
class Arrival:
    """A family that nobody had met."""

    family_name: str
    given_name: str
    adults: int
    children: int


@dataclass(frozen=True)
class FamilySheet:
    """What is recorded of one workshop, at the version of the workshop that was read; no one is (0, 0)."""

    workshop_id: int
    version: int
    counts: dict[int, tuple[int, int]]
    arrival: Arrival | None = None
