"""One question with several answers asked twice of the same people: a square table of shifts."""

from dataclasses import dataclass

import numpy as np
from scipy import stats

from reports.statistics.arrays import Floats, Table, counts_table
from reports.statistics.reasons import Reason


@dataclass(frozen=True)
class ShiftTest:
    """A chi-square with its degrees of freedom and p; None with a reason when nothing can be compared."""

    chi2: float | None
    df: int
    p: float | None
    reason: str = ""


def _square(table: Table) -> Floats:
    counts = counts_table(table)
    if counts.shape[0] != counts.shape[1]:
        raise ValueError("the same categories are expected before and after")
    used = counts.sum(axis=0) + counts.sum(axis=1) > 0
    return counts[np.ix_(used, used)]


def _no_test(counts: Floats) -> ShiftTest | None:
    if counts.sum() == 0:
        return ShiftTest(None, 0, None, Reason.EMPTY)
    if len(counts) < 2:
        return ShiftTest(None, 0, None, Reason.ONE_CATEGORY)
    if counts.sum() == np.trace(counts):
        return ShiftTest(None, 0, None, Reason.NO_CHANGE)
    return None


def _result(chi2: float, df: int) -> ShiftTest:
    return ShiftTest(chi2, df, float(stats.chi2.sf(chi2, df)))


def stuart_maxwell(table: Table) -> ShiftTest:
    """Do the margins differ? Rows before, columns after; categories empty both times are dropped (Stuart 1955, Maxwell 1970)."""
    counts = _square(table)
    refusal = _no_test(counts)
    if refusal:
        return refusal
    gaps = counts.sum(axis=1) - counts.sum(axis=0)
    variance = -(counts + counts.T)
    np.fill_diagonal(variance, counts.sum(axis=1) + counts.sum(axis=0) - 2 * np.diag(counts))
    df = int(np.linalg.matrix_rank(variance, tol=1e-9))
    return _result(float(gaps @ np.linalg.pinv(variance, rcond=1e-10) @ gaps), df)


def bhapkar(table: Table) -> ShiftTest:
    """Bhapkar 1966: Stuart-Maxwell over (1 - Stuart-Maxwell / n); no p when every person changed the same way."""
    base = stuart_maxwell(table)
    if base.chi2 is None:
        return base
    n = float(_square(table).sum())
    if base.chi2 >= n - 1e-9:
        return ShiftTest(None, base.df, None, Reason.SAME_CHANGE)
    return _result(base.chi2 / (1 - base.chi2 / n), base.df)


def bowker(table: Table) -> ShiftTest:
    """Is the table symmetric? Only pairs of categories between which someone moved count as degrees of freedom (Bowker 1948)."""
    counts = _square(table)
    refusal = _no_test(counts)
    if refusal:
        return refusal
    rows, columns = np.triu_indices(len(counts), 1)
    one_way, other_way = counts[rows, columns], counts[columns, rows]
    moved = one_way + other_way > 0
    chi2 = ((one_way - other_way)[moved] ** 2 / (one_way + other_way)[moved]).sum()
    return _result(float(chi2), int(moved.sum()))
