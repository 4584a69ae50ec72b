"""The figures of the field, found again from the demonstration's records."""

from collections.abc import Iterator
from datetime import date

import pytest

from impact.audit import SYSTEM, Actor
from impact.cooperation import demo as cooperation
from impact.db import EncryptedDatabase
from impact.demo import ESSONNE
from impact.instance import Instance
from impact.pathways import demo as pathways
from impact.periods import Period, school_year
from impact.vocabulary import Audience, CommunityKind, Sensitivity
from impact.workshops import demo as workshops
from impact_maps.indicators import CATALOGUE
from reports.data import load
from reports.publishing import compute_all, protected, with_kin
from reports.records import Estimate
from surveys import demo as surveys

pytestmark = pytest.mark.whole

TODAY = date(2026, 11, 20)


@pytest.fixture
def essonne(place: Instance) -> Iterator[list[Estimate]]:
    db = place.community(ESSONNE)
    workshops.fill(db, SYSTEM, TODAY)
    cooperation.fill(db, SYSTEM, TODAY)
    period = Period(date(2020, 9, 1), date(2022, 8, 31))
    yield compute_all(load(db, period), period, CommunityKind.COLLECTIVE)
    db.close()


@pytest.fixture
def pre(db: EncryptedDatabase, amina: Actor) -> list[Estimate]:
    pathways.fill(db, amina, TODAY)
    surveys.fill(db, amina, TODAY)
    return compute_all(load(db, school_year(2025)), school_year(2025), CommunityKind.PRE)


def values(estimates: list[Estimate], code: str) -> list[float | None]:
    return [row.value for row in estimates if row.code == code]


def test_seven_workshops_of_the_essonne(essonne: list[Estimate]) -> None:
    assert values(essonne, "participation.presences_by_workshop") == [33, 24, 24, 15, 9, 13, 7]
    assert values(essonne, "participation.people") == [33]
    assert values(essonne, "participation.core_group") == [15]
    assert values(essonne, "participation.newcomers_by_workshop") == [33, 0, 0, 0, 0, 0, 0]
    kinds = {row.category: row.numerator for row in essonne if row.code == "participation.organisations_by_kind"}
    assert {kind: number for kind, number in kinds.items() if number} == {
        "national_education": 2,
        "local_authority": 5,
        "association": 10,
    }


def test_the_links_of_the_essonne_from_one_round_to_the_next(essonne: list[Estimate]) -> None:
    assert values(essonne, "cooperation.possible_pairs") == [136]
    # Twenty-four links of the first round, seven wishes that came true, three new links.
    assert values(essonne, "cooperation.existing_links") == [24 + 7 + 3]
    (realised,) = (row for row in essonne if row.code == "cooperation.realisation")
    assert (realised.numerator, realised.denominator) == (7, 18)
    assert values(essonne, "cooperation.meetings_held") == [6]
    ages = {row.category: row.numerator for row in essonne if row.code == "cooperation.actions_by_age"}
    assert ages["0-3"]
    assert ages["16-18"]


def test_a_pre_of_160_children_and_41_answers(pre: list[Estimate]) -> None:
    assert values(pre, "pre.children_followed") == [160]
    assert values(pre, "satisfaction.responses") == [41]
    for code in ("pre.children_by_sex", "pre.children_by_age", "pre.origins", "pre.exits_by_reason"):
        assert sum(value or 0 for value in values(pre, code)) == pytest.approx(1)


def test_nothing_small_of_it_reaches_the_funder(pre: list[Estimate]) -> None:
    for row in protected(pre, Audience.FUNDER):
        if CATALOGUE[row.code].sensitivity is not Sensitivity.OPEN and row.numerator is not None:
            assert row.numerator == 0 or row.numerator >= 5, row


def test_a_figure_read_alone_is_protected_as_in_the_whole(pre: list[Estimate]) -> None:
    whole = protected(pre, Audience.FUNDER)
    for code in dict.fromkeys(row.code for row in pre):
        some = protected([row for row in pre if row.code in with_kin([code])], Audience.FUNDER)
        assert [row for row in some if row.code == code] == [row for row in whole if row.code == code], code
