"""Checked conversions shared by the statistics: the only place that decides what a missing answer is."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]
Answers = Sequence[float | None] | Sequence[float] | Sequence[int] | Floats | pd.Series
Table = Sequence[Sequence[float]] | Sequence[Sequence[int]] | Floats | pd.DataFrame


def floats(values: Answers) -> Floats:
    """One-dimensional floats; None becomes NaN. Raises ValueError for another shape or an infinite value."""
    array: Floats
    if isinstance(values, pd.Series) and pd.api.types.is_numeric_dtype(values.dtype):
        array = values.to_numpy(dtype=float, na_value=np.nan)
    else:
        array = np.asarray(pd.to_numeric(pd.Series(values, dtype=object), errors="raise"), dtype=float)
    if np.isinf(array).any():
        raise ValueError("infinite value")
    return array


def known(values: Answers) -> Floats:
    """The same without its missing answers, in the order given."""
    array = floats(values)
    present: Floats = array[~np.isnan(array)]
    return present


def pairs(before: Answers, after: Answers) -> tuple[Floats, Floats]:
    """Complete pairs only; same index = same person. Raises ValueError when the lengths differ."""
    first, second = floats(before), floats(after)
    if len(first) != len(second):
        raise ValueError("paired answers need the same length")
    both = ~(np.isnan(first) | np.isnan(second))
    return first[both], second[both]


def measured(values: Sequence[float] | Sequence[int] | Floats) -> Floats:
    """Counts, sizes or weights: one-dimensional, none missing, infinite or negative, else ValueError."""
    array: Floats = np.asarray(values, dtype=float)
    if array.ndim != 1 or not np.isfinite(array).all() or (array < 0).any():
        raise ValueError("known numbers, none negative, are expected")
    return array


def matrix(values: Table) -> Floats:
    """Two-dimensional floats, NaN kept. Raises ValueError for a ragged table or an infinite value."""
    if not isinstance(values, pd.DataFrame) and len({np.size(row) for row in values}) > 1:
        raise ValueError("rows of the same length are expected")
    array: Floats = np.asarray(values, dtype=float)
    if array.size == 0:
        return np.zeros((0, 0))
    if array.ndim != 2:
        raise ValueError("a two-dimensional table is expected")
    if np.isinf(array).any():
        raise ValueError("infinite value")
    return array


def counts_table(values: Table) -> Floats:
    """A table of counts. Raises ValueError when a cell is negative or missing."""
    array = matrix(values)
    if np.isnan(array).any() or (array < 0).any():
        raise ValueError("counts cannot be negative or missing")
    return array


def clipped(value: float, low: float, high: float) -> float:
    """`value` kept between two bounds, as a plain float."""
    return float(min(max(value, low), high))
