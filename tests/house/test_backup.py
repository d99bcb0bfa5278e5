"""A copy is whole while others write; a damaged one is refused; what is put back is what was."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from jiedui.__main__ import main
from jiedui.access.models import Account
from jiedui.access.rules import Role
from jiedui.core import audit, crypto, db
from jiedui.core.sealed_file import MARK, PART, PREFIX, TAG, seal_file, unseal_file
from jiedui.factory import backup
from jiedui.factory.backup import BadBackup
from jiedui.settings import Mode, Settings
from tests import people


def installed(app: Flask) -> Settings:
    """The settings of an application under test, with a folder of its own for copies."""
    known: Settings = app.config["SETTINGS"]
    return Settings(**{**known.__dict__, "backups": known.var / "copies"})


def accounts() -> int:
    """How many accounts the live database holds."""
    with db.read():
        return db.session.query(Account).count()


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def test_what_is_put_back_is_what_was(kind: str, request: pytest.FixtureRequest) -> None:
    """Names can be read, the record is whole, later rows are gone, sessions are ended."""
    app = request.getfixturevalue("app" if kind == "sqlite" else "postgres_app")
    if kind == "postgres" and shutil.which("pg_dump") is None:
        pytest.skip("pg_dump is not there")
    settings = installed(app)
    person = people.appoint(Role.account_admin, name="贾㛃")
    browser = app.test_client()
    browser.get("/sign-in")
    made = backup.make(settings, settings.backups)
    people.appoint(Role.coordinator, office=people.Office.education)
    assert accounts() == 2
    if kind == "postgres":
        db.database().close()
    before = backup.restore(settings, made)
    assert before is not None
    assert accounts() == 1
    with db.read():
        account = people.account_of(person)
        assert account.name == "贾㛃"
        assert audit.verify(account.county_id) == []
        assert db.session.execute(text("SELECT count(*) FROM web_session")).scalar() == 0
    backup.restore(settings, before)
    assert accounts() == 2


def test_a_copy_and_its_checksum_are_for_the_owner_only(app: Flask) -> None:
    """Mode 0600, in the form that sha256sum reads, and nothing half beside it."""
    settings = installed(app)
    made = backup.make(settings, settings.backups)
    checksum = made.with_name(f"{made.name}.sha256")
    assert {made.stat().st_mode & 0o777, checksum.stat().st_mode & 0o777} == {0o600}
    assert checksum.read_text().split() == [backup.digest(made), made.name]
    assert sorted(settings.backups.iterdir()) == sorted([made, checksum])
    with backup.opened(settings, made) as plain:
        assert plain.stat().st_mode & 0o777 == 0o600
        connection = sqlite3.connect(plain)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        connection.close()
    assert not plain.exists()
    assert list(settings.var.glob(".plain-*")) == []


def test_a_copy_says_nothing_without_its_keys(app: Flask) -> None:
    """Not even what lies in the clear in the database: villages, days, who did what."""
    settings = installed(app)
    made = backup.make(settings, settings.backups)
    with backup.opened(settings, made) as plain:
        assert "北试县".encode() in plain.read_bytes()
    raw = made.read_bytes()
    assert "北试县".encode() not in raw
    assert b"SQLite format" not in raw


def test_a_copy_from_before_copies_were_sealed_can_be_put_back(app: Flask) -> None:
    """It lies there in the clear, as the portal of then made it."""
    settings = installed(app)
    made = backup.make(settings, settings.backups)
    old = made.with_suffix("")
    unseal_file("backup", made, old)
    old.with_name(f"{old.name}.sha256").write_text(f"{backup.digest(old)}  {old.name}\n")
    people.appoint(Role.account_admin)
    backup.restore(settings, old)
    assert accounts() == 0


def test_the_oldest_copies_give_way(app: Flask) -> None:
    """Only as many stay as were asked for, and the newest of them."""
    settings = installed(app)
    made = [backup.make(settings, settings.backups, keep=2) for _ in range(4)]
    assert backup.kept(settings.backups) == made[-2:]
    assert len(list(settings.backups.iterdir())) == 4


def test_a_copy_made_under_writers_is_consistent(app: Flask) -> None:
    """Every act in it is whole: the record's chain and the accounts agree, copy after copy."""
    settings = installed(app)
    stop, failed = threading.Event(), []

    def write() -> None:
        while not stop.is_set():
            try:
                people.appoint(Role.account_admin)
            except Exception as error:
                failed.append(error)
                return

    writers = [threading.Thread(target=write) for _ in range(2)]
    for writer in writers:
        writer.start()
    try:
        copies = [backup.make(settings, settings.backups) for _ in range(4)]
    finally:
        stop.set()
        for writer in writers:
            writer.join()
    assert failed == []
    for copy in copies:
        backup.check(settings, copy)
        with backup.opened(settings, copy) as plain:
            connection = sqlite3.connect(plain)
            opened = connection.execute("SELECT count(*) FROM account").fetchone()[0]
            said = connection.execute(
                "SELECT count(*) FROM audit_entry WHERE act = 'account.invited'"
            ).fetchone()[0]
            connection.close()
        assert opened == said


def spoil_middle(made: Path) -> None:
    """One byte is different."""
    raw = bytearray(made.read_bytes())
    raw[len(raw) // 2] ^= 0xFF
    made.write_bytes(raw)


def cut_short(made: Path) -> None:
    """The end is missing."""
    made.write_bytes(made.read_bytes()[:-4096])


def lose_checksum(made: Path) -> None:
    """The checksum was not copied along."""
    made.with_name(f"{made.name}.sha256").unlink()


@contextmanager
def rewritten(made: Path) -> Iterator[sqlite3.Connection]:
    """Somebody with the keys changes what is inside and seals it again, with a checksum."""
    plain = made.with_name("plain")
    unseal_file("backup", made, plain)
    connection = sqlite3.connect(plain)
    yield connection
    connection.commit()
    connection.close()
    made.unlink()
    seal_file("backup", plain, made)
    plain.unlink()
    _checksum_again(made)


def _checksum_again(made: Path) -> None:
    checksum = made.with_name(f"{made.name}.sha256")
    checksum.write_text(f"{backup.digest(made)}  {made.name}\n")


def rewrite_with_checksum(made: Path) -> None:
    """Damaged inside, with a checksum that agrees: the database itself must be asked."""
    with rewritten(made) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("DELETE FROM sqlite_master WHERE name = 'ix_region_path'")


def future_version(made: Path) -> None:
    """Made by a later portal."""
    with rewritten(made) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")


def cut_at_a_part(made: Path) -> None:
    """The end is missing where a part ends, with a checksum that agrees: the seal must tell."""
    head, part = len(MARK) + 2 + PREFIX, PART + TAG
    raw = made.read_bytes()
    assert len(raw) > head + part
    made.write_bytes(raw[: head + part])
    _checksum_again(made)


@pytest.mark.parametrize(
    "spoil",
    [
        spoil_middle,
        cut_short,
        lose_checksum,
        rewrite_with_checksum,
        future_version,
        cut_at_a_part,
    ],
    ids=lambda f: f.__name__,
)
def test_a_damaged_copy_is_refused_and_nothing_is_touched(app: Flask, spoil: object) -> None:
    """The live database is as it was, and no copy of it was needed."""
    settings = installed(app)
    people.appoint(Role.account_admin)
    made = backup.make(settings, settings.backups)
    people.appoint(Role.account_admin)
    spoil(made)  # type: ignore[operator]
    with pytest.raises(BadBackup):
        backup.restore(settings, made)
    assert accounts() == 2


def test_a_copy_sealed_with_other_keys_is_refused(app: Flask) -> None:
    """Without its keys a copy would be an unreadable county."""
    settings = installed(app)
    people.appoint(Role.account_admin)
    made = backup.make(settings, settings.backups)
    mine = crypto.ring()
    crypto.use(crypto.new_ring())
    try:
        with pytest.raises(BadBackup, match="key file does not fit"):
            backup.restore(settings, made)
    finally:
        crypto.use(mine)


def test_a_destroyed_database_is_replaced_and_kept_aside(app: Flask) -> None:
    """What cannot be opened is moved, not lost."""
    settings = installed(app)
    people.appoint(Role.account_admin)
    made = backup.make(settings, settings.backups)
    db.database().close()
    live = Path(settings.database_url.removeprefix("sqlite:///"))
    live.write_bytes(b"this is no database" * 1000)
    before = backup.restore(settings, made)
    assert before is not None
    assert before.read_bytes().startswith(b"this is no database")
    assert accounts() == 1


def test_the_commands_do_it_from_outside(
    app: Flask, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`jiedui backup` prints where the copy lies; `jiedui restore` of a damaged one says why."""
    settings = installed(app)
    people.appoint(Role.account_admin)
    for name, value in {
        "JIEDUI_MODE": Mode.test.value,
        "JIEDUI_VAR": str(settings.var),
        "JIEDUI_DATABASE_URL": settings.database_url,
        "JIEDUI_KEY_FILE": str(settings.key_file),
        "JIEDUI_BACKUPS": str(settings.backups),
    }.items():
        monkeypatch.setenv(name, value)
    assert main(["backup"]) == 0
    made = backup.kept(settings.backups)[0]
    assert str(made) in capsys.readouterr().out
    assert main(["restore", str(made)]) == 0
    assert "restored from" in capsys.readouterr().out
    spoil_middle(made)
    assert main(["restore", str(made)]) == 2
    assert "damaged" in capsys.readouterr().err
    assert main(["backup", "--keep", "0"]) == 2
