"""Time of the coordination: what goes to reporting, what goes to people. Pure."""

from collections.abc import Sequence
from datetime import date, timedelta

from impact.exceptions import Refused
from impact.plans.records import TimeSpent, TimeSum
from impact.plans.vocabulary import TimeKind

YEAR = timedelta(days=365)
MOST_MINUTES = 24 * 60


def check_time(spent: TimeSpent, known: Sequence[TimeSpent], today: date) -> None:
    """Raises Refused on `day`, `hours`: not in the future, and no more than a day holds."""
    if spent.day > today:
        raise Refused("Ce jour n’est pas encore venu.", "day")
    if spent.minutes < 1:
        raise Refused("Écrivez au moins une minute. Exemple : 0,5 pour une demi-heure.", "hours")
    already = sum(each.minutes for each in known if (each.member_id, each.day) == (spent.member_id, spent.day))
    if already + spent.minutes > MOST_MINUTES:
        raise Refused("Avec ce que vous avez déjà noté, ce jour dépasserait vingt-quatre heures.", "hours")


def by_month(spent: Sequence[TimeSpent]) -> list[TimeSum]:
    """Sums of each month where something was noted, the latest first."""
    months = sorted({each.day.replace(day=1) for each in spent}, reverse=True)
    return [_sum(month, [each for each in spent if each.day.replace(day=1) == month]) for month in months]


def year_before(spent: Sequence[TimeSpent], day: date) -> TimeSum:
    """The sum of the 365 days up to this one."""
    return _sum(day, [each for each in spent if day - YEAR < each.day <= day])


def _sum(month: date, spent: Sequence[TimeSpent]) -> TimeSum:
    reporting, people = (
        sum(each.minutes for each in spent if each.kind is kind) for kind in (TimeKind.REPORTING, TimeKind.PEOPLE)
    )
    return TimeSum(month, reporting, people)
