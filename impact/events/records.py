"""A series, its events, who was counted at each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from impact.events.vocabulary import Relevance, SeriesKind
from impact.vocabulary import OrganisationKind


@dataclass(frozen=True)
class Series:
    """Events that belong together; `targets` are the percentages wished, institution by institution."""

    id: int
    kind: SeriesKind
    title: str
    objective: str = ""
    targets: Mapping[OrganisationKind, int] = field(default_factory=dict)
    version: int = 1

    @property
    def by_class(self) -> bool:
        """Whether heads are counted by class."""
        return self.kind is SeriesKind.SEQUENCE


@dataclass(frozen=True)
class Heads:
    """How many registered, were excused, came on the spot, followed from afar."""

    registered: int = 0
    excused: int = 0
    on_site: int = 0
    remote: int = 0

    @property
    def present(self) -> int:
        """Everybody who took part."""
        return self.on_site + self.remote

    @property
    def missing(self) -> int:
        """The fewest who registered and neither came nor were excused: some who came may not have registered."""
        return max(self.registered - self.excused - self.present, 0)

    @property
    def any(self) -> bool:
        """Whether anything is counted."""
        return bool(self.registered or self.present)

    def __add__(self, other: "Heads") -> "Heads":
        return Heads(
            self.registered + other.registered,
            self.excused + other.excused,
            self.on_site + other.on_site,
            self.remote + other.remote,
        )


@dataclass(frozen=True)
class SchoolClass:
    """A class of a series of sequences; its size is empty when nobody knows it."""

    id: int
    name: str
    size: int | None = None


@dataclass(frozen=True)
class Event:
    """One day, webinar, forum or sequence; heads by institution, or by class."""

    id: int
    series_id: int
    title: str
    held_on: date
    place: str = ""
    wave_id: int | None = None
    heads: Mapping[OrganisationKind, Heads] = field(default_factory=dict)
    classes: Mapping[int, int] = field(default_factory=dict)
    version: int = 1

    @property
    def total(self) -> Heads:
        """The sum over institutions; over classes, everybody is on the spot."""
        total = Heads(on_site=sum(self.classes.values()))
        for heads in self.heads.values():
            total += heads
        return total

    @property
    def is_held(self) -> bool:
        """Whether somebody was there."""
        return self.total.present > 0


@dataclass(frozen=True)
class Count:
    """What a form says of one event."""

    event_id: int
    heads: Mapping[OrganisationKind, Heads]
    classes: Mapping[int, int]
    version: int


@dataclass(frozen=True)
class Bounds:
    """Fewest and most different people behind presences that bear no name; `most` is the sum when sizes are unknown."""

    fewest: int
    most: int


@dataclass(frozen=True)
class BalanceLine:
    """One kind of institution among those present; shares from 0 to 1, `target` None when none is set."""

    kind: OrganisationKind
    present: int
    share: float
    target: float | None


@dataclass(frozen=True)
class Offer:
    """What an organisation of the network offers to the others; `opinions` by member."""

    id: int
    organisation_id: int
    title: str
    words: str
    offered_on: date
    withdrawn_on: date | None = None
    opinions: Mapping[int, Relevance] = field(default_factory=dict)

    @property
    def relevant(self) -> int:
        """How many find it useful or more."""
        return sum(1 for known in self.opinions.values() if known.is_relevant)


@dataclass(frozen=True)
class Resource:
    """A document, a tool, an address to share."""

    id: int
    title: str
    words: str
    address: str
    theme: str
    added_on: date


@dataclass(frozen=True)
class Registering:
    """What the public form says: from which kind of institution, and how many; nobody is named."""

    kind: OrganisationKind
    people: int
