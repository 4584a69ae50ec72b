"""Row by row, what a table says and what contradicts itself: nothing here knows the database."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from impact.pathways.reception_rules import FIRST_DAY, OLDEST
from impact.pathways.vocabulary import Sex
from impact.periods import age_on
from impact.sheets.cells import (
    Cell,
    may_be_ambiguous,
    month_first,
    oddities,
    read_amount,
    read_answer,
    read_code,
    read_day,
    read_mandates,
    read_words,
    text_of,
)
from impact.sheets.matching_rules import REFUSE, Rows, meaning_key
from impact.sheets.records import CheckedRow, FollowUp, Mandate, Plan, Remark
from impact.sheets.vocabulary import Answer, Column, Fault, Verdict
from impact.wording import fold

PUBLIC = range(2, 17)
MOST_HOURS = Decimal(5_000)
_POSTCODE = 5
_LONGEST = {Column.OBSERVATIONS: 10_000}
_TEXTS = (Column.FAMILY_NAME, Column.GIVEN_NAME, Column.SCHOOL, Column.UAI, Column.CLASS, Column.OBSERVATIONS)
_DAYS = (
    Column.RECEIVED_ON,
    Column.BIRTH_DATE,
    Column.MEETING_ON,
    Column.STARTED_ON,
    Column.ENDED_ON,
    Column.EXPECTED_ON,
)
_TOLD_WHEN_NEW = (Column.ORIGIN, Column.MOTIVES, Column.EXIT_REASON, Column.PROFILE)
_CLOSED: dict[Column, Callable[[str], Any]] = {
    Column.SEX: Sex,
    Column.DECISION: Verdict,
    Column.AGREEMENT: Answer,
    Column.PRIORITY_AREA: Answer,
}
_OF_PATHWAY = (
    (Column.REFERENT, "referents", ()),
    (Column.HOURS, "hours", None),
    (Column.PROFILE, "profile", ""),
    (Column.EXPECTED_ON, "expected_on", None),
)
_NOTHING = {Column.SEX: Sex.UNKNOWN, Column.AGREEMENT: Answer.UNKNOWN, Column.PRIORITY_AREA: Answer.UNKNOWN}


def check_rows(rows: Rows, plan: Plan, labels: dict[Column, Sequence[str]]) -> tuple[list[CheckedRow], int]:
    """Every row of data with its remarks, and how many lines were left aside: titles, empty lines, totals.

    `labels` holds the words of the lists that exist, to tell which words would be added.
    """
    headings = rows[plan.heading_row - 1] if rows else []
    table = _Table(plan, headings, rows, labels)
    checked, ignored = [], 0
    for line, row in enumerate(rows, 1):
        if line <= plan.heading_row or table.is_beside(row):
            ignored += 1
        else:
            checked.append(table.check(line, row))
    return _with_repeated_numbers(checked, plan, headings), ignored


class _Table:
    """What is the same for every row: where columns are, how wide codes are, which column mixes its dates."""

    def __init__(self, plan: Plan, headings: Sequence[Cell], rows: Rows, labels: dict[Column, Sequence[str]]) -> None:
        self.plan = plan
        self.place = {column: at for at, column in plan.columns.items()}
        self.headings = {column: text_of(headings[at]) for column, at in self.place.items() if at < len(headings)}
        self.known = {column: {fold(label) for label in said} for column, said in labels.items()}
        data = rows[plan.heading_row :]
        self.mixed = {column for column in _DAYS if any(month_first(self.cell(row, column)) for row in data)}
        widths = Counter(
            len(text)
            for row in data
            for text in [self.cell(row, Column.NUMBER)]
            if isinstance(text, str) and text.isdigit()
        )
        self.number_width = widths.most_common(1)[0][0] if widths else 0

    def cell(self, row: Sequence[Cell], column: Column) -> Cell:
        at = self.place.get(column)
        return row[at] if at is not None and at < len(row) else None

    def is_beside(self, row: Sequence[Cell]) -> bool:
        """An empty line, or a total: nothing of a child."""
        first = next((text for cell in row if (text := text_of(cell))), "")
        if not first:
            return True
        of_child = [self.cell(row, column) for column in (Column.FAMILY_NAME, Column.GIVEN_NAME, Column.BIRTH_DATE)]
        return fold(first).split()[:1] in (["total"], ["totaux"]) and not any(text_of(cell) for cell in of_child)

    def check(self, line: int, row: Sequence[Cell]) -> CheckedRow:
        reader = _Reader(self, line, row)
        read = reader.read()
        _check_sense(reader, read)
        refused = any(remark.refuses for remark in reader.remarks)
        return CheckedRow(line, None if refused else FollowUp(**read), tuple(reader.remarks))


class _Reader:
    """One row: reads each cell and gathers remarks."""

    def __init__(self, table: _Table, line: int, row: Sequence[Cell]) -> None:
        self.table, self.line, self.row = table, line, row
        self.remarks: list[Remark] = []

    def say(self, column: Column, fault: Fault, value: str | None = None) -> None:
        said = text_of(self.table.cell(self.row, column)) if value is None else value
        heading = self.table.headings.get(column, column.label)
        self.remarks.append(Remark(self.line, column, heading, said[:200], fault))

    def refused(self, column: Column) -> bool:
        return any(remark.column is column and remark.refuses for remark in self.remarks)

    def read(self) -> dict[str, Any]:
        read: dict[str, Any] = {column.value: self._text(column) for column in _TEXTS}
        read |= {column.value: self._day(column) for column in _DAYS}
        read |= {column.value: self._closed(column) for column in _CLOSED}
        read["number"] = read_code(self.table.cell(self.row, Column.NUMBER), self.table.number_width)
        read["postcode"] = read_code(self.table.cell(self.row, Column.POSTCODE), _POSTCODE)
        read["origin"] = self._word(Column.ORIGIN)
        read["exit_reason"] = self._word(Column.EXIT_REASON)
        read["profile"] = self._word(Column.PROFILE)
        motives = [
            self._meaning(Column.MOTIVES, word)
            for word in read_words(self.table.cell(self.row, Column.MOTIVES), self.table.known.get(Column.MOTIVES, ()))
        ]
        read["motives"] = tuple(dict.fromkeys(word for word in motives if word))
        read["referents"] = self._mandates()
        amount, fault = read_amount(self.table.cell(self.row, Column.HOURS), Decimal(0), MOST_HOURS)
        if fault:
            self.say(Column.HOURS, fault)
        return read | {"hours": amount}

    def _text(self, column: Column) -> str:
        cell = self.table.cell(self.row, column)
        text = text_of(cell)
        for fault in oddities(cell):
            self.say(column, fault, str(cell))
        if len(text) > _LONGEST.get(column, 200):
            self.say(column, Fault.TOO_LONG)
        return text if column is Column.OBSERVATIONS else " ".join(text.split())

    def _day(self, column: Column) -> date | None:
        cell = self.table.cell(self.row, column)
        day, fault = read_day(cell)
        if fault:
            self.say(column, fault)
        elif day and column in self.table.mixed and may_be_ambiguous(cell):
            self.say(column, Fault.AMBIGUOUS)
        return day

    def _closed(self, column: Column) -> Any:
        cell = self.table.cell(self.row, column)
        text, nothing = text_of(cell), _NOTHING.get(column)
        if not text:
            return nothing
        meaning = self.table.plan.meanings.get(column, {}).get(meaning_key(text))
        if meaning is None and column in (Column.AGREEMENT, Column.PRIORITY_AREA):
            meaning = read_answer(cell)
        if meaning is None or meaning == REFUSE:
            self.say(column, Fault.UNKNOWN_VALUE)
            return nothing
        return _CLOSED[column](meaning) if meaning else nothing

    def _word(self, column: Column) -> str:
        text = text_of(self.table.cell(self.row, column))
        return self._meaning(column, text) if text else ""

    def _meaning(self, column: Column, word: str) -> str:
        meaning = self.table.plan.meanings.get(column, {}).get(meaning_key(word), word)
        if meaning == REFUSE:
            self.say(column, Fault.UNKNOWN_VALUE, word)
            return ""
        if len(meaning) > 200:
            self.say(column, Fault.TOO_LONG)
        elif meaning and column in _TOLD_WHEN_NEW and fold(meaning) not in self.table.known.get(column, set()):
            self.say(column, Fault.NEW_VALUE, word)
        return meaning

    def _mandates(self) -> tuple[Mandate, ...]:
        mandates = read_mandates(self.table.cell(self.row, Column.REFERENT))
        if mandates is None:
            self.say(Column.REFERENT, Fault.UNKNOWN_VALUE)
            return ()
        if len(mandates) > 1:
            self.say(Column.REFERENT, Fault.CHANGED_REFERENT)
        named = [(self._meaning(Column.REFERENT, name), since) for name, since in mandates]
        return tuple((name, since) for name, since in named if name)


def _check_sense(reader: _Reader, read: dict[str, Any]) -> None:
    _check_child(reader, read)
    _check_order(reader, read)
    _check_pathway(reader, read)
    stopped = reader.table.plan.stopped_on
    for column in (Column.MEETING_ON, Column.STARTED_ON, Column.ENDED_ON):
        if read[column.value] and read[column.value] > stopped:
            reader.say(column, Fault.LATER)
    if read["ended_on"] and read["ended_on"] > stopped:
        read["expected_on"], read["ended_on"] = read["expected_on"] or read["ended_on"], None
        read["exit_reason"] = ""
    if read["started_on"] and read["started_on"] > stopped:
        # A forecast: the pathway is decided, and not yet begun.
        read["started_on"] = read["expected_on"] = read["ended_on"] = None
        read["referents"] = ()
    if read["started_on"] is None:
        _leave_pathway(reader, read)


def _leave_pathway(reader: _Reader, read: dict[str, Any]) -> None:
    """What a table tells of a pathway that has not begun: said, and left aside."""
    for column, name, nothing in _OF_PATHWAY:
        if read[name]:
            reader.say(column, Fault.NO_PATHWAY)
        read[name] = nothing


def _check_child(reader: _Reader, read: dict[str, Any]) -> None:
    received, birth = read["received_on"], read["birth_date"]
    if not read["family_name"]:
        reader.say(Column.FAMILY_NAME, Fault.NO_NAME if read["given_name"] else Fault.MISSING)
    if received is None and not reader.refused(Column.RECEIVED_ON):
        reader.say(Column.RECEIVED_ON, Fault.MISSING)
    if birth is None:
        if not reader.refused(Column.BIRTH_DATE):
            reader.say(Column.BIRTH_DATE, Fault.NO_BIRTH)
        return
    if birth > reader.table.plan.stopped_on:
        reader.say(Column.BIRTH_DATE, Fault.FUTURE_BIRTH)
    elif received and birth > received:
        reader.say(Column.RECEIVED_ON, Fault.BEFORE_BIRTH)
    elif received and age_on(birth, received) > OLDEST:
        reader.say(Column.BIRTH_DATE, Fault.IMPOSSIBLE_BIRTH)
    elif received and age_on(birth, received) not in PUBLIC:
        reader.say(Column.BIRTH_DATE, Fault.UNUSUAL_AGE)


def _check_order(reader: _Reader, read: dict[str, Any]) -> None:
    received, meeting, started, ended = (read[name] for name in ("received_on", "meeting_on", "started_on", "ended_on"))
    if received and received > reader.table.plan.stopped_on:
        reader.say(Column.RECEIVED_ON, Fault.FUTURE_RECEPTION)
    if received and received < FIRST_DAY:
        reader.say(Column.RECEIVED_ON, Fault.TOO_OLD)
    if received and meeting and meeting < received:
        reader.say(Column.MEETING_ON, Fault.MEETING_BEFORE_RECEPTION)
    if received and started and started < received:
        reader.say(Column.STARTED_ON, Fault.START_BEFORE_RECEPTION)
    elif meeting and started and started < meeting:
        reader.say(Column.STARTED_ON, Fault.START_BEFORE_MEETING)
    if ended and started and ended < started:
        reader.say(Column.ENDED_ON, Fault.END_BEFORE_START)
    if ended and started is None and not reader.refused(Column.STARTED_ON):
        reader.say(Column.ENDED_ON, Fault.END_WITHOUT_START)
    if started and read["decision"] not in (Verdict.PATHWAY, None):
        reader.say(Column.STARTED_ON, Fault.START_WITHOUT_DECISION)


def _check_pathway(reader: _Reader, read: dict[str, Any]) -> None:
    ended, started = read["ended_on"], read["started_on"]
    if read["exit_reason"] and ended is None and not reader.refused(Column.ENDED_ON):
        reader.say(Column.ENDED_ON, Fault.REASON_WITHOUT_END)
    if ended and not read["exit_reason"] and ended <= reader.table.plan.stopped_on:
        reader.say(Column.EXIT_REASON, Fault.NO_REASON)
    if started and not read["referents"] and not reader.refused(Column.REFERENT):
        reader.say(Column.REFERENT, Fault.NO_REFERENT)
    if read["decision"] is Verdict.PATHWAY or started:
        if read["agreement"] is not Answer.YES:
            reader.say(Column.AGREEMENT, Fault.NO_AGREEMENT)
        if read["meeting_on"] is None and not reader.refused(Column.MEETING_ON):
            reader.say(Column.MEETING_ON, Fault.NO_MEETING)


def _with_repeated_numbers(rows: list[CheckedRow], plan: Plan, headings: Sequence[Cell]) -> list[CheckedRow]:
    by_number = defaultdict(set)
    for row in rows:
        if row.follow_up and row.follow_up.number:
            said = row.follow_up
            by_number[said.number].add((fold(said.family_name), fold(said.given_name), said.birth_date))
    at = next((at for at, column in plan.columns.items() if column is Column.NUMBER), None)
    if at is None:
        return rows
    return [
        replace(
            row,
            remarks=(
                *row.remarks,
                Remark(row.line, Column.NUMBER, text_of(headings[at]), number, Fault.REPEATED_NUMBER),
            ),
        )
        if row.follow_up and len(by_number[number := row.follow_up.number]) > 1
        else row
        for row in rows
    ]
