"""Successive reports: a published value stays as it was until enough people behind it changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from math import ceil

from impact.periods import Period
from impact.vocabulary import Audience, Sensitivity
from impact_maps.indicators import CATALOGUE
from reports.disclosure import DEFAULTS, release_breakdown
from reports.records import Estimate, Release


def hold(
    estimates: Sequence[Estimate],
    previous: Mapping[tuple[str, str], Release],
    audience: Audience,
    least: float = DEFAULTS.release,
) -> list[Estimate]:
    """The estimates to publish, given what already left the house for the same period.

    The people who changed are not known, only the counts: their difference is the least number of people who can have
    changed, so a value moves only when that is enough. Open figures and internal readers are not held.
    """
    if audience is Audience.INTERNAL:
        return list(estimates)
    published: list[Estimate] = []
    for code in dict.fromkeys(row.code for row in estimates):
        rows = [row for row in estimates if row.code == code]
        if CATALOGUE[code].sensitivity is Sensitivity.OPEN:
            published += rows
        else:
            published += release_breakdown(_before(code, rows, previous), rows, _changes(code, rows, previous), least)
    return published


def releases(estimates: Iterable[Estimate], period: Period, audience: Audience) -> list[Release]:
    """What a report lets out, to be compared with the next one."""
    return [
        Release(
            row.code,
            row.category,
            period.code,
            audience,
            row.value,
            row.numerator,
            row.denominator,
            row.masked,
            row.label,
        )
        for row in estimates
    ]


def _before(code: str, rows: Sequence[Estimate], previous: Mapping[tuple[str, str], Release]) -> list[Estimate]:
    like = {row.category: row for row in rows}
    return [
        replace(
            like.get(category, rows[0]),
            category=category,
            value=was.value,
            numerator=was.numerator,
            denominator=was.denominator,
            low=None,
            high=None,
            masked=was.masked,
            reason="small_number" if was.masked else "",
        )
        for (known, category), was in previous.items()
        if known == code
    ]


def _changes(code: str, rows: Sequence[Estimate], previous: Mapping[tuple[str, str], Release]) -> dict[str, int]:
    return {row.category: _least_change(row, previous.get((code, row.category))) for row in rows}


def _least_change(now: Estimate, was: Release | None) -> int:
    """The smallest move of what the figure counts: the one that a reader of both would learn most from."""
    if was is None or was.masked or now.masked:
        return 0
    counted = [(now.numerator, was.numerator), (now.denominator, was.denominator)]
    moves = [abs(a - b) for a, b in counted if a is not None and b is not None and a != b]
    if not moves and None in (now.numerator, was.numerator) and now.value is not None and was.value is not None:
        moves = [round(abs(now.value - was.value))]
    return ceil(min(moves, default=0))
