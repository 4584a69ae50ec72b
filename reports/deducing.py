"""What a reader could work out of the hidden numbers of a whole publication, by linear programme.

The reader is given the worst: every base and every total that can be rebuilt, and what links one breakdown to another.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor

import numpy as np
from scipy import optimize

from impact.vocabulary import Sensitivity
from impact_maps.indicators import CATALOGUE
from reports.disclosure import COUNTED_UNITS, DEFAULTS, JOINT
from reports.records import Estimate

Key = tuple[str, str]
TAKEN_UP, BY_OUTCOME, PATHWAY = "pre.situations_taken_up", "pre.situations_by_outcome", "pathway"
MOTIVES, FIRST_MOTIVE = "pre.motives", "pre.first_motive"


@dataclass(frozen=True)
class Deduction:
    """A hidden number: a reader only knows that it lies between `low` and `high`; None when nothing bounds it."""

    code: str
    category: str
    label: str
    low: int
    high: int | None

    @property
    def values(self) -> float:
        """How many values it may have."""
        return float("inf") if self.high is None else self.high - self.low + 1

    @property
    def is_narrow(self) -> bool:
        """Whether fewer values are left than the threshold of this indicator."""
        sensitive = CATALOGUE[self.code].sensitivity is Sensitivity.SENSITIVE
        return self.values < (DEFAULTS.sensitive if sensitive else DEFAULTS.person)


@dataclass(frozen=True)
class _Relation:
    """`low` ≤ sum of weight × number ≤ `high`, over hidden numbers."""

    weights: Mapping[Key, float]
    low: float
    high: float


def deductions(published: Sequence[Estimate], exact: Sequence[Estimate]) -> list[Deduction]:
    """Every hidden count of people with what the rest of the publication tells of it, in the order published.

    `exact` serves to rebuild the totals that a reader may know, never to bound a number by itself.
    """
    counted = [row for row in published if _is_of_people(row)]
    hidden = [_key(row) for row in counted if row.masked]
    relations = [*_totals(counted, exact), *_links(counted)]
    labels = {_key(row): row.label for row in counted}
    return [Deduction(*key, labels[key], *_interval(key, relations)) for key in hidden]


def _is_of_people(row: Estimate) -> bool:
    return row.unit in COUNTED_UNITS and CATALOGUE[row.code].sensitivity is not Sensitivity.OPEN


def _key(row: Estimate) -> Key:
    return row.code, row.category


def _count(row: Estimate) -> float:
    if row.numerator is not None:
        return row.numerator
    return (row.value or 0) * (row.denominator or 0) if row.unit == "share" else row.value or 0


def _totals(rows: Sequence[Estimate], exact: Sequence[Estimate]) -> Iterable[_Relation]:
    """The base above each hidden number, and the sum of a breakdown that shares out its base."""
    for row in rows:
        if row.masked and row.denominator is not None:
            yield _Relation({_key(row): 1.0}, 0, row.denominator)
    for group in _breakdowns(rows):
        base = next((row.denominator for row in group if row.denominator is not None), None)
        if base is None:
            continue
        code, places = group[0].code, {part for row in group for part in row.category.split(JOINT)}
        parts = [row for row in exact if row.code == code and row.category in places]
        total = sum(_count(row) for row in parts)
        if parts and len({row.denominator for row in parts}) == 1 and total <= base:
            left = total - sum(_count(row) for row in group if not row.masked)
            weights = {_key(row): 1.0 for row in group if row.masked}
            if weights:
                yield _Relation(weights, left, left)


def _breakdowns(rows: Sequence[Estimate]) -> list[list[Estimate]]:
    """Rows of one code; the levels of one question each by themselves."""
    found: dict[tuple[str, str], list[Estimate]] = {}
    for row in rows:
        if row.category:
            question = row.category.split(JOINT)[0].rpartition("/")[0]
            found.setdefault((row.code, question), []).append(row)
    return list(found.values())


def _links(rows: Sequence[Estimate]) -> Iterable[_Relation]:
    """What one indicator says of another: the same number twice, or a part of it."""
    known = {_key(row): row for row in rows}
    yield from _between(known.get((TAKEN_UP, "")), known.get((BY_OUTCOME, PATHWAY)), equal=True)
    for (code, category), row in known.items():
        if code == FIRST_MOTIVE:
            yield from _between(row, known.get((MOTIVES, category)), equal=False)


def _between(part: Estimate | None, whole: Estimate | None, *, equal: bool) -> Iterable[_Relation]:
    """`part` ≤ `whole`, or the same number; nothing to say when both are shown."""
    if part is None or whole is None:
        return
    weights, shown = {}, 0.0
    for row, sign in ((part, 1.0), (whole, -1.0)):
        if row.masked:
            weights[_key(row)] = sign
        else:
            shown += sign * _count(row)
    if weights:
        yield _Relation(weights, -shown if equal else -np.inf, -shown)


def _interval(key: Key, relations: Sequence[_Relation]) -> tuple[int, int | None]:
    """The smallest and the largest whole number that every relation leaves."""
    used = _around(key, relations)
    names = sorted({name for relation in used for name in relation.weights} | {key})
    aim = np.array([float(name == key) for name in names])
    matrix = np.array([[relation.weights.get(name, 0.0) for name in names] for relation in used])
    bounds = optimize.LinearConstraint(matrix, [r.low for r in used], [r.high for r in used]) if used else ()
    low, high = (
        optimize.milp(sign * aim, constraints=bounds, bounds=optimize.Bounds(0, np.inf)) for sign in (1.0, -1.0)
    )
    largest = None if high.x is None else floor(-high.fun + 1e-6)
    return (0 if low.x is None else ceil(low.fun - 1e-6)), largest


def _around(key: Key, relations: Sequence[_Relation]) -> list[_Relation]:
    """The relations that reach a number, directly or through others."""
    reached, used = {key}, list[_Relation]()
    while more := [each for each in relations if each not in used and reached & set(each.weights)]:
        used += more
        reached |= {name for each in more for name in each.weights}
    return used
