"""Decisions on workshops, without a database."""

from datetime import date

import pytest

from impact.exceptions import Refused
from impact.workshops.records import Attendee, Cycle, Workshop
from impact.workshops.rules import (
    check_attendance,
    check_cancelling,
    check_date,
    check_recording,
    core_threshold,
    group_attendees,
    is_late,
    is_soon,
    next_workshop,
)
from impact.workshops.vocabulary import WorkshopState

DAY = date(2026, 11, 20)


def workshop(day: date = DAY, state: WorkshopState = WorkshopState.PLANNED, **options: int) -> Workshop:
    return Workshop(1, 1, "Titre", day, "Lieu", state, **options)  # type: ignore[arg-type]


def test_attendance_is_not_recorded_before_the_day_nor_when_cancelled() -> None:
    check_recording(workshop(), DAY)
    with pytest.raises(Refused, match="prévu le 21"):
        check_recording(workshop(date(2026, 11, 21)), DAY)
    with pytest.raises(Refused, match="annulé"):
        check_recording(workshop(state=WorkshopState.CANCELLED), DAY)


def test_a_held_workshop_needs_names_or_a_head_count() -> None:
    held = workshop(state=WorkshopState.HELD)
    check_attendance(held, 1, None)
    check_attendance(held, 0, 1)
    check_attendance(workshop(), 0, None)
    for head_count in (None, 0):
        with pytest.raises(Refused) as refused:
            check_attendance(held, 0, head_count)
        assert refused.value.field == "head_count"


def test_a_held_workshop_stays_in_the_past_and_is_not_cancelled() -> None:
    held = workshop(state=WorkshopState.HELD)
    check_date(held, DAY, DAY)
    check_date(workshop(), date(2030, 1, 1), DAY)
    with pytest.raises(Refused, match="à venir"):
        check_date(held, date(2026, 11, 21), DAY)
    check_cancelling(workshop())
    with pytest.raises(Refused, match="a eu lieu"):
        check_cancelling(held)


def test_late_and_soon_at_their_limits() -> None:
    assert is_late(workshop(date(2026, 11, 19)), DAY)
    assert not is_late(workshop(DAY), DAY)
    assert not is_late(workshop(date(2026, 1, 1), WorkshopState.HELD), DAY)
    assert is_soon(workshop(DAY), DAY)
    assert is_soon(workshop(date(2026, 12, 4)), DAY)
    assert not is_soon(workshop(date(2026, 12, 5)), DAY)
    assert not is_soon(workshop(DAY, WorkshopState.CANCELLED), DAY)


def test_the_next_workshop_is_the_nearest_planned_one() -> None:
    near, far = workshop(date(2026, 12, 1)), workshop(date(2027, 1, 1))
    cancelled = workshop(date(2026, 11, 25), WorkshopState.CANCELLED)
    assert next_workshop([far, cancelled, near], DAY) is near
    assert next_workshop([cancelled], DAY) is None


def test_the_core_group_defaults_to_half_rounded_up() -> None:
    cycle = Cycle(1, "Cycle", "")
    assert [core_threshold(cycle, listed) for listed in (0, 1, 2, 3, 6, 7)] == [1, 1, 1, 2, 3, 4]
    assert core_threshold(Cycle(1, "Cycle", "", 5), 7) == 5


def test_people_are_grouped_by_how_often_they_came() -> None:
    people = [Attendee(times, "Nom", "", frozenset(range(times))) for times in (1, 2, 3, 4)]
    core, several, once = group_attendees(people, 3)
    assert [[known.times for known in group] for group in (core, several, once)] == [[3, 4], [2], [1]]
    assert group_attendees(people, 1)[0] == people


def test_names_win_over_the_head_count_and_the_difference_is_known() -> None:
    assert workshop(named=20, head_count=24).present == 20
    assert workshop(named=20, head_count=24).unnamed == 4
    assert workshop(named=3, head_count=2).unnamed == -1
    assert workshop(head_count=24).present == 24
    assert workshop(head_count=24).unnamed == 0
