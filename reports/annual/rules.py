"""Everything that the annual survey asks and that the follow-up holds."""

from datetime import date

from impact.periods import Period, civil_year
from reports.annual.cases import cases
from reports.annual.followed import (
    flow_figures,
    hours_figures,
    pathway_figures,
    profile_figures,
    referent_figures,
    school_figures,
    stock_figures,
)
from reports.annual.lengths import length_figures
from reports.annual.received import delay_figures, received_figures
from reports.annual.records import Frame, SurveyData, SurveyFigure


def survey(data: SurveyData, frame: Frame) -> list[SurveyFigure]:
    """Every figure of the survey, in the order in which it is filled in."""
    found, period = cases(data, frame), frame.period
    first = [case for case in found if case.episode == 1]
    return [
        *received_figures(first, frame),
        *flow_figures(found, frame),
        *(figure for day in frame.stocks for figure in stock_figures(found, frame, day)),
        *delay_figures(first, frame),
        *pathway_figures(found, frame),
        *length_figures(found, frame),
        *referent_figures(found, period.start, period.end),
        *(figure for day in frame.stocks for figure in referent_figures(found, day, day, day)),
        *hours_figures(found, frame),
        *school_figures(found, frame),
        *profile_figures(found, frame),
    ]


def usual_stocks(period: Period) -> tuple[date, ...]:
    """The thirtieth of June and the last day of December, as they come in the period."""
    years = range(period.start.year, period.end.year + 1)
    return tuple(day for year in years for day in (date(year, 6, 30), date(year, 12, 31)) if day in period)


def usual_frame(period: Period, today: date) -> Frame:
    """The year stopped on its last day, or today when it is under way; stocks to come are left out."""
    stopped = min(period.end, today)
    return Frame(period, tuple(day for day in usual_stocks(period) if day <= stopped), stopped)


def year_before(period: Period) -> Period:
    """The same kind of year, one year earlier."""
    start = period.start.replace(year=period.start.year - 1)
    return civil_year(start.year) if period == civil_year(period.start.year) else Period(start, _eve(period.start))


def _eve(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)
