"""Schools, their published figures of each year, and the rule that says which are far from the mean."""

from sqlite_utils import Database, Migrations

schools = Migrations("impact.schools")


@schools(name="0001_schools")
def schools_by_year(db: Database) -> None:
    """`year` is that of the start of the school year. Residents are the pupils who live in the school's sector;
    those who stayed go to it."""
    for statement in (
        """CREATE TABLE school (
            id INTEGER PRIMARY KEY,
            uai TEXT UNIQUE,
            name TEXT NOT NULL,
            commune TEXT NOT NULL,
            level TEXT NOT NULL CHECK (level IN ('primary', 'college', 'lycee')),
            sector TEXT NOT NULL CHECK (sector IN ('public', 'private'))
        ) STRICT""",
        """CREATE TABLE school_year (
            school_id INTEGER NOT NULL REFERENCES school (id),
            year INTEGER NOT NULL CHECK (year BETWEEN 2000 AND 2100),
            pupils INTEGER CHECK (pupils > 0),
            ips REAL CHECK (ips > 0),
            ips_sd REAL CHECK (ips_sd >= 0),
            very_favoured INTEGER CHECK (very_favoured >= 0),
            favoured INTEGER CHECK (favoured >= 0),
            middle INTEGER CHECK (middle >= 0),
            disadvantaged INTEGER CHECK (disadvantaged >= 0),
            residents INTEGER CHECK (residents >= 0),
            stayed INTEGER CHECK (stayed BETWEEN 0 AND residents),
            residents_disadvantaged INTEGER CHECK (residents_disadvantaged BETWEEN 0 AND residents),
            stayed_disadvantaged INTEGER CHECK (stayed_disadvantaged BETWEEN 0 AND residents_disadvantaged),
            version INTEGER NOT NULL DEFAULT 1,
            PRIMARY KEY (school_id, year)
        ) STRICT""",
        "CREATE INDEX school_year_year ON school_year (year)",
        """CREATE TABLE mix_rule (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            threshold REAL NOT NULL CHECK (threshold BETWEEN 1 AND 100),
            reference REAL CHECK (reference > 0),
            reference_words TEXT NOT NULL DEFAULT '',
            version INTEGER NOT NULL DEFAULT 1
        ) STRICT""",
    ):
        db.execute(statement)
