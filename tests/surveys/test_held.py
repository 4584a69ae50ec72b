"""A file that a thread keeps open: the same one for two answers, another once it was replaced, none once it is gone."""

import shutil
from pathlib import Path

import pytest

from impact.exceptions import NotFound
from impact.instance import Instance
from surveys.held import MOST_HELD, HeldFiles

SLUG = "pre-demonstration"


def test_a_file_stays_open_until_it_is_replaced_or_gone(place: Instance, tmp_path: Path) -> None:
    held, path = HeldFiles(), place.community_path(SLUG)
    with held.borrow(path, lambda: place.community(SLUG)) as first:
        pass
    with held.borrow(path, lambda: place.community(SLUG)) as again:
        assert again is first
    shutil.copy(path, tmp_path / "restored.db")
    (tmp_path / "restored.db").replace(path)
    with held.borrow(path, lambda: place.community(SLUG)) as other:
        assert other is not first
        assert other.value("SELECT count(*) FROM community") == 1
    path.unlink()
    with pytest.raises(NotFound), held.borrow(path, lambda: place.community(SLUG)):
        pass


def test_a_request_that_fails_gives_its_file_back(place: Instance) -> None:
    held, path = HeldFiles(), place.community_path(SLUG)
    with pytest.raises(ZeroDivisionError), held.borrow(path, lambda: place.community(SLUG)) as first:
        raise ZeroDivisionError
    with held.borrow(path, lambda: place.community(SLUG)) as again:
        assert again is not first


def test_a_thread_holds_few_files(place: Instance, tmp_path: Path) -> None:
    held, source = HeldFiles(), place.community_path(SLUG)
    opened = []
    for number in range(MOST_HELD + 1):
        path = tmp_path / f"{number}.db"
        shutil.copy(source, path)
        with held.borrow(path, lambda: place.community(SLUG)) as db:
            opened.append(db)
    with held.borrow(tmp_path / "0.db", lambda: place.community(SLUG)) as db:
        assert db is not opened[0]
