"""A value chain: boxes in columns, and the links that say what leads to what."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from impact_maps.indicator import Direction, Unit
from impact_maps.vocabulary import ImpactState, LinkState, OwnSource, Public, Rhythm, Stage, Target


@dataclass(frozen=True)
class BoxContent:
    """What is written in a box; `indicator` and `category` name a figure, empty when none hangs there."""

    stage: Stage
    label: str
    target: Target | None = None
    indicator: str = ""
    category: str = ""

    @property
    def words(self) -> str:
        """The label as it is drawn, with for whom value is created."""
        return f"{self.target.label} : {self.label}" if self.target else self.label


@dataclass(frozen=True)
class Box:
    """A box of a chain; `removed_on` is None while it is part of it."""

    id: int
    content: BoxContent
    position: int
    removed_on: date | None
    version: int


@dataclass(frozen=True, order=True)
class Link:
    """The hypothesis that one box leads to another, by their ids."""

    source: int
    target: int


@dataclass(frozen=True)
class Assumption:
    """What a link supposes and what is known of it; `assessed_by` is the id of the member who said so."""

    words: str = ""
    state: LinkState = LinkState.UNTESTED
    assessed_on: date | None = None
    evidence: str = ""
    answer: str = ""
    assessed_by: int | None = None
    version: int = 1

    @property
    def unanswered(self) -> bool:
        """Contradicted, and nobody said what to do of it."""
        return self.state is LinkState.CONTRADICTED and not self.answer


@dataclass(frozen=True)
class TakenUp:
    """The template that a chain came from: its code, its version then, and the number of the revision it gave."""

    code: str
    version: int
    revision: int


@dataclass(frozen=True)
class Chain:
    """The chain as it is drawn; boxes by column then position; `assumptions` of the links that say something."""

    id: int
    title: str
    boxes: tuple[Box, ...]
    links: tuple[Link, ...]
    version: int
    assumptions: Mapping[Link, Assumption] = field(default_factory=dict)
    taken: TakenUp | None = None

    def assumption(self, source: int, target: int) -> Assumption:
        """What a link supposes; an untested assumption without words when nothing was written."""
        return self.assumptions.get(Link(source, target), Assumption())

    def column(self, stage: Stage) -> tuple[Box, ...]:
        """The boxes of one column, from top to bottom."""
        return tuple(box for box in self.boxes if box.content.stage is stage)

    def before(self, box_id: int) -> tuple[Box, ...]:
        """What leads to a box."""
        sources = {link.source for link in self.links if link.target == box_id}
        return tuple(box for box in self.boxes if box.id in sources)

    def after(self, box_id: int) -> tuple[Box, ...]:
        """What a box leads to."""
        targets = {link.target for link in self.links if link.source == box_id}
        return tuple(box for box in self.boxes if box.id in targets)


@dataclass(frozen=True)
class Revision:
    """What the chain was after a change; `author` is the id of a member, `restores` the number of the one brought back."""

    number: int
    at: datetime
    author: int | None
    summary: str
    name: str
    restores: int | None
    content: str


@dataclass(frozen=True)
class TreeLine:
    """An impact of an objective for a public; `observed_on` is None unless it was observed."""

    public: Public
    objective: str
    words: str
    state: ImpactState
    observed_on: date | None = None
    evidence: str = ""
    indicator: str = ""
    category: str = ""
    id: int = 0
    version: int = 0


@dataclass(frozen=True)
class OwnIndicator:
    """What a community measures in its own words; `figure` is a key of the catalogue, empty when values are entered.

    `goal` is in the unit of the indicator, a share being a fraction of one; `responsible` the id of a member.
    """

    code: str
    title: str
    definition: str
    unit: Unit
    base: str
    source: OwnSource
    figure: str
    origin: str
    about_people: bool
    rhythm: Rhythm
    direction: Direction
    goal: float | None
    goal_on: date | None
    goal_reason: str
    responsible: int | None
    id: int = 0
    version: int = 0
    removed_on: date | None = None

    @property
    def key(self) -> str:
        """What a box or a report calls it."""
        return f"own.{self.id}"


@dataclass(frozen=True)
class OwnValue:
    """A value entered by hand: the day it is about, how many people are behind it, who wrote it and when."""

    day: date
    value: float
    people: int | None
    note: str
    author: int | None = None
    at: datetime | None = None
    id: int = 0


@dataclass(frozen=True)
class OwnChange:
    """What was changed in a definition."""

    at: datetime
    author: int | None
    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Measure:
    """What a hung indicator says today, in words: value, base, period, the same in short, change
    since the one before, goal."""

    title: str
    value: str
    base: str
    measured: bool
    period: str = ""
    when: str = ""
    trend: str = ""
    goal: str = ""

    @property
    def named(self) -> str:
        """Its title, unless the base already says it: « 33, personnes différentes »."""
        return "" if self.value and self.title.lower() == self.base else self.title

    @property
    def words(self) -> str:
        """All of it on one line: « entre 33 et 125, personnes différentes, 2025-2026 », else why there is none."""
        return f"{self.value}, {self.beneath}" if self.value and self.beneath else self.value or self.base

    @property
    def beneath(self) -> str:
        """What is drawn under the value: its base, when it dates from, which way it goes."""
        return ", ".join(part for part in (self.base, self.when, self.trend) if part)
