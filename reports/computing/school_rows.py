"""The rows of schools that every computation on school mix begins with."""

from collections.abc import Callable
from datetime import date

import pandas as pd

from impact.periods import Period
from reports.computing.estimating import nothing
from reports.data import Data
from reports.records import Estimate
from reports.statistics.reasons import Reason

GROUPS = ["very_favoured", "favoured", "middle", "disadvantaged"]
# Below, a school is left out of the indices.
LEAST_PUPILS = 11


def year_of(data: Data, period: Period) -> int | None:
    """The last school year that is known and has begun at the end of the period."""
    begun = [int(year) for year in data.schools.get("year", ()) if date(int(year), 9, 1) <= period.end]
    return max(begun, default=None)


Told = Callable[[pd.DataFrame, pd.DataFrame, dict[str, str]], list[Estimate]]


def by_level(code: str, data: Data, period: Period, told: Told) -> list[Estimate]:
    """What `told` says of each level that has schools that year, given its rows and those of the year before."""
    year = year_of(data, period)
    if year is None:
        return [nothing(code, Reason.EMPTY)]
    found: list[Estimate] = []
    for level, label in data.labels["school_level"].items():
        rows = rows_of(data, level, year)
        if not rows.empty:
            found += told(rows, rows_of(data, level, year - 1), {"category": level, "label": label})
    return found


def each_year(
    code: str, data: Data, period: Period, told: Callable[[str, pd.DataFrame, dict[str, str]], list[Estimate]]
) -> list[Estimate]:
    last = year_of(data, period)
    if last is None:
        return [nothing(code, Reason.EMPTY)]
    found: list[Estimate] = []
    for level, label in data.labels["school_level"].items():
        for year in sorted({int(each) for each in data.schools["year"] if each <= last}):
            rows = rows_of(data, level, year)
            keys = row_of({"category": level, "label": label}, str(year), f"{label}, rentrée {year}")
            found += told(code, rows, keys) if not rows.empty else []
    return found


def rows_of(data: Data, level: str, year: int) -> pd.DataFrame:
    return data.schools[(data.schools["level"] == level) & (data.schools["year"] == year)]


def row_of(keys: dict[str, str], part: str, label: str) -> dict[str, str]:
    return {"category": f"{keys['category']}/{part}", "label": label}


def with_origins(rows: pd.DataFrame) -> pd.DataFrame:
    known = rows.dropna(subset=GROUPS)
    return known[known[GROUPS].sum(axis=1) >= LEAST_PUPILS]
