"""Shares as whole numbers, and days on which a team works: what the demonstration draws with."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TypeVar

T = TypeVar("T")


def apportion(total: int, shares: Mapping[T, float]) -> list[T]:
    """`total` items in these shares, as near as whole numbers allow (largest remainders)."""
    exact = {key: total * share for key, share in shares.items()}
    counts = {key: int(value + 1e-9) for key, value in exact.items()}
    by_remainder = sorted(exact, key=lambda key: round(counts[key] - exact[key], 9))
    for key in by_remainder[: total - sum(counts.values())]:
        counts[key] += 1
    return [key for key, count in counts.items() for _ in range(count)]


def working_day(day: date) -> date:
    """The same day, or the next Monday."""
    return day + timedelta(7 - day.weekday()) if day.weekday() > 4 else day


def weekday_before(day: date, days: int) -> date:
    """So many days earlier, or the Friday before."""
    earlier = day - timedelta(days)
    return earlier - timedelta(max(0, earlier.weekday() - 4))
