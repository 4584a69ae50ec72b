"""Delays and time in the programme of a PRE: everyone is counted, those still waiting or still followed too."""

from dataclasses import replace

import pandas as pd

from impact.periods import Period
from reports.computing.estimating import count, estimate, nothing, share, within
from reports.computing.following import followed, followed_at_end
from reports.computing.pathways import (
    DAYS_IN_MONTH,
    KAPLAN_MEIER,
    LEAST_AT_RISK,
    median_interval,
    milestone,
    outcomes,
    stays,
    support_curve,
)
from reports.data import Data
from reports.records import Estimate
from reports.statistics.reasons import Reason
from reports.statistics.survival import cumulative_incidence

QUARTERS = tuple(range(3, 37, 3))
HORIZON = 12
NOT_TOLD, REMAINING = "not_told", "remaining"
AALEN_JOHANSEN = "aalen_johansen"


def consents(data: Data, period: Period) -> list[Estimate]:
    """Situations received with an agreement by the end."""
    received = within(data.situations, "received_on", period)
    agreed = int((received["consent_on"] <= pd.Timestamp(period.end)).sum())
    return [share("pre.consents", agreed, len(received))]


def waiting(data: Data, period: Period) -> list[Estimate]:
    """Situations of any year without decision on the last day."""
    return [count("pre.waiting", len(_undecided(data, period)))]


def not_started(data: Data, period: Period) -> list[Estimate]:
    """Pathways decided and not begun on the last day."""
    rows, end = data.situations, pd.Timestamp(period.end)
    decided = rows[(rows["outcome"] == "pathway") & (rows["decided_on"] <= end)]
    return [count("pre.not_started", int((decided["started_on"].isna() | (decided["started_on"] > end)).sum()))]


def start_delay(data: Data, period: Period) -> list[Estimate]:
    """Median days from the decision to the beginning, for the pathways begun in the period."""
    begun = within(data.situations, "started_on", period)
    return [_delay("pre.start_delay", begun["started_on"], begun["decided_on"])]


def full_delay(data: Data, period: Period) -> list[Estimate]:
    """Median days from the reception to the beginning."""
    begun = within(data.situations, "started_on", period)
    return [_delay("pre.full_delay", begun["started_on"], begun["received_on"])]


def first_contact_delay(data: Data, period: Period) -> list[Estimate]:
    """Median days from the beginning to the first contact noted by the end; missing = none yet."""
    begun, known = (
        within(data.situations, "started_on", period),
        data.notes[data.notes["contact_on"] <= pd.Timestamp(period.end)],
    )
    first = known.groupby("pathway_id")["contact_on"].min()
    days = first.to_dict()
    contacts = pd.Series([days.get(key) for key in begun["pathway_id"]], index=begun.index, dtype="datetime64[ns]")
    return [_delay("pre.first_contact_delay", contacts, begun["started_on"])]


def overdue(data: Data, period: Period) -> list[Estimate]:
    """Open pathways past the end that was expected, among those that have one."""
    rows, end = followed_at_end(data, period), pd.Timestamp(period.end)
    known = rows[rows["expected_end_on"].notna()]
    late = int((known["expected_end_on"] < end).sum())
    return [share("pre.overdue", late, len(known), missing=len(rows) - len(known))]


def returning(data: Data, period: Period) -> list[Estimate]:
    """Children followed who had a pathway or an episode before the latest one."""
    known = data.episodes[data.episodes["started_on"] <= pd.Timestamp(period.end)]
    owners = data.situations.dropna(subset=["pathway_id"]).set_index("pathway_id")["child_id"].to_dict()
    times = known["pathway_id"].map(owners).value_counts()
    children = followed(data, period)["child_id"].unique()
    back = sum(int(times.get(child, 0)) > 1 for child in children)
    return [share("pre.returning", back, len(children))]


def taken_up_by_sex(data: Data, period: Period) -> list[Estimate]:
    """Share of the situations received that give a pathway, for girls and for boys."""
    received, known = within(data.situations, "received_on", period), outcomes(data, period)
    missing = int((~received["sex"].isin(list(data.labels["sex"]))).sum())
    if received.empty:
        return [nothing("pre.taken_up_by_sex", Reason.EMPTY)]
    found = []
    for sex, label in data.labels["sex"].items():
        own = known[received["sex"] == sex]
        keys = {"category": sex, "label": label, "missing": missing}
        found.append(share("pre.taken_up_by_sex", int((own == "pathway").sum()), len(own), **keys))
    return found


def support_length_by_sex(data: Data, period: Period) -> list[Estimate]:
    """Median months of support, for girls and for boys."""
    if not stays(data, period):
        return [nothing("pre.support_length_by_sex", Reason.EMPTY)]
    found = []
    for sex, label in data.labels["sex"].items():
        curve = support_curve(replace(data, situations=data.situations[data.situations["sex"] == sex]), period)
        keys = {"category": sex, "label": label, "n": curve.n, "method": KAPLAN_MEIER}
        if curve.median is None:
            reason = Reason.EMPTY if curve.n == 0 else Reason.NOT_REACHED
            found.append(nothing("pre.support_length_by_sex", reason, **keys))
        else:
            low, high = median_interval(curve.points)
            found.append(estimate("pre.support_length_by_sex", curve.median, low=low, high=high, **keys))
    return found


def curve(data: Data, period: Period) -> list[Estimate]:
    """Share still followed every three months; cut where fewer than five were observed as long."""
    known = support_curve(data, period)
    if known.n == 0:
        return [nothing("pre.curve", Reason.EMPTY)]
    rows = [milestone("pre.curve", known, months, f"{months} mois") for months in QUARTERS]
    return [row for row in rows if row.value is not None] or [nothing("pre.curve", Reason.TOO_FEW, n=known.n)]


def gone_by_reason(data: Data, period: Period) -> list[Estimate]:
    """Aalen-Johansen: share gone for each reason a year after the decision, and share remaining; together they make 1."""
    code = "pre.gone_by_reason"
    months, reasons = _competing(data, period)
    if not months:
        return [nothing(code, Reason.EMPTY)]
    if sum(length >= HORIZON for length in months) < LEAST_AT_RISK:
        return [nothing(code, Reason.TOO_FEW, n=len(months))]
    names = sorted({reason for reason in reasons if reason})
    ranks = {name: rank for rank, name in enumerate(names, start=1)}
    gone, remaining = cumulative_incidence(months, [ranks.get(reason, 0) for reason in reasons]).at(HORIZON)
    early = [reason for reason, length in zip(reasons, months, strict=True) if length <= HORIZON]
    labels = {**data.labels["exit_reasons"], NOT_TOLD: "Motif non renseigné", REMAINING: "Encore suivis"}
    total = len(months)
    rows = [(name, gone[ranks[name]], early.count(name)) for name in names if early.count(name)]
    rows.append((REMAINING, remaining, total - sum(bool(reason) for reason in early)))
    return [
        estimate(
            code, value, numerator=float(behind), denominator=float(total), n=total, category=name,
            label=labels.get(name, name), method=AALEN_JOHANSEN,
        )
        for name, value, behind in rows
    ]  # fmt: skip


def _competing(data: Data, period: Period) -> tuple[list[float], list[str]]:
    """Months observed and reason of the first exit, "" while it is not known by the last day."""
    first = data.episodes[data.episodes["rank"] == 1].set_index("pathway_id")["exit_reason"].to_dict()
    months, reasons = [], []
    for pathway, days, gone in stays(data, period):
        months.append(days / DAYS_IN_MONTH)
        told = first.get(pathway)
        reasons.append((NOT_TOLD if pd.isna(told) or not told else str(told)) if gone else "")
    return months, reasons


def _undecided(data: Data, period: Period) -> pd.DataFrame:
    rows, end = data.situations, pd.Timestamp(period.end)
    received = rows[rows["received_on"] <= end]
    known = (received["decided_on"] <= end) & (received["outcome"] != "waiting")
    started = received["started_on"] <= end
    return received[~(known.fillna(False).astype(bool) | started.fillna(False).astype(bool))]


def _delay(code: str, later: "pd.Series[pd.Timestamp]", earlier: "pd.Series[pd.Timestamp]") -> Estimate:
    days = (later - earlier).dt.days.dropna().clip(lower=0)
    keys = {"numerator": float(len(days)), "denominator": float(len(later)), "missing": len(later) - len(days)}
    if days.empty:
        return nothing(code, Reason.EMPTY, **keys)
    return estimate(code, float(days.median()), n=len(days), **keys)
