"""Exact figures computed once for as long as nothing that they read has changed, since a page is opened again and again.

They are computed beside the page that asks for them: when they take long, it tells how far they are instead of waiting.
"""

from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Lock

from flask import has_request_context, request

from impact.db import EncryptedDatabase
from impact.periods import Period, local_today
from impact.vocabulary import CommunityKind
from reports import storage
from reports.data import Data, at, load
from reports.publishing import asked_codes, compute_all
from reports.records import Estimate

MOST_KEPT = 24
# Seconds that a page waits; with the reading before and the drawing after, it answers within two.
PATIENCE: float | None = 0.7

_Key = tuple[Path, str, date, tuple[Period, ...], CommunityKind, frozenset[str] | None]
_beside = ThreadPoolExecutor(max_workers=2, thread_name_prefix="figures")


class StillCounting(Exception):
    """A page asked for figures that take long: `done` indicators out of `total`, each period apart."""

    def __init__(self, done: int, total: int) -> None:
        super().__init__(f"{done}/{total}")
        self.done, self.total = done, total


class _Counting:
    """Figures that are being computed, or that were."""

    def __init__(self, total: int) -> None:
        self.done, self.total = 0, total
        self._future: Future[list[list[Estimate]]] | None = None

    def start(self, work: Callable[[Callable[[], None]], list[list[Estimate]]]) -> None:
        self._future = _beside.submit(work, self._step)

    def result(self, patience: float | None) -> list[list[Estimate]]:
        assert self._future is not None
        try:
            return self._future.result(patience)
        except TimeoutError:
            if self._future.done():
                raise
            raise StillCounting(self.done, self.total) from None

    def _step(self) -> None:
        self.done += 1


_kept: OrderedDict[_Key, _Counting] = OrderedDict()
_lock = Lock()


def computed(
    db: EncryptedDatabase, period: Period, kind: CommunityKind, codes: Collection[str] | None = None
) -> list[Estimate]:
    """`compute_all` of the data of now; kept in memory only, and forgotten at the first change of the community's file.

    A page has every indicator computed: the draft to which a part was added, and the next page, find theirs ready.
    StillCounting for a page that would wait.
    """
    if codes is None or not has_request_context():
        return computed_over(db, [period], kind, codes)[0]
    wanted = set(asked_codes(kind, codes))
    return [row for row in computed_over(db, [period], kind)[0] if row.code in wanted]


def computed_over(
    db: EncryptedDatabase,
    periods: Sequence[Period],
    kind: CommunityKind,
    codes: Collection[str] | None = None,
    data: Data | None = None,
) -> list[list[Estimate]]:
    """The same for several periods; `data`, when they were read already, are those of the last one."""
    wanted = None if codes is None else frozenset(codes)
    key = (db.path, storage.last_change(db), local_today(), tuple(periods), kind, wanted)
    with _lock:
        if known := _kept.get(key):
            _kept.move_to_end(key)
    counting = known or _begin(db, key, data or load(db, periods[-1]))
    try:
        return counting.result(_patience())
    except StillCounting:
        raise
    except Exception:
        _kept.pop(key, None)
        raise


def _begin(db: EncryptedDatabase, key: _Key, data: Data) -> _Counting:
    _, _, _, periods, kind, codes = key
    read = [(at(db, data, period), period) for period in periods[:-1]] + [(data, periods[-1])]

    def work(step: Callable[[], None]) -> list[list[Estimate]]:
        return [compute_all(its, period, kind, codes, step) for its, period in read]

    with _lock:
        if known := _kept.get(key):
            return known
        counting = _kept[key] = _Counting(len(periods) * len(asked_codes(kind, codes)))
        counting.start(work)
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return counting


def _patience() -> float | None:
    """A page that is read tells how far they are; a form that was sent, a job and a command wait for the end."""
    return PATIENCE if has_request_context() and request.method == "GET" else None
