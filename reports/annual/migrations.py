"""The sheet of a year, and the definitions under which the year was counted."""

from sqlite_utils import Database, Migrations

annual = Migrations("reports.annual")


@annual(name="0001_year_sheet")
def year_sheet(db: Database) -> None:
    """What no follow-up holds: means and money; amounts are in cents. A definition kept is that of one figure."""
    for statement in (
        """CREATE TABLE year_sheet (
            period TEXT PRIMARY KEY,
            carrier TEXT NOT NULL CHECK (carrier IN ('ccas', 'caisse', 'gip', 'eple', 'regie', 'other', 'unknown')),
            state_credits INTEGER CHECK (state_credits >= 0),
            town_credits INTEGER CHECK (town_credits >= 0),
            other_credits INTEGER CHECK (other_credits >= 0),
            coordinators_fte REAL CHECK (coordinators_fte >= 0),
            referents_fte REAL CHECK (referents_fte >= 0),
            districts INTEGER CHECK (districts >= 0),
            teams INTEGER CHECK (teams >= 0),
            profile_1 INTEGER CHECK (profile_1 >= 0),
            profile_2 INTEGER CHECK (profile_2 >= 0),
            profile_3 INTEGER CHECK (profile_3 >= 0),
            profile_4 INTEGER CHECK (profile_4 >= 0),
            profile_words TEXT NOT NULL DEFAULT '',
            individual_rate REAL CHECK (individual_rate BETWEEN 0 AND 100),
            individual_words TEXT NOT NULL DEFAULT '',
            version INTEGER NOT NULL DEFAULT 1
        ) STRICT""",
        """CREATE TABLE year_definition (
            period TEXT NOT NULL,
            code TEXT NOT NULL,
            choice TEXT NOT NULL,
            version INTEGER NOT NULL,
            PRIMARY KEY (period, code)
        ) STRICT""",
    ):
        db.execute(statement)
