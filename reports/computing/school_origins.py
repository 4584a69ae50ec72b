"""Where pupils of disadvantaged origin go to school, and how far from the school of their sector.

Every pupil is counted: no interval. A pure chance level stands beside the indices that have one.
"""

import numpy as np
import pandas as pd

from impact.periods import Period
from reports.computing.estimating import estimate, nothing, share
from reports.computing.school_rows import GROUPS, by_level, each_year, row_of, with_origins
from reports.data import Data
from reports.records import Estimate
from reports.statistics.arrays import Floats
from reports.statistics.avoidance import social_flows
from reports.statistics.reasons import Reason
from reports.statistics.segregation import decompose, information, local_segregation, two_group_indices
from reports.statistics.segregation_chance import (
    DRAWS,
    SEED,
    against_chance,
    change_margin,
    expected_entropy_index,
    segregation_change,
)

_SECTOR = ["residents", "stayed", "residents_disadvantaged", "stayed_disadvantaged"]
# Outside these shares, D is unstable.
LEAST_SHARE, MOST_SHARE = 0.05, 0.95


def disadvantaged(data: Data, period: Period) -> list[Estimate]:
    """Pupils of disadvantaged origin, all schools together."""
    code = "schools.disadvantaged"

    def together(rows: pd.DataFrame, _: object, keys: dict[str, str]) -> list[Estimate]:
        known = with_origins(rows)
        missing = len(rows) - len(known)
        group, all_pupils = int(known["disadvantaged"].sum()), int(known[GROUPS].to_numpy().sum())
        return [share(code, group, all_pupils, missing=missing, **keys)]

    return by_level(code, data, period, together)


def disadvantaged_by_school(data: Data, period: Period) -> list[Estimate]:
    """Pupils of disadvantaged origin in each school."""
    code = "schools.disadvantaged_by_school"

    def each(rows: pd.DataFrame, _: object, keys: dict[str, str]) -> list[Estimate]:
        known = with_origins(rows)
        found = [
            share(code, int(group), int(total), **row_of(keys, str(school_id), str(name)))
            for school_id, name, group, total in zip(
                known["school_id"], known["school"], known["disadvantaged"], known[GROUPS].sum(axis=1), strict=True
            )
        ]
        return found or [nothing(code, Reason.EMPTY, **keys)]

    return by_level(code, data, period, each)


def local_by_school(data: Data, period: Period) -> list[Estimate]:
    """How far each school's part of disadvantaged pupils is from that of all schools."""
    code = "schools.local_by_school"

    def each(rows: pd.DataFrame, _: object, keys: dict[str, str]) -> list[Estimate]:
        known = with_origins(rows)
        totals, group = known[GROUPS].sum(axis=1), known["disadvantaged"]
        if len(known) < 2 or group.sum() in (0, totals.sum()):
            return [nothing(code, Reason.TOO_FEW, **keys)]
        scores = local_segregation(np.column_stack([group, totals - group]))
        return [
            estimate(code, score.score, n=int(total), **row_of(keys, str(school_id), str(name)))
            for school_id, name, total, score in zip(known["school_id"], known["school"], totals, scores, strict=True)
            if score is not None
        ]

    return by_level(code, data, period, each)


def entropy(data: Data, period: Period) -> list[Estimate]:
    """Theil's H on the four groups, with what chance alone would give."""
    return by_level("schools.entropy", data, period, lambda rows, _, keys: _entropy("schools.entropy", rows, keys))


def entropy_by_year(data: Data, period: Period) -> list[Estimate]:
    """Theil's H of each school year."""
    return each_year("schools.entropy_by_year", data, period, _entropy)


def private_share(data: Data, period: Period) -> list[Estimate]:
    """Part of H that lies between all public and all private schools."""
    code = "schools.private_share"

    def between(rows: pd.DataFrame, _: object, keys: dict[str, str]) -> list[Estimate]:
        known = with_origins(rows)
        if known["sector"].nunique() < 2:
            return [nothing(code, Reason.TOO_FEW, **keys)]
        parts = decompose(_table(known), list(known["sector"]))
        if parts.between_percent is None:
            return [nothing(code, Reason.CONSTANT, **keys)]
        return [estimate(code, parts.between_percent / 100, n=int(parts.total.pupils), **keys)]

    return by_level(code, data, period, between)


def structure_change(data: Data, period: Period) -> list[Estimate]:
    """Change of segregation since the year before, at equal composition; `effect` has M of both years."""
    code = "schools.structure_change"

    def change(rows: pd.DataFrame, earlier: pd.DataFrame, keys: dict[str, str]) -> list[Estimate]:
        now, was = with_origins(rows).set_index("school_id"), with_origins(earlier).set_index("school_id")
        if len(now) < 2 or len(was) < 2:
            return [nothing(code, Reason.TOO_FEW, **keys)]
        every = now.index.union(was.index)
        before, after = (_table(each.reindex(every)) for each in (was, now))
        found = segregation_change(before, after)
        if found.structural is None:
            return [nothing(code, Reason.TOO_FEW, **keys)]
        chance = change_margin(before, after)
        effect: dict[str, float | str] = {"name": "m", "before": found.before, "after": found.after, "chance": chance}
        pupils = int(after.sum())
        return [estimate(code, found.structural, n=pupils, effect=effect, method="shapley", **keys)]

    return by_level(code, data, period, change)


def dissimilarity(data: Data, period: Period) -> list[Estimate]:
    """Duncan's D of disadvantaged pupils, with its chance level and the permutation test."""
    code = "schools.dissimilarity"

    def index(rows: pd.DataFrame, _: object, keys: dict[str, str]) -> list[Estimate]:
        known = with_origins(rows)
        totals = [int(total) for total in known[GROUPS].sum(axis=1)]
        group = [int(number) for number in known["disadvantaged"]]
        if len(known) < 2 or not LEAST_SHARE <= sum(group) / sum(totals) <= MOST_SHARE:
            return [nothing(code, Reason.TOO_FEW, **keys)]
        found = against_chance(totals, group)
        if found.dissimilarity is None or found.expected is None or found.p is None:
            return [nothing(code, Reason.TOO_FEW, **keys)]
        effect: dict[str, float | str] = {"name": "chance", "expected": found.expected}
        test: dict[str, float | str] = {"name": "permutation", "p": found.p, "draws": DRAWS, "seed": SEED}
        return [estimate(code, found.dissimilarity, n=sum(totals), effect=effect, test=test, **keys)]

    return by_level(code, data, period, index)


def exposure(data: Data, period: Period) -> list[Estimate]:
    """Share of disadvantaged schoolmates of a disadvantaged pupil, less that of another one, in points."""
    code = "schools.exposure"

    def gap(rows: pd.DataFrame, _: object, keys: dict[str, str]) -> list[Estimate]:
        known = with_origins(rows)
        found = two_group_indices(list(known["disadvantaged"]), list(known[GROUPS].sum(axis=1)))
        if found.units < 2 or found.normalised_exposure is None:
            return [nothing(code, Reason.TOO_FEW, **keys)]
        met = {"group": found.exposure_group or 0.0, "others": found.exposure_others or 0.0}
        effect: dict[str, float | str] = {"name": "exposure", **met}
        return [estimate(code, 100 * found.normalised_exposure, n=int(found.pupils), effect=effect, **keys)]

    return by_level(code, data, period, gap)


def outside(data: Data, period: Period) -> list[Estimate]:
    """Residents of a sector who go elsewhere."""
    return _outside("schools.outside", data, period, "residents", "stayed")


def outside_disadvantaged(data: Data, period: Period) -> list[Estimate]:
    """The disadvantaged among them."""
    return _outside("schools.outside_disadvantaged", data, period, "residents_disadvantaged", "stayed_disadvantaged")


def outside_others(data: Data, period: Period) -> list[Estimate]:
    """The others among them."""
    code = "schools.outside_others"

    def others(rows: pd.DataFrame, _: object, keys: dict[str, str]) -> list[Estimate]:
        known = rows.dropna(subset=_SECTOR)
        if known.empty:
            return [nothing(code, Reason.EMPTY, **keys)]
        found = social_flows(
            _flow(known["residents_disadvantaged"], known["stayed_disadvantaged"]),
            _flow(
                known["residents"] - known["residents_disadvantaged"], known["stayed"] - known["stayed_disadvantaged"]
            ),
        ).others
        base = sum(found.residents)
        return [share(code, round((found.outside_total or 0) * base), base, missing=len(rows) - len(known), **keys)]

    return by_level(code, data, period, others)


def _outside(code: str, data: Data, period: Period, living: str, staying: str) -> list[Estimate]:
    def moved(rows: pd.DataFrame, _: object, keys: dict[str, str]) -> list[Estimate]:
        known = rows.dropna(subset=[living, staying])
        base = int(known[living].sum())
        return [share(code, base - int(known[staying].sum()), base, **keys)]

    return by_level(code, data, period, moved)


def _flow(living: pd.Series, staying: pd.Series) -> Floats:
    """Sectors by their own school, then one column for every other."""
    return np.column_stack([np.diag(staying.to_numpy()), (living - staying).to_numpy()])


def _entropy(code: str, rows: pd.DataFrame, keys: dict[str, str]) -> list[Estimate]:
    known = with_origins(rows)
    found = information(_table(known))
    if len(known) < 2 or found.h is None:
        return [nothing(code, Reason.TOO_FEW, **keys)]
    pupils = int(found.pupils)
    expected = expected_entropy_index(len(known), len(GROUPS), pupils, found.entropy) or 0.0
    effect: dict[str, float | str] = {"name": "chance", "expected": expected}
    return [estimate(code, found.h, n=pupils, missing=len(rows) - len(known), effect=effect, **keys)]


def _table(rows: pd.DataFrame) -> Floats:
    return rows[GROUPS].fillna(0).to_numpy(dtype=float)
