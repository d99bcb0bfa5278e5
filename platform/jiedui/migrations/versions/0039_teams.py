"""A team of up to five helpers for a need: one place each; whose pairing leads it; a letter to the
others of a team.

Going down the letters are forgotten, nobody leads, and of a team three places stay: who comes in a
fourth or fifth is moved into one that is free, else that pairing ends with its grants.

Revision ID: 0039
Revises: 0038
"""

from collections.abc import Mapping

import sqlalchemy as sa
from alembic import op

from jiedui.migrations.remaking import made_anew as _made_anew

revision: str = "0039"
down_revision: str | None = "0038"
branch_labels: str | None = None
depends_on: str | None = None

LAST_LETTER = "'wishes waiting'"
NEW_LETTER = "'team changed'"
DEMAND = "demand BETWEEN 1 AND 3"
DEMAND_NOW = f"(NOT team AND {DEMAND}) OR (team AND demand BETWEEN 2 AND 5)"
SEAT = "need_seat BETWEEN 1 AND 3"
SEAT_NOW = "need_seat BETWEEN 1 AND 5"
LIVING = (
    "'active', 'approved', 'closing', 'legacy', 'paused', 'proposed', 'ready', 'trial'"  # sorted
)
LEADS = "uq_pairing_need_lead"


def _sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _check_is(table: str, name: str, old: str, new: str) -> None:
    """Another rule under the same name."""
    if _sqlite():
        return _made_anew(table, {f"({old})": f"({new})"})
    op.drop_constraint(op.f(f"ck_{table}_{name}"), table, type_="check")
    op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, sa.text(new))


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


def _column(table: str, name: str) -> None:
    op.add_column(table, sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    if not _sqlite():
        op.alter_column(table, name, server_default=None)


def upgrade() -> None:
    _column("need", "team")
    _check_is("need", "demand", DEMAND, DEMAND_NOW)
    _column("pairing", "lead")
    _check_is("pairing", "need_seat", SEAT, SEAT_NOW)
    where = sa.text(f"lead AND state IN ({LIVING})")
    op.create_index(
        LEADS, "pairing", ["need_id"], unique=True, sqlite_where=where, postgresql_where=where
    )
    _letters(also=True)


def downgrade() -> None:
    op.execute("DELETE FROM letter WHERE kind = 'team changed'")
    _letters(also=False)
    op.drop_index(LEADS, "pairing")
    _three_places()
    _check_is("pairing", "need_seat", SEAT_NOW, SEAT)
    op.drop_column("pairing", "lead")
    op.execute("UPDATE need SET demand = 3 WHERE demand > 3")
    _check_is("need", "demand", DEMAND_NOW, DEMAND)
    op.drop_column("need", "team")


def _three_places() -> None:
    """Nobody in a fourth or fifth place any more."""
    bind, living = op.get_bind(), f"state IN ({LIVING})"
    op.execute(f"UPDATE pairing SET need_seat = 1 WHERE need_seat > 3 AND NOT {living}")  # nosec B608
    over = f"SELECT id, need_id FROM pairing WHERE need_seat > 3 AND {living} ORDER BY id"  # nosec B608
    held = f"SELECT need_seat FROM pairing WHERE need_id = :need AND {living}"  # nosec B608
    for number, need in bind.execute(sa.text(over)).all():
        taken = set(bind.execute(sa.text(held), {"need": need}).scalars())
        free = next((seat for seat in (1, 2, 3) if seat not in taken), None)
        if free is not None:
            move = "UPDATE pairing SET need_seat = :seat WHERE id = :id"
            bind.execute(sa.text(move), {"seat": free, "id": number})
        else:
            _ended(number)


def _ended(number: int) -> None:
    end = (
        "UPDATE pairing SET need_seat = 1, state = 'closed', pause_reason = NULL,"
        " close_reason = COALESCE(close_reason, 'need_closed'), closed_on = CURRENT_DATE"
        " WHERE id = :id"
    )
    grants = (
        "UPDATE access_grant SET ended_at = CURRENT_TIMESTAMP"
        " WHERE source_kind = 'pairing' AND source_id = :id AND ended_at IS NULL"
    )
    for words in (end, grants):
        op.get_bind().execute(sa.text(words), {"id": number})
