"""Events: how many registered and came, from which institution, how many young people had a sequence."""

import pandas as pd

from impact.periods import Period
from reports.computing.estimating import BOUNDS, Gap, count, estimate, nothing, share, shares, within
from reports.data import Data
from reports.records import Estimate
from reports.statistics.reasons import Reason


def held(data: Data, period: Period) -> list[Estimate]:
    """Events where somebody was counted."""
    return [count("events.held", len(_held(data, period)))]


def registered(data: Data, period: Period) -> list[Estimate]:
    """Registrations for the events held."""
    return [count("events.registered", int(_held(data, period)["registered"].sum()))]


def presences(data: Data, period: Period) -> list[Estimate]:
    """Presences on the spot and from afar."""
    return [count("events.presences", _present(_held(data, period)))]


def excused(data: Data, period: Period) -> list[Estimate]:
    """Excused among the registered."""
    found = _held(data, period)
    return [share("events.excused", int(found["excused"].sum()), int(found["registered"].sum()))]


def remote(data: Data, period: Period) -> list[Estimate]:
    """Presences from afar among all."""
    found = _held(data, period)
    return [share("events.remote", int(found["remote"].sum()), _present(found))]


def by_kind(data: Data, period: Period) -> list[Estimate]:
    """Presences by kind of institution, the absent kinds at zero."""
    heads = _heads(data, period)
    counts = {str(kind): int(number) for kind, number in heads.groupby("organisation_kind")["present"].sum().items()}
    return shares("events.by_kind", counts, data.labels["organisation_kind"], sum(counts.values()))


def gap(data: Data, period: Period) -> list[Estimate]:
    """Half the sum of the gaps between presences and target, over the series that have one (total variation)."""
    code, heads = "events.gap", _heads(data, period)
    moved, base = 0.0, 0
    for series_id, aimed in data.series_targets.groupby("series_id"):
        rows = heads[heads["series_id"] == series_id]
        total = int(rows["present"].sum())
        wished = aimed.set_index("organisation_kind")["percent"] * total / 100
        came = rows.groupby("organisation_kind")["present"].sum()
        moved += float(came.sub(wished, fill_value=0).abs().sum()) / 2
        base += total
    if not base:
        return [nothing(code, Reason.EMPTY)]
    return [estimate(code, moved / base, numerator=round(moved, 1), denominator=float(base), n=base)]


def young_people(data: Data, period: Period) -> list[Estimate]:
    """Different young people with a sequence at least, exact when each class had one, bounded otherwise (§2.F).

    Two series may meet the same young people: fewest = the largest of them, most = their sum.
    """
    code = "events.young_people"
    rows = data.class_presences[data.class_presences["event_id"].isin(_held(data, period)["event_id"])]
    if rows.empty:
        return [nothing(code, Reason.EMPTY)]
    by_class = rows.groupby(["series_id", "class_id"]).agg(
        fewest=("present", "max"), most=("present", "sum"), size=("size", "first")
    )
    by_class["most"] = by_class[["most", "size"]].astype("Float64").min(axis=1)
    by_series = by_class.groupby("series_id")[["fewest", "most"]].sum()
    fewest, most = int(by_series["fewest"].max()), int(by_series["most"].sum())
    if fewest == most:
        return [count(code, fewest)]
    n = int(rows["present"].sum())
    return [nothing(code, Gap.NO_NAME_LIST, low=float(fewest), high=float(most), n=n, method=BOUNDS)]


def offers(data: Data, period: Period) -> list[Estimate]:
    """Offers made in the period, withdrawn since or not."""
    return [count("events.offers", len(within(data.offers, "offered_on", period)))]


def relevance(data: Data, period: Period) -> list[Estimate]:
    """Opinions « useful » or more on the offers of the period."""
    found = within(data.offers, "offered_on", period)
    return [share("events.relevance", int(found["relevant"].sum()), int(found["opinions"].sum()))]


def _held(data: Data, period: Period) -> pd.DataFrame:
    found = within(data.events, "held_on", period)
    return found[found["on_site"] + found["remote"] > 0]


def _present(found: pd.DataFrame) -> int:
    return int((found["on_site"] + found["remote"]).sum())


def _heads(data: Data, period: Period) -> pd.DataFrame:
    return data.event_heads[data.event_heads["event_id"].isin(_held(data, period)["event_id"])]
