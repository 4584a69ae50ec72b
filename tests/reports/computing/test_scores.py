"""Scores and their coherence, worked by hand."""

from dataclasses import replace

import pytest

from impact.vocabulary import Audience
from reports.computing import scores
from reports.data import Data, Scale
from reports.publishing import protected
from tests.reports.computing.made import YEAR, wave


def told(first: list[int | None], second: list[int | None], third: list[int | None]) -> Data:
    made = wave({"a": first, "b": second, "c": third}, responses=len(first), invited=None)
    return replace(made, scales={1: (Scale("trust", "confiance", ("a", "b", "c")),)})


def test_a_score_needs_two_thirds_of_its_items() -> None:
    # Ten people at 3, 4, 5 (mean 4), one at 2 and 4 with a blank (mean 3), one with a single answer, left out:
    # 43/11 = 3.90909; sd = 0.301511, t(10) = 2.22814, half = 0.20256.
    first: list[int | None] = [3] * 10 + [2, 5]
    (row,) = scores.scores(told(first, [4] * 10 + [4, None], [5] * 10 + [None, None]), YEAR)
    assert (row.value, row.low, row.high) == pytest.approx((3.90909, 3.70653, 4.11165), abs=1e-4)
    assert (row.n, row.missing, row.category) == (11, 1, "parents/trust")


def test_no_mean_under_eleven_people() -> None:
    (row,) = scores.scores(told([3] * 10, [3] * 10, [4] * 10), YEAR)
    assert (row.value, row.reason) == (None, "too_few")


def test_alpha_from_thirty_people_and_omega_from_fifty() -> None:
    # Three items that always agree: alpha is 1.
    levels: list[int | None] = [2] * 15 + [4] * 15
    (row,) = scores.reliability(told(levels, levels, levels), YEAR)
    assert row.value == pytest.approx(1)
    assert "omega" not in (row.effect or {})
    (few,) = scores.reliability(told(levels[:29], levels[:29], levels[:29]), YEAR)
    assert (few.value, few.reason) == (None, "too_few")
    noisy: list[int | None] = [1, 2, 3, 4, 5] * 12
    other: list[int | None] = [2, 2, 3, 5, 4] * 12
    last: list[int | None] = [1, 3, 2, 4, 5] * 12
    (row,) = scores.reliability(told(noisy, other, last), YEAR)
    # Per five people, sums of squares 10, 6.8, 10 and, for the totals 4, 7, 8, 13, 14, 70.8; k/(k−1)(1 − 26.8/70.8).
    assert row.value == pytest.approx(1.5 * (1 - 26.8 / 70.8))
    assert row.low is not None
    assert row.low < row.value < (row.high or 0)
    assert 0.8 < float((row.effect or {})["omega"]) <= 1


def test_outside_the_house_a_score_is_rounded() -> None:
    rows = scores.scores(told([3] * 10 + [2], [4] * 11, [5] * 10 + [4]), YEAR)
    (row,) = protected(rows, Audience.FUNDER)
    assert row.value == round(row.value or 0, 1)
