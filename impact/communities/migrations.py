"""The community itself, its organisations and its members."""

from sqlite_utils import Database, Migrations

communities = Migrations("impact.communities")


@communities(name="0001_community")
def community(db: Database) -> None:
    """One row for the community; names of people are in the identity table."""
    for statement in (
        """CREATE TABLE community (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            name TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('pre', 'cite', 'collective')),
            territory TEXT NOT NULL,
            starts_on TEXT NOT NULL,
            ends_on TEXT,
            hidden_tabs TEXT NOT NULL DEFAULT '[]',
            version INTEGER NOT NULL DEFAULT 1
        ) STRICT""",
        """CREATE TABLE organisation (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            kind TEXT NOT NULL CHECK (kind IN ('state', 'national_education', 'local_authority', 'association',
                'social_security', 'health', 'research', 'firm', 'inhabitants', 'other')),
            version INTEGER NOT NULL DEFAULT 1
        ) STRICT""",
        """CREATE TABLE member (
            id INTEGER PRIMARY KEY,
            identity_id INTEGER NOT NULL UNIQUE REFERENCES identity (id),
            organisation_id INTEGER REFERENCES organisation (id),
            account_ref TEXT UNIQUE,
            joined_on TEXT NOT NULL,
            left_on TEXT,
            version INTEGER NOT NULL DEFAULT 1
        ) STRICT""",
        "CREATE INDEX member_organisation ON member (organisation_id)",
    ):
        db.execute(statement)


@communities(name="0002_mediation_kind")
def mediation_kind(db: Database) -> None:
    """One more kind of community: a closed list changes by a new column that takes the old one's place."""
    for statement in (
        """ALTER TABLE community ADD COLUMN wanted TEXT NOT NULL DEFAULT 'collective'
            CHECK (wanted IN ('pre', 'cite', 'collective', 'mediation'))""",
        "UPDATE community SET wanted = kind",
        "ALTER TABLE community DROP COLUMN kind",
        "ALTER TABLE community RENAME COLUMN wanted TO kind",
    ):
        db.execute(statement)
