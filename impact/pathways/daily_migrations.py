"""The steps after those of the file itself: what the lists and « À faire » read of it, then what was added to it."""

from sqlite_utils import Database

from impact.pathways import migrations

pathways = migrations.pathways
_OF_NOTES = """SET last_contact_on = (SELECT max(contact_on) FROM follow_up_note WHERE pathway_id = pathway.id),
                next_on = (SELECT min(next_on) FROM follow_up_note
                    WHERE pathway_id = pathway.id AND next_on IS NOT NULL AND next_done_on IS NULL)"""
_KEEP_LINE = """CREATE TRIGGER situation_line_{name} AFTER {event} ON {table} BEGIN
    DELETE FROM situation_line WHERE situation_id IN ({ids});
        INSERT INTO situation_line SELECT * FROM situation_now WHERE situation_id IN ({ids}); END"""


@pathways(name="0009_daily_work")
def daily_work(db: Database) -> None:
    """Delays that the coordinator sets, and what the lists read of notes, kept on the pathway by triggers."""
    for statement in (
        """CREATE TABLE follow_up_setting (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            silence_days INTEGER NOT NULL DEFAULT 42 CHECK (silence_days BETWEEN 7 AND 365),
            usual_months INTEGER NOT NULL DEFAULT 18 CHECK (usual_months BETWEEN 1 AND 120),
            reading_days INTEGER NOT NULL DEFAULT 30 CHECK (reading_days BETWEEN 0 AND 365),
            version INTEGER NOT NULL DEFAULT 1
        ) STRICT""",
        "INSERT INTO follow_up_setting (id) VALUES (1)",
        "ALTER TABLE pathway ADD COLUMN last_contact_on TEXT",
        "ALTER TABLE pathway ADD COLUMN next_on TEXT",
        """CREATE INDEX follow_up_note_next ON follow_up_note (pathway_id, next_on)
            WHERE next_on IS NOT NULL AND next_done_on IS NULL""",
        f"UPDATE pathway {_OF_NOTES}",
        f"""CREATE TRIGGER follow_up_note_added AFTER INSERT ON follow_up_note
            BEGIN UPDATE pathway {_OF_NOTES}
                WHERE id = NEW.pathway_id; END""",
        f"""CREATE TRIGGER follow_up_note_changed AFTER UPDATE OF pathway_id, contact_on, next_on, next_done_on ON follow_up_note
            BEGIN UPDATE pathway {_OF_NOTES}
                WHERE id IN (OLD.pathway_id, NEW.pathway_id); END""",
        f"""CREATE TRIGGER follow_up_note_removed AFTER DELETE ON follow_up_note
            BEGIN UPDATE pathway {_OF_NOTES}
                WHERE id = OLD.pathway_id; END""",
    ):
        db.execute(statement)


@pathways(name="0010_situation_line")
def situation_line(db: Database) -> None:
    """What the lists and « À faire » read of each situation, kept by triggers: derived, and holding no name."""
    for statement in (
        """CREATE TABLE situation_line (
            situation_id INTEGER PRIMARY KEY,
            child_id INTEGER NOT NULL,
            identity_id INTEGER NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('agreement', 'decision', 'start', 'followed', 'ended', 'elsewhere',
                'refused')),
            received_on TEXT NOT NULL,
            received_by INTEGER,
            presented_on TEXT,
            covered INTEGER NOT NULL,
            withdrawn INTEGER NOT NULL,
            pathway_id INTEGER,
            referent_id INTEGER,
            started_on TEXT,
            review_on TEXT,
            expected_end_on TEXT,
            last_contact_on TEXT,
            next_on TEXT
        ) STRICT""",
        """CREATE VIEW situation_now AS
            SELECT situation.id AS situation_id, situation.child_id,
                (SELECT identity_id FROM child WHERE child.id = situation.child_id) AS identity_id,
                CASE WHEN pathway.id IS NOT NULL THEN iif(pathway_exit.id IS NULL, 'followed', 'ended')
                    WHEN decision.outcome IN ('elsewhere', 'refused') THEN decision.outcome
                    WHEN consent.id IS NULL OR consent.withdrawn_on IS NOT NULL THEN 'agreement'
                    WHEN decision.outcome = 'pathway' THEN 'start' ELSE 'decision' END AS state,
                situation.received_on, situation.received_by, situation.presented_on,
                consent.id IS NOT NULL AND consent.withdrawn_on IS NULL AS covered,
                consent.withdrawn_on IS NOT NULL AS withdrawn,
                pathway.id AS pathway_id, referent.member_id AS referent_id, pathway.started_on, pathway.review_on,
                pathway.expected_end_on, pathway.last_contact_on,
                iif(pathway_exit.id IS NULL, pathway.next_on, NULL) AS next_on
            FROM situation
            LEFT JOIN consent ON consent.id = (SELECT id FROM consent AS c WHERE c.situation_id = situation.id
                ORDER BY given_on DESC, id DESC LIMIT 1)
            LEFT JOIN decision ON decision.id = (SELECT id FROM decision AS d WHERE d.situation_id = situation.id
                ORDER BY decided_on DESC, id DESC LIMIT 1)
            LEFT JOIN pathway ON pathway.situation_id = situation.id
            LEFT JOIN pathway_exit ON pathway_exit.pathway_id = pathway.id AND pathway_exit.reopened_on IS NULL
            LEFT JOIN referent ON referent.id = (SELECT max(id) FROM referent AS r
                WHERE r.pathway_id = pathway.id AND r.until IS NULL)""",
        "INSERT INTO situation_line SELECT * FROM situation_now",
        "CREATE INDEX situation_line_referent ON situation_line (referent_id) WHERE state = 'followed'",
        "CREATE INDEX situation_line_identity ON situation_line (identity_id)",
        "CREATE INDEX referent_former ON referent (until) WHERE until IS NOT NULL",
        "DROP TRIGGER follow_up_note_added",
        """CREATE TRIGGER follow_up_note_added AFTER INSERT ON follow_up_note
            BEGIN UPDATE pathway SET last_contact_on = max(coalesce(last_contact_on, ''), NEW.contact_on),
                    next_on = iif(NEW.next_done_on IS NULL AND NEW.next_on IS NOT NULL,
                        min(coalesce(next_on, NEW.next_on), NEW.next_on), next_on)
                WHERE id = NEW.pathway_id
                    AND (last_contact_on IS NULL OR last_contact_on < NEW.contact_on OR NEW.next_on IS NOT NULL); END""",
    ):
        db.execute(statement)
    through = "SELECT situation_id FROM pathway WHERE id = {row}.pathway_id"
    for table, situations in (
        ("child", "SELECT id FROM situation WHERE child_id = {row}.id"),
        ("situation", "SELECT {row}.id"),
        ("consent", "SELECT {row}.situation_id"),
        ("decision", "SELECT {row}.situation_id"),
        ("pathway", "SELECT {row}.situation_id"),
        ("pathway_exit", through),
        ("referent", through),
    ):
        for event, rows in (("INSERT", ("NEW",)), ("UPDATE", ("OLD", "NEW")), ("DELETE", ("OLD",))):
            if table == "child" and event != "UPDATE":
                continue
            ids = " UNION ".join(situations.format(row=row) for row in rows)
            db.execute(_KEEP_LINE.format(name=f"{table}_{event.lower()}", event=event, table=table, ids=ids))


@pathways(name="0011_hours_by_member")
def hours_by_member(db: Database) -> None:
    """The minutes of the last weeks, read without opening the texts of the notes."""
    db.execute("CREATE INDEX follow_up_note_contact ON follow_up_note (contact_on, member_id, shared_key, minutes)")


@pathways(name="0012_dated_delays")
def dated_delays(db: Database) -> None:
    """Every value that the delays had, with its first day: the last one is in force. What the lists count, by index."""
    for statement in (
        """CREATE TABLE follow_up_delays (
            version INTEGER PRIMARY KEY, since TEXT, member_id INTEGER REFERENCES member (id),
            silence_days INTEGER NOT NULL CHECK (silence_days BETWEEN 7 AND 365),
            usual_months INTEGER NOT NULL CHECK (usual_months BETWEEN 1 AND 120),
            reading_days INTEGER NOT NULL CHECK (reading_days BETWEEN 0 AND 365)) STRICT""",
        """INSERT INTO follow_up_delays (version, silence_days, usual_months, reading_days)
            SELECT version, silence_days, usual_months, reading_days FROM follow_up_setting""",
        "DROP TABLE follow_up_setting",
        "DROP INDEX situation_line_referent",
    ):
        db.execute(statement)
    for name, columns in (
        ("child", "child_id"),
        ("seen", "max(received_on, coalesce(started_on, ''), coalesce(last_contact_on, '')), child_id"),
        ("state", "state, received_on, child_id"),
        ("referent", "referent_id, child_id) WHERE (state = 'followed'"),
        ("silent", "coalesce(last_contact_on, started_on), child_id) WHERE (state = 'followed'"),
        ("review", "review_on, child_id) WHERE (state = 'followed'"),
        ("end", "expected_end_on, started_on, child_id) WHERE (state = 'followed'"),
        ("withdrawn", "received_on, child_id) WHERE (state = 'followed' AND withdrawn"),
        ("next", "next_on, child_id) WHERE (next_on NOT NULL"),
    ):
        db.execute(f"CREATE INDEX situation_line_{name} ON situation_line ({columns})")


@pathways(name="0013_adults_of_a_home")
def adults_of_a_home(db: Database) -> None:
    """Who holds parental authority, who somebody is when no word of the list says it, the language to speak."""
    for column in (
        "authority TEXT NOT NULL DEFAULT 'unknown' CHECK (authority IN ('yes', 'no', 'unknown'))",
        "tie TEXT NOT NULL DEFAULT ''",
        "language TEXT NOT NULL DEFAULT ''",
        "version INTEGER NOT NULL DEFAULT 1",
    ):
        db.execute(f"ALTER TABLE household_adult ADD COLUMN {column}")


@pathways(name="0014_profiles")
def profiles(db: Database) -> None:
    """The profile of support that the team gives a pathway: a code of the reference list, empty until it is chosen."""
    db.execute("ALTER TABLE pathway ADD COLUMN profile TEXT NOT NULL DEFAULT ''")


@pathways(name="0015_dated_profiles")
def dated_profiles(db: Database) -> None:
    """Every profile that a pathway had, from its first day: the last one is in force, an empty one was taken back."""
    for statement in (
        """CREATE TABLE pathway_profile (
            pathway_id INTEGER NOT NULL REFERENCES pathway (id),
            since TEXT NOT NULL,
            profile TEXT NOT NULL,
            PRIMARY KEY (pathway_id, since)
        ) STRICT""",
        "INSERT INTO pathway_profile SELECT id, started_on, profile FROM pathway WHERE profile <> ''",
        "ALTER TABLE pathway DROP COLUMN profile",
    ):
        db.execute(statement)
