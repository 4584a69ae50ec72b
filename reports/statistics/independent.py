"""Two or more groups of different people."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy import stats

from reports.statistics.arrays import Answers, Floats, Table, counts_table, known
from reports.statistics.reasons import Reason
from reports.statistics.signed_ranks import Shift, normal_null, ordered_interval

EXACT_LIMIT = 120


@dataclass(frozen=True)
class MannWhitney:
    """U of the first group and its p values by `method`: "exact" (ties included) or "normal"."""

    u: float | None
    p: float | None
    p_greater: float | None
    p_less: float | None
    p_midp: float | None
    method: str = ""
    reason: str = ""


def _rank_sum_chances(doubled: "np.ndarray[tuple[int], np.dtype[np.int64]]", size: int) -> Floats:
    """Chances of each sum of `size` of the doubled mid-ranks when every subset is as likely (dynamic programming)."""
    table = np.zeros((size + 1, int(doubled.sum()) + 1))
    table[0, 0] = 1.0
    for rank in doubled:
        table[1:, rank:] += table[:-1, : table.shape[1] - rank].copy()
    chances: Floats = table[size] / table[size].sum()
    return chances


def mann_whitney(first: Answers, second: Answers) -> MannWhitney:
    """Mann-Whitney; conditional exact p over mid-ranks up to 120 people in all, normal with continuity correction beyond.

    Two-sided p is twice the smaller tail. A group without answers or identical answers give a reason and no p.
    """
    x, y = known(first), known(second)
    if not len(x) or not len(y):
        return MannWhitney(None, None, None, None, None, reason=Reason.EMPTY_GROUP)
    together = np.concatenate([x, y])
    ranks = stats.rankdata(together)
    u = float(ranks[: len(x)].sum()) - len(x) * (len(x) + 1) / 2
    if len(np.unique(together)) == 1:
        return MannWhitney(u, None, None, None, None, reason=Reason.CONSTANT)
    if len(together) > EXACT_LIMIT:
        tests = [
            stats.mannwhitneyu(x, y, alternative=side, method="asymptotic") for side in ("two-sided", "greater", "less")
        ]
        p, greater, less = (float(test.pvalue) for test in tests)
        return MannWhitney(u, p, greater, less, None, "normal")
    doubled = np.rint(2 * ranks).astype(np.int64)
    chances = _rank_sum_chances(doubled, len(x))
    observed = int(doubled[: len(x)].sum())
    less, greater, point = float(chances[: observed + 1].sum()), float(chances[observed:].sum()), chances[observed]
    two_sided = 2 * min(less, greater)
    return MannWhitney(
        u, min(1.0, two_sided), min(1.0, greater), min(1.0, less), min(1.0, two_sided - float(point)), "exact"
    )


def brunner_munzel_p(first: Answers, second: Answers) -> float | None:
    """Two-sided Brunner-Munzel p, for spreads that differ; None when it is undefined (fewer than 2 or separated groups)."""
    x, y = known(first), known(second)
    if min(len(x), len(y)) < 2 or len(np.unique(np.concatenate([x, y]))) == 1:
        return None
    if x.max() < y.min() or y.max() < x.min():
        return None
    p = float(stats.brunnermunzel(x, y).pvalue)
    return None if np.isnan(p) else p


def hodges_lehmann_shift(first: Answers, second: Answers, conf: float = 0.95) -> Shift:
    """Median of all differences first - second, order-statistic interval with its achieved confidence, exact up to 120
    people in all, its rank by the normal law beyond."""
    x, y = known(first), known(second)
    if not len(x) or not len(y):
        return Shift(None, None, None, None, Reason.EMPTY_GROUP)
    contrasts = np.sort((x[:, None] - y[None, :]).ravel())
    everyone = len(x) + len(y)
    null = (
        _rank_sum_chances(np.arange(1, everyone + 1, dtype=np.int64), len(x))[len(x) * (len(x) + 1) // 2 :]
        if everyone <= EXACT_LIMIT
        else normal_null(len(contrasts), len(contrasts) * (everyone + 1) / 12)
    )
    (low, high), achieved = ordered_interval(contrasts, null, conf)
    return Shift(float(np.median(contrasts)), low, high, achieved)


@dataclass(frozen=True)
class Delta:
    """Cliff's delta P(X > Y) - P(X < Y) in -1..1, unbiased variance and interval (None when the variance is not positive)."""

    value: float | None
    low: float | None
    high: float | None
    variance: float | None
    reason: str = ""


def cliffs_delta(first: Answers, second: Answers, conf: float = 0.95, student: bool = True) -> Delta:
    """Cliff's delta with his unbiased variance and asymmetric interval (Cliff 1996), Student quantile with n1 + n2 - 2."""
    x, y = known(first), known(second)
    if not len(x) or not len(y):
        return Delta(None, None, None, None, Reason.EMPTY_GROUP)
    dominance = np.sign(x[:, None] - y[None, :])
    delta = float(dominance.mean())
    if min(len(x), len(y)) < 2:
        return Delta(delta, None, None, None, Reason.TOO_FEW)
    variance = _cliff_variance(dominance)
    if abs(delta) == 1 or variance <= 0:
        return Delta(delta, None, None, max(variance, 0.0), Reason.CONSTANT if variance <= 0 else "")
    quantile = stats.t.ppf(0.5 + conf / 2, len(x) + len(y) - 2) if student else stats.norm.ppf(0.5 + conf / 2)
    zs = float(quantile) * sqrt(variance)
    scale = 1 - delta**2 + zs**2
    half = zs * sqrt((1 - delta**2) ** 2 + zs**2)
    return Delta(delta, (delta - delta**3 - half) / scale, (delta - delta**3 + half) / scale, variance)


def _cliff_variance(dominance: Floats) -> float:
    n1, n2 = dominance.shape
    delta = dominance.mean()
    rows = ((dominance.mean(axis=1) - delta) ** 2).sum()
    columns = ((dominance.mean(axis=0) - delta) ** 2).sum()
    cells = ((dominance - delta) ** 2).sum()
    return float((n2**2 * rows + n1**2 * columns - cells) / (n1 * n2 * (n1 - 1) * (n2 - 1)))


@dataclass(frozen=True)
class KruskalWallis:
    """H corrected for ties, its p and the rank epsilon-squared H / (n - 1)."""

    h: float | None
    df: int
    p: float | None
    epsilon_squared: float | None
    reason: str = ""


def kruskal_wallis(groups: Sequence[Answers]) -> KruskalWallis:
    """Kruskal-Wallis over two or more groups; identical answers or an empty group give a reason and no p."""
    values = [known(group) for group in groups]
    df = max(len(values) - 1, 0)
    if len(values) < 2 or any(len(group) == 0 for group in values):
        return KruskalWallis(None, df, None, None, Reason.EMPTY_GROUP)
    together = np.concatenate(values)
    if len(np.unique(together)) == 1:
        return KruskalWallis(None, df, None, None, Reason.CONSTANT)
    result = stats.kruskal(*values)
    h = float(result.statistic)
    return KruskalWallis(h, df, float(result.pvalue), h / (len(together) - 1))


@dataclass(frozen=True)
class Fisher:
    """Exact test of a 2 x 2 table: two-sided p, mid-p, conditional odds ratio and its exact interval (None = infinite)."""

    p: float | None
    p_midp: float | None
    p_greater: float | None
    p_less: float | None
    odds_ratio: float | None
    low: float | None
    high: float | None
    reason: str = ""


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def fisher(table: Table, conf: float = 0.95) -> Fisher:
    """Fisher's exact test; mid-p takes off half of the observed table's chance. An empty row or column gives a reason."""
    counts = counts_table(table).astype(int)
    if counts.shape != (2, 2):
        raise ValueError("a 2 x 2 table is expected")
    if (counts.sum(axis=0) == 0).any() or (counts.sum(axis=1) == 0).any():
        return Fisher(None, None, None, None, None, None, None, Reason.EMPTY_GROUP)
    a, row, column, n = int(counts[0, 0]), int(counts[0].sum()), int(counts[:, 0].sum()), int(counts.sum())
    p = float(stats.fisher_exact(counts).pvalue)
    point = float(stats.hypergeom.pmf(a, n, row, column))
    ratio = stats.contingency.odds_ratio(counts, kind="conditional")
    limits = ratio.confidence_interval(conf)
    return Fisher(
        p=min(p, 1.0),
        p_midp=max(min(p, 1.0) - point / 2, 0.0),
        p_greater=float(stats.hypergeom.sf(a - 1, n, row, column)),
        p_less=float(stats.hypergeom.cdf(a, n, row, column)),
        odds_ratio=_finite(ratio.statistic),
        low=_finite(limits.low),
        high=_finite(limits.high),
    )


def chi_square_p(table: Table) -> tuple[float, int, float] | None:
    """(chi-square without correction, df, p) of a table of counts, empty rows and columns dropped; None if under 2 x 2."""
    counts = counts_table(table)
    counts = counts[counts.sum(axis=1) > 0][:, counts.sum(axis=0) > 0]
    if min(counts.shape) < 2:
        return None
    chi2, p, df, _ = stats.chi2_contingency(counts, correction=False)
    return float(chi2), int(df), float(p)


def boschloo_p(table: Table) -> float | None:
    """Two-sided Boschloo p, columns = groups; None when a group or an answer is empty."""
    counts = counts_table(table).astype(int)
    if counts.shape != (2, 2):
        raise ValueError("a 2 x 2 table is expected")
    if (counts.sum(axis=0) == 0).any() or (counts.sum(axis=1) == 0).any():
        return None
    return float(stats.boschloo_exact(counts).pvalue)
