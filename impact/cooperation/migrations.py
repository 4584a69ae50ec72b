"""Key questions, links between organisations, joint actions, organisations' sheets, committee meetings."""

from sqlite_utils import Database, Migrations

cooperation = Migrations("impact.cooperation")


@cooperation(name="0001_questions_and_links")
def questions_and_links(db: Database) -> None:
    """A link joins two organisations (the smaller id first) in one round; each of them says what it is."""
    for statement in (
        """CREATE TABLE key_question (
            id INTEGER PRIMARY KEY,
            words TEXT NOT NULL,
            proposed_on TEXT NOT NULL,
            validated_on TEXT,
            merged_into INTEGER REFERENCES key_question (id) CHECK (merged_into <> id),
            merged_on TEXT,
            version INTEGER NOT NULL DEFAULT 1,
            CHECK ((merged_into IS NULL) = (merged_on IS NULL)),
            CHECK (validated_on IS NULL OR merged_on IS NULL)
        ) STRICT""",
        """CREATE TABLE link_round (
            id INTEGER PRIMARY KEY,
            held_on TEXT NOT NULL UNIQUE,
            version INTEGER NOT NULL DEFAULT 1
        ) STRICT""",
        """CREATE TABLE organisation_link (
            id INTEGER PRIMARY KEY,
            round_id INTEGER NOT NULL REFERENCES link_round (id),
            first_id INTEGER NOT NULL REFERENCES organisation (id),
            second_id INTEGER NOT NULL REFERENCES organisation (id),
            question_id INTEGER REFERENCES key_question (id),
            CHECK (first_id < second_id)
        ) STRICT""",
        """CREATE UNIQUE INDEX organisation_link_once
            ON organisation_link (round_id, first_id, second_id, coalesce(question_id, 0))""",
        """CREATE TABLE link_declaration (
            link_id INTEGER NOT NULL REFERENCES organisation_link (id) ON DELETE CASCADE,
            declarer_id INTEGER NOT NULL REFERENCES organisation (id),
            kind TEXT NOT NULL CHECK (kind IN ('existing', 'to_create')),
            declared_on TEXT NOT NULL,
            made_on TEXT CHECK (made_on IS NULL OR kind = 'to_create'),
            PRIMARY KEY (link_id, declarer_id)
        ) STRICT""",
    ):
        db.execute(statement)


@cooperation(name="0002_actions")
def actions(db: Database) -> None:
    """Amounts are whole euros."""
    for statement in (
        """CREATE TABLE joint_action (
            id INTEGER PRIMARY KEY,
            title TEXT NOT NULL,
            summary TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('idea', 'planned', 'under_way', 'done', 'stopped')),
            lead_id INTEGER NOT NULL REFERENCES organisation (id),
            audience TEXT NOT NULL,
            territory TEXT NOT NULL,
            question_id INTEGER REFERENCES key_question (id),
            starts_on TEXT,
            ends_on TEXT,
            version INTEGER NOT NULL DEFAULT 1
        ) STRICT""",
        """CREATE TABLE action_partner (
            action_id INTEGER NOT NULL REFERENCES joint_action (id),
            organisation_id INTEGER NOT NULL REFERENCES organisation (id),
            PRIMARY KEY (action_id, organisation_id)
        ) STRICT""",
        """CREATE TABLE action_age_band (
            action_id INTEGER NOT NULL REFERENCES joint_action (id),
            band TEXT NOT NULL CHECK (band IN ('0-3', '4-5', '6-10', '11-15', '16-18', '19-25', 'adults')),
            PRIMARY KEY (action_id, band)
        ) STRICT""",
        """CREATE TABLE action_funding (
            id INTEGER PRIMARY KEY,
            action_id INTEGER NOT NULL REFERENCES joint_action (id),
            funder TEXT NOT NULL,
            asked INTEGER CHECK (asked >= 0),
            granted INTEGER CHECK (granted >= 0),
            spent INTEGER CHECK (spent >= 0),
            version INTEGER NOT NULL DEFAULT 1,
            UNIQUE (action_id, funder)
        ) STRICT""",
    ):
        db.execute(statement)


@cooperation(name="0003_meetings")
def meetings(db: Database) -> None:
    """Parents and young people are counted and never named; `decisions` holds one decision a line."""
    for statement in (
        """CREATE TABLE committee_meeting (
            id INTEGER PRIMARY KEY,
            kind TEXT NOT NULL CHECK (kind IN ('steering', 'technical', 'monitoring', 'troika')),
            held_on TEXT NOT NULL,
            place TEXT NOT NULL,
            agenda TEXT NOT NULL,
            minutes TEXT NOT NULL DEFAULT '',
            decisions TEXT NOT NULL DEFAULT '',
            parents INTEGER CHECK (parents BETWEEN 0 AND 10000),
            young_people INTEGER CHECK (young_people BETWEEN 0 AND 10000),
            version INTEGER NOT NULL DEFAULT 1
        ) STRICT""",
        """CREATE TABLE committee_presence (
            meeting_id INTEGER NOT NULL REFERENCES committee_meeting (id) ON DELETE CASCADE,
            organisation_id INTEGER NOT NULL REFERENCES organisation (id),
            people INTEGER NOT NULL CHECK (people BETWEEN 1 AND 10000),
            PRIMARY KEY (meeting_id, organisation_id)
        ) STRICT""",
    ):
        db.execute(statement)


@cooperation(name="0004_organisation_sheet")
def organisation_sheet(db: Database) -> None:
    """What an organisation says of itself, and who agrees that her contact details be shown."""
    for statement in (
        """CREATE TABLE organisation_sheet (
            organisation_id INTEGER PRIMARY KEY REFERENCES organisation (id),
            missions TEXT NOT NULL,
            publics TEXT NOT NULL,
            territory TEXT NOT NULL,
            strengths TEXT NOT NULL,
            obstacles TEXT NOT NULL,
            offered TEXT NOT NULL,
            sought TEXT NOT NULL,
            version INTEGER NOT NULL DEFAULT 1
        ) STRICT""",
        """CREATE TABLE organisation_level (
            organisation_id INTEGER NOT NULL REFERENCES organisation (id),
            level TEXT NOT NULL CHECK (level IN ('field', 'management', 'decision')),
            PRIMARY KEY (organisation_id, level)
        ) STRICT""",
        """CREATE TABLE contact_consent (
            member_id INTEGER PRIMARY KEY REFERENCES member (id),
            agreed_on TEXT NOT NULL
        ) STRICT""",
    ):
        db.execute(statement)


@cooperation(name="0005_mandates_and_grids")
def mandates_and_grids(db: Database) -> None:
    """A person's mandate; how an organisation meets its counterpart at each level; what a funder rewards in an action."""
    for statement in (
        """CREATE TABLE member_mandate (
            member_id INTEGER PRIMARY KEY REFERENCES member (id),
            given_by TEXT NOT NULL,
            given_on TEXT NOT NULL,
            until_on TEXT CHECK (until_on >= given_on),
            version INTEGER NOT NULL DEFAULT 1
        ) STRICT""",
        """CREATE TABLE counterpart (
            organisation_id INTEGER NOT NULL REFERENCES organisation (id),
            level TEXT NOT NULL CHECK (level IN ('field', 'management', 'decision')),
            form TEXT NOT NULL CHECK (form IN ('formal', 'informal', 'network', 'none')),
            whom TEXT NOT NULL,
            PRIMARY KEY (organisation_id, level)
        ) STRICT""",
        """CREATE TABLE action_criterion (
            action_id INTEGER NOT NULL REFERENCES joint_action (id),
            criterion TEXT NOT NULL CHECK (criterion IN ('inhabitants', 'lasting', 'evaluation', 'practice')),
            answer TEXT NOT NULL CHECK (answer IN ('yes', 'partly', 'no')),
            PRIMARY KEY (action_id, criterion)
        ) STRICT""",
    ):
        db.execute(statement)


@cooperation(name="0006_domains_of_organisations")
def domains_of_organisations(db: Database) -> None:
    """In which fields an organisation acts: health, leisure, school…"""
    db.execute("ALTER TABLE organisation_sheet ADD COLUMN domains TEXT NOT NULL DEFAULT ''")
