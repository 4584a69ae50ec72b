"""The follow-up table as it goes out: one row per situation, written as it can be read again."""

from collections.abc import Iterable

from impact.sheets.records import EMPTY, FollowUp, Mandate
from impact.sheets.vocabulary import Column
from impact.sheets.workbook import Value
from impact.vocabulary import Term
from impact.wording import short_date

HEADINGS = tuple(column.label for column in Column)


def row_of(follow_up: FollowUp, columns: Iterable[Term] = Column) -> list[Value]:
    """One cell per column, empty where nothing is known."""
    return [_cell(follow_up, column) for column in columns]


def _cell(follow_up: FollowUp, column: Term) -> Value:
    if column is Column.REFERENT:
        return _successive(follow_up.referents)
    value = getattr(follow_up, column.value)
    if value in EMPTY:
        return None
    if isinstance(value, Term):
        return value.label
    return " ; ".join(value) if isinstance(value, tuple) else value


def _successive(referents: tuple[Mandate, ...]) -> str | None:
    said = [f"{name} le {short_date(since)}" if since else name for name, since in referents]
    return " puis ".join(said) or None
