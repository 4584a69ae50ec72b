"""Answers that arrive at the same moment are stored by one of their threads in one transaction.

The disk is waited for once for all of them, and nobody is answered before that wait is over.
"""

import threading
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from impact.db import EncryptedDatabase, gate

Work = Callable[[EncryptedDatabase], bool]


class _Waiting:
    """One sending: what stores it, and what became of that once `done`."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.done = False
        self.stored = False
        self.error: BaseException | None = None

    def run(self, db: EncryptedDatabase) -> None:
        """By itself: in the place of a transaction that another one spoilt."""
        try:
            with gate(db):
                self.stored = self.work(db)
        except BaseException as error:
            self.error = error


class Together:
    """Sendings by file, over the threads of the one web process."""

    def __init__(self) -> None:
        self._waiting: defaultdict[Path, list[_Waiting]] = defaultdict(list)
        self._turns: defaultdict[Path, threading.Lock] = defaultdict(threading.Lock)
        self._changing = threading.Lock()

    def store(self, db: EncryptedDatabase, work: Work) -> bool:
        """What `work` gives, once it is on the disk; raises what it raises, and then stores nothing of it."""
        mine = _Waiting(work)
        with self._changing:
            self._waiting[db.path].append(mine)
            turn = self._turns[db.path]
        with turn:
            if not mine.done:
                self._store_all(db)
        if mine.error is not None:
            raise mine.error
        return mine.stored

    def _store_all(self, db: EncryptedDatabase) -> None:
        with self._changing:
            batch = self._waiting.pop(db.path)
        try:
            with gate(db):
                for each in batch:
                    each.stored = each.work(db)
        except BaseException:
            for each in batch:
                each.run(db)
        for each in batch:
            each.done = True
