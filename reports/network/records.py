"""A community as the others see it."""

from dataclasses import dataclass
from datetime import datetime

from impact.vocabulary import CommunityKind
from reports.records import Estimate


@dataclass(frozen=True)
class Peer:
    """A community that published its figures."""

    slug: str
    name: str
    kind: CommunityKind
    published_at: datetime


@dataclass(frozen=True)
class PeerFigure:
    """One protected figure of one community over one period (its code)."""

    slug: str
    period: str
    estimate: Estimate
