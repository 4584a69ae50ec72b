"""Do several people code the same answers alike?"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from reports.statistics.arrays import Answers, Floats, Table, counts_table, matrix, pairs
from reports.statistics.reasons import Reason

_Z = 1.959963984540054
Level = Literal["nominal", "ordinal", "interval", "ratio"]


@dataclass(frozen=True)
class Agreement:
    """A chance-corrected coefficient (1 = full agreement), and the units it is computed on."""

    value: float | None
    n: int
    reason: str = ""
    low: float | None = None
    high: float | None = None


def fleiss_kappa(counts: Table) -> Agreement:
    """Fleiss' kappa: rows = answers coded, columns = codes, cells = coders; every row must hold the same number of coders."""
    table = counts_table(counts)
    if table.size == 0:
        return Agreement(None, 0, Reason.EMPTY)
    coders = table.sum(axis=1)
    if (coders != coders[0]).any():
        raise ValueError("every answer needs the same number of coders: use Krippendorff's alpha")
    if coders[0] < 2:
        return Agreement(None, len(table), Reason.TOO_FEW)
    m = float(coders[0])
    observed = float((((table**2).sum(axis=1) - m) / (m * (m - 1))).mean())
    chance = float(((table.sum(axis=0) / table.sum()) ** 2).sum())
    if chance >= 1 - 1e-12:
        return Agreement(None, len(table), Reason.ONE_CATEGORY)
    return Agreement((observed - chance) / (1 - chance), len(table))


def cohen_kappa(first: Answers, second: Answers) -> Agreement:
    """Cohen's kappa of two coders over the answers both coded, with the large-sample interval at 95 % of Fleiss, Cohen
    and Everitt (1969), cut at 1; full agreement leaves nothing to estimate it from, and has none."""
    x, y = pairs(first, second)
    if len(x) == 0:
        return Agreement(None, 0, Reason.EMPTY)
    codes = np.unique(np.concatenate([x, y]))
    chance = sum(float((x == code).mean() * (y == code).mean()) for code in codes)
    if chance >= 1 - 1e-12:
        return Agreement(None, len(x), Reason.ONE_CATEGORY)
    kappa = (float((x == y).mean()) - chance) / (1 - chance)
    half = _Z * _cohen_error(np.array([[float(((x == a) & (y == b)).mean()) for b in codes] for a in codes]), len(x))
    return Agreement(kappa, len(x), "", *((kappa - half, min(1.0, kappa + half)) if half else (None, None)))


def _cohen_error(joint: Floats, n: int) -> float:
    """Standard error of kappa from the joint shares of two coders (rows = first, columns = second)."""
    first, second = joint.sum(axis=1), joint.sum(axis=0)
    observed, chance = float(np.trace(joint)), float(first @ second)
    agreed = float((np.diag(joint) * ((1 - chance) - (first + second) * (1 - observed)) ** 2).sum())
    crossed = joint * (second[:, None] + first[None, :]) ** 2
    apart = (1 - observed) ** 2 * float(crossed.sum() - np.trace(crossed))
    spread = agreed + apart - (observed * chance - 2 * chance + observed) ** 2
    return float(np.sqrt(max(spread, 0.0) / n)) / (1 - chance) ** 2


def _coincidences(ratings: Floats, codes: Floats) -> Floats:
    table = np.zeros((len(codes), len(codes)))
    for unit in ratings.T:
        present = unit[~np.isnan(unit)]
        if len(present) >= 2:
            counts = np.array([(present == code).sum() for code in codes], dtype=float)
            table += (np.outer(counts, counts) - np.diag(counts)) / (len(present) - 1)
    return table


def _distances(codes: Floats, totals: Floats, level: Level) -> Floats:
    """Squared distances between codes (Krippendorff 2011, section C)."""
    gap = codes[:, None] - codes[None, :]
    if level == "nominal":
        return np.asarray(gap != 0, dtype=float)
    if level == "interval":
        return np.asarray(gap**2)
    if level == "ratio":
        both = codes[:, None] + codes[None, :]
        return np.asarray(np.divide(gap, both, out=np.zeros_like(gap), where=both != 0) ** 2)
    cumulated = np.cumsum(totals) - totals / 2
    return np.asarray((cumulated[:, None] - cumulated[None, :]) ** 2)


def krippendorff_alpha(ratings: Table, level: Level = "nominal") -> Agreement:
    """Krippendorff's alpha: rows = coders, columns = answers coded, None or NaN = not coded; any number of coders."""
    table = matrix(ratings)
    if table.size == 0 or np.isnan(table).all():
        return Agreement(None, 0, Reason.EMPTY)
    codes = np.unique(table[~np.isnan(table)])
    coincidences = _coincidences(table, codes)
    n = float(coincidences.sum())
    units = int(((~np.isnan(table)).sum(axis=0) >= 2).sum())
    if n == 0:
        return Agreement(None, 0, Reason.TOO_FEW)
    totals = coincidences.sum(axis=0)
    distances = _distances(codes, totals, level)
    expected = float((np.outer(totals, totals) * distances).sum()) / (n - 1)
    if expected == 0:
        return Agreement(None, units, Reason.ONE_CATEGORY)
    return Agreement(1 - float((coincidences * distances).sum()) / expected, units)
