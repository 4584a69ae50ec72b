"""The same figures over several periods: the one shown, and those before it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from impact.communities.storage import get_community
from impact.db import EncryptedDatabase
from impact.periods import Period
from impact.vocabulary import Audience
from reports.composition.words import Estimates
from reports.data import Data
from reports.publishing import as_read
from reports.records import Estimate
from reports.remembering import computed_over
from reports.rules import periods_until

# On the page of an indicator, every period since the community began, ten at most.
HISTORY = 10


@dataclass(frozen=True)
class Moment:
    """The protected figures of one period."""

    period: Period
    estimates: Estimates


def moments(
    db: EncryptedDatabase,
    period: Period,
    most: int,
    audience: Audience,
    codes: Collection[str],
    data: Data | None = None,
) -> list[Moment]:
    """What this audience may read of these indicators over each period, the oldest first.

    `data`, when they were read already, are those of the last period. StillCounting for a page that would wait.
    """
    community = get_community(db)
    periods = periods_until(period, most, community.starts_on)
    exact = computed_over(db, periods, community.kind, codes, data)
    return [
        Moment(each, Estimates(as_read(db, rows, each, audience))) for each, rows in zip(periods, exact, strict=True)
    ]


def series(shown: Sequence[Moment], code: str, category: str = "") -> list[Estimate | None]:
    """One figure over the periods; None where the catalogue had nothing to count."""
    return [
        next((row for row in moment.estimates.all if row.code == code and row.category == category), None)
        for moment in shown
    ]
