"""Worked examples of participation: three workshops of four people, and head counts without names."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from impact.periods import Period
from reports.computing import participation
from reports.data import Data
from reports.statistics.participation import presence_summary
from tests.reports.computing.made import YEAR, by_category, counts, workshops

# Persons 1 to 4: 1 came three times, 2 twice, 3 and 4 once. Half of three workshops, rounded up, is two.
NAMED = workshops([{1, 2, 3}, {1, 2}, {1, 4}])
HEADS = workshops([33, 24, 24, 15, 9, 13, 7], threshold=4)


def joined(*parts: Data) -> Data:
    tables = {name: pd.concat([getattr(part, name) for part in parts]) for name in ("workshops", "attendance")}
    return replace(parts[0], **tables)


def test_workshops_held() -> None:
    (found,) = participation.workshops_held(NAMED, YEAR)
    assert found.value == 3


def test_a_workshop_out_of_the_period_or_not_held_is_not_counted() -> None:
    october = Period(date(2024, 10, 1), date(2024, 11, 30))
    assert participation.presences(NAMED, october)[0].value == 3
    planned = replace(NAMED, workshops=NAMED.workshops.assign(state=["held", "planned", "cancelled"]))
    assert participation.presences(planned, YEAR)[0].value == 3


def test_presences_by_workshop() -> None:
    found = participation.presences_by_workshop(NAMED, YEAR)
    assert by_category(found) == {"101": 3, "102": 2, "103": 2}
    assert [row.label for row in found] == ["Atelier 1", "Atelier 2", "Atelier 3"]
    assert [row.value for row in participation.presences_by_workshop(HEADS, YEAR)] == [33, 24, 24, 15, 9, 13, 7]


def test_presences_and_their_mean() -> None:
    (total,), (mean,) = participation.presences(NAMED, YEAR), participation.presences_mean(NAMED, YEAR)
    assert (total.value, total.n) == (7, 3)
    assert mean.value == pytest.approx(7 / 3)
    assert (mean.numerator, mean.denominator) == (7, 3)
    assert participation.presences(HEADS, YEAR)[0].value == 125


def test_people() -> None:
    (found,) = participation.people(NAMED, YEAR)
    assert (found.value, found.low, found.high) == (4, None, None)


def test_people_without_names_are_bounded() -> None:
    (found,) = participation.people(HEADS, YEAR)
    assert (found.value, found.reason, found.method) == (None, "no_name_list", "bounds")
    assert (found.low, found.high) == (33, 125)


def test_one_named_workshop_among_head_counts_tightens_the_bounds() -> None:
    # Three people named; five then at least one more than the three: between 5 and 3 + 5.
    (found,) = participation.people(workshops([{1, 2, 3}, 5]), YEAR)
    assert (found.low, found.high) == (5, 8)


def test_people_by_presences() -> None:
    assert by_category(participation.people_by_presences(NAMED, YEAR)) == {"1": 2, "2": 1, "3": 1}
    assert participation.people_by_presences(HEADS, YEAR)[0].reason == "no_name_list"


def test_core_group() -> None:
    (found,) = participation.core_group(NAMED, YEAR)
    assert (found.value, found.denominator) == (2, 4)
    assert found.effect == {"threshold": 2, "workshops": 3}
    (strict,) = participation.core_group(workshops([{1, 2, 3}, {1, 2}, {1, 4}], threshold=3), YEAR)
    assert strict.value == 1


def test_core_group_without_names_is_bounded() -> None:
    # With at most K people each seen four times: min(n, K) summed over the seven is 121 for K = 30, 4 x 30 = 120.
    (found,) = participation.core_group(HEADS, YEAR)
    assert (found.value, found.low, found.high, found.reason) == (None, 0, 30, "no_name_list")


def test_core_group_of_two_cycles_is_their_union() -> None:
    other = workshops([{1, 5}, {5}], cycle=2)  # k = 1: both
    found = participation.core_group(joined(NAMED, other), YEAR)
    assert by_category(found) == {"": 3, "1": 2, "2": 2}
    assert [row.label for row in found] == ["", "Premier cycle", "Second cycle"]
    assert found[0].denominator == 5


def test_core_share() -> None:
    # Persons 1 and 2 make 3 + 2 of the 7 presences.
    (found,) = participation.core_share(NAMED, YEAR)
    assert (found.numerator, found.denominator) == (5, 7)


def test_core_by_workshop() -> None:
    found = participation.core_by_workshop(NAMED, YEAR)
    assert by_category(found) == {"101": 2, "102": 2, "103": 1}
    assert [row.denominator for row in found] == [3, 2, 2]


def test_newcomers_by_workshop() -> None:
    assert by_category(participation.newcomers_by_workshop(NAMED, YEAR)) == {"101": 3, "102": 0, "103": 1}


def test_newcomers_were_never_seen_before_the_period_either() -> None:
    november = Period(date(2024, 11, 15), date(2025, 1, 31))
    assert by_category(participation.newcomers_by_workshop(NAMED, november)) == {"102": 0, "103": 1}
    unnamed = workshops([3, {1, 2}, {1, 4}])
    assert {row.reason for row in participation.newcomers_by_workshop(unnamed, november)} == {"no_name_list"}


def test_retention() -> None:
    found = participation.retention(NAMED, YEAR)
    assert counts(found) == {"102": 2, "103": 1}
    assert [row.denominator for row in found] == [3, 2]


def test_two_head_counts_are_never_a_retention() -> None:
    found = participation.retention(HEADS, YEAR)
    assert {(row.value, row.reason) for row in found} == {(None, "no_name_list")}
    assert participation.retention(workshops([0, {1}]), YEAR)[0].reason == "empty"


def test_one_time() -> None:
    (found,) = participation.one_time(NAMED, YEAR)
    assert (found.numerator, found.denominator) == (2, 4)
    assert participation.one_time(workshops([{1}]), YEAR)[0].reason == "too_few"


def test_people_by_kind() -> None:
    # Organisation 0 (State) has person 1, organisation 1 (association) 2 and 3, organisation 2 (health) 4.
    found = participation.people_by_kind(NAMED, YEAR)
    assert counts(found) == {"state": 1, "association": 2, "health": 1}
    assert {row.denominator for row in found} == {4}


def test_people_of_no_known_organisation_are_apart() -> None:
    attendance = NAMED.attendance.copy()
    attendance.loc[attendance["member_id"] == 4, ["organisation_id", "organisation_kind"]] = None
    found = participation.people_by_kind(replace(NAMED, attendance=attendance), YEAR)
    assert counts(found) == {"state": 1, "association": 2, "health": 0}
    assert {(row.denominator, row.missing) for row in found} == {(3, 1)}


def test_organisations() -> None:
    assert participation.organisations(NAMED, YEAR)[0].value == 3
    assert participation.organisations(HEADS, YEAR)[0].reason == "no_name_list"
    (partly,) = participation.organisations(workshops([{1, 2}, 5]), YEAR)
    assert (partly.value, partly.reason, partly.missing) == (2, "partly_named", 5)


def test_organisations_by_kind() -> None:
    # Persons 1, 2, 4, 6, 8: organisations 0, 1, 2, 3 and 4 of kinds state, association, health, state, association.
    found = participation.organisations_by_kind(workshops([{1, 2, 4, 6, 8}]), YEAR)
    assert counts(found) == {"state": 2, "association": 2, "health": 1}


def test_equivalent_kinds() -> None:
    # One organisation of each of three kinds: exactly three kinds of equal weight.
    (found,) = participation.equivalent_kinds(NAMED, YEAR)
    assert found.value == pytest.approx(3)
    assert found.n == 3


def test_trend() -> None:
    # Of the 21 pairs, one is tied (24, 24), one rises (9, 13): S = 1 - 19 = -18.
    (found,) = participation.trend(HEADS, YEAR)
    assert found.test is not None
    assert (found.numerator, found.denominator, found.n) == (-18, 21, 7)
    assert found.value == pytest.approx(-0.8783100656536799)
    assert found.test["p"] == pytest.approx(0.004761904761904762)
    assert participation.trend(workshops([3, 2]), YEAR)[0].reason == "too_few"
    assert participation.trend(workshops([3, 3, 3]), YEAR)[0].reason == "constant"


def test_each_of_several_cycles_has_its_own_trend() -> None:
    both = joined(workshops([3, 2, 1]), workshops([1, 2, 3], cycle=2))
    assert by_category(participation.trend(both, YEAR)) == {"1": -1, "2": 1}


@settings(max_examples=25)
@given(st.lists(st.sets(st.integers(1, 6), min_size=1), min_size=2, max_size=6))
def test_figures_agree_with_the_presence_matrix(sheets: list[set[int]]) -> None:
    data = workshops(sheets)
    summary = presence_summary(pd.DataFrame([[int(person in sheet) for sheet in sheets] for person in range(1, 7)]))
    assert participation.people(data, YEAR)[0].value == summary.people
    assert participation.core_group(data, YEAR)[0].value == summary.core
    assert participation.core_share(data, YEAR)[0].value == pytest.approx(summary.core_share_presences)
    assert [row.value for row in participation.newcomers_by_workshop(data, YEAR)] == list(summary.newcomers)
    assert [row.value for row in participation.retention(data, YEAR)] == pytest.approx(list(summary.retention))


@settings(max_examples=25)
@given(st.lists(st.sets(st.integers(1, 6), min_size=1), min_size=2, max_size=6))
def test_bounds_hold_what_the_names_would_have_said(sheets: list[set[int]]) -> None:
    named, heads = workshops(sheets), workshops([len(sheet) for sheet in sheets])
    for indicator in (participation.people, participation.core_group):
        exact, bounded = indicator(named, YEAR)[0].value, indicator(heads, YEAR)[0]
        assert exact is not None
        assert bounded.low is not None
        assert bounded.high is not None
        assert bounded.low <= exact <= bounded.high
