"""What computing reads of the pathways: no name, no birth date, no free text, no reference to a person's account."""

from datetime import date

import pandas as pd

from impact.db import EncryptedDatabase, Row
from impact.identities import identities
from impact.periods import age_on

AGE_BANDS = ("2-5", "6-10", "11-16", "17+")
UNKNOWN = "unknown"
_DATES = ("received_on", "decided_on", "started_on", "ended_on", "consent_on", "expected_end_on")
_SITUATION = (
    "situation_id",
    "child_id",
    "home",
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
    "expected_end_on",
)


def situation_frame(db: EncryptedDatabase, day: date) -> pd.DataFrame:
    """One row per situation received, whatever became of it.

    `age_band` is the age on `day`, `age_band_received` the age on the day of reception, « unknown » without a birth
    date or below two years. `first_outcome` is the first decision's, `outcome` and `decided_on` the latest one's,
    `consent_on` the day of the first agreement, `ended_on` and `exit_reason` are those of the exit in force: a pathway
    that was reopened has none until it ends again (see `episode_frame`). Days are datetime64, NaT when missing.
    """
    rows = db.rows(
        "SELECT situation.id AS situation_id, situation.child_id, situation.received_on, child.sex, situation.origin,"
        " coalesce('home ' || household_id, 'child ' || child.id) AS home,"
        " child.identity_id, pathway.id AS pathway_id, pathway.started_on, pathway.expected_end_on, pathway_exit.ended_on,"
        " pathway_exit.reason AS exit_reason, latest.outcome, latest.decided_on, earliest.outcome AS first_outcome,"
        " (SELECT min(given_on) FROM consent WHERE consent.situation_id = situation.id) AS consent_on"
        " FROM situation JOIN child ON child.id = situation.child_id"
        " LEFT JOIN pathway ON pathway.situation_id = situation.id"
        " LEFT JOIN pathway_exit ON pathway_exit.pathway_id = pathway.id AND pathway_exit.reopened_on IS NULL"
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


def profile_frame(db: EncryptedDatabase) -> pd.DataFrame:
    """One row per profile that a pathway had, in the order of their first days; « unknown » once it was taken back."""
    rows = db.rows(
        "SELECT situation_id, pathway_id, since AS since_on, coalesce(nullif(profile, ''), 'unknown') AS profile"
        " FROM pathway_profile JOIN pathway ON pathway.id = pathway_id ORDER BY since, pathway_id"
    )
    return _frame(rows, ("situation_id", "pathway_id", "since_on", "profile"), dates=("since_on",))


def motive_frame(db: EncryptedDatabase) -> pd.DataFrame:
    """One row per motive of a situation; position 0 is the first motive."""
    rows = db.rows("SELECT situation_id, code, position FROM situation_motive ORDER BY situation_id, position")
    return _frame(rows, ("situation_id", "code", "position"))


def episode_frame(db: EncryptedDatabase) -> pd.DataFrame:
    """One row per stretch of a pathway between its opening, its exits and its reopenings; `rank` begins at 1.

    `ended_on` and `exit_reason` are missing while the last stretch goes on. An exit stays when the pathway resumes.
    """
    rows = db.rows(
        "SELECT pathway.id AS pathway_id, row_number() OVER (PARTITION BY pathway.id ORDER BY opening.day, opening.id)"
        " AS rank, opening.day AS started_on, pathway_exit.ended_on, pathway_exit.reason AS exit_reason"
        " FROM pathway JOIN (SELECT id AS pathway_id, 0 AS id, started_on AS day FROM pathway"
        " UNION ALL SELECT pathway_id, id, reopened_on FROM pathway_exit WHERE reopened_on IS NOT NULL) AS opening"
        " ON opening.pathway_id = pathway.id"
        " LEFT JOIN pathway_exit ON pathway_exit.id = (SELECT id FROM pathway_exit AS e"
        " WHERE e.pathway_id = pathway.id AND e.id > opening.id AND e.ended_on >= opening.day"
        " ORDER BY e.ended_on, e.id LIMIT 1) ORDER BY pathway.id, rank"
    )
    columns = ("pathway_id", "rank", "started_on", "ended_on", "exit_reason")
    return _frame(rows, columns, dates=("started_on", "ended_on"))


def objective_frame(db: EncryptedDatabase) -> pd.DataFrame:
    """One row per objective, with the result and the level (1 to 5) of the last exit, missing until there is one."""
    rows = db.rows(
        "SELECT objective.pathway_id, objective.id AS objective_id, objective_result.result,"
        " objective.starting_level AS level_before, objective_result.level AS level_after FROM objective"
        " LEFT JOIN objective_result ON objective_result.objective_id = objective.id AND exit_id ="
        " (SELECT id FROM pathway_exit AS e WHERE e.pathway_id = objective.pathway_id ORDER BY ended_on DESC, id DESC"
        " LIMIT 1) ORDER BY objective.id"
    )
    columns = ("pathway_id", "objective_id", "result", "level_before", "level_after")
    return _frame(rows, columns, integers=("level_before", "level_after"))


def note_frame(db: EncryptedDatabase) -> pd.DataFrame:
    """One row per note and child: the contact, never what was written; minutes shared by siblings are divided."""
    rows = db.rows(
        "SELECT pathway_id, contact_on, contact_kind, minutes * 1.0 / iif(shared_key IS NULL, 1,"
        " (SELECT count(*) FROM follow_up_note AS n WHERE n.shared_key = follow_up_note.shared_key)) AS minutes"
        " FROM follow_up_note ORDER BY id"
    )
    columns = ("pathway_id", "contact_on", "contact_kind", "minutes")
    return _frame(rows, columns, dates=("contact_on",), numbers=("minutes",))


def schooling_frame(db: EncryptedDatabase) -> pd.DataFrame:
    """One row per child and school year (that of September): level, district and network, « unknown » when not said."""
    rows = db.rows("SELECT child_id, school_year, level, qpv, priority FROM schooling ORDER BY child_id, school_year")
    return _frame(rows, ("child_id", "school_year", "level", "qpv", "priority"))


def pathway_action_frame(db: EncryptedDatabase) -> pd.DataFrame:
    """One row per action: domain, days, hours over its whole length, cost and co-funding in euros; never its label."""
    rows = db.rows(
        "SELECT pathway_id, id AS action_id, domain, started_on, ended_on, hours, cost_cents / 100.0 AS cost,"
        " cofunded_cents / 100.0 AS cofunded FROM pathway_action ORDER BY pathway_id, started_on, id"
    )
    columns = ("pathway_id", "action_id", "domain", "started_on", "ended_on", "hours", "cost", "cofunded")
    return _frame(rows, columns, dates=("started_on", "ended_on"), numbers=("hours", "cost", "cofunded"))


def referent_frame(db: EncryptedDatabase) -> pd.DataFrame:
    """One row per stretch with a referent: member, since, until (missing while it goes on)."""
    rows = db.rows("SELECT pathway_id, member_id, since AS since_on, until AS until_on FROM referent ORDER BY id")
    return _frame(rows, ("pathway_id", "member_id", "since_on", "until_on"), dates=("since_on", "until_on"))


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
    rows: list[Row],
    columns: tuple[str, ...],
    dates: tuple[str, ...] = (),
    integers: tuple[str, ...] = (),
    numbers: tuple[str, ...] = (),
) -> pd.DataFrame:
    frame = pd.DataFrame({name: [row[name] for row in rows] for name in columns}, columns=list(columns))
    for name in dates:
        frame[name] = pd.to_datetime(frame[name])
    for name in integers:
        frame[name] = frame[name].astype("Int64")
    for name in numbers:
        frame[name] = frame[name].astype("Float64")
    return frame
