"""A value chain: boxes in four columns, and the links that say what leads to what."""

from dataclasses import dataclass
from datetime import date

from impact_maps.vocabulary import Stage, Target


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
class Chain:
    """The chain as it is drawn; boxes by column then position."""

    id: int
    title: str
    boxes: tuple[Box, ...]
    links: tuple[Link, ...]
    version: int

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
