"""What pure chance would give for a segregation index, the adjusted index, and the test."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

from reports.statistics.arrays import Floats, Table, counts_table, measured
from reports.statistics.reasons import Reason
from reports.statistics.segregation import information, two_group_indices

# Of a permutation test: (k + 1)/(B + 1) needs B of 9 999 at least; the seed goes with the result.
DRAWS, SEED = 9_999, 7


def expected_dissimilarity(totals: Sequence[int], members: int) -> float | None:
    """Mean D when `members` pupils fall at random into units of these sizes, exact (hypergeometric; Winship 1977).

    None when nobody or everybody is a member.
    """
    sizes = measured(totals).astype(np.int64)
    n = int(sizes.sum())
    if not 0 <= members <= n:
        raise ValueError("0 <= members <= pupils is expected")
    if members in (0, n):
        return None
    share = members / n
    distinct, repeats = np.unique(sizes, return_counts=True)
    gaps = sum(int(k) * _mean_gap(int(size), members, n, share) for size, k in zip(distinct, repeats, strict=True))
    return float(gaps / (2 * n * share * (1 - share)))


def _mean_gap(size: int, members: int, pupils: int, share: float) -> float:
    possible = np.arange(0, size + 1)
    chances = stats.hypergeom.pmf(possible, pupils, members, size)
    return float((np.abs(possible - size * share) * chances).sum())


def expected_exposure(units: int, pupils: int) -> float | None:
    """Mean normalised exposure under chance, (U - 1)/(N - 1); None with fewer than two pupils."""
    return (units - 1) / (pupils - 1) if pupils > 1 and units > 0 else None


def expected_entropy_index(units: int, groups: int, pupils: int, entropy: float) -> float | None:
    """Approximate mean H under chance, (U - 1)(G - 1)/(2 N E); None without pupils or with one group."""
    return (units - 1) * (groups - 1) / (2 * pupils * entropy) if pupils > 0 and entropy > 0 else None


def carrington_troske(observed: float, expected: float) -> float:
    """Gap to chance, not an unbiased D: (D - E)/(1 - E) above chance, (D - E)/E below (Carrington & Troske 1997)."""
    if observed >= expected:
        return (observed - expected) / (1 - expected) if expected < 1 else 0.0
    return (observed - expected) / expected


@dataclass(frozen=True)
class AgainstChance:
    """D and normalised exposure with their chance level, adjusted values and the permutation p of D."""

    dissimilarity: float | None
    expected: float | None
    gap_to_chance: float | None
    adjusted: float | None
    p: float | None
    exposure: float | None
    exposure_expected: float | None
    exposure_adjusted: float | None
    reason: str = ""


def _dissimilarities(draws: Floats, totals: Floats, members: float) -> Floats:
    others = totals - draws
    return np.asarray(np.abs(draws / members - others / (totals.sum() - members)).sum(axis=1) / 2)


def chance_p(totals: Sequence[int], group: Sequence[int], draws: int = DRAWS, seed: int = SEED) -> float | None:
    """Share of random tables with the same margins whose D reaches the observed one, (k + 1)/(B + 1)."""
    t, x = measured(totals).astype(np.int64), measured(group).astype(np.int64)
    observed = two_group_indices(list(map(float, x)), list(map(float, t))).dissimilarity
    if observed is None:
        return None
    drawn = np.random.default_rng(seed).multivariate_hypergeometric(t, int(x.sum()), size=draws, method="marginals")
    reached = _dissimilarities(drawn.astype(float), t.astype(float), float(x.sum())) >= observed - 1e-12
    return float((reached.sum() + 1) / (draws + 1))


def allen_adjusted(totals: Sequence[int], group: Sequence[int], draws: int = 4_999, seed: int = SEED) -> float | None:
    """Bias-corrected D, 2 D - mean(D*), members and others redrawn as two multinomials (Allen et al. 2015)."""
    t, x = measured(totals).astype(np.int64), measured(group).astype(np.int64)
    observed = two_group_indices(list(map(float, x)), list(map(float, t))).dissimilarity
    if observed is None:
        return None
    members, others = int(x.sum()), int((t - x).sum())
    rng = np.random.default_rng(seed)
    first = rng.multinomial(members, x / members, size=draws) / members
    second = rng.multinomial(others, (t - x) / others, size=draws) / others
    return float(2 * observed - np.abs(first - second).sum(axis=1).mean() / 2)


def against_chance(totals: Sequence[int], group: Sequence[int], draws: int = DRAWS, seed: int = SEED) -> AgainstChance:
    """Compare the spread of a group over units (all pupils and group pupils per unit) with pure chance, fixed margins."""
    index = two_group_indices(list(map(float, group)), list(map(float, totals)))
    members = int(sum(group))
    expected = expected_dissimilarity(totals, members)
    if index.dissimilarity is None or index.normalised_exposure is None or expected is None:
        return AgainstChance(None, None, None, None, None, None, None, None, index.reason)
    chance = expected_exposure(index.units, int(index.pupils))
    adjusted = None if chance is None or chance >= 1 else (index.normalised_exposure - chance) / (1 - chance)
    return AgainstChance(
        dissimilarity=index.dissimilarity,
        expected=expected,
        gap_to_chance=carrington_troske(index.dissimilarity, expected),
        adjusted=allen_adjusted(totals, group, draws, seed),
        p=chance_p(totals, group, draws, seed),
        exposure=index.normalised_exposure,
        exposure_expected=chance,
        exposure_adjusted=adjusted,
    )


@dataclass(frozen=True)
class SegregationChange:
    """Change of M between two years split into what moved (Shapley values; they add to `change`).

    `additions` and `removals` of units, then among common units: group mix, unit sizes, and `structural`, the change of
    segregation itself. `reason` "not_converged" when the margins of one year cannot be given to the other.
    """

    before: float
    after: float
    change: float
    additions: float | None
    removals: float | None
    group_marginal: float | None
    unit_marginal: float | None
    structural: float | None
    reason: str = ""


def _with_margins(table: Floats, rows: Floats, columns: Floats) -> Floats | None:
    """Shares with these margins and this table's odds ratios; converged to 1e-10, since a loose fit can change the sign."""
    shares = table / table.sum()
    for _ in range(100_000):
        shares = shares * (rows / shares.sum(axis=1))[:, None]
        shares = shares * (columns / shares.sum(axis=0))[None, :]
        if np.abs(shares.sum(axis=1) - rows).max() < 1e-10:
            return np.asarray(shares)
    return None


def segregation_change(before: Table, after: Table, filler: float = 1e-4) -> SegregationChange:
    """Decompose M(after) - M(before); rows = the same units in both tables (a row of zeros = absent that year).

    Three-factor Shapley value over unit margin, group margin and structure (Elbers 2021, Sociol. Methods Res.), zero
    cells of common units replaced by `filler`.
    """
    first, second = counts_table(before), counts_table(after)
    if first.shape != second.shape:
        raise ValueError("the same units and groups are expected in both years")
    m1, m2 = information(first), information(second)
    if m1.m is None or m2.m is None:
        return SegregationChange(m1.m or 0.0, m2.m or 0.0, 0.0, None, None, None, None, None, Reason.EMPTY)
    units = (first.sum(axis=1) > 0) & (second.sum(axis=1) > 0)
    groups = (first[units].sum(axis=0) > 0) | (second[units].sum(axis=0) > 0)
    start, end = m1.m, m2.m
    if not units.any():
        return SegregationChange(start, end, end - start, end, -start, 0.0, 0.0, 0.0)
    common = [np.where(t[units][:, groups] > 0, t[units][:, groups], filler) for t in (first, second)]
    values = _eight_tables(common)
    if values is None:
        return SegregationChange(start, end, end - start, None, None, None, None, None, Reason.NOT_CONVERGED)
    unit, group, structure = (_shapley(values, factor) for factor in range(3))
    additions, removals = end - values[1, 1, 1], values[0, 0, 0] - start
    return SegregationChange(start, end, end - start, additions, removals, group, unit, structure)


def change_margin(before: Table, after: Table) -> float:
    """What M may move by chance between two years, at 95 %: 1.96 standard errors of the difference of two M.

    Variance of one M: that of ln(p_ug/(p_u p_g)) over N (delta method), plus 2 df/(2 N)² of the chance level itself.
    """
    return float(1.96 * np.sqrt(sum(_variance(counts_table(table)) for table in (before, after))))


def _variance(counts: Floats) -> float:
    n = float(counts.sum())
    if n == 0:
        return 0.0
    shares = counts / n
    used = shares > 0
    alone = np.outer(shares.sum(axis=1), shares.sum(axis=0))
    logs = np.log(shares[used] / alone[used])
    mean = float((shares[used] * logs).sum())
    freedom = max((counts.sum(axis=1) > 0).sum() - 1, 0) * max((counts.sum(axis=0) > 0).sum() - 1, 0)
    return float((shares[used] * logs**2).sum() - mean**2) / n + 2 * float(freedom) / (2 * n) ** 2


def _eight_tables(common: Sequence[Floats]) -> dict[tuple[int, ...], float] | None:
    shares = [table / table.sum() for table in common]
    values: dict[tuple[int, ...], float] = {}
    for key in np.ndindex(2, 2, 2):
        rows, columns = shares[key[0]].sum(axis=1), shares[key[1]].sum(axis=0)
        same = key[0] == key[1] == key[2]
        fitted = shares[key[2]] if same else _with_margins(shares[key[2]], rows, columns)
        if fitted is None:
            return None
        values[key] = information(fitted).m or 0.0
    return values


def _shapley(values: dict[tuple[int, ...], float], factor: int) -> float:
    others = [index for index in range(3) if index != factor]
    total = 0.0
    for first, second in np.ndindex(2, 2):
        low, high = [0, 0, 0], [0, 0, 0]
        low[others[0]] = high[others[0]] = first
        low[others[1]] = high[others[1]] = second
        high[factor] = 1
        total += (values[tuple(high)] - values[tuple(low)]) * (1 / 3 if first == second else 1 / 6)
    return total
