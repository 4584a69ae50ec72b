"""How fast the product answers: the help, the demonstration, the first page of a second start, each against its limit.

Run with the project's Python: `.venv/bin/python benchmarks/start.py`. Prints seconds, limit and ratio (under 1 is kept).
"""

import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

LIMITS = {"impact --help": 1.0, "impact demo": 20.0, "first page at a second start": 5.0}
REPEATS = 3


def _command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "app", *arguments]


def _run(*arguments: str) -> float:
    begun = time.perf_counter()
    subprocess.run(_command(*arguments), check=True, capture_output=True)
    return time.perf_counter() - begun


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _first_page(instance: Path) -> float:
    port = _free_port()
    begun = time.perf_counter()
    server = subprocess.Popen(
        _command("run", "--instance", str(instance), "--port", str(port)),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/connexion", timeout=5).read()
                return time.perf_counter() - begun
            except urllib.error.URLError:
                if server.poll() is not None:
                    raise
                time.sleep(0.02)
    finally:
        server.terminate()
        server.wait()


def main() -> int:
    """Print a line per claim; the exit status is 1 when a limit is passed."""
    with tempfile.TemporaryDirectory() as folder:
        instance = Path(folder) / "instance"
        seconds = {
            "impact --help": sorted(_run("--help") for _ in range(REPEATS))[REPEATS // 2],
            "impact demo": _run("demo", "--instance", str(instance)),
        }
        _first_page(instance)
        seconds["first page at a second start"] = _first_page(instance)
    for name, spent in seconds.items():
        print(f"{name}: {spent:.2f} s, limit {LIMITS[name]:.0f} s, ratio {spent / LIMITS[name]:.2f}")
    return int(any(spent > LIMITS[name] for name, spent in seconds.items()))


if __name__ == "__main__":
    sys.exit(main())
