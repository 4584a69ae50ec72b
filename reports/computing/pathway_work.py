"""The daily work of a PRE: contacts, reviews, referents, meetings."""

from itertools import pairwise
from statistics import median

import numpy as np
import pandas as pd

from impact.periods import Period
from reports.computing.estimating import count, estimate, nothing, share, within
from reports.computing.following import children, followed, followed_at_end, with_child
from reports.data import Data
from reports.records import Estimate
from reports.statistics.reasons import Reason

DAYS_IN_MONTH = 365.25 / 12
SILENCE = pd.Timedelta(days=42)
SHORTEST_STAY = 15


def contacts(data: Data, period: Period) -> list[Estimate]:
    """Contacts noted in the period, with the children behind them."""
    rows = with_child(within(data.notes, "contact_on", period), data.situations)
    return [count("pre.contacts", len(rows), n=int(rows["child_id"].nunique()))]


def contact_hours(data: Data, period: Period) -> list[Estimate]:
    """Hours of contact per child who has a duration."""
    code = "pre.contact_hours"
    rows = with_child(within(data.notes, "contact_on", period), followed(data, period))
    known = rows[rows["minutes"].notna()]
    total, behind = float(known["minutes"].sum()) / 60, int(known["child_id"].nunique())
    missing = len(children(data, period)) - behind
    if not behind:
        return [nothing(code, Reason.EMPTY, missing=missing)]
    return [estimate(code, total / behind, numerator=total, denominator=float(behind), n=behind, missing=missing)]


def intensity(data: Data, period: Period) -> list[Estimate]:
    """Median contacts per child-month of support within the period; `effect` has the quartiles from 11 children on."""
    code = "pre.intensity"
    months = _months(data, period)
    notes = with_child(within(data.notes, "contact_on", period), data.situations)["child_id"].value_counts()
    kept = {child: length for child, length in months.items() if length * DAYS_IN_MONTH >= SHORTEST_STAY}
    rates = [float(notes.get(child, 0)) / length for child, length in kept.items()]
    keys = {"n": len(rates), "missing": len(months) - len(rates)}
    if not rates:
        return [nothing(code, Reason.EMPTY, **keys)]
    low, high = (float(value) for value in np.quantile(rates, (0.25, 0.75)))
    effect: dict[str, float | str] = {"name": "quartiles", "low": low, "high": high}
    return [estimate(code, median(rates), effect=effect if len(rates) >= 11 else None, **keys)]


def contact_gap(data: Data, period: Period) -> list[Estimate]:
    """Median, over children, of the median days between two of their contacts."""
    rows = with_child(within(data.notes, "contact_on", period), followed(data, period))
    gaps = [
        median(float((after - before).days) for before, after in pairwise(sorted(days)))
        for _, days in rows.groupby("child_id")["contact_on"]
        if len(days) > 1
    ]
    missing = len(children(data, period)) - len(gaps)
    if not gaps:
        return [nothing("pre.contact_gap", Reason.EMPTY, missing=missing)]
    return [estimate("pre.contact_gap", median(gaps), n=len(gaps), missing=missing)]


def silent(data: Data, period: Period) -> list[Estimate]:
    """Children followed for six weeks on the last day, none of whose contacts is more recent than that."""
    end, open_then = pd.Timestamp(period.end), followed_at_end(data, period)
    settled = open_then[open_then["started_on"] <= end - SILENCE]
    notes = with_child(data.notes[data.notes["contact_on"] <= end], data.situations)
    recent = set(notes.loc[notes["contact_on"] > end - SILENCE, "child_id"])
    known = set(settled["child_id"])
    return [share("pre.silent", len(known - recent), len(known))]


def home_visits(data: Data, period: Period) -> list[Estimate]:
    """Children followed with a home visit in the period."""
    rows = with_child(within(data.notes, "contact_on", period), followed(data, period))
    visited = int(rows.loc[rows["contact_kind"] == "home_visit", "child_id"].nunique())
    return [share("pre.home_visits", visited, len(children(data, period)))]


def reviewed_twice(data: Data, period: Period) -> list[Estimate]:
    """Children followed whose pathway had two reviews by the end."""
    twice = _scores(data, period)
    return [share("pre.reviewed_twice", int(twice["child_id"].nunique()), len(children(data, period)))]


def progress_any(data: Data, period: Period) -> list[Estimate]:
    """Children reviewed twice with one score at least above the first one."""
    twice = _scores(data, period)
    up = int(twice.loc[twice["last"] > twice["first"], "child_id"].nunique())
    return [share("pre.progress_any", up, int(twice["child_id"].nunique()))]


def referent_changes(data: Data, period: Period) -> list[Estimate]:
    """Children followed whose pathway had two referents or more by the end."""
    known = data.referents[data.referents["since_on"] <= pd.Timestamp(period.end)]
    rows = with_child(known, followed(data, period))
    several = rows.groupby("pathway_id").filter(lambda group: group["member_id"].nunique() > 1)
    return [share("pre.referent_changes", int(several["child_id"].nunique()), len(children(data, period)))]


def children_per_referent(data: Data, period: Period) -> list[Estimate]:
    """Median children per referent on the last day; n = children who have one."""
    end = pd.Timestamp(period.end)
    open_then = data.referents[
        (data.referents["since_on"] <= end) & (data.referents["until_on"].isna() | (data.referents["until_on"] > end))
    ]
    rows, everyone = with_child(open_then, followed_at_end(data, period)), followed_at_end(data, period)
    loads = rows.groupby("member_id")["child_id"].nunique()
    behind = int(rows["child_id"].nunique())
    missing = int(everyone["child_id"].nunique()) - behind
    if loads.empty:
        return [nothing("pre.children_per_referent", Reason.EMPTY, missing=missing)]
    return [estimate("pre.children_per_referent", float(loads.median()), n=behind, missing=missing)]


def support_meetings(data: Data, period: Period) -> list[Estimate]:
    """Meetings of the support team held in the period."""
    return [count("pre.support_meetings", len(within(data.support_meetings, "held_on", period)))]


def meeting_presence(data: Data, period: Period) -> list[Estimate]:
    """Presences of institutions among invitations, all meetings of the period together."""
    held = within(data.support_meetings, "held_on", period)
    return [share("pre.meeting_presence", int(held["present"].sum()), int(held["invited"].sum()))]


def _months(data: Data, period: Period) -> dict[int, float]:
    """Months of support of each child within the period, both ends included."""
    start, end = pd.Timestamp(period.start), pd.Timestamp(period.end)
    rows = with_child(data.episodes, followed(data, period))
    rows = rows[(rows["started_on"] <= end) & (rows["ended_on"].isna() | (rows["ended_on"] >= start))]
    days = (
        rows["ended_on"].where(rows["ended_on"] < end, end)
        - rows["started_on"].where(rows["started_on"] > start, start)
    ).dt.days + 1
    totals = days.groupby(rows["child_id"]).sum() / DAYS_IN_MONTH
    return {int(str(child)): float(length) for child, length in totals.items()}


def _scores(data: Data, period: Period) -> pd.DataFrame:
    """First and last score of each domain of a followed pathway reviewed on two days at least."""
    known = data.domains[data.domains["reviewed_on"] <= pd.Timestamp(period.end)].sort_values("reviewed_on")
    rows = with_child(known, followed(data, period))
    groups = rows.groupby(["pathway_id", "domain"], sort=False)
    ends = groups.agg(
        child_id=("child_id", "first"), first=("score", "first"), last=("score", "last"), times=("score", "size")
    )
    return ends[ends["times"] > 1]
