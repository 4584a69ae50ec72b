"""How unevenly pupils of different groups are spread over schools or classes: indices and exact decompositions."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from reports.statistics.arrays import Floats, Table, counts_table, measured
from reports.statistics.reasons import Reason


@dataclass(frozen=True)
class TwoGroups:
    """Indices of one group among all pupils; all None with a reason when nobody or everybody belongs to the group.

    `exposure_group` (xPx) and `exposure_others` (yPx) are shares of group peers met by a group pupil and by another one;
    their difference is `normalised_exposure` (Ly & Riegert).
    """

    units: int
    pupils: float
    share: float | None
    dissimilarity: float | None
    gini: float | None
    atkinson: float | None
    exposure_group: float | None
    exposure_others: float | None
    normalised_exposure: float | None
    reason: str = ""


def _two(group: Sequence[float], total: Sequence[float]) -> tuple[Floats, Floats]:
    x, t = measured(group), measured(total)
    if x.shape != t.shape:
        raise ValueError("one group count per unit is expected")
    if (x > t).any():
        raise ValueError("0 <= group <= total is expected in every unit")
    return x[t > 0], t[t > 0]


def two_group_indices(group: Sequence[float], total: Sequence[float], atkinson_shape: float = 0.5) -> TwoGroups:
    """Pupils of the group and all pupils per unit (school, class, sector); empty units are ignored.

    Sources: Duncan & Duncan 1955 (D), James & Taeuber 1985 (Gini, Atkinson), Massey & Denton 1988 (exposure).
    """
    x, t = _two(group, total)
    n, members = float(t.sum()), float(x.sum())
    if n == 0 or members in (0.0, n):
        reason = Reason.EMPTY if n == 0 else Reason.ONE_GROUP
        return TwoGroups(len(t), n, members / n if n else None, None, None, None, None, None, None, reason)
    others, p, share = t - x, x / t, members / n
    exposure_group = float((x / members * p).sum())
    exposure_others = float((others / (n - members) * p).sum())
    gaps = np.abs(p[:, None] - p[None, :]) * np.outer(t, t)
    b = atkinson_shape
    mixed = float(((1 - p) ** (1 - b) * p**b * t).sum()) / (share * n)
    return TwoGroups(
        units=len(t),
        pupils=n,
        share=share,
        dissimilarity=float(np.abs(x / members - others / (n - members)).sum()) / 2,
        gini=float(gaps.sum()) / (2 * n**2 * share * (1 - share)),
        atkinson=1 - share / (1 - share) * mixed ** (1 / (1 - b)),
        exposure_group=exposure_group,
        exposure_others=exposure_others,
        normalised_exposure=exposure_group - exposure_others,
    )


def entropy(counts: Sequence[float] | Floats) -> float:
    """Shannon entropy (natural log) of counts or shares; 0 for one group or none."""
    values = measured(counts)
    shares = values[values > 0] / values.sum() if values.sum() > 0 else values[:0]
    return max(-float((shares * np.log(shares)).sum()), 0.0)


@dataclass(frozen=True)
class Information:
    """Mutual information M (nats), group entropy E and Theil's H = M / E (None when there is one group only)."""

    m: float | None
    h: float | None
    entropy: float
    pupils: float
    reason: str = ""


def information(table: Table) -> Information:
    """M and H of pupils by unit (rows) and group (columns); DEPP's "indice d'entropie" is H on four PCS groups."""
    counts = counts_table(table)
    n = float(counts.sum())
    if n == 0:
        return Information(None, None, 0.0, 0.0, Reason.EMPTY)
    groups = entropy(counts.sum(axis=0))
    m = max(groups + entropy(counts.sum(axis=1)) - entropy(counts.ravel()), 0.0)
    if groups < 1e-12:
        return Information(0.0, None, 0.0, n, Reason.ONE_GROUP)
    return Information(m, m / groups, groups, n)


@dataclass(frozen=True)
class LocalUnit:
    """One unit's own segregation score, its share of pupils, and its contribution to M (their product)."""

    share: float
    score: float
    contribution: float


def local_segregation(table: Table) -> list[LocalUnit | None]:
    """Per row, divergence between its group mix and the territory's; None for an empty row (Alonso-Villar & Del Río 2010)."""
    counts = counts_table(table)
    if counts.sum() == 0:
        return [None] * len(counts)
    overall = counts.sum(axis=0) / counts.sum()
    result: list[LocalUnit | None] = []
    for row in counts:
        if row.sum() == 0:
            result.append(None)
            continue
        mix = row / row.sum()
        used = mix > 0
        score = max(float((mix[used] * np.log(mix[used] / overall[used])).sum()), 0.0)
        share = float(row.sum() / counts.sum())
        result.append(LocalUnit(share, score, share * score))
    return result


@dataclass(frozen=True)
class Part:
    """One superunit (state, sector, school): share of pupils, own M and H, entropy over the territory's, contribution to H in %."""

    share: float
    m: float
    h: float | None
    entropy_ratio: float
    contribution_percent: float | None


@dataclass(frozen=True)
class Decomposition:
    """Total = between superunits + within them, for M and for H; `parts` in the order of `names`."""

    total: Information
    m_between: float | None
    m_within: float | None
    h_between: float | None
    h_within: float | None
    between_percent: float | None
    names: tuple[str, ...]
    parts: tuple[Part, ...]
    reason: str = ""


def decompose(table: Table, superunits: Sequence[str]) -> Decomposition:
    """Split M and H of a table (rows = units) between and within superunits, one name per row.

    M = M_between + Σ w_s M_s; H = H_between + Σ w_s (E_s/E) H_s (Mora & Ruiz-Castillo 2011).
    """
    counts = counts_table(table)
    if len(superunits) != len(counts):
        raise ValueError("one superunit per row is expected")
    total = information(counts)
    if total.m is None or total.h is None:
        return Decomposition(total, None, None, None, None, None, (), (), total.reason)
    owners = np.asarray(superunits)
    names = [name for name in dict.fromkeys(superunits) if counts[owners == name].sum() > 0]
    blocks = [counts[owners == name] for name in names]
    between = information(np.array([block.sum(axis=0) for block in blocks]))
    parts = tuple(_part(block, total) for block in blocks)
    m_between, h_between = between.m or 0.0, between.h or 0.0
    return Decomposition(
        total=total,
        m_between=m_between,
        m_within=sum(part.share * part.m for part in parts),
        h_between=h_between,
        h_within=sum(part.share * part.entropy_ratio * (part.h or 0.0) for part in parts),
        between_percent=100 * h_between / total.h if total.h > 1e-12 else None,
        names=tuple(names),
        parts=parts,
    )


def _part(block: Floats, total: Information) -> Part:
    own = information(block)
    share, ratio = own.pupils / total.pupils, own.entropy / total.entropy
    weight = 100 * share * ratio * (own.h or 0.0)
    contribution = weight / total.h if total.h and total.h > 1e-12 else None
    return Part(share, own.m or 0.0, own.h, ratio, contribution)


def nested_contributions(
    people: pd.DataFrame, levels: Sequence[str], group: str, count: str
) -> dict[str, tuple[float, float]] | None:
    """(M, H) added by each level, outermost first ("state", "district", "school"), from one row per unit and group.

    The parts add to the total; H parts are M parts over the territory's entropy. None without pupils or with one group.
    """
    known = [information(_crossed(people, levels[: depth + 1], group, count)) for depth in range(len(levels))]
    if not known or known[-1].h is None:
        return None
    added: dict[str, tuple[float, float]] = {}
    passed = 0.0
    for level, info in zip(levels, known, strict=True):
        reached = info.m or 0.0
        added[level] = (reached - passed, (reached - passed) / info.entropy)
        passed = reached
    return added


def _crossed(people: pd.DataFrame, units: Sequence[str], group: str, count: str) -> Floats:
    wide = people.groupby([*units, group], observed=True)[count].sum().unstack(fill_value=0)
    return np.asarray(wide.to_numpy(), dtype=float)


@dataclass(frozen=True)
class SectorIndex:
    """A territory's H rebuilt from its sectors: overall mix (shares), between-sector H, each contribution in %."""

    mix: tuple[float, ...]
    h: float | None
    h_between: float | None
    contributions: tuple[float, ...]
    contribution_between: float | None
    reason: str = ""


def sector_index(
    weights: Sequence[float], mixes: Sequence[Sequence[float]], within: Sequence[float | None]
) -> SectorIndex:
    """Recompose DEPP's entropy index from sectors (public, private): weights, group mix of each, own H (None if undefined).

    Weights and mixes may be shares or percentages; H_between = 1 - Σ w_s E_s / E; contribution of s = w_s E_s H_s / (E H).
    """
    w, table = measured(weights), counts_table(mixes)
    if not len(w) == len(table) == len(within):
        raise ValueError("one weight, one mix and one index per sector are expected")
    if w.sum() == 0 or (table[w > 0].sum(axis=1) == 0).any():
        return SectorIndex((), None, None, (), None, Reason.EMPTY)
    w, table, own = w[w > 0] / w.sum(), table[w > 0], [h for h, weight in zip(within, w, strict=True) if weight > 0]
    shares = table / table.sum(axis=1, keepdims=True)
    mix = tuple(float(value) for value in w @ shares)
    total = entropy(mix)
    if total < 1e-12:
        return SectorIndex(mix, None, None, (), None, Reason.ONE_GROUP)
    ratios = np.array([entropy(row) / total for row in shares])
    inside = w * ratios * np.array([h or 0.0 for h in own])
    between = max(1 - float(w @ ratios), 0.0)
    h = between + float(inside.sum())
    if h < 1e-15:
        return SectorIndex(mix, 0.0, 0.0, (), None, Reason.CONSTANT)
    return SectorIndex(mix, h, between, tuple(float(100 * v / h) for v in inside), 100 * between / h)


@dataclass(frozen=True)
class ExposureByLevel:
    """Normalised exposure of classes = between schools + within schools."""

    classes: float | None
    between_schools: float | None
    within_schools: float | None
    reason: str = ""


def exposure_by_level(schools: Sequence[str], group: Sequence[float], total: Sequence[float]) -> ExposureByLevel:
    """Split the normalised exposure between classes (one school name, group count and total per class)."""
    frame = pd.DataFrame({"school": list(schools), "group": list(group), "total": list(total)})
    classes = two_group_indices(group, total)
    summed = frame.groupby("school")[["group", "total"]].sum()
    between = two_group_indices(list(summed["group"]), list(summed["total"]))
    if classes.normalised_exposure is None or between.normalised_exposure is None:
        return ExposureByLevel(None, None, None, classes.reason)
    inside = classes.normalised_exposure - between.normalised_exposure
    return ExposureByLevel(classes.normalised_exposure, between.normalised_exposure, inside)
