"""What several steps do to a table: on SQLite a rule changes only when the table is made anew.

Steps are never changed once they are out; what they call here must go on doing just what it did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from alembic import op


def on_sqlite() -> bool:
    """Whether this step runs on SQLite."""
    return op.get_bind().dialect.name == "sqlite"


def quoted(values: Sequence[str]) -> str:
    """Values as a rule lists them."""
    return ", ".join(f"'{one}'" for one in values)


def made_anew(table: str, edits: Mapping[str, str]) -> None:
    """SQLite: the table with other words in its checks, its rows, its indexes and triggers."""
    bind, old = op.get_bind(), f"{table}_old"
    rows = bind.execute(
        sa.text("SELECT type, sql FROM sqlite_master WHERE tbl_name = :t AND sql IS NOT NULL"),
        {"t": table},
    ).all()
    words = next(sql for kind, sql in rows if kind == "table")
    for was, now in edits.items():
        assert was in words, was  # noqa: S101  # nosec B101
        words = words.replace(was, now)
    op.execute(f"CREATE TABLE {old} AS SELECT * FROM {table}")  # noqa: S608  # nosec B608
    op.drop_table(table)
    op.execute(words)
    op.execute(f"INSERT INTO {table} SELECT * FROM {old}")  # noqa: S608  # nosec B608
    op.drop_table(old)
    for kind, sql in rows:
        if kind != "table":
            op.execute(sql)


def also(table: str, column: str, check: str, after: str, new: Sequence[str], *, up: bool) -> None:
    """More values that a column may hold (up), or those no longer; `after` is a value that it may
    hold before and after this step."""
    if on_sqlite():
        sides = (f"'{after}'", f"'{after}', {quoted(new)}")
        made_anew(table, dict([sides if up else sides[::-1]]))
        return
    found = "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = :name"
    listed = op.get_bind().execute(sa.text(found), {"name": check}).scalar_one()
    known = [part for part in listed.split("'")[1::2] if part not in new]
    op.drop_constraint(op.f(check), table, type_="check")
    rule = f"{column} IN ({quoted([*known, *new] if up else known)})"
    op.create_check_constraint(op.f(check), table, sa.text(rule))


def letters(kinds: Sequence[str], *, after: str, up: bool) -> None:
    """More kinds of letter; going down, letters of these kinds go."""
    if not up:
        mine = sa.table("letter", sa.column("id"), sa.column("kind"))
        sent = sa.table("delivery", sa.column("letter_id"))
        ids = sa.select(mine.c.id).where(mine.c.kind.in_(kinds))
        op.execute(sent.delete().where(sent.c.letter_id.in_(ids)))
        op.execute(mine.delete().where(mine.c.kind.in_(kinds)))
    also("letter", "kind", "ck_letter_letterkind_known", after, kinds, up=up)
