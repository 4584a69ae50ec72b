"""Standardised differences with their intervals, small-sample corrected."""

from dataclasses import dataclass
from math import exp, lgamma, sqrt

import numpy as np
from scipy import optimize, stats

from reports.statistics.arrays import Answers, known, pairs
from reports.statistics.proportions import Interval, normal_quantile
from reports.statistics.reasons import Reason


def hedges_factor(df: float) -> float:
    """Exact small-sample factor J = gamma(df/2) / (sqrt(df/2) gamma((df-1)/2)), df > 1 (Hedges 1981); 1 - 3/(4df - 1) nearly."""
    if df <= 1:
        raise ValueError("the correction needs more than one degree of freedom")
    return exp(lgamma(df / 2) - lgamma((df - 1) / 2)) / sqrt(df / 2)


def noncentral_t_interval(t: float, df: float, conf: float = 0.95) -> Interval:
    """Bounds of the noncentrality parameter behind an observed t, by root finding (Steiger 2004)."""
    tail = (1 - conf) / 2
    width = 10 + 2 * abs(t)

    def root(chance: float) -> float:
        return float(optimize.brentq(lambda nc: float(stats.nct.cdf(t, df, nc)) - chance, t - width, t + width))

    return root(1 - tail), root(tail)


@dataclass(frozen=True)
class GroupEffect:
    """Difference of two groups in pooled standard deviations: d, g by the exact and the approximate factor, interval of d."""

    d: float | None
    g: float | None
    g_approx: float | None
    low: float | None
    high: float | None
    glass: float | None
    t: float | None
    p: float | None
    n: tuple[int, int]
    reason: str = ""


def cohens_d(first: Answers, second: Answers, conf: float = 0.95) -> GroupEffect:
    """(mean1 - mean2) / pooled sd, interval by the noncentral t; `glass` divides by the second group's sd; t is pooled."""
    x, y = known(first), known(second)
    n1, n2 = len(x), len(y)
    if min(n1, n2) < 2:
        reason = Reason.TOO_FEW if min(n1, n2) else Reason.EMPTY_GROUP
        return GroupEffect(None, None, None, None, None, None, None, None, (n1, n2), reason)
    df = n1 + n2 - 2
    pooled = sqrt(((n1 - 1) * float(x.var(ddof=1)) + (n2 - 1) * float(y.var(ddof=1))) / df)
    if pooled < 1e-12:
        return GroupEffect(None, None, None, None, None, None, None, None, (n1, n2), Reason.CONSTANT)
    gap = float(x.mean() - y.mean())
    d, scale = gap / pooled, sqrt(n1 * n2 / (n1 + n2))
    low, high = noncentral_t_interval(d * scale, df, conf)
    spread = float(y.std(ddof=1))
    return GroupEffect(
        d=d,
        g=d * hedges_factor(df),
        g_approx=d * (1 - 3 / (4 * df - 1)),
        low=low / scale,
        high=high / scale,
        glass=gap / spread if spread > 1e-12 else None,
        t=d * scale,
        p=2 * float(stats.t.sf(abs(d * scale), df)),
        n=(n1, n2),
    )


@dataclass(frozen=True)
class MeanDifference:
    """A difference of means in the unit of the scale with its Student interval, t, df and p."""

    value: float | None
    low: float | None
    high: float | None
    t: float | None
    df: float | None
    p: float | None
    n: int
    reason: str = ""


def welch(first: Answers, second: Answers, conf: float = 0.95) -> MeanDifference:
    """mean1 - mean2 without assuming equal spreads (Welch 1947); no p when both groups are constant."""
    x, y = known(first), known(second)
    n = len(x) + len(y)
    if min(len(x), len(y)) < 2:
        return MeanDifference(None, None, None, None, None, None, n, Reason.TOO_FEW if n else Reason.EMPTY)
    gap, vx, vy = float(x.mean() - y.mean()), float(x.var(ddof=1)) / len(x), float(y.var(ddof=1)) / len(y)
    if vx + vy < 1e-24:
        return MeanDifference(gap, None, None, None, None, None, n, Reason.CONSTANT)
    df = (vx + vy) ** 2 / (vx**2 / (len(x) - 1) + vy**2 / (len(y) - 1))
    return _student(gap, sqrt(vx + vy), df, n, conf)


def _student(gap: float, se: float, df: float, n: int, conf: float) -> MeanDifference:
    half = float(stats.t.ppf(0.5 + conf / 2, df)) * se
    return MeanDifference(gap, gap - half, gap + half, gap / se, df, 2 * float(stats.t.sf(abs(gap / se), df)), n)


def mean_change(before: Answers, after: Answers, conf: float = 0.95) -> MeanDifference:
    """Mean of after - before over complete pairs with the Student interval, kept below 60 pairs rather than a bootstrap."""
    first, second = pairs(before, after)
    change = second - first
    n = len(change)
    if n == 0:
        return MeanDifference(None, None, None, None, None, None, 0, Reason.EMPTY)
    mean = float(change.mean())
    if n == 1:
        return MeanDifference(mean, None, None, None, None, None, 1, Reason.TOO_FEW)
    spread = float(change.std(ddof=1))
    if spread < 1e-12:
        reason = Reason.NO_CHANGE if abs(mean) < 1e-12 else Reason.SAME_CHANGE
        return MeanDifference(mean, None, None, None, None, None, n, reason)
    return _student(mean, spread / sqrt(n), n - 1, n, conf)


@dataclass(frozen=True)
class PairedEffect:
    """Change in average standard deviations (d_av, corrected g_av with its interval); d_z only for power and checks."""

    d_av: float | None
    g_av: float | None
    low: float | None
    high: float | None
    d_z: float | None
    d_z_low: float | None
    d_z_high: float | None
    n: int
    reason: str = ""


def paired_effect(before: Answers, after: Answers, conf: float = 0.95) -> PairedEffect:
    """d_av = mean change / sqrt((s1² + s2²)/2), J with n - 1, Algina & Keselman 2003 (eq. 4) interval.

    d_z grows with the pre-post correlation: never compare programmes with it.
    """
    change = mean_change(before, after, conf)
    first, second = pairs(before, after)
    n = len(first)
    if change.value is None or change.p is None or n < 3:
        return PairedEffect(None, None, None, None, None, None, None, n, change.reason or Reason.TOO_FEW)
    spread = float((second - first).std(ddof=1))
    average = sqrt((float(first.var(ddof=1)) + float(second.var(ddof=1))) / 2)
    correction = hedges_factor(n - 1)
    half = normal_quantile(conf) * spread / (sqrt(n) * average)
    d_av, d_z = change.value / average, change.value / spread
    low, high = noncentral_t_interval(d_z * sqrt(n), n - 1, conf)
    return PairedEffect(
        d_av=d_av,
        g_av=d_av * correction,
        low=(d_av - half) * correction,
        high=(d_av + half) * correction,
        d_z=d_z,
        d_z_low=low / sqrt(n),
        d_z_high=high / sqrt(n),
        n=n,
    )


def standardised_difference(mean1: float, variance1: float, mean2: float, variance2: float) -> float | None:
    """SMD (mean1 - mean2) / sqrt((v1 + v2)/2); None without any variation. ValueError for a negative variance."""
    if min(variance1, variance2) < 0:
        raise ValueError("a variance cannot be negative")
    average = sqrt((variance1 + variance2) / 2)
    return (mean1 - mean2) / average if average > 1e-12 else None


def difference_in_differences(
    treated_before: Answers, treated_after: Answers, control_before: Answers, control_after: Answers
) -> MeanDifference:
    """Mean change of the followed group minus mean change of the comparison group, Welch interval on the changes."""
    first, second = pairs(treated_before, treated_after)
    third, fourth = pairs(control_before, control_after)
    return welch(np.asarray(second - first), np.asarray(fourth - third))


def expected_regression(reliability: float, reference_mean: float, mean_before: float) -> float:
    """Change expected without any effect, (1 - r)(reference mean - mean before); r and the mean from an outside source."""
    if not 0 <= reliability <= 1:
        raise ValueError("a reliability lies in 0..1")
    return (1 - reliability) * (reference_mean - mean_before)
