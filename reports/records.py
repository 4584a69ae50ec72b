"""What every computation returns, with the same keys in JSON, CSV and PDF; and the reports made of it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime

from impact.periods import Period
from impact.vocabulary import Audience, CommunityKind
from reports.vocabulary import RemarkKind, ReportKind, ReportState

# After a sentence with which it is favourable not to agree.
REVERSED = " (phrase inversée)"


@dataclass(frozen=True)
class Estimate:
    """One figure of one indicator.

    `value` is in `unit` ("count", "share" in 0..1, "mean", "months", "index", "points" in −100..100...), None when it cannot be computed
    (`reason` says why, as a code) or when it is `masked`. `category` names the row of a breakdown (a code), `label` its
    French words when they come from the data (an editable motive, a workshop's title). `low`/`high` are the 95 % bounds
    of `method`, None for a census count. `n` is the number of people or answers behind the figure, `missing` how many
    concerned are unknown, `version` the definition's version in the catalogue.
    """

    code: str
    value: float | None
    unit: str
    numerator: float | None = None
    denominator: float | None = None
    low: float | None = None
    high: float | None = None
    method: str = ""
    n: int = 0
    missing: int = 0
    masked: bool = False
    reason: str = ""
    version: int = 1
    category: str = ""
    label: str = ""
    test: dict[str, float | str] | None = None
    effect: dict[str, float | str] | None = None

    def as_dict(self) -> dict[str, object]:
        """The keys as they leave in JSON and CSV."""
        return asdict(self)


@dataclass(frozen=True)
class Report:
    """A report as it was ordered; once ready it is frozen, with the hash of its PDF."""

    id: int
    period: Period
    kind: CommunityKind
    audience: Audience
    state: ReportState
    step: int
    steps: int
    message: str
    ordered_at: datetime
    issued_at: datetime | None
    product_version: str
    sha256: str
    report_kind: ReportKind = ReportKind.ANNUAL
    sections: tuple[str, ...] = ()
    draft_id: int | None = None

    @property
    def is_over(self) -> bool:
        """Nothing more will happen to it."""
        return self.state in (ReportState.READY, ReportState.FAILED)


@dataclass(frozen=True)
class Release:
    """One protected value that left the house; `label` is its category in French words, `told` all of it as JSON."""

    code: str
    category: str
    period: str
    audience: Audience
    value: float | None
    numerator: float | None
    denominator: float | None
    masked: bool
    label: str = ""
    n: int = 0
    missing: int = 0
    told: str = ""


# What left the house, by period, then by (code, category).
Published = Mapping[Period, Mapping[tuple[str, str], Release]]


@dataclass(frozen=True)
class Remark:
    """A judgement or recommendations, one paragraph a line, with who signs them; `author` stays inside the house."""

    kind: RemarkKind
    words: str
    author: str
    author_role: str
    written_on: date
