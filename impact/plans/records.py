"""The roadmap with its actions and steps; the five conditions with their rounds and answers; experience sheets."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from impact.plans.vocabulary import Condition, Heading, Level, Measure, Scale, StepState, TimeKind
from impact.vocabulary import OrganisationKind


@dataclass(frozen=True)
class Partner:
    """An organisation that takes part in a step."""

    id: int
    name: str


@dataclass(frozen=True)
class DecisionMade:
    """The decision of the register that made a step."""

    id: int
    decided_on: date
    wording: str


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
    decision: DecisionMade | None = None

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
    decision_id: int | None = None


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


@dataclass(frozen=True)
class Round:
    """One dated self-assessment; open while `closed_on` is None."""

    id: int
    opened_on: date
    closed_on: date | None
    respondents: int


@dataclass(frozen=True)
class Answer:
    """What one member says of one condition."""

    condition: Condition
    level: Level
    evidence: str


@dataclass(frozen=True)
class Measurement:
    """What the data show: `value` None when it is not measured, `base` None for a plain count."""

    measure: Measure
    value: int | None
    base: int | None = None


@dataclass(frozen=True)
class Reading:
    """One condition: respondents by level (four counts), what they wrote, and what the data show."""

    condition: Condition
    counts: tuple[int, ...]
    written: tuple[Answer, ...]
    measurements: tuple[Measurement, ...]

    @property
    def respondents(self) -> int:
        """How many gave a level."""
        return sum(self.counts)


@dataclass(frozen=True)
class Gap:
    """A condition proposed for the next agenda, and why."""

    condition: Condition
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class ExperienceSheet:
    """What an action taught: its place in the census, and the words under its headings (none for an empty one)."""

    id: int
    title: str
    kind: str
    actor_kinds: tuple[OrganisationKind, ...]
    scale: Scale
    centre: str
    words: Mapping[Heading, str]
    version: int = 1


@dataclass(frozen=True)
class CensusLine:
    """The sheets that share a kind, actors, a scale and a centre."""

    kind: str
    actor_kinds: tuple[OrganisationKind, ...]
    scale: Scale
    centre: str
    sheets: tuple[ExperienceSheet, ...]


@dataclass(frozen=True)
class TimeSpent:
    """Some minutes of one day of a member who runs the community."""

    id: int
    member_id: int
    day: date
    kind: TimeKind
    minutes: int
    note: str = ""


@dataclass(frozen=True)
class TimeSum:
    """Minutes of a period by kind; `month` is its first day."""

    month: date
    reporting: int
    people: int

    @property
    def total(self) -> int:
        """All minutes."""
        return self.reporting + self.people
