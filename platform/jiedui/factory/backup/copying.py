"""How a database is copied out and in: SQLite's own backup, PostgreSQL's own programs."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy.engine import URL, make_url

from jiedui.settings import Settings

WAIT = 30.0


class BadBackup(Exception):
    """A copy could not be made, is damaged, or does not belong here; the message says which."""


def copy_out(settings: Settings, target: Path) -> None:
    """The database as it is now, whole, into a file; the portal goes on meanwhile."""
    if settings.sqlite:
        copy_sqlite(file_of(settings), target)
        connection = sqlite3.connect(target)
        connection.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it
        connection.close()
    else:
        postgres("pg_dump", settings, ["--format=custom", f"--file={target}"])


def copy_in(settings: Settings, source: Path) -> None:
    """A file in the place of the database, in one transaction."""
    if settings.sqlite:
        copy_sqlite(source, file_of(settings))
        return
    how = ["--clean", "--if-exists", "--no-owner", "--single-transaction", str(source)]
    postgres("pg_restore", settings, how)


def file_of(settings: Settings) -> Path:
    return Path(settings.database_url.removeprefix("sqlite:///"))


def copy_sqlite(source: Path, target: Path) -> None:
    """Page by page, in one transaction of the target: whoever has it open sees old or new."""
    if not source.is_file():
        raise BadBackup(f"there is no database at {source}")
    reading = sqlite3.connect(f"file:{source}?mode=ro", uri=True, timeout=WAIT)
    writing = sqlite3.connect(target, timeout=WAIT)
    try:
        reading.backup(writing)
    except sqlite3.DatabaseError as error:
        raise BadBackup(f"{source} could not be copied: {error}") from error
    finally:
        reading.close()
        writing.close()
    target.chmod(0o600)


def postgres(program: str, settings: Settings, arguments: Sequence[str]) -> None:
    """One of PostgreSQL's own programs; the password goes by the environment, never by the
    command line, which everybody on the machine can read."""
    url: URL = make_url(settings.database_url).set(drivername="postgresql")
    secret = {"PGPASSWORD": str(url.password)} if url.password else {}
    address = url.set(password=None).render_as_string()
    run([program, f"--dbname={address}", *arguments], secret)


def run(command: Sequence[str], secret: dict[str, str]) -> None:
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
