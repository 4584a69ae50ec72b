"""The same figures over several periods: the one shown, and those before it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from impact.communities.storage import get_community
from impact.db import EncryptedDatabase
from impact.periods import Period
from impact.vocabulary import Audience
from reports.composition.words import Estimates
from reports.data import Data, at
from reports.publishing import as_published, compute_all
from reports.records import Estimate
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
    db: EncryptedDatabase, data: Data, period: Period, most: int, audience: Audience, codes: Collection[str]
) -> list[Moment]:
    """What this audience may read of these indicators over each period, the oldest first; `data` is of the last one."""
    kind, first_day = get_community(db).kind, get_community(db).starts_on
    return [
        Moment(each, Estimates(as_published(db, compute_all(at(db, data, each), each, kind, codes), each, audience)))
        for each in periods_until(period, most, first_day)
    ]


def series(shown: Sequence[Moment], code: str, category: str = "") -> list[Estimate | None]:
    """One figure over the periods; None where the catalogue had nothing to count."""
    return [
        next((row for row in moment.estimates.all if row.code == code and row.category == category), None)
        for moment in shown
    ]
