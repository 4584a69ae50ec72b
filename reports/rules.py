"""Which report for whom, over which period."""

from collections.abc import Sequence
from datetime import date, timedelta

from impact.accounts.access import Action, may
from impact.audit import Actor
from impact.communities.records import Community
from impact.exceptions import Refused
from impact.periods import Period, civil_year, current_school_year, last_complete_school_year, school_year
from impact.vocabulary import Audience, CommunityKind
from reports.records import Report
from reports.vocabulary import ReportKind

# The longest period of a report: longer ones would join situations that nobody can compare.
MOST_YEARS = 10
# Periods side by side on a dashboard or in the key figures of a report.
GLANCE = 4


def offered_periods(today: date) -> list[Period]:
    """The last complete school year first, then the present one, then two civil years."""
    return [
        last_complete_school_year(today),
        current_school_year(today),
        civil_year(today.year - 1),
        civil_year(today.year),
    ]


def readable_periods(community: Community, today: date) -> list[Period]:
    """The periods of who does not read exact figures: those that are published, always the same ones.

    Two periods that differ by a few days would tell who came between.
    """
    return list(dict.fromkeys([default_period(community, today), *reversed(published_periods(today))]))


def check_period(period: Period, today: date) -> None:
    """Refuses a period that has not begun, or that is longer than ten years."""
    if period.start > today:
        raise Refused("Cette période n’a pas commencé : choisissez une date de début passée.", "start")
    if (period.end - period.start).days > MOST_YEARS * 366:
        raise Refused(f"Choisissez une période de {MOST_YEARS} ans au plus.", "end")


def audiences_for(actor: Actor) -> list[Audience]:
    """For whom this person may have figures written: exact ones need the right to read them."""
    return [audience for audience in Audience if may_read(actor, audience)]


def may_read(actor: Actor, audience: Audience) -> bool:
    """Whether a person may see figures of an audience; the internal ones are exact."""
    if audience is Audience.INTERNAL:
        return may(actor, Action.VIEW_EXACT_FIGURES)
    if audience is Audience.PARTNER:
        return may(actor, Action.VIEW_DIRECTORY)
    return may(actor, Action.VIEW_FIGURES)


def audience_of(actor: Actor) -> Audience:
    """The most exact figures that a person may read on a screen."""
    return next(audience for audience in Audience if may_read(actor, audience))


def visible(reports: Sequence[Report], actor: Actor) -> list[Report]:
    """The reports that a person may open; who cannot order one sees only those that are ready."""
    orders = may(actor, Action.ORDER_REPORT)
    return [report for report in reports if may_read(actor, report.audience) and (orders or report.sha256)]


def default_period(community: Community, today: date) -> Period:
    """What a screen shows first: a PRE counts by school year, a cycle of workshops from its beginning."""
    if community.kind is CommunityKind.PRE:
        return last_complete_school_year(today)
    return Period(min(community.starts_on, today), today)


def usual_report(kind: CommunityKind) -> ReportKind:
    """What a community writes of its year."""
    return ReportKind.CITE if kind is CommunityKind.CITE else ReportKind.ANNUAL


def before(period: Period) -> Period:
    """The period of the same kind that ended before this one: another school year, civil year, or as many days."""
    start = period.start
    if period == school_year(start.year):
        return school_year(start.year - 1)
    if period == civil_year(start.year):
        return civil_year(start.year - 1)
    days = (period.end - start).days
    last = start - timedelta(days=1)
    return Period(last - timedelta(days=days), last)


def periods_until(period: Period, most: int, first_day: date) -> list[Period]:
    """The period last, with those before it that end after `first_day`, the oldest first."""
    found = [period]
    while len(found) < most:
        earlier = before(found[0])
        if earlier.end < first_day:
            break
        found.insert(0, earlier)
    return found


def published_periods(today: date) -> list[Period]:
    """The periods over which communities compare themselves: the same ones for all."""
    latest = last_complete_school_year(today)
    return [before(latest), latest]
