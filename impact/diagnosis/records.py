"""Axes and what was found on them, what follows from it, what is wished."""

from dataclasses import dataclass
from datetime import date

from impact.diagnosis.vocabulary import FindingKind, GroupStep, Sense, Use


@dataclass(frozen=True)
class Axis:
    """A side of the diagnosis."""

    id: int
    title: str
    version: int = 1


@dataclass(frozen=True)
class WorkingGroup:
    """People who gathered on an axis; `member_ids` are those whose name is known."""

    id: int
    axis_id: int
    step: GroupStep
    held_on: date
    people: int
    member_ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class Finding:
    """A strength, weakness, opportunity or threat; `indicator` is the code of the figure that follows it."""

    id: int
    axis_id: int
    kind: FindingKind
    words: str
    use: Use
    group_id: int | None = None
    indicator: str | None = None
    version: int = 1


@dataclass(frozen=True)
class Crossing:
    """What follows from something inside met with something outside."""

    id: int
    axis_id: int
    internal_id: int
    external_id: int
    words: str
    group_id: int | None = None


@dataclass(frozen=True)
class Orientation:
    """What the diagnosis leads to; `examples` are example actions, one a line."""

    id: int
    title: str
    examples: str
    axis_ids: tuple[int, ...] = ()
    action_ids: tuple[int, ...] = ()
    version: int = 1

    @property
    def example_list(self) -> list[str]:
        """One example a line."""
        return [line.strip() for line in self.examples.splitlines() if line.strip()]


@dataclass(frozen=True)
class Validation:
    """A committee meeting that validated the diagnosis, and how much of it there was on that day."""

    meeting_id: int
    findings: int
    crossings: int
    orientations: int


@dataclass(frozen=True)
class Trend:
    """What is coming, whatever one does."""

    id: int
    words: str
    sense: Sense
    gathered_on: date


@dataclass(frozen=True)
class DesiredFuture:
    """What one wishes for, by a year; version 0 when nothing is written yet."""

    horizon: int
    words: str
    version: int = 0


@dataclass(frozen=True)
class RoundVersion:
    """A version of a text and the group that wrote it."""

    number: int
    written_by: str
    written_on: date
    people: int | None
    words: str


@dataclass(frozen=True)
class TwoRoundText:
    """A first version by one group, amended by another; both are kept."""

    id: int
    title: str
    versions: tuple[RoundVersion, ...]

    @property
    def is_amended(self) -> bool:
        """Whether the second group wrote."""
        return len(self.versions) == 2
