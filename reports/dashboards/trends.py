"""The same figures over several periods: the one shown, and those before it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from impact.communities.storage import get_community
from impact.db import EncryptedDatabase
from impact.periods import Period
from impact.vocabulary import Audience
from reports.composition.words import Estimates
from reports.data import Data
from reports.publishing import as_read
from reports.records import Estimate
from reports.remembering import computed_over
from reports.rules import before

# A short memory on the dashboard; on the page of an indicator, every period since the community began, ten at most.
GLANCE, HISTORY = 4, 10


@dataclass(frozen=True)
class Moment:
    """The protected figures of one period."""

    period: Period
    estimates: Estimates


def periods_until(period: Period, most: int, first_day: date) -> list[Period]:
    """The period last, with those before it that end after `first_day`, the oldest first."""
    found = [period]
    while len(found) < most:
        earlier = before(found[0])
        if earlier.end < first_day:
            break
        found.insert(0, earlier)
    return found


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
