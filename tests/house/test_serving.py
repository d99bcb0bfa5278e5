"""The server as it runs in production: behind a proxy it knows the visitor, alone it believes
nobody."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlencode

import pytest
import waitress
from flask import Flask
from sqlalchemy import select

from jiedui.__main__ import main
from jiedui.access.models import SignInTry
from jiedui.core import crypto, db
from jiedui.core.pages import in_full
from jiedui.factory import create_app
from jiedui.factory.serving import address, serving
from jiedui.settings import BadSettings, Settings, from_environment

VISITOR = "203.0.113.7"


@contextmanager
def served(app: Flask, proxies: int) -> Iterator[int]:
    """The portal at a port of this machine, as `jiedui serve` would serve it."""
    known: Settings = app.config["SETTINGS"]
    settings = Settings(**{**known.__dict__, "trusted_proxies": proxies, "port": 0})
    server = waitress.create_server(create_app(settings, queue=False), **serving(settings))

    def run() -> None:
        with suppress(OSError):  # closed while it waited for the next request
            server.run()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield server.effective_port
    finally:
        server.task_dispatcher.shutdown()
        server.close()
        thread.join(timeout=5)


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


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """A folder of its own for a server, and a port that is free."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    for name, value in (("VAR", str(tmp_path / "with a space")), ("MODE", "demo")):
        monkeypatch.setenv(f"JIEDUI_{name}", value)
    monkeypatch.setenv("PORT", str(port))
    monkeypatch.delenv("HOST", raising=False)
    return port


def test_a_taken_port_is_told_before_anything_is_loaded(
    elsewhere: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line with what to do, an exit code, no demo county."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", elsewhere))
        taken.listen()
        assert main(["serve", "--worker", "--demo"]) == 2
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 1
    assert f"port {elsewhere}" in told[0]
    assert not (tmp_path / "with a space" / "jiedui.db").exists()


def test_a_server_that_is_stopped_takes_its_worker_along(elsewhere: int) -> None:
    """Also when it is told by a signal, not by Ctrl-C."""
    command = [sys.executable, "-m", "jiedui", "serve", "--worker"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert server.stdout is not None
    assert f":{elsewhere}/" in server.stdout.readline()
    server.send_signal(signal.SIGTERM)
    assert server.wait(timeout=30) == 0
    with pytest.raises(ProcessLookupError):
        os.killpg(server.pid, 0)
    server.stdout.close()


@pytest.mark.parametrize(
    ("host", "typed"),
    [
        ("0.0.0.0", "http://127.0.0.1:8000/ (and every other address of this machine)"),  # noqa: S104
        ("::", "http://[::1]:8000/ (and every other address of this machine)"),
        ("::1", "http://[::1]:8000/"),
        ("portal.local", "http://portal.local:8000/"),
    ],
)
def test_the_printed_address_can_be_opened(host: str, typed: str) -> None:
    """Whatever HOST says."""
    assert address(Settings(host=host)) == typed


@pytest.mark.parametrize(
    ("name", "said"),
    [("PORT", "http"), ("PORT", "70000"), ("JIEDUI_THREADS", "0"), ("JIEDUI_MODE", "live")],
)
def test_a_setting_that_makes_no_sense_is_named(name: str, said: str, tmp_path: Path) -> None:
    """The command line prints it in one line."""
    with pytest.raises(BadSettings, match=name):
        from_environment({"JIEDUI_VAR": str(tmp_path), name: said})


def test_only_the_address_people_use_is_answered(own_app: Flask) -> None:
    """A name that somebody else has put in front gets nothing, and no link ever carries it. Made to
    catch: any host believed (TRUSTED_HOSTS left out), links made from what was asked (in_full)."""
    known: Settings = own_app.config["SETTINGS"]
    settings = Settings(**{**known.__dict__, "public_url": "https://portal.example/"})
    app = create_app(settings, queue=False)
    browser = app.test_client()
    assert browser.get("/sign-in", headers={"Host": "portal.example"}).status_code == 200
    assert browser.get("/sign-in", headers={"Host": "127.0.0.1:8000"}).status_code == 200
    assert browser.get("/sign-in", headers={"Host": "evil.example"}).status_code == 400
    with app.test_request_context("/", headers={"Host": "127.0.0.1:8000"}):
        assert in_full("access.sign_in") == "https://portal.example/sign-in"
