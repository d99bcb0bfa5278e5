"""The process's database, and how each of its kinds of connection begins."""

from __future__ import annotations

import sqlite3
from functools import cache
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, IntegrityError

PATIENCE, HASTY = 30, 3  # seconds an act waits for the one before it


# Somebody else holds it: SQLite's primary codes; PostgreSQL's locks, deadlocks, time that is up.
LOCKED = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
HELD = frozenset({"55P03", "40P01", "40001", "57014"})

# A value that must be there is not.
EMPTY = frozenset({sqlite3.SQLITE_CONSTRAINT_NOTNULL, "23502"})


class WrongTransaction(Exception):
    """Something was asked of the database outside the kind of transaction it needs."""


class Database:
    """One database reached by two engines: one that may write and one that cannot."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.sqlite = url.startswith("sqlite")
        self.writer, self.reader, self.hasty = _engines(url)

    def close(self) -> None:
        """Give back every connection."""
        self.writer.dispose()
        self.hasty.dispose()
        self.reader.dispose()


@cache
def _engines(url: str) -> tuple[Engine, Engine, Engine]:
    """One writes, one reads, one writes soon or not at all. Kept: what was compiled stays good."""
    if url.startswith("sqlite"):
        reader = _sqlite(url, "DEFERRED")
        event.listen(reader, "connect", _query_only)
        return _sqlite(url, "IMMEDIATE"), reader, _sqlite(url, "IMMEDIATE", HASTY)
    writer, reader = (create_engine(url, pool_pre_ping=True) for _ in range(2))
    # Pools of their own: a page that looks and notes it holds one of each. Out of one pool, a crowd
    # of lookers would take it empty, and wait for each other's notes for good.
    reader = reader.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    soon = {"connect_timeout": HASTY, "options": f"-c lock_timeout={HASTY * 1000}"}
    return writer, reader, create_engine(url, pool_pre_ping=True, connect_args=soon)


def _sqlite(url: str, kind: str, wait: int = PATIENCE) -> Engine:
    engine = create_engine(url, connect_args={"timeout": wait}, pool_size=20, max_overflow=40)

    def connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, see below
        cursor = connection.cursor()
        for pragma in (
            "foreign_keys = ON",
            "journal_mode = WAL",
            "synchronous = FULL",
            f"busy_timeout = {wait * 1000}",
            "secure_delete = ON",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    def begin(connection: Any) -> None:
        # A deferred transaction that turns into a writer fails at once when another has written
        # since: the busy timeout does not apply to it. An immediate one waits.
        connection.exec_driver_sql(f"BEGIN {kind}")

    event.listen(engine, "connect", connect)
    event.listen(engine, "begin", begin)
    return engine


def _query_only(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA query_only = ON")


_database: Database | None = None


def connect(url: str) -> Database:
    """Make this the process's database."""
    global _database
    if _database is not None:
        _database.close()
    _database = Database(url)
    return _database


def database() -> Database:
    """The process's database."""
    if _database is None:
        raise WrongTransaction("no database is connected")
    return _database


def busy(error: DBAPIError) -> bool:
    """Whether somebody else holds what was asked for, so that it may go well in a moment; else the
    database itself is in trouble."""
    code = getattr(error.orig, "sqlite_errorcode", None)
    return (code is not None and code & 0xFF in LOCKED) or (
        getattr(error.orig, "sqlstate", None) in HELD
    )


def incomplete(error: IntegrityError) -> bool:
    """Whether a row lacks a value it must have: that is our own fault, where other refusals of the
    database are mostly somebody who was faster."""
    said = (getattr(error.orig, name, None) for name in ("sqlite_errorcode", "sqlstate"))
    return not EMPTY.isdisjoint(said)
