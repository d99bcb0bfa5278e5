"""A real mail server on this machine: it speaks SMTP over a socket, keeps what it is handed, and
answers as it is told (RFC 5321; AUTH PLAIN of RFC 4954)."""

from __future__ import annotations

import base64
import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from threading import Thread
from typing import Any, cast


@dataclass
class Received:
    """One message as it came over the line."""

    sender: str
    to: list[str]
    raw: bytes

    def read(self) -> EmailMessage:
        """The message, as a mail program reads it."""
        return cast(EmailMessage, message_from_bytes(self.raw, policy=default))


@dataclass
class PostOffice:
    """What it has received, and what it says instead of taking a message: by the word that it is
    said to ("RCPT", "DATA", "MAIL", "AUTH", "END": after the message; "HANG": cuts off there)."""

    port: int = 0
    received: list[Received] = field(default_factory=list)
    says: dict[str, str] = field(default_factory=dict)
    password: str = ""
    greeted: list[str] = field(default_factory=list)


class _Counter(socketserver.StreamRequestHandler):
    """One customer at the counter."""

    def handle(self) -> None:
        self.office: PostOffice = self.server.office  # type: ignore[attr-defined]
        self.sender, self.to, self.known = "", [], not self.office.password
        self.say("220 post office")
        while (line := self.rfile.readline()) and not self.answer(line.decode().rstrip("\r\n")):
            pass

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def answer(self, line: str) -> bool:
        """Answer one command; True ends the talk."""
        word = line.partition(" ")[0].upper()
        if word == "QUIT":
            self.say("221 bye")
            return True
        if word == self.office.says.get("HANG"):
            return True
        if word in self.office.says:
            self.say(self.office.says[word])
            return False
        getattr(self, f"on_{word.lower()}", self.on_anything)(line)
        return False

    def on_anything(self, line: str) -> None:
        self.say("502 not here")

    def on_ehlo(self, line: str) -> None:
        self.office.greeted.append(line)
        self.say("250-post office")
        self.say("250 AUTH PLAIN" if self.office.password else "250 HELP")

    def on_auth(self, line: str) -> None:
        said = base64.b64decode(line.split()[-1]).decode().split("\0")
        self.known = said[-1] == self.office.password
        self.say("235 welcome" if self.known else "535 no")

    def on_mail(self, line: str) -> None:
        self.sender = line.partition("<")[2].partition(">")[0]
        self.say("250 ok" if self.known else "530 sign in first")

    def on_rcpt(self, line: str) -> None:
        self.to.append(line.partition("<")[2].partition(">")[0])
        self.say("250 ok")

    def on_rset(self, line: str) -> None:
        self.sender, self.to = "", []
        self.say("250 ok")

    def on_data(self, line: str) -> None:
        self.say("354 go on")
        lines = []
        while (text := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(text.removeprefix(b".") if text.startswith(b"..") else text)
        if "END" not in self.office.says:
            self.office.received.append(Received(self.sender, self.to, b"".join(lines)))
        self.say(self.office.says.get("END", "250 taken"))


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, office: PostOffice) -> None:
        self.office = office
        super().__init__(("127.0.0.1", office.port), _Counter)

    def handle_error(self, *_: Any) -> None:
        """A customer who runs away is no trouble."""


@contextmanager
def opened(office: PostOffice) -> Iterator[PostOffice]:
    """The office while it is open; its port stays its own when it closes and opens again."""
    server = _Server(office)
    office.port = server.server_address[1]
    thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield office
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
