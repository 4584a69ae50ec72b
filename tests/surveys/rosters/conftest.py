"""A small mail server."""

import socket
import threading
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from typing import Any

import pytest


class Sink:
    """Speaks as much SMTP as it takes to receive letters one connection after the other; `refus@` is refused.

    `answer` is what it says to each command `after`."""

    def __init__(self, most: int = 100, after: str = "", answer: str = "") -> None:
        self.letters: list[Message] = []
        self.most = most
        self.declined = {after: answer}
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.thread = threading.Thread(target=self._listen, daemon=True)
        self.thread.start()

    def stop(self) -> None:
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
        self.thread.join()

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            with connection, connection.makefile("rwb") as stream:
                self._talk(stream)

    def _talk(self, stream: Any) -> None:
        def say(text: str) -> None:
            stream.write(f"{text}\r\n".encode())
            stream.flush()

        say("220 sink")
        while line := stream.readline().decode().strip():
            word = line.split()[0].upper()
            if word == "DATA":
                if len(self.letters) >= self.most:
                    return
                say("354 go")
                lines = []
                while (read := stream.readline()) != b".\r\n":
                    lines.append(read)
                self.letters.append(message_from_bytes(b"".join(lines)))
            elif word == "QUIT":
                say("221 bye")
                return
            say(self.declined.get(word) or ("550 no" if word == "RCPT" and "refus@" in line else "250 ok"))


@pytest.fixture
def sink_of() -> type[Sink]:
    """A server that takes so many letters, then goes away."""
    return Sink


@pytest.fixture
def sink() -> Iterator[Sink]:
    made = Sink()
    yield made
    made.stop()
