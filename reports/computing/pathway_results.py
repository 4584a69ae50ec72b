"""Public, results and means of a PRE: districts, schools, objectives, relay, opinions, actions, hours, cost."""

from collections.abc import Mapping

import pandas as pd

from impact.pathways.survey_frames import KIND_OF_LEVEL
from impact.periods import Period
from reports.computing.estimating import count, estimate, nothing, share, shares, tally, within
from reports.computing.following import children, followed, followed_at_end, with_child
from reports.data import Data
from reports.records import Estimate
from reports.statistics.reasons import Reason

UNKNOWN = "unknown"


def followed_now(data: Data, period: Period) -> list[Estimate]:
    """Children followed on the last day."""
    return [count("pre.followed_now", int(followed_at_end(data, period)["child_id"].nunique()))]


def district(data: Data, period: Period) -> list[Estimate]:
    """Children followed who live in a priority district, as the latest year that tells says."""
    told = _schooling(data, period, "qpv")
    missing = len(children(data, period)) - len(told)
    return [share("pre.district", int((told == "yes").sum()), len(told), missing=missing)]


def priority_education(data: Data, period: Period) -> list[Estimate]:
    """Children followed by network of priority education."""
    return _by_year("pre.priority_education", data, period, "priority", data.labels["priority"])


def school_stages(data: Data, period: Period) -> list[Estimate]:
    """Children followed from nursery school to lycée."""
    return _by_year("pre.school_stages", data, period, "stage", data.labels["stage"])


def objectives_mean(data: Data, period: Period) -> list[Estimate]:
    """Objectives per pathway open in the period; n = children behind."""
    rows = followed(data, period)
    pathways = int(rows["pathway_id"].nunique())
    total = int(data.objectives["pathway_id"].isin(rows["pathway_id"]).sum())
    if not pathways:
        return [nothing("pre.objectives_mean", Reason.EMPTY)]
    keys = {"numerator": float(total), "denominator": float(pathways), "n": int(rows["child_id"].nunique())}
    return [estimate("pre.objectives_mean", total / pathways, **keys)]


def objective_reached(data: Data, period: Period) -> list[Estimate]:
    """Pathways ended with one objective reached, among those with a known result."""
    ended = within(data.situations, "ended_on", period)
    rows = with_child(data.objectives, ended)
    known = rows[rows["result"].notna() & (rows["result"] != UNKNOWN)]
    reached = int(known.loc[known["result"] == "reached", "pathway_id"].nunique())
    base = int(known["pathway_id"].nunique())
    return [share("pre.objective_reached", reached, base, missing=len(ended) - base)]


def relay(data: Data, period: Period) -> list[Estimate]:
    """Exits that name who takes over."""
    left = within(data.exits, "ended_on", period)
    asked = left["relayed"].dropna()
    return [share("pre.relay", int(asked.sum()), len(asked))]


def opinions(data: Data, period: Period) -> list[Estimate]:
    """Exits with the opinion of the child, of the parents, of the referent."""
    left = within(data.exits, "ended_on", period)
    if left.empty:
        return [nothing("pre.opinions", Reason.EMPTY)]
    asked = {who: left[f"{who}_said"].dropna() for who in data.labels["opinion"]}
    return [
        share("pre.opinions", int(asked[who].sum()), len(asked[who]), category=who, label=label)
        for who, label in data.labels["opinion"].items()
        if len(asked[who])
    ] or [nothing("pre.opinions", Reason.EMPTY)]


def actions_by_domain(data: Data, period: Period) -> list[Estimate]:
    """Children followed with an action of each domain during the period."""
    rows = _actions(data, period)
    rows = rows[
        (rows["started_on"] <= pd.Timestamp(period.end))
        & (rows["ended_on"].isna() | (rows["ended_on"] >= pd.Timestamp(period.start)))
    ]
    told = tally(rows.drop_duplicates(["child_id", "domain"])["domain"])
    return shares("pre.actions_by_domain", told, data.labels["domains"], len(children(data, period)))


def action_hours(data: Data, period: Period) -> list[Estimate]:
    """Median hours of action per pathway that has some."""
    rows = _actions(data, period)
    known = rows[rows["hours"].notna()]
    totals = known.groupby("pathway_id")["hours"].sum()
    missing = int(followed(data, period)["pathway_id"].nunique()) - len(totals)
    if totals.empty:
        return [nothing("pre.action_hours", Reason.EMPTY, missing=missing)]
    return [estimate("pre.action_hours", float(totals.median()), n=int(known["child_id"].nunique()), missing=missing)]


def cost(data: Data, period: Period) -> list[Estimate]:
    """Mean euros of action per pathway that has a cost."""
    rows = _actions(data, period)
    known = rows[rows["cost"].notna()]
    totals = known.groupby("pathway_id")["cost"].sum()
    missing = int(followed(data, period)["pathway_id"].nunique()) - len(totals)
    if totals.empty:
        return [nothing("pre.cost", Reason.EMPTY, missing=missing)]
    keys = {"numerator": float(totals.sum()), "denominator": float(len(totals)), "n": int(known["child_id"].nunique())}
    return [estimate("pre.cost", float(totals.mean()), missing=missing, **keys)]


def cofunding(data: Data, period: Period) -> list[Estimate]:
    """Share of the cost of the actions brought by others; an action without co-funding brings nothing."""
    rows = _actions(data, period)
    known = rows[rows["cost"].notna() & (rows["cost"] > 0)]
    total, others = float(known["cost"].sum()), float(known["cofunded"].fillna(0).sum())
    if not total:
        return [nothing("pre.cofunding", Reason.EMPTY)]
    keys = {"numerator": others, "denominator": total, "n": int(known["child_id"].nunique())}
    return [estimate("pre.cofunding", others / total, **keys)]


def _actions(data: Data, period: Period) -> pd.DataFrame:
    return with_child(data.pathway_actions, followed(data, period))


def _schooling(data: Data, period: Period, column: str) -> "pd.Series[str]":
    """By child followed, what the latest school year that tells says, years begun by the last day."""
    year = period.end.year if period.end.month >= 9 else period.end.year - 1
    rows = data.schooling.assign(stage=data.schooling["level"].map(KIND_OF_LEVEL).fillna(UNKNOWN))
    known = rows[(rows["school_year"] <= year) & (rows[column] != UNKNOWN)]
    known = known[known["child_id"].isin(children(data, period)["child_id"])].sort_values("school_year")
    return known.groupby("child_id")[column].last()


def _by_year(code: str, data: Data, period: Period, column: str, labels: Mapping[str, str]) -> list[Estimate]:
    told = _schooling(data, period, column)
    return shares(code, tally(told), labels, len(told), len(children(data, period)) - len(told))
