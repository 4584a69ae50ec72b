"""Bounds without name lists, checked against every way of seating people; description with name lists."""

from itertools import combinations, permutations, product

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.statistics.participation import head_count_bounds, mann_kendall, presence_summary, smallest_core

quick = settings(max_examples=60, deadline=None, derandomize=True)
matrices = st.integers(1, 6).flatmap(
    lambda sessions: st.lists(st.lists(st.integers(0, 1), min_size=sessions, max_size=sessions), max_size=12)
)


def seatings(attendance: list[int], people: int) -> set[tuple[int, ...]]:
    """Sorted presences per person of every way in which exactly `people` distinct people fill the sessions."""
    choices = [list(combinations(range(people), n)) for n in attendance]
    found = set()
    for seats in product(*choices):
        presences = [sum(person in session for session in seats) for person in range(people)]
        if min(presences) > 0:
            found.add(tuple(sorted(presences)))
    return found


@pytest.mark.parametrize("attendance", [[2, 1, 1], [3, 2, 1], [2, 2, 2], [3, 3, 1], [1, 1, 1, 1], [2, 0, 1]])
def test_bounds_are_reached_by_real_seatings_and_never_passed(attendance: list[int]) -> None:
    possible = {n: seatings(attendance, n) for n in range(max(attendance), sum(attendance) + 1)}
    for k in range(1, len(attendance) + 1):
        bounds = head_count_bounds(attendance, k)
        cores = {n: [sum(p >= k for p in way) for way in ways] for n, ways in possible.items()}
        every = [core for values in cores.values() for core in values]
        assert (min(every), max(every)) == (bounds.core_min, bounds.core_max)
        assert min(cores[bounds.distinct_min]) == bounds.core_min_if_fewest
        for people, values in cores.items():
            assert smallest_core(attendance, k, people) == min(values)


def test_no_session_and_empty_sessions_have_reasons() -> None:
    assert head_count_bounds([], 4).reason == "empty"
    assert head_count_bounds([0, 0], 1).reason == "empty"
    assert head_count_bounds([5], 1).all_sessions_min == 5
    assert head_count_bounds([0, 5], 1).last_over_first is None


def test_impossible_inputs_are_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        head_count_bounds([3, -1], 1)
    with pytest.raises(ValueError, match="core_k"):
        head_count_bounds([3, 1], 3)
    with pytest.raises(ValueError, match="distinct"):
        smallest_core([3, 1], 2, 2)


@pytest.mark.parametrize("values", [(3, 1, 2, 2), (5, 5, 1, 1, 2), (1, 2, 3, 4, 5), (2, 1, 2, 1, 2)])
def test_the_trend_p_is_the_share_of_permutations(values: tuple[int, ...]) -> None:
    def s(row: tuple[int, ...]) -> int:
        return sum((b > a) - (b < a) for a, b in combinations(row, 2))

    ways = [s(row) for row in permutations(values)]
    trend = mann_kendall(values)
    assert trend.s == s(values)
    assert trend.p == pytest.approx(sum(abs(way) >= abs(s(values)) for way in ways) / len(ways))


def test_a_trend_needs_three_values_that_vary() -> None:
    assert mann_kendall([]).reason == "empty"
    assert mann_kendall([4, 2]).reason == "too_few"
    flat = mann_kendall([4, 4, 4, 4])
    assert (flat.s, flat.p, flat.reason) == (0, None, "constant")
    with pytest.raises(ValueError, match="missing"):
        mann_kendall([1, float("nan"), 2])


def test_long_series_use_the_normal_approximation() -> None:
    found = mann_kendall([i % 7 + i / 10 for i in range(150)])
    assert found.method == "normal"
    assert found.p is not None
    assert 0 < found.p < 0.001


def test_a_presence_matrix_read_by_hand() -> None:
    found = presence_summary(pd.DataFrame([[1, 1, 1, 0], [1, 0, 0, 0], [0, 1, 1, 1], [0, 0, 0, 0]]))
    assert (found.people, found.presences, found.core_k, found.core) == (3, 7, 2, 2)
    assert found.attendance == (2, 2, 2, 1)
    assert found.newcomers == (2, 1, 0, 0)
    assert found.retention == (0.5, 1.0, 0.5)
    assert (found.one_time, found.first_to_last) == (1, 0.0)
    assert found.core_share_presences == pytest.approx(6 / 7)


@quick
@given(matrices, st.randoms())
def test_the_order_of_people_does_not_matter_and_head_counts_bound_the_truth(
    rows: list[list[int]], random: object
) -> None:
    sessions = len(rows[0]) if rows else 3
    frame = pd.DataFrame(rows, columns=range(sessions))
    found = presence_summary(frame)
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert presence_summary(pd.DataFrame(shuffled, columns=range(sessions))) == found
    if not found.presences:
        assert (found.people, found.core, found.reason) == (0, 0, "empty")
        return
    bounds = head_count_bounds(found.attendance, found.core_k)
    assert bounds.distinct_min <= found.people <= bounds.distinct_max
    assert bounds.core_min <= found.core <= bounds.core_max
    assert sum(found.newcomers) == found.people


def test_a_presence_is_zero_or_one() -> None:
    with pytest.raises(ValueError, match="presence"):
        presence_summary(pd.DataFrame([[1, 2]]))
    with pytest.raises(ValueError, match="presence"):
        presence_summary(pd.DataFrame([[1, None]], dtype=float))
    with pytest.raises(ValueError, match="core_k"):
        presence_summary(pd.DataFrame([[1, 1]]), 3)
