"""A database of its own beside the portal's on a PostgreSQL server, for a drill: made from the
migrations, with the divisions, the settings and the people who answer for reports, and no child. It
is gone afterwards."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ProgrammingError

from jiedui.core import db, schema
from jiedui.factory.outcome import Trouble

# Who reads reports, is called for them, or stands in for such a person; nobody of a unit.
POSTS = "role IN ('duty_officer', 'coordinator', 'leader') AND unit_id IS NULL"
HOLDERS = f"SELECT account_id FROM role_holding WHERE {POSTS}"  # noqa: S608  # nosec B608
NAMED = (
    "SELECT account_id FROM duty_turn UNION SELECT set_by FROM duty_turn"
    " UNION SELECT ended_by FROM duty_turn"
)
# Table by table, what one refers to first.
ROWS = {
    "region": "true",
    "county_setting": "true",
    "hotline": "true",
    "account": f"id IN ({HOLDERS} UNION {NAMED})",
    "role_holding": POSTS,
    "deputy": f"holding_id IN (SELECT id FROM role_holding WHERE {POSTS})"  # noqa: S608  # nosec B608
    f" AND deputy_id IN ({HOLDERS}) AND principal_id IN ({HOLDERS})",
    "duty_turn": "true",
}
# With nothing in it anybody could sign in by.
INSTEAD = {
    "account": {
        "password_hash": "CASE WHEN password_hash IS NULL THEN NULL ELSE 'none' END",
        "totp_secret": "NULL",
    }
}


@contextmanager
def apart(url: str) -> Iterator[str]:
    """The address of such a database. Raises Trouble where the role may not make one."""
    own = make_url(url)
    name = f"{own.database}_drill_{secrets.token_hex(4)}"
    beside = own.set(database=name).render_as_string(hide_password=False)
    if schema.current(url) != schema.head():
        raise Trouble("the database is not at the version of this program: run jiedui upgrade")
    admin = create_engine(url, isolation_level="AUTOCOMMIT")
    try:
        _make(admin, name, str(own.username))
        try:
            schema.upgrade(beside)
            _carry(url, beside)
            yield beside
        finally:
            with admin.connect() as connection:
                connection.exec_driver_sql(f'DROP DATABASE "{name}" WITH (FORCE)')
    finally:
        admin.dispose()


def _make(admin: Engine, name: str, role: str) -> None:
    with admin.connect() as connection:
        try:
            connection.exec_driver_sql(f'CREATE DATABASE "{name}" TEMPLATE template0')
        except ProgrammingError as error:
            if getattr(error.orig, "sqlstate", "") != "42501":  # insufficient_privilege
                raise
            raise Trouble(
                f"the role {role} may not make a database (right CREATEDB), and a drill is played"
                f' in one of its own. As the server\'s administrator: ALTER ROLE "{role}" CREATEDB;'
                f' after the drill: ALTER ROLE "{role}" NOCREATEDB. Or give a copied SQLite file'
                " with --on."
            ) from error


def _carry(source: str, target: str) -> None:
    """Rows as they lie, sealed ones sealed, out of one snapshot."""
    here, there = create_engine(source), create_engine(target)
    reading, writing = here.raw_connection(), there.raw_connection()
    try:
        cursor = reading.cursor()
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        for table, which in ROWS.items():
            _pour(cursor, writing.cursor(), table, which)
        writing.commit()
    finally:
        for one in (reading, writing):
            one.close()
        here.dispose()
        there.dispose()


def _pour(out: Any, into: Any, table: str, which: str) -> None:
    instead = INSTEAD.get(table, {})
    known = [column.name for column in db.Base.metadata.tables[table].columns]
    columns = ", ".join(f'"{one}"' for one in known)
    values = ", ".join(instead.get(one, f'"{one}"') for one in known)
    taken = f"COPY (SELECT {values} FROM {table} WHERE {which}) TO STDOUT"  # noqa: S608  # nosec B608
    with out.copy(taken) as rows, into.copy(f"COPY {table} ({columns}) FROM STDIN") as kept:
        for piece in rows:
            kept.write(piece)
