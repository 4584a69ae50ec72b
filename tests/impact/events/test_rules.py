"""How many came at least once, and how far from the balance that was wished."""

from datetime import date

import pytest

from impact.events.records import Count, Event, Heads, SchoolClass
from impact.events.rules import at_least_once, balance, check_count, check_targets, gap, is_uncounted
from impact.exceptions import Refused
from impact.vocabulary import OrganisationKind as Kind

DAY = date(2026, 3, 1)


def event(number: int, classes: dict[int, int] | None = None, heads: dict[Kind, Heads] | None = None) -> Event:
    return Event(number, 1, f"Date {number}", DAY, heads=heads or {}, classes=classes or {})


def test_bounds_stay_within_each_class() -> None:
    # First class: 20, 18 of 24 pupils, between 20 and 24. Second: 10 and 5, size unknown, between 10 and 15.
    found = at_least_once(
        [event(1, {1: 20, 2: 10}), event(2, {1: 18, 2: 5})], [SchoolClass(1, "A", 24), SchoolClass(2, "B")]
    )
    assert (found.fewest, found.most) == (30, 39)


def test_a_single_date_leaves_no_doubt() -> None:
    found = at_least_once([event(1, heads={Kind.STATE: Heads(5, 0, 4, 3)})], [])
    assert (found.fewest, found.most) == (7, 7)


def test_the_gap_is_what_would_have_to_come_from_elsewhere() -> None:
    # 6 and 4 of 10 where half and half was wished: one in ten on the wrong side.
    lines = balance(
        [event(1, heads={Kind.STATE: Heads(on_site=6), Kind.FIRM: Heads(remote=4)})], {Kind.STATE: 50, Kind.FIRM: 50}
    )
    assert [line.present for line in lines] == [6, 4]
    assert gap(lines) == pytest.approx(0.1)
    assert gap(balance([event(1, heads={Kind.STATE: Heads(on_site=6)})], {})) is None


def test_impossible_numbers_are_refused() -> None:
    with pytest.raises(Refused, match="parmi les inscrits"):
        check_count(Count(1, {Kind.STATE: Heads(2, 3)}, {}, 1), event(1), [], DAY)
    with pytest.raises(Refused, match="24"):
        check_count(Count(1, {}, {1: 25}, 1), event(1), [SchoolClass(1, "A", 24)], DAY)
    with pytest.raises(Refused, match="ensuite"):
        check_count(Count(1, {Kind.STATE: Heads(on_site=1)}, {}, 1), event(1), [], date(2026, 2, 1))
    with pytest.raises(Refused, match="90"):
        check_targets({Kind.STATE: 90})


def test_a_past_date_without_anybody_waits_to_be_counted() -> None:
    assert is_uncounted(event(1), date(2026, 3, 2))
    assert not is_uncounted(event(1), DAY)
    assert not is_uncounted(event(1, {1: 3}), date(2026, 3, 2))
