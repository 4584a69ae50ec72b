"""The sheet that goes back to those who answered."""

from sqlite_utils import Database, Migrations

feedback = Migrations("feedback")


@feedback(name="0001_feedback")
def sheets(db: Database) -> None:
    """One sheet a wave and a language: a line a sentence."""
    db.execute(
        """CREATE TABLE feedback_sheet (
            wave_id INTEGER NOT NULL REFERENCES wave (id),
            language TEXT NOT NULL,
            told TEXT NOT NULL,
            will TEXT NOT NULL,
            version INTEGER NOT NULL DEFAULT 1,
            PRIMARY KEY (wave_id, language)
        ) STRICT, WITHOUT ROWID"""
    )
