"""A copy of the database that is whole, and putting one back.

On SQLite the copy is made by SQLite's own backup while the portal runs; on PostgreSQL by pg_dump.
Beside each copy lies its checksum, in the form of sha256sum. What is sealed in the database stays
sealed in the copy; the keys are never in it, so a copy is of use only together with the key file.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from alembic.util import CommandError
from sqlalchemy import Engine, MetaData, Table, create_engine, inspect, select, text
from sqlalchemy.engine import URL, make_url

from jiedui.core import crypto, schema
from jiedui.settings import Settings

PREFIX = "jiedui-"
KEEP = 14
WAIT = 30.0


class BadBackup(Exception):
    """A copy could not be made, is damaged, or does not belong here; the message says which."""


def make(settings: Settings, folder: Path, keep: int = KEEP) -> Path:
    """Copy the database into a folder, with its checksum beside it; the oldest copies beyond
    `keep` are deleted. Nothing that looks finished is left behind when it fails."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
    target = folder / f"{PREFIX}{stamp}{'.db' if settings.sqlite else '.dump'}"
    partial = target.with_name(f".{target.name}.partial")
    try:
        os.close(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        if settings.sqlite:
            _copy_sqlite(_file_of(settings), partial)
        else:
            _postgres("pg_dump", settings, ["--format=custom", f"--file={partial}"])
        _write_checksum(partial, target)
        partial.replace(target)
    finally:
        for rest in folder.glob(f"{partial.name}*"):
            rest.unlink()
    for old in kept(folder)[:-keep]:
        old.unlink()
        _checksum_file(old).unlink(missing_ok=True)
    return target


def kept(folder: Path) -> list[Path]:
    """The finished copies in a folder, oldest first."""
    found = [p for p in folder.glob(f"{PREFIX}*") if p.suffix in (".db", ".dump")]
    return sorted(p for p in found if _checksum_file(p).is_file())


def restore(settings: Settings, source: Path) -> Path | None:
    """Put a copy in the place of the database, after it was found whole, known and readable with
    these keys. Everybody is signed out. Returns where the database of before lies."""
    check(settings, source)
    before = _set_aside(settings)
    if settings.sqlite:
        _copy_sqlite(source, _file_of(settings))
    else:
        _postgres(
            "pg_restore",
            settings,
            ["--clean", "--if-exists", "--no-owner", "--single-transaction", str(source)],
        )
    _sign_everybody_out(settings.database_url)
    return before


def check(settings: Settings, source: Path) -> None:
    """Raise BadBackup unless a copy is complete, undamaged, of a version this portal knows, and
    can be read with its keys."""
    if source.suffix != (".db" if settings.sqlite else ".dump"):
        raise BadBackup(f"{source.name} is of another kind of database")
    if not source.is_file() or not _checksum_file(source).is_file():
        raise BadBackup(f"{source} or its checksum {source.name}.sha256 is not there")
    if _checksum_file(source).read_text(encoding="utf-8").split()[:1] != [_digest(source)]:
        raise BadBackup(f"{source.name} does not agree with its checksum: it is damaged")
    if not settings.sqlite:
        _run(["pg_restore", "--list", str(source)], {})
        return
    _check_whole(source)
    url = f"sqlite:///file:{source.resolve()}?mode=ro&uri=true"
    engine = create_engine(url)
    try:
        _check_version(schema.current(url))
        _check_keys(engine)
    finally:
        engine.dispose()


def _check_whole(path: Path) -> None:
    """Ask SQLite itself, page by page and reference by reference."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        found = [row[0] for row in connection.execute("PRAGMA integrity_check")]
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.DatabaseError as error:
        raise BadBackup(f"{path.name} cannot be read as a database: {error}") from error
    finally:
        connection.close()
    if found != ["ok"] or broken:
        raise BadBackup(f"{path.name} is damaged inside: {(found + broken)[0]}")


def _check_version(version: str | None) -> None:
    script = schema.ScriptDirectory.from_config(schema.config())
    try:
        known = version is not None and script.get_revision(version) is not None
    except CommandError:
        known = False
    if not known:
        raise BadBackup(f"version {version} of the tables is not known to this portal")


def _check_keys(engine: Engine) -> None:
    """One sealed value is opened; a copy without any account has nothing to open."""
    if "account" not in inspect(engine).get_table_names():
        return
    account = Table("account", MetaData(), autoload_with=engine)
    with engine.connect() as connection:
        sealed = connection.execute(select(account.c.phone).limit(1)).scalar()
    try:
        if sealed is not None:
            crypto.unseal("account.phone", bytes(sealed))
    except crypto.BadKeys as error:
        raise BadBackup("the key file does not fit this copy") from error


def _file_of(settings: Settings) -> Path:
    return Path(settings.database_url.removeprefix("sqlite:///"))


def _copy_sqlite(source: Path, target: Path) -> None:
    """Page by page, in one transaction of the target: whoever has it open sees old or new."""
    if not source.is_file():
        raise BadBackup(f"there is no database at {source}")
    reading = sqlite3.connect(f"file:{source}?mode=ro", uri=True, timeout=WAIT)
    writing = sqlite3.connect(target, timeout=WAIT)
    try:
        reading.backup(writing)
        if target.name.endswith(".partial"):
            writing.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it
    except sqlite3.DatabaseError as error:
        raise BadBackup(f"{source} could not be copied: {error}") from error
    finally:
        reading.close()
        writing.close()
    target.chmod(0o600)


def _set_aside(settings: Settings) -> Path | None:
    """Keep what is there: as a proper copy, or, when it is damaged, as the file it is."""
    if not settings.sqlite:
        return make(settings, settings.backups, keep=1_000_000)
    live = _file_of(settings)
    if not live.exists():
        live.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        return None
    try:
        return make(settings, settings.backups, keep=1_000_000)
    except BadBackup:
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
        aside = live.with_name(f"{live.stem}-damaged-{stamp}.db")
        for tail in ("-wal", "-shm"):
            beside = live.with_name(live.name + tail)
            if beside.exists():
                beside.replace(aside.with_name(aside.name + tail))
        live.replace(aside)
        return aside


def _sign_everybody_out(url: str) -> None:
    """Sessions that ended since the copy was made must not come to life again."""
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM web_session"))
    engine.dispose()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _checksum_file(path: Path) -> Path:
    return path.with_name(f"{path.name}.sha256")


def _write_checksum(written: Path, target: Path) -> None:
    file = _checksum_file(target)
    file.touch(mode=0o600)
    file.write_text(f"{_digest(written)}  {target.name}\n", encoding="utf-8")


def _postgres(program: str, settings: Settings, arguments: Sequence[str]) -> None:
    """One of PostgreSQL's own programs; the password goes by the environment, never by the
    command line, which everybody on the machine can read."""
    url: URL = make_url(settings.database_url).set(drivername="postgresql")
    secret = {"PGPASSWORD": str(url.password)} if url.password else {}
    address = url.set(password=None).render_as_string()
    _run([program, f"--dbname={address}", *arguments], secret)


def _run(command: Sequence[str], secret: dict[str, str]) -> None:
    program = shutil.which(command[0])
    if program is None:
        raise BadBackup(f"{command[0]} is not there: install PostgreSQL's client programs")
    done = subprocess.run(  # noqa: S603
        [program, *command[1:]],
        env={**os.environ, **secret},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = done.stderr.strip().splitlines()[:1] or ["no reason given"]
        raise BadBackup(f"{command[0]}: {said[0]}")
