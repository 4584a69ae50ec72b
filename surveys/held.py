"""Files of communities that a thread keeps open between two answers: opening one costs more than storing an answer."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from impact.db import EncryptedDatabase
from impact.exceptions import NotFound

# By thread: a meeting answers to one community, an installation has few.
MOST_HELD = 4


class HeldFiles:
    """Open files by thread and path; a file that was replaced is opened again, one that is gone raises NotFound."""

    def __init__(self) -> None:
        self._mine = threading.local()

    @contextmanager
    def borrow(self, path: Path, open_it: Callable[[], EncryptedDatabase]) -> Iterator[EncryptedDatabase]:
        """The file for the time of one request; it is closed when the request fails."""
        held: dict[Path, tuple[int, EncryptedDatabase]] = self._mine.__dict__.setdefault("held", {})
        try:
            mark = path.stat().st_ino
        except FileNotFoundError:
            self._drop(held, path)
            raise NotFound from None
        if path not in held or held[path][0] != mark:
            self._drop(held, path)
            if len(held) >= MOST_HELD:
                self._drop(held, next(iter(held)))
            held[path] = (mark, open_it())
        try:
            yield held[path][1]
        except BaseException:
            self._drop(held, path)
            raise

    def _drop(self, held: dict[Path, tuple[int, EncryptedDatabase]], path: Path) -> None:
        if path in held:
            held.pop(path)[1].close()
