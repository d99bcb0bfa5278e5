"""The server as it runs in production: behind a proxy it knows the visitor, alone it believes
nobody."""

from __future__ import annotations

import http.client
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

import pytest
import waitress
from flask import Flask
from sqlalchemy import select

from jiedui.access.models import SignInTry
from jiedui.core import crypto, db
from jiedui.factory import create_app
from jiedui.factory.commands import serving
from jiedui.settings import Settings

VISITOR = "203.0.113.7"


@contextmanager
def served(app: Flask, proxies: int) -> Iterator[int]:
    """The portal at a port of this machine, as `jiedui serve` would serve it."""
    known: Settings = app.config["SETTINGS"]
    settings = Settings(**{**known.__dict__, "trusted_proxies": proxies, "port": 0})
    server = waitress.create_server(create_app(settings, queue=False), **serving(settings))
    threading.Thread(target=server.run, daemon=True).start()
    try:
        yield server.effective_port
    finally:
        server.task_dispatcher.shutdown()
        server.close()


def try_to_sign_in(port: int) -> None:
    """A wrong password, with what a proxy would say of the visitor."""
    said = {"X-Forwarded-For": VISITOR, "X-Forwarded-Proto": "https"}
    said["Referer"] = f"https://127.0.0.1:{port}/sign-in"  # as browsers send it to their own site
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    line.request("GET", "/sign-in", headers=said)
    answer = line.getresponse()
    token = re.search(r'name="csrf_token" value="([^"]+)"', answer.read().decode())
    assert token is not None
    cookie = (answer.getheader("Set-Cookie") or "").split(";")[0]
    form = {"csrf_token": token.group(1), "phone": "13900000001", "password": "wrong password"}
    kind = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
    line.request("POST", "/sign-in", urlencode(form), {**said, **kind})
    refused = line.getresponse()
    assert refused.status == 422
    refused.read()
    line.close()


@pytest.mark.parametrize(
    ("proxies", "address"), [(1, VISITOR), (0, "127.0.0.1")], ids=["behind a proxy", "alone"]
)
def test_a_wrong_password_is_counted_for_the_visitors_address(
    app: Flask, proxies: int, address: str
) -> None:
    """Else one visitor behind the proxy could lock everybody out, or dodge the count."""
    with served(app, proxies) as port:
        try_to_sign_in(port)
    with db.read():
        tried = db.session.scalars(select(SignInTry.address)).all()
        assert tried == [crypto.blind_index("address", address)]
