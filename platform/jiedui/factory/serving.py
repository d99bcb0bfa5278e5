"""The server: it says where it listens, and takes its worker along when it is stopped."""

from __future__ import annotations

import argparse
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from threading import Thread
from typing import Any

import waitress
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from jiedui.children import queries as children
from jiedui.core import db, heap
from jiedui.factory import create_app, showing, up_to_date
from jiedui.factory.outcome import Trouble
from jiedui.settings import Settings, from_environment

ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104 - only where to look  # nosec B104


def declare(commands: Any) -> None:
    """The command with its arguments."""
    serve = commands.add_parser("serve", help="serve the portal")
    serve.add_argument("--worker", action="store_true", help="run a worker beside the server")
    serve.add_argument("--demo", action="store_true", help="load the demo county when it is empty")
    serve.set_defaults(run=run_serve)


def run_serve(args: argparse.Namespace) -> int:
    """Serve until stopped, a worker beside it when asked."""
    settings = from_environment()
    check_port(settings)
    _stop_in_order()
    if args.demo:
        showing.have_county(settings)
        showing.tell(settings)
    else:
        up_to_date(settings)
    server = _listening(create_app(settings), settings)
    heap.settle()
    worker = None
    try:
        if args.worker:
            worker = subprocess.Popen([sys.executable, "-m", "jiedui", "worker"])
        print(f"Jiedui 结对: {address(settings)}", flush=True)
        Thread(target=_open_names, daemon=True).start()
        server.run()
    finally:
        if worker is not None:
            _end(worker)
    return 0


def _open_names() -> None:
    """Names are opened for searching while the first pages are served, so that nobody waits for
    them. Where that fails the first search does it."""
    with suppress(SQLAlchemyError), db.read():
        children.load_names()


def serving(settings: Settings) -> dict[str, Any]:
    """How the server is run. What a proxy says of the visitor is kept only where a proxy is
    trusted (the application reads it); else it is taken off, since anybody could write it."""
    return {
        "host": settings.host,
        "port": settings.port,
        "threads": settings.threads,
        "clear_untrusted_proxy_headers": not settings.trusted_proxies,
    }


def address(settings: Settings) -> str:
    """What to type into a browser on this machine."""
    host = ANYWHERE.get(settings.host) or settings.host
    if ":" in host and not host.startswith("["):
        host = f"[{host}]"
    more = " (and every other address of this machine)" if settings.host in ANYWHERE else ""
    return f"http://{host}:{settings.port}/{more}"


def check_port(settings: Settings) -> None:
    """Refuse a port that is taken before anything long is begun."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise _taken(settings, error) from error


def _listening(app: Flask, settings: Settings) -> Any:
    try:
        return waitress.create_server(app, **serving(settings))
    except OSError as error:  # taken meanwhile
        raise _taken(settings, error) from error


def _taken(settings: Settings, error: OSError) -> Trouble:
    return Trouble(
        f"port {settings.port} on {settings.host} cannot be used ({error.strerror}); "
        f"choose another with PORT={settings.port % 65535 + 1}"
    )


def _stop_in_order() -> None:
    """Let a server that is told to end, end as it does on Ctrl-C: its worker with it."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_DFL:  # nohup keeps its say
            signal.signal(number, lambda *_: sys.exit(0))


def _end(worker: subprocess.Popen[bytes]) -> None:
    worker.terminate()
    try:
        worker.wait(timeout=20)
    except subprocess.TimeoutExpired:
        worker.kill()  # its job is sent again by the next worker
        worker.wait()
