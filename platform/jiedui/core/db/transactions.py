"""The three kinds of transaction.

read   sees one snapshot and cannot write; a page that only shows.
write  one act: BEGIN IMMEDIATE on SQLite, one commit at the edge, then what waits for the commit.
note   a short act of its own (a refusal, a look at a file, a sign-in attempt), committed at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock
from typing import cast

from sqlalchemy.orm import Session
from werkzeug.local import LocalProxy

from jiedui.core.db.engines import HASTY, PATIENCE, WrongTransaction, database

WAITING = "after_commit"
_writing = Lock()
_open: ContextVar[Session | None] = ContextVar("open", default=None)


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
def _turn(kind: str, hasty: bool) -> Iterator[None]:
    """Writers of one process queue for SQLite here. Its own waiting is to sleep and try again: in
    a crowd the unlucky sleep for seconds. Whoever has waited too long here tries all the same."""
    queued = kind != "read" and database().sqlite
    mine = queued and _writing.acquire(timeout=HASTY if hasty else PATIENCE)
    try:
        yield
    finally:
        if mine:
            _writing.release()


@contextmanager
def _transaction(kind: str, *, hasty: bool = False) -> Iterator[Session]:
    engine = database().reader if kind == "read" else database().writer
    engine = database().hasty if hasty else engine
    with (
        _turn(kind, hasty),
        Session(engine, info={"kind": kind}, expire_on_commit=False) as current,
    ):
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
