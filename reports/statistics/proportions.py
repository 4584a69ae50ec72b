"""Shares and differences of shares, with the intervals that hold at small numbers."""

from dataclasses import dataclass
from math import inf, sqrt

from scipy import stats

from reports.statistics.arrays import clipped
from reports.statistics.reasons import Reason

Interval = tuple[float, float]


def normal_quantile(conf: float) -> float:
    """Two-sided standard normal quantile of a confidence level in ]0, 1[; ValueError outside."""
    if not 0 < conf < 1:
        raise ValueError("confidence must lie between 0 and 1")
    return float(stats.norm.ppf(0.5 + conf / 2))


def _check(x: float, n: float) -> None:
    if not 0 <= x <= n < inf:
        raise ValueError("a share needs 0 <= x <= n, both known")


def score_interval(share: float, n: float, conf: float = 0.95) -> Interval:
    """Wilson score interval of a share in 0..1 for an effective, possibly fractional, n > 0 (Wilson 1927)."""
    z = normal_quantile(conf)
    centre = share + z * z / (2 * n)
    half = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    low = 0.0 if share <= 0 else clipped((centre - half) / scale, 0.0, share)
    high = 1.0 if share >= 1 else clipped((centre + half) / scale, share, 1.0)
    return low, high


def wilson(x: int, n: int, conf: float = 0.95) -> Interval | None:
    """Wilson interval of x out of n, bounds in 0..1; None when n == 0; ValueError unless 0 <= x <= n.

    Source: Newcombe 1998, Statist. Med. 17:857-872, method 3.
    """
    _check(x, n)
    return None if n == 0 else score_interval(x / n, n, conf)


def wilson_finite(x: int, n: int, population: int, conf: float = 0.95) -> Interval | None:
    """Wilson interval when n of a known list of `population` people answered: n_eff = n(N-1)/(N-n).

    Width 0 when everyone answered: a census, to be printed without a margin. None when n == 0;
    ValueError when n is larger than the population.
    """
    _check(x, n)
    if n > population:
        raise ValueError("more answers than people in the population")
    if n == 0:
        return None
    share = x / n
    if n == population:
        return share, share
    return score_interval(share, n * (population - 1) / (population - n), conf)


def nonresponse_bounds(x: int, n: int, population: int) -> Interval | None:
    """No-assumption bounds of the population's share, x/N to (x + N - n)/N (Manski); None when the population is empty."""
    _check(x, n)
    if n > population:
        raise ValueError("more answers than people in the population")
    return None if population == 0 else (x / population, (x + population - n) / population)


def clopper_pearson(x: int, n: int, conf: float = 0.95) -> Interval | None:
    """Exact binomial interval, for the annex; None when n == 0 (Clopper & Pearson 1934)."""
    _check(x, n)
    normal_quantile(conf)
    if n == 0:
        return None
    tail = (1 - conf) / 2
    low = 0.0 if x == 0 else float(stats.beta.ppf(tail, x, n - x + 1))
    high = 1.0 if x == n else float(stats.beta.ppf(1 - tail, x + 1, n - x))
    return low, high


@dataclass(frozen=True)
class Difference:
    """p1 - p2 in -1..1 with its interval; `reason` when one of the two groups is empty."""

    value: float | None
    low: float | None
    high: float | None
    reason: str = ""


def newcombe_difference(x1: int, n1: int, x2: int, n2: int, conf: float = 0.95) -> Difference:
    """Difference of two independent shares, hybrid score interval (Newcombe 1998, Statist. Med. 17:873-890, method 10)."""
    first, second = wilson(x1, n1, conf), wilson(x2, n2, conf)
    if first is None or second is None:
        return Difference(None, None, None, Reason.EMPTY_GROUP)
    p1, p2 = x1 / n1, x2 / n2
    low = p1 - p2 - sqrt((p1 - first[0]) ** 2 + (second[1] - p2) ** 2)
    high = p1 - p2 + sqrt((first[1] - p1) ** 2 + (p2 - second[0]) ** 2)
    return Difference(p1 - p2, max(low, -1.0), min(high, 1.0))


def binomial_p(x: int, n: int, target: float) -> float | None:
    """Exact two-sided p of x out of n against a target share set in advance; None when n == 0."""
    _check(x, n)
    if not 0 <= target <= 1:
        raise ValueError("the target is a share in 0..1")
    return None if n == 0 else float(stats.binomtest(x, n, target).pvalue)
