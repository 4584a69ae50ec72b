"""Sites, postings of mediators, closures, weeks, activities."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from impact.mediation.vocabulary import Axis, SiteKind

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Site:
    """A school or a district; it belongs to the perimeter from `opened_on`, whether a mediator is posted there or not."""

    id: int
    name: str
    kind: SiteKind
    opened_on: date
    closed_on: date | None = None
    organisation_id: int | None = None
    version: int = 1

    def open_on(self, day: date) -> bool:
        """Whether it belongs to the perimeter on a day."""
        return self.opened_on <= day and (self.closed_on is None or day <= self.closed_on)


@dataclass(frozen=True)
class Posting:
    """A mediator on a site for a time; `share` is the percentage of a full-time post."""

    id: int
    site_id: int
    member_id: int
    share: int
    started_on: date
    ended_on: date | None = None
    version: int = 1

    def covers(self, day: date) -> bool:
        """Whether the mediator is posted there on a day."""
        return self.started_on <= day and (self.ended_on is None or day <= self.ended_on)

    def meets(self, other: "Posting") -> bool:
        """Whether both hold on some day."""
        last, other_last = self.ended_on or date.max, other.ended_on or date.max
        return self.started_on <= other_last and other.started_on <= last


@dataclass(frozen=True)
class Closure:
    """Days on which no mediator is expected anywhere: school holidays."""

    id: int
    label: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Activity:
    """What a mediator did; people are counted, girls and boys when somebody counted them, and nobody is named."""

    id: int
    posting_id: int
    done_on: date
    category: str
    axis: Axis
    minutes: int
    people: int | None = None
    girls: int | None = None
    boys: int | None = None
    request: str = ""
    follow_up: str = ""
    told: str = ""
    version: int = 1

    @property
    def week_on(self) -> date:
        """The Monday of its week."""
        return monday(self.done_on)


@dataclass(frozen=True)
class SiteWeek:
    """One week of one site: `present` is None as long as nobody said whether a mediator was there."""

    site_id: int
    week_on: date
    present: bool | None
    activities: int = 0


@dataclass(frozen=True)
class SiteYear:
    """A site over some weeks: those when a mediator was there, those of which nobody said anything, what was done."""

    site: Site
    weeks: tuple[SiteWeek, ...] = ()

    @property
    def present(self) -> int:
        """Weeks when a mediator was there."""
        return sum(week.present is True for week in self.weeks)

    @property
    def unknown(self) -> int:
        """Weeks of which nobody said anything: neither nought nor counted."""
        return sum(week.present is None for week in self.weeks)

    @property
    def activities(self) -> int:
        """What was done in the weeks of presence."""
        return sum(week.activities for week in self.weeks)

    @property
    def per_week(self) -> float | None:
        """Activities by week of presence."""
        return self.activities / self.present if self.present else None


@dataclass(frozen=True)
class Totals:
    """What was done in a period: contacts are not different people, since somebody may be met twice."""

    activities: int = 0
    minutes: int = 0
    contacts: int = 0
    by_axis: Mapping[str, int] = field(default_factory=dict)
    by_category: Mapping[str, int] = field(default_factory=dict)


def monday(day: date) -> date:
    """The first day of a week."""
    return day - timedelta(days=day.weekday())
