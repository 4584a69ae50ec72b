"""Who reads protected figures on a page: always the same periods, and values that move by five people at least."""

from datetime import timedelta
from typing import Any

import pytest

from impact.audit import SYSTEM
from impact.db import EncryptedDatabase
from impact.demo import PRE
from impact.instance import Instance
from impact.periods import Period, last_complete_school_year, school_year
from impact.vocabulary import Audience, CommunityKind
from impact_maps.indicators import CATALOGUE
from reports import storage
from reports.holding import releases
from reports.issuing import refresh_community
from reports.publishing import as_explained, as_published, as_read
from reports.records import Estimate
from tests.conftest import TODAY

ROOT = f"/communautes/{PRE}/indicateurs"
CHILDREN, YEAR = "pre.children_followed", school_year(2025)
DATES = "du=01/09/2025&au=02/09/2026"


def _children(count: int) -> list[Estimate]:
    return [Estimate(CHILDREN, float(count), "count", numerator=float(count), n=count)]


@pytest.mark.parametrize("asked", [DATES, "periode=2025-09-01:2026-08-30", "periode=hier", "periode=2025"])
@pytest.mark.parametrize("page", ["/", "/tableau-de-bord", f"/fiches/{CHILDREN}"])
def test_a_funder_reads_the_published_periods_alone(browse: Any, page: str, asked: str) -> None:
    told = browse("denis").get(f"{ROOT}{page}?{asked}")
    assert "Cette période n’est pas publiée : choisissez-en une de la liste.".replace(" :", "\u00a0:") in told
    assert 'name="du"' not in told
    assert "nnée scolaire 2025-2026" in told


def test_a_file_of_another_period_is_refused_to_a_funder(browse: Any) -> None:
    denis = browse("denis")
    assert denis.client.get(f"{ROOT}/indicateurs.csv?periode=2025-09-01:2026-08-30").status_code == 422
    assert (
        denis.client.get(f"{ROOT}/indicateurs.csv?periode={last_complete_school_year(TODAY).code}").status_code == 200
    )


def test_the_team_still_chooses_its_dates(browse: Any) -> None:
    assert 'value="01/09/2025"' in browse("amina").get(f"{ROOT}/?{DATES}")


@pytest.mark.parametrize(("now", "shown"), [(20, 20), (22, 20), (16, 20), (25, 25), (15, 15)])
def test_a_page_read_on_two_days_does_not_tell_who_came_between(db: EncryptedDatabase, now: int, shown: int) -> None:
    storage.show_figures(db, YEAR, releases(_children(20), YEAR, Audience.FUNDER))
    [row] = as_published(db, _children(now), YEAR, Audience.FUNDER)
    assert (row.value, row.reason) == (shown, "")
    [row] = as_explained(db, _children(now), YEAR, Audience.FUNDER)
    assert (row.value, row.reason == "held") == (shown, now != shown)
    [exact] = as_published(db, _children(now), YEAR, Audience.INTERNAL)
    assert exact.value == now


def test_a_page_moves_once_the_figures_are_made_again(db: EncryptedDatabase) -> None:
    storage.show_figures(db, YEAR, releases(_children(20), YEAR, Audience.FUNDER))
    assert [row.value for row in as_read(db, _children(25), YEAR, Audience.FUNDER)] == [20]
    assert [row.value for row in as_read(db, _children(25), YEAR, Audience.INTERNAL)] == [25]
    told = as_published(db, _children(25), YEAR, Audience.FUNDER)
    storage.show_figures(db, YEAR, releases(told, YEAR, Audience.FUNDER))
    assert [row.value for row in as_read(db, _children(26), YEAR, Audience.FUNDER)] == [25]


@pytest.mark.parametrize("more", [timedelta(1), timedelta(days=90)])
def test_a_period_that_grows_is_compared_with_itself(db: EncryptedDatabase, more: timedelta) -> None:
    storage.show_figures(db, YEAR, releases(_children(20), YEAR, Audience.FUNDER))
    longer = Period(YEAR.start, YEAR.end + more)
    [row] = as_published(db, _children(21), longer, Audience.FUNDER)
    assert (row.value, row.n) == (20, 20)
    storage.show_figures(db, longer, releases([row], longer, Audience.FUNDER))
    again = Period(YEAR.start, longer.end + more)
    storage.show_figures(db, again, releases([row], again, Audience.FUNDER))
    assert set(storage.shown_figures(db, [CHILDREN])) == {YEAR, again}


def test_another_year_is_not_held(db: EncryptedDatabase) -> None:
    storage.show_figures(db, YEAR, releases(_children(20), YEAR, Audience.FUNDER))
    [row] = as_published(db, _children(21), school_year(2024), Audience.FUNDER)
    assert row.value == 21


def test_what_pages_show_outside_is_kept_each_time_the_figures_are_made_again(
    place: Instance, db: EncryptedDatabase
) -> None:
    refresh_community(place, PRE, db, TODAY)
    assert storage.shown_figures(db, CATALOGUE)[last_complete_school_year(TODAY)]
    before = db.value("SELECT count(*) FROM shown_figure")
    refresh_community(place, PRE, db, TODAY)
    assert db.value("SELECT count(*) FROM shown_figure") == before


def test_no_sign_tells_where_somebody_left(db: EncryptedDatabase) -> None:
    """Neither a mark, nor a margin, nor a mask: every row is read as it was."""

    def by_sex(girls: float, boys: float) -> list[Estimate]:
        base = girls + boys
        return [
            Estimate("pre.children_by_sex", count / base, "share", count, base, low, 0.9, n=int(base), category=sex)
            for sex, count, low in (("girl", girls, girls / 100), ("boy", boys, boys / 100))
        ]

    told = as_published(db, by_sex(6, 50), YEAR, Audience.FUNDER)
    assert [row.masked for row in told] == [False, False]
    storage.show_figures(db, YEAR, releases(told, YEAR, Audience.FUNDER))
    for girls, boys in ((5, 50), (4, 50), (4, 51), (6, 49)):
        assert as_published(db, by_sex(girls, boys), YEAR, Audience.FUNDER) == told
        assert as_read(db, by_sex(girls, boys), YEAR, Audience.FUNDER) == told
    assert [row.masked for row in as_published(db, by_sex(30, 4), YEAR, Audience.FUNDER)] == [True, True]


def test_the_last_one_who_goes_is_not_told(db: EncryptedDatabase) -> None:
    exits = [Estimate("pre.objective_reached", 1.0, "share", 3, 3, n=3)]
    nobody = [Estimate("pre.objective_reached", None, "share", reason="no_data")]
    [told] = as_read(db, exits, YEAR, Audience.FUNDER)
    assert told.masked
    assert as_published(db, nobody, YEAR, Audience.FUNDER) == [told]


def test_exact_figures_of_the_team_never_come_back_as_held(db: EncryptedDatabase) -> None:
    def by_sex(girls: float, boys: float) -> list[Estimate]:
        base = girls + boys
        return [
            Estimate("pre.children_by_sex", count / base, "share", count, base, n=int(base), category=sex)
            for sex, count in (("girl", girls), ("boy", boys))
        ]

    ordered = storage.order_report(db, SYSTEM, YEAR, CommunityKind.PRE, Audience.INTERNAL, "test")
    storage.issue_report(db, ordered, b"%PDF", releases(by_sex(3, 50), YEAR, Audience.INTERNAL))
    told = as_published(db, by_sex(3, 51), YEAR, Audience.FUNDER)
    assert [(row.value, row.masked) for row in told] == [(None, True), (None, True)]


@pytest.mark.parametrize(("now", "shown"), [(21, 20), (25, 25)])
def test_an_old_year_is_kept_from_the_first_time_it_was_read(db: EncryptedDatabase, now: int, shown: int) -> None:
    old = school_year(2022)
    assert [row.value for row in as_read(db, _children(20), old, Audience.FUNDER)] == [20]
    assert [row.value for row in as_read(db, _children(now), old, Audience.FUNDER)] == [shown]
    assert [row.value for row in as_published(db, _children(shown + 1), old, Audience.FUNDER)] == [shown]


def test_a_cycle_less_its_years_tells_nobody(db: EncryptedDatabase) -> None:
    cycle = Period(YEAR.start, YEAR.end + timedelta(90))
    before = Period(YEAR.start - timedelta(90), cycle.end)
    assert [row.value for row in as_read(db, _children(24), before, Audience.FUNDER)] == [24]
    [row] = as_read(db, _children(21), YEAR, Audience.FUNDER)
    assert (row.masked, row.reason) == (True, "small_number")
    assert [row.reason for row in as_explained(db, _children(21), YEAR, Audience.FUNDER)] == ["overlap"]
