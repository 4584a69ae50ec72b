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


@reports(name="0004_evaluation_frame")
def evaluation_questions(db: Database) -> None:
    """Questions, the indicators that answer them, and every target that was ever set: a target moved is seen."""
    for statement in (
        """CREATE TABLE evaluation_question (
            id INTEGER PRIMARY KEY,
            words TEXT NOT NULL,
            criterion TEXT NOT NULL CHECK (criterion IN (
                'relevance', 'coherence', 'effectiveness', 'efficiency', 'impact', 'sustainability')),
            version INTEGER NOT NULL DEFAULT 1
        ) STRICT""",
        """CREATE TABLE evaluation_theme (
            question_id INTEGER NOT NULL REFERENCES evaluation_question (id),
            theme TEXT NOT NULL CHECK (theme IN (
                'equality', 'health', 'culture', 'mobility', 'age_0_3', 'age_16_18')),
            PRIMARY KEY (question_id, theme)
        ) STRICT""",
        """CREATE TABLE evaluation_measure (
            id INTEGER PRIMARY KEY,
            question_id INTEGER NOT NULL REFERENCES evaluation_question (id),
            code TEXT NOT NULL,
            judgement TEXT NOT NULL,
            source TEXT NOT NULL,
            rhythm TEXT NOT NULL CHECK (rhythm IN ('session', 'month', 'quarter', 'year', 'end')),
            target REAL,
            smallest REAL CHECK (smallest > 0),
            why TEXT NOT NULL,
            version INTEGER NOT NULL DEFAULT 1
        ) STRICT""",
        """CREATE TABLE evaluation_target (
            id INTEGER PRIMARY KEY,
            code TEXT NOT NULL,
            target REAL,
            smallest REAL,
            why TEXT NOT NULL,
            decided_on TEXT NOT NULL,
            author_role TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX evaluation_target_code ON evaluation_target (code)",
    ):
        db.execute(statement)


@reports(name="0005_draft")
def draft(db: Database) -> None:
    """A report before it is frozen, what people sign on it, to whom it is sent; a link keeps the hash of its token.

    Several people may now sign a judgement on one report: the former table allowed one.
    """
    for statement in (
        """CREATE TABLE report_draft (
            id INTEGER PRIMARY KEY,
            kind TEXT NOT NULL CHECK (kind IN (
                'annual', 'workshops', 'cite', 'survey', 'network', 'one_page', 'families')),
            audience TEXT NOT NULL CHECK (audience IN ('internal', 'partner', 'funder', 'public')),
            period TEXT NOT NULL,
            sections TEXT NOT NULL,
            made_on TEXT NOT NULL,
            reviewed_on TEXT,
            reviewer TEXT NOT NULL DEFAULT '',
            reviewer_role TEXT NOT NULL DEFAULT '',
            version INTEGER NOT NULL DEFAULT 1
        ) STRICT""",
        """CREATE TABLE draft_word (
            id INTEGER PRIMARY KEY,
            draft_id INTEGER NOT NULL REFERENCES report_draft (id),
            kind TEXT NOT NULL CHECK (kind IN ('judgement', 'recommendation', 'remark')),
            words TEXT NOT NULL,
            author TEXT NOT NULL,
            author_role TEXT NOT NULL,
            written_on TEXT NOT NULL,
            member_id INTEGER
        ) STRICT""",
        """CREATE TABLE evaluator_mission (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            mission TEXT NOT NULL CHECK (mission IN ('adviser', 'collector', 'evaluator', 'eye')),
            decided_on TEXT NOT NULL
        ) STRICT""",
        "ALTER TABLE report ADD COLUMN draft_id INTEGER REFERENCES report_draft (id)",
        """ALTER TABLE report ADD COLUMN report_kind TEXT NOT NULL DEFAULT 'annual' CHECK (report_kind IN (
            'annual', 'workshops', 'cite', 'survey', 'network', 'one_page', 'families'))""",
        "ALTER TABLE report ADD COLUMN sections TEXT NOT NULL DEFAULT '[]'",
        """CREATE TABLE report_opinion (
            id INTEGER PRIMARY KEY,
            report_id INTEGER NOT NULL REFERENCES report (id),
            kind TEXT NOT NULL CHECK (kind IN ('judgement', 'recommendation')),
            words TEXT NOT NULL,
            author TEXT NOT NULL,
            author_role TEXT NOT NULL,
            written_on TEXT NOT NULL
        ) STRICT""",
        """INSERT INTO report_opinion (report_id, kind, words, author, author_role, written_on)
            SELECT report_id, kind, words, author, author_role, written_on FROM report_remark""",
        "DROP TABLE report_remark",
        "ALTER TABLE report ADD COLUMN docx BLOB",
        """CREATE TABLE report_sending (
            id INTEGER PRIMARY KEY,
            report_id INTEGER NOT NULL REFERENCES report (id),
            recipient TEXT NOT NULL,
            sent_on TEXT NOT NULL,
            token_hash TEXT UNIQUE,
            expires_on TEXT,
            revoked_on TEXT,
            openings INTEGER NOT NULL DEFAULT 0,
            last_opened_on TEXT
        ) STRICT""",
    ):
        db.execute(statement)


@reports(name="0006_experience")
def experience(db: Database) -> None:
    """One more kind of report: a closed list changes by a new column that takes the old one's place."""
    kinds = """TEXT NOT NULL DEFAULT 'annual' CHECK (wanted IN (
        'annual', 'workshops', 'cite', 'survey', 'network', 'one_page', 'families', 'experience'))"""
    for statement in (
        f"ALTER TABLE report ADD COLUMN wanted {kinds}",
        "UPDATE report SET wanted = report_kind",
        "ALTER TABLE report DROP COLUMN report_kind",
        "ALTER TABLE report RENAME COLUMN wanted TO report_kind",
        f"ALTER TABLE report_draft ADD COLUMN wanted {kinds}",
        "UPDATE report_draft SET wanted = kind",
        "ALTER TABLE report_draft DROP COLUMN kind",
        "ALTER TABLE report_draft RENAME COLUMN wanted TO kind",
    ):
        db.execute(statement)


@reports(name="0007_mediation_kind")
def mediation_kind(db: Database) -> None:
    """One more kind of community."""
    for statement in (
        """ALTER TABLE report ADD COLUMN wanted TEXT NOT NULL DEFAULT 'collective'
            CHECK (wanted IN ('pre', 'cite', 'collective', 'mediation'))""",
        "UPDATE report SET wanted = kind",
        "ALTER TABLE report DROP COLUMN kind",
        "ALTER TABLE report RENAME COLUMN wanted TO kind",
    ):
        db.execute(statement)


@reports(name="0008_release_label")
def release_label(db: Database) -> None:
    """A category is read in words, also once its list has changed."""
    db.execute("ALTER TABLE release ADD COLUMN label TEXT NOT NULL DEFAULT ''")


@reports(name="0009_shown_figure")
def shown_figure(db: Database) -> None:
    """What readers outside the house find on their pages: the next value is compared with it, as with a report's."""
    db.execute(
        """CREATE TABLE shown_figure (
            period TEXT NOT NULL,
            code TEXT NOT NULL,
            category TEXT NOT NULL,
            value REAL,
            numerator REAL,
            denominator REAL,
            masked INTEGER NOT NULL CHECK (masked IN (0, 1)),
            label TEXT NOT NULL,
            PRIMARY KEY (period, code, category)
        ) STRICT"""
    )


@reports(name="0010_released_people")
def released_people(db: Database) -> None:
    """How many people a value that left was about, and how many were unknown: held, it says so as it did."""
    for table in ("release", "shown_figure"):
        for column in ("n", "missing"):
            db.execute(f"ALTER TABLE {table} ADD COLUMN {column} INTEGER NOT NULL DEFAULT 0")


@reports(name="0011_released_whole")
def released_whole(db: Database) -> None:
    """A value that left, with its interval and all that was said of it: held, it stays the same to the last sign."""
    for table in ("release", "shown_figure"):
        db.execute(f"ALTER TABLE {table} ADD COLUMN told TEXT NOT NULL DEFAULT ''")
