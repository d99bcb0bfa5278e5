"""Tables, the three kinds of transaction, and the types that seal and date a column.

read   sees one snapshot and cannot write; a page that only shows.
write  one act: BEGIN IMMEDIATE on SQLite, one commit at the edge, then what waits for the commit.
note   a short act of its own (a refusal, a look at a file, a sign-in attempt), committed at once.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, cast

from sqlalchemy import (
    DateTime,
    Engine,
    Enum,
    LargeBinary,
    MetaData,
    create_engine,
    event,
    func,
    inspect,
    select,
)
from sqlalchemy import insert as sql_insert
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator
from werkzeug.local import LocalProxy

from jiedui.core import crypto

PATIENCE, HASTY = 30, 3  # seconds an act waits for the one before it
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
WAITING = "after_commit"
GONE = "–"  # how a name reads that was taken away when its time was over
T = TypeVar("T")


class Base(DeclarativeBase):
    """All tables; every constraint has a name, so that a migration can speak of it."""

    metadata = MetaData(naming_convention=NAMES)


class WrongTransaction(Exception):
    """Something was asked of the database outside the kind of transaction it needs."""


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant; refuses a naive one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant without a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Sealed(TypeDecorator[str]):
    """Text that only lies sealed in the database; the purpose is the column it belongs to.
    `cleared` is what a value reads as that was taken away when its time was over."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, purpose: str, cleared: str | None = None) -> None:
        super().__init__()
        self.purpose, self.cleared = purpose, cleared

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        return None if value is None else crypto.seal(self.purpose, value.encode())

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:
        if value is None:
            return self.cleared
        return crypto.unseal(self.purpose, bytes(value)).decode()


class SealedBytes(Sealed):
    """A file that only lies sealed in the database."""

    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        return None if value is None else crypto.seal(self.purpose, value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return None if value is None else crypto.unseal(self.purpose, bytes(value))


class SealedJson(Sealed):
    """A small structure that only lies sealed in the database."""

    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        text = None if value is None else json.dumps(value, ensure_ascii=False)
        return super().process_bind_param(text, dialect)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        text = super().process_result_value(value, dialect)
        return None if text is None else json.loads(text)


def choice(kind: type[StrEnum], name: str = "") -> Enum:
    """A column that holds one member of an enumeration, checked by the database. A table with
    two columns of one enumeration names the second, for the constraint."""
    return Enum(
        kind,
        native_enum=False,
        length=40,
        create_constraint=True,
        name=f"{name or kind.__name__.lower()}_known",
        values_callable=lambda members: [m.value for m in members],
    )


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
    writer = create_engine(url, pool_pre_ping=True)
    soon = {"connect_timeout": HASTY, "options": f"-c lock_timeout={HASTY * 1000}"}
    reader = writer.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
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
_open: ContextVar[Session | None] = ContextVar("open", default=None)


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


def _current() -> Session:
    current = _open.get()
    if current is None:
        raise WrongTransaction("no transaction is open: use db.read(), db.write() or db.note()")
    return current


session: Session = cast(Session, LocalProxy(_current))


def open_kind() -> str | None:
    """The kind of the innermost open transaction: read, write, note, or None."""
    current = _open.get()
    return None if current is None else str(current.info["kind"])


@contextmanager
def _transaction(kind: str, *, hasty: bool = False) -> Iterator[Session]:
    engine = database().reader if kind == "read" else database().writer
    engine = database().hasty if hasty else engine
    with Session(engine, info={"kind": kind}, expire_on_commit=False) as current:
        token = _open.set(current)
        try:
            yield current
            if kind == "read":
                current.rollback()
            else:
                current.commit()
        except BaseException:
            current.rollback()
            raise
        finally:
            _open.reset(token)
    if kind != "read":
        for waiting in current.info.get(WAITING, []):
            waiting()


@contextmanager
def read() -> Iterator[Session]:
    """Look at one snapshot; any attempt to write fails."""
    with _transaction("read") as current:
        yield current


@contextmanager
def write() -> Iterator[Session]:
    """One act. Raises WrongTransaction inside another write or note: acts do not nest."""
    if open_kind() in ("write", "note"):
        raise WrongTransaction("a write is open already: acts do not nest")
    with _transaction("write") as current:
        yield current


@contextmanager
def note(*, hasty: bool = False) -> Iterator[Session]:
    """A short act of its own. Raises WrongTransaction while a write is open (it would wait for
    itself on SQLite). `hasty`: fails after seconds, for what can be done another way."""
    if open_kind() in ("write", "note"):
        raise WrongTransaction("a write is open: a note is made before or after it")
    with _transaction("note", hasty=hasty) as current:
        yield current


def after_commit(waiting: Callable[[], object]) -> None:
    """Do this once the open write has been committed; never when it is rolled back."""
    session.info.setdefault(WAITING, []).append(waiting)


def reserve(table: type[Any], count: int) -> list[int]:
    """Fresh ids for rows that are about to be written in the open write: many rows then go to the
    database in one statement, and may refer to each other."""
    session.flush()
    if database().sqlite:  # the transaction is alone, see Database
        first = session.scalar(select(func.max(table.id))) or 0
        return list(range(first + 1, first + 1 + count))
    sequence = func.pg_get_serial_sequence(table.__tablename__, "id")
    return list(
        session.scalars(select(func.nextval(sequence)).select_from(func.generate_series(1, count)))
    )


def insert(table: type[Any], rows: list[dict[str, Any]]) -> None:
    """Write many rows in one statement, without objects."""
    if rows:
        session.execute(sql_insert(table.__table__), rows)


def lock(table: type[T], key: object) -> T | None:
    """The row that limits an act, as it stands now, held to the end of the transaction.

    On SQLite the whole transaction is alone from its beginning: what it has read still stands. On
    PostgreSQL the row is locked and read anew. A query there, not session.get(): that would refuse
    a row that another has changed since this act first read it, where this act is to go on with
    what stands there now (the page's version says if it may).
    """
    if database().sqlite:
        session.flush()
        return session.get(table, key)
    column = inspect(table).primary_key[0]
    row = select(table).where(column == key).with_for_update()
    return session.scalar(row.execution_options(populate_existing=True))
