"""`impact run`: the web server in this process, and beside it a second process for what takes long."""

import gc
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from typing import Any

import waitress
from flask import Flask

from impact.exceptions import Unusable

THREADS = 8
PATIENCE, PAUSE = 12.0, 1.0


class WorkerKeeper:
    """Keeps one child process running: starts it again when it dies, stops it when told."""

    def __init__(self, command: Sequence[str], tell: Callable[[str], None]) -> None:
        self._command, self._tell = command, tell
        self._stopping = threading.Event()
        self._changing = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._keep, daemon=True)

    @property
    def pid(self) -> int | None:
        """The process that works now."""
        return None if self._process is None else self._process.pid

    def start(self) -> None:
        """Start the process and its watch."""
        self._launch()
        self._thread.start()

    def stop(self) -> None:
        """Ask the process to end, then make it."""
        with self._changing:
            self._stopping.set()
            process = self._process
        if process is not None:
            process.terminate()
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
        self._thread.join()

    def _launch(self) -> None:
        with self._changing:
            if not self._stopping.is_set():
                # Its own session, so that Ctrl-C reaches the server alone; the pipe tells it when the server is gone.
                self._process = subprocess.Popen(self._command, stdin=subprocess.PIPE, start_new_session=True)

    def _keep(self) -> None:
        while self._process is not None:
            self._process.wait()
            if self._process.stdin is not None:
                self._process.stdin.close()
            if self._stopping.wait(PAUSE):
                return
            self._tell("Le processus d’impression s’est arrêté : il redémarre.")
            self._launch()


def serve(
    app: Flask, host: str, port: int, worker: WorkerKeeper, ready: Callable[[], None], scheme: str = "http"
) -> None:
    """Answer until Ctrl-C or SIGTERM, then stop the worker too; raises Unusable when the port is taken."""
    try:
        server: Any = waitress.create_server(app, host=host, port=port, threads=THREADS, ident=None, url_scheme=scheme)
    except OSError as error:
        raise Unusable(
            f"L’adresse {host}:{port} n’est pas libre ({os.strerror(error.errno or 0)}) : choisissez-en une autre "
            "avec --port."
        ) from None
    # A shell makes what it starts in the background deaf to SIGINT: whoever sends one wants the server to stop.
    before = {each: signal.signal(each, _stop) for each in (signal.SIGINT, signal.SIGTERM)}
    # What was loaded stays: to look for garbage in it over and over would hold up every page.
    gc.collect()
    gc.freeze()
    worker.start()
    try:
        ready()
        server.run()
    except KeyboardInterrupt:
        pass
    finally:
        worker.stop()
        server.close()
        gc.unfreeze()
        for each, handler in before.items():
            signal.signal(each, handler)


def _stop(*_: object) -> None:
    raise KeyboardInterrupt


def worker_command(root: str) -> list[str]:
    """The same program, as the worker of the installation in `root`."""
    return [sys.executable, "-P", "-m", "app", "run", "--worker", "--instance", root]
