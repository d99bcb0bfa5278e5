"""The machine: keys, TLS, clock, disk."""

from __future__ import annotations

import http.client
import os
import shutil
import ssl
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from urllib.parse import urlsplit

from sqlalchemy import select

from jiedui.core import crypto
from jiedui.core.audit import AuditEntry
from jiedui.factory.doctor.finding import Finding, ask
from jiedui.settings import Settings

GIB = 1024**3
FREE_LEAST = GIB
FREE_SHARE = 0.05
CERTIFICATE_DAYS = 14
CLOCK_AHEAD = timedelta(minutes=2)
ANSWER_WITHIN = 5.0


def keys(settings: Settings) -> Iterator[Finding]:
    """There, whole, read by nobody else, and not where a backup would take it along."""
    path = settings.key_file
    if not path.is_file():
        yield Finding(
            "keys", False, f"no key file at {path}", "jiedui keys new, or put the saved one back"
        )
        return
    crypto.use(crypto.load(path))
    mode = path.stat().st_mode & 0o777
    yield Finding("keys", not mode & 0o077, f"key file {path}, mode {mode:o}", f"chmod 600 {path}")
    if settings.production:
        inside = path.is_relative_to(settings.var) or path.is_relative_to(settings.backups)
        yield Finding(
            "keys",
            not inside,
            "kept beside the data" if inside else "kept apart from data and backups",
            "move the key file out of JIEDUI_VAR and set JIEDUI_KEY_FILE",
        )


def https(settings: Settings) -> Iterator[Finding]:
    """Served over TLS, by a name whose certificate is good and does not run out soon."""
    if not settings.production:
        yield Finding("https", True, f"not asked of an installation in mode {settings.mode.value}")
        return
    address = urlsplit(settings.public_url)
    if address.scheme != "https" or not address.hostname:
        yield Finding(
            "https",
            False,
            f"JIEDUI_PUBLIC_URL is {settings.public_url or 'not set'}",
            "set it to the address people use; it begins with https",
        )
        return
    if not settings.trusted_proxies:
        yield Finding(
            "https",
            False,
            "JIEDUI_TRUSTED_PROXIES is 0: everybody seems to come from the proxy",
            "set it to the number of proxies in front (1 for Caddy or nginx)",
        )
    yield from _answer(address.hostname, address.port or 443)


def _answer(host: str, port: int) -> Iterator[Finding]:
    try:
        ends, status = _asked(host, port)
    except (OSError, ValueError, http.client.HTTPException) as error:
        yield Finding(
            "https",
            False,
            f"{host}:{port} does not answer with a good certificate ({type(error).__name__})",
            "look at the proxy: systemctl status caddy, or nginx",
        )
        return
    days = (ends - datetime.now(UTC)).days
    yield Finding(
        "https",
        days >= CERTIFICATE_DAYS,
        f"the certificate of {host} ends in {days} days",
        "renew the certificate; the proxy should do this by itself",
    )
    yield Finding(
        "https",
        status == HTTPStatus.OK,
        f"the first page answers {status}",
        "look at the server: systemctl status jiedui",
    )


def _asked(host: str, port: int) -> tuple[datetime, int]:
    """When the certificate ends, and how the first page answers."""
    context = ssl.create_default_context()
    line = http.client.HTTPSConnection(host, port, timeout=ANSWER_WITHIN, context=context)
    try:
        line.connect()
        shown = line.sock.getpeercert() or {}
        line.request("GET", "/")
        status = line.getresponse().status
    finally:
        line.close()
    ends = ssl.cert_time_to_seconds(str(shown.get("notAfter", "")))
    return datetime.fromtimestamp(ends, UTC), status


def clock(settings: Settings) -> Iterator[Finding]:
    """Not behind what is on record, and kept right by the network where the machine tells."""
    last = select(AuditEntry.at).order_by(AuditEntry.id.desc()).limit(1)
    newest = ask(settings, lambda c: c.scalar(last))
    now = datetime.now(UTC)
    ahead = newest is not None and newest > now + CLOCK_AHEAD  # type: ignore[operator]
    yield Finding(
        "clock",
        not ahead,
        f"{now:%Y-%m-%d %H:%M} UTC" + (f", but the record goes to {newest:%H:%M}" if ahead else ""),
        "set the clock of the machine",
    )
    told = _synchronised()
    if told is not None:
        yield Finding(
            "clock",
            told,
            "kept by the network" if told else "not kept by the network",
            "systemctl enable --now systemd-timesyncd (or chronyd)",
        )


def _synchronised() -> bool | None:
    """What systemd says of the machine's clock; None where there is no systemd."""
    program = shutil.which("timedatectl")
    if program is None:
        return None
    done = subprocess.run(  # noqa: S603
        [program, "show", "--property=NTPSynchronized", "--value"],
        capture_output=True,
        text=True,
        check=False,
    )
    return {"yes": True, "no": False}.get(done.stdout.strip())


def disk(settings: Settings) -> Iterator[Finding]:
    """Room to write; and what lies there is read by nobody else."""
    usage = shutil.disk_usage(settings.var)
    enough = usage.free >= max(FREE_LEAST, usage.total * FREE_SHARE)
    yield Finding(
        "disk",
        enough,
        f"{usage.free / GIB:.1f} GiB free of {usage.total / GIB:.1f} at {settings.var}",
        "make room: old copies (*-before-*.db), logs; or a larger disk",
    )
    mode = settings.var.stat().st_mode & 0o777
    yield Finding(
        "disk",
        not (settings.production and mode & 0o077),
        f"folder {settings.var}, mode {mode:o}",
        f"chmod 700 {settings.var}",
    )
    yield Finding("disk", os.access(settings.var, os.W_OK), "can be written", "check the owner")
