"""A community, its organisations, its members."""

from dataclasses import dataclass
from datetime import date, datetime

from impact.audit import Deed
from impact.vocabulary import CommunityKind, OrganisationKind


@dataclass(frozen=True)
class Community:
    """The one row that says whose file this is."""

    name: str
    kind: CommunityKind
    territory: str
    starts_on: date
    ends_on: date | None
    hidden_tabs: tuple[str, ...] = ()
    version: int = 1


@dataclass(frozen=True)
class Organisation:
    """A structure that takes part; `member_count` is how many of its people are known."""

    id: int
    name: str
    kind: OrganisationKind
    version: int
    member_count: int = 0


@dataclass(frozen=True)
class Member:
    """A person who takes part, with or without an account."""

    id: int
    identity_id: int
    name: str
    listed_name: str
    organisation_id: int | None
    organisation: str
    organisation_kind: OrganisationKind | None
    account_ref: str | None
    joined_on: date
    left_on: date | None
    version: int


@dataclass(frozen=True)
class AuditEntry:
    """One line of the access log; `name` is empty when the actor is nobody of the community's directory."""

    id: int
    at: datetime
    name: str
    role: str
    deed: Deed
    object_kind: str
    object_id: int | None
