"""Checking in at themed events: stays at a meeting, slips of children's seats and their scans.

Going down the slips and scans are forgotten, and what volunteers checked in at events with its
hours: the older ledger knows no stay without a pairing.

Revision ID: 0093
Revises: 0092
"""

from collections.abc import Mapping

import sqlalchemy as sa
from alembic import op

from jiedui.migrations.remaking import made_anew as _made_anew

revision: str = "0093"
down_revision: str | None = "0092"
branch_labels: str | None = None
depends_on: str | None = None

MOMENT = sa.DateTime(timezone=True)
STAY = "place_stay"
ANCHOR = f"CONSTRAINT ck_{STAY}_times CHECK (left_at IS NULL OR left_at >= arrived_at)"
BELONGS = "(pairing_id IS NULL) <> (meeting_id IS NULL)"
FOREIGN = f"fk_{STAY}_meeting_id_activity_meeting"
MORE = (
    f", CONSTRAINT ck_{STAY}_belongs CHECK ({BELONGS}), CONSTRAINT {FOREIGN}"
    " FOREIGN KEY(meeting_id) REFERENCES activity_meeting (id)"
)
AT_EVENTS = f"SELECT id FROM {STAY} WHERE meeting_id IS NOT NULL"  # nosec B608
SCANNED = f"SELECT id FROM service_session WHERE stay_id IN ({AT_EVENTS})"  # nosec B608
PAIRS = (("activity_child", "uq_activity_child_id_activity_id"),
         ("activity_meeting", "uq_activity_meeting_id_activity_id"))  # fmt: skip


def _sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _number(name: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=null)


def _stays() -> None:
    op.add_column(STAY, _number("meeting_id", null=True))
    if _sqlite():
        _made_anew(
            STAY,
            {"pairing_id INTEGER NOT NULL": "pairing_id INTEGER", ANCHOR: f"{ANCHOR}{MORE}"},
        )
    else:
        op.alter_column(STAY, "pairing_id", nullable=True)
        op.create_check_constraint(op.f(f"ck_{STAY}_belongs"), STAY, sa.text(BELONGS))
        op.create_foreign_key(op.f(FOREIGN), STAY, "activity_meeting", ["meeting_id"], ["id"])
    op.create_index(f"ix_{STAY}_meeting_id", STAY, ["meeting_id"])


def _slips() -> None:
    op.add_column("activity_child", sa.Column("slip", sa.String(43), nullable=True))
    op.create_index("uq_activity_child_slip", "activity_child", ["slip"], unique=True)
    for table, name in PAIRS:
        op.create_index(name, table, ["id", "activity_id"], unique=True)
    t = "seat_scan"
    op.create_table(
        t, _number("meeting_id"), _number("entry_id"), _number("activity_id"),
        sa.Column("scanned_at", MOMENT, nullable=False), _number("scanned_by"),
        sa.ForeignKeyConstraint(
            ["meeting_id", "activity_id"], ["activity_meeting.id", "activity_meeting.activity_id"],
            name=op.f(f"fk_{t}_meeting"),
        ),
        sa.ForeignKeyConstraint(
            ["entry_id", "activity_id"], ["activity_child.id", "activity_child.activity_id"],
            name=op.f(f"fk_{t}_entry"),
        ),
        sa.ForeignKeyConstraint(
            ["scanned_by"], ["account.id"], name=op.f(f"fk_{t}_scanned_by_account")
        ),
        sa.PrimaryKeyConstraint("meeting_id", "entry_id", name=op.f(f"pk_{t}")),
    )  # fmt: skip


def upgrade() -> None:
    """Stays at meetings; slips and scans."""
    _stays()
    _slips()


def _forget_stays() -> None:
    where = f"stay_id IN ({AT_EVENTS}) OR reverses IN ({SCANNED})"
    op.execute(f"DELETE FROM session_objection WHERE session_id IN ({SCANNED})")  # nosec B608
    _without_triggers("service_session", where)
    op.execute(f"DELETE FROM {STAY} WHERE meeting_id IS NOT NULL")  # nosec B608


def _without_triggers(table: str, where: str) -> None:
    """Rows go although a trigger keeps them."""
    bind = op.get_bind()
    if not _sqlite():
        op.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        op.execute(f"DELETE FROM {table} WHERE {where}")  # nosec B608
        op.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        return
    found = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :t"
    triggers = bind.execute(sa.text(found), {"t": table}).all()
    for name, _ in triggers:
        op.execute(f"DROP TRIGGER {name}")
    op.execute(f"DELETE FROM {table} WHERE {where}")  # nosec B608
    for _, sql in triggers:
        op.execute(sql)


def downgrade() -> None:
    """As before."""
    op.drop_table("seat_scan")
    for table, name in PAIRS:
        op.drop_index(name, table)
    op.drop_index("uq_activity_child_slip", "activity_child")
    op.drop_column("activity_child", "slip")
    _forget_stays()
    op.drop_index(f"ix_{STAY}_meeting_id", STAY)
    if _sqlite():
        _made_anew(STAY, {"pairing_id INTEGER,": "pairing_id INTEGER NOT NULL,", MORE: ""})
    else:
        op.drop_constraint(op.f(FOREIGN), STAY, type_="foreignkey")
        op.drop_constraint(op.f(f"ck_{STAY}_belongs"), STAY, type_="check")
        op.alter_column(STAY, "pairing_id", nullable=False)
    op.drop_column(STAY, "meeting_id")
