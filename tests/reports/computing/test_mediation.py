"""Worked examples of mediation: three colleges of which one without a mediator, weeks present, absent and unknown."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from scipy import stats

from impact.mediation.frames import mediated_of
from impact.periods import Period, school_year
from impact.vocabulary import Audience, CommunityKind
from reports.computing import mediation
from reports.data import Data
from reports.publishing import compute_all, protected
from reports.records import Estimate
from reports.statistics.rates import garwood, site_rate
from tests.reports.computing.made import YEAR, check_values, empty, frame

MONDAYS = [day.date().isoformat() for day in pd.date_range("2024-09-02", periods=20, freq="7D")]


def _week(site_id: int, rank: int, present: bool | None, activities: int = 0) -> dict[str, object]:
    return {"site_id": site_id, "week_on": MONDAYS[rank], "present": present, "activities": activities}


def _activity(number: int, day: str, **told: object) -> dict[str, object]:
    usual = {"category": "presence", "axis": "violence", "minutes": 45, "request": "", "follow_up": "none"}
    return {"activity_id": number, "site_id": 1, "done_on": day, **usual, **told}


MADE = replace(
    empty(),
    mediation=mediated_of(
        sites=[
            {"site_id": 1, "kind": "college", "opened_on": "2023-09-01", "organisation_id": 11},
            {"site_id": 2, "kind": "college", "opened_on": "2023-09-01", "organisation_id": 12},
            {"site_id": 3, "kind": "college", "opened_on": "2023-09-01"},
            {"site_id": 4, "kind": "primary", "opened_on": "2022-09-01", "closed_on": "2024-08-31"},
        ],
        postings=[
            {"posting_id": 1, "site_id": 1, "member_id": 7, "share": 50, "started_on": "2023-09-01"},
            {"posting_id": 2, "site_id": 2, "member_id": 7, "share": 50, "started_on": "2024-09-01", "ended_on": "2025-03-01"},
            {"posting_id": 3, "site_id": 3, "member_id": 8, "share": 100, "started_on": "2022-09-01", "ended_on": "2024-08-31"},
        ],
        weeks=[
            _week(1, 0, True, 6),
            _week(1, 1, True, 0),  # Present, and nothing to note: nought.
            _week(1, 2, None),  # Nobody said anything: missing.
            _week(1, 3, False),
            _week(2, 0, True, 4),
        ],
        activities=[
            _activity(1, "2024-09-03", people=10, girls=4, boys=6, request="pupil"),
            _activity(2, "2024-09-04", people=3, axis="dropout", category="listening", minutes=60, request="pupil"),
            _activity(3, "2025-01-04", axis="dropout", request="own"),
            _activity(4, "2026-01-04", people=99),
        ],
    ),
    meetings=frame(
        "meetings",
        [
            {"meeting_id": 1, "held_on": "2024-10-01", "kind": "monitoring", "people": 4},
            {"meeting_id": 2, "held_on": "2024-11-01", "kind": "monitoring", "people": 0},
            {"meeting_id": 3, "held_on": "2024-12-01", "kind": "steering", "people": 9},
        ],
    ),
    meeting_presences=frame("meeting_presences", [{"meeting_id": 1, "organisation_id": 11}]),
    labels={
        **empty().labels,
        "site": {"1": "Collège A", "2": "Collège B", "3": "Collège C"},
        "site_kind": {"primary": "Écoles", "college": "Collèges"},
        "axis": {"violence": "Violences", "dropout": "Absences", "citizenship": "Citoyenneté"},
    },
)  # fmt: skip


def by_category(found: list[Estimate]) -> dict[str, Estimate]:
    check_values(found)
    return {row.category: row for row in found}


def test_two_colleges_of_three_are_covered() -> None:
    found = mediation.sites(MADE, YEAR)[0]
    assert (found.numerator, found.denominator) == (2, 3)
    kinds = by_category(mediation.sites_by_kind(MADE, YEAR))
    assert list(kinds) == ["college"]
    assert kinds["college"].value == pytest.approx(2 / 3)
    assert mediation.sites(MADE, school_year(2023))[0].denominator == 4


def test_one_mediator_on_two_sites_half_a_year_on_the_second() -> None:
    assert mediation.mediators(MADE, YEAR)[0].value == 1
    # Half a post for 365 days, and half a post from 1 September to 1 March, 182 days.
    assert mediation.fte(MADE, YEAR)[0].value == pytest.approx((365 * 0.5 + 182 * 0.5) / 365)


def test_a_week_of_presence_without_activity_is_nought_and_an_unknown_week_is_missing() -> None:
    sites = by_category(mediation.rate_by_site(MADE, YEAR))
    months = 2 / (365.25 / 12 / 7)
    assert sites["college/1"].value == pytest.approx(6 / months)
    # Garwood (1936): half the quantiles of chi-square with 2n and 2n + 2 degrees of freedom.
    assert sites["college/1"].low == pytest.approx(stats.chi2.ppf(0.025, 12) / 2 / months)
    assert sites["college/1"].high == pytest.approx(stats.chi2.ppf(0.975, 14) / 2 / months)
    assert (sites["college/1"].missing, sites["college/1"].label) == (1, "Collège A")
    assert list(sites) == ["college/1", "college/2"]
    assert mediation.rate(MADE, YEAR)[0].value == pytest.approx(10 / (3 / (365.25 / 12 / 7)))
    filled = mediation.weeks_filled(MADE, YEAR)[0]
    assert (filled.numerator, filled.denominator) == (4, 5)


def test_years_stand_side_by_side_and_a_week_belongs_to_the_year_of_its_thursday() -> None:
    weeks = [
        {"site_id": 1, "week_on": day, "present": True, "activities": done}
        for day, done in (("2026-08-31", 3), ("2025-09-01", 5))
    ]
    data = replace(MADE, mediation=mediated_of(weeks=weeks))
    found = by_category(mediation.rate_by_year(data, school_year(2026)))
    assert {year: row.numerator for year, row in found.items()} == {"2025": 5.0, "2026": 3.0}
    # One week of presence is 7 days of a mean month of 365.25 / 12.
    assert found["2025"].value == pytest.approx(5 * 365.25 / 12 / 7)
    assert found["2026"].label == "2026-2027"
    stopped = mediation.rate_by_year(data, Period(date(2026, 9, 1), date(2026, 9, 2)))
    assert [row.category for row in stopped] == ["2025"]


def test_each_site_has_its_years_side_by_side() -> None:
    weeks = [
        {"site_id": site, "week_on": day, "present": present, "activities": done}
        for site, day, present, done in (
            (1, "2025-09-01", True, 5),
            (1, "2025-09-08", None, 0),
            (1, "2026-09-07", True, 3),
            (2, "2026-09-07", True, 4),
        )
    ]
    colleges = [{"site_id": site, "kind": "college", "opened_on": "2023-09-01"} for site in (1, 2)]
    data = replace(MADE, mediation=mediated_of(sites=colleges, weeks=weeks))
    stopped = Period(date(2026, 9, 1), date(2026, 10, 31))
    found = by_category(mediation.rate_by_site_and_year(data, stopped))
    assert {where: (row.numerator, row.missing, row.label) for where, row in found.items()} == {
        "college/1/2025": (5.0, 1, "Collège A, 2025-2026"),
        "college/1/2026": (3.0, 0, "Collège A, 2026-2027"),
        "college/2/2026": (4.0, 0, "Collège B, 2026-2027"),
    }
    # One week of presence: three activities in 7 / 30.4375 of a month.
    assert found["college/1/2026"].value == pytest.approx(3 * 365.25 / 12 / 7)


def test_counts_of_activities_hours_and_contacts() -> None:
    assert mediation.activities(MADE, YEAR)[0].value == 3
    assert mediation.hours(MADE, YEAR)[0].value == 2  # 45 + 60 + 45 minutes.
    contacts = mediation.contacts(MADE, YEAR)[0]
    assert (contacts.value, contacts.missing) == (13, 1)
    girls = mediation.girls(MADE, YEAR)[0]
    assert (girls.numerator, girls.denominator, girls.missing) == (4, 10, 3)


def test_activities_are_shared_out() -> None:
    axes = by_category(mediation.by_axis(MADE, YEAR))
    assert {axis: row.numerator for axis, row in axes.items()} == {"violence": 1, "dropout": 2, "citizenship": 0}
    assert by_category(mediation.by_category(MADE, YEAR))["listening"].value == pytest.approx(1 / 3)
    assert by_category(mediation.by_request(MADE, YEAR))["pupil"].value == pytest.approx(2 / 3)
    assert by_category(mediation.by_follow_up(MADE, YEAR))["none"].value == 1


def test_committees_and_the_sites_they_follow() -> None:
    assert mediation.committees(MADE, YEAR)[0].value == 1
    found = mediation.sites_with_committee(MADE, YEAR)[0]
    assert (found.numerator, found.denominator) == (1, 2)


def test_the_interval_widens_when_sites_differ_more_than_chance() -> None:
    alike, spread = site_rate([10, 11, 9], [2, 2, 2])
    assert spread == pytest.approx(0.1)  # Variance 1, mean 10.
    assert (alike.low, alike.high) == (garwood(30, 6).low, garwood(30, 6).high)
    apart, spread = site_rate([2, 10, 18], [2, 2, 2])
    assert spread == pytest.approx(6.4)  # Variance 64, mean 10.
    # Student's interval of the mean of 1, 5 and 9.
    half = stats.t.ppf(0.975, 2) * 4 / 3**0.5
    assert apart.value == pytest.approx(5)
    assert apart.high == pytest.approx(5 + half)
    assert apart.low == 0.0
    assert site_rate([], [])[0].value is None


def test_a_funder_reads_neither_few_activities_of_an_axis_nor_few_contacts() -> None:
    told = protected(compute_all(MADE, YEAR, CommunityKind.MEDIATION), Audience.FUNDER)
    masked = {row.code for row in told if row.masked}
    assert {"mediation.by_axis", "mediation.girls"} <= masked
    assert "mediation.sites" not in masked


@pytest.mark.parametrize("data", [empty()])
def test_nothing_is_told_of_a_community_without_mediation(data: Data) -> None:
    found = [row for row in compute_all(data, YEAR, CommunityKind.MEDIATION) if row.code.startswith("mediation.")]
    assert all(not row.value for row in found)
    assert {row.reason for row in found if row.value is None} <= {"empty"}
