"""What no statistic may let through: an unknown or infinite number, a ragged table, a sample too large for the exact law."""

from collections.abc import Callable, Sequence
from itertools import product
from math import inf, isfinite, nan

import pytest

from reports.statistics.arrays import floats
from reports.statistics.attrition import rubin
from reports.statistics.diversity import diversity, gini, representation, top_share
from reports.statistics.independent import boschloo_p, chi_square_p, fisher, hodges_lehmann_shift
from reports.statistics.paired_binary import bonett_price, mcnemar, newcombe_paired
from reports.statistics.paired_categories import bhapkar, bowker, stuart_maxwell
from reports.statistics.participation import head_count_bounds, mann_kendall
from reports.statistics.power import pairs_needed, verdict
from reports.statistics.proportions import binomial_p, clopper_pearson, nonresponse_bounds, wilson
from reports.statistics.raking import kish_effective
from reports.statistics.rates import aapor, dispersion_ratio, garwood, mean_interval, rate_ratio, site_rate
from reports.statistics.related import friedman
from reports.statistics.reliability import IccForm, cronbach_alpha, intraclass
from reports.statistics.school_mix import school_mix
from reports.statistics.segregation import entropy, information, two_group_indices
from reports.statistics.segregation_chance import chance_p
from reports.statistics.signed_ranks import hodges_lehmann, sign_flip
from reports.statistics.suppression import suppress_two_way
from reports.statistics.survival import kaplan_meier

Of = Callable[[float], object]

ONE_NUMBER: list[Of] = [
    lambda x: wilson(x, 5),  # type: ignore[arg-type]
    lambda x: clopper_pearson(x, 5),  # type: ignore[arg-type]
    lambda x: nonresponse_bounds(x, 5, 9),  # type: ignore[arg-type]
    lambda x: binomial_p(x, 5, 0.5),  # type: ignore[arg-type]
    lambda x: bonett_price(x, 1, 9),  # type: ignore[arg-type]
    lambda x: garwood(x, 5),  # type: ignore[arg-type]
    lambda x: rate_ratio(3, 1, 4, x),
    lambda x: site_rate([1, 2], [3, x]),
    lambda x: aapor(x, 0, 0, 0, 1),  # type: ignore[arg-type]
    lambda x: dispersion_ratio([1, 2, x]),  # type: ignore[list-item]
    lambda x: diversity([1, x]),  # type: ignore[list-item]
    lambda x: representation([1, 2], [1, x]),
    lambda x: top_share([1, x]),  # type: ignore[list-item]
    lambda x: gini([1, x]),
    lambda x: kish_effective([1, x]),
    lambda x: rubin([1, x], [1, 1]),
    lambda x: mann_kendall([1, 2, x]),
    lambda x: head_count_bounds([3, x], 1),  # type: ignore[list-item]
    lambda x: kaplan_meier([1, x], [1, 1]),
    lambda x: two_group_indices([1, 2], [2, x]),
    lambda x: chance_p([2, x], [1, 1]),  # type: ignore[list-item]
    lambda x: entropy([1, x]),
    lambda x: school_mix([100, x]),
    lambda x: pairs_needed(x),
    lambda x: verdict(x, 1, x),
]
OF_TABLES: list[Callable[[Sequence[Sequence[float]]], object]] = [
    mcnemar, newcombe_paired, stuart_maxwell, bhapkar, bowker, fisher, boschloo_p, chi_square_p, friedman,
    cronbach_alpha, intraclass, information, suppress_two_way,
]  # fmt: skip


@pytest.mark.parametrize("statistic", ONE_NUMBER)
def test_an_unknown_or_infinite_number_is_refused(statistic: Of) -> None:
    for number in (nan, inf):
        with pytest.raises(
            ValueError, match=r"known|p value|infinite|missing|0 <=|one number|without a published|smallest"
        ):
            statistic(number)


@pytest.mark.parametrize("statistic", OF_TABLES)
def test_a_ragged_or_infinite_table_is_refused(statistic: Callable[[Sequence[Sequence[float]]], object]) -> None:
    with pytest.raises(ValueError, match="same length"):
        statistic([[1, 2], [3]])
    with pytest.raises(ValueError, match="infinite"):
        statistic([[1, inf], [2, 3]])


def test_missing_answers_are_dropped_never_ranked() -> None:
    assert sign_flip([1, None, nan, 2, -1]) == sign_flip([1, 2, -1])
    assert mean_interval([1, None, 3]) == mean_interval([1, 3])
    assert mean_interval([2, 2, None]) is None
    with pytest.raises(ValueError, match="infinite"):
        floats([1, inf])


def test_ratings_without_agreement_have_no_bounds_rather_than_nonsense() -> None:
    forms: tuple[IccForm, ...] = ("ICC1", "ICC2", "ICC3", "ICC1k", "ICC2k", "ICC3k")
    for cells, form in product(product((1, 3), repeat=4), forms):
        found = intraclass([cells[:2], cells[2:]], form)
        shown = [found.value, found.low, found.high, found.f, found.p]
        assert all(value is None or isfinite(value) for value in shown)
        if found.value is not None and found.low is not None and found.high is not None:
            assert found.low - 1e-9 <= found.value <= found.high + 1e-9
    assert intraclass([[5, 0], [0, 5]], "ICC2").reason == "singular"


def test_large_samples_take_the_normal_law_for_the_rank_of_their_bounds() -> None:
    change = hodges_lehmann([x % 7 - 2.5 for x in range(700)])
    assert change.value == pytest.approx(0.5)
    assert change.low is not None
    assert change.high is not None
    assert change.low <= 0.5 <= change.high
    assert change.achieved == pytest.approx(0.95, abs=0.001)
    shift = hodges_lehmann_shift(range(200), range(20, 220))
    assert shift.value == -20
    assert (shift.low, shift.high) == (-32, -8)
    assert shift.achieved == pytest.approx(0.95, abs=0.001)


def test_a_table_of_another_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="2 x 2"):
        boschloo_p([[1, 2, 3]])
