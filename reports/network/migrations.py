"""What communities publish of themselves in the shared file: protected figures, never a record."""

from sqlite_utils import Database, Migrations

network = Migrations("reports.network")


@network(name="0001_published")
def published(db: Database) -> None:
    """A community and its single figures of each period, as a funder reads them."""
    db.execute(
        """CREATE TABLE published_community (
            slug TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('pre', 'cite', 'collective')),
            published_at TEXT NOT NULL
        ) STRICT"""
    )
    db.execute(
        """CREATE TABLE published_figure (
            slug TEXT NOT NULL REFERENCES published_community (slug),
            period TEXT NOT NULL,
            code TEXT NOT NULL,
            unit TEXT NOT NULL,
            value REAL,
            numerator REAL,
            denominator REAL,
            low REAL,
            high REAL,
            n INTEGER NOT NULL,
            missing INTEGER NOT NULL,
            masked INTEGER NOT NULL CHECK (masked IN (0, 1)),
            reason TEXT NOT NULL,
            version INTEGER NOT NULL,
            PRIMARY KEY (slug, period, code)
        ) STRICT"""
    )


@network(name="0002_mediation_kind")
def mediation_kind(db: Database) -> None:
    """One more kind of community."""
    for statement in (
        """ALTER TABLE published_community ADD COLUMN wanted TEXT NOT NULL DEFAULT 'collective'
            CHECK (wanted IN ('pre', 'cite', 'collective', 'mediation'))""",
        "UPDATE published_community SET wanted = kind",
        "ALTER TABLE published_community DROP COLUMN kind",
        "ALTER TABLE published_community RENAME COLUMN wanted TO kind",
    ):
        db.execute(statement)
