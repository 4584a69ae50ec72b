"""Row by row, what a follow-up table says and what contradicts itself: nothing here knows the database."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from impact.pathways.reception_rules import FIRST_DAY, OLDEST
from impact.pathways.vocabulary import Sex
from impact.periods import age_on
from impact.sheets.cells import Cell, read_mandates, read_words, text_of
from impact.sheets.matching_rules import Rows
from impact.sheets.records import CheckedRow, FollowUp, Mandate, Plan, Remark
from impact.sheets.row_reading import Labels, Reader, Table
from impact.sheets.vocabulary import Answer, Column, Fault, Verdict
from impact.wording import fold

PUBLIC = range(2, 17)
MOST_HOURS = Decimal(5_000)
_POSTCODE = 5
_MOST_OBSERVED = 10_000
_TEXTS = (Column.FAMILY_NAME, Column.GIVEN_NAME, Column.SCHOOL, Column.UAI, Column.CLASS)
_DAYS = (
    Column.RECEIVED_ON,
    Column.BIRTH_DATE,
    Column.MEETING_ON,
    Column.STARTED_ON,
    Column.ENDED_ON,
    Column.EXPECTED_ON,
)
_OF_PATHWAY = (
    (Column.REFERENT, "referents", ()),
    (Column.HOURS, "hours", None),
    (Column.PROFILE, "profile", ""),
    (Column.EXPECTED_ON, "expected_on", None),
)


def check_rows(rows: Rows, plan: Plan, labels: Labels) -> tuple[list[CheckedRow[FollowUp]], int]:
    """Every row of data with its remarks, and how many lines were left aside: titles, empty lines, totals.

    `labels` holds the words of the lists that exist, to tell which words would be added.
    """
    checked, ignored = Table(rows, plan, labels, _DAYS).check(_check)
    return _with_repeated_numbers(checked, plan, rows[plan.heading_row - 1] if rows else []), ignored


def _check(reader: Reader) -> FollowUp:
    read = _read(reader)
    _check_sense(reader, read)
    return FollowUp(**read)


def _read(reader: Reader) -> dict[str, Any]:
    read: dict[str, Any] = {column.value: reader.text(column) for column in _TEXTS}
    read["observations"] = reader.text(Column.OBSERVATIONS, _MOST_OBSERVED, lines=True)
    read |= {column.value: reader.day(column) for column in _DAYS}
    read["sex"] = reader.closed(Column.SEX, Sex, Sex.UNKNOWN)
    read["decision"] = reader.closed(Column.DECISION, Verdict)
    read["agreement"] = reader.closed(Column.AGREEMENT, Answer, Answer.UNKNOWN)
    read["priority_area"] = reader.closed(Column.PRIORITY_AREA, Answer, Answer.UNKNOWN)
    read["number"] = reader.code(Column.NUMBER, reader.table.number_width)
    read["postcode"] = reader.code(Column.POSTCODE, _POSTCODE)
    for column in (Column.ORIGIN, Column.EXIT_REASON, Column.PROFILE):
        read[column.value] = reader.word(column, told_when_new=True)
    motives = [
        reader.meaning(Column.MOTIVES, word, told_when_new=True)
        for word in read_words(reader.cell(Column.MOTIVES), reader.table.known.get(Column.MOTIVES, ()))
    ]
    read["motives"] = tuple(dict.fromkeys(word for word in motives if word))
    read["referents"] = _mandates(reader)
    return read | {"hours": reader.amount(Column.HOURS, Decimal(0), MOST_HOURS)}


def _mandates(reader: Reader) -> tuple[Mandate, ...]:
    mandates = read_mandates(reader.cell(Column.REFERENT))
    if mandates is None:
        reader.say(Column.REFERENT, Fault.UNKNOWN_VALUE)
        return ()
    if len(mandates) > 1:
        reader.say(Column.REFERENT, Fault.CHANGED_REFERENT)
    named = [(reader.meaning(Column.REFERENT, name), since) for name, since in mandates]
    return tuple((name, since) for name, since in named if name)


def _check_sense(reader: Reader, read: dict[str, Any]) -> None:
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


def _leave_pathway(reader: Reader, read: dict[str, Any]) -> None:
    """What a table tells of a pathway that has not begun: said, and left aside."""
    for column, name, nothing in _OF_PATHWAY:
        if read[name]:
            reader.say(column, Fault.NO_PATHWAY)
        read[name] = nothing


def _check_child(reader: Reader, read: dict[str, Any]) -> None:
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


def _check_order(reader: Reader, read: dict[str, Any]) -> None:
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


def _check_pathway(reader: Reader, read: dict[str, Any]) -> None:
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


def _with_repeated_numbers(
    rows: list[CheckedRow[FollowUp]], plan: Plan, headings: Sequence[Cell]
) -> list[CheckedRow[FollowUp]]:
    by_number = defaultdict(set)
    for row in rows:
        if row.said and row.said.number:
            said = row.said
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
        if row.said and len(by_number[number := row.said.number]) > 1
        else row
        for row in rows
    ]
