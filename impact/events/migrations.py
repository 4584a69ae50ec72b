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


@events(name="0002_network")
def network(db: Database) -> None:
    """The public agenda, at an address that holds `token`; offers and what members say of them; resources."""
    for statement in (
        """CREATE TABLE public_agenda (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            token TEXT NOT NULL UNIQUE
        ) STRICT""",
        """CREATE TABLE network_offer (
            id INTEGER PRIMARY KEY,
            organisation_id INTEGER NOT NULL REFERENCES organisation (id),
            title TEXT NOT NULL,
            words TEXT NOT NULL,
            offered_on TEXT NOT NULL,
            withdrawn_on TEXT
        ) STRICT""",
        """CREATE TABLE offer_opinion (
            offer_id INTEGER NOT NULL REFERENCES network_offer (id),
            member_id INTEGER NOT NULL REFERENCES member (id),
            relevance TEXT NOT NULL CHECK (relevance IN ('none', 'little', 'useful', 'essential')),
            PRIMARY KEY (offer_id, member_id)
        ) STRICT""",
        """CREATE TABLE network_resource (
            id INTEGER PRIMARY KEY,
            title TEXT NOT NULL,
            words TEXT NOT NULL,
            address TEXT NOT NULL,
            theme TEXT NOT NULL,
            added_on TEXT NOT NULL
        ) STRICT""",
    ):
        db.execute(statement)
