"""Value chains: boxes in columns, links, indicators hung on boxes."""

from sqlite_utils import Database, Migrations

impact_maps = Migrations("impact_maps")


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
