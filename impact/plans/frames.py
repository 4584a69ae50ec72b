"""Time of the coordination as a table for computing: days, kinds and minutes, never whose."""

import pandas as pd

from impact.db import EncryptedDatabase

_TIME = {"day": "datetime64[ns]", "kind": "object", "minutes": "int64"}


def time_frame(db: EncryptedDatabase) -> pd.DataFrame:
    """One row per line noted, the oldest day first; `kind` is that of TimeKind."""
    rows = db.rows("SELECT day, kind, minutes FROM coordination_time ORDER BY day, id")
    return pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=kind) for name, kind in _TIME.items()})
