"""A child's file: the situation addressed to the PRE is the root; the child's name is in the identity table."""

from sqlite_utils import Database, Migrations

pathways = Migrations("impact.pathways")


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
