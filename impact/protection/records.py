"""What protection keeps, shows and declares."""

from dataclasses import dataclass
from datetime import date, datetime

from impact.accounts.access import FieldClass
from impact.protection.vocabulary import Basis, DueGroup, Kept, Measure, Purpose, Requester, Treatment


@dataclass(frozen=True)
class Delay:
    """How many months a file is kept after the last contact, and why."""

    months: int
    reason: str
    version: int = 1


@dataclass(frozen=True)
class Held:
    """One child's file, every situation together, with what the clock needs."""

    child_id: int
    situation_id: int
    name: str
    last_contact_on: date
    has_pathway: bool
    is_open: bool
    kept_until: date | None = None
    kept_reason: str = ""
    archived_on: date | None = None
    archived_until: date | None = None


@dataclass(frozen=True)
class Due:
    """A file at the end of its time, since a day, in a group of the list."""

    held: Held
    due_on: date
    group: DueGroup


@dataclass(frozen=True)
class ErasedFacts:
    """What is counted of one erased situation before it goes: years and codes, never a date."""

    received: int
    sex: str
    origin: str
    motive: str
    outcome: str
    started: int | None
    ended: int | None
    exit_reason: str


@dataclass(frozen=True)
class ErasedCount:
    """How many erased situations of a year; `category` is empty for a total."""

    year: int
    measure: Measure
    category: str
    situations: int


@dataclass(frozen=True)
class UrgentAccess:
    """A file opened outside the child's team, for three hours, with a written reason."""

    situation_id: int
    member_id: int
    name: str
    reason: str
    opened_at: datetime
    ends_at: datetime
    id: int = 0


@dataclass(frozen=True)
class Restriction:
    """Somebody must not be told where the child is; `person` and `ruling` are sealed."""

    child_id: int
    person: str
    ruling: str
    since: date
    until: date | None = None
    id: int = 0
    version: int = 1


@dataclass(frozen=True)
class FileCopy:
    """The complete copy of a child's file, asked by one person and released by another."""

    child_id: int
    situation_id: int
    requester: Requester
    identity_checked: str
    received_on: date
    asked_by: int
    asker: str = ""
    released_by: int | None = None
    releaser: str = ""
    released_on: date | None = None
    id: int = 0
    version: int = 1


@dataclass(frozen=True)
class Column:
    """A column of the community's file: what the copy does with it and, when it is personal, what it is.

    `optional` fields can be switched off; `together` names the columns switched with it. `located` says where the
    child or a relative can be found: masked while a court's restriction is in force. `words` names the list or the
    vocabulary that turns its codes into words.
    """

    name: str
    treatment: Treatment
    label: str = ""
    field_class: FieldClass | None = None
    optional: bool = False
    together: tuple[str, ...] = ()
    located: bool = False
    words: str = ""


@dataclass(frozen=True)
class Table:
    """A table of the community's file, and why its personal columns are there."""

    name: str
    about: str
    purpose: Purpose
    basis: Basis
    kept: Kept
    columns: tuple[Column, ...]
