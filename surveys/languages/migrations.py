"""Languages whose interface words a community writes itself."""

from sqlite_utils import Database, Migrations

languages = Migrations("languages")


@languages(name="0001_languages")
def languages_of_a_community(db: Database) -> None:
    """`words` is JSON by name of word; a language is offered to respondents once every word is written."""
    db.execute(
        """CREATE TABLE language (
            code TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            direction TEXT NOT NULL CHECK (direction IN ('ltr', 'rtl')),
            words TEXT NOT NULL DEFAULT '{}',
            version INTEGER NOT NULL DEFAULT 1
        ) STRICT, WITHOUT ROWID"""
    )
