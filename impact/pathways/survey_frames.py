"""What the annual survey reads of the follow-up: no name, no birth date, no free text."""

from collections.abc import Iterable
from datetime import date

import pandas as pd

from impact.communities.storage import list_members
from impact.db import EncryptedDatabase
from impact.identities import identities
from impact.periods import age_on

_SITUATION = (
    "situation_id", "episode", "child_id", "received_on", "met_on", "outcome", "decided_on", "started_on",
    "planned_end_on", "ended_on", "exit_reason", "origin", "sex", "qpv", "agreed", "hours",
)  # fmt: skip


def survey_situation_frame(db: EncryptedDatabase) -> pd.DataFrame:
    """One row per situation, in the order of writing.

    `met_on` is the first support meeting that had the situation on its agenda, else the day of its first decision.
    `hours` adds the minutes of the notes, missing without any.
    """
    rows = db.rows(
        "SELECT situation.id AS situation_id, 1 AS episode, situation.child_id, situation.received_on,"
        " coalesce((SELECT min(held_on) FROM meeting_item JOIN support_meeting ON support_meeting.id = meeting_id"
        " WHERE meeting_item.situation_id = situation.id),"
        " (SELECT min(decided_on) FROM decision WHERE decision.situation_id = situation.id)) AS met_on,"
        " latest.outcome, latest.decided_on, pathway.started_on, NULL AS planned_end_on, pathway_exit.ended_on,"
        " pathway_exit.reason AS exit_reason, situation.origin, child.sex, NULL AS qpv,"
        " CASE WHEN EXISTS (SELECT 1 FROM consent WHERE consent.situation_id = situation.id) THEN 'yes' END AS agreed,"
        " (SELECT sum(minutes) / 60.0 FROM follow_up_note WHERE follow_up_note.pathway_id = pathway.id) AS hours"
        " FROM situation JOIN child ON child.id = situation.child_id"
        " LEFT JOIN pathway ON pathway.situation_id = situation.id"
        " LEFT JOIN pathway_exit ON pathway_exit.pathway_id = pathway.id"
        " LEFT JOIN decision AS latest ON latest.id = (SELECT id FROM decision AS d"
        " WHERE d.situation_id = situation.id ORDER BY decided_on DESC, id DESC LIMIT 1)"
        " ORDER BY situation.id"
    )
    return _days(pd.DataFrame(rows, columns=list(_SITUATION)))


def survey_ages(db: EncryptedDatabase, days: Iterable[date]) -> pd.DataFrame:
    """Completed years of each child on these days, and at the beginning of its pathway (counted_on missing)."""
    rows = db.rows(
        "SELECT situation.id AS situation_id, child.identity_id, pathway.started_on FROM situation"
        " JOIN child ON child.id = situation.child_id LEFT JOIN pathway ON pathway.situation_id = situation.id"
    )
    births = {key: person.birth_date for key, person in identities(db, [row["identity_id"] for row in rows]).items()}
    wanted = tuple(days)
    found: list[tuple[int, str | None, int]] = []
    for row in rows:
        birth = births[row["identity_id"]]
        if birth is None:
            continue
        found += [(row["situation_id"], day.isoformat(), age_on(birth, day)) for day in wanted]
        if row["started_on"]:
            found.append((row["situation_id"], None, age_on(birth, date.fromisoformat(row["started_on"]))))
    return _days(pd.DataFrame(found, columns=["situation_id", "counted_on", "age"]))


def mandate_frame(db: EncryptedDatabase) -> pd.DataFrame:
    """Who was in charge of each pathway, from a day to another, both included; a hand-over's day is the new one's."""
    rows = db.rows(
        "SELECT pathway.situation_id, member_id, since,"
        " CASE WHEN until > since AND EXISTS (SELECT 1 FROM referent AS next WHERE next.pathway_id = referent.pathway_id"
        " AND next.since = referent.until) THEN date(until, '-1 day') ELSE until END AS until"
        " FROM referent JOIN pathway ON pathway.id = referent.pathway_id ORDER BY referent.pathway_id, since"
    )
    return _days(pd.DataFrame(rows, columns=["situation_id", "member_id", "since", "until"]))


def spent_frame(db: EncryptedDatabase) -> pd.DataFrame:
    """Dated hours: those of the notes."""
    rows = db.rows(
        "SELECT pathway.situation_id, contact_on AS spent_on, minutes / 60.0 AS hours FROM follow_up_note"
        " JOIN pathway ON pathway.id = pathway_id WHERE minutes IS NOT NULL"
    )
    return _days(pd.DataFrame(rows, columns=["situation_id", "spent_on", "hours"]))


def referent_words(db: EncryptedDatabase) -> dict[str, str]:
    """Names of the professionals by member id: for the team alone."""
    return {str(member.id): member.name for member in list_members(db)}


def _days(frame: pd.DataFrame) -> pd.DataFrame:
    for column in frame.columns:
        if column.endswith("_on") or column in ("since", "until"):
            frame[column] = pd.to_datetime(frame[column])
    return frame
