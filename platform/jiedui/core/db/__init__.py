"""The database: tables and the types of their columns, the engines that reach them, the three kinds
of transaction (read, write, note), rows in numbers."""

from __future__ import annotations

from jiedui.core.db.columns import GONE, Base, Sealed, SealedBytes, SealedJson, UtcDateTime, choice
from jiedui.core.db.engines import (
    Database,
    WrongTransaction,
    busy,
    connect,
    database,
    incomplete,
)
from jiedui.core.db.rows import insert, lock, measure, reserve
from jiedui.core.db.transactions import after_commit, note, open_kind, read, session, write

__all__ = [
    "GONE",
    "Base",
    "Database",
    "Sealed",
    "SealedBytes",
    "SealedJson",
    "UtcDateTime",
    "WrongTransaction",
    "after_commit",
    "busy",
    "choice",
    "connect",
    "database",
    "incomplete",
    "insert",
    "lock",
    "measure",
    "note",
    "open_kind",
    "read",
    "reserve",
    "session",
    "write",
]
