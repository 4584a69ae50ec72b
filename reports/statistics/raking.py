"""Weights: adjustment to known margins and what it costs in precision."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from reports.statistics.arrays import Floats, Table, counts_table, measured
from reports.statistics.reasons import Reason

TOLERANCE = 1e-10
ROUNDS = 10_000


@dataclass(frozen=True)
class Raked:
    """A table adjusted to its margins (None with a reason when it cannot be) and the rounds it took."""

    table: Floats | None
    rounds: int
    reason: str = ""


def rake(source: Table, row_totals: Sequence[float], column_totals: Sequence[float]) -> Raked:
    """Iterative proportional fitting of a two-way table until every margin is met within 1e-10 of the total.

    Source: Deming & Stephan 1940. ValueError when the margins disagree in total or in length; reason "not_converged"
    when empty cells make them impossible.
    """
    table = counts_table(source).astype(float)
    rows, columns = measured(row_totals), measured(column_totals)
    if table.shape != (len(rows), len(columns)):
        raise ValueError("one total per row and per column is expected")
    total = float(rows.sum())
    if abs(total - float(columns.sum())) > 1e-6 * max(total, 1.0):
        raise ValueError("row and column totals disagree")
    if total == 0 or table.sum() == 0:
        return Raked(None, 0, Reason.EMPTY)
    for done in range(1, ROUNDS + 1):
        table = table * _ratio(rows, table.sum(axis=1))[:, None]
        table = table * _ratio(columns, table.sum(axis=0))[None, :]
        gap = max(np.abs(table.sum(axis=1) - rows).max(), np.abs(table.sum(axis=0) - columns).max())
        if gap <= TOLERANCE * max(total, 1.0):
            return Raked(table, done)
    return Raked(None, ROUNDS, Reason.NOT_CONVERGED)


def _ratio(wanted: Floats, found: Floats) -> Floats:
    return np.asarray(np.divide(wanted, found, out=np.zeros_like(wanted), where=found > 0))


@dataclass(frozen=True)
class Weighting:
    """One weight per person (mean 1 before trimming), their design effect 1 + cv² and effective number of people."""

    weights: tuple[float, ...]
    deff: float | None
    n_effective: float | None
    reason: str = ""


def kish_effective(weights: Sequence[float]) -> float | None:
    """(Σw)² / Σw²; None without any positive weight (Kish 1965). ValueError for a negative weight."""
    w = measured(weights)
    return float(w.sum()) ** 2 / float((w**2).sum()) if w.sum() > 0 else None


def kish_deff(weights: Sequence[float]) -> float | None:
    """Design effect n Σw² / (Σw)² = 1 + cv²; None without any positive weight."""
    effective = kish_effective(weights)
    return None if effective is None else len(weights) / effective


def rake_weights(
    people: pd.DataFrame,
    margins: Mapping[str, Mapping[str, float]],
    low: float = 0.3,
    high: float = 3.0,
) -> Weighting:
    """Weights of people (rows) so that each named column meets its known shares, trimmed to [low, high] once converged.

    `margins` gives the population share or count of each category. ValueError when a person's category has no margin;
    reason "not_converged" when a wanted category has nobody.
    """
    n = len(people)
    if n == 0:
        return Weighting((), None, None, Reason.EMPTY)
    codes, targets = _targets(people, margins)
    weights = np.ones(n)
    for _ in range(ROUNDS):
        gap = 0.0
        for code, target in zip(codes, targets, strict=True):
            found = np.bincount(code, weights=weights, minlength=len(target)) / n
            gap = max(gap, float(np.abs(found - target).max()))
            weights = weights * _ratio(target, found)[code]
        if gap <= TOLERANCE:
            trimmed = [float(w) for w in np.clip(weights, low, high)]
            return Weighting(tuple(trimmed), kish_deff(trimmed), kish_effective(trimmed))
    return Weighting((), None, None, Reason.NOT_CONVERGED)


def _targets(
    people: pd.DataFrame, margins: Mapping[str, Mapping[str, float]]
) -> tuple[list["np.ndarray[tuple[int], np.dtype[np.intp]]"], list[Floats]]:
    codes, targets = [], []
    for column, wanted in margins.items():
        names = list(wanted)
        unknown = set(people[column]) - set(names)
        if unknown or sum(wanted.values()) <= 0:
            raise ValueError(f"a category of {column} has no known margin")
        place = {name: index for index, name in enumerate(names)}
        codes.append(np.array([place[value] for value in people[column]], dtype=np.intp))
        targets.append(np.array([wanted[name] for name in names], dtype=float) / sum(wanted.values()))
    return codes, targets
