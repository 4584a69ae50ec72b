"""Counting situations, and the children behind them, once each."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from statistics import mean, median

from impact.periods import Period
from reports.annual.records import UNKNOWN, Case, Frame, SurveyFigure
from reports.annual.vocabulary import ExitDay

AGES = ("under_2", "2-5", "6-10", "11-16", "17+", UNKNOWN)
SEXES = ("girl", "boy", UNKNOWN)


def ids(found: Iterable[Case]) -> tuple[int, ...]:
    """The situations, in their order, once each."""
    return tuple(dict.fromkeys(case.situation_id for case in found))


def children(found: Iterable[Case]) -> int:
    """Distinct children."""
    return len({case.child_id for case in found})


def situations(code: str, found: Sequence[Case], **keys: object) -> SurveyFigure:
    """A number of situations."""
    return SurveyFigure(code, float(len(found)), situations=ids(found), **keys)  # type: ignore[arg-type]


def people(code: str, found: Sequence[Case], **keys: object) -> SurveyFigure:
    """A number of children, with every situation behind it."""
    return SurveyFigure(code, float(children(found)), situations=ids(found), **keys)  # type: ignore[arg-type]


def grouped(found: Iterable[Case], key: Callable[[Case], str]) -> dict[str, list[Case]]:
    """The cases by category, the most frequent first, then by code."""
    groups: dict[str, list[Case]] = {}
    for case in found:
        groups.setdefault(key(case), []).append(case)
    return ranked(groups)


def grouped_several(found: Iterable[Case], keys: Callable[[Case], Iterable[str]]) -> dict[str, list[Case]]:
    """The cases by category when one may be in several."""
    groups: dict[str, list[Case]] = {}
    for case in found:
        for key in keys(case):
            groups.setdefault(key, []).append(case)
    return ranked(groups)


def ranked(groups: Mapping[str, list[Case]]) -> dict[str, list[Case]]:
    """The largest group first."""
    return dict(sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])))


def followed(found: Iterable[Case], frame: Frame, first: date, last: date) -> list[Case]:
    """Those whose pathway was open one day or more from `first` to `last`; the day of the exit counts if so chosen."""
    reach = timedelta(days=0 if frame.options.exit_day is ExitDay.COUNTED else 1)
    return [
        case
        for case in found
        if case.started_on and case.started_on <= last and (case.ended_on is None or case.ended_on - reach >= first)
    ]


def inside(day: date | None, period: Period) -> bool:
    """Whether a known day lies in the period, bounds included."""
    return day is not None and day in period


def middle(code: str, values: Sequence[float], **keys: object) -> SurveyFigure:
    """The median, nothing without values."""
    return SurveyFigure(code, float(median(values)) if values else None, base=len(values), **keys)  # type: ignore[arg-type]


def average(code: str, values: Sequence[float], **keys: object) -> SurveyFigure:
    """The mean, nothing without values."""
    return SurveyFigure(code, float(mean(values)) if values else None, base=len(values), **keys)  # type: ignore[arg-type]


def band(age: int | None) -> str:
    """The band of the national survey; under two and unknown are apart."""
    if age is None:
        return UNKNOWN
    return "under_2" if age < 2 else "2-5" if age < 6 else "6-10" if age < 11 else "11-16" if age < 17 else "17+"
