"""What a report says besides its figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from impact.periods import Period
from impact.vocabulary import Audience, CommunityKind
from reports.composition.reissue import Changes
from reports.composition.words import Estimates
from reports.records import Remark
from reports.vocabulary import ReportKind

# Periods and their figures, the oldest first and that of the report last; none when it has no earlier one.
Earlier = Sequence[tuple[str, Estimates]]


@dataclass(frozen=True)
class DrawnLinks:
    """The links between organisations, drawn, then in words: organisation, existing, confirmed, to create."""

    svg: str = ""
    rows: tuple[tuple[str, int, int, int], ...] = ()


@dataclass(frozen=True)
class Experience:
    """An experience sheet: its title, its place in the census, and what was written under each heading."""

    title: str
    place: str
    texts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Finding:
    """A strength, weakness, opportunity or threat; `indicator` is the code that follows it, or nothing."""

    axis: str
    kind: str
    words: str
    indicator: str = ""


@dataclass(frozen=True)
class Orientation:
    """Where to go, the axes it comes from, the actions that serve it as (title, state)."""

    title: str
    axes: tuple[str, ...]
    actions: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Diagnosis:
    """What a committee validated, as its audience may read it; `validated` counts findings, crossings and orientations
    on that day, `has_moved` says whether there are others now, `steering_left_out` how many findings stay inside.
    """

    validated_by: str
    validated_on: str
    validated: tuple[int, int, int]
    findings: tuple[Finding, ...]
    orientations: tuple[Orientation, ...]
    has_moved: bool = False
    steering_left_out: int = 0


NO_LINKS = DrawnLinks()


@dataclass(frozen=True)
class Context:
    """What a report says besides its figures; `chain_svg` is the value chain drawn for print, or nothing; `sections` are
    the keys that the author chose, in order, or none for those that the kind of report proposes; `quotes` are words
    released one by one; `earlier` are the key figures of earlier periods; `changes` tell what moved since it was issued
    before.
    """

    name: str
    territory: str
    kind: CommunityKind
    period: Period
    audience: Audience
    issued_on: date
    version: str
    chain_svg: str = ""
    chain_boxes: tuple[tuple[str, str, str], ...] = ()
    chain_measured: int = 0
    chain_supported: int = 0
    remarks: tuple[Remark, ...] = ()
    report_kind: ReportKind = ReportKind.ANNUAL
    sections: tuple[str, ...] = ()
    links: DrawnLinks = NO_LINKS
    experiences: tuple[Experience, ...] = ()
    quotes: tuple[str, ...] = ()
    diagnosis: Diagnosis | None = None
    earlier: Earlier = ()
    changes: Changes | None = None
