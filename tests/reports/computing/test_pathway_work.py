"""Worked examples of the daily work of a PRE, counted by hand over the school year 2024-2025."""

from collections.abc import Callable

import pytest

from impact.periods import Period
from impact.vocabulary import Audience
from reports.computing import pathway_results as results
from reports.computing import pathway_times as times
from reports.computing import pathway_work as work
from reports.data import Data
from reports.publishing import protected
from reports.records import Estimate
from reports.stepping import close_steps, merge_reasons
from tests.reports.computing.made import YEAR, by_category, counts, situations

PATHWAY = {"outcome": "pathway"}
# 1: followed all year, past its expected end. 2: ended in March. 3: waiting. 4: decided, not begun.
# 5: the child of 2 comes back. 6: put off two years ago, waiting still.
TEAM = situations(
    [
        {
            **PATHWAY, "received_on": "2024-09-10", "consent_on": "2024-09-12", "decided_on": "2024-09-20",
            "started_on": "2024-10-01", "expected_end_on": "2025-06-30",
        },
        {
            **PATHWAY, "received_on": "2024-10-01", "consent_on": "2024-10-15", "decided_on": "2024-10-31", "sex": "boy",
            "started_on": "2024-11-10", "ended_on": "2025-03-10", "exit_reason": "reached",
        },
        {"received_on": "2024-11-01"},
        {**PATHWAY, "received_on": "2025-06-01", "consent_on": "2025-06-02", "decided_on": "2025-06-10", "sex": "boy"},
        {
            **PATHWAY, "received_on": "2025-04-01", "decided_on": "2025-04-11", "started_on": "2025-05-01", "sex": "boy",
            "child_id": 2, "expected_end_on": "2026-01-31",
        },
        {"received_on": "2023-09-05", "decided_on": "2023-09-15", "outcome": "waiting"},
    ],
    notes=[
        {"pathway_id": 1, "contact_on": "2024-10-08", "contact_kind": "home_visit", "minutes": 60},
        {"pathway_id": 1, "contact_on": "2024-11-07", "contact_kind": "call", "minutes": 30},
        {"pathway_id": 1, "contact_on": "2025-07-31", "contact_kind": "call", "minutes": None},
        {"pathway_id": 2, "contact_on": "2024-11-15", "contact_kind": "call", "minutes": 60},
        {"pathway_id": 2, "contact_on": "2024-12-15", "contact_kind": "call", "minutes": 90},
    ],
    schooling=[
        {"child_id": 1, "school_year": 2024, "level": "cp", "qpv": "yes", "priority": "rep"},
        {"child_id": 1, "school_year": 2025, "level": "ce1", "qpv": "no", "priority": "none"},
        {"child_id": 2, "school_year": 2023, "level": "6e", "qpv": "no", "priority": "none"},
        {"child_id": 2, "school_year": 2024, "level": "unknown", "qpv": "unknown", "priority": "unknown"},
    ],
    domains=[
        {"pathway_id": 1, "domain": "school", "reviewed_on": "2024-11-01", "score": 2},
        {"pathway_id": 1, "domain": "school", "reviewed_on": "2025-05-01", "score": 3},
        {"pathway_id": 1, "domain": "sport", "reviewed_on": "2024-11-01", "score": 3},
        {"pathway_id": 1, "domain": "sport", "reviewed_on": "2025-05-01", "score": 3},
        {"pathway_id": 2, "domain": "school", "reviewed_on": "2024-12-01", "score": 1},
    ],
    referents=[
        {"pathway_id": 1, "member_id": 1, "since_on": "2024-10-01", "until_on": "2025-01-01"},
        {"pathway_id": 1, "member_id": 2, "since_on": "2025-01-01"},
        {"pathway_id": 2, "member_id": 1, "since_on": "2024-11-10", "until_on": "2025-03-10"},
        {"pathway_id": 5, "member_id": 2, "since_on": "2025-05-01"},
    ],
    objectives=[
        {"pathway_id": 1, "objective_id": 1},
        {"pathway_id": 1, "objective_id": 2},
        {"pathway_id": 2, "objective_id": 3, "result": "reached"},
    ],
    exits=[{"pathway_id": 2, "exit_id": 1, "ended_on": "2025-03-10", "relayed": 1, "child_said": 1, "parents_said": 0, "referent_said": 1}],
    pathway_actions=[
        {"pathway_id": 1, "domain": "school", "started_on": "2024-10-01", "hours": 20.0, "cost": 100.0, "cofunded": 40.0},
        {"pathway_id": 1, "domain": "sport", "started_on": "2025-01-01", "ended_on": "2025-02-01", "hours": 10.0},
        {"pathway_id": 2, "domain": "school", "started_on": "2024-11-15", "ended_on": "2025-03-01", "cost": 50.0},
    ],
    support_meetings=[
        {"meeting_id": 1, "held_on": "2024-10-31", "situations": 3, "invited": 4, "present": 3},
        {"meeting_id": 2, "held_on": "2025-06-10", "situations": 2, "invited": 6, "present": 5},
        {"meeting_id": 3, "held_on": "2025-09-10", "situations": 2, "invited": 6, "present": 0},
    ],
)  # fmt: skip
Computation = Callable[[Data, Period], list[Estimate]]


def one(computation: Computation, data: Data = TEAM) -> Estimate:
    (found,) = computation(data, YEAR)
    return found


@pytest.mark.parametrize(
    ("computation", "part", "base"),
    [
        (times.consents, 3, 5),
        (times.returning, 1, 2),
        (times.overdue, 1, 2),
        (results.district, 1, 2),
        (work.silent, 1, 2),
        (work.home_visits, 1, 2),
        (work.reviewed_twice, 1, 2),
        (work.progress_any, 1, 1),
        (work.referent_changes, 1, 2),
        (work.meeting_presence, 8, 10),
        (results.objective_reached, 1, 1),
        (results.relay, 1, 1),
        (results.cofunding, 40, 150),
    ],
    ids=lambda each: getattr(each, "__name__", str(each)),
)
def test_shares(computation: Computation, part: int, base: int) -> None:
    found = one(computation)
    assert (found.numerator, found.denominator) == (part, base)
    assert found.value == pytest.approx(part / base)


@pytest.mark.parametrize(
    ("computation", "value"),
    [
        (times.waiting, 2),
        (times.not_started, 1),
        (results.followed_now, 2),
        (work.contacts, 5),
        (work.support_meetings, 2),
        (times.start_delay, 11),  # of 11, 10, 20
        (times.full_delay, 30),  # of 21, 40, 30
        (times.first_contact_delay, 6),  # of 7 and 5
        (work.contact_hours, 2),  # 4 hours, 2 children
        (work.contact_gap, 89),  # of 148 (30, 266) and 30
        (work.children_per_referent, 2),
        (results.objectives_mean, 1),  # 3 objectives, 3 pathways
        (results.action_hours, 30),
        (results.cost, 75),  # of 100 and 50 euros
    ],
    ids=lambda each: getattr(each, "__name__", str(each)),
)
def test_numbers(computation: Computation, value: float) -> None:
    assert one(computation).value == pytest.approx(value)


def test_whoever_has_nothing_is_missing() -> None:
    assert one(times.first_contact_delay).missing == 1
    assert one(results.action_hours).missing == 2
    assert one(results.cost).missing == 1
    assert one(work.contacts).n == 2


def test_intensity_is_per_child_month() -> None:
    found, month = one(work.intensity), 365.25 / 12
    rates = [3 / (335 / month), 2 / ((121 + 123) / month)]
    assert found.value == pytest.approx(sum(rates) / 2)
    assert found.effect is None


def test_schools_of_the_latest_year_that_tells() -> None:
    assert counts(results.priority_education(TEAM, YEAR)) == {"none": 1, "rep": 1, "rep_plus": 0}
    assert counts(results.school_stages(TEAM, YEAR)) == {"nursery": 0, "primary": 1, "college": 1, "lycee": 0}


def test_actions_by_domain_and_opinions() -> None:
    assert by_category(results.actions_by_domain(TEAM, YEAR)) == {"school": 1.0, "sport": 0.5}
    assert by_category(results.opinions(TEAM, YEAR)) == {"child": 1.0, "parents": 0.0, "referent": 1.0}


def test_girls_and_boys() -> None:
    assert counts(times.taken_up_by_sex(TEAM, YEAR)) == {"girl": 1, "boy": 3}
    girls, boys = times.support_length_by_sex(TEAM, YEAR)
    assert (girls.value, girls.reason) == (None, "not_reached")
    # 130 days then an exit, one of two at risk; the other is observed 142 days.
    assert boys.value == pytest.approx(130 / (365.25 / 12))


# Ten pathways of one day: three reach their objectives within six months, two move within ten, five go on.
TEN = situations(
    [
        {
            **PATHWAY, "received_on": "2023-08-01", "decided_on": "2023-09-01", "started_on": "2023-09-01",
            **({"ended_on": day, "exit_reason": reason} if day else {}),
        }
        for day, reason in [("2024-03-01", "reached")] * 3 + [("2024-07-01", "moved")] * 2 + [("", "")] * 5
    ]
)  # fmt: skip


def test_reasons_compete_for_the_exits() -> None:
    found = by_category(times.gone_by_reason(TEN, YEAR))
    assert found == {"moved": pytest.approx(0.2), "reached": pytest.approx(0.3), "remaining": pytest.approx(0.5)}


def test_the_curve_is_read_every_quarter_and_cut() -> None:
    found = by_category(times.curve(TEN, YEAR))
    assert list(found) == ["3", "6", "9", "12", "15", "18", "21"]
    assert [found[month] for month in ("3", "6", "9", "12", "21")] == pytest.approx([1, 0.7, 0.7, 0.5, 0.5])


def test_no_step_of_the_curve_tells_that_a_few_left() -> None:
    shown = [row.masked for row in close_steps(times.curve(TEN, YEAR))]
    assert shown == [False, True, True, False, False, False, False]
    everything = [*times.curve(TEN, YEAR), *times.gone_by_reason(TEN, YEAR)]
    out = protected(everything, Audience.FUNDER)
    assert all(row.masked for row in out if row.category in ("6", "9"))
    reasons = [row for row in out if row.code == "pre.gone_by_reason"]
    assert {row.category for row in reasons} == {"moved|reached", "remaining"}


def test_reasons_that_stay_too_few_are_hidden() -> None:
    rows = [row for row in times.gone_by_reason(TEN, YEAR) if row.category != "reached"]
    assert all(row.masked for row in merge_reasons(rows))
