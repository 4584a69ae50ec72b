"""Time in a programme: people still followed are censored, reasons for leaving compete."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

import numpy as np
from scipy import stats

from reports.statistics.arrays import Floats
from reports.statistics.proportions import Interval, normal_quantile
from reports.statistics.reasons import Reason

HALF = 0.5 + 1e-12


@dataclass(frozen=True)
class SurvivalPoint:
    """One time: people at risk just before it, exits at it, share still followed after it, Greenwood error, log-log bounds."""

    time: float
    at_risk: int
    events: int
    survival: float
    se: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class SurvivalCurve:
    """A Kaplan-Meier curve: its points at each exit or censoring time, `median` None unless it falls to one half."""

    points: tuple[SurvivalPoint, ...]
    median: float | None
    n: int
    events: int
    longest: float | None
    reason: str = ""

    def at(self, time: float) -> SurvivalPoint:
        """The step in force at `time`: certainty before the first point, the last point known after it."""
        earlier = [point for point in self.points if point.time <= time]
        return earlier[-1] if earlier else SurvivalPoint(time, self.n, 0, 1.0, 0.0, None, None)

    def quantile(self, share_gone: float) -> float | None:
        """First time at which at least `share_gone` (0..1) have left; None when the curve does not reach it."""
        limit = 1 - share_gone + 1e-12
        return next((point.time for point in self.points if point.events and point.survival <= limit), None)

    def shown(self, at_risk: int = 5) -> tuple[SurvivalPoint, ...]:
        """The points that may be drawn: the curve is cut where fewer than `at_risk` people remain."""
        return tuple(point for point in self.points if point.at_risk >= at_risk)


def _inputs(
    durations: Sequence[float], observed: Sequence[bool] | Sequence[int], entries: Sequence[float] | None
) -> tuple[Floats, Floats, Floats]:
    times, events = np.asarray(durations, dtype=float), np.asarray(observed, dtype=float)
    starts = np.full(len(times), -np.inf) if entries is None else np.asarray(entries, dtype=float)
    if not len(times) == len(events) == len(starts):
        raise ValueError("durations, exits and entries need the same length")
    if np.isnan(events).any() or np.isnan(starts).any() or not np.isfinite(times).all() or (times < 0).any():
        raise ValueError("durations are known and not negative")
    if (starts >= times).any():
        raise ValueError("nobody can leave before entering")
    return times, events, starts


def log_log_interval(survival: float, se: float, conf: float = 0.95) -> Interval | None:
    """Greenwood interval on the log(-log S) scale, which stays in 0..1; None when S is 0 or 1 (Kalbfleisch & Prentice)."""
    if not 0 < survival < 1:
        return None
    z = normal_quantile(conf)
    shift = z * se / (survival * abs(log(survival)))
    centre = log(-log(survival))
    return exp(-exp(centre + shift)), exp(-exp(centre - shift))


def kaplan_meier(
    durations: Sequence[float],
    observed: Sequence[bool] | Sequence[int],
    entries: Sequence[float] | None = None,
    conf: float = 0.95,
) -> SurvivalCurve:
    """Kaplan-Meier curve; durations in any one unit (days, months), `observed` true for an exit, false if still followed.

    `entries` gives the duration already spent when someone was first observed (left truncation). Censored people
    count as at risk at their own time. ValueError for negative or unknown durations or an exit not after the entry.
    """
    normal_quantile(conf)
    times, events, starts = _inputs(durations, [bool(value) for value in observed], entries)
    if not len(times):
        return SurvivalCurve((), None, 0, 0, None, Reason.EMPTY)
    points: list[SurvivalPoint] = []
    survival, spread = 1.0, 0.0
    for time in np.unique(times):
        at_risk = int(((times >= time) & (starts < time)).sum())
        gone = int(events[times == time].sum())
        survival *= 1 - gone / at_risk
        spread = spread + gone / (at_risk * (at_risk - gone)) if at_risk > gone else spread
        se = survival * sqrt(spread) if survival > 0 else None
        bounds = log_log_interval(survival, se, conf) if se is not None else None
        low, high = bounds or (None, None)
        points.append(SurvivalPoint(float(time), at_risk, gone, survival, se, low, high))
    median = next((point.time for point in points if point.events and point.survival <= HALF), None)
    total = int(events.sum())
    reason = Reason.NO_EVENT if total == 0 else Reason.NOT_REACHED if median is None else ""
    return SurvivalCurve(tuple(points), median, len(times), total, float(times.max()), reason)


@dataclass(frozen=True)
class LogRank:
    """Log-rank comparison: chi-square with `df`, p, and observed exits per group; no p without any exit."""

    chi2: float | None
    df: int
    p: float | None
    observed: tuple[int, ...]
    expected: tuple[float, ...]
    reason: str = ""


def log_rank(groups: Sequence[tuple[Sequence[float], Sequence[bool] | Sequence[int]]]) -> LogRank:
    """Log-rank test of two or more (durations, observed) groups (Mantel 1966, hypergeometric variance)."""
    checked = [_inputs(times, [bool(e) for e in events], None)[:2] for times, events in groups]
    observed = tuple(int(events.sum()) for _, events in checked)
    if len(checked) < 2 or any(len(times) == 0 for times, _ in checked):
        return LogRank(None, max(len(checked) - 1, 0), None, observed, (), Reason.EMPTY_GROUP)
    if sum(observed) == 0:
        return LogRank(None, len(checked) - 1, None, observed, (), Reason.NO_EVENT)
    exits = np.unique(np.concatenate([times[events > 0] for times, events in checked]))
    expected, variance = np.zeros(len(checked)), np.zeros((len(checked), len(checked)))
    for time in exits:
        risk = np.array([(times >= time).sum() for times, _ in checked], dtype=float)
        gone = sum(float(events[times == time].sum()) for times, events in checked)
        everyone = risk.sum()
        expected += gone * risk / everyone
        if everyone > 1:
            share = risk / everyone
            factor = gone * (everyone - gone) / (everyone - 1)
            variance += factor * (np.diag(share) - np.outer(share, share))
    gaps = np.array(observed) - expected
    return _log_rank_result(gaps, variance, observed, expected)


def _log_rank_result(gaps: Floats, variance: Floats, observed: tuple[int, ...], expected: Floats) -> LogRank:
    awaited = tuple(float(value) for value in expected)
    df = int(np.linalg.matrix_rank(variance, tol=1e-10))
    if df == 0:
        return LogRank(None, 0, None, observed, awaited, Reason.SINGULAR)
    chi2 = float(gaps @ np.linalg.pinv(variance, rcond=1e-10) @ gaps)
    return LogRank(chi2, df, float(stats.chi2.sf(chi2, df)), observed, awaited)


@dataclass(frozen=True)
class CumulativeIncidence:
    """Aalen-Johansen: by reason for leaving, the share gone for that reason after each of `times`; `remaining` still followed."""

    times: tuple[float, ...]
    remaining: tuple[float, ...]
    by_cause: dict[int, tuple[float, ...]]
    n: int
    reason: str = ""

    def at(self, time: float) -> tuple[dict[int, float], float]:
        """Shares gone by reason and share remaining at `time`; together they make 1."""
        step = sum(1 for known in self.times if known <= time) - 1
        if step < 0:
            return dict.fromkeys(self.by_cause, 0.0), 1.0
        return {cause: values[step] for cause, values in self.by_cause.items()}, self.remaining[step]


def cumulative_incidence(
    durations: Sequence[float], causes: Sequence[int], entries: Sequence[float] | None = None
) -> CumulativeIncidence:
    """Share gone for each reason when reasons compete; `causes` is 0 for someone still followed, else the reason's code.

    F_k(t) is the sum of S(t-) d_k / n (Aalen & Johansen 1978). One minus Kaplan-Meier per reason would overstate it.
    """
    times, reasons, starts = _inputs(durations, list(causes), entries)
    codes = sorted({int(code) for code in reasons if code != 0})
    if not len(times):
        return CumulativeIncidence((), (), {}, 0, Reason.EMPTY)
    steps = [float(time) for time in np.unique(times)]
    gone: dict[int, list[float]] = {code: [] for code in codes}
    totals = dict.fromkeys(codes, 0.0)
    survival, remaining = 1.0, []
    for time in steps:
        at_risk = int(((times >= time) & (starts < time)).sum())
        leaving = {code: int(((times == time) & (reasons == code)).sum()) for code in codes}
        for code, count in leaving.items():
            totals[code] += survival * count / at_risk
            gone[code].append(totals[code])
        survival *= 1 - sum(leaving.values()) / at_risk
        remaining.append(survival)
    by_cause = {code: tuple(values) for code, values in gone.items()}
    return CumulativeIncidence(tuple(steps), tuple(remaining), by_cause, len(times), "" if codes else Reason.NO_EVENT)
