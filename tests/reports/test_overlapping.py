"""Whoever adds and subtracts what was published over several periods finds no small number of people."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import numpy as np
import pytest

from impact.periods import Period, civil_year, school_year
from impact.vocabulary import Audience
from reports.disclosure import HELD, OVERLAP
from reports.holding import releases, withhold
from reports.overlapping import differences
from reports.records import Estimate, Published

RECEIVED, BY_SEX, MOTIVES = "pre.situations_received", "pre.children_by_sex", "pre.motives"
FIRST, SECOND = school_year(2024), school_year(2025)
WHOLE = Period(FIRST.start, SECOND.end + timedelta(90))


def _count(value: float, code: str = RECEIVED) -> Estimate:
    return Estimate(code, value, "count", numerator=value, n=int(value))


def _share(count: float, base: float, code: str = BY_SEX, category: str = "girl") -> Estimate:
    return Estimate(code, count / base, "share", count, base, n=int(base), category=category)


def _out(*told: tuple[Period, list[Estimate]]) -> Published:
    return {
        period: {(one.code, one.category): one for one in releases(rows, period, Audience.FUNDER)}
        for period, rows in told
    }


def _told(now: list[Estimate], period: Period, known: Published) -> list[Estimate]:
    return withhold(now, known, period, lambda row: row.code)


@pytest.mark.parametrize(("left", "hidden"), [(0, False), (1, True), (4, True), (5, False)])
def test_a_period_inside_another(left: int, hidden: bool) -> None:
    inside = Period(date(2025, 1, 10), date(2025, 3, 3))
    [row] = _told([_count(40 + left)], FIRST, _out((inside, [_count(40)])))
    assert row.masked == hidden
    [row] = _told([_count(40)], inside, _out((FIRST, [_count(40 + left)])))
    assert row.masked == hidden
    assert (row.reason, row.n, row.denominator) == ((OVERLAP, 0, None) if hidden else ("", 40, None))


@pytest.mark.parametrize(("left", "hidden"), [(3, True), (7, False)])
def test_a_cycle_and_its_school_years(left: int, hidden: bool) -> None:
    """Taken away one after the other, the years leave the last three months."""
    known = _out((FIRST, [_count(30)]), (WHOLE, [_count(70 + left)]))
    [row] = _told([_count(40)], SECOND, known)
    assert row.masked == hidden


def test_two_periods_that_overlap_tell_the_days_that_they_share() -> None:
    first, last = Period(FIRST.start, date(2025, 3, 31)), Period(date(2025, 3, 1), FIRST.end)
    known = _out((first, [_count(30)]), (last, [_count(33)]))
    [row] = _told([_count(60)], FIRST, known)
    assert (row.value, row.reason) == (33, HELD)
    assert differences(FIRST, (first, last)).tolist() == [[-1, 1, 1], [1, -1, 0], [1, 0, -1]]


def test_years_side_by_side_tell_nothing() -> None:
    known = _out((FIRST, [_count(30)]), (civil_year(2026), [_count(28)]))
    assert _told([_count(29)], SECOND, known) == [_count(29)]


@pytest.mark.parametrize(
    ("now", "then", "hidden"),
    [((20, 50), (20, 47), True), ((23, 55), (20, 50), True), ((30, 60), (22, 50), True), ((30, 65), (20, 50), False)],
)
def test_the_base_those_counted_and_the_others(now: tuple[int, int], then: tuple[int, int], hidden: bool) -> None:
    inside = Period(date(2025, 1, 10), date(2025, 3, 3))
    told = _told(
        [_share(*now), _share(now[1] - now[0], now[1], category="boy")], FIRST, _out((inside, [_share(*then)]))
    )
    assert [row.masked for row in told] == [hidden, hidden]


def test_eleven_people_for_what_is_sensitive_and_for_an_average() -> None:
    inside = Period(date(2025, 1, 10), date(2025, 3, 3))
    assert _told([_share(28, 80, MOTIVES)], FIRST, _out((inside, [_share(20, 50, MOTIVES)])))[0].masked
    mean = Estimate("pre.support_length", 12.0, "months", n=60)
    assert _told([mean], FIRST, _out((inside, [replace(mean, n=52)])))[0].masked
    assert not _told([mean], FIRST, _out((inside, [replace(mean, n=49)])))[0].masked


@pytest.mark.parametrize("seed", range(12))
def test_no_sum_of_publications_tells_a_few_people(seed: int) -> None:
    """Every way to add and subtract five random periods that gives some days, each once."""
    draw = random.Random(seed)
    days = sorted(draw.sample(range(24), 5))
    people = [draw.choice((0, 1, 2, 3, 6, 9, 14)) for _ in range(24)]
    out: dict[Period, float] = {}
    known: Published = {}
    for _ in range(5):
        start, end = sorted(draw.sample([0, *days, 24], 2))
        period = Period(date(2025, 1, 1) + timedelta(start), date(2025, 1, 1) + timedelta(end - 1))
        [row] = _told([_count(sum(people[start:end]))], period, known) if period not in known else [_count(0)]
        if period not in known and not row.masked and row.reason != HELD and row.value:
            known = {**known, **_out((period, [row]))}
            out[period] = row.value
    found = _rests(list(out), np.array(list(out.values())))
    assert not [each for each in found if 0 < each < 5], (out, found)


def _rests(periods: Sequence[Period], values: np.ndarray) -> list[float]:
    found = []
    first = date(2025, 1, 1)
    covered = np.array([[first + timedelta(day) in period for day in range(24)] for period in periods], dtype=int)
    for signs in product((-1, 0, 1), repeat=len(periods)):
        left = np.array(signs) @ covered
        if sum(sign != 0 for sign in signs) > 1 and left.any() and set(left) <= {0, 1}:
            found.append(float(np.array(signs) @ values))
    return found
