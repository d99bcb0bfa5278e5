"""A real HTTP server that speaks as Nominatim or Baidu does, for one test."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


class MapServer(ThreadingHTTPServer):
    """Gives the same answer to everything and keeps what was asked."""

    def __init__(self, answer: Any, status: int) -> None:
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.status = status
        self.body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def domain(self) -> str:
        """As the setting JIEDUI_GEOCODER_DOMAIN names it."""
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: MapServer

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        values = {name: said[0] for name, said in parse_qs(asked.query).items()}
        self.server.asked.append((asked.path, values))
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(self.server.body)

    def log_message(self, *_: Any) -> None:
        """Keep the test's output clean."""


@contextmanager
def serving(answer: Any, status: int = 200) -> Iterator[MapServer]:
    """A server for the time of a test; `answer` is JSON, or bytes as they are."""
    server = MapServer(answer, status)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
