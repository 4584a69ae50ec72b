"""Pictures and sounds beside the answers of a questionnaire."""

from sqlite_utils import Database, Migrations

media = Migrations("media")


@media(name="0001_choice_files")
def files_of_choices(db: Database) -> None:
    """A file is named by its own content, so that a version that was asked keeps the one it showed."""
    db.execute("CREATE TABLE choice_file (name TEXT PRIMARY KEY, content BLOB NOT NULL) STRICT, WITHOUT ROWID")
