"""What the annual survey is made of: its table of situations, its options, its figures."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date

import pandas as pd

from impact.periods import Period
from impact.vocabulary import Term
from reports.annual.vocabulary import AgeDay, Carrier, DelayTo, ExitDay, HoursOf, LengthFrom, PlannedEnd, TakenUp

UNKNOWN = "unknown"


@dataclass(frozen=True)
class SurveyData:
    """The table of situations, as the database or a clean list gives it; no name, no birth date.

    `situations`, a row per situation in the order of writing, and one more each time its pathway was reopened (episode 2,
    3…): situation_id, episode, child_id, received_on, met_on (first time in
    a support meeting), outcome (pathway, elsewhere, waiting, refused, declined; missing without decision), decided_on,
    started_on, planned_end_on, ended_on, exit_reason, origin, sex (girl, boy, unknown), agreed (yes, no, missing),
    hours (missing is not zero). Days are datetime64, NaT when missing. `ages`: situation_id, counted_on (NaT = at the
    beginning of the pathway), age in completed years. `motives`: situation_id, code, position. `referents`: situation_id,
    member_id, since, until (NaT: still). `spent`: situation_id, spent_on, hours. `districts`: child_id, known_on, qpv
    (yes, no). `profiles`: situation_id, since_on, profile, oldest first. `schools`: child_id, school, kind, priority, since,
    until. `labels` by list, then code.
    """

    situations: pd.DataFrame
    ages: pd.DataFrame
    motives: pd.DataFrame
    referents: pd.DataFrame
    spent: pd.DataFrame
    districts: pd.DataFrame
    profiles: pd.DataFrame
    schools: pd.DataFrame
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Options:
    """One choice for each definition that may be discussed; these are the usual ones."""

    age_day: AgeDay = AgeDay.DECEMBER
    exit_day: ExitDay = ExitDay.COUNTED
    taken_up: TakenUp = TakenUp.DECIDED
    delay_to: DelayTo = DelayTo.MEETING
    length_from: LengthFrom = LengthFrom.START
    planned_end: PlannedEnd = PlannedEnd.OPEN
    hours_of: HoursOf = HoursOf.PATHWAY

    def choices(self) -> dict[str, Term]:
        """The choice made for each option, by the option's name."""
        return {option.name: getattr(self, option.name) for option in fields(self)}


@dataclass(frozen=True)
class Frame:
    """What is asked: a period, days of stock, the last day whose facts are known, choices."""

    period: Period
    stocks: tuple[date, ...]
    stopped_on: date
    options: Options = field(default_factory=Options)

    @property
    def age_on(self) -> date | None:
        """The day on which ages of the flow are counted; None at the beginning of the pathway."""
        return {
            AgeDay.DECEMBER: date(self.period.start.year, 12, 31),
            AgeDay.FIRST: self.period.start,
            AgeDay.LAST: self.period.end,
        }.get(self.options.age_day)


@dataclass(frozen=True)
class Mandate:
    """A referent in charge of a pathway, from a day to another, both included; None is nobody."""

    member_id: int | None
    since: date
    until: date | None


@dataclass(frozen=True)
class Place:
    """A school attended, from a day to another; `priority` is the code of its network, "" without one."""

    school: str
    kind: str
    priority: str
    since: date | None
    until: date | None


@dataclass(frozen=True)
class Case:
    """One situation as it is known on the last day: later facts are plans, hence unknown."""

    situation_id: int
    episode: int
    child_id: int
    received_on: date
    met_on: date | None
    outcome: str
    decided_on: date | None
    started_on: date | None
    ended_on: date | None
    exit_reason: str
    profile: str
    origin: str
    sex: str
    qpv: tuple[tuple[date, str], ...]
    agreed: str
    hours: float | None
    ages: Mapping[date | None, int]
    motives: tuple[str, ...]
    mandates: tuple[Mandate, ...]
    spent: tuple[tuple[date, float], ...]
    schools: tuple[Place, ...]


@dataclass(frozen=True)
class SurveyFigure:
    """One figure of the survey.

    `category` names the row of a breakdown and `day` the date of a stock. `base` is the number in the denominator, when
    there is one, `missing` how many concerned are unknown, `situations` those behind the count.
    """

    code: str
    value: float | None
    category: str = ""
    day: date | None = None
    base: int | None = None
    missing: int = 0
    situations: tuple[int, ...] = ()


@dataclass(frozen=True)
class YearSheet:
    """What the team writes of a year; amounts in cents of euro, rate in percent; None is unknown, zero is zero."""

    period: str
    carrier: Carrier = Carrier.UNKNOWN
    state_credits: int | None = None
    town_credits: int | None = None
    other_credits: int | None = None
    coordinators_fte: float | None = None
    referents_fte: float | None = None
    districts: int | None = None
    teams: int | None = None
    profile_1: int | None = None
    profile_2: int | None = None
    profile_3: int | None = None
    profile_4: int | None = None
    profile_words: str = ""
    individual_rate: float | None = None
    individual_words: str = ""
    version: int = 0

    @property
    def credits(self) -> int | None:
        """Every credit known, in cents; None without any."""
        known = [each for each in (self.state_credits, self.town_credits, self.other_credits) if each is not None]
        return sum(known) if known else None
