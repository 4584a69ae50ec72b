"""Roadmap, five conditions, experience sheets, time of the coordination."""

from sqlite_utils import Database, Migrations

plans = Migrations("impact.plans")


@plans(name="0001_roadmap")
def roadmap(db: Database) -> None:
    """Objective → action → step; `closed_on` is the day a step was done or dropped."""
    for statement in (
        """CREATE TABLE roadmap_objective (
            id INTEGER PRIMARY KEY,
            title TEXT NOT NULL,
            version INTEGER NOT NULL DEFAULT 1
        ) STRICT""",
        """CREATE TABLE roadmap_action (
            id INTEGER PRIMARY KEY,
            objective_id INTEGER NOT NULL REFERENCES roadmap_objective (id),
            title TEXT NOT NULL,
            version INTEGER NOT NULL DEFAULT 1
        ) STRICT""",
        "CREATE INDEX roadmap_action_objective ON roadmap_action (objective_id)",
        """CREATE TABLE roadmap_step (
            id INTEGER PRIMARY KEY,
            action_id INTEGER NOT NULL REFERENCES roadmap_action (id),
            title TEXT NOT NULL,
            owner_id INTEGER NOT NULL REFERENCES member (id),
            starts_on TEXT NOT NULL,
            due_on TEXT NOT NULL CHECK (due_on >= starts_on),
            state TEXT NOT NULL DEFAULT 'to_do' CHECK (state IN ('to_do', 'under_way', 'done', 'dropped')),
            closed_on TEXT,
            drop_reason TEXT NOT NULL DEFAULT '',
            evidence TEXT NOT NULL DEFAULT '',
            version INTEGER NOT NULL DEFAULT 1,
            CHECK ((closed_on IS NULL) = (state = 'to_do' OR state = 'under_way'))
        ) STRICT""",
        "CREATE INDEX roadmap_step_action ON roadmap_step (action_id, due_on)",
        "CREATE INDEX roadmap_step_owner ON roadmap_step (owner_id)",
        """CREATE TABLE roadmap_partner (
            step_id INTEGER NOT NULL REFERENCES roadmap_step (id),
            organisation_id INTEGER NOT NULL REFERENCES organisation (id),
            PRIMARY KEY (step_id, organisation_id)
        ) STRICT""",
        "CREATE INDEX roadmap_partner_organisation ON roadmap_partner (organisation_id)",
    ):
        db.execute(statement)


@plans(name="0002_conditions")
def conditions(db: Database) -> None:
    """Rounds of self-assessment, one answer a member and condition; what the data showed is kept when a round closes."""
    for statement in (
        """CREATE TABLE condition_round (
            id INTEGER PRIMARY KEY,
            opened_on TEXT NOT NULL,
            closed_on TEXT CHECK (closed_on >= opened_on)
        ) STRICT""",
        "CREATE UNIQUE INDEX condition_round_open ON condition_round (ifnull(closed_on, '')) WHERE closed_on IS NULL",
        """CREATE TABLE condition_answer (
            round_id INTEGER NOT NULL REFERENCES condition_round (id),
            member_id INTEGER NOT NULL REFERENCES member (id),
            condition TEXT NOT NULL CHECK (condition IN ('common_agenda', 'common_measurement', 'reinforcing_actions',
                'continuous_communication', 'backbone')),
            level TEXT NOT NULL CHECK (level IN ('absent', 'begun', 'working', 'rooted')),
            evidence TEXT NOT NULL,
            PRIMARY KEY (round_id, member_id, condition)
        ) STRICT""",
        "CREATE INDEX condition_answer_member ON condition_answer (member_id)",
        """CREATE TABLE condition_measure (
            round_id INTEGER NOT NULL REFERENCES condition_round (id),
            measure TEXT NOT NULL CHECK (measure IN ('objectives', 'indicators', 'shared_steps', 'workshops',
                'kept_steps')),
            value INTEGER,
            base INTEGER,
            PRIMARY KEY (round_id, measure)
        ) STRICT""",
    ):
        db.execute(statement)


@plans(name="0003_experience_sheets")
def experience_sheets(db: Database) -> None:
    """A sheet, its place in the census, its eleven headings; `actor_kinds` is a JSON list of kinds of organisation."""
    for statement in (
        """CREATE TABLE experience_sheet (
            id INTEGER PRIMARY KEY,
            title TEXT NOT NULL,
            kind TEXT NOT NULL,
            actor_kinds TEXT NOT NULL,
            scale TEXT NOT NULL CHECK (scale IN ('district', 'town', 'intercommunal', 'department', 'region',
                'country')),
            centre TEXT NOT NULL,
            version INTEGER NOT NULL DEFAULT 1
        ) STRICT""",
        """CREATE TABLE experience_text (
            sheet_id INTEGER NOT NULL REFERENCES experience_sheet (id),
            heading TEXT NOT NULL CHECK (heading IN ('identity', 'context', 'objectives', 'measures', 'actors',
                'results', 'indicators', 'lessons', 'contacts', 'resources', 'comment')),
            words TEXT NOT NULL,
            PRIMARY KEY (sheet_id, heading)
        ) STRICT""",
    ):
        db.execute(statement)


@plans(name="0004_decisions_time_and_measures")
def decisions_time_and_measures(db: Database) -> None:
    """The decision that made a step; the time of the coordination; more of what data show beside the conditions."""
    for statement in (
        "ALTER TABLE roadmap_step ADD COLUMN decision_id INTEGER REFERENCES community_decision (id)",
        "CREATE INDEX roadmap_step_decision ON roadmap_step (decision_id)",
        """CREATE TABLE coordination_time (
            id INTEGER PRIMARY KEY,
            member_id INTEGER NOT NULL REFERENCES member (id),
            day TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('reporting', 'people')),
            minutes INTEGER NOT NULL CHECK (minutes BETWEEN 1 AND 1440),
            note TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX coordination_time_member ON coordination_time (member_id)",
        """CREATE TABLE condition_measure_new (
            round_id INTEGER NOT NULL REFERENCES condition_round (id),
            measure TEXT NOT NULL CHECK (measure IN ('objectives', 'indicators', 'shared_steps', 'workshops',
                'kept_steps', 'links', 'meetings', 'time')),
            value INTEGER,
            base INTEGER,
            PRIMARY KEY (round_id, measure)
        ) STRICT""",
        "INSERT INTO condition_measure_new SELECT round_id, measure, value, base FROM condition_measure",
        "DROP TABLE condition_measure",
        "ALTER TABLE condition_measure_new RENAME TO condition_measure",
    ):
        db.execute(statement)
