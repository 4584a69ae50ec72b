"""Periods of reports."""

from datetime import date

import pytest

from impact.periods import (
    Period,
    age_on,
    current_school_year,
    last_complete_school_year,
    months_between,
    parse_period,
    school_year,
)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2025-2026", date(2025, 9, 1), date(2026, 8, 31)),
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2020-09-01:2022-08-31", date(2020, 9, 1), date(2022, 8, 31)),
    ],
)
def test_three_ways_to_write_a_period(text: str, start: date, end: date) -> None:
    period = parse_period(text)
    assert (period.start, period.end) == (start, end)
    assert parse_period(period.code) == period


@pytest.mark.parametrize("text", ["2025-2027", "25", "2025-02-30:2025-03-01", "2026-01-02:2026-01-01", "", "٢٠٢٥"])
def test_anything_else_is_refused_with_examples(text: str) -> None:
    with pytest.raises(ValueError, match="écrivez 2025-2026"):
        parse_period(text)


def test_school_years_turn_on_the_first_of_september() -> None:
    assert current_school_year(date(2026, 8, 31)) == school_year(2025)
    assert current_school_year(date(2026, 9, 1)) == school_year(2026)
    assert last_complete_school_year(date(2026, 11, 20)) == school_year(2025)


def test_bounds_are_included() -> None:
    period = Period(date(2026, 1, 1), date(2026, 1, 31))
    assert date(2026, 1, 31) in period
    assert date(2026, 2, 1) not in period


def test_ages_on_leap_days() -> None:
    assert age_on(date(2020, 2, 29), date(2026, 2, 28)) == 5
    assert age_on(date(2020, 2, 29), date(2026, 3, 1)) == 6


def test_a_year_is_twelve_months() -> None:
    assert months_between(date(2025, 1, 1), date(2026, 1, 1)) == pytest.approx(12, abs=0.05)
