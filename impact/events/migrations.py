"""Series of events, counts by institution, counts by class."""

from sqlite_utils import Database, Migrations

events = Migrations("impact.events")


@events(name="0001_events")
def series_and_events(db: Database) -> None:
    """Nobody is named: heads are counted by kind of institution, or by class; `wave_id` is a wave of a questionnaire."""
    kinds = """'state', 'national_education', 'local_authority', 'association',
                'social_security', 'health', 'research', 'firm', 'inhabitants', 'other'"""
    for statement in (
        """CREATE TABLE event_series (
            id INTEGER PRIMARY KEY,
            kind TEXT NOT NULL CHECK (kind IN ('day', 'webinar', 'forum', 'sequence')),
            title TEXT NOT NULL,
            objective TEXT NOT NULL,
            version INTEGER NOT NULL DEFAULT 1
        ) STRICT""",
        f"""CREATE TABLE series_target (
            series_id INTEGER NOT NULL REFERENCES event_series (id),
            kind TEXT NOT NULL CHECK (kind IN ({kinds})),
            percent INTEGER NOT NULL CHECK (percent BETWEEN 1 AND 100),
            PRIMARY KEY (series_id, kind)
        ) STRICT""",
        """CREATE TABLE event (
            id INTEGER PRIMARY KEY,
            series_id INTEGER NOT NULL REFERENCES event_series (id),
            title TEXT NOT NULL,
            held_on TEXT NOT NULL,
            place TEXT NOT NULL,
            wave_id INTEGER,
            version INTEGER NOT NULL DEFAULT 1
        ) STRICT""",
        "CREATE INDEX event_in_series ON event (series_id, held_on)",
        f"""CREATE TABLE event_presence (
            event_id INTEGER NOT NULL REFERENCES event (id) ON DELETE CASCADE,
            kind TEXT NOT NULL CHECK (kind IN ({kinds})),
            registered INTEGER NOT NULL CHECK (registered BETWEEN 0 AND 100000),
            excused INTEGER NOT NULL CHECK (excused BETWEEN 0 AND registered),
            on_site INTEGER NOT NULL CHECK (on_site BETWEEN 0 AND 100000),
            remote INTEGER NOT NULL CHECK (remote BETWEEN 0 AND 100000),
            PRIMARY KEY (event_id, kind)
        ) STRICT""",
        """CREATE TABLE series_class (
            id INTEGER PRIMARY KEY,
            series_id INTEGER NOT NULL REFERENCES event_series (id),
            name TEXT NOT NULL,
            size INTEGER CHECK (size BETWEEN 1 AND 1000),
            UNIQUE (series_id, name)
        ) STRICT""",
        """CREATE TABLE class_presence (
            event_id INTEGER NOT NULL REFERENCES event (id) ON DELETE CASCADE,
            class_id INTEGER NOT NULL REFERENCES series_class (id),
            present INTEGER NOT NULL CHECK (present BETWEEN 1 AND 1000),
            PRIMARY KEY (event_id, class_id)
        ) STRICT""",
    ):
        db.execute(statement)
