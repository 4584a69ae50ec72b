"""The roadmap: objectives, their actions, their steps."""

from dataclasses import dataclass
from datetime import date

from impact.plans.vocabulary import StepState


@dataclass(frozen=True)
class Partner:
    """An organisation that takes part in a step."""

    id: int
    name: str


@dataclass(frozen=True)
class Step:
    """One dated step; `owner` is a name, `owner_organisation_id` the structure she is of."""

    id: int
    action_id: int
    title: str
    owner_id: int
    starts_on: date
    due_on: date
    state: StepState = StepState.TO_DO
    closed_on: date | None = None
    drop_reason: str = ""
    evidence: str = ""
    version: int = 1
    partners: tuple[Partner, ...] = ()
    owner: str = ""
    owner_organisation_id: int | None = None

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.state in (StepState.TO_DO, StepState.UNDER_WAY)


@dataclass(frozen=True)
class StepPlan:
    """What a facilitator writes of a step, at the version that was read."""

    title: str
    owner_id: int
    partner_ids: tuple[int, ...]
    starts_on: date
    due_on: date
    version: int = 1


@dataclass(frozen=True)
class Progress:
    """Where its owner says that a step stands, at the version that was read."""

    state: StepState
    closed_on: date | None
    drop_reason: str
    evidence: str
    version: int = 1


@dataclass(frozen=True)
class RoadmapAction:
    """A line of work of an objective."""

    id: int
    objective_id: int
    title: str
    version: int
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True)
class Objective:
    """What the roadmap aims at."""

    id: int
    title: str
    version: int
    actions: tuple[RoadmapAction, ...] = ()


@dataclass(frozen=True)
class Kept:
    """How much of a roadmap was kept: steps done in time, of those that were due by a day and not dropped."""

    in_time: int
    due: int
