"""The doctor says what is wrong and what to do, and is quiet when all is well."""

from __future__ import annotations

import os
import socket
import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from flask import Flask

from jiedui.__main__ import main
from jiedui.access.rules import Role
from jiedui.core import clock, crypto, db, jobs
from jiedui.core.actors import SYSTEM
from jiedui.factory import backup, doctor
from jiedui.factory.doctor import Finding
from jiedui.settings import Mode, Settings
from tests import people


def installed(app: Flask, **over: object) -> Settings:
    """The settings of an application under test, with a folder of its own for copies."""
    known: Settings = app.config["SETTINGS"]
    return Settings(**{**known.__dict__, "backups": known.var / "copies", **over})


def bad(settings: Settings, name: str) -> list[Finding]:
    """What is not well of one name."""
    return [f for f in doctor.examine(settings) if f.name == name and not f.well]


def test_a_well_installation_is_well(app: Flask) -> None:
    """Swept a moment ago, backed up, up to date: every line says ok (what belongs to the machine
    aside: network time and free room)."""
    settings = installed(app)
    people.appoint(Role.account_admin)
    jobs.sweep()
    backup.make(settings, settings.backups)
    found = doctor.examine(settings)
    machine = ("by the network", "GiB free")
    assert [f.line() for f in found if not f.well and not any(m in f.what for m in machine)] == []
    assert {f.name for f in found} == {
        "keys", "https", "database", "clock", "worker", "reports", "disk", "backup",
    }  # fmt: skip


def test_a_key_file_that_others_can_read_is_named(app: Flask) -> None:
    """With the command that puts it right."""
    settings = installed(app)
    settings.key_file.chmod(0o644)
    assert "chmod 600" in bad(settings, "keys")[0].line()
    settings.key_file.unlink()
    assert "jiedui keys new" in bad(settings, "keys")[0].line()
    settings.key_file.write_text("{}")
    assert bad(settings, "keys")


def test_keys_beside_the_data_are_named_in_production(app: Flask, tmp_path: Path) -> None:
    """A backup of the folder would take them along."""
    settings = installed(app, mode=Mode.production, https=True)
    assert any("move the key file" in f.cure for f in bad(settings, "keys"))
    apart = tmp_path.parent / f"{tmp_path.name}-keys.json"
    crypto.save(apart, crypto.ring())
    assert bad(installed(app, mode=Mode.production, https=True, key_file=apart), "keys") == []


def test_a_worker_that_died_is_named(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Never swept; swept long ago; work that waits or failed."""
    settings = installed(app)
    assert "never swept" in bad(settings, "worker")[0].what
    with clock.moved_to(datetime.now(UTC) - timedelta(minutes=20)):
        jobs.sweep()
    assert "20 min ago" in bad(settings, "worker")[0].what
    jobs.sweep()
    assert bad(settings, "worker") == []

    def breaks(job_id: int) -> None:
        raise RuntimeError

    monkeypatch.setitem(jobs._handlers, "doctor.breaks", breaks)
    with db.write():
        jobs.ask("doctor.breaks", by=SYSTEM)
    jobs.work_off()
    assert "doctor.breaks" in bad(settings, "worker")[0].what
    with clock.moved_to(datetime.now(UTC) - timedelta(hours=1)), db.write():
        jobs.ask("doctor.breaks", by=SYSTEM)
    assert "1 jobs wait" in bad(settings, "worker")[0].what


def test_a_clock_behind_the_record_is_named(app: Flask) -> None:
    """The newest entry lies in the future."""
    settings = installed(app)
    with clock.moved_to(datetime.now(UTC) + timedelta(hours=3)):
        people.appoint(Role.account_admin)
    assert any("the record goes to" in f.what for f in bad(settings, "clock"))


def test_backups_that_are_missing_old_or_damaged_are_named(app: Flask) -> None:
    """In production none is a fault; an old or damaged one is everywhere."""
    settings = installed(app)
    assert bad(settings, "backup") == []
    assert bad(installed(app, mode=Mode.production), "backup")
    made = backup.make(settings, settings.backups)
    assert bad(settings, "backup") == []
    old = datetime.now(UTC).timestamp() - 30 * 3600
    os.utime(made, (old, old))
    assert "30 h ago" in bad(settings, "backup")[0].what
    made.write_bytes(made.read_bytes()[:-1])
    assert any("damaged" in f.what for f in bad(settings, "backup"))


def test_a_database_that_is_behind_or_away_is_named(app: Flask, tmp_path: Path) -> None:
    """An empty file waits for `jiedui upgrade`; a folder that is none cannot be looked at."""
    empty = installed(app, database_url=f"sqlite:///{tmp_path / 'empty.db'}")
    assert "jiedui upgrade" in bad(empty, "database")[0].line()
    gone = installed(app, database_url=f"sqlite:///{tmp_path / 'no' / 'where.db'}")
    assert "cannot be looked at" in bad(gone, "database")[0].what


def _made(folder: Path, days: int) -> tuple[Path, Path]:
    """A certificate for localhost and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(days)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=days, hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem, secret = folder / "cert.pem", folder / "key.pem"
    pem.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    form = serialization.PrivateFormat.PKCS8
    plain = serialization.NoEncryption()
    secret.write_bytes(key.private_bytes(serialization.Encoding.PEM, form, plain))
    return pem, secret


STATUS = {
    90: b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
    5: b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n",
}


@pytest.fixture(params=[90, 5], ids=["good", "ends soon and answers 502"])
def tls(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[int, int, Path]]:
    """A server on this machine that speaks TLS: days left, port, certificate."""
    pem, secret = _made(tmp_path, request.param)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, secret)
    listening = socket.create_server(("127.0.0.1", 0))

    def answer() -> None:
        while True:
            try:
                plain, _address = listening.accept()
            except OSError:
                return
            try:
                with context.wrap_socket(plain, server_side=True) as safe:
                    safe.recv(4096)
                    safe.sendall(STATUS[request.param])
            except OSError:
                plain.close()

    threading.Thread(target=answer, daemon=True).start()
    yield request.param, listening.getsockname()[1], pem
    listening.close()


def test_the_certificate_is_looked_at(
    app: Flask, tls: tuple[int, int, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unknown issuer: not good. Known: good while it lasts two weeks and the portal answers."""
    days, port, pem = tls
    settings = installed(
        app,
        mode=Mode.production,
        https=True,
        trusted_proxies=1,
        public_url=f"https://localhost:{port}",
    )
    assert "good certificate" in bad(settings, "https")[0].what
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    said = [f.what for f in bad(settings, "https")]
    ending = [f"the certificate of localhost ends in {days} days", "the first page answers 502"]
    assert said == (ending if days == 5 else [])


def test_an_address_without_tls_or_proxy_is_named(app: Flask) -> None:
    """What people type must be https, and addresses behind a proxy must be known."""
    plain = installed(app, mode=Mode.production, public_url="http://127.0.0.1")
    assert "JIEDUI_PUBLIC_URL" in bad(plain, "https")[0].what
    alone = installed(app, mode=Mode.production, public_url="https://localhost:1")
    assert any("JIEDUI_TRUSTED_PROXIES" in f.what for f in bad(alone, "https"))


def test_the_command_exits_with_one_when_something_is_not_well(
    app: Flask, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line each on standard output; unsafe production settings are a line, too."""
    settings = installed(app)
    for name, value in {
        "JIEDUI_MODE": Mode.test.value,
        "JIEDUI_VAR": str(settings.var),
        "JIEDUI_DATABASE_URL": settings.database_url,
        "JIEDUI_KEY_FILE": str(settings.key_file),
        "JIEDUI_BACKUPS": str(settings.backups),
    }.items():
        monkeypatch.setenv(name, value)
    assert main(["doctor"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert all(line.startswith(("ok ", "bad ")) for line in lines)
    assert any(line.startswith("bad  worker") for line in lines)
    monkeypatch.setenv("JIEDUI_MODE", Mode.production.value)
    assert main(["doctor"]) == 1
    assert "JIEDUI_SECRET_KEY" in capsys.readouterr().out
