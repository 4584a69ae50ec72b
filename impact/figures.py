"""The current figures of a community: written by reports, read by any page."""

from collections.abc import Iterable
from dataclasses import dataclass

from impact.audit import Actor, Deed, write
from impact.db import EncryptedDatabase, Row
from impact.vocabulary import Audience, Term
from impact.wording import number, percent


class FigureState(Term):
    """Whether a figure can be shown."""

    MEASURED = "measured", "mesuré"
    MASKED = "masked", "masqué"
    UNKNOWN = "unknown", "non mesuré"


@dataclass(frozen=True)
class Figure:
    """One current figure; `value` is None unless its state is MEASURED. Keys: code, category, period, audience.

    `low` and `high`, in the unit of the value, are what is known of a figure that has none.
    """

    code: str
    category: str
    period: str
    audience: Audience
    unit: str
    value: float | None
    numerator: float | None
    denominator: float | None
    state: FigureState
    reason: str
    computed_at: str
    low: float | None = None
    high: float | None = None

    @property
    def bounded(self) -> bool:
        """Whether it has no value and is known to lie between two bounds."""
        return self.state is FigureState.UNKNOWN and self.low is not None and self.high is not None

    @property
    def text(self) -> str:
        """The value as it is read: « 75 % », « 33 », « entre 33 et 125 », « non mesuré »."""
        if self.value is not None:
            return told(self.value, self.unit)
        if self.bounded and self.low is not None and self.high is not None:
            return f"entre {told(self.low, self.unit)} et {told(self.high, self.unit)}"
        return self.state.label


def told(value: float, unit: str) -> str:
    """A value as it is read: a share in percent, others with a decimal when they have one."""
    if unit == "share":
        return percent(value)
    return number(value, 0 if value == round(value) else 1)


def replace_figures(db: EncryptedDatabase, actor: Actor, period: str, figures: Iterable[Figure]) -> None:
    """Replace every figure of a period by these, in one transaction."""
    with write(db, actor) as log:
        db.execute("DELETE FROM figure WHERE period = ?", (period,))
        for figure in figures:
            db.execute(
                "INSERT INTO figure (code, category, period, audience, unit, value, numerator, denominator, state,"
                " reason, computed_at, low, high) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    figure.code,
                    figure.category,
                    figure.period,
                    figure.audience.value,
                    figure.unit,
                    figure.value,
                    figure.numerator,
                    figure.denominator,
                    figure.state.value,
                    figure.reason,
                    figure.computed_at,
                    figure.low,
                    figure.high,
                ),
            )
        log.note(Deed.CHANGE, "figure", None, [period])


def latest_figures(db: EncryptedDatabase, audience: Audience) -> dict[tuple[str, str], Figure]:
    """The last computed figure by (code, category) for one audience, whatever its period."""
    return {(figure.code, figure.category): figure for figure in every_figure(db, audience)}


def every_figure(db: EncryptedDatabase, audience: Audience) -> list[Figure]:
    """The figures of every period that is kept, for one audience: what a change over time is read from."""
    rows = db.rows("SELECT * FROM figure WHERE audience = ? ORDER BY computed_at", (audience.value,))
    return [_figure(row) for row in rows]


def _figure(row: Row) -> Figure:
    return Figure(**{**row, "audience": Audience(row["audience"]), "state": FigureState(row["state"])})
