"""Answers on ordered levels, one wave: distribution, top levels, median level, scale score, NPS-like score."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import pandas as pd

from reports.statistics.arrays import Answers, known
from reports.statistics.proportions import normal_quantile
from reports.statistics.reasons import Reason

NPS_ADJUSTED_BELOW = 30


def level_counts(answers: Answers, levels: Sequence[int]) -> dict[int, int]:
    """People per level in the order given, levels nobody chose included; ValueError for an answer outside the levels."""
    values = known(answers)
    counts = {level: int((values == level).sum()) for level in levels}
    if sum(counts.values()) != len(values):
        raise ValueError("an answer lies outside the levels")
    return counts


def top_two(counts: Mapping[int, int]) -> tuple[int, int]:
    """(people on the two highest levels, people who answered) of a scale given with all its levels."""
    return top_levels(counts, 2)


def top_levels(counts: Mapping[int, int], levels: int) -> tuple[int, int]:
    """(people on the `levels` highest levels, people who answered); ValueError unless 1 <= levels < scale length."""
    if not 1 <= levels < len(counts):
        raise ValueError("the top levels are fewer than the levels of the scale")
    highest = sorted(counts)[-levels:]
    return sum(counts[level] for level in highest), sum(counts.values())


def median_level(counts: Mapping[int, int]) -> float | None:
    """Median level; halfway (3.5) when the two middle people chose different levels; None without any answer."""
    people = sum(counts.values())
    if people == 0:
        return None
    return (_level_of(counts, (people - 1) // 2) + _level_of(counts, people // 2)) / 2


def _level_of(counts: Mapping[int, int], rank: int) -> int:
    passed = 0
    for level in sorted(counts):
        passed += counts[level]
        if rank < passed:
            return level
    raise ValueError("rank beyond the answers")


def scale_scores(
    items: pd.DataFrame,
    reversed_items: Sequence[str] = (),
    lowest: int = 1,
    highest: int = 5,
    answered_share: float = 2 / 3,
) -> pd.Series:
    """Mean of each person's items (rows = people), reverse-coded first; missing when fewer than 2/3 were answered."""
    unknown = set(reversed_items) - set(items.columns)
    if unknown:
        raise ValueError("a reversed item is not among the items")
    values = items.astype(float)
    for item in reversed_items:
        values[item] = lowest + highest - values[item]
    if ((values < lowest) | (values > highest)).to_numpy().any():
        raise ValueError("an answer lies outside the levels")
    answered = values.notna().sum(axis=1)
    enough = answered >= answered_share * values.shape[1] - 1e-9
    scores: pd.Series = values.mean(axis=1).where(enough & (answered > 0))
    return scores


@dataclass(frozen=True)
class NetPromoter:
    """Share of 9-10 minus share of 0-6, in points (-100..100), with plain and adjusted Wald bounds.

    `low`/`high` are the adjusted bounds below 30 answers, the plain ones from 30 on.
    """

    value: float | None
    se: float | None
    wald_low: float | None
    wald_high: float | None
    adjusted_low: float | None
    adjusted_high: float | None
    n: int
    reason: str = ""

    @property
    def low(self) -> float | None:
        return self.adjusted_low if self.n < NPS_ADJUSTED_BELOW else self.wald_low

    @property
    def high(self) -> float | None:
        return self.adjusted_high if self.n < NPS_ADJUSTED_BELOW else self.wald_high


def net_promoter(counts_0_to_10: Sequence[int], conf: float = 0.95) -> NetPromoter:
    """NPS-like score of a true 0-10 scale from the eleven counts; the adjusted interval adds one person per class.

    Source: Rocks 2016. ValueError unless eleven counts, none negative: a five-point scale has no NPS.
    """
    if len(counts_0_to_10) != 11 or min(counts_0_to_10) < 0:
        raise ValueError("eleven counts, from 0 to 10, are expected")
    low, middle, high = sum(counts_0_to_10[:7]), sum(counts_0_to_10[7:9]), sum(counts_0_to_10[9:])
    return net_promoter_of_classes(high, middle, low, conf)


def net_promoter_of_classes(promoters: int, passives: int, detractors: int, conf: float = 0.95) -> NetPromoter:
    """The same from the three classes."""
    if min(promoters, passives, detractors) < 0:
        raise ValueError("counts cannot be negative")
    n = promoters + passives + detractors
    if n == 0:
        return NetPromoter(None, None, None, None, None, None, 0, Reason.EMPTY)
    z = normal_quantile(conf)
    value, se = _net_score(promoters, detractors, n)
    adjusted, adjusted_se = _net_score(promoters + 1, detractors + 1, n + 3)
    return NetPromoter(
        value=value,
        se=se,
        wald_low=max(value - z * se, -100.0),
        wald_high=min(value + z * se, 100.0),
        adjusted_low=max(adjusted - z * adjusted_se, -100.0),
        adjusted_high=min(adjusted + z * adjusted_se, 100.0),
        n=n,
    )


def _net_score(promoters: float, detractors: float, n: float) -> tuple[float, float]:
    p, d = promoters / n, detractors / n
    return 100 * (p - d), 100 * sqrt(max(p + d - (p - d) ** 2, 0.0) / n)
