"""What computing reads of the pathways: no name, no birth date, no free text, no reference to a person's account."""

from datetime import date

import pandas as pd

from impact.db import EncryptedDatabase, Row
from impact.identities import identities
from impact.periods import age_on

AGE_BANDS = ("2-5", "6-10", "11-16", "17+")
UNKNOWN = "unknown"
_DATES = ("received_on", "decided_on", "started_on", "ended_on", "consent_on")
_SITUATION = (
    "situation_id",
    "child_id",
    "received_on",
    "sex",
    "age_band",
    "age_band_received",
    "origin",
    "first_outcome",
    "outcome",
    "decided_on",
    "pathway_id",
    "started_on",
    "ended_on",
    "exit_reason",
    "consent_on",
)


def situation_frame(db: EncryptedDatabase, day: date) -> pd.DataFrame:
    """One row per situation received, whatever became of it.

    `age_band` is the age on `day`, `age_band_received` the age on the day of reception, « unknown » without a birth
    date or below two years. `first_outcome` is the first decision's, `outcome` and `decided_on` the latest one's,
    `consent_on` the day of the first agreement. Days are datetime64, NaT when missing.
    """
    rows = db.rows(
        "SELECT situation.id AS situation_id, situation.child_id, situation.received_on, child.sex, situation.origin,"
        " child.identity_id, pathway.id AS pathway_id, pathway.started_on, pathway_exit.ended_on,"
        " pathway_exit.reason AS exit_reason, latest.outcome, latest.decided_on, earliest.outcome AS first_outcome,"
        " (SELECT min(given_on) FROM consent WHERE consent.situation_id = situation.id) AS consent_on"
        " FROM situation JOIN child ON child.id = situation.child_id"
        " LEFT JOIN pathway ON pathway.situation_id = situation.id"
        " LEFT JOIN pathway_exit ON pathway_exit.pathway_id = pathway.id"
        " LEFT JOIN decision AS latest ON latest.id = (SELECT id FROM decision AS d"
        " WHERE d.situation_id = situation.id ORDER BY decided_on DESC, id DESC LIMIT 1)"
        " LEFT JOIN decision AS earliest ON earliest.id = (SELECT id FROM decision AS d"
        " WHERE d.situation_id = situation.id ORDER BY decided_on, id LIMIT 1)"
        " ORDER BY situation.id"
    )
    births = {key: person.birth_date for key, person in identities(db, [row["identity_id"] for row in rows]).items()}
    for row in rows:
        birth = births[row["identity_id"]]
        row["age_band"] = age_band(birth, day)
        row["age_band_received"] = age_band(birth, date.fromisoformat(row["received_on"]))
    return _frame(rows, _SITUATION, dates=_DATES, integers=("pathway_id",))


def motive_frame(db: EncryptedDatabase) -> pd.DataFrame:
    """One row per motive of a situation; position 0 is the first motive."""
    rows = db.rows("SELECT situation_id, code, position FROM situation_motive ORDER BY situation_id, position")
    return _frame(rows, ("situation_id", "code", "position"))


def objective_frame(db: EncryptedDatabase) -> pd.DataFrame:
    """One row per objective; the result is missing until the exit."""
    rows = db.rows(
        "SELECT objective.pathway_id, objective.id AS objective_id, objective_result.result FROM objective"
        " LEFT JOIN objective_result ON objective_result.objective_id = objective.id ORDER BY objective.id"
    )
    return _frame(rows, ("pathway_id", "objective_id", "result"))


def note_frame(db: EncryptedDatabase) -> pd.DataFrame:
    """One row per note: the contact, never what was written."""
    rows = db.rows("SELECT pathway_id, contact_on, contact_kind, minutes FROM follow_up_note ORDER BY id")
    return _frame(
        rows, ("pathway_id", "contact_on", "contact_kind", "minutes"), dates=("contact_on",), integers=("minutes",)
    )


def domain_frame(db: EncryptedDatabase) -> pd.DataFrame:
    """One row per domain looked at in a review: who, why and by whom stay behind."""
    rows = db.rows(
        "SELECT pathway_id, domain, reviewed_on, score FROM domain_score JOIN domain_review ON domain_review.id ="
        " review_id ORDER BY pathway_id, domain, reviewed_on"
    )
    return _frame(rows, ("pathway_id", "domain", "reviewed_on", "score"), dates=("reviewed_on",))


def age_band(birth: date | None, day: date) -> str:
    """The band of the national survey: 2-5, 6-10, 11-16, 17+ completed years."""
    age = age_on(birth, day) if birth else -1
    if age < 2:
        return UNKNOWN
    return "2-5" if age < 6 else "6-10" if age < 11 else "11-16" if age < 17 else "17+"


def _frame(
    rows: list[Row], columns: tuple[str, ...], dates: tuple[str, ...] = (), integers: tuple[str, ...] = ()
) -> pd.DataFrame:
    frame = pd.DataFrame({name: [row[name] for row in rows] for name in columns}, columns=list(columns))
    for name in dates:
        frame[name] = pd.to_datetime(frame[name])
    for name in integers:
        frame[name] = frame[name].astype("Int64")
    return frame
