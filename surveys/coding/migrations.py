"""The book of codes, what each reader put to each answer, and the quotes that may leave the house."""

from sqlite_utils import Database, Migrations

coding = Migrations("coding")


@coding(name="0001_coding")
def themes_and_readings(db: Database) -> None:
    """`reader` is a member, or 0 for what two readers settled together; whatever is tied to an answer goes with it."""
    for statement in (
        """CREATE TABLE answer_theme (
            id INTEGER PRIMARY KEY,
            questionnaire TEXT NOT NULL,
            question TEXT NOT NULL,
            label TEXT NOT NULL,
            meaning TEXT NOT NULL,
            version INTEGER NOT NULL DEFAULT 1,
            UNIQUE (questionnaire, question, label)
        ) STRICT""",
        """CREATE TABLE answer_reading (
            id INTEGER PRIMARY KEY,
            response_id INTEGER NOT NULL REFERENCES response (id) ON DELETE CASCADE,
            question TEXT NOT NULL,
            reader INTEGER NOT NULL,
            UNIQUE (response_id, question, reader)
        ) STRICT""",
        """CREATE TABLE answer_reading_theme (
            reading_id INTEGER NOT NULL REFERENCES answer_reading (id) ON DELETE CASCADE,
            theme_id INTEGER NOT NULL REFERENCES answer_theme (id),
            PRIMARY KEY (reading_id, theme_id)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE released_quote (
            response_id INTEGER NOT NULL REFERENCES response (id) ON DELETE CASCADE,
            question TEXT NOT NULL,
            words TEXT NOT NULL,
            released_by INTEGER NOT NULL,
            released_on TEXT NOT NULL,
            PRIMARY KEY (response_id, question)
        ) STRICT, WITHOUT ROWID""",
    ):
        db.execute(statement)
