"""Row by row, cell by cell: what every kind of table has in common; nothing here knows the database."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from impact.sheets.cells import (
    Cell,
    may_be_ambiguous,
    month_first,
    oddities,
    read_amount,
    read_answer,
    read_code,
    read_day,
    text_of,
)
from impact.sheets.matching_rules import REFUSE, Rows, meaning_key
from impact.sheets.records import CheckedRow, Plan, Remark
from impact.sheets.vocabulary import Answer, Column, Fault
from impact.vocabulary import Term
from impact.wording import fold

Labels = dict[Term, Sequence[str]]
Said = TypeVar("Said")


class Table:
    """What is the same for every row: where columns are, how wide codes are, which column mixes its dates."""

    def __init__(self, rows: Rows, plan: Plan, labels: Labels, days: Sequence[Term]) -> None:
        headings = rows[plan.heading_row - 1] if rows else []
        self.plan, self.rows = plan, rows
        self.place = {column: at for at, column in plan.columns.items()}
        self.headings = {column: text_of(headings[at]) for column, at in self.place.items() if at < len(headings)}
        self.known = {column: {fold(label) for label in said} for column, said in labels.items()}
        data = rows[plan.heading_row :]
        self.mixed = {column for column in days if any(month_first(self.cell(row, column)) for row in data)}
        widths = Counter(
            len(text)
            for row in data
            for text in [self.cell(row, Column.NUMBER)]
            if isinstance(text, str) and text.isdigit()
        )
        self.number_width = widths.most_common(1)[0][0] if widths else 0

    def cell(self, row: Sequence[Cell], column: Term) -> Cell:
        """What is written there; nothing when the table has no such column."""
        at = self.place.get(column)
        return row[at] if at is not None and at < len(row) else None

    def is_beside(self, row: Sequence[Cell]) -> bool:
        """An empty line, or a total: nothing of a child."""
        first = next((text for cell in row if (text := text_of(cell))), "")
        if not first:
            return True
        of_child = [self.cell(row, column) for column in (Column.FAMILY_NAME, Column.GIVEN_NAME, Column.BIRTH_DATE)]
        return fold(first).split()[:1] in (["total"], ["totaux"]) and not any(text_of(cell) for cell in of_child)

    def check(self, read: "Callable[[Reader], Said | None]") -> tuple[list[CheckedRow[Said]], int]:
        """Every row of data with its remarks, and how many lines were left aside: titles, empty lines, totals."""
        checked, ignored = [], 0
        for line, row in enumerate(self.rows, 1):
            if line <= self.plan.heading_row or self.is_beside(row):
                ignored += 1
                continue
            reader = Reader(self, line, row)
            said = read(reader)
            checked.append(CheckedRow(line, None if reader.is_refused else said, tuple(reader.remarks)))
        return checked, ignored


class Reader:
    """One row: reads each cell and gathers remarks."""

    def __init__(self, table: Table, line: int, row: Sequence[Cell]) -> None:
        self.table, self.line, self.row = table, line, row
        self.remarks: list[Remark] = []

    @property
    def is_refused(self) -> bool:
        """Whether something keeps the row out."""
        return any(remark.refuses for remark in self.remarks)

    def say(self, column: Term, fault: Fault, value: str | None = None, reason: str = "") -> None:
        """One more remark, on what the cell holds unless `value` tells it."""
        said = text_of(self.cell(column)) if value is None else value
        heading = self.table.headings.get(column, column.label)
        self.remarks.append(Remark(self.line, column, heading, said[:200], fault, reason))

    def refused(self, column: Term) -> bool:
        """Whether this cell keeps the row out."""
        return any(remark.column is column and remark.refuses for remark in self.remarks)

    def cell(self, column: Term) -> Cell:
        """What is written in this row."""
        return self.table.cell(self.row, column)

    def text(self, column: Term, longest: int = 200, lines: bool = False) -> str:
        """A text, its ends of line kept if `lines`."""
        cell = self.cell(column)
        text = text_of(cell)
        for fault in oddities(cell):
            self.say(column, fault, str(cell))
        if len(text) > longest:
            self.say(column, Fault.TOO_LONG)
        return text if lines else " ".join(text.split())

    def day(self, column: Term) -> date | None:
        """A day, if it is one."""
        cell = self.cell(column)
        day, fault = read_day(cell)
        if fault:
            self.say(column, fault)
        elif day and column in self.table.mixed and may_be_ambiguous(cell):
            self.say(column, Fault.AMBIGUOUS)
        return day

    def code(self, column: Term, width: int) -> str:
        """A code of digits, with its zeros."""
        return read_code(self.cell(column), width)

    def amount(self, column: Term, lowest: Decimal, highest: Decimal) -> Decimal | None:
        """A number between bounds."""
        amount, fault = read_amount(self.cell(column), lowest, highest)
        if fault:
            self.say(column, fault)
        return amount

    def closed(self, column: Term, terms: type[Term], nothing: Any = None) -> Any:
        """A word of a closed list, as it was matched."""
        cell = self.cell(column)
        text = text_of(cell)
        if not text:
            return nothing
        meaning = self.table.plan.meanings.get(column, {}).get(meaning_key(text))
        if meaning is None and terms is Answer:
            meaning = read_answer(cell)
        if meaning is None or meaning == REFUSE:
            self.say(column, Fault.UNKNOWN_VALUE)
            return nothing
        return terms(meaning) if meaning else nothing

    def word(self, column: Term, told_when_new: bool = False) -> str:
        """A word of an open list, as it was matched."""
        text = text_of(self.cell(column))
        return self.meaning(column, text, told_when_new) if text else ""

    def meaning(self, column: Term, word: str, told_when_new: bool = False) -> str:
        """What one word of a cell means."""
        meaning = self.table.plan.meanings.get(column, {}).get(meaning_key(word), word)
        if meaning == REFUSE:
            self.say(column, Fault.UNKNOWN_VALUE, word)
            return ""
        if len(meaning) > 200:
            self.say(column, Fault.TOO_LONG)
        elif meaning and told_when_new and fold(meaning) not in self.table.known.get(column, set()):
            self.say(column, Fault.NEW_VALUE, word)
        return meaning
