"""One yes/no question asked twice of the same people."""

from dataclasses import dataclass
from math import sqrt

from scipy import stats

from reports.statistics.arrays import Answers, Table, counts_table, pairs
from reports.statistics.proportions import Difference, normal_quantile, wilson
from reports.statistics.reasons import Reason


@dataclass(frozen=True)
class McNemar:
    """`lost` said yes then no, `gained` no then yes; p values None when nobody changed (never 0)."""

    lost: int
    gained: int
    p_exact: float | None
    p_midp: float | None
    chi2: float | None
    p_chi2: float | None
    chi2_corrected: float | None
    p_chi2_corrected: float | None
    reason: str = ""


def paired_table(before: Answers, after: Answers) -> list[list[int]]:
    """[[yes-yes, yes-no], [no-yes, no-no]] of the complete pairs of 0/1 answers; ValueError for another value."""
    first, second = pairs(before, after)
    if any(value not in (0.0, 1.0) for value in (*first, *second)):
        raise ValueError("answers are 0 or 1")
    return [[int(((first == i) & (second == j)).sum()) for j in (1, 0)] for i in (1, 0)]


def _cells(table: Table) -> tuple[int, int, int, int]:
    cells = counts_table(table)
    if cells.shape != (2, 2):
        raise ValueError("a 2 x 2 table is expected")
    a, b, c, d = (int(value) for value in cells.ravel())
    return a, b, c, d


def mcnemar(table: Table) -> McNemar:
    """McNemar from [[yes-yes, yes-no], [no-yes, no-no]], rows before, columns after; use `p_midp`.

    Source: Fagerland, Lydersen & Laake 2013, BMC Med Res Methodol 13:91 (mid-p recommended, exact for the annex).
    """
    _, lost, gained, _ = _cells(table)
    changed = lost + gained
    if changed == 0:
        return McNemar(0, 0, None, None, None, None, None, None, Reason.NO_DISCORDANT_PAIR)
    fewest = min(lost, gained)
    tail, point = float(stats.binom.cdf(fewest, changed, 0.5)), float(stats.binom.pmf(fewest, changed, 0.5))
    chi2 = (lost - gained) ** 2 / changed
    corrected = max(abs(lost - gained) - 1, 0) ** 2 / changed
    return McNemar(
        lost,
        gained,
        p_exact=min(1.0, 2 * tail),
        p_midp=min(1.0, 2 * tail - point),
        chi2=chi2,
        p_chi2=float(stats.chi2.sf(chi2, 1)),
        chi2_corrected=corrected,
        p_chi2_corrected=float(stats.chi2.sf(corrected, 1)),
    )


def bonett_price(lost: int, gained: int, n: int, conf: float = 0.95) -> Difference:
    """(gained - lost) / n pairs with the adjusted Wald interval of Bonett & Price 2012, J Educ Behav Stat 37:479-488.

    Also the interval of the net improvement of a Likert item. Reason "empty" when n == 0.
    """
    if not (lost >= 0 and gained >= 0 and lost + gained <= n):
        raise ValueError("changes are known, not negative, and no more than the pairs")
    if n == 0:
        return Difference(None, None, None, Reason.EMPTY)
    p12, p21 = (lost + 1) / (n + 2), (gained + 1) / (n + 2)
    centre = p21 - p12
    half = normal_quantile(conf) * sqrt(max(p12 + p21 - centre**2, 0.0) / (n + 2))
    return Difference((gained - lost) / n, max(centre - half, -1.0), min(centre + half, 1.0))


def newcombe_paired(table: Table, conf: float = 0.95) -> Difference:
    """Share after minus share before with Newcombe's score interval for pairs (1998, Statist. Med. 17:2635-2650, method 10)."""
    a, b, c, d = _cells(table)
    n = a + b + c + d
    before, after = wilson(a + b, n, conf), wilson(a + c, n, conf)
    if before is None or after is None:
        return Difference(None, None, None, Reason.EMPTY)
    p_before, p_after = (a + b) / n, (a + c) / n
    phi = _corrected_phi(a, b, c, d)
    low = _spread(p_after - after[0], before[1] - p_before, phi)
    high = _spread(after[1] - p_after, p_before - before[0], phi)
    gap = p_after - p_before
    return Difference(gap, max(gap - low, -1.0), min(gap + high, 1.0))


def _spread(one: float, other: float, phi: float) -> float:
    return sqrt(max(one**2 - 2 * phi * one * other + other**2, 0.0))


def _corrected_phi(a: int, b: int, c: int, d: int) -> float:
    margins = (a + b) * (c + d) * (a + c) * (b + d)
    if margins == 0:
        return 0.0
    product = float(a * d - b * c)
    if product > 0:
        product = max(product - (a + b + c + d) / 2, 0.0)
    return product / sqrt(margins)
