"""Whether a worker is the only one of its portal. Then what is marked as being at work was left
there by one that was killed, and goes on at once instead of after half an hour.

The mark is a lock that the system takes back when a process ends, however it ends: on SQLite of a
file beside the data, on PostgreSQL of the database itself.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import func, select

from jiedui.core import db

FILE = "worker.lock"
KEY = 7_435_021  # any number that nothing else of this database locks


@contextmanager
def at_work(var: Path, if_alone: Callable[[], object]) -> Iterator[None]:
    """While this lasts, somebody works here. Whoever comes and finds nobody does `if_alone` first,
    and nobody else begins meanwhile."""
    with _by_file(var, if_alone) if db.database().sqlite else _by_database(if_alone):
        yield


@contextmanager
def _by_file(var: Path, if_alone: Callable[[], object]) -> Iterator[None]:
    handle = os.open(var / FILE, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            pass
        else:
            if_alone()
        fcntl.flock(handle, fcntl.LOCK_SH)
        yield
    finally:
        os.close(handle)


@contextmanager
def _by_database(if_alone: Callable[[], object]) -> Iterator[None]:
    with db.database().writer.connect() as raw:
        line = raw.execution_options(isolation_level="AUTOCOMMIT")

        def say(function: str) -> bool:
            return bool(line.scalar(select(getattr(func, function)(KEY))))

        alone = say("pg_try_advisory_lock")
        if alone:
            if_alone()
        say("pg_advisory_lock_shared")
        if alone:
            say("pg_advisory_unlock")
        try:
            yield
        finally:
            say("pg_advisory_unlock_shared")
