"""Links, actions and meetings as tables for computing: numbers, dates and kinds, never a name."""

import pandas as pd

from impact.db import EncryptedDatabase

_ROUND = {"round_id": "int64", "held_on": "datetime64[ns]"}
_LINK = {
    "round_id": "int64",
    "declarer_id": "int64",
    "partner_id": "int64",
    "question_id": "Int64",
    "kind": "object",
    "made_on": "datetime64[ns]",
}
_ACTION = {
    "action_id": "int64",
    "state": "object",
    "starts_on": "datetime64[ns]",
    "ends_on": "datetime64[ns]",
    "partners": "int64",
}
_AGE = {"action_id": "int64", "age_band": "object"}
_FUNDING = {"action_id": "int64", "asked": "Int64", "granted": "Int64", "spent": "Int64"}
_MEETING = {"meeting_id": "int64", "held_on": "datetime64[ns]", "kind": "object", "people": "int64"}
_PRESENCE = {"meeting_id": "int64", "organisation_id": "int64", "organisation_kind": "object"}

_DAY = "datetime64[ns]"
_MANDATE = {"member_id": "int64", "joined_on": _DAY, "left_on": _DAY, "mandated_on": _DAY, "until_on": _DAY}
_LEVEL = {"organisation_id": "int64", "level": "object", "form": "object"}


def round_frame(db: EncryptedDatabase) -> pd.DataFrame:
    """One row per round of links, the oldest first."""
    return _frame(db, "SELECT id AS round_id, held_on FROM link_round ORDER BY held_on", _ROUND)


def link_frame(db: EncryptedDatabase) -> pd.DataFrame:
    """One row per end that speaks of a link; `made_on` is empty unless a link to create was made."""
    return _frame(
        db,
        "SELECT round_id, declarer_id, CASE declarer_id WHEN first_id THEN second_id ELSE first_id END AS partner_id,"
        " question_id, kind, made_on FROM link_declaration JOIN organisation_link ON id = link_id"
        " ORDER BY round_id, link_id, declarer_id",
        _LINK,
    )


def action_frame(db: EncryptedDatabase) -> pd.DataFrame:
    """One row per action; `partners` counts the organisations beside the one that runs it."""
    return _frame(
        db,
        "SELECT id AS action_id, state, starts_on, ends_on,"
        " (SELECT count(*) FROM action_partner WHERE action_id = joint_action.id) AS partners"
        " FROM joint_action ORDER BY id",
        _ACTION,
    )


def action_age_frame(db: EncryptedDatabase) -> pd.DataFrame:
    """One row per age band of an action."""
    return _frame(db, "SELECT action_id, band AS age_band FROM action_age_band ORDER BY action_id, band", _AGE)


def funding_frame(db: EncryptedDatabase) -> pd.DataFrame:
    """One row per funder of an action, in whole euros, empty when not known."""
    return _frame(db, "SELECT action_id, asked, granted, spent FROM action_funding ORDER BY action_id, id", _FUNDING)


def meeting_frame(db: EncryptedDatabase) -> pd.DataFrame:
    """One row per committee meeting; `people` is everybody counted, 0 when nobody was."""
    return _frame(
        db,
        "SELECT id AS meeting_id, held_on, kind, coalesce(parents, 0) + coalesce(young_people, 0) + coalesce("
        "(SELECT sum(people) FROM committee_presence WHERE meeting_id = committee_meeting.id), 0) AS people"
        " FROM committee_meeting ORDER BY held_on, id",
        _MEETING,
    )


def committee_presence_frame(db: EncryptedDatabase) -> pd.DataFrame:
    """One row per organisation present at a committee meeting."""
    return _frame(
        db,
        "SELECT meeting_id, organisation_id, kind AS organisation_kind FROM committee_presence"
        " JOIN organisation ON organisation.id = organisation_id ORDER BY meeting_id, organisation_id",
        _PRESENCE,
    )


def mandate_frame(db: EncryptedDatabase) -> pd.DataFrame:
    """One row per person of an organisation; the days of her mandate are empty when none is known."""
    return _frame(
        db,
        "SELECT member.id AS member_id, joined_on, left_on, given_on AS mandated_on, until_on FROM member"
        " LEFT JOIN member_mandate ON member_mandate.member_id = member.id WHERE organisation_id IS NOT NULL"
        " ORDER BY member.id",
        _MANDATE,
    )


def level_frame(db: EncryptedDatabase) -> pd.DataFrame:
    """One row per level at which an organisation takes part; `form` is empty when nobody said it."""
    return _frame(
        db,
        "SELECT organisation_level.organisation_id, organisation_level.level, form FROM organisation_level"
        " LEFT JOIN counterpart ON counterpart.organisation_id = organisation_level.organisation_id"
        " AND counterpart.level = organisation_level.level ORDER BY organisation_level.organisation_id",
        _LEVEL,
    )


def _frame(db: EncryptedDatabase, sql: str, types: dict[str, str]) -> pd.DataFrame:
    rows = db.rows(sql)
    columns = {name: pd.Series([row[name] for row in rows], dtype=kind) for name, kind in types.items()}
    return pd.DataFrame(columns, columns=list(types))
