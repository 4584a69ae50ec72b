"""Reports ordered, printed, frozen."""

from sqlite_utils import Database, Migrations

reports = Migrations("reports")


@reports(name="0001_report")
def report(db: Database) -> None:
    """A report that is ready is frozen: its PDF, its parameters and its hash never change."""
    db.execute(
        """CREATE TABLE report (
            id INTEGER PRIMARY KEY,
            period TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('pre', 'cite', 'collective')),
            audience TEXT NOT NULL CHECK (audience IN ('internal', 'partner', 'funder', 'public')),
            state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'ready', 'failed')),
            step INTEGER NOT NULL DEFAULT 0,
            steps INTEGER NOT NULL DEFAULT 1,
            message TEXT NOT NULL DEFAULT '',
            ordered_by INTEGER,
            ordered_at TEXT NOT NULL,
            issued_at TEXT,
            product_version TEXT NOT NULL,
            sha256 TEXT,
            pdf BLOB
        ) STRICT"""
    )


@reports(name="0002_release")
def release(db: Database) -> None:
    """Every protected value that left the house, to keep it unchanged until enough people behind it changed."""
    db.execute(
        """CREATE TABLE release (
            report_id INTEGER NOT NULL REFERENCES report (id),
            code TEXT NOT NULL,
            category TEXT NOT NULL,
            period TEXT NOT NULL,
            audience TEXT NOT NULL,
            value REAL,
            numerator REAL,
            denominator REAL,
            masked INTEGER NOT NULL CHECK (masked IN (0, 1)),
            PRIMARY KEY (report_id, code, category)
        ) STRICT"""
    )


@reports(name="0003_remark")
def remark(db: Database) -> None:
    """What people judge and recommend, in their words, signed and dated before the report is frozen."""
    db.execute(
        """CREATE TABLE report_remark (
            report_id INTEGER NOT NULL REFERENCES report (id),
            kind TEXT NOT NULL CHECK (kind IN ('judgement', 'recommendation')),
            words TEXT NOT NULL,
            author TEXT NOT NULL,
            author_role TEXT NOT NULL,
            written_on TEXT NOT NULL,
            PRIMARY KEY (report_id, kind)
        ) STRICT"""
    )
