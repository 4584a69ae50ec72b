"""Exact figures computed once for as long as nothing that they read has changed: a draft is opened again and again."""

from collections import OrderedDict
from collections.abc import Collection
from datetime import date
from pathlib import Path
from threading import Lock

from impact.db import EncryptedDatabase
from impact.periods import Period, local_today
from impact.vocabulary import CommunityKind
from reports import storage
from reports.data import load
from reports.publishing import compute_all
from reports.records import Estimate

MOST_KEPT = 8

_Key = tuple[Path, str, date, Period, CommunityKind, frozenset[str] | None]
_kept: OrderedDict[_Key, list[Estimate]] = OrderedDict()
_lock = Lock()


def computed(
    db: EncryptedDatabase, period: Period, kind: CommunityKind, codes: Collection[str] | None = None
) -> list[Estimate]:
    """`compute_all` of the data of now; kept in memory only, and forgotten at the first change of the community's file."""
    wanted = None if codes is None else frozenset(codes)
    key = (db.path, storage.last_change(db), local_today(), period, kind, wanted)
    with _lock:
        if known := _kept.get(key):
            _kept.move_to_end(key)
            return known
    made = compute_all(load(db, period), period, kind, codes)
    with _lock:
        _kept[key] = made
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return made
