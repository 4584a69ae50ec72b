"""The same figures over several periods: the one shown, and those before it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from impact.communities.storage import get_community
from impact.db import EncryptedDatabase
from impact.periods import Period
from impact.vocabulary import Audience
from reports.composition.words import Estimates
from reports.data import load
from reports.records import Estimate
from reports.rules import before
from reports.writing import published_estimates

# A short memory on the dashboard, a longer one on the page of an indicator.
GLANCE, HISTORY = 4, 6


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


def moments(db: EncryptedDatabase, period: Period, most: int, audience: Audience) -> list[Moment]:
    """What this audience may read of each period, the oldest first."""
    community = get_community(db)
    return [
        Moment(each, Estimates(published_estimates(db, load(db, each), each, community.kind, audience)))
        for each in periods_until(period, most, community.starts_on)
    ]


def series(shown: Sequence[Moment], code: str, category: str = "") -> list[Estimate | None]:
    """One figure over the periods; None where the catalogue had nothing to count."""
    return [
        next((row for row in moment.estimates.all if row.code == code and row.category == category), None)
        for moment in shown
    ]
