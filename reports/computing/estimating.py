"""Estimates with the unit and version of their catalogue entry, so that no figure can disagree with its definition."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import pandas as pd

from impact.periods import Period
from impact_maps.indicators import CATALOGUE
from reports.records import Estimate

BOUNDS = "bounds"


class Gap(StrEnum):
    """Why the field's data give no figure, or one that is not whole; beside the codes of `reports.statistics.reasons`."""

    NO_NAME_LIST = "no_name_list"
    PARTLY_NAMED = "partly_named"
    NOT_COUNTED = "not_counted"
    OPEN_LINK = "open_link"
    MORE_THAN_INVITED = "more_than_invited"


def estimate(code: str, value: float | None, **keys: Any) -> Estimate:
    """An Estimate of a catalogued indicator; KeyError for a code that the catalogue does not know."""
    indicator = CATALOGUE[code]
    return Estimate(code=code, value=value, unit=indicator.unit.value, version=indicator.version, **keys)


def nothing(code: str, reason: str, **keys: Any) -> Estimate:
    """No value, and why."""
    return estimate(code, None, reason=reason, **keys)


def count(code: str, number: int, **keys: Any) -> Estimate:
    """A number of people, things or events; `n` defaults to that number."""
    return estimate(code, float(number), numerator=float(number), **{"n": number, **keys})


def share(code: str, part: int, base: int, **keys: Any) -> Estimate:
    """`part` out of `base`, in 0..1; "empty" when there is no base. `n` defaults to the base."""
    if base == 0:
        return nothing(code, "empty", numerator=0.0, denominator=0.0, **keys)
    return estimate(code, part / base, numerator=float(part), denominator=float(base), **{"n": base, **keys})


def shares(
    code: str, counts: Mapping[str, int], labels: Mapping[str, str], base: int, missing: int = 0
) -> list[Estimate]:
    """One share of `base` per category: those of `labels` first, in their order, the absent ones at zero.

    A category that `labels` does not know keeps its code as label; "empty" alone when there is no base.
    """
    if base == 0:
        return [nothing(code, "empty", missing=missing)]
    known = {**labels, **{category: category for category in counts if category not in labels}}
    return [
        share(code, int(counts.get(category, 0)), base, category=category, label=label, missing=missing)
        for category, label in known.items()
    ]


def within(frame: pd.DataFrame, column: str, period: Period) -> pd.DataFrame:
    """The rows whose date lies in the period, both ends included; an unknown date is outside."""
    dates = pd.to_datetime(frame[column])
    return frame[(dates >= pd.Timestamp(period.start)) & (dates <= pd.Timestamp(period.end))]


def tally(values: pd.Series) -> dict[str, int]:
    """People or things by code; unknown ones left out."""
    return {str(code): int(number) for code, number in values.dropna().value_counts(sort=False).items()}
