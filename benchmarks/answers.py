"""How many answers a second are stored for good and acknowledged, and how long one takes at fifty a second.

Run with the project's Python: `.venv/bin/python benchmarks/answers.py`. In the same run, on the same machine: the bare
write gate (one thread, an open file), a bare Flask view around that gate on the product's own server, and a respondent's
whole form. Every acknowledged answer is looked for in the file at the end. The exit status is 1 when the form reaches
under half of the bare view, when its 99th percentile at fifty a second passes 50 ms, or when an answer is missing.
"""

import http.client
import secrets
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

import waitress
from flask import Flask, request

from app import create_app
from impact.audit import SYSTEM
from impact.db import EncryptedDatabase, gate
from impact.instance import Instance
from impact.periods import local_today
from impact.serving import THREADS
from surveys import storage
from surveys.definitions import get_standard
from surveys.records import NewWave
from surveys.throttle import MOST_SENDINGS

SLUG, ASKED = "pre-demonstration", "satisfaction-parents"
SECONDS, CLIENTS, RATE = 8.0, 8, 50
WARMING = 8
LEAST_SHARE, MOST_MILLISECONDS = 0.5, 50.0
_TABLE = "CREATE TABLE IF NOT EXISTS benchmark (id TEXT PRIMARY KEY, words TEXT) STRICT"
_INSERT = "INSERT INTO benchmark (id, words) VALUES (?, ?)"
Send = Callable[[http.client.HTTPConnection, int], None]


def _instance(root: Path) -> Instance:
    found: Instance = create_app(root).extensions["instance"]
    return found


def _bare_gate(db: EncryptedDatabase) -> float:
    """Transactions a second, one after the other, one row each."""
    begun, done = time.perf_counter(), 0
    while time.perf_counter() - begun < SECONDS:
        with gate(db):
            db.execute(_INSERT, (secrets.token_hex(16), "bare gate"))
        done += 1
    return done / (time.perf_counter() - begun)


def _serve_bare_view(root: Path, port: int) -> None:
    """One row a request, each thread with its own open file, on the product's server with its number of threads."""
    place, held, bare = _instance(root), threading.local(), Flask("bare")

    @bare.post("/")
    def store() -> str:
        if not hasattr(held, "db"):
            held.db = place.community(SLUG)
        with gate(held.db):
            held.db.execute(_INSERT, (request.form["key"], request.form["words"]))
        return "stored"

    waitress.serve(bare, host="127.0.0.1", port=port, threads=THREADS, ident=None, _quiet=True)


@contextmanager
def _served(*command: str) -> Iterator[int]:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = int(one.getsockname()[1])
    server = subprocess.Popen(
        [sys.executable, *command, "--port", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/connexion", timeout=5).close()
            except urllib.error.HTTPError:
                break
            except urllib.error.URLError:
                if server.poll() is not None:
                    raise
                time.sleep(0.05)
            else:
                break
        yield port
    finally:
        server.terminate()
        server.wait()


def _post(connection: http.client.HTTPConnection, path: str, fields: dict[str, str], expected: int) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", path, urlencode(fields), headers)
    answer = connection.getresponse()
    answer.read()
    if answer.status != expected:
        raise RuntimeError(f"{path}: {answer.status}")


def _in_threads(work: Callable[[int], None]) -> None:
    threads = [threading.Thread(target=work, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _sustained(port: int, send: Send) -> tuple[float, int]:
    """Acknowledged a second, and in all, by clients that each send again as soon as they are answered."""
    counts = [0] * CLIENTS
    begun = time.perf_counter()

    def work(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while time.perf_counter() - begun < SECONDS:
            send(connection, counts[number] * CLIENTS + number)
            counts[number] += 1
        connection.close()

    _in_threads(work)
    return sum(counts) / (time.perf_counter() - begun), sum(counts)


def _warm(port: int, send: Send) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    for place in range(WARMING):
        send(connection, place)
    connection.close()


def _paced(port: int, send: Send) -> list[float]:
    """Milliseconds from the moment when each form was due, at RATE a second, to its acknowledgement."""
    spent: list[float] = []
    begun = time.perf_counter() + 0.2

    def work(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        for place in range(number, int(RATE * SECONDS), CLIENTS):
            due = begun + place / RATE
            time.sleep(max(0.0, due - time.perf_counter()))
            send(connection, place)
            spent.append((time.perf_counter() - due) * 1000)
        connection.close()

    _in_threads(work)
    return sorted(spent)


def _links(db: EncryptedDatabase, number: int) -> list[tuple[int, str]]:
    """Waves open today: one link takes `MOST_SENDINGS` forms a quarter of an hour."""
    today = local_today()
    new = NewWave("Mesure", today, today + timedelta(days=1))
    waves = [storage.open_wave(db, SYSTEM, get_standard(ASKED), new, today) for _ in range(number)]
    return [(wave, f"/repondre/{SLUG}/{storage.current_token(db, storage.get_wave(db, wave))}") for wave in waves]


def _respondent(links: list[tuple[int, str]]) -> Send:
    items = get_standard(ASKED).codes

    def send(connection: http.client.HTTPConnection, place: int) -> None:
        fields = {f"q-{code}": str(1 + (place + rank) % 5) for rank, code in enumerate(items)}
        _post(connection, links[place % len(links)][1], {"key": secrets.token_urlsafe(18), **fields}, 303)

    return send


def _stored(db: EncryptedDatabase, links: list[tuple[int, str]]) -> int:
    return sum(storage.get_wave(db, wave).responses for wave, _ in links)


def measure(root: Path) -> int:
    """Print what was measured; 1 when a target is missed."""
    subprocess.run([sys.executable, "-m", "app", "demo", "--instance", str(root)], check=True, capture_output=True)
    place = _instance(root)
    db = place.community(SLUG)
    db.execute(_TABLE)
    alone = _bare_gate(db)
    print(f"bare write gate, one thread: {alone:.0f} a second")

    def bare(connection: http.client.HTTPConnection, _: int) -> None:
        _post(connection, "/", {"key": secrets.token_hex(16), "words": "bare view"}, 200)

    with _served(__file__, "--bare", str(root)) as port:
        view, _ = _sustained(port, bare)
    print(f"bare Flask view around the same gate: {view:.0f} a second")
    links, paced = _links(db, 1 + int(view * SECONDS / (MOST_SENDINGS - CLIENTS))), _links(db, 2)
    with _served("-m", "app", "run", "--instance", str(root)) as port:
        # The first form of each thread opens the file and compiles the page: sustained load comes after.
        _in_threads(lambda _: _warm(port, _respondent(links)))
        spent = _paced(port, _respondent(paced))
        form, acknowledged = _sustained(port, _respondent(links))
    middle, late = (spent[int(len(spent) * share)] for share in (0.5, 0.99))
    missing = acknowledged + len(spent) + CLIENTS * WARMING - _stored(db, links) - _stored(db, paced)
    print(
        f"answers, whole form: {form:.0f} a second, {form / view:.2f} of the bare view, {form / alone:.2f} of the gate"
    )
    print(f"at {RATE} a second: median {middle:.1f} ms, 99th percentile {late:.1f} ms, target {MOST_MILLISECONDS:.0f}")
    print(f"acknowledged and not in the file: {missing}")
    db.close()
    return int(form < LEAST_SHARE * view or late > MOST_MILLISECONDS or missing != 0)


def main() -> int:
    """The measure, or the bare server that it starts."""
    if "--bare" in sys.argv:
        _serve_bare_view(Path(sys.argv[2]), int(sys.argv[4]))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        return measure(Path(folder) / "instance")


if __name__ == "__main__":
    sys.exit(main())
