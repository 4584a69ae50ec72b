"""Two reports in a row: what one child's leaving must not show."""

import random
from dataclasses import replace

import pytest

from impact.periods import school_year
from impact.vocabulary import Audience
from reports.holding import hold, releases
from reports.records import Estimate, Release

YEAR = school_year(2025)
COUNT = "pre.children_followed"


def _count(value: float) -> Estimate:
    return Estimate(COUNT, value, "count", numerator=value, n=int(value))


def _published(estimates: list[Estimate]) -> dict[tuple[str, str], Release]:
    return {(row.code, row.category): row for row in releases(estimates, YEAR, Audience.FUNDER)}


@pytest.mark.parametrize(("then", "now", "shown"), [(160, 159, 160), (160, 156, 160), (160, 155, 155), (160, 160, 160)])
def test_a_value_moves_only_when_five_people_changed(then: float, now: float, shown: float) -> None:
    [row] = hold([_count(now)], _published([_count(then)]), Audience.FUNDER)
    assert row.value == shown
    assert (row.reason == "held") == (shown != now)


def test_the_team_reads_the_exact_value() -> None:
    [row] = hold([_count(159)], _published([_count(160)]), Audience.INTERNAL)
    assert row.value == 159


def test_attendance_of_professionals_is_never_held() -> None:
    before = Estimate("participation.presences", 125, "count", numerator=125, n=7)
    after = Estimate("participation.presences", 126, "count", numerator=126, n=7)
    assert hold([after], _published([before]), Audience.FUNDER) == [after]


def test_nobody_learns_the_motive_of_the_child_who_left() -> None:
    draw = random.Random(1)
    code = "pre.exits_by_reason"
    for _ in range(200):
        counts = [draw.randint(8, 40) for _ in range(5)]
        total = sum(counts)
        left = draw.randrange(5)
        then = [Estimate(code, c / total, "share", c, total, n=total, category=str(i)) for i, c in enumerate(counts)]
        after = [c - (i == left) for i, c in enumerate(counts)]
        now = [
            Estimate(code, c / (total - 1), "share", c, total - 1, n=total - 1, category=str(i))
            for i, c in enumerate(after)
        ]
        shown = hold(now, _published(then), Audience.FUNDER)
        assert [row.numerator for row in shown] == counts


def test_a_value_that_is_held_says_nothing_of_the_day_it_is_held() -> None:
    now = replace(_count(159), missing=3, test={"p": 0.03}, effect={"name": "directions", "down": 14.0})
    [row] = hold([now], _published([replace(_count(160), missing=2)]), Audience.FUNDER)
    assert (row.value, row.n, row.missing, row.test, row.effect) == (160, 160, 2, None, None)


def test_how_many_are_unknown_is_held_too() -> None:
    [row] = hold([replace(_count(160), missing=3)], _published([replace(_count(160), missing=2)]), Audience.FUNDER)
    assert row.missing == 2


@pytest.mark.parametrize(("now", "people", "shown"), [(15.6, 163, 15.5), (15.6, 160, 15.5), (15.6, 168, 15.6)])
def test_an_average_moves_with_five_people_too(now: float, people: int, shown: float) -> None:
    then = Estimate("pre.support_length", 15.5, "months", n=163)
    [row] = hold([replace(then, value=now, n=people)], _published([then]), Audience.FUNDER)
    assert row.value == shown
