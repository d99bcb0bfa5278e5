"""Looking after the key file, and after who is locked out, from the command line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from jiedui.__main__ import main
from jiedui.access import passwords
from jiedui.access.rules import Role
from jiedui.children import queries as ledger
from jiedui.core import crypto, db, resealing
from jiedui.core.audit import AuditEntry
from jiedui.settings import Mode, Settings
from tests import people
from tests.builders import children
from tests.client import Browser
from tests.house.tree import PACKAGE


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the key file of this test lies."""
    monkeypatch.setenv("JIEDUI_MODE", "test")
    monkeypatch.setenv("JIEDUI_VAR", str(tmp_path))
    monkeypatch.setenv("JIEDUI_KEY_FILE", str(tmp_path / "keys" / "keys.json"))
    return tmp_path / "keys" / "keys.json"


def test_a_key_file_is_made_once_and_never_written_over(path: Path) -> None:
    """Losing the keys is losing every name."""
    assert main(["keys", "new"]) == 0
    before = path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600
    assert main(["keys", "new"]) == 2
    assert path.read_bytes() == before


def test_a_county_is_started_where_nothing_lies_yet(
    path: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The two commands of the front page, in production, in a folder that is not there."""
    for name, value in (
        ("MODE", "production"),
        ("VAR", str(tmp_path / "new" / "data")),
        ("SECRET_KEY", "s" * 48),
        ("PUBLIC_URL", "https://jiedui.example.org"),
    ):
        monkeypatch.setenv(f"JIEDUI_{name}", value)
    county = tmp_path / "county.csv"
    county.write_bytes((PACKAGE / "demo" / "data" / "regions-360733.csv").read_bytes())
    assert main(["keys", "new"]) == 0
    asked = ["start", "--regions", str(county), "--admin", "贾㛃", "--phone", "13800138000"]
    assert main(asked) == 0
    assert "/link/" in capsys.readouterr().out
    assert (tmp_path / "new" / "data").stat().st_mode & 0o777 == 0o700
    assert path.is_file()
    db.database().close()


def test_a_database_that_cannot_be_opened_is_told_in_a_line(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong address or password is no program error."""
    monkeypatch.setenv("JIEDUI_DATABASE_URL", "sqlite:////nowhere/at/all.db")
    assert main(["upgrade"]) == 2
    assert "cannot be opened" in capsys.readouterr().err


def test_a_fresh_key_seals_and_the_old_one_still_opens(path: Path) -> None:
    """What was sealed before is readable; what is found by blind index is still found."""
    kept = crypto._ring
    try:
        assert main(["keys", "rotate"]) == 2  # there is no file yet
        assert main(["keys", "new"]) == 0
        crypto.use(crypto.load(path))
        old, index = crypto.seal("a.column", "贾㛃".encode()), crypto.blind_index("a", "1")
        assert main(["keys", "rotate"]) == 0
        assert path.stat().st_mode & 0o777 == 0o600
        crypto.use(crypto.load(path))
        fresh = crypto.seal("a.column", "贾㛃".encode())
        assert (old[:2], fresh[:2]) == (b"\x00\x01", b"\x00\x02")
        assert crypto.unseal("a.column", old) == crypto.unseal("a.column", fresh)
        assert crypto.blind_index("a", "1") == index
    finally:
        crypto._ring = kept


def installed(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line finds the portal under test."""
    for name, value in {
        "MODE": "test",
        "VAR": str(settings.var),
        "DATABASE_URL": settings.database_url,
        "KEY_FILE": str(settings.key_file),
        "BACKUPS": str(settings.var / "copies"),
    }.items():
        monkeypatch.setenv(f"JIEDUI_{name}", value)


@pytest.fixture
def kept_ring() -> Iterator[None]:
    """The ring of before is back afterwards."""
    mine = crypto._ring
    yield
    crypto._ring = mine


def _rows(column: resealing.SealedColumn) -> list[bytes]:
    with db.read():
        value = column.bare.c[column.name]
        found = select(value).where(value.is_not(None))
        return [bytes(one) for one in db.session.scalars(found)]


def test_every_value_is_sealed_anew_and_the_old_key_can_go(
    either_app: Flask,
    kept_ring: None,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Names read as before, nothing needs the old key, and it is not taken away before."""
    settings = either_app.config["SETTINGS"]
    installed(settings, monkeypatch)
    monkeypatch.setattr(resealing, "PART", 2)
    director = children.director()
    child = children.household_child(director, name="示小满")
    for name in ("示小雪", "示小暑"):
        children.household_child(director, name=name)
    assert main(["keys", "rotate"]) == 0
    assert main(["keys", "retire", "1"]) == 2
    assert "still opens" in capsys.readouterr().err
    assert main(["keys", "reseal"]) == 0
    assert "values sealed anew" in capsys.readouterr().out
    filled = [(one.table, row[:2]) for one in resealing.sealed_columns() for row in _rows(one)]
    assert {"account", "child", "guardian", "file_past"} <= {table for table, _ in filled}
    assert {mark for _, mark in filled} == {b"\x00\x02"}
    assert main(["keys", "retire", "2"]) == 2
    assert main(["keys", "retire", "1"]) == 0
    assert set(crypto.load(settings.key_file).data) == {2}
    crypto.use(crypto.load(settings.key_file))
    with db.read():
        assert ledger.get(child).name == "示小满"
    assert main(["keys", "reseal"]) == 0
    assert "0 values sealed anew" in capsys.readouterr().out


def test_a_key_stays_while_a_copy_needs_it(
    app: Flask, kept_ring: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A backup that nobody can open any more would be no backup."""
    settings = app.config["SETTINGS"]
    installed(settings, monkeypatch)
    assert main(["backup"]) == 0
    for command in ("rotate", "reseal"):
        assert main(["keys", command]) == 0
    assert main(["keys", "retire", "1"]) == 2
    assert "move or delete" in capsys.readouterr().err
    for copy in (settings.var / "copies").iterdir():
        copy.unlink()
    assert main(["keys", "retire", "1"]) == 0


def test_a_locked_out_administrator_gets_a_new_link(
    app: Flask, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The link sets a password, the lost authenticator is off, and both are on record."""
    person = people.appoint(Role.account_admin)
    with db.write():
        people.account_of(person).totp_secret = "A" * 32
    settings = app.config["SETTINGS"]
    monkeypatch.setenv("JIEDUI_MODE", "test")
    monkeypatch.setenv("JIEDUI_VAR", str(settings.var))
    monkeypatch.setenv("JIEDUI_KEY_FILE", str(settings.key_file))
    assert main(["link", "--phone", "13800000000"]) == 2
    assert main(["link", "--phone", person.phone, "--clear-second-factor"]) == 0
    found = re.search(r"/link/(\S+)", capsys.readouterr().out)
    assert found is not None
    browser = Browser(app)
    new = "a quite new password"
    answer = browser.send(f"/link/{found.group(1)}", new_password=new, again=new)
    assert answer.status_code == 200
    with db.read():
        account = people.account_of(person)
        assert account.totp_secret is None
        assert passwords.fits(account.password_hash, new)
        acts = db.session.scalars(select(AuditEntry.act).where(AuditEntry.via == "system")).all()
        assert {"account.new link", "second factor cleared"} <= set(acts)


def test_a_code_of_the_demo_is_printed_and_none_of_production(
    app: Flask, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What `make code USER=number` prints lets its account in."""
    person, nobody = people.appoint(Role.leader), people.appoint(Role.donor, people.VILLAGE)
    with db.write():
        people.account_of(person).totp_secret = passwords.new_secret()
    settings = app.config["SETTINGS"]
    monkeypatch.setenv("JIEDUI_MODE", "demo")
    monkeypatch.setenv("JIEDUI_VAR", str(settings.var))
    monkeypatch.setenv("JIEDUI_KEY_FILE", str(settings.key_file))
    assert main(["code", "--user", person.phone]) == 0
    code = capsys.readouterr().out.strip()
    mine = Browser(app)
    assert mine.sign_in(person.phone).request.path == "/sign-in/code"
    assert mine.send("/sign-in/code", code=code).request.path == "/desk"
    assert main(["code", "--user", nobody.phone]) == 2
    assert main(["code", "--user", "root"]) == 2
    production = replace(settings, mode=Mode.production)
    monkeypatch.setattr("jiedui.factory.showing.from_environment", lambda: production)
    assert main(["code", "--user", person.phone]) == 2
    assert code not in capsys.readouterr().out
