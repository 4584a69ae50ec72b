"""Catalogue and computations are the same list, and nothing ever comes out as NaN."""

from dataclasses import replace
from math import isnan

import pytest

from impact.vocabulary import CommunityKind
from impact_maps.indicators import CATALOGUE
from reports.computing.registry import COMPUTATIONS
from reports.data import Data
from reports.publishing import compute_all
from reports.records import Estimate
from tests.reports.computing.made import YEAR, empty, frame, situations, wave, workshops


def test_catalogue_and_computations_are_the_same_list() -> None:
    assert list(COMPUTATIONS) == list(CATALOGUE)


@pytest.mark.parametrize("code", CATALOGUE)
def test_a_community_without_anything_gets_a_zero_or_a_reason(code: str) -> None:
    (found,) = COMPUTATIONS[code](empty(), YEAR)
    if found.value is None:
        assert found.reason in ("empty", "too_few")
    else:
        assert found.unit == "count"
        assert found.value == 0


def test_figures_carry_the_unit_and_version_of_their_definition() -> None:
    for found in compute_all(empty(), YEAR, CommunityKind.PRE):
        assert (found.unit, found.version) == (CATALOGUE[found.code].unit, CATALOGUE[found.code].version)


def test_children_are_computed_for_a_pre_only() -> None:
    codes = {kind: {found.code for found in compute_all(empty(), YEAR, kind)} for kind in CommunityKind}
    for kind, computed in codes.items():
        assert computed == {code for code, indicator in CATALOGUE.items() if kind in indicator.kinds}
    assert [code for code in codes[CommunityKind.PRE] if code.startswith("pre.")]
    assert not [code for code in codes[CommunityKind.COLLECTIVE] if code.startswith("pre.")]


ODD = {
    "a single workshop": workshops([{1}]),
    "an empty workshop": workshops([0, {1, 2}]),
    "head counts only": workshops([3, 2, 4]),
    "a workshop nobody counted": workshops([{1, 2}, None]),
    "a threshold out of reach": workshops([{1, 2}, {1}], threshold=5),
    "only cancelled workshops": replace(
        empty(), workshops=workshops([{1}]).workshops.assign(state="cancelled"), attendance=frame("attendance")
    ),
    "one situation still waiting": situations([{}]),
    "one child without anything known": situations(
        [{"started_on": "2024-10-02", "sex": "unknown", "age_band": "unknown", "origin": None}]
    ),
    "a wave without answers": wave({"a": []}, responses=0, invited=None),
    "only refusals": wave({"a": [None, None]}, responses=2, invited=10),
    "more answers than people invited": wave({"a": [5, 5, 4]}, responses=3, invited=2),
}


@pytest.mark.parametrize("data", ODD.values(), ids=ODD)
def test_figures_are_distinct_and_never_nan_and_each_absence_has_a_reason(data: Data) -> None:
    figures = compute_all(data, YEAR, CommunityKind.PRE)
    assert len({(found.code, found.category) for found in figures}) == len(figures)
    for found in figures:
        assert not [key for key, held in found.as_dict().items() if isinstance(held, float) and isnan(held)], found
        assert (found.value is None) == (found.reason not in ("", "partly_named")), found
        _check_bounds(found)


def _check_bounds(found: Estimate) -> None:
    if CATALOGUE[found.code].census and found.value is not None:
        assert found.low is None
        assert found.high is None
    if found.low is not None and found.high is not None:
        assert found.low <= found.high
    assert found.missing >= 0
