"""Answers read from a file and not confirmed yet."""

from sqlite_utils import Database, Migrations

exchange = Migrations("exchange")


@exchange(name="0001_answer_imports")
def answers_waiting_for_confirmation(db: Database) -> None:
    """`content` is JSON: entries, refusals, ignored columns; the row leaves when it is confirmed or given up."""
    db.execute(
        """CREATE TABLE answer_import (
            id INTEGER PRIMARY KEY,
            wave_id INTEGER NOT NULL REFERENCES wave (id),
            name TEXT NOT NULL,
            content TEXT NOT NULL
        ) STRICT"""
    )
