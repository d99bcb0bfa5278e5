"""Whether a copy is complete, undamaged, known to this portal and readable with its keys."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from alembic.util import CommandError
from sqlalchemy import Engine, MetaData, Table, create_engine, inspect, select

from jiedui.core import crypto, schema
from jiedui.factory.backup.copying import BadBackup, run
from jiedui.factory.backup.keeping import checksum_file, digest, opened
from jiedui.settings import Settings


def check(settings: Settings, source: Path) -> None:
    """Raise BadBackup unless a copy is complete, undamaged, of a version this portal knows, and
    can be read with its keys."""
    check_outside(settings, source)
    with opened(settings, source) as plain:
        check_inside(settings, plain)


def check_outside(settings: Settings, source: Path) -> None:
    """The file as it lies there: of this kind of database, and as its checksum says."""
    if (".db" if settings.sqlite else ".dump") not in source.suffixes:
        raise BadBackup(f"{source.name} is of another kind of database")
    if not source.is_file() or not checksum_file(source).is_file():
        raise BadBackup(f"{source} or its checksum {source.name}.sha256 is not there")
    if checksum_file(source).read_text(encoding="utf-8").split()[:1] != [digest(source)]:
        raise BadBackup(f"{source.name} does not agree with its checksum: it is damaged")


def check_inside(settings: Settings, plain: Path) -> None:
    """What was sealed in it."""
    if not settings.sqlite:
        run(["pg_restore", "--list", str(plain)], {})
        return
    _check_whole(plain)
    url = f"sqlite:///file:{plain.resolve()}?mode=ro&uri=true"
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
