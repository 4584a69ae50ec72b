"""Who is followed, when: what every computation on the pathways of a PRE begins with."""

import pandas as pd

from impact.periods import Period
from reports.data import Data


def followed(data: Data, period: Period) -> pd.DataFrame:
    """Situations whose pathway was open one day of the period or more; nearly every indicator of a PRE reads them."""
    return data.once(("followed", period), lambda: _followed(data, period))


def _followed(data: Data, period: Period) -> pd.DataFrame:
    rows, start, end = data.episodes, pd.Timestamp(period.start), pd.Timestamp(period.end)
    open_then = rows[(rows["started_on"] <= end) & (rows["ended_on"].isna() | (rows["ended_on"] >= start))]
    return data.situations[data.situations["pathway_id"].isin(open_then["pathway_id"])]


def followed_at_end(data: Data, period: Period) -> pd.DataFrame:
    """Situations whose pathway is open on the last day."""
    return followed(data, Period(period.end, period.end))


def children(data: Data, period: Period) -> pd.DataFrame:
    """One row per child followed."""
    return followed(data, period).drop_duplicates("child_id")


def with_child(rows: pd.DataFrame, situations: pd.DataFrame) -> pd.DataFrame:
    """The rows of the pathways of these situations, each with its child."""
    pathways = situations.dropna(subset=["pathway_id"])
    known = dict(zip(pathways["pathway_id"].astype("int64"), pathways["child_id"], strict=True))
    found = rows[rows["pathway_id"].isin(list(known))]
    return found.assign(child_id=found["pathway_id"].map(known))
