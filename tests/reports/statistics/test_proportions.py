"""Shares, rates and response rates, and what they answer when there is nothing to divide."""

from math import isclose

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.statistics.proportions import (
    binomial_p,
    clopper_pearson,
    newcombe_difference,
    nonresponse_bounds,
    wilson,
    wilson_finite,
)
from reports.statistics.rates import aapor, dispersion_ratio, garwood, mean_interval, rate_ratio

quick = settings(max_examples=100, deadline=None, derandomize=True)


@st.composite
def shares(draw: st.DrawFn) -> tuple[int, int, int]:
    population = draw(st.integers(1, 400))
    n = draw(st.integers(1, population))
    return draw(st.integers(0, n)), n, population


@quick
@given(shares())
def test_intervals_hold_their_share_and_knowing_the_list_narrows_them(case: tuple[int, int, int]) -> None:
    x, n, population = case
    whole, finite, bounds = wilson(x, n), wilson_finite(x, n, population), nonresponse_bounds(x, n, population)
    exact = clopper_pearson(x, n)
    assert whole is not None
    assert finite is not None
    assert bounds is not None
    assert exact is not None
    for low, high in (whole, finite, exact):
        assert 0 <= low <= x / n <= high <= 1
    assert finite[1] - finite[0] <= whole[1] - whole[0] + 1e-12
    assert bounds[1] - bounds[0] == pytest.approx(1 - n / population)


@quick
@given(shares(), shares())
def test_a_difference_changes_sign_with_the_groups(one: tuple[int, int, int], other: tuple[int, int, int]) -> None:
    straight = newcombe_difference(one[0], one[1], other[0], other[1])
    turned = newcombe_difference(other[0], other[1], one[0], one[1])
    assert straight.value is not None
    assert straight.low is not None
    assert straight.high is not None
    assert straight.low <= straight.value <= straight.high
    assert turned.low is not None
    assert isclose(straight.high, -turned.low, abs_tol=1e-12)


def test_nobody_asked_gives_nothing() -> None:
    assert wilson(0, 0) is None
    assert wilson_finite(0, 0, 33) is None
    assert nonresponse_bounds(0, 0, 0) is None
    assert nonresponse_bounds(0, 0, 33) == (0.0, 1.0)
    assert clopper_pearson(0, 0) is None
    assert binomial_p(0, 0, 0.5) is None
    assert newcombe_difference(1, 2, 0, 0).reason == "empty_group"


def test_a_census_has_no_width() -> None:
    assert wilson_finite(20, 21, 21) == (20 / 21, 20 / 21)


@pytest.mark.parametrize(("x", "n"), [(3, 2), (-1, 2), (0, -1)])
def test_impossible_counts_are_refused(x: int, n: int) -> None:
    with pytest.raises(ValueError, match="share"):
        wilson(x, n)


def test_more_answers_than_people_are_refused() -> None:
    with pytest.raises(ValueError, match="population"):
        wilson_finite(3, 10, 9)
    with pytest.raises(ValueError, match="confidence"):
        wilson(3, 10, 1.0)


@quick
@given(st.integers(0, 300), st.floats(0.5, 500))
def test_a_rate_lies_in_its_interval(count: int, exposure: float) -> None:
    found = garwood(count, exposure)
    assert found.value is not None
    assert found.low is not None
    assert found.high is not None
    assert found.low <= found.value < found.high
    assert (found.low == 0) == (count == 0)


def test_rates_without_exposure_or_events_say_so() -> None:
    assert garwood(0, 0).reason == "no_exposure"
    assert rate_ratio(0, 10, 0, 10).reason == "no_event"
    assert rate_ratio(3, 0, 2, 10).reason == "no_exposure"
    with pytest.raises(ValueError, match="negative"):
        garwood(-1, 2)


def test_rate_ratio_of_the_breast_cancer_example() -> None:
    """R's documentation of poisson.test: 11 in 800 against 23 in 3011 person-years."""
    found = rate_ratio(11, 800, 23, 3011)
    assert found.ratio == pytest.approx(1.80, abs=0.005)
    assert found.low is not None
    assert found.ratio is not None
    assert found.high is not None
    assert found.low < 1 < found.ratio < found.high
    assert found.p_midp is not None
    assert found.p_exact is not None
    assert found.p_midp < found.p_exact


def test_no_event_on_one_side_leaves_the_ratio_open() -> None:
    found = rate_ratio(4, 10, 0, 10)
    assert (found.ratio, found.high) == (None, None)
    assert found.low is not None
    assert found.low > 0


def test_equal_rates_do_not_differ() -> None:
    assert rate_ratio(6, 10, 6, 10).p_exact == 1


def test_spread_between_sites() -> None:
    assert dispersion_ratio([4]) is None
    assert dispersion_ratio([0, 0]) is None
    assert dispersion_ratio([0, 20]) == 20
    assert mean_interval([3, 3, 3]) is None
    low, high = mean_interval([2, 4, 6]) or (0, 0)
    assert low < 4 < high


def test_an_empty_list_has_no_response_rate_and_a_closed_one_needs_no_guess() -> None:
    assert set(vars(aapor(0, 0, 0, 0, 0)).values()) == {None}
    closed = aapor(10, 2, 3, 5, 0)
    assert closed.rr1 == closed.rr3 == closed.rr5 == 0.5
    with pytest.raises(ValueError, match="share"):
        aapor(1, 0, 0, 0, 0, eligible_share=2)
