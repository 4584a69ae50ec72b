"""Paired ordered answers: who goes up or down, sign-flip Wilcoxon, rank-biserial, Hodges-Lehmann."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import atanh, sqrt, tanh
from typing import Literal

import numpy as np
from scipy import stats

from reports.statistics.arrays import Answers, Floats, known, pairs
from reports.statistics.paired_binary import bonett_price
from reports.statistics.proportions import Difference, Interval, normal_quantile
from reports.statistics.reasons import Reason

Zeros = Literal["pratt", "wilcox", "zsplit"]
EXACT_LIMIT = 300


@dataclass(frozen=True)
class SignFlip:
    """Sums of ranks up and down, and two-sided p values; all p None when nobody changed.

    `p_midp` is the one to show; beyond 300 changes exact and mid-p are None and `p_normal` is used.
    """

    w_plus: float
    w_minus: float
    n: int
    zeros: int
    p_midp: float | None
    p_exact: float | None
    p_normal: float | None
    p_normal_corrected: float | None
    reason: str = ""

    @property
    def statistic(self) -> float:
        return min(self.w_plus, self.w_minus)

    @property
    def p(self) -> float | None:
        return self.p_normal if self.p_midp is None else self.p_midp


def _rounded(differences: Answers) -> Floats:
    """Differences with their floating noise removed, so that equal changes tie (0.3 - 0.2 and 0.2 - 0.1)."""
    return np.round(known(differences), 10)


def _signed_ranks(differences: Floats, zeros: Zeros) -> tuple[Floats, Floats]:
    kept = differences[differences != 0] if zeros == "wilcox" else differences
    return np.asarray(stats.rankdata(np.abs(kept)), dtype=float), kept


def _null_distribution(ranks: Floats) -> Floats:
    """Probabilities of twice the sum of positive ranks when every sign is a fair coin, by convolution."""
    doubled = np.rint(2 * ranks).astype(int)
    chances = np.zeros(int(doubled.sum()) + 1)
    chances[0] = 1.0
    reached = 0
    for step in doubled:
        reached += step
        moved = chances[: reached + 1].copy()
        moved[step:] += chances[: reached + 1 - step]
        chances[: reached + 1] = moved / 2
    return chances


def _flip_p(ranks: Floats, w_plus: float) -> tuple[float, float]:
    chances = _null_distribution(ranks)
    observed = round(2 * w_plus)
    below, point = float(chances[: observed + 1].sum()), float(chances[observed])
    tail = min(below, float(chances[observed:].sum()))
    return min(1.0, 2 * tail), min(1.0, 2 * tail - point)


def sign_flip(differences: Answers, zeros: Zeros = "pratt") -> SignFlip:
    """Wilcoxon signed-rank test on differences (after - before; missing dropped), exact by convolution over mid-ranks.

    "pratt" ranks the zeros and drops only their signs; "wilcox" drops them; "zsplit" shares their ranks (normal p only).
    Source: Pratt 1959; mid-p for the sizes met here (STATISTICS 0.3).
    """
    values = _rounded(differences)
    ranks, kept = _signed_ranks(values, zeros)
    up, down, still = kept > 0, kept < 0, kept == 0
    w_plus, w_minus = float(ranks[up].sum()), float(ranks[down].sum())
    unchanged = int((values == 0).sum())
    if unchanged == len(values):
        reason = Reason.NO_CHANGE if len(values) else Reason.EMPTY
        return SignFlip(0.0, 0.0, len(values), unchanged, None, None, None, None, reason)
    if zeros == "zsplit":
        shared = float(ranks[still].sum()) / 2
        w_plus, w_minus = w_plus + shared, w_minus + shared
        variance = float((ranks**2).sum()) / 4
    else:
        variance = float((ranks[~still] ** 2).sum()) / 4
    gap = (w_plus - w_minus) / 2
    plain, corrected = _normal_p(gap, variance), _normal_p(max(abs(gap) - 0.5, 0.0), variance)
    if zeros == "zsplit" or int((~still).sum()) > EXACT_LIMIT:
        return SignFlip(w_plus, w_minus, len(values), unchanged, None, None, plain, corrected)
    exact, midp = _flip_p(ranks[~still], w_plus)
    return SignFlip(w_plus, w_minus, len(values), unchanged, midp, exact, plain, corrected)


def _normal_p(gap: float, variance: float) -> float:
    return min(1.0, 2 * float(stats.norm.sf(abs(gap) / sqrt(variance))))


def rank_biserial(differences: Answers, zeros: Zeros = "pratt", conf: float = 0.95) -> Difference:
    """(W+ - W-) / (W+ + W-) in -1..1; bounds by atanh, None at exactly -1 or 1 (easystats/effectsize; error biased low)."""
    values = _rounded(differences)
    ranks, kept = _signed_ranks(values, zeros)
    up, down = float(ranks[kept > 0].sum()), float(ranks[kept < 0].sum())
    if up + down == 0:
        return Difference(None, None, None, Reason.NO_CHANGE if len(values) else Reason.EMPTY)
    r, n = (up - down) / (up + down), len(kept)
    if abs(r) == 1:
        return Difference(r, None, None)
    error = sqrt((2 * n**3 + 3 * n**2 + n) / 6) / ((n**2 + n) / 2)
    shift = normal_quantile(conf) * error
    return Difference(r, tanh(atanh(r) - shift), tanh(atanh(r) + shift))


def sign_test_p(differences: Answers) -> float | None:
    """Exact two-sided sign test on the non-zero differences; None when nobody changed."""
    values = _rounded(differences)
    up, changed = int((values > 0).sum()), int((values != 0).sum())
    return float(stats.binomtest(up, changed, 0.5).pvalue) if changed else None


@dataclass(frozen=True)
class Shift:
    """A Hodges-Lehmann estimate in the unit of the data, its interval and the confidence this interval really has."""

    value: float | None
    low: float | None
    high: float | None
    achieved: float | None
    reason: str = ""


def ordered_interval(ordered: Floats, null: Floats, conf: float) -> tuple[Interval, float]:
    """Order-statistic interval of sorted contrasts from the null probabilities of their rank, with achieved confidence.

    The widest one when the sample is too small to reach `conf` (as R's wilcox.test).
    """
    cumulated = np.cumsum(null)
    cut = max(int(np.searchsorted(cumulated, (1 - conf) / 2)), 1)
    achieved = 1 - 2 * float(cumulated[cut - 1])
    return (float(ordered[cut - 1]), float(ordered[len(ordered) - cut])), achieved


def normal_null(contrasts: int, variance: float) -> Floats:
    """Chances of the ranks 0 to `contrasts` of a symmetric statistic by the normal law, where the exact one takes too long."""
    edges = (np.arange(contrasts + 2) - 0.5 - contrasts / 2) / sqrt(variance)
    return np.asarray(np.diff(stats.norm.cdf(edges)))


def hodges_lehmann(differences: Answers, conf: float = 0.95) -> Shift:
    """Median of the Walsh averages (d_i + d_j) / 2, for scale scores; one difference has no interval (Hodges & Lehmann
    1963). Beyond 300 differences the rank of its bounds comes from the normal law."""
    values = known(differences)
    if len(values) == 0:
        return Shift(None, None, None, None, Reason.EMPTY)
    rows, columns = np.triu_indices(len(values))
    walsh = np.sort((values[rows] + values[columns]) / 2)
    if len(values) == 1:
        return Shift(float(walsh[0]), None, None, None, Reason.TOO_FEW)
    n = len(values)
    null = (
        _null_distribution(np.arange(1.0, n + 1))[::2]
        if n <= EXACT_LIMIT
        else normal_null(len(walsh), n * (n + 1) * (2 * n + 1) / 24)
    )
    (low, high), achieved = ordered_interval(walsh, null, conf)
    return Shift(float(np.median(walsh)), low, high, achieved)


def common_language(first: Answers, second: Answers) -> float | None:
    """Chance that a value of `first` exceeds one of `second`, ties counting one half; None when one is empty (Vargha & Delaney)."""
    x, y = known(first), known(second)
    if not len(x) or not len(y):
        return None
    signs = np.sign(x[:, None] - y[None, :])
    return float((signs.mean() + 1) / 2)


@dataclass(frozen=True)
class LikertChange:
    """One ordered item asked twice: people who answer higher, the same or lower among complete pairs.

    `net` is (up - down) / pairs with its Bonett-Price interval. Unpaired answers are counted, never compared.
    """

    n_before: int
    n_after: int
    pairs: int
    up: int
    unchanged: int
    down: int
    net: Difference
    test: SignFlip
    effect: Difference
    reason: str = ""


def likert_change(before: Answers, after: Answers, conf: float = 0.95) -> LikertChange:
    """Describe the change of one item; same index = same person, None = missing. ValueError when lengths differ."""
    first, second = pairs(before, after)
    change = np.round(second - first, 10)
    up, down = int((change > 0).sum()), int((change < 0).sum())
    return LikertChange(
        n_before=len(known(before)),
        n_after=len(known(after)),
        pairs=len(change),
        up=up,
        unchanged=len(change) - up - down,
        down=down,
        net=bonett_price(down, up, len(change), conf),
        test=sign_flip(change),
        effect=rank_biserial(change, conf=conf),
        reason=Reason.EMPTY if len(change) == 0 else Reason.NO_CHANGE if up + down == 0 else "",
    )


def pairwise_sign_flips(waves: Sequence[Answers]) -> dict[tuple[int, int], SignFlip]:
    """Sign-flip tests of each later wave against each earlier one (unadjusted: apply Holm)."""
    tests: dict[tuple[int, int], SignFlip] = {}
    for later in range(len(waves)):
        for earlier in range(later):
            first, second = pairs(waves[earlier], waves[later])
            tests[earlier, later] = sign_flip(second - first)
    return tests
