"""Spreadsheets received, what their words mean here, and what they told that nothing else holds."""

from sqlite_utils import Database, Migrations

sheets = Migrations("impact.sheets")


@sheets(name="0001_imports")
def imports(db: Database) -> None:
    """`cells` waits for a confirmation and is erased; `situation_import` ties a situation to the row it came from."""
    for statement in (
        """CREATE TABLE sheet_import (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL,
            received_at TEXT NOT NULL,
            actor_ref TEXT NOT NULL,
            actor_role TEXT NOT NULL,
            member_id INTEGER REFERENCES member (id),
            state TEXT NOT NULL CHECK (state IN ('staged', 'ordered', 'done')),
            cells BLOB,
            plan TEXT,
            choices TEXT NOT NULL DEFAULT '{}',
            counts TEXT NOT NULL DEFAULT '{}',
            version INTEGER NOT NULL DEFAULT 1
        ) STRICT""",
        """CREATE TABLE sheet_memory (
            target TEXT NOT NULL,
            said TEXT NOT NULL,
            meaning TEXT NOT NULL,
            PRIMARY KEY (target, said)
        ) STRICT""",
        """CREATE TABLE situation_import (
            situation_id INTEGER PRIMARY KEY REFERENCES situation (id),
            import_id INTEGER NOT NULL REFERENCES sheet_import (id),
            line INTEGER NOT NULL,
            number TEXT NOT NULL,
            postcode TEXT NOT NULL,
            agreement TEXT NOT NULL CHECK (agreement IN ('yes', 'no', 'unknown')),
            qpv TEXT NOT NULL CHECK (qpv IN ('yes', 'no', 'unknown'))
        ) STRICT""",
        "CREATE INDEX situation_import_import ON situation_import (import_id)",
        "ALTER TABLE decision ADD COLUMN declined INTEGER NOT NULL DEFAULT 0 CHECK (declined IN (0, 1))",
    ):
        db.execute(statement)


@sheets(name="0002_merges")
def merges(db: Database) -> None:
    """`memory` holds what undoing a merge needs, for thirty days; what is erased of a child is erased here too."""
    for statement in (
        """CREATE TABLE child_merge (
            id INTEGER PRIMARY KEY,
            kept_id INTEGER NOT NULL REFERENCES child (id) ON DELETE CASCADE,
            merged_at TEXT NOT NULL,
            member_id INTEGER REFERENCES member (id),
            memory TEXT
        ) STRICT""",
        "CREATE INDEX child_merge_kept ON child_merge (kept_id)",
        """CREATE TABLE child_distinct (
            first_id INTEGER NOT NULL REFERENCES child (id) ON DELETE CASCADE,
            second_id INTEGER NOT NULL REFERENCES child (id) ON DELETE CASCADE,
            PRIMARY KEY (first_id, second_id),
            CHECK (first_id < second_id)
        ) STRICT""",
        "CREATE INDEX child_distinct_second ON child_distinct (second_id)",
        """CREATE TRIGGER situation_import_erased BEFORE DELETE ON situation
            BEGIN DELETE FROM situation_import WHERE situation_id = OLD.id; END""",
    ):
        db.execute(statement)


@sheets(name="0003_subjects")
def subjects(db: Database) -> None:
    """A table holds situations, or follow-up notes."""
    db.execute(
        "ALTER TABLE sheet_import ADD COLUMN subject TEXT NOT NULL DEFAULT 'situations'"
        " CHECK (subject IN ('situations', 'notes'))"
    )
