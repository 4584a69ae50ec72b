"""Bootstrap intervals for statistics without a formula; below 60 values a Student interval covers better."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import stats

from reports.statistics.arrays import Answers, Floats, known
from reports.statistics.reasons import Reason

Method = Literal["percentile", "basic", "BCa"]
Statistic = Callable[[Floats], float]


@dataclass(frozen=True)
class Resampled:
    """A statistic with its bootstrap interval; `seed` and `resamples` reproduce it."""

    value: float | None
    low: float | None
    high: float | None
    method: str
    n: int
    seed: int
    resamples: int
    reason: str = ""


def bootstrap(
    values: Answers,
    statistic: Statistic,
    method: Method = "percentile",
    conf: float = 0.95,
    resamples: int = 9_999,
    seed: int = 7,
) -> Resampled:
    """Bootstrap interval of `statistic` (Efron & Tibshirani 1993); missing values dropped, constant data have none.

    The order of the values does not matter: they are sorted before drawing.
    """
    data = np.sort(known(values))
    n = len(data)
    if n < 2:
        value = float(statistic(data)) if n else None
        return Resampled(value, None, None, method, n, seed, resamples, Reason.TOO_FEW if n else Reason.EMPTY)
    value = float(statistic(data))
    if data[0] == data[-1]:
        return Resampled(value, None, None, method, n, seed, resamples, Reason.CONSTANT)
    rng = np.random.default_rng(seed)
    drawn = np.sort([float(statistic(data[rng.integers(0, n, n)])) for _ in range(resamples)])
    bounds = _bounds(data, drawn, value, statistic, method, conf)
    if bounds is None:
        return Resampled(value, None, None, method, n, seed, resamples, Reason.CONSTANT)
    return Resampled(value, bounds[0], bounds[1], method, n, seed, resamples)


def _bounds(
    data: Floats, drawn: Floats, value: float, statistic: Statistic, method: Method, conf: float
) -> tuple[float, float] | None:
    tails = (0.5 - conf / 2, 0.5 + conf / 2)
    if method == "BCa":
        corrected = _corrected_tails(data, drawn, value, statistic, tails)
        if corrected is None:
            return None
        tails = corrected
    low, high = (float(q) for q in np.quantile(drawn, tails))
    return (2 * value - high, 2 * value - low) if method == "basic" else (low, high)


def _corrected_tails(
    data: Floats, drawn: Floats, value: float, statistic: Statistic, tails: tuple[float, float]
) -> tuple[float, float] | None:
    below = float((drawn < value).mean() + (drawn <= value).mean()) / 2
    left_out = np.array([float(statistic(np.delete(data, i))) for i in range(len(data))])
    gaps = left_out.mean() - left_out
    spread = float((gaps**2).sum())
    if not 0 < below < 1 or spread < 1e-24:
        return None
    bias, acceleration = float(stats.norm.ppf(below)), float((gaps**3).sum()) / (6 * spread**1.5)
    z = [bias + float(stats.norm.ppf(tail)) for tail in tails]
    low, high = (float(stats.norm.cdf(bias + value / (1 - acceleration * value))) for value in z)
    return low, high
