"""Social position indices of schools, level by level. Every school is counted: no interval."""

from collections.abc import Sequence

import pandas as pd

from impact.periods import Period
from reports.computing.estimating import count, estimate, nothing, share
from reports.computing.school_rows import by_level, each_year, row_of
from reports.data import Data
from reports.records import Estimate
from reports.statistics.reasons import Reason
from reports.statistics.school_mix import SchoolMix, school_mix

STABLE_POINTS = 3.0
MOVES = {"down": "en baisse", "same": "stables", "up": "en hausse"}


def observed(data: Data, period: Period) -> list[Estimate]:
    """Schools of which something is known."""
    code = "schools.observed"
    return by_level(code, data, period, lambda rows, _, keys: [count(code, len(rows), **keys)])


def ips_mean(data: Data, period: Period) -> list[Estimate]:
    """Mean index, weighted by pupils when all are known."""
    return by_level("schools.ips_mean", data, period, lambda rows, _, keys: _mean("schools.ips_mean", rows, keys))


def ips_by_school(data: Data, period: Period) -> list[Estimate]:
    """The published index of each school."""
    code = "schools.ips_by_school"
    return by_level(code, data, period, lambda rows, _, keys: _ips_of_each(code, rows, keys))


def ips_by_year(data: Data, period: Period) -> list[Estimate]:
    """The mean index of each school year known until the end of the period."""
    return each_year("schools.ips_by_year", data, period, _mean)


def ips_spread(data: Data, period: Period) -> list[Estimate]:
    """Highest less lowest index."""
    code = "schools.ips_spread"

    def spread(rows: pd.DataFrame, _: object, keys: dict[str, str]) -> list[Estimate]:
        known = rows["ips"].dropna()
        if len(known) < 2:
            return [nothing(code, Reason.TOO_FEW, **keys)]
        gap = round(float(known.max() - known.min()), 1)
        return [estimate(code, gap, denominator=float(len(known)), n=len(known), **keys)]

    return by_level(code, data, period, spread)


def between_share(data: Data, period: Period) -> list[Estimate]:
    """Part of the social gaps between pupils that lies between schools."""
    code = "schools.between_share"

    def between(rows: pd.DataFrame, _: object, keys: dict[str, str]) -> list[Estimate]:
        known = rows.dropna(subset=["ips", "ips_sd", "pupils"])
        mix = _mix(known, data)
        if len(known) < 2 or mix.between_share is None:
            return [nothing(code, Reason.TOO_FEW, **keys)]
        return [estimate(code, mix.between_share, n=int(known["pupils"].sum()), missing=len(rows) - len(known), **keys)]

    return by_level(code, data, period, between)


def beyond(data: Data, period: Period) -> list[Estimate]:
    """Schools farther from the mean than the rule of the community allows."""
    code = "schools.beyond"

    def far(rows: pd.DataFrame, _: object, keys: dict[str, str]) -> list[Estimate]:
        known = rows.dropna(subset=["ips"])
        mix, missing = _mix(known, data), len(rows) - len(known)
        effect = {"name": "rule", "threshold": data.mix_rule.threshold, "mean": round(mix.reference or 0.0, 1)}
        return [share(code, len(mix.beyond), len(known), missing=missing, effect=effect, **keys)]

    return by_level(code, data, period, far)


def pupils_beyond(data: Data, period: Period) -> list[Estimate]:
    """Pupils of those schools."""
    code = "schools.pupils_beyond"

    def far(rows: pd.DataFrame, _: object, keys: dict[str, str]) -> list[Estimate]:
        known = rows.dropna(subset=["ips"])
        if known.empty or known["pupils"].isna().any():
            return [nothing(code, Reason.TOO_FEW, **keys)]
        inside = known["pupils"].iloc[list(_mix(known, data).beyond)].sum()
        return [share(code, int(inside), int(known["pupils"].sum()), **keys)]

    return by_level(code, data, period, far)


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
            share(code, int(counts[move].sum()), len(gaps), **row_of(keys, move, f"{keys['label']} {words}"))
            for move, words in MOVES.items()
        ]

    return by_level(code, data, period, moves)


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
            **row_of(keys, str(place), str(name)),
        )
        for place, name, ips, total, sector in zip(
            known["school_id"], known["school"], known["ips"], pupils, known["sector"], strict=True
        )
    ] or [nothing(code, Reason.EMPTY, **keys)]


def _mix(known: pd.DataFrame, data: Data) -> SchoolMix:
    """The mean that the community fixed is that of collèges: other levels are compared with their own."""
    reference = data.mix_rule.reference if (known["level"] == "college").all() else None
    deviations = list(known["ips_sd"]) if known["ips_sd"].notna().all() else None
    return school_mix(list(known["ips"]), _pupils(known), deviations, reference, data.mix_rule.threshold)


def _pupils(known: pd.DataFrame) -> Sequence[int] | None:
    if known.empty or known["pupils"].isna().any():
        return None
    return [int(pupils) for pupils in known["pupils"]]
