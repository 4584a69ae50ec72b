"""Cohorts, the people in them, personal links, letters, and which answers come from the same person."""

from sqlite_utils import Database, Migrations

rosters = Migrations("rosters")


@rosters(name="0001_rosters")
def people_and_links(db: Database) -> None:
    """A wave outside a cohort keeps who answered without a day: with few answers, a day would say which ones.

    `followed_response.person` is a keyed hash: the file alone does not say whose answers they are.
    """
    for statement in (
        """CREATE TABLE cohort (
            id INTEGER PRIMARY KEY,
            title TEXT NOT NULL,
            recognition TEXT NOT NULL CHECK (recognition IN ('list', 'code')),
            outcome TEXT NOT NULL DEFAULT '',
            smallest REAL CHECK (smallest > 0),
            version INTEGER NOT NULL DEFAULT 1
        ) STRICT""",
        """CREATE TABLE cohort_person (
            id INTEGER PRIMARY KEY,
            cohort_id INTEGER NOT NULL REFERENCES cohort (id),
            identity_id INTEGER NOT NULL REFERENCES identity (id),
            spotted_on TEXT NOT NULL,
            started_on TEXT CHECK (started_on >= spotted_on),
            completed_on TEXT CHECK (completed_on >= started_on),
            lost_on TEXT CHECK (lost_on >= spotted_on),
            loss TEXT CHECK (loss IN ('moved', 'refused', 'aged_out', 'unreachable', 'unknown')),
            version INTEGER NOT NULL DEFAULT 1,
            CHECK ((lost_on IS NULL) = (loss IS NULL))
        ) STRICT""",
        "CREATE INDEX cohort_person_by_cohort ON cohort_person (cohort_id)",
        """CREATE TABLE cohort_respondent (
            person_id INTEGER NOT NULL REFERENCES cohort_person (id),
            public TEXT NOT NULL CHECK (public IN ('child', 'parent', 'teacher', 'professional', 'other')),
            identity_id INTEGER NOT NULL REFERENCES identity (id),
            PRIMARY KEY (person_id, public)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE cohort_wave (
            wave_id INTEGER PRIMARY KEY REFERENCES wave (id),
            cohort_id INTEGER NOT NULL REFERENCES cohort (id),
            moment INTEGER NOT NULL CHECK (moment BETWEEN 1 AND 20),
            public TEXT NOT NULL CHECK (public IN ('child', 'parent', 'teacher', 'professional', 'other')),
            resend INTEGER NOT NULL DEFAULT 0 CHECK (resend BETWEEN 0 AND 1),
            UNIQUE (cohort_id, moment, public)
        ) STRICT""",
        """CREATE TABLE wave_invitation (
            id INTEGER PRIMARY KEY,
            wave_id INTEGER NOT NULL REFERENCES wave (id),
            public TEXT NOT NULL CHECK (public IN ('child', 'parent', 'teacher', 'professional', 'other')),
            identity_id INTEGER NOT NULL REFERENCES identity (id),
            person_id INTEGER REFERENCES cohort_person (id),
            serial INTEGER NOT NULL DEFAULT 1,
            token_hash TEXT UNIQUE,
            answered INTEGER NOT NULL DEFAULT 0 CHECK (answered BETWEEN 0 AND 1),
            revoked INTEGER NOT NULL DEFAULT 0 CHECK (revoked BETWEEN 0 AND 1),
            invited_on TEXT,
            reminded_on TEXT,
            reminders INTEGER NOT NULL DEFAULT 0
        ) STRICT""",
        """CREATE UNIQUE INDEX wave_invitation_once
            ON wave_invitation (wave_id, public, identity_id, coalesce(person_id, 0))""",
        """CREATE TABLE wave_letter (
            wave_id INTEGER NOT NULL REFERENCES wave (id),
            kind TEXT NOT NULL CHECK (kind IN ('invitation', 'reminder')),
            subject TEXT NOT NULL,
            words TEXT NOT NULL,
            short TEXT NOT NULL,
            version INTEGER NOT NULL DEFAULT 1,
            PRIMARY KEY (wave_id, kind)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE followed_response (
            response_id INTEGER PRIMARY KEY REFERENCES response (id),
            person TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX followed_response_by_person ON followed_response (person)",
    ):
        db.execute(statement)


@rosters(name="0002_sendings")
def sendings(db: Database) -> None:
    """What became of the last sending of a letter by e-mail; `problem` is empty when the server took it."""
    db.execute(
        """CREATE TABLE wave_sending (
            wave_id INTEGER NOT NULL REFERENCES wave (id),
            kind TEXT NOT NULL CHECK (kind IN ('invitation', 'reminder')),
            sent_on TEXT NOT NULL,
            sent INTEGER NOT NULL,
            refused INTEGER NOT NULL,
            problem TEXT CHECK (problem IN ('unreachable', 'not_let_in', 'misread', 'stopped')),
            PRIMARY KEY (wave_id, kind)
        ) STRICT, WITHOUT ROWID"""
    )


@rosters(name="0003_protection")
def protection(db: Database) -> None:
    """Who reads a cohort's names, how many months they are kept, who asked to be left out, who is erased."""
    for statement in (
        """CREATE TABLE cohort_team (
            cohort_id INTEGER NOT NULL REFERENCES cohort (id),
            member_id INTEGER NOT NULL REFERENCES member (id),
            PRIMARY KEY (cohort_id, member_id)
        ) STRICT, WITHOUT ROWID""",
        "ALTER TABLE cohort ADD COLUMN keep_months INTEGER NOT NULL DEFAULT 24 CHECK (keep_months BETWEEN 1 AND 120)",
        "ALTER TABLE cohort_person ADD COLUMN restricted_on TEXT",
        "ALTER TABLE cohort_person ADD COLUMN erased_on TEXT",
    ):
        db.execute(statement)


@rosters(name="0004_copies")
def copies(db: Database) -> None:
    """The complete copy of what is kept about a person of a cohort: asked by one member, released by another."""
    for statement in (
        """CREATE TABLE cohort_copy (
            id INTEGER PRIMARY KEY,
            person_id INTEGER NOT NULL REFERENCES cohort_person (id),
            requester TEXT NOT NULL CHECK (requester IN ('parent', 'guardian', 'child', 'other')),
            identity_checked TEXT NOT NULL,
            received_on TEXT NOT NULL,
            asked_by INTEGER NOT NULL REFERENCES member (id),
            released_by INTEGER REFERENCES member (id) CHECK (released_by <> asked_by),
            released_on TEXT,
            version INTEGER NOT NULL DEFAULT 1
        ) STRICT""",
        "CREATE INDEX cohort_copy_person ON cohort_copy (person_id)",
    ):
        db.execute(statement)


@rosters(name="0005_declined_sendings")
def declined_sendings(db: Database) -> None:
    """A server may answer, and take no more letters."""
    for statement in (
        "ALTER TABLE wave_sending RENAME TO wave_sending_before",
        """CREATE TABLE wave_sending (
            wave_id INTEGER NOT NULL REFERENCES wave (id),
            kind TEXT NOT NULL CHECK (kind IN ('invitation', 'reminder')),
            sent_on TEXT NOT NULL,
            sent INTEGER NOT NULL,
            refused INTEGER NOT NULL,
            problem TEXT CHECK (problem IN ('unreachable', 'not_let_in', 'misread', 'declined', 'stopped')),
            PRIMARY KEY (wave_id, kind)
        ) STRICT, WITHOUT ROWID""",
        "INSERT INTO wave_sending SELECT * FROM wave_sending_before",
        "DROP TABLE wave_sending_before",
    ):
        db.execute(statement)


@rosters(name="0006_where_people_were_spotted")
def where_people_were_spotted(db: Database) -> None:
    """At school, in the district, elsewhere; nobody knows for those who were there before."""
    db.execute(
        "ALTER TABLE cohort_person ADD COLUMN spotted_at TEXT NOT NULL DEFAULT 'unknown'"
        " CHECK (spotted_at IN ('school', 'district', 'elsewhere', 'unknown'))"
    )
