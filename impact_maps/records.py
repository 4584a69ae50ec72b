"""A value chain: boxes in four columns, and the links that say what leads to what."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from impact_maps.vocabulary import LinkState, Stage, Target


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
class Chain:
    """The chain as it is drawn; boxes by column then position; `assumptions` of the links that say something."""

    id: int
    title: str
    boxes: tuple[Box, ...]
    links: tuple[Link, ...]
    version: int
    assumptions: Mapping[Link, Assumption] = field(default_factory=dict)

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
class Measure:
    """What a hung indicator says today: `value` and `base` in words, and whether it is measured."""

    title: str
    value: str
    base: str
    measured: bool
    period: str = ""
