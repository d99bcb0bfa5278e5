"""Bringing the tables to the version the code speaks of, without losing a row.

On SQLite a changed table is written anew: foreign keys are switched off before the transaction
(else dropping the old table would be refused or, with cascades, would delete child rows), checked
before the commit, and the file is copied first.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, text

from jiedui.core import db

FOLDER = Path(__file__).resolve().parents[1] / "migrations"


class BrokenReferences(Exception):
    """A migration would have left rows that refer to nothing; it was rolled back."""


def config(connection: Connection | None = None) -> Config:
    """Alembic's configuration, without a file."""
    made = Config()
    made.set_main_option("script_location", str(FOLDER))
    made.set_main_option("path_separator", "os")
    made.attributes["connection"] = connection
    return made


def head() -> str | None:
    """The version the code speaks of."""
    return ScriptDirectory.from_config(config()).get_current_head()


def current(url: str) -> str | None:
    """The version a database is at."""
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()
    finally:
        engine.dispose()


def upgrade(url: str, to: str = "head") -> Path | None:
    """Bring a database forward; returns the copy that was made first, if there was anything."""
    if current(url) == (head() if to == "head" else to):
        return None
    copy = _copy_first(url)
    _run(url, lambda c: command.upgrade(config(c), to))
    return copy


def downgrade(url: str, to: str) -> None:
    """Take a database back to an older version."""
    _copy_first(url)
    _run(url, lambda c: command.downgrade(config(c), to))


def differences(url: str) -> list[Any]:
    """What the models say that the database does not."""
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            return list(compare_metadata(MigrationContext.configure(connection), db.Base.metadata))
    finally:
        engine.dispose()


def _run(url: str, step: Callable[[Connection], None]) -> None:
    engine = create_engine(url)
    sqlite = engine.dialect.name == "sqlite"
    try:
        with engine.connect() as connection:
            if sqlite:
                raw: Any = connection.connection.dbapi_connection
                raw.isolation_level = None
                raw.execute("PRAGMA foreign_keys = OFF")
                raw.execute("BEGIN IMMEDIATE")
            step(connection)
            if sqlite:
                broken = connection.execute(text("PRAGMA foreign_key_check")).fetchall()
                if broken:
                    raise BrokenReferences(f"{len(broken)} rows in {broken[0][0]}")
                raw.execute("COMMIT")
            else:
                connection.commit()
    finally:
        engine.dispose()


def _copy_first(url: str) -> Path | None:
    if not url.startswith("sqlite:///"):
        return None
    path = Path(url.removeprefix("sqlite:///"))
    if not path.exists() or path.stat().st_size == 0:
        return None
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    copy = path.with_name(f"{path.stem}-before-{stamp}.db")
    source, target = sqlite3.connect(path), sqlite3.connect(copy)
    with source, target:
        source.backup(target)
    source.close()
    target.close()
    copy.chmod(0o600)
    return copy
