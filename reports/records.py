"""What every computation returns, with the same keys in JSON, CSV and PDF."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Estimate:
    """One figure of one indicator.

    `value` is in `unit` ("count", "share" in 0..1, "mean", "months", "index"...), None when it cannot be computed
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
