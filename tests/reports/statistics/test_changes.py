"""Paired answers, groups and waves: exact distributions enumerated, degenerate inputs named."""

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.statistics.effect_sizes import cohens_d, difference_in_differences, mean_change, paired_effect, welch
from reports.statistics.independent import (
    boschloo_p,
    brunner_munzel_p,
    chi_square_p,
    cliffs_delta,
    fisher,
    hodges_lehmann_shift,
    kruskal_wallis,
    mann_whitney,
)
from reports.statistics.paired_binary import bonett_price, mcnemar, newcombe_paired, paired_table
from reports.statistics.paired_categories import bhapkar, bowker, stuart_maxwell
from reports.statistics.related import cochran_q, friedman, page
from reports.statistics.signed_ranks import (
    common_language,
    hodges_lehmann,
    likert_change,
    pairwise_sign_flips,
    rank_biserial,
    sign_flip,
    sign_test_p,
)

quick = settings(max_examples=60, deadline=None, derandomize=True)
levels = st.one_of(st.none(), st.integers(1, 5))
small_changes = st.lists(st.integers(-4, 4), min_size=1, max_size=9)


@quick
@given(small_changes)
def test_sign_flip_p_is_the_share_of_sign_choices(changes: list[int]) -> None:
    found = sign_flip(changes)
    ranks = {abs(c): np.mean([i for i, v in enumerate(sorted(map(abs, changes)), 1) if v == abs(c)]) for c in changes}
    moved = [c for c in changes if c]
    if not moved:
        assert (found.p_exact, found.p_midp, found.reason) == (None, None, "no_change")
        return
    sums = [
        sum(ranks[abs(c)] for c, up in zip(moved, way, strict=True) if up) for way in product((0, 1), repeat=len(moved))
    ]
    below, above = np.mean(np.array(sums) <= found.w_plus + 1e-9), np.mean(np.array(sums) >= found.w_plus - 1e-9)
    assert found.p_exact == pytest.approx(min(1, 2 * min(below, above)))
    assert found.p_midp is not None
    assert found.p_exact is not None
    assert found.p_midp <= found.p_exact


@quick
@given(st.lists(st.tuples(levels, levels), max_size=30), st.randoms())
def test_a_likert_change_counts_everyone_once_whatever_the_order(
    rows: list[tuple[int | None, int | None]], random: object
) -> None:
    found = likert_change([a for a, _ in rows], [b for _, b in rows])
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert likert_change([a for a, _ in shuffled], [b for _, b in shuffled]) == found
    assert found.up + found.unchanged + found.down == found.pairs
    if not found.pairs:
        assert (found.net.value, found.reason) == (None, "empty")
        return
    assert found.net.low is not None
    assert found.net.value is not None
    assert found.net.high is not None
    assert found.net.low <= found.net.value <= found.net.high
    assert found.test.p is None or 0 < found.test.p <= 1


def test_floating_noise_does_not_break_ties() -> None:
    assert sign_flip([0.3 - 0.2, 0.2 - 0.1, -(0.4 - 0.3)]).w_plus == 4


def test_many_changes_use_the_normal_p() -> None:
    found = sign_flip(list(range(-150, 180)))
    assert (found.p_exact, found.p_midp) == (None, None)
    assert found.p == found.p_normal


def test_rank_biserial_at_its_ends_has_no_interval() -> None:
    assert rank_biserial([1, 2, 2]).value == 1
    assert rank_biserial([1, 2, 2]).low is None
    assert rank_biserial([]).reason == "empty"
    assert rank_biserial([0, 0]).reason == "no_change"
    assert sign_test_p([0, 0]) is None


def test_hodges_lehmann_needs_two_values_for_an_interval() -> None:
    assert hodges_lehmann([]).reason == "empty"
    assert hodges_lehmann([2.0]).value == 2.0
    assert hodges_lehmann([2.0]).low is None
    assert hodges_lehmann([1, None, 5]).value == 3
    assert hodges_lehmann_shift([1], []).reason == "empty_group"
    assert hodges_lehmann_shift([3, 4], [1]).value == 2.5


@quick
@given(st.lists(st.integers(1, 5), min_size=1, max_size=5), st.lists(st.integers(1, 5), min_size=1, max_size=5))
def test_mann_whitney_is_exact_with_ties(x: list[int], y: list[int]) -> None:
    found = mann_whitney(x, y)
    together = x + y
    if len(set(together)) == 1:
        assert (found.p, found.reason) == (None, "constant")
        return
    ranks = [np.mean([i for i, v in enumerate(sorted(together), 1) if v == value]) for value in together]
    sums = np.array([sum(ranks[i] for i in chosen) for chosen in combinations(range(len(together)), len(x))])
    observed = sum(ranks[: len(x)])
    assert found.p_greater == pytest.approx(np.mean(sums >= observed - 1e-9))
    delta = cliffs_delta(x, y)
    assert delta.value is not None
    assert found.u is not None
    assert delta.value == pytest.approx(2 * found.u / (len(x) * len(y)) - 1)


def test_groups_without_answers_or_without_spread() -> None:
    assert mann_whitney([], [1]).reason == "empty_group"
    assert cliffs_delta([1], []).reason == "empty_group"
    assert cliffs_delta([1], [2]).reason == "too_few"
    assert cliffs_delta([3, 4], [1, 2]).low is None
    assert cliffs_delta([2, 2], [2, 2]).reason == "constant"
    assert kruskal_wallis([[1, 1], [1, 1]]).reason == "constant"
    assert kruskal_wallis([[1, 2], []]).reason == "empty_group"
    assert brunner_munzel_p([1, 1], [1, 1]) is None
    assert brunner_munzel_p([1, 2], [3, 4]) is None
    assert brunner_munzel_p([1, 2, 3, 4], [2, 3, 4, 5]) == pytest.approx(0.2, abs=0.2)
    assert common_language([], [1]) is None


def test_fisher_and_its_neighbours() -> None:
    assert fisher([[0, 0], [3, 4]]).reason == "empty_group"
    tea = fisher([[3, 1], [1, 3]])
    assert tea.p == pytest.approx(0.4857, abs=1e-4)
    assert tea.p_greater == pytest.approx(0.2429, abs=1e-4)
    assert fisher([[3, 0], [0, 3]]).high is None
    assert chi_square_p([[3, 4], [0, 0]]) is None
    assert boschloo_p([[3, 0], [3, 0]]) is None
    assert (boschloo_p([[7, 1], [2, 8]]) or 1) < (fisher([[7, 1], [2, 8]]).p or 0)


def test_nobody_changed_never_gives_p_zero() -> None:
    found = mcnemar([[12, 0], [0, 8]])
    assert (found.p_midp, found.chi2, found.reason) == (None, None, "no_discordant_pair")
    assert bonett_price(0, 0, 0).reason == "empty"
    assert newcombe_paired([[0, 0], [0, 0]]).reason == "empty"
    assert bonett_price(0, 0, 20).value == 0
    assert mcnemar([[1, 4], [4, 1]]).p_midp == 1


@quick
@given(st.tuples(*[st.integers(0, 30)] * 4))
def test_paired_intervals_hold_their_difference(cells: tuple[int, int, int, int]) -> None:
    a, b, c, d = cells
    score = newcombe_paired([[a, b], [c, d]])
    if score.value is None or score.low is None or score.high is None:
        assert sum(cells) == 0
        return
    assert -1 <= score.low <= score.value <= score.high <= 1
    adjusted = bonett_price(b, c, sum(cells))
    assert adjusted.low is not None
    assert adjusted.high is not None
    assert adjusted.low <= score.value + 1e-12
    assert score.value - 1e-12 <= adjusted.high


def test_pairs_are_complete_yes_or_no() -> None:
    assert paired_table([1, 1, 0, None], [1, 0, 1, 1]) == [[1, 1], [1, 0]]
    with pytest.raises(ValueError, match="0 or 1"):
        paired_table([2], [1])
    with pytest.raises(ValueError, match="length"):
        likert_change([1], [1, 2])
    with pytest.raises(ValueError, match="2 x 2"):
        mcnemar([[1, 2, 3]])


def test_square_tables_drop_unused_answers() -> None:
    full, padded = [[10, 4], [1, 9]], [[10, 0, 4], [0, 0, 0], [1, 0, 9]]
    assert stuart_maxwell(padded) == stuart_maxwell(full)
    assert stuart_maxwell(full).chi2 == pytest.approx(9 / 5)
    assert bowker(padded) == bowker(full)
    for test in (stuart_maxwell, bhapkar, bowker):
        assert test([[0, 0], [0, 0]]).reason == "empty"
        assert test([[7, 0], [0, 0]]).reason == "one_category"
        assert test([[7, 0], [0, 5]]).reason == "no_change"
    assert bhapkar([[0, 5], [0, 0]]).reason == "same_change"
    with pytest.raises(ValueError, match="same categories"):
        bowker([[1, 2]])


def test_waves_need_people_who_move() -> None:
    assert friedman([]).reason == "empty"
    assert friedman([[1, 1, 1], [2, 2, 2]]).reason == "no_change"
    assert friedman([[1, None, 1]]).reason == "empty"
    assert page([[1, 2, 3]]).reason == "too_few"
    assert cochran_q([[1, 1, 1], [0, 0, 0]]).reason == "no_change"
    with pytest.raises(ValueError, match="0 or 1"):
        cochran_q([[1, 2, 3]])
    assert cochran_q([[1, 0], [1, 0], [1, 0], [0, 1]]).statistic == pytest.approx(1.0)
    tests = pairwise_sign_flips([[1, 2, 3], [2, 3, None], [3, 4, 5]])
    assert tests[0, 1].n == 2
    assert tests[0, 2].n == 3


def test_equal_changes_have_no_p() -> None:
    assert mean_change([1, 2, 3], [2, 3, 4]).reason == "same_change"
    assert mean_change([1, 2, 3], [1, 2, 3]).reason == "no_change"
    assert mean_change([1], [3]).reason == "too_few"
    assert mean_change([], []).reason == "empty"
    assert paired_effect([1, 2, 3], [2, 3, 4]).reason == "same_change"
    assert paired_effect([1, 4], [2, 3]).reason == "too_few"
    assert cohens_d([2, 2], [2, 2]).reason == "constant"
    assert cohens_d([], [2, 2]).reason == "empty_group"
    assert cohens_d([1], [2, 2]).reason == "too_few"
    assert welch([2, 2], [3, 3]).reason == "constant"


def test_a_comparison_group_takes_off_its_own_change() -> None:
    found = difference_in_differences([1, 2, 3], [3, 4, 6], [1, 2, 4], [2, 3, 5])
    assert found.value == pytest.approx(4 / 3)
    assert found.low is not None
    assert found.high is not None
    assert found.low < found.value < found.high
