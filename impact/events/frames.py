"""Events as frames for computing: no name."""

import pandas as pd

from impact.db import EncryptedDatabase

_EVENT = {
    "event_id": "int64", "series_id": "int64", "kind": "object", "held_on": "datetime64[ns]", "registered": "int64",
    "excused": "int64", "on_site": "int64", "remote": "int64",
}  # fmt: skip
_HEADS = {"event_id": "int64", "series_id": "int64", "organisation_kind": "object", "present": "int64"}
_CLASS = {"event_id": "int64", "series_id": "int64", "class_id": "int64", "size": "Int64", "present": "int64"}
_TARGET = {"series_id": "int64", "organisation_kind": "object", "percent": "int64"}

_OFFER = {"offer_id": "int64", "offered_on": "datetime64[ns]", "opinions": "int64", "relevant": "int64"}


def event_frame(db: EncryptedDatabase) -> pd.DataFrame:
    """One row per event, heads summed over institutions and classes; `kind` is that of its series."""
    return _frame(
        db,
        "SELECT event.id AS event_id, series_id, event_series.kind, held_on, coalesce(sum(registered), 0) AS registered,"
        " coalesce(sum(excused), 0) AS excused, coalesce(sum(on_site), 0) + coalesce((SELECT sum(present)"
        " FROM class_presence WHERE event_id = event.id), 0) AS on_site, coalesce(sum(remote), 0) AS remote"
        " FROM event JOIN event_series ON event_series.id = series_id LEFT JOIN event_presence ON event_id = event.id"
        " GROUP BY event.id ORDER BY held_on, event.id",
        _EVENT,
    )


def event_heads_frame(db: EncryptedDatabase) -> pd.DataFrame:
    """One row per event and kind of institution present."""
    return _frame(
        db,
        "SELECT event_id, series_id, kind AS organisation_kind, on_site + remote AS present FROM event_presence"
        " JOIN event ON event.id = event_id WHERE on_site + remote > 0 ORDER BY event_id, kind",
        _HEADS,
    )


def class_presence_frame(db: EncryptedDatabase) -> pd.DataFrame:
    """One row per sequence and class that came; `size` is empty when not known."""
    return _frame(
        db,
        "SELECT event_id, series_class.series_id, class_id, size, present FROM class_presence"
        " JOIN series_class ON series_class.id = class_id ORDER BY event_id, class_id",
        _CLASS,
    )


def series_target_frame(db: EncryptedDatabase) -> pd.DataFrame:
    """One row per kind of institution that a series aims at, in percent."""
    return _frame(
        db, "SELECT series_id, kind AS organisation_kind, percent FROM series_target ORDER BY series_id, kind", _TARGET
    )


def offer_frame(db: EncryptedDatabase) -> pd.DataFrame:
    """One row per offer: how many said anything of it, and how many of them « useful » or more."""
    return _frame(
        db,
        "SELECT id AS offer_id, offered_on, count(relevance) AS opinions,"
        " coalesce(sum(relevance IN ('useful', 'essential')), 0) AS relevant FROM network_offer"
        " LEFT JOIN offer_opinion ON offer_id = id GROUP BY id ORDER BY id",
        _OFFER,
    )


def _frame(db: EncryptedDatabase, sql: str, types: dict[str, str]) -> pd.DataFrame:
    rows = db.rows(sql)
    columns = {name: pd.Series([row[name] for row in rows], dtype=kind) for name, kind in types.items()}
    return pd.DataFrame(columns, columns=list(types))
