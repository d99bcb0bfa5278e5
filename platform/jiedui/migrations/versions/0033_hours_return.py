"""Hours told to the national volunteer system, and its answer to each entry.

Revision ID: 0033
Revises: 0032
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0033"
down_revision: str | None = "0032"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

MOMENT = sa.DateTime(timezone=True)
TOLD = sa.text("state IN ('sent', 'accepted')")


def upgrade() -> None:
    op.create_table(
        "hours_return",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("county_id", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_as", sa.Integer(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("agreed_by", sa.Integer(), nullable=True),
        sa.Column("agreed_at", MOMENT, nullable=True),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "agreed_by IS NULL OR (agreed_by <> made_by AND agreed_by <> made_as)",
            name=op.f("ck_hours_return_two_persons"),
        ),
        sa.CheckConstraint(
            "(agreed_by IS NULL) = (agreed_at IS NULL)", name=op.f("ck_hours_return_agreed")
        ),
        *_points("hours_return", "county_id", "region"),
        *_points("hours_return", "made_by", "account"),
        *_points("hours_return", "made_as", "account"),
        *_points("hours_return", "agreed_by", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hours_return")),
    )
    op.create_index(op.f("ix_hours_return_county_id"), "hours_return", ["county_id"])
    op.create_table(
        "hours_return_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("county_id", sa.Integer(), nullable=False),
        sa.Column("return_id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "sent", "accepted", "refused",
                name="returnstate_known", native_enum=False, create_constraint=True, length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "(state = 'sent') = (answered_at IS NULL)", name=op.f("ck_hours_return_row_answered")
        ),
        *_points("hours_return_row", "county_id", "region"),
        *_points("hours_return_row", "return_id", "hours_return"),
        *_points("hours_return_row", "session_id", "service_session"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hours_return_row")),
    )  # fmt: skip
    op.create_index(op.f("ix_hours_return_row_return_id"), "hours_return_row", ["return_id"])
    op.create_index(
        "uq_hours_return_row_told", "hours_return_row", ["session_id"],
        unique=True, sqlite_where=TOLD, postgresql_where=TOLD,
    )  # fmt: skip


def _points(table: str, column: str, to: str) -> list[sa.ForeignKeyConstraint]:
    name = op.f(f"fk_{table}_{column}_{to}")
    return [sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name)]


def downgrade() -> None:
    op.drop_table("hours_return_row")
    op.drop_table("hours_return")
