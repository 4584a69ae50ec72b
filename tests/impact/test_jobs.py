"""The queue: encrypted, identifiers only, nothing ordered is forgotten."""

import os
import subprocess
import sys
import time
from pathlib import Path
from signal import SIGTERM

import pytest

from impact.instance import Instance
from impact.jobs import Jobs

WORKER = """
import sys
from pathlib import Path
import app
from impact.instance import Instance
from impact.jobs import Jobs, stop_with_parent

def note(place, slug, number):
    with (place.root / "done.txt").open("a") as file:
        file.write(f"{slug} {number}\\n")

stop_with_parent()
jobs = Jobs(Instance(Path(sys.argv[1]), app.schema()))
jobs.register("note", note, unfinished=lambda place: [("essonne", 7)])
jobs.work()
"""


def start_worker(root: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", WORKER, str(root)], stdin=subprocess.PIPE)


def wait_for(path: Path, text: str) -> None:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        if path.exists() and text in path.read_text():
            return
        time.sleep(0.05)
    raise AssertionError(f"{text!r} never came")


def test_work_is_done_in_the_order_in_which_it_was_ordered(place: Instance) -> None:
    done: list[tuple[str, int]] = []
    jobs = Jobs(place)
    jobs.register("note", lambda _, slug, number: done.append((slug, number)))
    for number in (3, 1, 2):
        jobs.order("note", "essonne", number)
    assert jobs.waiting() == [("note", ["essonne", number]) for number in (3, 1, 2)]
    assert jobs.do_waiting() == 3
    assert done == [("essonne", 3), ("essonne", 1), ("essonne", 2)]
    assert jobs.waiting() == []


def test_only_identifiers_are_accepted(place: Instance) -> None:
    jobs = Jobs(place)
    jobs.register("note", lambda *_: None)
    with pytest.raises(TypeError):
        jobs.order("note", {"family_name": "Merisier"})  # type: ignore[arg-type]
    with pytest.raises(LookupError):
        jobs.order("unknown", 1)


def test_the_queue_file_is_encrypted(place: Instance) -> None:
    jobs = Jobs(place)
    jobs.register("note", lambda *_: None)
    jobs.order("note", "mot-repere-du-test", 1)
    for path in place.root.glob("jobs.db*"):
        content = path.read_bytes()
        assert b"mot-repere-du-test" not in content
        assert b"SQLite format 3" not in content


@pytest.mark.fault
def test_a_worker_does_what_a_dead_one_left_and_stops_with_its_parent(place: Instance) -> None:
    worker = start_worker(place.root)
    wait_for(place.root / "done.txt", "essonne 7")
    assert worker.stdin is not None
    worker.stdin.close()
    assert worker.wait(timeout=15) == 0


@pytest.mark.fault
def test_a_worker_stops_when_told(place: Instance) -> None:
    jobs = Jobs(place)
    jobs.register("note", lambda *_: None)
    jobs.order("note", "essonne", 12)
    worker = start_worker(place.root)
    wait_for(place.root / "done.txt", "essonne 12")
    os.kill(worker.pid, SIGTERM)
    with worker:
        assert worker.wait(timeout=15) == 0
