"""Rows in numbers, and the row that limits an act."""

from __future__ import annotations

from typing import Any, TypeVar

from sqlalchemy import func, inspect, select, text
from sqlalchemy import insert as sql_insert

from jiedui.core.db.engines import database
from jiedui.core.db.transactions import session, write

T = TypeVar("T")


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


def measure() -> None:
    """Let PostgreSQL look how large its tables are, when much has just been written: it plans by
    what it knows, and keeps plans from when a table was nearly empty until it looks again, which it
    does by itself once a minute at best."""
    if not database().sqlite:
        with write():
            session.execute(text("ANALYZE"))


def lock(table: type[T], key: object, *, referred: bool = False) -> T | None:
    """The row that limits an act, as it stands now, held to the end of the transaction.
    `referred`: what only refers to it is written meanwhile (the record names accounts).

    On SQLite the whole transaction is alone from its beginning: what it has read still stands. On
    PostgreSQL the row is locked and read anew. A query there, not session.get(): that would refuse
    a row that another has changed since this act first read it, where this act is to go on with
    what stands there now (the page's version says if it may).
    """
    if database().sqlite:
        session.flush()
        return session.get(table, key)
    column = inspect(table).primary_key[0]
    row = select(table).where(column == key).with_for_update(key_share=referred)
    return session.scalar(row.execution_options(populate_existing=True))
