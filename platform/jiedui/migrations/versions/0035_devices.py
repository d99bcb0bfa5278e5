"""Sessions may be parcels; they may be held because both sides used one device, whose keyed marks are
kept for a while; a letter of the month about wishes that have nobody.

Going down a parcel is a letter, what was held for its device is held for its round times, and the
letters of the month are forgotten.

Revision ID: 0035
Revises: 0034
"""

from collections.abc import Mapping

import sqlalchemy as sa
from alembic import op

revision: str = "0035"
down_revision: str | None = "0034"
branch_labels: str | None = None
depends_on: str | None = None

SESSION = "service_session"
KINDS = "'meeting', 'call', 'video', 'letter'"
HELD = "'code_guesses', 'long_day', 'night', 'far_apart', 'burst', 'round_times'"
LAST_LETTER = "'referral overdue'"
NEW_LETTER = "'wishes waiting'"
NEW = {"kind": ("sessionkind", KINDS, "'parcel'"), "held_for": ("heldfor", HELD, "'same_device'")}


def _sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _made_anew(
    table: str, edits: Mapping[str, str], cells: Mapping[str, str] | None = None
) -> None:
    """SQLite: the table with other words in its checks, its rows (some cells said otherwise), its
    indexes and triggers."""
    bind, old = op.get_bind(), f"{table}_old"
    rows = bind.execute(
        sa.text("SELECT type, sql FROM sqlite_master WHERE tbl_name = :t AND sql IS NOT NULL"),
        {"t": table},
    ).all()
    words = next(sql for kind, sql in rows if kind == "table")
    for was, now in edits.items():
        assert was in words, was  # nosec B101
        words = words.replace(was, now)
    op.execute(f"CREATE TABLE {old} AS SELECT * FROM {table}")  # nosec B608
    op.drop_table(table)
    op.execute(words)
    columns = [row[1] for row in bind.execute(sa.text(f"PRAGMA table_info({old})"))]
    said = ", ".join((cells or {}).get(one, f'"{one}"') for one in columns)
    op.execute(f"INSERT INTO {table} SELECT {said} FROM {old}")  # nosec B608
    op.drop_table(old)
    for kind, sql in rows:
        if kind != "table":
            op.execute(sql)


BACK = {
    "kind": "CASE kind WHEN 'parcel' THEN 'letter' ELSE kind END",
    "held_for": "CASE held_for WHEN 'same_device' THEN 'round_times' ELSE held_for END",
}


def _sessions(*, also: bool) -> None:
    sides = [(f"IN ({old})", f"IN ({old}, {new})") for _name, old, new in NEW.values()]
    if _sqlite():
        words = dict(sides if also else [side[::-1] for side in sides])
        return _made_anew(SESSION, words, None if also else BACK)
    if not also:  # what a session was is changed by nobody: only the way back may
        op.execute(f"ALTER TABLE {SESSION} DISABLE TRIGGER USER")
        op.execute(f"UPDATE {SESSION} SET kind = {BACK['kind']}, held_for = {BACK['held_for']}")  # nosec B608
        op.execute(f"ALTER TABLE {SESSION} ENABLE TRIGGER USER")
    for column, (name, old, new) in NEW.items():
        rule = f"{column} IN ({old}, {new})" if also else f"{column} IN ({old})"
        check = op.f(f"ck_{SESSION}_{name}_known")
        op.drop_constraint(check, SESSION, type_="check")
        op.create_check_constraint(check, SESSION, sa.text(rule))


def _letters(*, also: bool) -> None:
    name = "ck_letter_letterkind_known"
    if _sqlite():
        sides = (LAST_LETTER, f"{LAST_LETTER}, {NEW_LETTER}")
        return _made_anew("letter", dict([sides if also else sides[::-1]]))
    found = "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = :name"
    listed = op.get_bind().execute(sa.text(found), {"name": name}).scalar_one()
    kinds = [f"'{part}'" for part in listed.split("'")[1::2] if f"'{part}'" != NEW_LETTER]
    rule = ", ".join([*kinds, NEW_LETTER] if also else kinds)
    op.drop_constraint(op.f(name), "letter", type_="check")
    op.create_check_constraint(op.f(name), "letter", sa.text(f"kind IN ({rule})"))


def upgrade() -> None:
    for column in ("device", "verified_device"):
        op.add_column(SESSION, sa.Column(column, sa.String(64), nullable=True))
    _sessions(also=True)
    _letters(also=True)


def downgrade() -> None:
    op.execute("DELETE FROM letter WHERE kind = 'wishes waiting'")
    _letters(also=False)
    _sessions(also=False)
    for column in ("verified_device", "device"):
        op.drop_column(SESSION, column)
