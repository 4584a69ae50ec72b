"""Cycles, workshops, attendance by person or by head-count."""

from sqlite_utils import Database, Migrations

workshops = Migrations("impact.workshops")


@workshops(name="0001_workshops")
def cycles_and_workshops(db: Database) -> None:
    """`core_threshold` is the k of « present at least k times of m »; empty means half of the workshops held."""
    for statement in (
        """CREATE TABLE cycle (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL,
            objective TEXT NOT NULL,
            core_threshold INTEGER CHECK (core_threshold BETWEEN 1 AND 100),
            version INTEGER NOT NULL DEFAULT 1
        ) STRICT""",
        """CREATE TABLE workshop (
            id INTEGER PRIMARY KEY,
            cycle_id INTEGER NOT NULL REFERENCES cycle (id),
            title TEXT NOT NULL,
            held_on TEXT NOT NULL,
            place TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('planned', 'held', 'cancelled')),
            head_count INTEGER CHECK (head_count BETWEEN 0 AND 100000),
            cancel_reason TEXT NOT NULL DEFAULT '',
            version INTEGER NOT NULL DEFAULT 1
        ) STRICT""",
        "CREATE INDEX workshop_cycle ON workshop (cycle_id, held_on)",
        """CREATE TABLE attendance (
            workshop_id INTEGER NOT NULL REFERENCES workshop (id),
            member_id INTEGER NOT NULL REFERENCES member (id),
            PRIMARY KEY (workshop_id, member_id)
        ) STRICT""",
        "CREATE INDEX attendance_member ON attendance (member_id)",
    ):
        db.execute(statement)


@workshops(name="0002_sessions")
def what_a_workshop_leaves(db: Database) -> None:
    """Agenda and minutes; productions, words or a file; commitments and what came back from the field."""
    for statement in (
        "ALTER TABLE workshop ADD COLUMN agenda TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE workshop ADD COLUMN minutes TEXT NOT NULL DEFAULT ''",
        """CREATE TABLE production (
            id INTEGER PRIMARY KEY,
            workshop_id INTEGER NOT NULL REFERENCES workshop (id),
            title TEXT NOT NULL,
            words TEXT NOT NULL,
            added_on TEXT NOT NULL,
            file_name TEXT,
            file_kind TEXT CHECK (file_kind IN ('png', 'jpeg', 'pdf', 'office', 'text')),
            content BLOB,
            CHECK ((file_name IS NULL) = (content IS NULL) AND (file_name IS NULL) = (file_kind IS NULL))
        ) STRICT""",
        "CREATE INDEX production_workshop ON production (workshop_id)",
        """CREATE TABLE commitment (
            id INTEGER PRIMARY KEY,
            workshop_id INTEGER NOT NULL REFERENCES workshop (id),
            member_id INTEGER NOT NULL REFERENCES member (id),
            words TEXT NOT NULL,
            due_on TEXT,
            state TEXT NOT NULL CHECK (state IN ('open', 'kept', 'partly', 'dropped')),
            outcome TEXT NOT NULL DEFAULT '',
            returned_on TEXT,
            version INTEGER NOT NULL DEFAULT 1
        ) STRICT""",
        "CREATE INDEX commitment_workshop ON commitment (workshop_id)",
        "CREATE INDEX commitment_member ON commitment (member_id)",
    ):
        db.execute(statement)


@workshops(name="0003_registrations")
def registrations(db: Database) -> None:
    """Who said she would come, by the public page whose address holds `registration_token`; no token, no page."""
    for statement in (
        "ALTER TABLE workshop ADD COLUMN registration_token TEXT",
        "ALTER TABLE workshop ADD COLUMN seats INTEGER CHECK (seats BETWEEN 1 AND 1000)",
        "CREATE UNIQUE INDEX workshop_registration ON workshop (registration_token)",
        """CREATE TABLE registration (
            id INTEGER PRIMARY KEY,
            workshop_id INTEGER NOT NULL REFERENCES workshop (id),
            identity_id INTEGER NOT NULL REFERENCES identity (id),
            organisation TEXT NOT NULL,
            registered_on TEXT NOT NULL,
            code TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('registered', 'excused', 'present')),
            member_id INTEGER REFERENCES member (id),
            UNIQUE (workshop_id, code)
        ) STRICT""",
    ):
        db.execute(statement)


@workshops(name="0004_programme")
def programme(db: Database) -> None:
    """What each workshop is for; `wave_id` is the wave of the questionnaire handed out at its end."""
    for statement in (
        "ALTER TABLE workshop ADD COLUMN objective TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE workshop ADD COLUMN wave_id INTEGER",
    ):
        db.execute(statement)
