"""Tables that every file has, and the common tables of a community's file."""

from sqlite_utils import Database, Migrations

every_file = Migrations("impact.every_file")
community_file = Migrations("impact.community_file")


@every_file(name="0001_audit_and_submission")
def audit_and_submission(db: Database) -> None:
    """The log, which refuses change, and the one-use keys of forms."""
    db.execute(
        """CREATE TABLE audit_entry (
            id INTEGER PRIMARY KEY,
            at TEXT NOT NULL,
            actor_ref TEXT NOT NULL,
            actor_role TEXT NOT NULL,
            deed TEXT NOT NULL CHECK (deed IN ('read', 'search', 'export', 'print', 'create', 'change', 'delete',
                'share', 'refuse', 'sign_in', 'sign_out')),
            object_kind TEXT NOT NULL,
            object_id INTEGER,
            fields TEXT NOT NULL,
            mac TEXT NOT NULL
        ) STRICT"""
    )
    for event in ("UPDATE", "DELETE"):
        db.execute(
            f"""CREATE TRIGGER audit_entry_no_{event.lower()} BEFORE {event} ON audit_entry
            BEGIN SELECT RAISE(ABORT, 'the audit log cannot be changed'); END"""
        )
    db.execute("CREATE INDEX audit_entry_object ON audit_entry (object_kind, object_id)")
    db.execute("CREATE TABLE submission (key TEXT PRIMARY KEY, at TEXT NOT NULL, location TEXT) STRICT")


@community_file(name="0001_identity_and_figure")
def identity_and_figure(db: Database) -> None:
    """Names apart from everything else, and the figures that any page may show."""
    db.execute(
        """CREATE TABLE identity (
            id INTEGER PRIMARY KEY,
            family_name TEXT NOT NULL,
            given_name TEXT NOT NULL,
            birth_date TEXT,
            email TEXT NOT NULL,
            phone TEXT NOT NULL,
            folded TEXT NOT NULL
        ) STRICT"""
    )
    db.execute(
        """CREATE TABLE figure (
            code TEXT NOT NULL,
            category TEXT NOT NULL,
            period TEXT NOT NULL,
            audience TEXT NOT NULL CHECK (audience IN ('internal', 'partner', 'funder', 'public')),
            unit TEXT NOT NULL,
            value REAL,
            numerator REAL,
            denominator REAL,
            state TEXT NOT NULL CHECK (state IN ('measured', 'masked', 'unknown')),
            reason TEXT NOT NULL,
            computed_at TEXT NOT NULL,
            PRIMARY KEY (code, category, period, audience)
        ) STRICT"""
    )


@community_file(name="0002_reference_list")
def reference_list(db: Database) -> None:
    """Lists that no official text fixes: editable, dated, sourced."""
    db.execute(
        """CREATE TABLE reference_item (
            id INTEGER PRIMARY KEY,
            list TEXT NOT NULL,
            code TEXT NOT NULL,
            label TEXT NOT NULL,
            position INTEGER NOT NULL,
            source TEXT NOT NULL,
            valid_from TEXT NOT NULL,
            valid_to TEXT,
            UNIQUE (list, code)
        ) STRICT"""
    )


@community_file(name="0003_names_in_order")
def names_in_order(db: Database) -> None:
    """The orders of the lists, by name and by age, kept ready."""
    db.execute("CREATE INDEX identity_name ON identity (replace(folded, ' ', ''), family_name, given_name)")
    db.execute("CREATE INDEX identity_birth ON identity (birth_date)")


@community_file(name="0004_bounds_of_figures")
def bounds_of_figures(db: Database) -> None:
    """What is known of a figure that has no value: without names, a number of people has bounds only."""
    db.execute("ALTER TABLE figure ADD COLUMN low REAL")
    db.execute("ALTER TABLE figure ADD COLUMN high REAL")
