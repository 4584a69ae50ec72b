"""Answers that arrive at the same moment: one transaction, each one's own fate."""

import threading
from collections.abc import Callable

import pytest

from impact.db import EncryptedDatabase
from impact.instance import Instance
from surveys.together import Together

SLUG = "pre-demonstration"
_INSERT = "INSERT INTO submission (key, at) VALUES (?, '2026-11-20')"


def storing(key: str) -> Callable[[EncryptedDatabase], bool]:
    def work(db: EncryptedDatabase) -> bool:
        db.execute(_INSERT, (key,))
        return True

    return work


def failing(db: EncryptedDatabase) -> bool:
    db.execute(_INSERT, ("half",))
    raise ZeroDivisionError


def send_while_busy(place: Instance, together: Together, works: list[Callable[[EncryptedDatabase], bool]]) -> list[str]:
    """Send each work from its own thread while a first one holds the file; what became of each, in order."""
    busy, free, fates = threading.Event(), threading.Event(), [""] * len(works)

    def hold(_: EncryptedDatabase) -> bool:
        busy.set()
        free.wait(10)
        return True

    def send(number: int, work: Callable[[EncryptedDatabase], bool]) -> None:
        db = place.community(SLUG)
        try:
            fates[number] = str(together.store(db, work))
        except ZeroDivisionError:
            fates[number] = "refused"
        db.close()

    place.community(SLUG).close()
    first = threading.Thread(target=send, args=(0, hold))
    first.start()
    busy.wait(10)
    rest = [threading.Thread(target=send, args=each) for each in enumerate(works)]
    for thread in rest:
        thread.start()
    while sum(map(len, together._waiting.values())) < len(works):
        threading.Event().wait(0.01)
    free.set()
    for thread in (first, *rest):
        thread.join()
    return fates


def keys(db: EncryptedDatabase) -> set[str]:
    return {row["key"] for row in db.rows("SELECT key FROM submission")}


def test_those_who_waited_are_stored_by_one_of_them_in_one_transaction(place: Instance, db: EncryptedDatabase) -> None:
    seen: list[tuple[EncryptedDatabase, int]] = []

    def watching(key: str) -> Callable[[EncryptedDatabase], bool]:
        def work(held: EncryptedDatabase) -> bool:
            # Nobody else sees what is not on the disk yet.
            seen.append((held, len(keys(db))))
            return storing(key)(held)

        return work

    before = len(keys(db))
    assert send_while_busy(place, Together(), [watching(f"k{number}") for number in range(5)]) == ["True"] * 5
    assert len({id(held) for held, _ in seen}) == 1
    assert {count for _, count in seen} == {before}
    assert keys(db) >= {f"k{number}" for number in range(5)}


def test_one_that_fails_is_alone_to_fail_and_leaves_nothing(place: Instance, db: EncryptedDatabase) -> None:
    fates = send_while_busy(place, Together(), [storing("a"), failing, storing("b")])
    assert fates == ["True", "refused", "True"]
    assert keys(db) >= {"a", "b"}
    assert "half" not in keys(db)


def test_one_alone_gives_what_its_work_gives(place: Instance, db: EncryptedDatabase) -> None:
    together = Together()
    assert together.store(db, storing("alone"))
    assert not together.store(db, lambda _: False)
    with pytest.raises(ZeroDivisionError):
        together.store(db, failing)
    assert "half" not in keys(db)
