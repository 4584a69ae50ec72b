"""Successive reports: a published value stays as it was until enough people behind it changed.

A value that is published over one period is compared with those of the others: what is left of one once another is taken
away is a number of people too, and may be a small one.
"""

import json
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from math import ceil

import numpy as np

from impact.periods import Period
from impact.vocabulary import Audience, Sensitivity
from impact_maps.indicator import Family
from impact_maps.indicators import CATALOGUE
from reports.disclosure import COUNTED_UNITS, DEFAULTS, HELD, OVERLAP, SMALL, release_breakdown
from reports.overlapping import differences
from reports.records import Estimate, Published, Release


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
            row.n,
            row.missing,
            json.dumps(_told(row)),
        )
        for row in estimates
    ]


def nearest(published: Published, period: Period) -> dict[tuple[str, str], Release]:
    """The last value of each figure over this period, else over one that begins or ends with it.

    Two periods that differ by a few days are compared as two reports are.
    """
    near = [each for each in published if each.start == period.start or each.end == period.end]
    found: dict[tuple[str, str], Release] = {}
    for each in sorted(near, key=lambda each: (each == period, each.end, each.start)):
        found |= published[each]
    return found


def withhold(
    estimates: Sequence[Estimate],
    published: Published,
    period: Period,
    together: Callable[[Estimate], Hashable],
) -> list[Estimate]:
    """The estimates less those that, with what other periods published, would tell a small number of people.

    They keep what was published of the nearest period, or are hidden; `together` names the rows of one decision.
    """
    others = {each: values for each, values in published.items() if each != period}
    telling = {together(row) for row in estimates if _tells(row, period, others)}
    if not telling:
        return list(estimates)
    before = nearest(published, period)
    return [
        row if together(row) not in telling else _held(row, before.get((row.code, row.category))) for row in estimates
    ]


def _tells(row: Estimate, period: Period, others: Published) -> bool:
    # The schools' figures are those of one autumn, not of the days of a period.
    if CATALOGUE[row.code].sensitivity is Sensitivity.OPEN or CATALOGUE[row.code].family is Family.SCHOOLS:
        return False
    least = _least(row)
    known = {
        each: values[row.code, row.category] for each, values in others.items() if (row.code, row.category) in values
    }
    for counted in (_numerator, _denominator, _rest, _people):
        now = counted(row)
        then = {each: number for each, was in known.items() if (number := counted(was)) is not None}
        if now is None or not then:
            continue
        left = differences(period, tuple(then)) @ np.array([now, *then.values()])
        if ((np.abs(left) > 1e-6) & (np.abs(left) < least - 1e-6)).any():
            return True
    return False


def _least(row: Estimate) -> int:
    """How many people a number must be about, to be told."""
    sensitive = CATALOGUE[row.code].sensitivity is Sensitivity.SENSITIVE
    least = DEFAULTS.sensitive if sensitive else DEFAULTS.person
    return least if row.unit in COUNTED_UNITS else max(least, DEFAULTS.mean)


def _numerator(row: Estimate | Release) -> float | None:
    return None if row.masked else row.numerator


def _denominator(row: Estimate | Release) -> float | None:
    return row.denominator


def _rest(row: Estimate | Release) -> float | None:
    """Those of the base who are not counted."""
    if row.masked or row.numerator is None or row.denominator is None:
        return None
    return row.denominator - row.numerator


def _people(row: Estimate | Release) -> float | None:
    return row.n or None


def _held(row: Estimate, was: Release | None) -> Estimate:
    """What was published, or nothing at all: the base of a hidden row may be what told."""
    if was is None or was.masked:
        return replace(
            row, value=None, numerator=None, denominator=None, low=None, high=None, n=0, missing=0, masked=True,
            reason=OVERLAP, test=None, effect=None,
        )  # fmt: skip
    kept = _as_it_was(row, was)
    return kept if was.value == row.value else replace(kept, reason=HELD)


def _told(row: Estimate) -> dict[str, object]:
    """All that a reader finds of a figure, besides its names."""
    return {name: held for name, held in row.as_dict().items() if name not in ("code", "category", "label", "version")}


def _as_it_was(row: Estimate, was: Release) -> Estimate:
    """To the last sign: an interval that moves, or goes, tells that people changed."""
    if was.told:
        return replace(row, category=was.category, **json.loads(was.told))
    return replace(
        row, category=was.category, value=was.value, numerator=was.numerator, denominator=was.denominator, low=None,
        high=None, n=was.n, missing=was.missing, masked=was.masked, reason=SMALL if was.masked else "", test=None,
        effect=None,
    )  # fmt: skip


def _before(code: str, rows: Sequence[Estimate], previous: Mapping[tuple[str, str], Release]) -> list[Estimate]:
    like = {row.category: row for row in rows}
    return [
        _as_it_was(like.get(category, replace(rows[0], label=was.label)), was)
        for (known, category), was in previous.items()
        if known == code
    ]


def _changes(code: str, rows: Sequence[Estimate], previous: Mapping[tuple[str, str], Release]) -> dict[str, int]:
    return {
        row.category: _least_change(row, was) for row in rows if (was := previous.get((code, row.category))) is not None
    }


def _least_change(now: Estimate, was: Release) -> int:
    """The smallest move of what the figure counts: the one that a reader of both would learn most from.

    A value that moves while nothing that it counts does may have moved for one person.
    """
    if now.masked and not was.masked:
        return _least_lost(now, was)
    if was.masked and not now.masked:
        # Nothing left to count: the last one went.
        return 0 if now.value else 1
    counted = [(now.numerator, was.numerator), (now.denominator, was.denominator), (now.n, was.n)]
    if was.n:
        counted.append((now.missing, was.missing))
    moves = [abs(a - b) for a, b in counted if a is not None and b is not None and a != b]
    same = json.loads(was.told) == _told(now) if was.told else now.value == was.value
    return ceil(min(moves, default=0 if same else 1))


def _least_lost(now: Estimate, was: Release) -> int:
    """How many people it took at least for a figure to have to be hidden: it may have had one too many."""
    rest = None if was.numerator is None or was.denominator is None else was.denominator - was.numerator
    parts = [part for part in (was.numerator, rest) if part is not None] or [was.n]
    base = abs((now.denominator or 0) - (was.denominator or 0)) if now.denominator else 0
    return max(1, ceil(base), ceil(min(parts)) - _least(now) + 1)
