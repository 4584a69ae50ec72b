"""Sites, postings, closures, weeks of presence, activities."""

from sqlite_utils import Database, Migrations

mediation = Migrations("impact.mediation")


@mediation(name="0001_mediation")
def sites_and_activities(db: Database) -> None:
    """`share` is the percentage of a full-time post; `week_on` is a Monday. The public is counted and never named."""
    for statement in (
        """CREATE TABLE mediation_site (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            kind TEXT NOT NULL CHECK (kind IN ('primary', 'college', 'lycee', 'district')),
            opened_on TEXT NOT NULL,
            closed_on TEXT CHECK (closed_on >= opened_on),
            organisation_id INTEGER REFERENCES organisation (id),
            version INTEGER NOT NULL DEFAULT 1
        ) STRICT""",
        """CREATE TABLE mediation_posting (
            id INTEGER PRIMARY KEY,
            site_id INTEGER NOT NULL REFERENCES mediation_site (id),
            member_id INTEGER NOT NULL REFERENCES member (id),
            share INTEGER NOT NULL CHECK (share BETWEEN 1 AND 100),
            started_on TEXT NOT NULL,
            ended_on TEXT CHECK (ended_on >= started_on),
            version INTEGER NOT NULL DEFAULT 1
        ) STRICT""",
        "CREATE INDEX mediation_posting_site ON mediation_posting (site_id)",
        """CREATE TABLE mediation_closure (
            id INTEGER PRIMARY KEY,
            label TEXT NOT NULL,
            starts_on TEXT NOT NULL,
            ends_on TEXT NOT NULL CHECK (ends_on >= starts_on)
        ) STRICT""",
        """CREATE TABLE mediation_week (
            posting_id INTEGER NOT NULL REFERENCES mediation_posting (id),
            week_on TEXT NOT NULL,
            present INTEGER NOT NULL CHECK (present IN (0, 1)),
            PRIMARY KEY (posting_id, week_on)
        ) STRICT""",
        """CREATE TABLE mediation_activity (
            id INTEGER PRIMARY KEY,
            posting_id INTEGER NOT NULL REFERENCES mediation_posting (id),
            done_on TEXT NOT NULL,
            category TEXT NOT NULL,
            axis TEXT NOT NULL CHECK (axis IN ('violence', 'dropout', 'citizenship')),
            minutes INTEGER NOT NULL CHECK (minutes BETWEEN 1 AND 720),
            people INTEGER CHECK (people BETWEEN 0 AND 2000),
            girls INTEGER CHECK (girls BETWEEN 0 AND people),
            boys INTEGER CHECK (boys BETWEEN 0 AND people),
            request TEXT NOT NULL,
            follow_up TEXT NOT NULL,
            told TEXT NOT NULL,
            version INTEGER NOT NULL DEFAULT 1,
            CHECK (coalesce(girls, 0) + coalesce(boys, 0) <= coalesce(people, 0))
        ) STRICT""",
        "CREATE INDEX mediation_activity_day ON mediation_activity (posting_id, done_on)",
    ):
        db.execute(statement)
