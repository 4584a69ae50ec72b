"""Which weeks are expected, which are missing, what a text must not name."""

from datetime import date

import pytest

from impact.exceptions import Refused
from impact.mediation.records import Activity, Closure, Posting, Site
from impact.mediation.rules import (
    check_activity,
    check_posting,
    expected_weeks,
    missing_weeks,
    possible_names,
    site_weeks,
    without_committee,
)
from impact.mediation.vocabulary import Axis, SiteKind

TODAY = date(2026, 11, 20)
SCHOOL = Site(1, "Collège du Ruisseau", SiteKind.COLLEGE, date(2026, 9, 1))
POST = Posting(1, 1, 7, 50, date(2026, 11, 2))


def test_the_weeks_of_a_posting_leave_out_holidays_and_the_running_one() -> None:
    closed = [Closure(1, "Vacances", date(2026, 11, 7), date(2026, 11, 15))]
    assert expected_weeks(POST, closed, date(2026, 9, 1), TODAY) == [date(2026, 11, 2), date(2026, 11, 16)]
    assert missing_weeks(POST, closed, (), date(2026, 9, 1), TODAY) == [date(2026, 11, 2)]
    assert missing_weeks(POST, closed, {date(2026, 11, 2)}, date(2026, 9, 1), TODAY) == []


def test_a_posting_that_starts_on_a_saturday_expects_nothing_of_that_week() -> None:
    late = Posting(1, 1, 7, 50, date(2026, 11, 7), date(2026, 11, 9))
    assert expected_weeks(late, [], date(2026, 9, 1), TODAY) == [date(2026, 11, 9)]


def test_a_week_is_missing_only_when_nobody_was_there_and_somebody_said_nothing() -> None:
    other = Posting(2, 1, 8, 50, date(2026, 11, 2))
    first, second, third = date(2026, 11, 2), date(2026, 11, 9), date(2026, 11, 16)
    said = {(1, first): True, (1, second): False, (2, second): False, (1, third): False}
    weeks = site_weeks([POST, other], [], said, {(1, first): 4}, first, TODAY)
    assert [(week.week_on, week.present, week.activities) for week in weeks] == [
        (first, True, 4),
        (second, False, 0),
        (third, None, 0),
    ]


def test_nobody_exceeds_a_full_time_post_on_any_day() -> None:
    spring = Posting(2, 2, 7, 60, date(2027, 3, 1))
    with pytest.raises(Refused, match="110 %"):
        check_posting(Posting(0, 1, 7, 50, date(2026, 9, 1)), SCHOOL, [spring])
    check_posting(Posting(0, 1, 7, 50, date(2026, 9, 1), date(2027, 2, 28)), SCHOOL, [spring])
    with pytest.raises(Refused, match="déjà affectée"):
        check_posting(Posting(0, 1, 7, 10, date(2026, 12, 1)), SCHOOL, [POST])


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"done_on": date(2026, 11, 21)}, "done_on"),
        ({"done_on": date(2026, 11, 1)}, "done_on"),
        ({"people": 3, "girls": 2, "boys": 2}, "people"),
    ],
)
def test_an_impossible_activity_is_refused_at_its_field(changes: dict[str, object], field: str) -> None:
    typed = {"done_on": TODAY, "category": "presence", "axis": Axis.VIOLENCE, "minutes": 30, **changes}
    with pytest.raises(Refused) as refused:
        check_activity(Activity(0, 1, **typed), POST, TODAY)  # type: ignore[arg-type]
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ("Deux élèves se sont parlé. Ils reviennent lundi.", []),
        ("Dispute entre Alizé et Robin.", ["Alizé", "Robin"]),
        ("Avec la CPE du Ruisseau, à la demande d’Alizé", ["Alizé"]),
        ("Sur Snapchat : Un groupe de 4e", []),
        ("Marie-Lune", []),  # The first word of a sentence always has a capital.
    ],
)
def test_what_looks_like_a_name_is_told(told: str, found: list[str]) -> None:
    assert possible_names(told, [SCHOOL.name]) == found


def test_a_site_without_a_committee_for_a_year_is_told() -> None:
    old = Site(2, "Lycée des Saules", SiteKind.LYCEE, date(2024, 9, 1), organisation_id=5)
    assert without_committee([SCHOOL, old], {}, TODAY) == [old]
    assert without_committee([old], {5: date(2026, 3, 1)}, TODAY) == []
    assert without_committee([old], {5: date(2025, 3, 1)}, TODAY) == [old]
