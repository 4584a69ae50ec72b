"""A server that is killed in the middle of answers: none that was acknowledged is lost, none sent again is doubled."""

import http.client
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from urllib.parse import urlencode

import pytest

from impact.audit import SYSTEM
from impact.db import EncryptedDatabase
from impact.instance import Instance
from impact.periods import local_today
from surveys import storage
from surveys.definitions import get_standard
from surveys.records import NewWave
from surveys.rosters import invitation_storage
from surveys.rosters.records import Listed
from surveys.rosters.vocabulary import Public

SLUG, ASKED = "pre-demonstration", "satisfaction-parents"
CLIENTS, ENOUGH = 4, 40
HEADERS = {"Content-Type": "application/x-www-form-urlencoded"}


@contextmanager
def served(place: Instance) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """The real server of an installation, with its worker, ready to answer."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = int(one.getsockname()[1])
    command = [sys.executable, "-m", "app", "run", "--instance", str(place.root), "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            end = time.monotonic() + 60
            while time.monotonic() < end:
                with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                    break
                assert server.poll() is None
                time.sleep(0.1)
            yield port, server
        finally:
            server.kill()


def post(port: int, path: str, key: str, level: int) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("POST", path, urlencode({"key": key, "q-overall": str(level)}), HEADERS)
        return connection.getresponse().status
    finally:
        connection.close()


def stored(db: EncryptedDatabase, wave_id: int) -> list[int]:
    rows = db.rows(
        "SELECT level FROM response JOIN answer ON response_id = response.id WHERE wave_id = ? ORDER BY level",
        (wave_id,),
    )
    return [row["level"] for row in rows]


def wave_in(db: EncryptedDatabase) -> int:
    today = local_today()
    return storage.open_wave(db, SYSTEM, get_standard(ASKED), NewWave("Essai", today, today + timedelta(days=2)), today)


@pytest.mark.fault
def test_a_killed_server_loses_no_acknowledged_answer_and_doubles_none(place: Instance, db: EncryptedDatabase) -> None:
    wave, personal = wave_in(db), wave_in(db)
    link = f"/repondre/{SLUG}/{storage.current_token(db, storage.get_wave(db, wave))}"
    invitation_storage.add_invitations(db, SYSTEM, personal, Public.PARENT, [Listed("Prune", "Dupré")])
    (invitation,) = invitation_storage.list_invitations(db, personal)
    hers = f"/repondre/{SLUG}/{invitation_storage.tokens(db, [invitation])[invitation.id]}"
    sent: dict[str, int] = {}
    acknowledged: set[str] = set()
    counted, enough = threading.Lock(), threading.Event()

    def answer(port: int, client: int) -> None:
        for number in range(1000):
            key, level = f"client-{client}-envoi-{number:04d}", 1 + number % 5
            with counted:
                sent[key] = level
            try:
                status = post(port, link, key, level)
            except (OSError, http.client.HTTPException):
                return
            assert status == 303
            with counted:
                acknowledged.add(key)
                if len(acknowledged) >= ENOUGH:
                    enough.set()

    with served(place) as (port, server):
        assert post(port, hers, "la-cle-de-son-envoi", 4) == 303
        clients = [threading.Thread(target=answer, args=(port, number)) for number in range(CLIENTS)]
        for client in clients:
            client.start()
        assert enough.wait(60)
        server.kill()
        for client in clients:
            client.join(60)
    assert len(acknowledged) <= len(stored(db, wave)) <= len(sent)
    assert all(storage.has_response(db, wave, key) for key in acknowledged)

    with served(place) as (port, _):
        # Nobody knows what the last ones became: everything is sent again, as phones do.
        assert {post(port, link, key, level) for key, level in sent.items()} == {303}
        assert post(port, hers, "la-cle-de-son-envoi", 4) == 303
        assert post(port, hers, "la-cle-d-un-autre-envoi", 2) == 404
    assert stored(db, personal) == [4]
    assert stored(db, wave) == sorted(sent.values())
