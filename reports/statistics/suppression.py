"""Hiding cells of a table of counts so that published margins do not give them back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np
import numpy.typing as npt
from scipy import optimize

from reports.statistics.arrays import Floats, Table, counts_table
from reports.statistics.proportions import Interval
from reports.statistics.reasons import Reason

Cell = tuple[int, int]
Mask = npt.NDArray[np.bool_]
SEARCH_LIMIT = 12_000


def primary_cells(table: Table, threshold: int, zeros: bool = False) -> Mask:
    """Cells from 1 to threshold - 1 (and 0 when `zeros`, for a sensitive trait)."""
    counts = counts_table(table)
    return (counts < threshold) & (zeros | (counts > 0))


def attacker_intervals(table: Table, hidden: Mask) -> dict[Cell, Interval]:
    """What row and column totals still tell of each hidden cell: smallest and largest value by linear programme.

    Margins are published, cells not negative; every hidden cell gets [low, high], equal when it is recovered exactly.
    """
    return dict(_intervals(counts_table(table), hidden, hidden))


def _intervals(counts: Floats, hidden: Mask, wanted: Mask) -> Iterator[tuple[Cell, Interval]]:
    if hidden.shape != counts.shape:
        raise ValueError("one mark per cell is expected")
    cells = _listed(hidden)
    if not cells:
        return
    equalities, totals = _margins(counts, cells)
    for place, cell in enumerate(cells):
        if wanted[cell]:
            aim = np.zeros(len(cells))
            aim[place] = 1.0
            low, high = (_optimum(sign * aim, equalities, totals) for sign in (1.0, -1.0))
            yield cell, (round(low, 9), round(-high, 9))


def _margins(counts: Floats, cells: Sequence[Cell]) -> tuple[Floats, Floats]:
    rows, columns = sorted({i for i, _ in cells}), sorted({j for _, j in cells})
    matrix = np.array(
        [[float(cell[0] == i) for cell in cells] for i in rows]
        + [[float(cell[1] == j) for cell in cells] for j in columns]
    )
    values = np.array([counts[cell] for cell in cells])
    return matrix, np.asarray(matrix @ values)


def _optimum(aim: Floats, equalities: Floats, totals: Floats) -> float:
    found = optimize.linprog(aim, A_eq=equalities, b_eq=totals, bounds=(0, None), method="highs")
    if found.status != 0 or found.fun is None:
        raise ValueError("the margins of the table cannot be satisfied")
    return float(found.fun)


def is_safe(table: Table, hidden: Mask, primary: Mask, threshold: int) -> bool:
    """True when the attacker's interval of every primary cell is at least `threshold` wide."""
    found = _intervals(counts_table(table), hidden, primary)
    return all(high - low >= threshold - 1e-9 for _, (low, high) in found)


@dataclass(frozen=True)
class Suppression:
    """Which cells to hide. `secondary` protects `primary`; `safe` false means that margins must go too: publish nothing."""

    hidden: Mask
    primary: tuple[Cell, ...]
    secondary: tuple[Cell, ...]
    secondary_total: int
    safe: bool
    reason: str = ""


def suppress_two_way(table: Table, threshold: int = 5, zeros: bool = False) -> Suppression:
    """Fewest secondary cells, then the smallest total count, for a two-way table whose margins are published.

    Exhaustive for small tables, rectangle by rectangle for larger ones; the pattern kept always passes the audit.
    """
    counts = counts_table(table)
    primary = primary_cells(counts, threshold, zeros)
    if not primary.any():
        return Suppression(primary, (), (), 0, True, "" if counts.sum() else Reason.EMPTY)
    hidden = _smallest_pattern(counts, primary, threshold)
    if hidden is None:
        hidden = _rectangles(counts, primary, threshold)
    safe = is_safe(counts, hidden, primary, threshold)
    if not safe:
        hidden = np.ones_like(primary)
        safe = is_safe(counts, hidden, primary, threshold)
    extra = hidden & ~primary
    return Suppression(hidden, _listed(primary), _listed(extra), int(counts[extra].sum()), safe)


def _listed(mask: Mask) -> tuple[Cell, ...]:
    return tuple((int(i), int(j)) for i, j in np.argwhere(mask))


def _smallest_pattern(counts: Floats, primary: Mask, threshold: int) -> Mask | None:
    candidates = [(int(i), int(j)) for i, j in np.argwhere(~primary & (counts > 0))]
    for size in range(len(candidates) + 1):
        if comb(len(candidates), size) > SEARCH_LIMIT:
            return None
        for chosen in sorted(combinations(candidates, size), key=lambda cells: sum(counts[cell] for cell in cells)):
            hidden = primary.copy()
            for cell in chosen:
                hidden[cell] = True
            if _plausible(hidden, primary) and is_safe(counts, hidden, primary, threshold):
                return hidden
    return None


def _plausible(hidden: Mask, primary: Mask) -> bool:
    """Every line with a primary cell hides at least two: a cheap necessary condition before the linear programmes."""
    rows, columns = hidden.sum(axis=1), hidden.sum(axis=0)
    return bool((rows[primary.any(axis=1)] >= 2).all() and (columns[primary.any(axis=0)] >= 2).all())


def _rectangles(counts: Floats, primary: Mask, threshold: int) -> Mask:
    hidden = primary.copy()
    for i, j in _listed(primary):
        best = min(_around(counts, hidden, (i, j), threshold), default=None)
        if best is None:
            return np.ones_like(primary)
        for cell in best[2]:
            hidden[cell] = True
    return hidden


def _around(counts: Floats, hidden: Mask, cell: Cell, threshold: int) -> Iterator[tuple[int, float, tuple[Cell, ...]]]:
    """Rectangles through a cell that let it move by `threshold`, with their cost: new cells, then their count."""
    i, j = cell
    for k in range(counts.shape[0]):
        for m in range(counts.shape[1]):
            if k == i or m == j:
                continue
            corners = ((i, m), (k, j), (k, m))
            room = min(counts[i, j], counts[k, m]) + min(counts[i, m], counts[k, j])
            if room >= threshold:
                new = [corner for corner in corners if not hidden[corner]]
                yield len(new), float(sum(counts[corner] for corner in new)), corners


def suppress_one_way(
    primary: Sequence[bool], vectors: Sequence[Sequence[float]], threshold: int
) -> tuple[list[bool], bool]:
    """Hide further lines of a list whose total is published, until hidden lines protect each other.

    `vectors` are the additive counts published per line (people; or people with and without the trait): hidden lines
    must be two or more and add to at least `threshold` in each, since a reader only learns that each lies between 0 and
    this sum. Returns (hidden, safe); not safe = even the total must be hidden.
    """
    if any(len(vector) != len(primary) for vector in vectors):
        raise ValueError("one count per line is expected")
    hidden = list(primary)
    by_size = sorted(range(len(hidden)), key=lambda line: (vectors[0][line] == 0, vectors[0][line], line))
    for line in by_size:
        if _protected(hidden, vectors, threshold):
            break
        hidden[line] = True
    return hidden, _protected(hidden, vectors, threshold)


def _protected(hidden: Sequence[bool], vectors: Sequence[Sequence[float]], threshold: int) -> bool:
    if not any(hidden):
        return True
    sums = [sum(count for count, hide in zip(vector, hidden, strict=True) if hide) for vector in vectors]
    return sum(hidden) >= 2 and all(total >= threshold for total in sums)
