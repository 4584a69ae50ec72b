"""Time in the programme: nobody is forgotten, nothing is invented beyond the last observation."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from reports.statistics.survival import cumulative_incidence, kaplan_meier, log_rank

quick = settings(max_examples=60, deadline=None, derandomize=True)
people = st.lists(st.tuples(st.integers(1, 24), st.integers(0, 3)), min_size=1, max_size=40)


@quick
@given(people, st.randoms())
def test_the_curve_agrees_with_scipy_whatever_the_order(rows: list[tuple[int, int]], random: object) -> None:
    times, gone = [t for t, _ in rows], [cause > 0 for _, cause in rows]
    curve = kaplan_meier(times, gone)
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert kaplan_meier([t for t, _ in shuffled], [c > 0 for _, c in shuffled]) == curve
    censored = stats.CensoredData(
        uncensored=[t for t, g in zip(times, gone, strict=True) if g],
        right=[t for t, g in zip(times, gone, strict=True) if not g],
    )
    if any(gone):
        steps = stats.ecdf(censored).sf
        assert [curve.at(t).survival for t in steps.quantiles] == pytest.approx(list(steps.probabilities))
    for point in curve.points:
        if point.low is not None and point.high is not None:
            assert 0 <= point.low <= point.survival <= point.high <= 1
    assert (curve.median is None) == (curve.points[-1].survival > 0.5 + 1e-9)


@quick
@given(people)
def test_competing_reasons_and_remaining_people_make_one(rows: list[tuple[int, int]]) -> None:
    times, causes = [t for t, _ in rows], [c for _, c in rows]
    shares, remaining = cumulative_incidence(times, causes).at(24)
    assert sum(shares.values()) + remaining == pytest.approx(1)
    assert remaining == pytest.approx(kaplan_meier(times, [c > 0 for c in causes]).at(24).survival)


def test_everyone_still_followed_has_no_median() -> None:
    curve = kaplan_meier([3, 9, 12], [False] * 3)
    assert (curve.median, curve.reason, curve.at(12).survival) == (None, "no_event", 1.0)
    assert curve.at(12).low is None


def test_a_median_that_is_not_reached_says_so() -> None:
    curve = kaplan_meier([3, 9, 12, 12], [True, False, False, False])
    assert (curve.median, curve.reason) == (None, "not_reached")
    assert curve.quantile(0.25) == 3


def test_nobody() -> None:
    assert kaplan_meier([], []).reason == "empty"
    assert cumulative_incidence([], []).reason == "empty"
    assert kaplan_meier([], []).at(5).survival == 1.0


def test_the_curve_is_cut_when_few_remain() -> None:
    curve = kaplan_meier(list(range(1, 11)), [True] * 10)
    assert [point.at_risk for point in curve.shown(5)] == [10, 9, 8, 7, 6, 5]
    assert curve.points[-1].survival == 0
    assert curve.points[-1].se is None


def test_children_already_followed_enter_late() -> None:
    curve = kaplan_meier([4, 8, 10], [True, True, True], entries=[0, 5, 0])
    assert [point.at_risk for point in curve.points] == [2, 2, 1]


def test_unusable_durations_are_refused() -> None:
    for times, entries in (([-1], None), ([float("nan")], None), ([3], [3.0])):
        with pytest.raises(ValueError):
            kaplan_meier(times, [True], entries)
    with pytest.raises(ValueError, match="length"):
        kaplan_meier([1, 2], [True])


def test_log_rank_agrees_with_scipy_and_refuses_empty_groups() -> None:
    rng = np.random.default_rng(3)
    first, second = list(rng.integers(1, 20, 15)), list(rng.integers(1, 30, 18))
    found = log_rank([(first, [True] * 15), (second, [True] * 18)])
    assert found.p == pytest.approx(stats.logrank(first, second).pvalue)
    assert log_rank([(first, [True] * 15), ([], [])]).reason == "empty_group"
    assert log_rank([([4, 5], [False] * 2), ([6], [False])]).reason == "no_event"
    assert log_rank([([4, 4], [True] * 2), ([4], [True])]).reason == "singular"


def test_three_groups_have_two_degrees_of_freedom() -> None:
    rows = [([1, 2, 3, 9], [True] * 4), ([4, 5, 6], [True] * 3), ([7, 8, 9, 9], [True, True, False, True])]
    assert log_rank(rows).df == 2
    assert sum(log_rank(rows).expected) == pytest.approx(sum(log_rank(rows).observed))
