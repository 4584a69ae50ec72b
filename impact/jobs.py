"""Long work outside the request: an encrypted queue, and a worker that takes from it.

A package registers its work in its wiring with `Jobs.register`, and orders it with `Jobs.order`.
"""

import json
import logging
import os
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from signal import SIGTERM
from typing import Any, cast

import sqlcipher3
from flask import current_app
from huey import Huey
from huey.consumer import Consumer
from huey.registry import Message
from huey.serializer import Serializer
from huey.storage import SqliteStorage

from impact.db import connect
from impact.instance import Instance
from impact.keys import Keyring

Identifier = str | int
Work = Callable[..., None]
Unfinished = Callable[[Instance], Iterable[tuple[Identifier, ...]]]

STANDARD_INPUT = 0
NICENESS = 10
_log = logging.getLogger("impact.jobs")


class EncryptedStorage(SqliteStorage):  # type: ignore[misc]
    """huey's queue on SQLCipher: its own connection would use Debian's SQLite, which can corrupt its journal."""

    integrity_error = sqlcipher3.IntegrityError
    operational_error = sqlcipher3.OperationalError

    def __init__(self, name: str, path: Path, keyring: Keyring) -> None:
        self._path, self._keyring = path, keyring
        super().__init__(name, str(path))

    def _create_connection(self) -> sqlcipher3.Connection:
        return connect(self._path, "jobs", self._keyring, create=not self._path.exists()).conn


class PlainSerializer(Serializer):  # type: ignore[misc]
    """JSON instead of pickle: reading the queue can run nothing, and only identifiers fit in it."""

    def _serialize(self, data: Message) -> bytes:
        return json.dumps(list(data), default=datetime.isoformat).encode()

    def _deserialize(self, data: bytes) -> Message:
        found = Message(*json.loads(bytes(data)))
        return found._replace(eta=datetime.fromisoformat(found.eta)) if found.eta else found


class _Consumer(Consumer):  # type: ignore[misc]
    """Listens to signals before the first job: huey's own would die in the middle of it."""

    def start(self) -> None:
        self._set_signal_handlers()
        super().start()


@dataclass(frozen=True)
class _Job:
    work: Work
    unfinished: Unfinished | None


class Jobs:
    """The queue of one installation and what its worker knows how to do."""

    def __init__(self, place: Instance) -> None:
        self.place = place
        self._known: dict[str, _Job] = {}

    @cached_property
    def _call(self) -> Any:
        queue = Huey(
            "impact",
            results=False,
            storage_class=EncryptedStorage,
            serializer=PlainSerializer(),
            path=self.place.root / "jobs.db",
            keyring=self.place.keyring,
        )
        return queue.task(name="do")(self._do)

    @property
    def _queue(self) -> Huey:
        return self._call.huey

    def register(self, name: str, work: Work, unfinished: Unfinished | None = None) -> None:
        """Tell the worker how to do `name`: it calls `work(place, *identifiers)`.

        `unfinished(place)` lists the identifiers of what was ordered and is not done; the worker orders it again when
        it starts, since a worker that is killed forgets what it had in hand.
        """
        self._known[name] = _Job(work, unfinished)

    def order(self, name: str, *identifiers: Identifier) -> None:
        """Put work in the queue; raises TypeError on anything but identifiers, since the queue holds no personal data."""
        self._check(name, identifiers)
        self._call(name, *identifiers)

    def order_for(self, moment: datetime, name: str, *identifiers: Identifier) -> None:
        """Put work in the queue that the worker does from `moment` on, which has a time zone."""
        self._check(name, identifiers)
        self._call.schedule((name, *identifiers), eta=moment)

    def _check(self, name: str, identifiers: Iterable[Identifier]) -> None:
        if not all(isinstance(each, str | int) for each in identifiers):
            raise TypeError("A job takes identifiers only.")
        if name not in self._known:
            raise LookupError(name)

    def waiting(self) -> list[tuple[str, list[Identifier]]]:
        """What is in the queue, oldest first."""
        messages = (self._queue.deserialize_task(data) for data in self._queue.storage.enqueued_items())
        return [(task.args[0], task.args[1:]) for task in messages]

    def do_waiting(self) -> int:
        """Do in this process everything that waits; gives the number of jobs done. Errors are raised."""
        done = 0
        while task := self._queue.dequeue():
            self._do(*task.args)
            done += 1
        return done

    def work(self) -> None:
        """Be the worker until told to stop: SIGTERM lets the job in hand end within five seconds.

        Pages come first: whoever answers a form does not wait for a report.
        """
        os.nice(NICENESS)
        self._order_unfinished()
        _Consumer(
            self._queue, workers=1, max_delay=1.0, periodic=False, graceful_signal="TERM", shutdown_timeout=5
        ).run()

    def _do(self, name: str, *identifiers: Identifier) -> None:
        self._known[name].work(self.place, *identifiers)

    def _order_unfinished(self) -> None:
        waiting = [(name, tuple(identifiers)) for name, identifiers in self.waiting()]
        for name, job in self._known.items():
            for identifiers in job.unfinished(self.place) if job.unfinished else ():
                if (name, tuple(identifiers)) not in waiting:
                    self.order(name, *identifiers)


def jobs() -> Jobs:
    """The queue of the application that serves this request."""
    return cast(Jobs, current_app.extensions["jobs"])


def stop_with_parent() -> None:
    """End this process when the one that started it is gone, however it died: its end of our standard input closes."""
    threading.Thread(target=_wait_for_parent, daemon=True).start()


def _wait_for_parent() -> None:
    while os.read(STANDARD_INPUT, 1024):
        pass
    _log.info("The server is gone: the worker stops.")
    os.kill(os.getpid(), SIGTERM)
