"""Mediation as frames for computing: no name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from impact.db import EncryptedDatabase
from impact.mediation.activity_storage import said_weeks, week_counts
from impact.mediation.rules import site_weeks
from impact.mediation.storage import list_closures, list_postings

_SITE = {
    "site_id": "int64",
    "kind": "object",
    "opened_on": "datetime64[ns]",
    "closed_on": "datetime64[ns]",
    "organisation_id": "Int64",
}
_POSTING = {
    "posting_id": "int64",
    "site_id": "int64",
    "member_id": "int64",
    "share": "int64",
    "started_on": "datetime64[ns]",
    "ended_on": "datetime64[ns]",
}
_ACTIVITY = {
    "activity_id": "int64",
    "site_id": "int64",
    "done_on": "datetime64[ns]",
    "category": "object",
    "axis": "object",
    "minutes": "int64",
    "people": "Int64",
    "girls": "Int64",
    "boys": "Int64",
    "request": "object",
    "follow_up": "object",
}
_WEEK = {"site_id": "int64", "week_on": "datetime64[ns]", "present": "boolean", "activities": "int64"}


@dataclass(frozen=True)
class Mediated:
    """The four frames of mediation."""

    sites: pd.DataFrame
    postings: pd.DataFrame
    weeks: pd.DataFrame
    activities: pd.DataFrame


def mediated(db: EncryptedDatabase) -> Mediated:
    """Everything of one community."""
    return Mediated(site_frame(db), posting_frame(db), week_frame(db), activity_frame(db))


def mediated_of(
    sites: Sequence[Mapping[str, object]] = (),
    postings: Sequence[Mapping[str, object]] = (),
    weeks: Sequence[Mapping[str, object]] = (),
    activities: Sequence[Mapping[str, object]] = (),
) -> Mediated:
    """Frames made of rows, those of a community without mediation when there is none."""
    given = ((sites, _SITE), (postings, _POSTING), (weeks, _WEEK), (activities, _ACTIVITY))
    return Mediated(*(_typed(rows, types) for rows, types in given))


def site_frame(db: EncryptedDatabase) -> pd.DataFrame:
    """One row per site of the perimeter; an empty `closed_on` when it is still there."""
    return _frame(
        db, "SELECT id AS site_id, kind, opened_on, closed_on, organisation_id FROM mediation_site ORDER BY id", _SITE
    )


def posting_frame(db: EncryptedDatabase) -> pd.DataFrame:
    """One row per posting; `share` is the percentage of a full-time post."""
    return _frame(
        db,
        "SELECT id AS posting_id, site_id, member_id, share, started_on, ended_on FROM mediation_posting ORDER BY id",
        _POSTING,
    )


def activity_frame(db: EncryptedDatabase) -> pd.DataFrame:
    """One row per activity; `people` is empty when nobody counted."""
    return _frame(
        db,
        "SELECT mediation_activity.id AS activity_id, site_id, done_on, category, axis, minutes, people, girls, boys,"
        " request, follow_up FROM mediation_activity JOIN mediation_posting ON mediation_posting.id = posting_id"
        " ORDER BY mediation_activity.id",
        _ACTIVITY,
    )


def week_frame(db: EncryptedDatabase) -> pd.DataFrame:
    """One row per site and week where a mediator was expected, from the first posting to the last week that anybody filled.

    `present` is empty when one of the mediators said nothing and no other was there: the week is missing, not nought.
    """
    postings, said = list_postings(db), said_weeks(db)
    if not said:
        return _typed([], _WEEK)
    since, until = min(each.started_on for each in postings), max(week for _, week in said)
    found = site_weeks(postings, list_closures(db), said, week_counts(db), since, until)
    return _typed([vars(each) for each in found], _WEEK)


def site_names(db: EncryptedDatabase) -> dict[str, str]:
    """The name of each site, in the order of their ids."""
    rows = db.rows("SELECT id, name FROM mediation_site ORDER BY id")
    return {str(row["id"]): row["name"] for row in rows}


def _frame(db: EncryptedDatabase, sql: str, types: dict[str, str]) -> pd.DataFrame:
    return _typed(db.rows(sql), types)


def _typed(rows: Sequence[Mapping[str, object]], types: dict[str, str]) -> pd.DataFrame:
    columns = {name: pd.Series([row.get(name) for row in rows], dtype=kind) for name, kind in types.items()}
    return pd.DataFrame(columns, columns=list(types))
