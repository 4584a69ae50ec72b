"""The smallest change that a study of this size could have seen, and the verdict an interval allows."""

from math import ceil, inf, sqrt
from typing import Literal

from scipy import optimize, stats

Verdict = Literal["marked_rise", "some_rise", "no_notable_change", "some_fall", "marked_fall", "inconclusive"]


def _power(effect: float, scale: float, df: float, alpha: float) -> float:
    """Two-sided power; t² is a noncentral F, steadier than the noncentral t at one degree of freedom."""
    limit = float(stats.t.ppf(1 - alpha / 2, df))
    return float(stats.ncf.sf(limit**2, 1, df, (effect * scale) ** 2))


def _detectable(scale: float, df: float, alpha: float, power: float) -> float:
    if not 0 < alpha < power < 1:
        raise ValueError("0 < alpha < power < 1 is expected")
    highest = 1.0
    while _power(highest, scale, df, alpha) < power:
        highest *= 2
    return float(optimize.brentq(lambda d: _power(d, scale, df, alpha) - power, 1e-9, highest, xtol=1e-10))


def paired_power(effect: float, n: int, alpha: float = 0.05) -> float | None:
    """Chance that a two-sided paired t test of n pairs detects a standardised change d_z; None under two pairs."""
    return None if n < 2 else _power(abs(effect), sqrt(n), n - 1, alpha)


def detectable_change(n: int, alpha: float = 0.05, power: float = 0.8) -> float | None:
    """Smallest standardised change d_z seen with `power` by n pairs (two-sided t test); None under two pairs."""
    return None if n < 2 else _detectable(sqrt(n), n - 1, alpha, power)


def detectable_difference(n1: int, n2: int, alpha: float = 0.05, power: float = 0.8) -> float | None:
    """Smallest standardised difference between two groups seen with `power`; None when a group has fewer than two people."""
    return None if min(n1, n2) < 2 else _detectable(sqrt(n1 * n2 / (n1 + n2)), n1 + n2 - 2, alpha, power)


def pairs_needed(effect: float, alpha: float = 0.05, power: float = 0.8) -> int:
    """Fewest pairs that detect a standardised change with `power`; ValueError for a zero effect."""
    if not 0 < abs(effect) < inf:
        raise ValueError("no number of pairs detects a zero or unknown change")
    z = float(stats.norm.ppf(1 - alpha / 2)) + float(stats.norm.ppf(power))
    n = max(2, ceil((z / effect) ** 2) - 2)
    while (paired_power(effect, n, alpha) or 0.0) < power:
        n += 1
    return n


def verdict(low: float, high: float, smallest: float) -> Verdict:
    """What an interval [low, high] of a change allows to say, given the smallest change that matters, set before import."""
    if not (smallest > 0 and low <= high):
        raise ValueError("low <= high and a positive smallest change are expected")
    if low >= smallest:
        return "marked_rise"
    if high <= -smallest:
        return "marked_fall"
    if low > 0:
        return "some_rise"
    if high < 0:
        return "some_fall"
    return "no_notable_change" if -smallest < low and high < smallest else "inconclusive"
