"""Decisions on the roadmap, without a database."""

from datetime import date

import pytest

from impact.accounts.access import Role
from impact.audit import Actor
from impact.exceptions import NotAllowed, Refused
from impact.plans.records import Kept, Objective, Partner, Progress, RoadmapAction, Step
from impact.plans.rules import (
    LATE,
    all_steps,
    check_dates,
    check_may_advance,
    filtered,
    is_late,
    is_shared,
    kept,
    settle,
)
from impact.plans.vocabulary import StepState

DAY = date(2026, 11, 20)
YESTERDAY = date(2026, 11, 19)


def step(due: date = DAY, state: StepState = StepState.TO_DO, closed: date | None = None, owner: int = 1) -> Step:
    return Step(1, 1, "Titre", owner, date(2026, 1, 1), due, state, closed)


def test_a_step_does_not_end_before_it_starts() -> None:
    check_dates(DAY, DAY)
    with pytest.raises(Refused) as refused:
        check_dates(DAY, YESTERDAY)
    assert refused.value.field == "due_on"


def test_lateness_starts_the_day_after() -> None:
    assert is_late(step(YESTERDAY), DAY)
    assert is_late(step(YESTERDAY, StepState.UNDER_WAY), DAY)
    assert not is_late(step(DAY), DAY)
    assert not is_late(step(YESTERDAY, StepState.DONE, DAY), DAY)


def test_closing_takes_today_by_default_and_refuses_tomorrow() -> None:
    assert settle(Progress(StepState.DONE, None, "", ""), DAY).closed_on == DAY
    assert settle(Progress(StepState.DONE, YESTERDAY, "reste", ""), DAY) == Progress(StepState.DONE, YESTERDAY, "", "")
    with pytest.raises(Refused) as refused:
        settle(Progress(StepState.DONE, date(2026, 11, 21), "", ""), DAY)
    assert refused.value.field == "closed_on"


def test_dropping_needs_a_reason_and_an_open_step_keeps_none() -> None:
    with pytest.raises(Refused) as refused:
        settle(Progress(StepState.DROPPED, DAY, "", ""), DAY)
    assert refused.value.field == "drop_reason"
    opened = settle(Progress(StepState.UNDER_WAY, DAY, "reste", "preuve"), DAY)
    assert (opened.closed_on, opened.drop_reason, opened.evidence) == (None, "", "preuve")


def test_the_owner_and_those_who_run_the_roadmap_say_where_it_stands() -> None:
    check_may_advance(Actor("ref", Role.MEMBER.value, 1), step(owner=1))
    check_may_advance(Actor("ref", Role.FACILITATOR.value, 2), step(owner=1))
    with pytest.raises(NotAllowed):
        check_may_advance(Actor("ref", Role.MEMBER.value, 2), step(owner=1))
    with pytest.raises(NotAllowed):
        check_may_advance(Actor("ref", Role.MEMBER.value, None), step(owner=1))


def test_kept_counts_what_was_due_and_not_dropped() -> None:
    steps = [
        step(YESTERDAY, StepState.DONE, YESTERDAY),
        step(YESTERDAY, StepState.DONE, DAY),
        step(YESTERDAY),
        step(YESTERDAY, StepState.DROPPED, YESTERDAY),
        step(DAY, StepState.DONE, YESTERDAY),
    ]
    assert kept(steps, DAY) == Kept(1, 3)
    assert kept([], DAY) == Kept(0, 0)


def test_a_step_is_shared_when_another_structure_than_its_owners_takes_part() -> None:
    own, other = Partner(5, "Ici"), Partner(6, "Ailleurs")

    def with_partners(*partners: Partner) -> Step:
        return Step(1, 1, "T", 1, DAY, DAY, partners=partners, owner_organisation_id=5)

    assert not is_shared(with_partners())
    assert not is_shared(with_partners(own))
    assert is_shared(with_partners(own, other))


def test_a_choice_keeps_the_asked_steps_and_drops_what_is_empty() -> None:
    late, done = step(YESTERDAY), step(YESTERDAY, StepState.DONE, YESTERDAY, owner=2)
    roadmap = [
        Objective(1, "A", 1, (RoadmapAction(1, 1, "a", 1, (late, done)), RoadmapAction(2, 1, "b", 1))),
        Objective(2, "B", 1),
    ]
    assert filtered(roadmap, "", None, DAY) == roadmap
    assert all_steps(filtered(roadmap, LATE, None, DAY)) == [late]
    assert all_steps(filtered(roadmap, "done", None, DAY)) == [done]
    assert all_steps(filtered(roadmap, "", 2, DAY)) == [done]
    assert filtered(roadmap, LATE, 2, DAY) == []
    assert len(filtered(roadmap, LATE, 1, DAY)) == 1
