"""Three hundred rows drawn by chance: the survey says what an independent script says of the same rows."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest

from impact.periods import civil_year, school_year
from reports.annual.records import Frame, SurveyData, SurveyFigure
from reports.annual.rules import survey, usual_stocks
from tests.reports.annual.clean_list import EMPTY

STOPPED = date(2026, 6, 15)
FIRST = date(2023, 9, 1)


def draw(seed: int, size: int = 300) -> pd.DataFrame:
    """One row per situation; some children come back, some cells are empty, some dates are still to come."""
    chance, rows = random.Random(seed), []
    for number in range(1, size + 1):
        received = FIRST + timedelta(days=chance.randrange(1060))
        met = received + timedelta(days=chance.randrange(70)) if chance.random() < 0.8 else None
        outcome = (
            chance.choice(["pathway", "pathway", "pathway", "refused", "declined", "elsewhere", "waiting"])
            if met
            else None
        )
        started = (
            met + timedelta(days=chance.randrange(40))
            if met and outcome == "pathway" and chance.random() < 0.9
            else None
        )
        ended = started + timedelta(days=chance.randrange(900)) if started and chance.random() < 0.6 else None
        rows.append(
            {
                "situation_id": number, "episode": 1, "child_id": chance.randrange(1, 250), "received_on": received,
                "met_on": met, "outcome": outcome, "decided_on": met if outcome else None, "started_on": started,
                "planned_end_on": None, "ended_on": ended,
                "exit_reason": chance.choice(["reached", "moved", None]) if ended else None,
                "origin": chance.choice(["school", "parents", None]), "sex": chance.choice(["girl", "boy", "unknown"]),
                "qpv": chance.choice(["yes", "no", None]), "agreed": chance.choice(["yes", "yes", "no", None]),
                "hours": chance.choice([None, 0.0, 2.5, 12.0, 30.25]), "birth": date(2008, 1, 1) + timedelta(days=chance.randrange(5500)),
                "motives": chance.sample(["results", "isolation", "health", "language"], chance.randrange(4)),
                "member_id": chance.choice([1, 2, 3]),
            }
        )  # fmt: skip
    table = pd.DataFrame(rows)
    for column in ("received_on", "met_on", "decided_on", "started_on", "planned_end_on", "ended_on", "birth"):
        table[column] = pd.to_datetime(table[column])
    table["birth"] = table.groupby("child_id")["birth"].transform("first")
    return table


def ages(table: pd.DataFrame, day: date) -> pd.Series:
    """Completed years, without the house's own function."""
    born = table["birth"]
    before = (born.dt.month > day.month) | ((born.dt.month == day.month) & (born.dt.day > day.day))
    years: pd.Series = day.year - born.dt.year - before.astype(int)
    return years


def survey_data(table: pd.DataFrame, days: list[date]) -> SurveyData:
    """The same rows as the survey reads them."""
    counted = [
        pd.DataFrame({"situation_id": table["situation_id"], "counted_on": pd.Timestamp(day), "age": ages(table, day)})
        for day in days
    ]
    known_districts = table.loc[table["qpv"].notna(), ["child_id", "received_on", "qpv"]].rename(
        columns={"received_on": "known_on"}
    )
    motives = [
        {"situation_id": key, "code": code, "position": place}
        for key, codes in zip(table["situation_id"], table["motives"], strict=True)
        for place, code in enumerate(codes)
    ]
    referents = table.loc[table["started_on"].notna(), ["situation_id", "member_id", "started_on"]]
    referents["until"] = pd.to_datetime(pd.Series(None, index=referents.index, dtype="object"))
    return SurveyData(
        situations=table.drop(columns=["birth", "motives", "member_id", "qpv"]),
        ages=pd.concat(counted),
        motives=pd.DataFrame(motives),
        referents=referents.rename(columns={"started_on": "since"}),
        spent=pd.DataFrame(columns=EMPTY["spent"]),
        districts=known_districts,
        schools=pd.DataFrame(columns=EMPTY["schools"]),
        profiles=pd.DataFrame(columns=EMPTY["profiles"]),
    )


def script(
    table: pd.DataFrame,
    start: date,
    end: date,
    stock: date,
    motives: Sequence[str] = ("results", "health"),
    referents: Sequence[object] = (1, 2, 3),
) -> dict[tuple[str, str], Any]:
    """Main figures by group operations alone."""
    s, a, b, t, stop = table.copy(), *(pd.Timestamp(day) for day in (start, end, stock, STOPPED))
    s = s[s["received_on"] <= stop]
    for column in ("met_on", "decided_on", "started_on", "ended_on"):
        s[column] = s[column].where(s[column] <= stop)
    s["ended_on"] = s["ended_on"].where(s["started_on"].notna())
    received = s[s["received_on"].between(a, b)]
    settled = received["outcome"].isin(["pathway", "refused", "declined", "elsewhere"]) & (received["decided_on"] <= b)
    state = received["outcome"].where(settled, "waiting")
    open_during = s[(s["started_on"] <= b) & (s["ended_on"].isna() | (s["ended_on"] >= a))]
    open_then = s[(s["started_on"] <= t) & (s["ended_on"].isna() | (s["ended_on"] >= t))]
    bands = pd.cut(
        ages(open_during, date(start.year, 12, 31)),
        [-99, 1, 5, 10, 16, 99],
        labels=["under_2", "2-5", "6-10", "11-16", "17+"],
    )
    by_band = open_during.assign(band=bands).drop_duplicates("child_id")["band"].value_counts()
    known = (
        s[(s["received_on"] <= b) & s["qpv"].notna()]
        .sort_values("received_on", kind="stable")
        .groupby("child_id")["qpv"]
        .last()
    )
    qpv = open_during["child_id"].drop_duplicates().map(known)
    met = received[received["met_on"] <= b]
    left = s[s["ended_on"].between(a, b)]
    exploded = received.explode("motives")
    return {
        ("received", ""): len(received),
        ("received_children", ""): received["child_id"].nunique(),
        **{("status", name): int((state == name).sum()) for name in ("pathway", "elsewhere", "waiting")},
        ("status", "refused"): int(state.isin(["refused", "declined"]).sum()),
        ("status", "refused_by_family"): int((state == "declined").sum()),
        ("flow", ""): open_during["child_id"].nunique(),
        ("stock", ""): open_then["child_id"].nunique(),
        **{("flow_age", str(name)): int(count) for name, count in by_band.items()},
        ("flow_qpv", "yes"): int((qpv == "yes").sum()),
        ("flow_qpv", "unknown"): int(qpv.isna().sum()),
        ("delay_received", ""): (met["met_on"] - met["received_on"]).dt.days.median(),
        ("exits", ""): len(left),
        ("exits_by_reason", "not_told"): int(left["exit_reason"].isna().sum()),
        ("entries", ""): int(s["started_on"].between(a, b).sum()),
        ("hours", ""): open_during["hours"].sum(),
        ("hours_median", ""): open_during["hours"].median(),
        **{("motives", name): int((exploded["motives"] == name).sum()) for name in motives},
        **{("referent_children", str(m)): open_during.loc[open_during["member_id"] == m, "child_id"].nunique() for m in referents},
    }  # fmt: skip


@pytest.mark.parametrize("seed", [1, 7, 2026])
@pytest.mark.parametrize("period", [school_year(2024), school_year(2025), civil_year(2025)], ids=lambda each: each.code)
def test_three_hundred_rows(seed: int, period: Any) -> None:
    table, stocks = draw(seed), usual_stocks(period)
    days = [date(period.start.year, 12, 31), *stocks]
    stock = next(day for day in stocks if day <= STOPPED)
    figures = survey(survey_data(table, days), Frame(period, (stock,), STOPPED))
    found = {(figure.code, figure.category): figure for figure in figures}
    wanted = script(table, period.start, period.end, stock)
    assert {key: _value(found, key) for key in wanted} == pytest.approx(wanted)


def _value(found: dict[tuple[str, str], SurveyFigure], key: tuple[str, str]) -> float:
    return float(found[key].value or 0) if key in found else 0.0
