"""The directory's tables: accounts, sessions, memberships, invitations, throttle."""

from sqlite_utils import Database, Migrations

directory = Migrations("impact.accounts")


@directory(name="0001_accounts")
def accounts(db: Database) -> None:
    """No word about a child may ever enter these tables."""
    for statement in (
        """CREATE TABLE account (
            id INTEGER PRIMARY KEY,
            ref TEXT NOT NULL UNIQUE,
            email TEXT NOT NULL UNIQUE,
            display_name TEXT NOT NULL,
            password_hash TEXT NOT NULL,
            is_administrator INTEGER NOT NULL CHECK (is_administrator IN (0, 1)),
            is_active INTEGER NOT NULL CHECK (is_active IN (0, 1)),
            created_at TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE session (
            token_hash TEXT PRIMARY KEY,
            account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
            data TEXT NOT NULL,
            created_at TEXT NOT NULL,
            seen_at TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE membership (
            id INTEGER PRIMARY KEY,
            account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
            community_slug TEXT NOT NULL,
            role TEXT NOT NULL CHECK (role IN ('coordinator', 'referent', 'team_partner', 'facilitator', 'member',
                'board', 'funder', 'evaluator')),
            member_id INTEGER NOT NULL,
            since TEXT NOT NULL,
            ended_on TEXT,
            UNIQUE (account_id, community_slug)
        ) STRICT""",
        """CREATE TABLE invitation (
            id INTEGER PRIMARY KEY,
            token_hash TEXT NOT NULL UNIQUE,
            community_slug TEXT NOT NULL,
            role TEXT NOT NULL CHECK (role IN ('coordinator', 'referent', 'team_partner', 'facilitator', 'member',
                'board', 'funder', 'evaluator')),
            label TEXT NOT NULL,
            member_id INTEGER,
            created_at TEXT NOT NULL,
            expires_at TEXT NOT NULL,
            used_at TEXT
        ) STRICT""",
        "CREATE TABLE attempt (id INTEGER PRIMARY KEY, subject TEXT NOT NULL, at TEXT NOT NULL) STRICT",
        "CREATE INDEX attempt_subject ON attempt (subject, at)",
    ):
        db.execute(statement)
