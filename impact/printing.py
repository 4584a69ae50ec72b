"""HTML → PDF/A-3a and PDF/UA-1, in a child process whose time and memory are bounded: `impact.laying_out`."""

import base64
import io
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from impact.exceptions import ImpactError

STATIC = Path(__file__).resolve().parent / "static"
TOO_LONG = "L’impression a été arrêtée : ce document est trop long. Choisissez une période plus courte."
NOT_PRINTED = "L’impression n’a pas abouti. Vos données sont intactes : vous pouvez recommencer."

OUT_OF_MEMORY = 3
_NO_MEMORY_SIGNALS = frozenset({signal.SIGABRT, signal.SIGSEGV, signal.SIGBUS})


class PrintingFailed(ImpactError):
    """The document could not be printed within its limits; `str(error)` is a French sentence."""


@dataclass(frozen=True)
class Attachment:
    """A file carried inside the PDF, such as the figures behind its charts."""

    name: str
    content: bytes
    description: str


@dataclass(frozen=True)
class Limits:
    """What a child process may use: processor seconds, seconds on the clock, bytes of address space."""

    processor: int = 20
    clock: float = 60.0
    memory: int = 2**30


REPORT_LIMITS = Limits(processor=90, clock=240.0, memory=2**30)


@dataclass(frozen=True)
class Anchor:
    """Where an element with an `id` was printed: page counted from 0, then left, top, right, bottom in CSS pixels."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Printed:
    """A PDF, its number of pages and the place of each element that has an `id`."""

    content: bytes
    pages: int
    anchors: dict[str, Anchor] = field(default_factory=dict)


def print_document(
    html: str,
    *,
    attachments: Sequence[Attachment] = (),
    base: Path = STATIC,
    moment: datetime,
    limits: Limits | None = None,
    progress: Callable[[int], None] | None = None,
) -> Printed:
    """`impact.laying_out.lay_out` in a child process bounded by `limits`; raises PrintingFailed with a French sentence.

    The child receives the document on its standard input and none of this process's environment but its paths, so
    that no key reaches it; nothing is written on disk but fonts.
    """
    limits = limits or Limits()
    specification = json.dumps(
        {
            "html": html,
            "attachments": [
                [each.name, base64.b64encode(each.content).decode("ascii"), each.description] for each in attachments
            ],
            "base": str(base),
            "moment": moment.isoformat(),
            "processor": limits.processor,
            "memory": limits.memory,
        }
    )
    answer = _ask_child(specification.encode("utf-8", "surrogatepass"), limits, progress)
    heading, _, content = answer.partition(b"\n")
    told = json.loads(heading)
    return Printed(content, told["pages"], {name: Anchor(*place) for name, place in told["anchors"].items()})


def print_pdf(
    html: str,
    *,
    attachments: Sequence[Attachment] = (),
    base: Path = STATIC,
    moment: datetime,
    limits: Limits | None = None,
    progress: Callable[[int], None] | None = None,
) -> bytes:
    """The PDF of `print_document`."""
    return print_document(
        html, attachments=attachments, base=base, moment=moment, limits=limits, progress=progress
    ).content


def _ask_child(specification: bytes, limits: Limits, progress: Callable[[int], None] | None) -> bytes:
    reading, writing = os.pipe()
    with tempfile.TemporaryDirectory() as folder, open(reading, encoding="utf-8", errors="replace") as told:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        with subprocess.Popen(
            [sys.executable, "-m", "impact.laying_out"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=writing,
            cwd=STATIC.parents[1],
            env=kept | {"TMPDIR": folder, "PYTHONHASHSEED": "0"},
        ) as process:
            os.close(writing)
            listener = threading.Thread(target=_listen, args=(told, progress), daemon=True)
            listener.start()
            try:
                answer, _ = process.communicate(specification, timeout=limits.clock)
            except subprocess.TimeoutExpired as expired:
                raise PrintingFailed(TOO_LONG) from expired
            finally:
                process.kill()
                listener.join()
    if process.returncode:
        raise PrintingFailed(_reason(process.returncode))
    return answer


def _listen(told: io.TextIOBase, progress: Callable[[int], None] | None) -> None:
    for line in told:
        number = line.removeprefix("page ").strip()
        if progress and line.startswith("page ") and number.isascii() and number.isdecimal():
            progress(int(number))


def _reason(code: int) -> str:
    stopped = {OUT_OF_MEMORY, -signal.SIGXCPU, -signal.SIGKILL} | {-each for each in _NO_MEMORY_SIGNALS}
    return TOO_LONG if code in stopped else NOT_PRINTED
