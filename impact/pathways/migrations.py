"""The situation addressed to the PRE is the root; the child's name is in the identity table."""

from sqlite_utils import Database, Migrations

pathways = Migrations("impact.pathways")
_OF_NOTES = """SET last_contact_on = (SELECT max(contact_on) FROM follow_up_note WHERE pathway_id = pathway.id),
                next_on = (SELECT min(next_on) FROM follow_up_note
                    WHERE pathway_id = pathway.id AND next_on IS NOT NULL AND next_done_on IS NULL)"""
_KEEP_LINE = """CREATE TRIGGER situation_line_{name} AFTER {event} ON {table} BEGIN
    DELETE FROM situation_line WHERE situation_id IN ({ids});
        INSERT INTO situation_line SELECT * FROM situation_now WHERE situation_id IN ({ids}); END"""


@pathways(name="0001_situations")
def situations(db: Database) -> None:
    """From the situation received to the team's decision."""
    for statement in (
        """CREATE TABLE child (
            id INTEGER PRIMARY KEY,
            identity_id INTEGER NOT NULL UNIQUE REFERENCES identity (id),
            sex TEXT NOT NULL CHECK (sex IN ('girl', 'boy', 'unknown')),
            version INTEGER NOT NULL DEFAULT 1
        ) STRICT""",
        """CREATE TABLE situation (
            id INTEGER PRIMARY KEY,
            child_id INTEGER NOT NULL REFERENCES child (id),
            received_on TEXT NOT NULL,
            received_by INTEGER REFERENCES member (id),
            presented_on TEXT,
            origin TEXT NOT NULL,
            context TEXT NOT NULL,
            version INTEGER NOT NULL DEFAULT 1
        ) STRICT""",
        "CREATE INDEX situation_child ON situation (child_id)",
        """CREATE TABLE situation_motive (situation_id INTEGER NOT NULL REFERENCES situation (id), code TEXT NOT NULL,
            position INTEGER NOT NULL, PRIMARY KEY (situation_id, code)) STRICT""",
        """CREATE TABLE consent (
            id INTEGER PRIMARY KEY,
            situation_id INTEGER NOT NULL REFERENCES situation (id),
            identity_id INTEGER NOT NULL REFERENCES identity (id),
            relation TEXT NOT NULL CHECK (relation IN ('mother', 'father', 'guardian', 'other')),
            given_on TEXT NOT NULL,
            means TEXT NOT NULL CHECK (means IN ('written', 'oral')),
            scope TEXT NOT NULL,
            text_version TEXT NOT NULL,
            withdrawn_on TEXT
        ) STRICT""",
        "CREATE INDEX consent_situation ON consent (situation_id)",
        """CREATE TABLE decision (
            id INTEGER PRIMARY KEY,
            situation_id INTEGER NOT NULL REFERENCES situation (id),
            decided_on TEXT NOT NULL,
            outcome TEXT NOT NULL CHECK (outcome IN ('pathway', 'elsewhere', 'waiting', 'refused')),
            reason TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX decision_situation ON decision (situation_id)",
    ):
        db.execute(statement)


@pathways(name="0002_pathways")
def pathway_and_notes(db: Database) -> None:
    """From the pathway to its exit; `sealed` replaces the two texts of a health or justice note."""
    for statement in (
        """CREATE TABLE pathway (
            id INTEGER PRIMARY KEY,
            situation_id INTEGER NOT NULL UNIQUE REFERENCES situation (id),
            started_on TEXT NOT NULL,
            review_on TEXT,
            version INTEGER NOT NULL DEFAULT 1
        ) STRICT""",
        """CREATE TABLE referent (
            id INTEGER PRIMARY KEY,
            pathway_id INTEGER NOT NULL REFERENCES pathway (id),
            member_id INTEGER NOT NULL REFERENCES member (id),
            since TEXT NOT NULL,
            until TEXT
        ) STRICT""",
        "CREATE INDEX referent_pathway ON referent (pathway_id)",
        """CREATE TABLE objective (id INTEGER PRIMARY KEY, pathway_id INTEGER NOT NULL REFERENCES pathway (id),
            label TEXT NOT NULL, starting_point TEXT NOT NULL) STRICT""",
        "CREATE INDEX objective_pathway ON objective (pathway_id)",
        """CREATE TABLE follow_up_note (
            id INTEGER PRIMARY KEY,
            pathway_id INTEGER NOT NULL REFERENCES pathway (id),
            member_id INTEGER NOT NULL REFERENCES member (id),
            written_at TEXT NOT NULL,
            contact_on TEXT NOT NULL,
            contact_kind TEXT NOT NULL CHECK (contact_kind IN ('home_visit', 'interview', 'call', 'school', 'message',
                'other')),
            minutes INTEGER CHECK (minutes BETWEEN 0 AND 1440),
            objective_id INTEGER REFERENCES objective (id),
            field_class TEXT NOT NULL CHECK (field_class IN ('school', 'social', 'health', 'justice')),
            observed TEXT NOT NULL,
            appreciation TEXT NOT NULL,
            sealed BLOB,
            version INTEGER NOT NULL DEFAULT 1
        ) STRICT""",
        "CREATE INDEX follow_up_note_pathway ON follow_up_note (pathway_id, contact_on)",
        """CREATE TABLE pathway_exit (
            id INTEGER PRIMARY KEY,
            pathway_id INTEGER NOT NULL UNIQUE REFERENCES pathway (id),
            ended_on TEXT NOT NULL,
            reason TEXT NOT NULL,
            relay TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE objective_result (
            exit_id INTEGER NOT NULL REFERENCES pathway_exit (id), objective_id INTEGER NOT NULL REFERENCES objective (id),
            result TEXT NOT NULL CHECK (result IN ('reached', 'partly', 'not_reached', 'unknown')),
            PRIMARY KEY (exit_id, objective_id)
        ) STRICT""",
    ):
        db.execute(statement)


@pathways(name="0003_support_meetings")
def support_meetings(db: Database) -> None:
    """Meetings of the support team: institutions invited, situations on the agenda, what was decided of each."""
    for statement in (
        """CREATE TABLE support_meeting (
            id INTEGER PRIMARY KEY,
            held_on TEXT NOT NULL,
            place TEXT NOT NULL,
            next_on TEXT,
            version INTEGER NOT NULL DEFAULT 1
        ) STRICT""",
        """CREATE TABLE meeting_presence (
            meeting_id INTEGER NOT NULL REFERENCES support_meeting (id),
            organisation_id INTEGER NOT NULL REFERENCES organisation (id),
            presence TEXT NOT NULL CHECK (presence IN ('invited', 'present', 'excused', 'absent')),
            PRIMARY KEY (meeting_id, organisation_id)
        ) STRICT""",
        """CREATE TABLE meeting_item (
            id INTEGER PRIMARY KEY,
            meeting_id INTEGER NOT NULL REFERENCES support_meeting (id),
            situation_id INTEGER NOT NULL REFERENCES situation (id),
            decision_id INTEGER UNIQUE REFERENCES decision (id),
            review_on TEXT,
            UNIQUE (meeting_id, situation_id)
        ) STRICT""",
        "CREATE INDEX meeting_item_situation ON meeting_item (situation_id)",
    ):
        db.execute(statement)


@pathways(name="0004_whole_sheets")
def whole_sheets(db: Database) -> None:
    """What the sheets of orientation, follow-up and exit say beyond the first fields; the sender is an identity."""
    for statement in (
        """CREATE TABLE orientation (
            situation_id INTEGER PRIMARY KEY REFERENCES situation (id),
            sender_id INTEGER NOT NULL REFERENCES identity (id),
            sender_role TEXT NOT NULL,
            institution TEXT NOT NULL,
            tried TEXT NOT NULL,
            informed_by TEXT NOT NULL,
            informed_on TEXT,
            child_wish TEXT NOT NULL,
            parents_wish TEXT NOT NULL,
            version INTEGER NOT NULL DEFAULT 1
        ) STRICT""",
        "ALTER TABLE follow_up_note ADD COLUMN next_step TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE follow_up_note ADD COLUMN next_on TEXT",
        "ALTER TABLE follow_up_note ADD COLUMN next_done_on TEXT",
        "ALTER TABLE pathway_exit ADD COLUMN child_opinion TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE pathway_exit ADD COLUMN parents_opinion TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE pathway_exit ADD COLUMN referent_opinion TEXT NOT NULL DEFAULT ''",
    ):
        db.execute(statement)


@pathways(name="0005_domain_reviews")
def domain_reviews(db: Database) -> None:
    """Periodic reviews by domain; `sealed` replaces the reason of a score about health or justice."""
    for statement in (
        """CREATE TABLE domain_review (
            id INTEGER PRIMARY KEY,
            pathway_id INTEGER NOT NULL REFERENCES pathway (id),
            member_id INTEGER REFERENCES member (id),
            reviewed_on TEXT NOT NULL,
            UNIQUE (pathway_id, reviewed_on)
        ) STRICT""",
        """CREATE TABLE domain_score (
            review_id INTEGER NOT NULL REFERENCES domain_review (id),
            domain TEXT NOT NULL,
            score INTEGER NOT NULL CHECK (score BETWEEN 1 AND 5),
            reason TEXT NOT NULL,
            sealed BLOB,
            PRIMARY KEY (review_id, domain)
        ) STRICT""",
    ):
        db.execute(statement)


@pathways(name="0006_schooling_and_household")
def schooling_and_household(db: Database) -> None:
    """Where a child goes to school, one row per school year (that of September), and who lives together."""
    for statement in (
        """CREATE TABLE schooling (
            id INTEGER PRIMARY KEY,
            child_id INTEGER NOT NULL REFERENCES child (id),
            school_year INTEGER NOT NULL CHECK (school_year BETWEEN 2000 AND 2100),
            school TEXT NOT NULL,
            uai TEXT NOT NULL DEFAULT '',
            level TEXT NOT NULL CHECK (level IN ('tps', 'ps', 'ms', 'gs', 'cp', 'ce1', 'ce2', 'cm1', 'cm2', '6e', '5e',
                '4e', '3e', '2de', '1re', 'tle', 'other', 'none', 'unknown')),
            class_name TEXT NOT NULL DEFAULT '',
            qpv TEXT NOT NULL CHECK (qpv IN ('yes', 'no', 'unknown')),
            priority TEXT NOT NULL CHECK (priority IN ('none', 'rep', 'rep_plus', 'unknown')),
            version INTEGER NOT NULL DEFAULT 1,
            UNIQUE (child_id, school_year)
        ) STRICT""",
        "CREATE TABLE household (id INTEGER PRIMARY KEY, version INTEGER NOT NULL DEFAULT 1) STRICT",
        """CREATE TABLE household_adult (
            id INTEGER PRIMARY KEY,
            household_id INTEGER NOT NULL REFERENCES household (id),
            identity_id INTEGER NOT NULL UNIQUE REFERENCES identity (id),
            relation TEXT NOT NULL CHECK (relation IN ('mother', 'father', 'guardian', 'other'))
        ) STRICT""",
        "CREATE INDEX household_adult_household ON household_adult (household_id)",
        "ALTER TABLE child ADD COLUMN household_id INTEGER REFERENCES household (id)",
        "CREATE INDEX child_household ON child (household_id)",
    ):
        db.execute(statement)


@pathways(name="0007_actions_and_hand_overs")
def actions_and_hand_overs(db: Database) -> None:
    """What is done for the child, with its hours and cost; who is asked to take the child over.

    `sealed` replaces the label of an action about health or justice.
    """
    for statement in (
        """CREATE TABLE pathway_action (
            id INTEGER PRIMARY KEY,
            pathway_id INTEGER NOT NULL REFERENCES pathway (id),
            domain TEXT NOT NULL,
            label TEXT NOT NULL,
            sealed BLOB,
            organisation_id INTEGER REFERENCES organisation (id),
            rhythm TEXT NOT NULL DEFAULT '',
            started_on TEXT NOT NULL,
            ended_on TEXT,
            hours REAL CHECK (hours >= 0),
            cost_cents INTEGER CHECK (cost_cents >= 0),
            cofunded_cents INTEGER CHECK (cofunded_cents >= 0),
            cofunder TEXT NOT NULL DEFAULT '',
            version INTEGER NOT NULL DEFAULT 1
        ) STRICT""",
        "CREATE INDEX pathway_action_pathway ON pathway_action (pathway_id, started_on)",
        """CREATE TABLE hand_over (
            id INTEGER PRIMARY KEY,
            pathway_id INTEGER NOT NULL REFERENCES pathway (id),
            member_id INTEGER NOT NULL REFERENCES member (id),
            proposed_by INTEGER REFERENCES member (id),
            proposed_on TEXT NOT NULL,
            since TEXT NOT NULL,
            answer TEXT NOT NULL DEFAULT 'waiting' CHECK (answer IN ('waiting', 'accepted', 'refused', 'withdrawn')),
            answered_on TEXT,
            reason TEXT NOT NULL DEFAULT ''
        ) STRICT""",
        "CREATE UNIQUE INDEX hand_over_waiting ON hand_over (pathway_id) WHERE answer = 'waiting'",
        "CREATE INDEX hand_over_pathway ON hand_over (pathway_id)",
    ):
        db.execute(statement)


@pathways(name="0008_episodes")
def episodes(db: Database) -> None:
    """A pathway may be reopened: its exit stays, dated and closed by `reopened_on`; one exit at most is in force."""
    for statement in (
        """CREATE TABLE pathway_exit_new (
            id INTEGER PRIMARY KEY,
            pathway_id INTEGER NOT NULL REFERENCES pathway (id),
            ended_on TEXT NOT NULL,
            reason TEXT NOT NULL,
            relay TEXT NOT NULL,
            child_opinion TEXT NOT NULL DEFAULT '',
            parents_opinion TEXT NOT NULL DEFAULT '',
            referent_opinion TEXT NOT NULL DEFAULT '',
            reopened_on TEXT CHECK (reopened_on >= ended_on),
            reopening_reason TEXT NOT NULL DEFAULT ''
        ) STRICT""",
        """INSERT INTO pathway_exit_new (id, pathway_id, ended_on, reason, relay, child_opinion, parents_opinion,
            referent_opinion) SELECT id, pathway_id, ended_on, reason, relay, child_opinion, parents_opinion,
            referent_opinion FROM pathway_exit""",
        "DROP TABLE pathway_exit",
        "ALTER TABLE pathway_exit_new RENAME TO pathway_exit",
        "CREATE INDEX pathway_exit_pathway ON pathway_exit (pathway_id)",
        "CREATE UNIQUE INDEX pathway_exit_in_force ON pathway_exit (pathway_id) WHERE reopened_on IS NULL",
        "ALTER TABLE pathway ADD COLUMN expected_end_on TEXT",
        "ALTER TABLE objective ADD COLUMN starting_level INTEGER CHECK (starting_level BETWEEN 1 AND 5)",
        "ALTER TABLE objective_result ADD COLUMN level INTEGER CHECK (level BETWEEN 1 AND 5)",
        "ALTER TABLE follow_up_note ADD COLUMN with_whom TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE follow_up_note ADD COLUMN shared_key TEXT",
        "CREATE INDEX follow_up_note_shared ON follow_up_note (shared_key) WHERE shared_key IS NOT NULL",
    ):
        db.execute(statement)


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
