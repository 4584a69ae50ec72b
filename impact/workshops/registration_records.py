"""Who said she would come to a workshop, and who is expected on the day."""

from dataclasses import dataclass
from datetime import date

from impact.workshops.vocabulary import RegistrationState


@dataclass(frozen=True)
class Opening:
    """The public page of a workshop: its token, None when it is closed, and how many may register."""

    workshop_id: int
    token: str | None
    seats: int | None


@dataclass(frozen=True)
class Registration:
    """One person registered; `code` is what she gives at the door."""

    id: int
    workshop_id: int
    listed_name: str
    organisation: str
    registered_on: date
    code: str
    state: RegistrationState
    member_id: int | None = None

    @property
    def is_expected(self) -> bool:
        """Whether she said she would come and is not there yet."""
        return self.state is RegistrationState.REGISTERED


@dataclass(frozen=True)
class Expected:
    """A line of the attendance sheet: somebody registered, or somebody who came before."""

    code: str
    listed_name: str
    organisation: str
    is_present: bool = False
