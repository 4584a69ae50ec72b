"""What the annual survey reads of the follow-up: no name, no birth date, no free text."""

from collections.abc import Iterable
from datetime import date

import pandas as pd

from impact.communities.storage import member_names
from impact.db import EncryptedDatabase
from impact.identities import identities
from impact.pathways.frame_storage import episode_frame
from impact.pathways.vocabulary import Level
from impact.periods import age_on, current_school_year, school_year
from impact.wording import fold

_KINDS = {
    "nursery": (Level.TPS, Level.PS, Level.MS, Level.GS),
    "primary": (Level.CP, Level.CE1, Level.CE2, Level.CM1, Level.CM2),
    "college": (Level.SIXIEME, Level.CINQUIEME, Level.QUATRIEME, Level.TROISIEME),
    "lycee": (Level.SECONDE, Level.PREMIERE, Level.TERMINALE),
}
KIND_OF_LEVEL = {level.value: kind for kind, levels in _KINDS.items() for level in levels}


def survey_situation_frame(db: EncryptedDatabase) -> pd.DataFrame:
    """One row per situation in the order of writing, and one more for each reopening of its pathway (`episode`).

    `met_on` is the first support meeting that had the situation on its agenda, else the day of its first decision,
    but for an imported situation, whose table told no meeting. `outcome` is « declined » when the family refused.
    `hours` adds the hours of the actions and the minutes of the notes, missing without any.
    """
    rows = db.rows(
        "SELECT situation.id AS situation_id, situation.child_id, situation.received_on, pathway.id AS pathway_id,"
        " coalesce((SELECT min(held_on) FROM meeting_item JOIN support_meeting ON support_meeting.id = meeting_id"
        " WHERE meeting_item.situation_id = situation.id),"
        " (SELECT min(decided_on) FROM decision WHERE decision.situation_id = situation.id"
        " AND imported.situation_id IS NULL)) AS met_on,"
        " iif(latest.declined, 'declined', latest.outcome) AS outcome, latest.decided_on,"
        " pathway.expected_end_on AS planned_end_on, situation.origin, child.sex,"
        " CASE WHEN EXISTS (SELECT 1 FROM consent WHERE consent.situation_id = situation.id) THEN 'yes'"
        " WHEN imported.agreement = 'no' THEN 'no' END AS agreed"
        " FROM situation JOIN child ON child.id = situation.child_id"
        " LEFT JOIN situation_import AS imported ON imported.situation_id = situation.id"
        " LEFT JOIN pathway ON pathway.situation_id = situation.id"
        " LEFT JOIN decision AS latest ON latest.id = (SELECT id FROM decision AS d"
        " WHERE d.situation_id = situation.id ORDER BY decided_on DESC, id DESC LIMIT 1)"
        " ORDER BY situation.id"
    )
    columns = (
        "situation_id", "child_id", "received_on", "pathway_id", "met_on", "outcome", "decided_on", "planned_end_on",
        "origin", "sex", "agreed",
    )  # fmt: skip
    table = _days(pd.DataFrame(rows, columns=list(columns))).astype({"pathway_id": "Int64"})
    episodes = episode_frame(db).rename(columns={"rank": "episode"}).astype({"pathway_id": "Int64"})
    merged = table.merge(episodes, on="pathway_id", how="left")
    hours = spent_frame(db).groupby("situation_id")["hours"].sum()
    return merged.assign(episode=merged["episode"].fillna(1).astype(int), hours=merged["situation_id"].map(hours)).drop(
        columns="pathway_id"
    )


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
    """Hours of the actions, dated by their first day, and of the notes; minutes shared by siblings are divided."""
    rows = db.rows(
        "SELECT pathway.situation_id, pathway_action.started_on AS spent_on, hours FROM pathway_action"
        " JOIN pathway ON pathway.id = pathway_id WHERE hours IS NOT NULL"
        " UNION ALL SELECT pathway.situation_id, contact_on, minutes / 60.0 / iif(shared_key IS NULL, 1,"
        " (SELECT count(*) FROM follow_up_note AS n WHERE n.shared_key = follow_up_note.shared_key))"
        " FROM follow_up_note JOIN pathway ON pathway.id = pathway_id WHERE minutes IS NOT NULL"
    )
    return _days(pd.DataFrame(rows, columns=["situation_id", "spent_on", "hours"]))


def district_frame(db: EncryptedDatabase) -> pd.DataFrame:
    """Whether a child lives in a priority district: each school year says it from its first day, an imported
    situation from the day on which it was received, and its school year then says nothing more.
    """
    rows = db.rows("SELECT child_id, school_year, qpv FROM schooling WHERE qpv <> 'unknown' ORDER BY school_year")
    told = db.rows(
        "SELECT child_id, received_on, qpv FROM situation JOIN situation_import ON situation_id = situation.id"
        " WHERE qpv <> 'unknown' ORDER BY received_on, situation.id"
    )
    known = [(row["child_id"], row["received_on"], row["qpv"]) for row in told]
    dated = {(child, current_school_year(date.fromisoformat(day)).start.year, qpv) for child, day, qpv in known}
    known += [
        (row["child_id"], school_year(row["school_year"]).start.isoformat(), row["qpv"])
        for row in rows
        if (row["child_id"], row["school_year"], row["qpv"]) not in dated
    ]
    return _days(pd.DataFrame(known, columns=["child_id", "known_on", "qpv"]))


def school_frame(db: EncryptedDatabase) -> pd.DataFrame:
    """Schools attended by each child, one per school year: its code (or the school's folded words), kind, network."""
    rows = db.rows(
        "SELECT child_id, school_year, school, uai, level, priority FROM schooling WHERE school || uai <> ''"
        " ORDER BY child_id, school_year"
    )
    found = [
        (
            row["child_id"],
            row["uai"] or fold(row["school"]),
            KIND_OF_LEVEL.get(row["level"], "unknown"),
            row["priority"],
            school_year(row["school_year"]).start.isoformat(),
            school_year(row["school_year"]).end.isoformat(),
        )
        for row in rows
    ]
    return _days(pd.DataFrame(found, columns=["child_id", "school", "kind", "priority", "since", "until"]))


def referent_words(db: EncryptedDatabase) -> dict[str, str]:
    """Names of the professionals by member id: for the team alone."""
    return {str(member_id): name for member_id, name in member_names(db).items()}


def _days(frame: pd.DataFrame) -> pd.DataFrame:
    for column in frame.columns:
        if column.endswith("_on") or column in ("since", "until"):
            frame[column] = pd.to_datetime(frame[column])
    return frame
