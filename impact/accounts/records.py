"""Accounts and what hangs on them."""

from dataclasses import dataclass
from datetime import date, datetime

from impact.accounts.access import Role


@dataclass(frozen=True)
class Account:
    """A person who signs in; `ref` is the random name under which communities' files know her."""

    id: int
    ref: str
    email: str
    display_name: str
    password_hash: str
    is_administrator: bool
    is_active: bool


@dataclass(frozen=True)
class Membership:
    """An account's role in one community, and the row of the person in that community's file."""

    id: int
    account_id: int
    community_slug: str
    role: Role
    member_id: int
    since: date
    ended_on: date | None


@dataclass(frozen=True)
class Invitation:
    """A link that lets one person join with one role; only its token's hash is kept.

    `member_id` is the person of the community's directory for whom it was made, when she is already known there.
    """

    id: int
    community_slug: str
    role: Role
    label: str
    expires_at: datetime
    used_at: datetime | None
    member_id: int | None = None
