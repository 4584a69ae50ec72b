"""A report being made, what people signed on it, and to whom it was sent."""

from dataclasses import dataclass
from datetime import date

from impact.periods import Period
from impact.vocabulary import Audience
from reports.vocabulary import ReportKind, WordKind


@dataclass(frozen=True)
class Draft:
    """Live figures: nothing is kept but what was chosen; `reviewed_on` is empty after any change."""

    id: int
    kind: ReportKind
    audience: Audience
    period: Period
    sections: tuple[str, ...]
    made_on: date
    reviewed_on: date | None
    reviewer: str
    reviewer_role: str
    version: int


@dataclass(frozen=True)
class Word:
    """What one person signed on a draft; `member_id` says who may take it back."""

    id: int
    kind: WordKind
    words: str
    author: str
    author_role: str
    written_on: date
    member_id: int | None


@dataclass(frozen=True)
class Sending:
    """One recipient of an issued report; a link has an end, can be revoked, and counts its openings."""

    id: int
    report_id: int
    recipient: str
    sent_on: date
    has_link: bool
    expires_on: date | None
    revoked_on: date | None
    openings: int
    last_opened_on: date | None

    def is_open(self, today: date) -> bool:
        """Whether its link still leads to the report."""
        return self.has_link and self.revoked_on is None and self.expires_on is not None and today <= self.expires_on
