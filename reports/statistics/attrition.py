"""Who was lost between two waves, and what it does to the result."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

import numpy as np
from scipy import stats

from reports.statistics.arrays import Answers, known, measured
from reports.statistics.effect_sizes import standardised_difference
from reports.statistics.independent import chi_square_p
from reports.statistics.proportions import Interval, wilson
from reports.statistics.raking import kish_effective
from reports.statistics.reasons import Reason


@dataclass(frozen=True)
class Retention:
    """People left at one wave: share of the entry cohort with its Wilson interval, share of the wave before."""

    wave: int
    n: int
    of_entry: float | None
    low: float | None
    high: float | None
    of_previous: float | None


def retention(followed: Sequence[int]) -> list[Retention]:
    """Retention of one entry cohort from the people followed at each wave, entry first; ValueError if the count rises."""
    if any(later > earlier for earlier, later in pairwise(followed)) or min(followed, default=0) < 0:
        raise ValueError("a cohort cannot grow: late entries are a new cohort")
    waves = []
    for wave, n in enumerate(followed):
        low, high = wilson(n, followed[0]) or (None, None)
        previous = followed[wave - 1] if wave else followed[0]
        share = n / followed[0] if followed[0] else None
        waves.append(Retention(wave, n, share, low, high, n / previous if previous else None))
    return waves


@dataclass(frozen=True)
class WeightedFollowUp:
    """A follow-up mean corrected for unequal loss between strata (unit of the scale).

    `weights` has one value per stratum, 1 / retention (None for a stratum nobody answered in: reason "empty_group", no
    corrected mean). `bounds`: everyone lost at the bottom, then at the top of the scale.
    """

    retention: tuple[float | None, ...]
    retention_total: float | None
    complete_cases: float | None
    weighted: float | None
    weights: tuple[float | None, ...]
    n_effective: float | None
    p_differs: float | None
    bounds: Interval | None
    reason: str = ""


def weighted_follow_up(
    entered: Sequence[int],
    followed: Sequence[int],
    means: Sequence[float | None],
    lowest: float,
    highest: float,
) -> WeightedFollowUp:
    """Inverse-probability weighting with one stratifier (post-stratification): strata in the same order everywhere.

    `means` is the follow-up mean of each stratum's respondents, None where nobody answered. The response model is
    saturated, so weighting gives each stratum its share at entry.
    """
    if not len(entered) == len(followed) == len(means):
        raise ValueError("one value per stratum is expected")
    if any(after > before or after < 0 for before, after in zip(entered, followed, strict=True)):
        raise ValueError("more people followed than entered")
    started, stayed = sum(entered), sum(followed)
    rates = tuple(after / before if before else None for before, after in zip(entered, followed, strict=True))
    weights = tuple(1 / rate if rate else None for rate in rates)
    if stayed == 0:
        total = 0.0 if started else None
        bounds = (lowest, highest) if started else None
        return WeightedFollowUp(rates, total, None, None, weights, None, None, bounds, Reason.EMPTY)
    total_answers = sum(n * m for n, m in zip(followed, means, strict=True) if n and m is not None)
    lost_stratum = any(before and not after for before, after in zip(entered, followed, strict=True))
    per_person = [w for w, n in zip(weights, followed, strict=True) if w for _ in range(n)]
    test = chi_square_p(np.array([followed, np.subtract(entered, followed)], dtype=float).T)
    weighted = sum(n * m for n, m in zip(entered, means, strict=True) if n and m is not None) / started
    return WeightedFollowUp(
        retention=rates,
        retention_total=stayed / started,
        complete_cases=total_answers / stayed,
        weighted=None if lost_stratum else weighted,
        weights=weights,
        n_effective=None if lost_stratum else kish_effective(per_person),
        p_differs=test[2] if test else None,
        bounds=worst_best_bounds(total_answers, stayed, started, lowest, highest),
        reason=Reason.EMPTY_GROUP if lost_stratum else "",
    )


def worst_best_bounds(total: float, answered: int, entered: int, lowest: float, highest: float) -> Interval | None:
    """Mean if everyone lost were at the lowest, then the highest value; `total` = sum of answers. None when nobody entered."""
    if answered > entered or lowest > highest:
        raise ValueError("answered <= entered and lowest <= highest are expected")
    lost = entered - answered
    return None if entered == 0 else ((total + lost * lowest) / entered, (total + lost * highest) / entered)


def stabilised_weights(strata: Sequence[str], stayed: Sequence[bool], quantile: float = 0.99) -> list[float | None]:
    """One weight per person who stayed (None for the others): overall retention over the stratum's, truncated at `quantile`."""
    if len(strata) != len(stayed):
        raise ValueError("one stratum per person is expected")
    if not any(stayed):
        return [None] * len(strata)
    overall = sum(stayed) / len(stayed)
    rate = {s: float(np.mean([k for t, k in zip(strata, stayed, strict=True) if t == s])) for s in set(strata)}
    raw = [overall / rate[s] if k else None for s, k in zip(strata, stayed, strict=True)]
    limit = float(np.quantile([w for w in raw if w is not None], quantile))
    return [None if w is None else min(w, limit) for w in raw]


@dataclass(frozen=True)
class SelectiveLoss:
    """Standardised difference of one baseline variable, followed minus lost; `level`: "none", "flag" or "warn"."""

    smd: float | None
    level: str
    n_followed: int
    n_lost: int
    reason: str = ""


def selective_loss(followed: Answers, lost: Answers, flag: float = 0.10, warn: float = 0.25) -> SelectiveLoss:
    """Did the people lost differ at entry? SMD = (mean followed - mean lost) / sqrt((s1² + s2²)/2)."""
    x, y = known(followed), known(lost)
    if min(len(x), len(y)) < 2:
        return SelectiveLoss(None, "none", len(x), len(y), Reason.TOO_FEW)
    smd = standardised_difference(float(x.mean()), float(x.var(ddof=1)), float(y.mean()), float(y.var(ddof=1)))
    if smd is None:
        return SelectiveLoss(None, "none", len(x), len(y), Reason.CONSTANT)
    level = "warn" if abs(smd) > warn else "flag" if abs(smd) > flag else "none"
    return SelectiveLoss(smd, level, len(x), len(y))


@dataclass(frozen=True)
class Pooled:
    """Rubin's rules: pooled value, its error, degrees of freedom (None = infinite), interval, share of missing information."""

    value: float | None
    within: float | None
    between: float | None
    total: float | None
    se: float | None
    df: float | None
    low: float | None
    high: float | None
    missing_information: float | None
    reason: str = ""


def rubin(
    estimates: Sequence[float], variances: Sequence[float], conf: float = 0.95, complete_df: float | None = None
) -> Pooled:
    """Pool m imputed estimates and their squared errors (Rubin 1987); `complete_df` gives Barnard & Rubin 1999's df."""
    if len(estimates) != len(variances) or len(known(estimates)) < len(measured(variances)):
        raise ValueError("as many known estimates as variances are expected")
    m = len(estimates)
    if m < 2:
        return Pooled(None, None, None, None, None, None, None, None, None, Reason.TOO_FEW if m else Reason.EMPTY)
    value, within, between = float(np.mean(estimates)), float(np.mean(variances)), float(np.var(estimates, ddof=1))
    total = within + (1 + 1 / m) * between
    if total == 0:
        return Pooled(value, 0.0, 0.0, 0.0, 0.0, None, None, None, None, Reason.CONSTANT)
    lam = (1 + 1 / m) * between / total
    df = (m - 1) / lam**2 if lam > 0 else None
    if complete_df is not None:
        observed = (complete_df + 1) / (complete_df + 3) * complete_df * (1 - lam)
        df = observed if df is None else df * observed / (df + observed)
    quantile = float(stats.norm.ppf(0.5 + conf / 2) if df is None else stats.t.ppf(0.5 + conf / 2, df))
    half = quantile * sqrt(total)
    return Pooled(value, within, between, total, sqrt(total), df, value - half, value + half, lam)
