"""After a day at the portal nobody's name, number, address or key stands where it must not: in
logs, addresses, letters, the record, or in the bytes of the database.

Seen to fail: a failure logged with its message (factory/troubles.py), an address column that lies
unsealed (db.Sealed), a revealed value among an entry's details (audit.record), a search that leads
to an address with the name in it (desk/views/search.py).
"""

from __future__ import annotations

import hashlib
import io
import json
import logging
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
import structlog
from flask import Flask
from sqlalchemy import inspect, select

from jiedui.core import db
from jiedui.core.audit import AuditEntry
from jiedui.core.outbox import Letter
from tests.house.journey import DOORS, Sent, play

TOKEN = 40


def written(secret: str) -> Iterator[bytes]:
    """A secret as it could stand somewhere: as it is, escaped, in an address, badly hidden."""
    plain = secret.encode()
    yield from (plain, secret.encode("gb18030"), secret.encode("utf-16-le"))
    yield from (json.dumps(secret)[1:-1].encode(), quote(secret).encode(), plain.hex().encode())
    if len(secret) < TOKEN:  # what is 256 bits of chance cannot be guessed from its fingerprint
        for guessed in (hashlib.sha256(plain), hashlib.md5(plain)):  # noqa: S324
            yield from (guessed.hexdigest().encode(), guessed.digest())


def leaks(secrets: Iterable[str], where: bytes) -> list[str]:
    """Which secrets can be read there."""
    return [one for one in sorted(secrets) if any(form in where for form in written(one))]


@pytest.fixture
def log(own_app: Flask, caplog: pytest.LogCaptureFixture) -> Iterator[io.StringIO]:
    """Everything that is logged, down to what libraries say for debugging."""
    heard = io.StringIO()
    before = structlog.get_config()
    structlog.configure(logger_factory=structlog.WriteLoggerFactory(file=heard))
    own_app.config["PROPAGATE"] = False
    # The database's own log holds each statement with what is bound to it. (Its DEBUG holds rows
    # too, unsealed: it is never on unless somebody sets that one logger by hand.)
    with caplog.at_level(logging.INFO, "sqlalchemy.engine"), caplog.at_level(logging.DEBUG):
        yield heard
    structlog.configure(**before)


def test_a_day_leaves_nothing_where_it_must_not(
    own_app: Flask, log: io.StringIO, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    """Logs, addresses, letters, the record and the database after the same day."""
    sent = play(own_app)
    assert len(sent.secrets) > 30
    logged = log.getvalue() + caplog.text
    for trace in ("unforeseen", "too late", "INSERT INTO child"):
        assert trace in logged, trace
    assert leaks(sent.secrets, logged.encode()) == []
    assert _in_addresses(sent) == []
    assert leaks(sent.secrets, _rows(Letter)) == []
    assert leaks(sent.secrets, _rows(AuditEntry)) == []
    assert leaks(sent.secrets, _database(tmp_path)) == []


def _in_addresses(sent: Sent) -> list[str]:
    """Addresses that tell; a number to tap and the two single-use doors are meant to."""
    told = [a for a in sent.addresses if not a.startswith("tel:") and not _door(a)]
    return leaks(sent.secrets, "\n".join(told).encode())


def _door(address: str) -> bool:
    return any(door in address for door in DOORS)


def _rows(table: type[db.Base]) -> bytes:
    """A table as a reader of its rows has it."""
    with db.read():
        rows = db.session.scalars(select(table)).all()
        assert rows
        names = [column.key for column in inspect(table).columns]
        return "\n".join(str([getattr(row, name) for name in names]) for row in rows).encode()


def _database(folder: Path) -> bytes:
    """The bytes of the database, with what has not been written back yet."""
    files = [folder / "jiedui.db", folder / "jiedui.db-wal"]
    assert all(file.stat().st_size for file in files)
    return b"\n".join(file.read_bytes() for file in files)
