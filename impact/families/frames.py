"""Presences of families as a table for computing: numbers, never a name."""

import pandas as pd

from impact.db import EncryptedDatabase

_PRESENCE = {
    "workshop_id": "int64",
    "held_on": "datetime64[ns]",
    "family_id": "int64",
    "adults": "int64",
    "children": "int64",
}


def family_presence_frame(db: EncryptedDatabase) -> pd.DataFrame:
    """One row per family at a held workshop, by date."""
    rows = db.rows(
        "SELECT workshop_id, held_on, family_id, adults, children FROM family_presence"
        " JOIN workshop ON workshop.id = workshop_id WHERE state = 'held' ORDER BY held_on, workshop_id, family_id"
    )
    columns = {name: pd.Series([row[name] for row in rows], dtype=kind) for name, kind in _PRESENCE.items()}
    return pd.DataFrame(columns, columns=list(_PRESENCE))
