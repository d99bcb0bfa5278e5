"""How a migration meets the database: called with an open connection by jiedui.core.schema."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context

from jiedui.core import db
from jiedui.factory import tables

assert tables.ALL  # every table is known once the rooms' models are imported  # noqa: S101


def write_type(kind: str, thing: Any, _autogen: Any) -> str | Literal[False]:
    """Migrations say what lies in the database, not which of our types reads it."""
    if kind != "type":
        return False
    if isinstance(thing, db.Sealed):
        return "sa.LargeBinary()"
    if isinstance(thing, db.UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=db.Base.metadata,
    render_as_batch=True,
    render_item=write_type,
    compare_type=True,
    transactional_ddl=True,  # jiedui.core.schema begins and commits
)
context.run_migrations()
