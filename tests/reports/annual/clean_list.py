"""The clean list of the reference table as the survey reads it: the same frames as the database gives."""

import csv
import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from impact.periods import age_on
from reports.annual.records import SurveyData

FOLDER = Path(__file__).parents[2] / "impact" / "sheets" / "samples"
OUTCOMES = {
    "parcours": "pathway",
    "refus_eps": "refused",
    "refus_famille": "declined",
    "reorientation": "elsewhere",
    "attente": "waiting",
    "": None,
}
YES_NO = {"oui": "yes", "non": "no", "": None}
SEXES = {"F": "girl", "M": "boy", "": "unknown"}
EMPTY = {
    "spent": ["situation_id", "spent_on", "hours"],
    "schools": ["child_id", "school", "kind", "priority", "since", "until"],
    "profiles": ["situation_id", "since_on", "profile"],
}


def expected() -> dict[str, Any]:
    """What the table must give."""
    read: dict[str, Any] = json.loads((FOLDER / "attendu.json").read_text("utf-8"))
    return read


def clean_list(age_days: Iterable[date]) -> SurveyData:
    """Frames of the clean list; referents are numbered in alphabetical order, children as in the list."""
    with open(FOLDER / "propre.csv", encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter=";"))
    births = {row["enfant"]: row["naissance"] for row in reversed(rows) if row["naissance"]}
    names = sorted({row[key] for row in rows for key in ("referent", "referent_suivant") if row[key]})
    numbers = {name: place for place, name in enumerate(names, start=1)}
    numbered = list(enumerate(rows, start=1))
    return SurveyData(
        situations=_days(pd.DataFrame([_situation(key, row) for key, row in numbered])),
        ages=_days(pd.DataFrame([age for key, row in numbered for age in _ages(key, row, births, age_days)])),
        motives=pd.DataFrame(
            [
                {"situation_id": key, "code": code, "position": place}
                for key, row in numbered
                for place, code in enumerate(filter(None, row["motifs"].split("|")))
            ]
        ),
        referents=_days(pd.DataFrame([each for key, row in numbered for each in _referents(key, row, numbers)])),
        districts=_days(
            pd.DataFrame(
                [
                    {"child_id": int(row["enfant"][1:]), "known_on": row["orientation"], "qpv": YES_NO[row["qpv"]]}
                    for row in rows
                    if row["qpv"]
                ]
            )
        ),
        **{name: pd.DataFrame(columns=columns) for name, columns in EMPTY.items()},
        labels={"referents": {str(number): name for name, number in numbers.items()}},
    )


def _situation(key: int, row: dict[str, str]) -> dict[str, object]:
    return {
        "situation_id": key,
        "episode": 1,
        "child_id": int(row["enfant"][1:]),
        "received_on": row["orientation"],
        "met_on": row["eps"],
        "outcome": OUTCOMES[row["decision"]],
        "decided_on": row["eps"] if row["decision"] else "",
        "started_on": row["debut"],
        "planned_end_on": "",
        "ended_on": row["fin"],
        "exit_reason": row["motif_sortie"] or None,
        "origin": row["origine"] or None,
        "sex": SEXES[row["sexe"]],
        "agreed": YES_NO[row["accord"]],
        "hours": float(row["heures"]) if row["heures"] else None,
    }


def _ages(key: int, row: dict[str, str], births: dict[str, str], days: Iterable[date]) -> list[dict[str, object]]:
    if row["enfant"] not in births:
        return []
    birth = date.fromisoformat(births[row["enfant"]])
    return [{"situation_id": key, "counted_on": day.isoformat(), "age": age_on(birth, day)} for day in days]


def _referents(key: int, row: dict[str, str], numbers: dict[str, int]) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    if row["referent"]:
        until = row["changement"] and (pd.Timestamp(row["changement"]) - pd.Timedelta(days=1)).date().isoformat()
        found.append(_mandate(key, numbers[row["referent"]], row["debut"], until or row["fin"]))
    if row["referent_suivant"]:
        found.append(_mandate(key, numbers[row["referent_suivant"]], row["changement"], row["fin"]))
    return found


def _mandate(key: int, member: int, since: str, until: str) -> dict[str, object]:
    return {"situation_id": key, "member_id": member, "since": since, "until": until}


def _days(frame: pd.DataFrame) -> pd.DataFrame:
    for column in frame.columns:
        if column.endswith("_on") or column in ("since", "until"):
            frame[column] = pd.to_datetime(frame[column].replace("", None))
    return frame
