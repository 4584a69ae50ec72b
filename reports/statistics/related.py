"""The same people measured three times or more."""

from dataclasses import dataclass

import numpy as np
from scipy import stats

from reports.statistics.arrays import Floats, Table, matrix
from reports.statistics.reasons import Reason


@dataclass(frozen=True)
class RelatedTest:
    """A test over waves: its statistic, degrees of freedom, p, effect (Kendall's W for Friedman) and complete people."""

    statistic: float | None
    df: int
    p: float | None
    n: int
    effect: float | None = None
    reason: str = ""


def _complete(rows: Table) -> Floats:
    values = matrix(rows)
    return values[~np.isnan(values).any(axis=1)] if values.size else values


def _refusal(values: Floats) -> RelatedTest | None:
    n, waves = values.shape
    if n == 0 or waves < 2:
        return RelatedTest(None, max(waves - 1, 0), None, n, reason=Reason.EMPTY if n == 0 else Reason.ONE_GROUP)
    if (values == values[:, :1]).all():
        return RelatedTest(None, waves - 1, None, n, reason=Reason.NO_CHANGE)
    return None


def friedman(rows: Table) -> RelatedTest:
    """Friedman over complete rows (one person each, columns = waves), ties corrected; effect = Kendall's W in 0..1."""
    values = _complete(rows)
    refusal = _refusal(values)
    if refusal:
        return refusal
    n, waves = values.shape
    ranks = stats.rankdata(values, axis=1)
    ties = sum(float((counts**3 - counts).sum()) for counts in (np.unique(row, return_counts=True)[1] for row in ranks))
    raw = 12 / (n * waves * (waves + 1)) * float((ranks.sum(axis=0) ** 2).sum()) - 3 * n * (waves + 1)
    q = raw / (1 - ties / (n * waves * (waves**2 - 1)))
    return RelatedTest(q, waves - 1, float(stats.chi2.sf(q, waves - 1)), n, q / (n * (waves - 1)))


def page(rows: Table) -> RelatedTest:
    """Page's L for columns in the order predicted to increase; exact p for small tables, else normal (Page 1963).

    Undefined under three columns or two complete people: reason and no p. `df` is 0: the test has none.
    """
    values = _complete(rows)
    if values.shape[0] < 2 or values.shape[1] < 3:
        return RelatedTest(None, 0, None, values.shape[0], reason=Reason.TOO_FEW if values.size else Reason.EMPTY)
    refusal = _refusal(values)
    if refusal:
        return RelatedTest(None, 0, None, refusal.n, reason=refusal.reason)
    result = stats.page_trend_test(values)
    return RelatedTest(float(result.statistic), 0, float(result.pvalue), values.shape[0])


def cochran_q(rows: Table) -> RelatedTest:
    """Cochran's Q over complete rows of 0/1 answers; people who always answer the same bring nothing (Cochran 1950)."""
    values = _complete(rows)
    if not np.isin(values, (0.0, 1.0)).all():
        raise ValueError("answers are 0 or 1")
    refusal = _refusal(values)
    if refusal:
        return refusal
    n, waves = values.shape
    columns, people, total = values.sum(axis=0), values.sum(axis=1), float(values.sum())
    q = (waves - 1) * (waves * float((columns**2).sum()) - total**2) / (waves * total - float((people**2).sum()))
    return RelatedTest(q, waves - 1, float(stats.chi2.sf(q, waves - 1)), n, q / (n * (waves - 1)))
