"""Diversity, networks, segregation, school mix, avoidance, hiding of cells, anonymity."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from impact.cooperation.network import network, realisation
from reports.statistics.anonymity import anonymity
from reports.statistics.avoidance import flows, social_flows, stay_rate
from reports.statistics.diversity import diversity, gini, representation, top_share
from reports.statistics.merging import merge_ordered, merge_siblings
from reports.statistics.school_mix import school_mix
from reports.statistics.segregation import (
    decompose,
    exposure_by_level,
    information,
    local_segregation,
    nested_contributions,
    sector_index,
    two_group_indices,
)
from reports.statistics.segregation_chance import (
    against_chance,
    allen_adjusted,
    carrington_troske,
    expected_dissimilarity,
    expected_entropy_index,
    expected_exposure,
    segregation_change,
)
from reports.statistics.suppression import attacker_intervals, suppress_one_way, suppress_two_way

quick = settings(max_examples=50, deadline=None, derandomize=True)
tables = st.integers(2, 4).flatmap(
    lambda groups: st.lists(st.lists(st.integers(0, 30), min_size=groups, max_size=groups), min_size=2, max_size=6)
)


def test_diversity_of_nobody_and_of_one_type() -> None:
    assert diversity([]).reason == "empty"
    alone = diversity([5, 0])
    assert (alone.shannon, alone.pielou, alone.inverse_simpson, alone.reason) == (0, None, 1, "one_category")
    assert diversity([1]).simpson_unbiased is None
    assert diversity([2, 2, 2]).hill1 == pytest.approx(3)
    with pytest.raises(ValueError, match="negative"):
        diversity([-1])


def test_representation_against_a_target() -> None:
    assert representation([3, 0, 1], [0.5, 0.5, 0]) == [1.5, 0.0, None]
    assert representation([0, 0], [1, 1]) == [None, None]
    with pytest.raises(ValueError, match="target"):
        representation([1], [1, 1])


def test_concentration_of_activity() -> None:
    assert top_share([0, 0]) is None
    assert top_share([5, 1, 1, 1, 2], 3) == 0.8
    assert gini([]) is None
    assert gini([4, 4, 4]) == pytest.approx(0)
    assert gini([0, 0, 9]) == pytest.approx(2 / 3)
    with pytest.raises(ValueError, match="negative"):
        gini([-1])


def test_links_are_unordered_and_confirmed_when_both_say_so() -> None:
    said = [("a", "b"), ("b", "a"), ("a", "c"), ("a", "c"), ("d", "d")]
    found = network("abcde", said, [("b", "a"), ("c", "d")], {"a": 1, "b": 1, "c": 2, "d": 2, "e": 2}, "abc")
    assert (found.links, found.confirmed, found.to_create, found.isolates) == (2, 1, 1, 2)
    assert (found.density, found.density_if_created, found.density_responding) == (0.2, 0.3, pytest.approx(2 / 3))
    assert (found.ei, found.confirmation_rate) == (0, 0.5)
    with pytest.raises(ValueError, match="unknown"):
        network("ab", [("a", "z")])


def test_empty_networks() -> None:
    assert network([], []).density is None
    lonely = network(["a", "b"], [])
    assert (lonely.density, lonely.centralisation, lonely.transitivity) == (0, None, None)


def test_a_star_is_fully_centralised_and_a_triangle_closed() -> None:
    assert network("abcd", [("a", x) for x in "bcd"]).centralisation == 1
    triangle = network("abc", ["ab", "bc", "ca"])
    assert (triangle.transitivity, triangle.clustering, triangle.centralisation) == (1, 1, 0)


def test_planned_links_that_were_made() -> None:
    found = realisation([("a", "b"), ("b", "c")], [("b", "a")])
    assert (found.made, found.planned, found.share) == (1, 2, 0.5)
    assert realisation([], []).share is None


@quick
@given(tables, st.randoms())
def test_segregation_stays_in_bounds_and_splits_exactly(table: list[list[int]], random: object) -> None:
    total = information(table)
    if total.m is None:
        assert total.reason == "empty"
        return
    shuffled = list(table)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert information(shuffled).m == pytest.approx(total.m)
    local = local_segregation(table)
    assert sum(unit.contribution for unit in local if unit) == pytest.approx(total.m)
    parts = decompose(table, ["first" if place % 2 else "second" for place in range(len(table))])
    if total.h is None:
        assert parts.reason == total.reason == "one_group"
        return
    assert 0 <= total.h <= 1 + 1e-12
    assert (parts.m_between or 0) + (parts.m_within or 0) == pytest.approx(total.m)
    assert (parts.h_between or 0) + (parts.h_within or 0) == pytest.approx(total.h)


@quick
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=8))
def test_two_group_indices_stay_in_bounds(units: list[tuple[int, int]]) -> None:
    found = two_group_indices([x for x, _ in units], [x + y for x, y in units])
    if found.dissimilarity is None:
        assert found.reason in ("empty", "one_group")
        return
    for value in (found.dissimilarity, found.gini, found.atkinson, found.normalised_exposure):
        assert value is not None
        assert -1e-9 <= value <= 1 + 1e-9
    assert found.gini is not None
    assert found.gini >= found.dissimilarity - 1e-9


def test_segregation_refuses_impossible_units() -> None:
    with pytest.raises(ValueError, match="group"):
        two_group_indices([3], [2])
    with pytest.raises(ValueError, match="superunit"):
        decompose([[1, 2]], [])
    assert local_segregation([[0, 0]]) == [None]


def test_nested_levels_add_to_the_total() -> None:
    rng = np.random.default_rng(2)
    rows = [(s, f"{s}{d}", f"{s}{d}{u}", g, int(rng.integers(1, 30))) for s, d, u, g in product("AB", "12", "xy", "pq")]
    frame = pd.DataFrame(rows, columns=["state", "district", "school", "group", "n"])
    levels = nested_contributions(frame, ["state", "district", "school"], "group", "n")
    assert levels is not None
    wide = frame.pivot_table(index="school", columns="group", values="n", aggfunc="sum").to_numpy(dtype=float)
    assert sum(m for m, _ in levels.values()) == pytest.approx(information(wide).m)
    assert nested_contributions(frame[frame["group"] == "p"], ["state"], "group", "n") is None


def test_sectors_recompose_the_territory() -> None:
    public, private = np.array([[40.0, 10], [20, 30]]), np.array([[5.0, 25], [10, 10]])
    whole = decompose(np.vstack([public, private]), ["public", "public", "private", "private"])
    found = sector_index(
        [public.sum(), private.sum()],
        [list(public.sum(axis=0)), list(private.sum(axis=0))],
        [information(public).h, information(private).h],
    )
    assert found.h == pytest.approx(whole.total.h)
    assert found.h_between == pytest.approx(whole.h_between)
    assert sum(found.contributions) + (found.contribution_between or 0) == pytest.approx(100)
    assert sector_index([0, 0], [[1, 1], [1, 1]], [0.1, 0.1]).reason == "empty"
    assert sector_index([1, 1], [[5, 0], [5, 0]], [None, None]).reason == "one_group"
    assert sector_index([1, 1], [[5, 5], [5, 5]], [0.0, 0.0]).reason == "constant"


def test_classes_of_a_group_that_is_everywhere() -> None:
    assert exposure_by_level(["s", "s"], [5, 5], [5, 5]).reason == "one_group"


def test_chance_level_is_the_mean_of_every_draw() -> None:
    sizes, members = [2, 3], 2
    pupils = [0, 0, 1, 1, 1]
    values = []
    for chosen in product((0, 1), repeat=5):
        if sum(chosen) == members:
            group = [sum(c for c, unit in zip(chosen, pupils, strict=True) if unit == u) for u in (0, 1)]
            values.append(two_group_indices(group, sizes).dissimilarity or 0)
    assert expected_dissimilarity(sizes, members) == pytest.approx(np.mean(values))
    assert expected_dissimilarity([5], 5) is None
    assert expected_exposure(3, 1) is None
    assert expected_entropy_index(3, 2, 0, 0.5) is None
    assert expected_entropy_index(21, 2, 525, 0.611) == pytest.approx(0.031, abs=0.001)
    assert carrington_troske(0.1, 0.2) == pytest.approx(-0.5)
    with pytest.raises(ValueError, match="members"):
        expected_dissimilarity([3], 4)


def test_a_group_of_everyone_has_no_chance_level() -> None:
    assert against_chance([5, 5], [5, 5]).reason == "one_group"
    assert allen_adjusted([5, 5], [0, 0]) is None


def test_a_change_of_margins_alone_is_not_a_change_of_segregation() -> None:
    before = np.array([[40, 20], [10, 30], [25, 25]], dtype=float)
    after = before * np.array([[2.0], [1.0], [3.0]]) * np.array([[1.0, 4.0]])
    found = segregation_change(before, after)
    parts = (found.additions, found.removals, found.group_marginal, found.unit_marginal, found.structural)
    assert all(part is not None for part in parts)
    assert sum(part or 0 for part in parts) == pytest.approx(found.change)
    assert found.structural == pytest.approx(0, abs=1e-8)
    closed = segregation_change(before, np.array([[40, 20], [10, 30], [0, 0]]))
    assert (closed.additions, closed.structural) == (pytest.approx(0), pytest.approx(0))
    assert closed.removals == pytest.approx(closed.change)
    assert segregation_change([[0, 0]], [[1, 2]]).reason == "empty"
    with pytest.raises(ValueError, match="same units"):
        segregation_change([[1, 2]], [[1, 2], [3, 4]])


def test_school_mix_without_pupil_counts_or_with_a_published_mean() -> None:
    open_file = school_mix([80.0, 100.0, 126.0], reference=104.0)
    assert (open_file.mean_weighted, open_file.between_share, open_file.pupils_beyond_share) == (None, None, None)
    assert open_file.beyond == (0, 2)
    at_limit = school_mix([80.0, 100.0], reference=100.0)
    assert (at_limit.beyond, school_mix([80.0, 100.0], reference=100.0, strict=False).beyond) == ((), (0,))
    assert school_mix([]).reason == "empty"
    with pytest.raises(ValueError, match="published"):
        school_mix([float("nan")])
    with pytest.raises(ValueError, match="pupils"):
        school_mix([90.0], [0])


def test_sectors_without_residents_have_no_rate() -> None:
    found = flows([[8, 1, 1], [0, 0, 0]])
    assert found.stay == (0.8, None)
    assert (found.incoming_public, found.net_public) == ((0, 1), (-1, 1))
    assert flows([[0, 0]]).reason == "empty"
    assert social_flows([[0, 0]], [[3, 1]]).gap is None
    with pytest.raises(ValueError, match="column"):
        flows([[1], [2]])
    with pytest.raises(ValueError, match="same sectors"):
        social_flows([[1, 2]], [[1, 2, 3]])
    assert stay_rate({"s": ["x", "y"]}, [("s", "y"), ("s", "z"), ("t", "x")]) == pytest.approx(1 / 3)
    assert stay_rate({}, []) is None


def compatible(
    table: list[list[int]], shown: "np.ndarray[tuple[int, int], np.dtype[np.bool_]]"
) -> list[list[list[int]]]:
    """Every 2-column table of integers with the same margins and the same shown cells."""
    columns = [sum(row[0] for row in table), sum(row[1] for row in table)]
    found = []
    for first in product(*[range(sum(row) + 1) for row in table]):
        candidate = [[x, sum(row) - x] for x, row in zip(first, table, strict=True)]
        same = all(candidate[i][j] == table[i][j] for i, j in np.argwhere(shown))
        if sum(first) == columns[0] and same:
            found.append(candidate)
    return found


@pytest.mark.whole
@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.lists(st.lists(st.integers(0, 9), min_size=2, max_size=2), min_size=2, max_size=4))
def test_hidden_cells_of_a_table_stay_hidden_from_someone_who_enumerates(table: list[list[int]]) -> None:
    found = suppress_two_way(table, 3)
    if not found.primary or not found.safe:
        return
    worlds = compatible(table, ~found.hidden)
    for i, j in found.primary:
        seen = [world[i][j] for world in worlds]
        assert max(seen) - min(seen) >= 3


@pytest.mark.whole
@settings(max_examples=20, deadline=None, derandomize=True)
@given(st.lists(st.lists(st.integers(0, 25), min_size=4, max_size=4), min_size=3, max_size=6))
def test_larger_tables_pass_their_own_audit(table: list[list[int]]) -> None:
    found = suppress_two_way(table, 5)
    bounds = attacker_intervals(table, found.hidden)
    for cell, (low, high) in bounds.items():
        assert low - 1e-6 <= table[cell[0]][cell[1]] <= high + 1e-6
        assert not found.safe or cell not in found.primary or high - low >= 5 - 1e-6


def test_tables_without_small_cells_or_beyond_help() -> None:
    assert suppress_two_way([[9, 9], [9, 9]]).hidden.sum() == 0
    assert suppress_two_way([[0, 0]]).reason == "empty"
    beyond = suppress_two_way([[1, 0], [0, 1]])
    assert (beyond.safe, bool(beyond.hidden.all())) == (False, True)
    assert suppress_one_way([True, False], [[2, 1]], 5) == ([True, True], False)
    with pytest.raises(ValueError, match="line"):
        suppress_one_way([True], [[1, 2]], 5)
    with pytest.raises(ValueError, match="mark"):
        attacker_intervals([[1, 2]], np.zeros((2, 2), dtype=bool))


@quick
@given(st.lists(st.integers(0, 20), min_size=1, max_size=8))
def test_merged_neighbours_are_never_small_unless_all_together_are(counts: list[int]) -> None:
    named = [(str(place), count) for place, count in enumerate(counts)]
    groups = merge_ordered(named, 5)
    assert [name for group in groups for name in group] == [name for name, _ in named]
    sums = [sum(counts[int(name)] for name in group) for group in groups]
    assert len(groups) == 1 or not any(0 < total < 5 for total in sums)


def test_siblings_leave_together() -> None:
    counts = [("a1", 3), ("a2", 9), ("b1", 8), ("c", 2)]
    assert merge_siblings(counts, {"a1": "a", "a2": "a", "b1": "b"}, 5) == [("a1", "a2"), ("b1",), ("c",)]


def test_files_nobody_can_be_found_in() -> None:
    people = pd.DataFrame({"level": ["6e"] * 6, "sex": ["F"] * 6, "grant": ["yes"] * 5 + ["no"]})
    assert anonymity(people, ["level", "sex"], "grant").safe
    assert not anonymity(people.head(5), ["level", "sex"], "grant").safe
    assert not anonymity(people.head(4), ["level", "sex"]).safe
    assert anonymity(people, []).k_min == 6
    assert anonymity(people.head(0), ["level"]).reason == "empty"
    with pytest.raises(ValueError, match="start at 1"):
        anonymity(people, ["level"], k=0)
