"""Parents' workshops: distinct families, new or back, adults and children. `n` is the families behind each figure."""

import pandas as pd

from impact.periods import Period
from reports.computing.estimating import count, share, within
from reports.data import Data
from reports.records import Estimate


def reached(data: Data, period: Period) -> list[Estimate]:
    """Distinct families of the period."""
    return [count("families.reached", _families(_came(data, period)))]


def new(data: Data, period: Period) -> list[Estimate]:
    """Families whose first presence known is in the period."""
    here = _came(data, period)
    first = data.family_presences.groupby("family_id")["held_on"].min()
    found = [family for family in here["family_id"].unique() if first[family] >= pd.Timestamp(period.start)]
    return [share("families.new", len(found), _families(here))]


def returning(data: Data, period: Period) -> list[Estimate]:
    """Families present at two sessions of the period or more."""
    here = _came(data, period)
    times = here["family_id"].value_counts()
    return [share("families.returning", int((times > 1).sum()), _families(here))]


def adults(data: Data, period: Period) -> list[Estimate]:
    """Presences of adults."""
    return _presences("adults", data, period)


def children(data: Data, period: Period) -> list[Estimate]:
    """Presences of children."""
    return _presences("children", data, period)


def _presences(who: str, data: Data, period: Period) -> list[Estimate]:
    here = _came(data, period)
    return [count(f"families.{who}", int(here[who].sum()), n=_families(here[here[who] > 0]))]


def _came(data: Data, period: Period) -> pd.DataFrame:
    return within(data.family_presences, "held_on", period)


def _families(presences: pd.DataFrame) -> int:
    return int(presences["family_id"].nunique())
