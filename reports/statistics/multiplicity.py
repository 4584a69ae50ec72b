"""Several tests in one family: adjusted p values."""

from collections.abc import Sequence

import numpy as np

from reports.statistics.arrays import Floats


def _checked(p_values: Sequence[float]) -> Floats:
    p = np.asarray(p_values, dtype=float)
    if np.isnan(p).any() or (p < 0).any() or (p > 1).any():
        raise ValueError("a p value lies in 0..1; leave out the tests that were not done")
    return p


def bonferroni(p_values: Sequence[float]) -> list[float]:
    """p times the number of tests, at most 1."""
    p = _checked(p_values)
    return [float(value) for value in np.minimum(p * len(p), 1.0)]


def holm(p_values: Sequence[float]) -> list[float]:
    """Holm 1979, for the claim "at least one item changed"; same order as given."""
    p = _checked(p_values)
    order = np.argsort(p, kind="stable")
    stepped = np.maximum.accumulate(p[order] * np.arange(len(p), 0, -1)) if len(p) else p
    return _in_given_order(stepped, order)


def benjamini_hochberg(p_values: Sequence[float]) -> list[float]:
    """Benjamini & Hochberg 1995, for exploratory families; same order as given."""
    p = _checked(p_values)
    order = np.argsort(p, kind="stable")
    raw = p[order] * len(p) / np.arange(1, len(p) + 1)
    stepped = np.minimum.accumulate(raw[::-1])[::-1] if len(p) else p
    return _in_given_order(stepped, order)


def _in_given_order(stepped: Floats, order: "np.ndarray[tuple[int], np.dtype[np.intp]]") -> list[float]:
    adjusted = np.empty(len(stepped))
    adjusted[order] = np.minimum(stepped, 1.0)
    return [float(value) for value in adjusted]


def rejected(adjusted: Sequence[float], alpha: float = 0.05) -> int:
    """How many adjusted p values are at most alpha."""
    return sum(1 for value in adjusted if value <= alpha)
