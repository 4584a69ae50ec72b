"""Follow-up of the children of a PRE: everyone is counted, as things stood on the last day of the period."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import cast

import pandas as pd

from impact.periods import Period
from reports.computing.estimating import count, estimate, nothing, share, shares, tally, within
from reports.computing.following import children, followed, with_child
from reports.data import Data
from reports.records import Estimate
from reports.statistics.paired_binary import bonett_price
from reports.statistics.reasons import Reason
from reports.statistics.signed_ranks import sign_flip
from reports.statistics.survival import SurvivalCurve, SurvivalPoint, kaplan_meier

UNKNOWN, UNDECIDED = "unknown", "undecided"
KAPLAN_MEIER = "kaplan_meier"
DIRECTIONS = "directions"
DAYS_IN_MONTH = 365.25 / 12
MILESTONES = (6, 12, 18, 24)
LEAST_AT_RISK = 5


def situations_received(data: Data, period: Period) -> list[Estimate]:
    """Situations received in the period, taken up or not."""
    return [count("pre.situations_received", len(within(data.situations, "received_on", period)))]


def situations_taken_up(data: Data, period: Period) -> list[Estimate]:
    """Those with a pathway, decided or begun by the end of the period."""
    known = outcomes(data, period)
    return [share("pre.situations_taken_up", int((known == "pathway").sum()), len(known))]


def situations_by_outcome(data: Data, period: Period) -> list[Estimate]:
    """Situations received by latest decision; "undecided" while there is none."""
    known = outcomes(data, period)
    return shares("pre.situations_by_outcome", tally(known), data.labels["outcome"], len(known))


def origins(data: Data, period: Period) -> list[Estimate]:
    """Situations received by origin."""
    received = within(data.situations, "received_on", period)
    known = tally(received["origin"])
    base = sum(known.values())
    return shares("pre.origins", known, data.labels["origins"], base, len(received) - base)


def decision_delay(data: Data, period: Period) -> list[Estimate]:
    """Median days from reception to the decision in force; missing = situations still waiting."""
    code = "pre.decision_delay"
    received = within(data.situations, "received_on", period)
    final = (received["decided_on"] <= pd.Timestamp(period.end)) & (received["outcome"] != "waiting")
    decided = received[final.fillna(False).astype(bool)]
    keys = {"numerator": float(len(decided)), "denominator": float(len(received)), "n": len(decided)}
    waiting = len(received) - len(decided)
    if decided.empty:
        return [nothing(code, Reason.EMPTY, missing=waiting, **keys)]
    days = (decided["decided_on"] - decided["received_on"]).dt.days
    return [estimate(code, float(days.median()), missing=waiting, **keys)]


def children_followed(data: Data, period: Period) -> list[Estimate]:
    """Children with a pathway open one day of the period or more."""
    return [count("pre.children_followed", len(children(data, period)))]


def families_helped(data: Data, period: Period) -> list[Estimate]:
    """Homes of these children: siblings are in one, a child tied to nobody is alone in hers."""
    return [count("pre.families_helped", children(data, period)["home"].nunique())]


def pathways_opened(data: Data, period: Period) -> list[Estimate]:
    """Pathways begun in the period."""
    return [count("pre.pathways_opened", len(within(data.situations, "started_on", period)))]


def children_by_sex(data: Data, period: Period) -> list[Estimate]:
    """Children followed whose sex is known, girls and boys."""
    return _by_trait("pre.children_by_sex", data, period, "sex")


def children_by_age(data: Data, period: Period) -> list[Estimate]:
    """Children followed by age band on the day for which the bands were made, the first of the period."""
    return _by_trait("pre.children_by_age", data, period, "age_band")


def children_by_profile(data: Data, period: Period) -> list[Estimate]:
    """Children followed by the profile of their latest pathway of the period, as it was on the last day."""
    latest = followed(data, period).sort_values("started_on", kind="stable").drop_duplicates("child_id", keep="last")
    told = data.profiles[data.profiles["since_on"] <= pd.Timestamp(period.end)].drop_duplicates(
        "pathway_id", keep="last"
    )
    known = tally(told.loc[told["pathway_id"].isin(latest["pathway_id"]) & (told["profile"] != UNKNOWN), "profile"])
    base = sum(known.values())
    return shares("pre.children_by_profile", known, data.labels["profiles"], base, len(latest) - base)


def motives(data: Data, period: Period) -> list[Estimate]:
    """Children followed by motive, once per motive; the shares add to more than one."""
    found = _motives(data, period)
    total = len(children(data, period))
    known = int(found["child_id"].nunique())
    by_motive = tally(found.drop_duplicates(["child_id", "code"])["code"])
    return shares("pre.motives", by_motive, data.labels["motives"], known, total - known)


def first_motive(data: Data, period: Period) -> list[Estimate]:
    """Children followed by the first motive of their latest situation."""
    found = _motives(data, period).sort_values(["received_on", "situation_id"])
    latest = found[found["situation_id"] == found.groupby("child_id")["situation_id"].transform("last")]
    firsts = latest.sort_values("position").groupby("child_id")["code"].first()
    missing = len(children(data, period)) - len(firsts)
    return shares("pre.first_motive", tally(firsts), data.labels["motives"], len(firsts), missing)


def stays(data: Data, period: Period) -> list[tuple[int, int, bool]]:
    """Pathway, days from the decision to the first exit or the last day, whether it ended; all those decided by then.

    A pathway reopened later had its exit all the same: what follows is another episode, and is not added.
    """
    end = pd.Timestamp(period.end)
    pathways = data.situations[data.situations["pathway_id"].notna()]
    begins = pathways[["decided_on", "started_on"]].min(axis=1)
    begun = begins <= end
    first = data.episodes[data.episodes["rank"] == 1]
    left = dict(zip(first["pathway_id"], first["ended_on"], strict=True))
    ends = pd.to_datetime(pd.Series([left.get(key) for key in pathways["pathway_id"]], index=pathways.index))
    days = (ends.where(ends <= end, end) - begins)[begun].dt.days.clip(lower=0)
    keys, gone = pathways.loc[begun, "pathway_id"], (ends <= end)[begun]
    return [(int(key), int(day), bool(over)) for key, day, over in zip(keys, days, gone, strict=True)]


def support_curve(data: Data, period: Period) -> SurvivalCurve:
    """Months from the decision to the first exit, for every pathway decided by the end of the period, censored that day."""
    key = ("support_curve", period)
    if key not in data.kept:
        known = stays(data, period)
        data.kept[key] = kaplan_meier([days / DAYS_IN_MONTH for _, days, _ in known], [gone for *_, gone in known])
    return cast(SurvivalCurve, data.kept[key])


def support_length(data: Data, period: Period) -> list[Estimate]:
    """Median months of support with its interval; "not_reached", `effect` says who is still followed, and until when."""
    code, curve = "pre.support_length", support_curve(data, period)
    keys = {"numerator": float(curve.events), "denominator": float(curve.n), "n": curve.n, "method": KAPLAN_MEIER}
    if curve.median is None:
        last = curve.shown(LEAST_AT_RISK)[-1:]
        still = {"name": "still_followed", "months": last[0].time, "share": last[0].survival} if last else None
        return [nothing(code, Reason.EMPTY if curve.n == 0 else Reason.NOT_REACHED, effect=still, **keys)]
    low, high = median_interval(curve.points)
    return [estimate(code, curve.median, low=low, high=high, **keys)]


def still_followed(data: Data, period: Period) -> list[Estimate]:
    """Share still followed after 6, 12, 18, 24 months; n = observed that long, `effect` counts the exits before."""
    code, curve = "pre.still_followed", support_curve(data, period)
    if curve.n == 0:
        return [nothing(code, Reason.EMPTY)]
    return [milestone(code, curve, months, data.labels["months"][str(months)]) for months in MILESTONES]


def exits(data: Data, period: Period) -> list[Estimate]:
    """Exits of the period, those of pathways reopened since included."""
    return [count("pre.exits", len(within(data.episodes, "ended_on", period)))]


def exits_by_reason(data: Data, period: Period) -> list[Estimate]:
    """Exits of the period by reason."""
    ended = within(data.episodes, "ended_on", period)
    known = tally(ended["exit_reason"])
    base = sum(known.values())
    return shares("pre.exits_by_reason", known, data.labels["exit_reasons"], base, len(ended) - base)


def objectives(data: Data, period: Period) -> list[Estimate]:
    """Objectives of the pathways ended in the period by known result; n = children behind each row."""
    rows = with_child(data.objectives, within(data.situations, "ended_on", period))
    known = rows[rows["result"].notna() & (rows["result"] != UNKNOWN)]
    return _events("pre.objectives", known, "result", data.labels["result"], len(rows) - len(known))


def contacts_by_kind(data: Data, period: Period) -> list[Estimate]:
    """Follow-up notes of the period by kind of contact; n = children behind each row."""
    rows = with_child(within(data.notes, "contact_on", period), data.situations)
    return _events("pre.contacts_by_kind", rows, "contact_kind", data.labels["contact_kind"], 0)


def domain_change(data: Data, period: Period) -> list[Estimate]:
    """Net improvement by domain, in percentage points, from a pathway's first review to its last one of the period, with its interval.

    `effect` counts the children who declined, stayed, progressed; missing = those reviewed once.
    """
    code = "pre.domain_change"
    ends = _first_and_last(data.domains, period)
    if ends.empty:
        return [nothing(code, Reason.EMPTY)]
    labels = data.labels["domains"]
    known = [name for name in [*labels, *sorted(set(ends["domain"]) - set(labels))] if name in set(ends["domain"])]
    return [_net(code, ends[ends["domain"] == name], name, labels.get(name, name)) for name in known]


def _first_and_last(domains: pd.DataFrame, period: Period) -> pd.DataFrame:
    """One row per pathway and domain reviewed in the period: `before` is missing when it was the first review."""
    known = domains[domains["reviewed_on"] <= pd.Timestamp(period.end)].sort_values("reviewed_on")
    groups = known.groupby(["pathway_id", "domain"], sort=False)
    ends = groups.agg(
        first=("score", "first"), after=("score", "last"), last_on=("reviewed_on", "last"), times=("score", "size")
    ).reset_index()
    ends = ends[ends["last_on"] >= pd.Timestamp(period.start)]
    return ends.assign(before=ends["first"].where(ends["times"] > 1))


def _net(code: str, rows: pd.DataFrame, domain: str, label: str) -> Estimate:
    pairs = rows.dropna(subset=["before"])
    steps = [int(after) - int(before) for before, after in zip(pairs["before"], pairs["after"], strict=True)]
    down, up = sum(step < 0 for step in steps), sum(step > 0 for step in steps)
    keys = {"category": domain, "label": label, "n": len(steps), "missing": len(rows) - len(steps)}
    if not steps:
        return nothing(code, Reason.TOO_FEW, **keys)
    net = bonett_price(down, up, len(steps))
    effect = {"name": DIRECTIONS, "down": down, "same": len(steps) - down - up, "up": up}
    p = sign_flip(steps).p
    test = None if p is None else {"name": "sign_flip", "p": p}
    value, low, high = (None if share is None else 100 * share for share in (net.value, net.low, net.high))
    return estimate(
        code,
        value,
        low=low,
        high=high,
        method="bonett_price",
        effect=effect,
        test=test,
        denominator=float(len(steps)),
        **keys,
    )


def median_interval(points: Sequence[SurvivalPoint]) -> tuple[float | None, float | None]:
    """Times at which the curve's own bounds fall to one half; None where they never do (Brookmeyer & Crowley 1982)."""
    low = next((point.time for point in points if point.survival == 0 or _at_half(point.low)), None)
    return low, next((point.time for point in points if _at_half(point.high)), None)


def _at_half(bound: float | None) -> bool:
    return bound is not None and bound <= 0.5


def milestone(code: str, curve: SurvivalCurve, months: int, label: str) -> Estimate:
    """Share still followed after so many months; nothing when too few were observed as long."""
    exits_before = sum(point.events for point in curve.points if point.time <= months)
    at_risk = next((point.at_risk for point in curve.points if point.time >= months), 0)
    keys = {"category": str(months), "label": label, "n": at_risk, "method": KAPLAN_MEIER}
    if at_risk < LEAST_AT_RISK:
        return nothing(code, Reason.TOO_FEW, **keys)
    point = curve.at(months)
    effect: dict[str, float | str] = {"name": "exits", "count": exits_before}
    return estimate(code, point.survival, low=point.low, high=point.high, effect=effect, **keys)


def outcomes(data: Data, period: Period) -> pd.Series:
    """Latest decision known on the last day, for each situation received."""
    received, end = within(data.situations, "received_on", period), pd.Timestamp(period.end)
    known = received["outcome"].where(received["decided_on"] <= end, UNDECIDED).fillna(UNDECIDED)
    return known.mask(received["started_on"] <= end, "pathway")


def _by_trait(code: str, data: Data, period: Period, column: str) -> list[Estimate]:
    found = children(data, period)
    known = tally(found.loc[found[column] != UNKNOWN, column])
    base = sum(known.values())
    return shares(code, known, data.labels[column], base, len(found) - base)


def _motives(data: Data, period: Period) -> pd.DataFrame:
    situations = followed(data, period).set_index("situation_id")
    found = data.motives[data.motives["situation_id"].isin(situations.index)]
    keys = {name: found["situation_id"].map(situations[name].to_dict()) for name in ("child_id", "received_on")}
    return found.assign(**keys)


def _events(code: str, rows: pd.DataFrame, column: str, labels: Mapping[str, str], missing: int) -> list[Estimate]:
    """Shares of events, each with the number of children behind it."""
    behind = rows.groupby(column)["child_id"].nunique().to_dict()
    found = shares(code, tally(rows[column]), labels, len(rows), missing)
    return [replace(row, n=int(behind.get(row.category, 0))) for row in found]
