"""The table of situations → cases, as they are known on the last day."""

from collections import defaultdict
from collections.abc import Hashable
from datetime import date, timedelta
from typing import Any

import pandas as pd

from reports.annual.records import UNKNOWN, Case, Frame, Mandate, Place, SurveyData
from reports.annual.vocabulary import PlannedEnd

FINAL = frozenset({"pathway", "elsewhere", "refused", "declined"})
Rows = dict[int, list[dict[Hashable, Any]]]


def cases(data: SurveyData, frame: Frame) -> list[Case]:
    """One case per situation received by the last day, in the order of the table."""
    motives, ages = _by_situation(data.motives.sort_values("position", kind="stable")), _by_situation(data.ages)
    referents, spent = (_by_situation(rows) for rows in (data.referents, data.spent))
    profiles, known_on = _by_situation(data.profiles), min(frame.period.end, frame.stopped_on)
    schools, districts = (
        _by("child_id", rows) for rows in (data.schools, data.districts.sort_values("known_on", kind="stable"))
    )
    found = []
    for row in data.situations.to_dict("records"):
        key, child, stop = int(row["situation_id"]), int(row["child_id"]), frame.stopped_on
        started, ended = _until(row["started_on"], stop), _until(row["ended_on"], stop)
        if ended is None and frame.options.planned_end is PlannedEnd.CLOSED:
            ended = _until(row["planned_end_on"], stop)
        ended = ended if started else None
        met, received = _until(row["met_on"], stop), _day(row["received_on"])
        if received is None or received > stop:
            continue
        found.append(
            Case(
                situation_id=key,
                episode=int(row["episode"]),
                child_id=child,
                received_on=received,
                met_on=met,
                outcome=_word(row["outcome"]),
                decided_on=_decided(row, met, started, received, stop),
                started_on=started,
                ended_on=ended,
                exit_reason=_word(row["exit_reason"]) if ended else "",
                profile=next((each["profile"] for each in reversed(profiles[key]) if _until(each["since_on"], known_on)), UNKNOWN),
                origin=_word(row["origin"]) or UNKNOWN,
                sex=_word(row["sex"]) or UNKNOWN,
                qpv=tuple((day, str(each["qpv"])) for each in districts[child] if (day := _until(each["known_on"], stop))),
                agreed=_word(row["agreed"]) or UNKNOWN,
                hours=None if pd.isna(row["hours"]) else float(row["hours"]),
                ages={_day(each["counted_on"]): int(each["age"]) for each in ages[key] if not pd.isna(each["age"])},
                motives=tuple(dict.fromkeys(str(each["code"]) for each in motives[key])),
                mandates=_mandates(referents[key], started, ended),
                spent=tuple((day, float(each["hours"])) for each in spent[key] if (day := _until(each["spent_on"], stop))),
                schools=tuple(_place(each) for each in schools[child]),
            )
        )  # fmt: skip
    return found


def _decided(
    row: dict[Hashable, Any], met: date | None, started: date | None, received: date, stop: date
) -> date | None:
    """The day of a decision that settles the situation: its own, else the meeting's, the beginning, the reception."""
    if row["outcome"] not in FINAL:
        return None
    told = _day(row["decided_on"])
    return _until(told, stop) if told else met or started or received


def _mandates(rows: list[dict[Hashable, Any]], started: date | None, ended: date | None) -> tuple[Mandate, ...]:
    """Who was in charge during the pathway, within its own days; None fills the first days without anybody."""
    if started is None:
        return ()
    known = []
    for row in rows:
        since, until = max(_day(row["since"]) or started, started), _day(row["until"])
        last = min((day for day in (until, ended) if day), default=None)
        if last is None or last >= since:
            known.append(Mandate(int(row["member_id"]), since, last))
    first = min((mandate.since for mandate in known), default=None)
    if first is None:
        return (Mandate(None, started, ended),)
    nobody = (Mandate(None, started, first - timedelta(days=1)),) if first > started else ()
    return (*nobody, *known)


def _place(row: dict[Hashable, Any]) -> Place:
    return Place(str(row["school"]), _word(row["kind"]), _word(row["priority"]), _day(row["since"]), _day(row["until"]))


def _by_situation(rows: pd.DataFrame) -> Rows:
    return _by("situation_id", rows)


def _by(key: str, rows: pd.DataFrame) -> Rows:
    found: Rows = defaultdict(list)
    for row in rows.to_dict("records"):
        found[int(row[key])].append(row)
    return found


def _day(moment: Any) -> date | None:
    return None if pd.isna(moment) else pd.Timestamp(moment).date()


def _until(moment: Any, stop: date) -> date | None:
    day = _day(moment)
    return day if day is not None and day <= stop else None


def _word(value: Any) -> str:
    return "" if pd.isna(value) else str(value)
