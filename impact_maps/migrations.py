"""Value chains: boxes in columns, links, indicators hung on boxes."""

from sqlite_utils import Database, Migrations

impact_maps = Migrations("impact_maps")
shared_maps = Migrations("impact_maps.shared")


@impact_maps(name="0001_value_chain")
def value_chain(db: Database) -> None:
    """`target` says for whom value is created; `indicator` and `category` name a current figure.

    A removed box keeps its row and its links for thirty days, so that removing can be undone.
    """
    for statement in (
        """CREATE TABLE value_chain (
            id INTEGER PRIMARY KEY,
            title TEXT NOT NULL,
            version INTEGER NOT NULL DEFAULT 1
        ) STRICT""",
        """CREATE TABLE chain_box (
            id INTEGER PRIMARY KEY,
            chain_id INTEGER NOT NULL REFERENCES value_chain (id),
            stage TEXT NOT NULL CHECK (stage IN ('resources', 'activities', 'results', 'value')),
            label TEXT NOT NULL,
            position INTEGER NOT NULL,
            target TEXT CHECK (target IN ('families', 'territory', 'structures')),
            indicator TEXT NOT NULL DEFAULT '',
            category TEXT NOT NULL DEFAULT '',
            removed_on TEXT,
            version INTEGER NOT NULL DEFAULT 1,
            CHECK ((stage = 'value') = (target IS NOT NULL))
        ) STRICT""",
        "CREATE INDEX chain_box_chain ON chain_box (chain_id, position)",
        """CREATE TABLE chain_link (
            chain_id INTEGER NOT NULL REFERENCES value_chain (id),
            from_box INTEGER NOT NULL REFERENCES chain_box (id) ON DELETE CASCADE,
            to_box INTEGER NOT NULL REFERENCES chain_box (id) ON DELETE CASCADE,
            PRIMARY KEY (from_box, to_box),
            CHECK (from_box <> to_box)
        ) STRICT""",
    ):
        db.execute(statement)


@impact_maps(name="0002_assumptions")
def assumptions(db: Database) -> None:
    """A link is an assumption: `answer` is what the community does of one that was contradicted."""
    for statement in (
        "ALTER TABLE chain_link ADD COLUMN assumption TEXT NOT NULL DEFAULT ''",
        """ALTER TABLE chain_link ADD COLUMN state TEXT NOT NULL DEFAULT 'untested'
            CHECK (state IN ('untested', 'supported', 'contradicted'))""",
        "ALTER TABLE chain_link ADD COLUMN assessed_on TEXT",
        "ALTER TABLE chain_link ADD COLUMN evidence TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE chain_link ADD COLUMN answer TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE chain_link ADD COLUMN assessed_by INTEGER REFERENCES member (id)",
        "ALTER TABLE chain_link ADD COLUMN version INTEGER NOT NULL DEFAULT 1",
    ):
        db.execute(statement)


@impact_maps(name="0003_six_columns")
def six_columns(db: Database) -> None:
    """Outputs and lasting effects between activities and value; an effect may say for whom, value must."""
    for statement in (
        """CREATE TABLE chain_box_new (
            id INTEGER PRIMARY KEY,
            chain_id INTEGER NOT NULL REFERENCES value_chain (id),
            stage TEXT NOT NULL
                CHECK (stage IN ('resources', 'activities', 'outputs', 'results', 'lasting', 'value')),
            label TEXT NOT NULL,
            position INTEGER NOT NULL,
            target TEXT CHECK (target IN ('families', 'territory', 'structures')),
            indicator TEXT NOT NULL DEFAULT '',
            category TEXT NOT NULL DEFAULT '',
            removed_on TEXT,
            version INTEGER NOT NULL DEFAULT 1,
            CHECK (stage <> 'value' OR target IS NOT NULL),
            CHECK (target IS NULL OR (stage <> 'resources' AND stage <> 'activities' AND stage <> 'outputs'))
        ) STRICT""",
        """INSERT INTO chain_box_new (id, chain_id, stage, label, position, target, indicator, category, removed_on,
            version) SELECT id, chain_id, stage, label, position, target, indicator, category, removed_on, version
            FROM chain_box""",
        "DROP TABLE chain_box",
        "ALTER TABLE chain_box_new RENAME TO chain_box",
        "CREATE INDEX chain_box_chain ON chain_box (chain_id, position)",
    ):
        db.execute(statement)


@impact_maps(name="0004_revisions_and_template")
def revisions_and_template(db: Database) -> None:
    """What the chain was after each change: `name` when people meet around it, `restores` when it was brought back.

    `template_revision` is the chain as it came from a template: what changed since is local.
    """
    for statement in (
        """CREATE TABLE chain_revision (
            id INTEGER PRIMARY KEY,
            chain_id INTEGER NOT NULL REFERENCES value_chain (id),
            number INTEGER NOT NULL,
            at TEXT NOT NULL,
            author INTEGER REFERENCES member (id),
            summary TEXT NOT NULL,
            name TEXT NOT NULL DEFAULT '',
            restores INTEGER,
            content TEXT NOT NULL,
            UNIQUE (chain_id, number)
        ) STRICT""",
        "ALTER TABLE value_chain ADD COLUMN template TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE value_chain ADD COLUMN template_version INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE value_chain ADD COLUMN template_revision INTEGER NOT NULL DEFAULT 0",
    ):
        db.execute(statement)


@impact_maps(name="0005_impact_tree")
def impact_tree(db: Database) -> None:
    """One line per impact; lines of one public and of the same words of objective belong together."""
    db.execute(
        """CREATE TABLE tree_impact (
            id INTEGER PRIMARY KEY,
            public TEXT NOT NULL CHECK (public IN ('children', 'young', 'families', 'teachers', 'actors')),
            objective TEXT NOT NULL,
            words TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('observed', 'observable')),
            observed_on TEXT,
            evidence TEXT NOT NULL DEFAULT '',
            indicator TEXT NOT NULL DEFAULT '',
            category TEXT NOT NULL DEFAULT '',
            version INTEGER NOT NULL DEFAULT 1,
            CHECK ((state = 'observed') = (observed_on IS NOT NULL))
        ) STRICT"""
    )


@impact_maps(name="0006_own_indicators")
def own_indicators(db: Database) -> None:
    """What a community measures in its own words: read from a figure, or entered by hand; every change is kept.

    `figure` is the code and category of a figure of the catalogue, empty when values are entered. `about_people` hides
    small numbers from those who read protected figures. A share is a fraction of one.
    """
    for statement in (
        """CREATE TABLE own_indicator (
            id INTEGER PRIMARY KEY,
            code TEXT NOT NULL UNIQUE,
            title TEXT NOT NULL,
            definition TEXT NOT NULL,
            unit TEXT NOT NULL
                CHECK (unit IN ('count', 'share', 'mean', 'months', 'days', 'index', 'median', 'points')),
            base TEXT NOT NULL,
            source TEXT NOT NULL CHECK (source IN ('question', 'follow_up', 'attendance', 'entered')),
            figure TEXT NOT NULL,
            origin TEXT NOT NULL,
            about_people INTEGER NOT NULL CHECK (about_people IN (0, 1)),
            rhythm TEXT NOT NULL CHECK (rhythm IN ('monthly', 'quarterly', 'yearly', 'once')),
            direction TEXT NOT NULL CHECK (direction IN ('up', 'down', 'neutral')),
            goal REAL,
            goal_on TEXT,
            goal_reason TEXT NOT NULL,
            responsible INTEGER REFERENCES member (id),
            removed_on TEXT,
            version INTEGER NOT NULL DEFAULT 1,
            CHECK ((source = 'entered') = (figure = ''))
        ) STRICT""",
        """CREATE TABLE own_value (
            id INTEGER PRIMARY KEY,
            indicator_id INTEGER NOT NULL REFERENCES own_indicator (id),
            day TEXT NOT NULL,
            value REAL NOT NULL,
            people INTEGER,
            note TEXT NOT NULL,
            author INTEGER REFERENCES member (id),
            at TEXT NOT NULL,
            UNIQUE (indicator_id, day)
        ) STRICT""",
        """CREATE TABLE own_change (
            id INTEGER PRIMARY KEY,
            indicator_id INTEGER NOT NULL REFERENCES own_indicator (id),
            at TEXT NOT NULL,
            author INTEGER REFERENCES member (id),
            field TEXT NOT NULL,
            before TEXT NOT NULL,
            after TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX own_change_indicator ON own_change (indicator_id, id)",
    ):
        db.execute(statement)


@impact_maps(name="0007_tree_revisions")
def tree_revisions(db: Database) -> None:
    """What the tree was after each change; `restores` when it was brought back."""
    db.execute(
        """CREATE TABLE tree_revision (
            number INTEGER PRIMARY KEY,
            at TEXT NOT NULL,
            author INTEGER REFERENCES member (id),
            summary TEXT NOT NULL,
            restores INTEGER,
            content TEXT NOT NULL
        ) STRICT"""
    )


@shared_maps(name="0001_map_pattern")
def map_pattern(db: Database) -> None:
    """The map that a community offers to the others as a template: words only, one a community."""
    db.execute(
        """CREATE TABLE map_pattern (
            id INTEGER PRIMARY KEY,
            community TEXT NOT NULL UNIQUE,
            origin TEXT NOT NULL,
            version INTEGER NOT NULL,
            shared_on TEXT NOT NULL,
            withdrawn_on TEXT,
            content TEXT NOT NULL
        ) STRICT"""
    )
