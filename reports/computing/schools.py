"""School mix, level by level: published indices, spread of social origins, schooling outside the sector.

Every pupil is counted: no interval. A pure chance level stands beside the indices that have one.
"""

from collections.abc import Callable, Sequence
from datetime import date

import numpy as np
import pandas as pd

from impact.periods import Period
from reports.computing.estimating import count, estimate, nothing, share
from reports.data import Data
from reports.records import Estimate
from reports.statistics.arrays import Floats
from reports.statistics.avoidance import social_flows
from reports.statistics.reasons import Reason
from reports.statistics.school_mix import SchoolMix, school_mix
from reports.statistics.segregation import decompose, information, two_group_indices
from reports.statistics.segregation_chance import (
    against_chance,
    change_margin,
    expected_entropy_index,
    segregation_change,
)

GROUPS = ["very_favoured", "favoured", "middle", "disadvantaged"]
_SECTOR = ["residents", "stayed", "residents_disadvantaged", "stayed_disadvantaged"]
# Below, a school is left out of the indices; outside these shares, D is unstable.
LEAST_PUPILS, LEAST_SHARE, MOST_SHARE = 11, 0.05, 0.95
STABLE_POINTS = 3.0
MOVES = {"down": "en baisse", "same": "stables", "up": "en hausse"}


def year_of(data: Data, period: Period) -> int | None:
    """The last school year that is known and has begun at the end of the period."""
    begun = [int(year) for year in data.schools.get("year", ()) if date(int(year), 9, 1) <= period.end]
    return max(begun, default=None)


def observed(data: Data, period: Period) -> list[Estimate]:
    """Schools of which something is known."""
    code = "schools.observed"
    return _by_level(code, data, period, lambda rows, _, keys: [count(code, len(rows), **keys)])


def ips_mean(data: Data, period: Period) -> list[Estimate]:
    """Mean index, weighted by pupils when all are known."""
    return _by_level("schools.ips_mean", data, period, lambda rows, _, keys: _mean("schools.ips_mean", rows, keys))


def ips_by_school(data: Data, period: Period) -> list[Estimate]:
    """The published index of each school."""
    code = "schools.ips_by_school"
    return _by_level(code, data, period, lambda rows, _, keys: _ips_of_each(code, rows, keys))


def ips_by_year(data: Data, period: Period) -> list[Estimate]:
    """The mean index of each school year known until the end of the period."""
    return _each_year("schools.ips_by_year", data, period, _mean)


def ips_spread(data: Data, period: Period) -> list[Estimate]:
    """Highest less lowest index."""
    code = "schools.ips_spread"

    def spread(rows: pd.DataFrame, _: object, keys: dict[str, str]) -> list[Estimate]:
        known = rows["ips"].dropna()
        if len(known) < 2:
            return [nothing(code, Reason.TOO_FEW, **keys)]
        gap = round(float(known.max() - known.min()), 1)
        return [estimate(code, gap, denominator=float(len(known)), n=len(known), **keys)]

    return _by_level(code, data, period, spread)


def between_share(data: Data, period: Period) -> list[Estimate]:
    """Part of the social gaps between pupils that lies between schools."""
    code = "schools.between_share"

    def between(rows: pd.DataFrame, _: object, keys: dict[str, str]) -> list[Estimate]:
        known = rows.dropna(subset=["ips", "ips_sd", "pupils"])
        mix = _mix(known, data)
        if len(known) < 2 or mix.between_share is None:
            return [nothing(code, Reason.TOO_FEW, **keys)]
        return [estimate(code, mix.between_share, n=int(known["pupils"].sum()), missing=len(rows) - len(known), **keys)]

    return _by_level(code, data, period, between)


def beyond(data: Data, period: Period) -> list[Estimate]:
    """Schools farther from the mean than the rule of the community allows."""
    code = "schools.beyond"

    def far(rows: pd.DataFrame, _: object, keys: dict[str, str]) -> list[Estimate]:
        known = rows.dropna(subset=["ips"])
        mix, missing = _mix(known, data), len(rows) - len(known)
        effect = {"name": "rule", "threshold": data.mix_rule.threshold, "mean": round(mix.reference or 0.0, 1)}
        return [share(code, len(mix.beyond), len(known), missing=missing, effect=effect, **keys)]

    return _by_level(code, data, period, far)


def pupils_beyond(data: Data, period: Period) -> list[Estimate]:
    """Pupils of those schools."""
    code = "schools.pupils_beyond"

    def far(rows: pd.DataFrame, _: object, keys: dict[str, str]) -> list[Estimate]:
        known = rows.dropna(subset=["ips"])
        if known.empty or known["pupils"].isna().any():
            return [nothing(code, Reason.TOO_FEW, **keys)]
        inside = known["pupils"].iloc[list(_mix(known, data).beyond)].sum()
        return [share(code, int(inside), int(known["pupils"].sum()), **keys)]

    return _by_level(code, data, period, far)


def ips_moves(data: Data, period: Period) -> list[Estimate]:
    """Schools whose index fell, stayed (less than three points) or rose since the year before."""
    code = "schools.ips_moves"

    def moves(rows: pd.DataFrame, earlier: pd.DataFrame, keys: dict[str, str]) -> list[Estimate]:
        both = rows.merge(earlier[["school_id", "ips"]], on="school_id", suffixes=("", "_before"))
        gaps = (both["ips"] - both["ips_before"]).dropna().round(1)
        if gaps.empty:
            return [nothing(code, Reason.EMPTY, **keys)]
        counts = {"down": gaps <= -STABLE_POINTS, "same": gaps.abs() < STABLE_POINTS, "up": gaps >= STABLE_POINTS}
        return [
            share(code, int(counts[move].sum()), len(gaps), **_row(keys, move, f"{keys['label']} {words}"))
            for move, words in MOVES.items()
        ]

    return _by_level(code, data, period, moves)


def disadvantaged(data: Data, period: Period) -> list[Estimate]:
    """Pupils of disadvantaged origin, all schools together."""
    code = "schools.disadvantaged"

    def together(rows: pd.DataFrame, _: object, keys: dict[str, str]) -> list[Estimate]:
        known = _with_origins(rows)
        missing = len(rows) - len(known)
        group, all_pupils = int(known["disadvantaged"].sum()), int(known[GROUPS].to_numpy().sum())
        return [share(code, group, all_pupils, missing=missing, **keys)]

    return _by_level(code, data, period, together)


def disadvantaged_by_school(data: Data, period: Period) -> list[Estimate]:
    """Pupils of disadvantaged origin in each school."""
    code = "schools.disadvantaged_by_school"

    def each(rows: pd.DataFrame, _: object, keys: dict[str, str]) -> list[Estimate]:
        known = _with_origins(rows)
        found = [
            share(code, int(group), int(total), **_row(keys, str(school_id), str(name)))
            for school_id, name, group, total in zip(
                known["school_id"], known["school"], known["disadvantaged"], known[GROUPS].sum(axis=1), strict=True
            )
        ]
        return found or [nothing(code, Reason.EMPTY, **keys)]

    return _by_level(code, data, period, each)


def entropy(data: Data, period: Period) -> list[Estimate]:
    """Theil's H on the four groups, with what chance alone would give."""
    return _by_level("schools.entropy", data, period, lambda rows, _, keys: _entropy("schools.entropy", rows, keys))


def entropy_by_year(data: Data, period: Period) -> list[Estimate]:
    """Theil's H of each school year."""
    return _each_year("schools.entropy_by_year", data, period, _entropy)


def private_share(data: Data, period: Period) -> list[Estimate]:
    """Part of H that lies between all public and all private schools."""
    code = "schools.private_share"

    def between(rows: pd.DataFrame, _: object, keys: dict[str, str]) -> list[Estimate]:
        known = _with_origins(rows)
        if known["sector"].nunique() < 2:
            return [nothing(code, Reason.TOO_FEW, **keys)]
        parts = decompose(_table(known), list(known["sector"]))
        if parts.between_percent is None:
            return [nothing(code, Reason.CONSTANT, **keys)]
        return [estimate(code, parts.between_percent / 100, n=int(parts.total.pupils), **keys)]

    return _by_level(code, data, period, between)


def structure_change(data: Data, period: Period) -> list[Estimate]:
    """Change of segregation since the year before, at equal composition; `effect` has M of both years."""
    code = "schools.structure_change"

    def change(rows: pd.DataFrame, earlier: pd.DataFrame, keys: dict[str, str]) -> list[Estimate]:
        now, was = _with_origins(rows).set_index("school_id"), _with_origins(earlier).set_index("school_id")
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

    return _by_level(code, data, period, change)


def dissimilarity(data: Data, period: Period) -> list[Estimate]:
    """Duncan's D of disadvantaged pupils, with its chance level and the permutation test."""
    code = "schools.dissimilarity"

    def index(rows: pd.DataFrame, _: object, keys: dict[str, str]) -> list[Estimate]:
        known = _with_origins(rows)
        totals = [int(total) for total in known[GROUPS].sum(axis=1)]
        group = [int(number) for number in known["disadvantaged"]]
        if len(known) < 2 or not LEAST_SHARE <= sum(group) / sum(totals) <= MOST_SHARE:
            return [nothing(code, Reason.TOO_FEW, **keys)]
        found = against_chance(totals, group)
        if found.dissimilarity is None or found.expected is None or found.p is None:
            return [nothing(code, Reason.TOO_FEW, **keys)]
        effect: dict[str, float | str] = {"name": "chance", "expected": found.expected}
        test: dict[str, float | str] = {"name": "permutation", "p": found.p}
        return [estimate(code, found.dissimilarity, n=sum(totals), effect=effect, test=test, **keys)]

    return _by_level(code, data, period, index)


def exposure(data: Data, period: Period) -> list[Estimate]:
    """Share of disadvantaged schoolmates of a disadvantaged pupil, less that of another one, in points."""
    code = "schools.exposure"

    def gap(rows: pd.DataFrame, _: object, keys: dict[str, str]) -> list[Estimate]:
        known = _with_origins(rows)
        found = two_group_indices(list(known["disadvantaged"]), list(known[GROUPS].sum(axis=1)))
        if found.units < 2 or found.normalised_exposure is None:
            return [nothing(code, Reason.TOO_FEW, **keys)]
        met = {"group": found.exposure_group or 0.0, "others": found.exposure_others or 0.0}
        effect: dict[str, float | str] = {"name": "exposure", **met}
        return [estimate(code, 100 * found.normalised_exposure, n=int(found.pupils), effect=effect, **keys)]

    return _by_level(code, data, period, gap)


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

    return _by_level(code, data, period, others)


def _outside(code: str, data: Data, period: Period, living: str, staying: str) -> list[Estimate]:
    def moved(rows: pd.DataFrame, _: object, keys: dict[str, str]) -> list[Estimate]:
        known = rows.dropna(subset=[living, staying])
        base = int(known[living].sum())
        return [share(code, base - int(known[staying].sum()), base, **keys)]

    return _by_level(code, data, period, moved)


def _flow(living: pd.Series, staying: pd.Series) -> Floats:
    """Sectors by their own school, then one column for every other."""
    return np.column_stack([np.diag(staying.to_numpy()), (living - staying).to_numpy()])


_Told = Callable[[pd.DataFrame, pd.DataFrame, dict[str, str]], list[Estimate]]


def _by_level(code: str, data: Data, period: Period, told: _Told) -> list[Estimate]:
    """What `told` says of each level that has schools that year, given its rows and those of the year before."""
    year = year_of(data, period)
    if year is None:
        return [nothing(code, Reason.EMPTY)]
    found: list[Estimate] = []
    for level, label in data.labels["school_level"].items():
        rows = _rows(data, level, year)
        if not rows.empty:
            found += told(rows, _rows(data, level, year - 1), {"category": level, "label": label})
    return found


def _each_year(
    code: str, data: Data, period: Period, told: Callable[[str, pd.DataFrame, dict[str, str]], list[Estimate]]
) -> list[Estimate]:
    last = year_of(data, period)
    if last is None:
        return [nothing(code, Reason.EMPTY)]
    found: list[Estimate] = []
    for level, label in data.labels["school_level"].items():
        for year in sorted({int(each) for each in data.schools["year"] if each <= last}):
            rows = _rows(data, level, year)
            keys = _row({"category": level, "label": label}, str(year), f"{label}, rentrée {year}")
            found += told(code, rows, keys) if not rows.empty else []
    return found


def _rows(data: Data, level: str, year: int) -> pd.DataFrame:
    return data.schools[(data.schools["level"] == level) & (data.schools["year"] == year)]


def _row(keys: dict[str, str], part: str, label: str) -> dict[str, str]:
    return {"category": f"{keys['category']}/{part}", "label": label}


def _mean(code: str, rows: pd.DataFrame, keys: dict[str, str]) -> list[Estimate]:
    known = rows.dropna(subset=["ips"])
    if known.empty:
        return [nothing(code, Reason.EMPTY, **keys)]
    mix = school_mix(list(known["ips"]), _pupils(known))
    value = mix.mean_weighted if mix.mean_weighted is not None else mix.mean_plain
    pupils = known["pupils"].sum()
    return [
        estimate(
            code,
            value,
            denominator=float(len(known)),
            n=int(pupils) or len(known),
            missing=len(rows) - len(known),
            **keys,
        )
    ]


def _ips_of_each(code: str, rows: pd.DataFrame, keys: dict[str, str]) -> list[Estimate]:
    known = rows.dropna(subset=["ips"])
    pupils = known["pupils"].fillna(0)
    return [
        estimate(
            code,
            float(ips),
            denominator=float(total) or None,
            n=int(total),
            effect={"name": "school", "sector": str(sector)},
            **_row(keys, str(place), str(name)),
        )
        for place, name, ips, total, sector in zip(
            known["school_id"], known["school"], known["ips"], pupils, known["sector"], strict=True
        )
    ] or [nothing(code, Reason.EMPTY, **keys)]


def _entropy(code: str, rows: pd.DataFrame, keys: dict[str, str]) -> list[Estimate]:
    known = _with_origins(rows)
    found = information(_table(known))
    if len(known) < 2 or found.h is None:
        return [nothing(code, Reason.TOO_FEW, **keys)]
    pupils = int(found.pupils)
    expected = expected_entropy_index(len(known), len(GROUPS), pupils, found.entropy) or 0.0
    effect: dict[str, float | str] = {"name": "chance", "expected": expected}
    return [estimate(code, found.h, n=pupils, missing=len(rows) - len(known), effect=effect, **keys)]


def _mix(known: pd.DataFrame, data: Data) -> SchoolMix:
    """The mean that the community fixed is that of collèges: other levels are compared with their own."""
    reference = data.mix_rule.reference if (known["level"] == "college").all() else None
    deviations = list(known["ips_sd"]) if known["ips_sd"].notna().all() else None
    return school_mix(list(known["ips"]), _pupils(known), deviations, reference, data.mix_rule.threshold)


def _pupils(known: pd.DataFrame) -> Sequence[int] | None:
    if known.empty or known["pupils"].isna().any():
        return None
    return [int(pupils) for pupils in known["pupils"]]


def _with_origins(rows: pd.DataFrame) -> pd.DataFrame:
    known = rows.dropna(subset=GROUPS)
    return known[known[GROUPS].sum(axis=1) >= LEAST_PUPILS]


def _table(rows: pd.DataFrame) -> Floats:
    return rows[GROUPS].fillna(0).to_numpy(dtype=float)
