"""A real gateway on this machine: it takes JSON posts over HTTP and answers as it is told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


@dataclass
class Gateway:
    """What came in (path, headers, body), and the answer: status, body, further headers."""

    port: int = 0
    came: list[tuple[str, dict[str, str], Any]] = field(default_factory=list)
    status: int = 200
    body: Any = field(default_factory=lambda: {"errcode": 0, "errmsg": "ok"})
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Where it stands."""
        return f"http://127.0.0.1:{self.port}/send?key=secret"


class _Door(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        gateway: Gateway = self.server.gateway  # type: ignore[attr-defined]
        said = self.rfile.read(int(self.headers["Content-Length"]))
        gateway.came.append((self.path, dict(self.headers), json.loads(said)))
        answer = gateway.body if isinstance(gateway.body, bytes) else json.dumps(gateway.body)
        answer = answer if isinstance(answer, bytes) else answer.encode()
        self.send_response(gateway.status)
        for name, value in gateway.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def do_GET(self) -> None:
        self.server.gateway.came.append((self.path, dict(self.headers), None))  # type: ignore[attr-defined]
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Tests are quiet."""


@contextmanager
def opened(gateway: Gateway) -> Iterator[Gateway]:
    """The gateway while it is open."""
    server = ThreadingHTTPServer(("127.0.0.1", gateway.port), _Door)
    server.gateway = gateway  # type: ignore[attr-defined]
    gateway.port = server.server_address[1]
    thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield gateway
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
