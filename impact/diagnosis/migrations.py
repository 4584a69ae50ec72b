"""Axes, findings, working groups, crossings, orientations; trends and the future; texts in two rounds."""

from sqlite_utils import Database, Migrations

diagnosis = Migrations("impact.diagnosis")


@diagnosis(name="0001_diagnosis")
def axes_and_findings(db: Database) -> None:
    """`indicator` is the code of a figure; `group_member` names those of a working group who are known."""
    for statement in (
        """CREATE TABLE axis (
            id INTEGER PRIMARY KEY,
            title TEXT NOT NULL UNIQUE,
            version INTEGER NOT NULL DEFAULT 1
        ) STRICT""",
        """CREATE TABLE working_group (
            id INTEGER PRIMARY KEY,
            axis_id INTEGER NOT NULL REFERENCES axis (id),
            step TEXT NOT NULL CHECK (step IN ('findings', 'crossing')),
            held_on TEXT NOT NULL,
            people INTEGER NOT NULL CHECK (people BETWEEN 1 AND 10000)
        ) STRICT""",
        """CREATE TABLE group_member (
            group_id INTEGER NOT NULL REFERENCES working_group (id),
            member_id INTEGER NOT NULL REFERENCES member (id),
            PRIMARY KEY (group_id, member_id)
        ) STRICT""",
        """CREATE TABLE finding (
            id INTEGER PRIMARY KEY,
            axis_id INTEGER NOT NULL REFERENCES axis (id),
            group_id INTEGER REFERENCES working_group (id),
            kind TEXT NOT NULL CHECK (kind IN ('strength', 'weakness', 'opportunity', 'threat')),
            words TEXT NOT NULL,
            use TEXT NOT NULL CHECK (use IN ('steering', 'accounting')),
            indicator TEXT,
            version INTEGER NOT NULL DEFAULT 1
        ) STRICT""",
        "CREATE INDEX finding_axis ON finding (axis_id)",
        """CREATE TABLE crossing (
            id INTEGER PRIMARY KEY,
            axis_id INTEGER NOT NULL REFERENCES axis (id),
            group_id INTEGER REFERENCES working_group (id),
            internal_id INTEGER NOT NULL REFERENCES finding (id),
            external_id INTEGER NOT NULL REFERENCES finding (id),
            words TEXT NOT NULL,
            UNIQUE (internal_id, external_id)
        ) STRICT""",
    ):
        db.execute(statement)


@diagnosis(name="0002_orientations")
def orientations(db: Database) -> None:
    """`examples` holds one example action a line; a validation keeps what it bore on."""
    for statement in (
        """CREATE TABLE strategic_orientation (
            id INTEGER PRIMARY KEY,
            title TEXT NOT NULL,
            examples TEXT NOT NULL,
            version INTEGER NOT NULL DEFAULT 1
        ) STRICT""",
        """CREATE TABLE orientation_axis (
            orientation_id INTEGER NOT NULL REFERENCES strategic_orientation (id),
            axis_id INTEGER NOT NULL REFERENCES axis (id),
            PRIMARY KEY (orientation_id, axis_id)
        ) STRICT""",
        """CREATE TABLE orientation_action (
            orientation_id INTEGER NOT NULL REFERENCES strategic_orientation (id),
            action_id INTEGER NOT NULL REFERENCES joint_action (id),
            PRIMARY KEY (orientation_id, action_id)
        ) STRICT""",
        """CREATE TABLE diagnosis_validation (
            meeting_id INTEGER PRIMARY KEY REFERENCES committee_meeting (id),
            findings INTEGER NOT NULL,
            crossings INTEGER NOT NULL,
            orientations INTEGER NOT NULL
        ) STRICT""",
    ):
        db.execute(statement)


@diagnosis(name="0003_prospective")
def prospective(db: Database) -> None:
    """What is coming, what is wished; texts of which each version is by another group."""
    for statement in (
        """CREATE TABLE trend (
            id INTEGER PRIMARY KEY,
            words TEXT NOT NULL,
            sense TEXT NOT NULL CHECK (sense IN ('carries', 'hinders', 'uncertain')),
            gathered_on TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE desired_future (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            horizon INTEGER NOT NULL CHECK (horizon BETWEEN 2000 AND 2100),
            words TEXT NOT NULL,
            version INTEGER NOT NULL DEFAULT 1
        ) STRICT""",
        """CREATE TABLE two_round_text (
            id INTEGER PRIMARY KEY,
            title TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE round_version (
            text_id INTEGER NOT NULL REFERENCES two_round_text (id),
            number INTEGER NOT NULL CHECK (number BETWEEN 1 AND 2),
            written_by TEXT NOT NULL,
            written_on TEXT NOT NULL,
            people INTEGER CHECK (people BETWEEN 1 AND 10000),
            words TEXT NOT NULL,
            PRIMARY KEY (text_id, number)
        ) STRICT""",
    ):
        db.execute(statement)
