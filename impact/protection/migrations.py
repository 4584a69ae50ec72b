"""Retention, emergency openings, contact restrictions, copies of files, fields switched off."""

from sqlite_utils import Database, Migrations

protection = Migrations("impact.protection")


@protection(name="0001_retention")
def retention(db: Database) -> None:
    """`erased_count` keeps what past years need; `erased_file` marks who must not come back from a backup."""
    for statement in (
        """CREATE TABLE retention_delay (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            months INTEGER NOT NULL CHECK (months BETWEEN 1 AND 120),
            reason TEXT NOT NULL,
            version INTEGER NOT NULL DEFAULT 1
        ) STRICT""",
        """CREATE TABLE retention_extension (
            child_id INTEGER PRIMARY KEY REFERENCES child (id),
            until TEXT NOT NULL,
            reason TEXT NOT NULL,
            decided_on TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE child_archive (
            child_id INTEGER PRIMARY KEY REFERENCES child (id),
            archived_on TEXT NOT NULL,
            until TEXT NOT NULL,
            reason TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE erased_count (
            year INTEGER NOT NULL,
            measure TEXT NOT NULL CHECK (measure IN ('received', 'sex', 'origin', 'motive', 'outcome', 'started',
                'ended', 'exit_reason')),
            category TEXT NOT NULL,
            situations INTEGER NOT NULL,
            PRIMARY KEY (year, measure, category)
        ) STRICT""",
        """CREATE TABLE erased_file (
            mark TEXT PRIMARY KEY,
            erased_on TEXT NOT NULL
        ) STRICT""",
    ):
        db.execute(statement)


@protection(name="0002_openings_and_restrictions")
def openings_and_restrictions(db: Database) -> None:
    """`sealed` holds who must not be told, and by which decision: it is about justice."""
    for statement in (
        """CREATE TABLE urgent_access (
            id INTEGER PRIMARY KEY,
            situation_id INTEGER NOT NULL REFERENCES situation (id),
            member_id INTEGER NOT NULL REFERENCES member (id),
            reason TEXT NOT NULL,
            opened_at TEXT NOT NULL,
            ends_at TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX urgent_access_situation ON urgent_access (situation_id, ends_at)",
        """CREATE TABLE contact_restriction (
            id INTEGER PRIMARY KEY,
            child_id INTEGER NOT NULL REFERENCES child (id),
            since TEXT NOT NULL,
            until TEXT,
            sealed BLOB NOT NULL,
            version INTEGER NOT NULL DEFAULT 1
        ) STRICT""",
        "CREATE INDEX contact_restriction_child ON contact_restriction (child_id)",
    ):
        db.execute(statement)


@protection(name="0003_copies_and_fields")
def copies_and_fields(db: Database) -> None:
    """A copy of a file needs two people; `field_switch` lists the optional fields that forms no longer show."""
    for statement in (
        """CREATE TABLE file_copy (
            id INTEGER PRIMARY KEY,
            child_id INTEGER NOT NULL REFERENCES child (id),
            situation_id INTEGER NOT NULL REFERENCES situation (id),
            requester TEXT NOT NULL CHECK (requester IN ('parent', 'guardian', 'child', 'other')),
            identity_checked TEXT NOT NULL,
            received_on TEXT NOT NULL,
            asked_by INTEGER NOT NULL REFERENCES member (id),
            released_by INTEGER REFERENCES member (id) CHECK (released_by <> asked_by),
            released_on TEXT,
            version INTEGER NOT NULL DEFAULT 1
        ) STRICT""",
        "CREATE INDEX file_copy_child ON file_copy (child_id)",
        """CREATE TABLE field_switch (
            field TEXT PRIMARY KEY,
            off_since TEXT NOT NULL
        ) STRICT""",
    ):
        db.execute(statement)


@protection(name="0004_legal_delay")
def legal_delay(db: Database) -> None:
    """§46 of the CNIL's standard for child protection (decision 2022-008 of 20 January 2022)."""
    db.execute(
        "INSERT INTO retention_delay (id, months, reason) VALUES (1, 24, 'Référentiel de la CNIL sur la protection de"
        " l’enfance : deux ans après le dernier contact.') ON CONFLICT (id) DO NOTHING"
    )
