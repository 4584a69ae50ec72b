"""What a workshop leaves: its agenda and minutes, its productions, the commitments of those who came."""

from dataclasses import dataclass
from datetime import date

from impact.workshops.vocabulary import CommitmentState, FileKind


@dataclass(frozen=True)
class Papers:
    """Agenda and minutes of a workshop, at the version of the workshop that was read."""

    workshop_id: int
    agenda: str
    minutes: str
    version: int


@dataclass(frozen=True)
class Attached:
    """A file and what its first bytes say that it is."""

    name: str
    kind: FileKind
    content: bytes


@dataclass(frozen=True)
class Production:
    """Something a workshop made: words, a file, or both; the file's content is fetched apart."""

    id: int
    workshop_id: int
    title: str
    words: str
    added_on: date
    file_name: str = ""
    file_kind: FileKind | None = None
    size: int = 0


@dataclass(frozen=True)
class Commitment:
    """What a participant will do before the next time, and what came of it."""

    id: int
    workshop_id: int
    member_id: int
    who: str
    words: str
    due_on: date | None
    state: CommitmentState = CommitmentState.OPEN
    outcome: str = ""
    returned_on: date | None = None
    version: int = 1

    @property
    def is_open(self) -> bool:
        """Whether nothing came back from the field yet."""
        return self.state is CommitmentState.OPEN


@dataclass(frozen=True)
class Return:
    """What a participant brings back: the state of the commitment, in words, on a day."""

    commitment_id: int
    state: CommitmentState
    outcome: str
    returned_on: date
    version: int
