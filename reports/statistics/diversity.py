"""How varied the partners are, and how concentrated the activity is."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log

import numpy as np

from reports.statistics.arrays import measured
from reports.statistics.reasons import Reason


@dataclass(frozen=True)
class Diversity:
    """Indices of the types observed (at least one organisation).

    `inverse_simpson` and `hill1` are equivalent numbers of types; `simpson` is Gini-Simpson = Blau in 0..1;
    `pielou` and `blau_normalised` are None with a single type, `simpson_unbiased` with fewer than two organisations.
    """

    n: int
    types: int
    shannon: float | None
    simpson: float | None
    inverse_simpson: float | None
    hill1: float | None
    pielou: float | None
    simpson_unbiased: float | None
    blau_normalised: float | None
    reason: str = ""


def diversity(counts: Sequence[int]) -> Diversity:
    """Diversity from the number of organisations of each type; types with 0 are not observed (Hill 1973, natural log)."""
    values = measured(counts)
    observed, n = values[values > 0], int(values.sum())
    if n == 0:
        return Diversity(0, 0, None, None, None, None, None, None, None, Reason.EMPTY)
    shares = observed / n
    types, concentration = len(observed), float((shares**2).sum())
    shannon = max(-float((shares * np.log(shares)).sum()), 0.0)
    return Diversity(
        n=n,
        types=types,
        shannon=shannon,
        simpson=1 - concentration,
        inverse_simpson=1 / concentration,
        hill1=exp(shannon),
        pielou=shannon / log(types) if types > 1 else None,
        simpson_unbiased=1 - float((observed * (observed - 1)).sum()) / (n * (n - 1)) if n > 1 else None,
        blau_normalised=(1 - concentration) / (1 - 1 / types) if types > 1 else None,
        reason="" if types > 1 else Reason.ONE_CATEGORY,
    )


def representation(counts: Sequence[int], target: Sequence[float]) -> list[float | None]:
    """Share observed over share wanted, type by type: 0 = absent, above 1 = over-represented, None = not in the target."""
    values, wanted = measured(counts), measured(target)
    if len(values) != len(wanted):
        raise ValueError("one target share per type is expected")
    if values.sum() == 0 or wanted.sum() == 0:
        return [None] * len(values)
    shares, goals = values / values.sum(), wanted / wanted.sum()
    return [float(share / goal) if goal > 0 else None for share, goal in zip(shares, goals, strict=True)]


def top_share(counts: Sequence[int], sites: int = 3) -> float | None:
    """Share of all acts made by the `sites` busiest sites; None without any act."""
    values = measured(counts)
    return float(np.sort(values)[::-1][:sites].sum() / values.sum()) if values.sum() else None


def gini(counts: Sequence[float]) -> float | None:
    """Gini coefficient of acts over sites, 0 = equal, (n-1)/n = all in one; None without any act."""
    values = np.sort(measured(counts))
    n = len(values)
    if n == 0 or values.sum() == 0:
        return None
    return float((2 * np.arange(1, n + 1) - n - 1) @ values / (n * values.sum()))
