"""The figures of schools as a table for computing."""

import pandas as pd

from impact.db import EncryptedDatabase
from impact.schools.records import COUNTS

_REALS = ("ips", "ips_sd", *COUNTS)
_SCHOOL_YEAR = {
    "school_id": "int64",
    "school": "str",
    "level": "str",
    "sector": "str",
    "year": "int64",
    **dict.fromkeys(_REALS, "float64"),
}


def school_year_frame(db: EncryptedDatabase) -> pd.DataFrame:
    """One row per school and school year (that of its start), by year then by name."""
    rows = db.rows(
        "SELECT *, name AS school FROM school_year JOIN school ON school.id = school_id ORDER BY year, name, school_id"
    )
    columns = {name: pd.Series([row[name] for row in rows], dtype=kind) for name, kind in _SCHOOL_YEAR.items()}
    return pd.DataFrame(columns, columns=list(_SCHOOL_YEAR))
