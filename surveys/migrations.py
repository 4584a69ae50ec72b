"""Questionnaires as they were asked, waves, answers that cannot be traced to a person."""

from sqlite_utils import Database, Migrations

surveys = Migrations("surveys")


@surveys(name="0001_surveys")
def questionnaires_and_waves(db: Database) -> None:
    """`definition` freezes what was asked; a response holds a day, never a moment, an address or an account.

    Responses have random ids, and answers no row number: nothing tells in which order they came.
    """
    for statement in (
        """CREATE TABLE questionnaire (
            id INTEGER PRIMARY KEY,
            code TEXT NOT NULL,
            version INTEGER NOT NULL,
            title TEXT NOT NULL,
            definition TEXT NOT NULL,
            UNIQUE (code, version, definition)
        ) STRICT""",
        """CREATE TABLE wave (
            id INTEGER PRIMARY KEY,
            questionnaire_id INTEGER NOT NULL REFERENCES questionnaire (id),
            title TEXT NOT NULL,
            opens_on TEXT NOT NULL,
            closes_on TEXT NOT NULL CHECK (closes_on >= opens_on),
            closed_on TEXT,
            invited INTEGER CHECK (invited BETWEEN 1 AND 1000000),
            link_serial INTEGER NOT NULL DEFAULT 1,
            link_hash TEXT UNIQUE,
            version INTEGER NOT NULL DEFAULT 1
        ) STRICT""",
        """CREATE TABLE response (
            id INTEGER PRIMARY KEY,
            wave_id INTEGER NOT NULL REFERENCES wave (id),
            received_on TEXT NOT NULL,
            client_hash TEXT NOT NULL,
            UNIQUE (wave_id, client_hash)
        ) STRICT""",
        """CREATE TABLE answer (
            response_id INTEGER NOT NULL REFERENCES response (id),
            question TEXT NOT NULL,
            level INTEGER CHECK (level BETWEEN 1 AND 5),
            words TEXT,
            PRIMARY KEY (response_id, question),
            CHECK (level IS NULL OR words IS NULL)
        ) STRICT, WITHOUT ROWID""",
    ):
        db.execute(statement)


@surveys(name="0002_other_answers")
def answers_that_are_not_levels(db: Database) -> None:
    """A code of a list (one row each, in the order of preference), an amount, a day, or « ne sait pas, sans objet »."""
    db.execute(
        """CREATE TABLE other_answer (
            response_id INTEGER NOT NULL REFERENCES response (id),
            question TEXT NOT NULL,
            position INTEGER NOT NULL CHECK (position BETWEEN 1 AND 100),
            choice TEXT,
            amount REAL,
            day TEXT,
            aside INTEGER NOT NULL DEFAULT 0 CHECK (aside BETWEEN 0 AND 1),
            PRIMARY KEY (response_id, question, position),
            CHECK ((choice IS NOT NULL) + (amount IS NOT NULL) + (day IS NOT NULL) + aside = 1)
        ) STRICT, WITHOUT ROWID"""
    )


@surveys(name="0003_own_questionnaires")
def own_questionnaires(db: Database) -> None:
    """What a community writes itself, as it stands today; `questionnaire` keeps every version that was asked.

    `version` counts the savings; the version of the questionnaire is in its definition.
    """
    db.execute(
        """CREATE TABLE own_questionnaire (
            id INTEGER PRIMARY KEY,
            code TEXT NOT NULL UNIQUE,
            definition TEXT NOT NULL,
            version INTEGER NOT NULL DEFAULT 1
        ) STRICT"""
    )


@surveys(name="0004_withheld_answers")
def withheld_answers(db: Database) -> None:
    """Answers that serve no result while whoever gave them asked so; `counted_response` holds the others."""
    for statement in (
        "CREATE TABLE withheld_response (response_id INTEGER PRIMARY KEY REFERENCES response (id)) STRICT",
        "CREATE VIEW counted_response AS SELECT * FROM response WHERE id NOT IN (SELECT response_id FROM withheld_response)",
    ):
        db.execute(statement)
