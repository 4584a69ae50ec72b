"""Printed sheets, scans and what was read in them, answers typed from paper."""

from sqlite_utils import Database, Migrations

paper = Migrations("paper")


@paper(name="0001_paper")
def sheets_and_scans(db: Database) -> None:
    """`layout` says where each box was printed; pictures leave the file once the answers of their sheet are stored."""
    for statement in (
        """CREATE TABLE paper_print (
            id INTEGER PRIMARY KEY,
            wave_id INTEGER NOT NULL REFERENCES wave (id),
            language TEXT NOT NULL,
            layout TEXT NOT NULL,
            digest TEXT NOT NULL,
            copies INTEGER NOT NULL DEFAULT 0,
            UNIQUE (wave_id, digest)
        ) STRICT""",
        """CREATE TABLE scan_batch (
            id INTEGER PRIMARY KEY,
            wave_id INTEGER NOT NULL REFERENCES wave (id),
            received_on TEXT NOT NULL,
            state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'reading', 'read')),
            done INTEGER NOT NULL DEFAULT 0,
            total INTEGER NOT NULL DEFAULT 0
        ) STRICT""",
        """CREATE TABLE scan_file (
            id INTEGER PRIMARY KEY,
            batch_id INTEGER NOT NULL REFERENCES scan_batch (id),
            name TEXT NOT NULL,
            content BLOB
        ) STRICT""",
        """CREATE TABLE paper_sheet (
            id INTEGER PRIMARY KEY,
            wave_id INTEGER NOT NULL REFERENCES wave (id),
            print_id INTEGER REFERENCES paper_print (id),
            copy INTEGER,
            serial INTEGER NOT NULL DEFAULT 1,
            state TEXT NOT NULL DEFAULT 'checking' CHECK (state IN ('checking', 'stored', 'dropped')),
            typed TEXT NOT NULL DEFAULT '{}',
            again TEXT,
            doubts TEXT NOT NULL DEFAULT '{}',
            version INTEGER NOT NULL DEFAULT 1,
            UNIQUE (print_id, copy, serial)
        ) STRICT""",
        """CREATE TABLE scan_page (
            id INTEGER PRIMARY KEY,
            batch_id INTEGER NOT NULL REFERENCES scan_batch (id),
            place INTEGER NOT NULL,
            source TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('read', 'unread', 'foreign', 'repeated', 'entered', 'set_aside')),
            reason TEXT NOT NULL DEFAULT '',
            sheet_id INTEGER REFERENCES paper_sheet (id),
            page INTEGER,
            digest TEXT,
            typed TEXT NOT NULL DEFAULT '{}',
            picture BLOB,
            UNIQUE (batch_id, place)
        ) STRICT""",
        """CREATE TABLE sheet_crop (
            sheet_id INTEGER NOT NULL REFERENCES paper_sheet (id),
            field TEXT NOT NULL,
            picture BLOB NOT NULL,
            PRIMARY KEY (sheet_id, field)
        ) STRICT, WITHOUT ROWID""",
    ):
        db.execute(statement)
