"""What a step may be, when it is late, how much of the roadmap was kept: decisions without a database."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from impact.accounts.access import Action, may
from impact.audit import Actor
from impact.exceptions import NotAllowed, Refused
from impact.plans.records import CensusLine, ExperienceSheet, Kept, Objective, Progress, Step
from impact.plans.vocabulary import Scale, StepState
from impact.wording import fold, short_date, sort_key

LATE = "late"


def check_dates(starts_on: date, due_on: date) -> None:
    """A step ends on the day it starts at the earliest."""
    if due_on < starts_on:
        raise Refused("L’échéance vient avant le début : corrigez l’une des deux dates.", "due_on")


def settle(progress: Progress, today: date) -> Progress:
    """The progress as it is stored: a closed step has its day, an open one has neither day nor reason.

    Raises Refused on a day to come, and on a step dropped without a reason.
    """
    if progress.state in (StepState.TO_DO, StepState.UNDER_WAY):
        return replace(progress, closed_on=None, drop_reason="")
    if progress.closed_on and progress.closed_on > today:
        raise Refused(f"Ce jour n’est pas encore passé : écrivez le {short_date(today)} au plus tard.", "closed_on")
    if progress.state is StepState.DROPPED and not progress.drop_reason:
        raise Refused("Écrivez pourquoi l’étape est abandonnée : le groupe en gardera la trace.", "drop_reason")
    reason = progress.drop_reason if progress.state is StepState.DROPPED else ""
    return replace(progress, closed_on=progress.closed_on or today, drop_reason=reason)


def check_may_advance(actor: Actor, step: Step) -> None:
    """Its owner says where a step stands, or those who run the roadmap."""
    if not may_advance(actor, step):
        raise NotAllowed("Seuls le responsable de l’étape et l’animation disent où elle en est.")


def may_advance(actor: Actor, step: Step) -> bool:
    """Whether this person may say where the step stands."""
    return may(actor, Action.EDIT_PLANS) or (actor.member_id is not None and actor.member_id == step.owner_id)


def is_late(step: Step, today: date) -> bool:
    """Open after its day."""
    return step.is_open and step.due_on < today


def all_steps(objectives: Iterable[Objective]) -> list[Step]:
    """Every step, in the order of the list."""
    return [step for objective in objectives for action in objective.actions for step in action.steps]


def kept(steps: Iterable[Step], today: date) -> Kept:
    """Steps done by their day, of the steps due before `today` and not dropped."""
    due = [step for step in steps if step.due_on < today and step.state is not StepState.DROPPED]
    in_time = [step for step in due if step.closed_on is not None and step.closed_on <= step.due_on]
    return Kept(len(in_time), len(due))


def is_shared(step: Step) -> bool:
    """Whether another organisation than its owner's takes part."""
    return any(partner.id != step.owner_organisation_id for partner in step.partners)


def filtered(objectives: Sequence[Objective], state: str, owner_id: int | None, today: date) -> list[Objective]:
    """The objectives with the asked steps alone; without any wish, everything, the empty ones included."""
    if not state and owner_id is None:
        return list(objectives)
    kept_objectives = []
    for objective in objectives:
        actions = tuple(
            replace(action, steps=steps)
            for action in objective.actions
            if (steps := tuple(step for step in action.steps if _is_asked(step, state, owner_id, today)))
        )
        if actions:
            kept_objectives.append(replace(objective, actions=actions))
    return kept_objectives


def _is_asked(step: Step, state: str, owner_id: int | None, today: date) -> bool:
    fits = is_late(step, today) if state == LATE else not state or step.state.value == state
    return fits and owner_id in (None, step.owner_id)


def census(sheets: Iterable[ExperienceSheet]) -> list[CensusLine]:
    """One line for each kind × actors × scale × centre, by kind then scale; accents and case make no difference."""
    groups: dict[tuple[object, ...], list[ExperienceSheet]] = {}
    for sheet in sheets:
        key = (fold(sheet.kind), sheet.actor_kinds, sheet.scale, fold(sheet.centre))
        groups.setdefault(key, []).append(sheet)
    lines = [
        CensusLine(first.kind, first.actor_kinds, first.scale, first.centre, tuple(group))
        for group in groups.values()
        for first in group[:1]
    ]
    scales = list(Scale)
    return sorted(lines, key=lambda line: (sort_key(line.kind), scales.index(line.scale), sort_key(line.centre)))
