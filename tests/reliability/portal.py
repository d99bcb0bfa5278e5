"""The portal as a process of its own, which can be killed, and devices that speak HTTP to it."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from threading import Barrier
from typing import Any
from urllib.parse import urlencode

from tests.client import PASSWORD, hidden_fields
from tests.house.tree import ROOT

FORM = "application/x-www-form-urlencoded"
AWAY = (OSError, http.client.HTTPException)  # what a client sees of a server that is gone


def free_port() -> int:
    """A port of this machine that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Portal:
    """A folder, a database, a port, and the processes that serve it while they live."""

    folder: Path
    url: str
    threads: int = 8
    module: str = "jiedui"
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[str] | None = None
    nest: subprocess.Popen[str] | None = None  # where warm processes come from
    pids: list[int] = field(default_factory=list)  # of warm processes
    seconds: float = 0.0  # from the last cold start to the first answer

    def start(self, *more: str) -> None:
        """`jiedui serve`, as in production; returns once it answers."""
        began = time.monotonic()
        self.process = self._run(self.module, "serve", *more, stdin=subprocess.DEVNULL)
        assert f":{self.port}/" in self._hear(self.process), self.log()
        self._answers()
        self.seconds = time.monotonic() - began

    def start_warm(self) -> None:
        """Server and worker as copies of a process that has read the code; see `warm`."""
        if self.nest is None:
            self.nest = self._run("tests.reliability.warm", stdin=subprocess.PIPE)
        assert self.nest.stdin is not None
        self.nest.stdin.write("worker\nserve\n")
        self.nest.stdin.flush()
        said = [self._hear(self.nest) for _ in range(3)]
        self.pids = [int(line.split()[1]) for line in said if line.startswith("process ")]
        assert len(self.pids) == 2, self.log()
        self._answers()

    def _run(self, module: str, *words: str, stdin: int) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", module, *words],
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=(self.folder / "log").open("a"),
            text=True,
            cwd=ROOT,
            env=self.environment(),
            start_new_session=True,  # server and worker are killed in one blow
        )

    def _hear(self, process: subprocess.Popen[str]) -> str:
        assert process.stdout is not None
        return process.stdout.readline()

    def _answers(self) -> None:
        assert Device(self.port).get("/sign-in").status == 200

    def environment(self) -> dict[str, str]:
        """What the process is told, and nothing of this one's own settings."""
        plain = {k: v for k, v in os.environ.items() if not k.startswith("JIEDUI_")}
        return plain | {
            "PYTHONPATH": f"{ROOT / 'platform'}:{ROOT}",
            "JIEDUI_MODE": "test",
            "JIEDUI_VAR": str(self.folder),
            "JIEDUI_DATABASE_URL": self.url,
            "JIEDUI_SECRET_KEY": "t" * 48,
            "JIEDUI_THREADS": str(self.threads),
            "JIEDUI_ARGON2_MEMORY_KIB": "64",
            "JIEDUI_ARGON2_ROUNDS": "1",
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
        }

    def kill(self) -> None:
        """Server and worker, now, without a word: as when the power goes."""
        for number in self.pids:
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        while any(_lives(number) for number in self.pids):
            time.sleep(0.002)
        self.pids = []
        if self.process is not None:
            _end(self.process)
            self.process = None

    def close(self) -> None:
        """Leave nothing behind that runs."""
        self.kill()
        if self.nest is not None:
            _end(self.nest)
            self.nest = None

    def log(self) -> str:
        """What the processes have said to whoever looks after the machine."""
        return (self.folder / "log").read_text()

    def errors(self) -> list[str]:
        """What the log calls an error."""
        return [line for line in self.log().splitlines() if " level=error " in line]


def _lives(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


def _end(process: subprocess.Popen[str]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for end in (process.stdin, process.stdout):
        if end is not None:
            end.close()


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    text: str
    location: str

    @property
    def done(self) -> bool:
        """Whether the act is acknowledged: a form that was taken leads on, or says so."""
        return self.status < 400


class Device:
    """One device: cookies of its own, a connection for each request."""

    def __init__(self, port: int) -> None:
        self.port, self.cookies, self.token = port, SimpleCookie(), ""

    def get(self, path: str) -> Answer:
        """Open a page; its forms' proof of origin is remembered."""
        answer = self.ask("GET", path)
        self.token = hidden_fields(answer.text, path).get("csrf_token", self.token)
        return answer

    def ask(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        kind: str = FORM,
        ready: Callable[[], object] = lambda: None,
    ) -> Answer:
        """One request; `ready` is called when the line is open and before anything is sent."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=90)
        try:
            line.connect()
            ready()
            sent = {"Content-Type": kind} if body else {}
            if self.cookies:
                sent["Cookie"] = "; ".join(f"{k}={v.value}" for k, v in self.cookies.items())
            line.request(method, path, body or None, sent)
            got = line.getresponse()
            text = got.read().decode(errors="replace")
            for cookie in got.headers.get_all("Set-Cookie") or []:
                self.cookies.load(cookie)
            return Answer(got.status, text, got.getheader("Location") or "")
        finally:
            line.close()

    def send(self, path: str, **fields: Any) -> Answer:
        """Fill in the form of a page and send it."""
        page = self.get(path)
        return self.post(path, {**hidden_fields(page.text, path), **fields})

    def post(
        self, path: str, fields: Mapping[str, Any], ready: Callable[[], object] = lambda: None
    ) -> Answer:
        """Send fields as they are, with this device's proof of origin."""
        said = {"csrf_token": self.token, **fields}
        return self.ask("POST", path, urlencode(said, doseq=True).encode(), ready=ready)

    def sign_in(self, phone: str) -> Device:
        """Sign in, and open the first page."""
        assert self.send("/sign-in", phone=phone, password=PASSWORD).status == 303
        self.get("/me")
        return self


@dataclass(frozen=True)
class Post:
    """One form that waits to be sent."""

    device: Device
    path: str
    fields: Mapping[str, Any]


def at_once(posts: Sequence[Post]) -> list[Answer]:
    """Every form in the same moment: all lines are open before the first word is said."""
    gate = Barrier(len(posts))

    def press(one: Post) -> Answer:
        return one.device.post(one.path, one.fields, ready=lambda: gate.wait(60))

    with ThreadPoolExecutor(len(posts)) as pool:
        return list(pool.map(press, posts))
