"""Families reached by parents' workshops; their names are in the identity table."""

from sqlite_utils import Database, Migrations

families = Migrations("impact.families")


@families(name="0001_families")
def families_and_presences(db: Database) -> None:
    """`situation_id` is the pathway to which the family agreed to be linked, on that day."""
    for statement in (
        """CREATE TABLE family (
            id INTEGER PRIMARY KEY,
            identity_id INTEGER NOT NULL UNIQUE REFERENCES identity (id),
            situation_id INTEGER REFERENCES situation (id),
            linked_on TEXT,
            CHECK ((situation_id IS NULL) = (linked_on IS NULL))
        ) STRICT""",
        "CREATE INDEX family_situation ON family (situation_id)",
        """CREATE TABLE family_presence (
            workshop_id INTEGER NOT NULL REFERENCES workshop (id),
            family_id INTEGER NOT NULL REFERENCES family (id),
            adults INTEGER NOT NULL CHECK (adults BETWEEN 0 AND 20),
            children INTEGER NOT NULL CHECK (children BETWEEN 0 AND 20),
            PRIMARY KEY (workshop_id, family_id),
            CHECK (adults + children > 0)
        ) STRICT""",
        "CREATE INDEX family_presence_family ON family_presence (family_id)",
    ):
        db.execute(statement)
