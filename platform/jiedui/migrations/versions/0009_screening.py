"""Screening house by house, other houses counted, and the order in which one walks.

Going down forgets all three.

Revision ID: 0009
Revises: 0008
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

FOUND = sa.Enum(
    "seen", "nobody_home", "moved",
    name="homefound_known", native_enum=False, create_constraint=True, length=40,
)  # fmt: skip


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}")
    )


def upgrade() -> None:
    """Three tables."""
    op.create_table(
        "screening_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("county_id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.String(6), nullable=False),
        sa.Column("outcome", FOUND, nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_account", sa.Integer(), nullable=True),
        _to("screening_mark", "county_id", "region"),
        _to("screening_mark", "household_id", "household"),
        _to("screening_mark", "by_account", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screening_mark")),
    )
    op.create_index(
        "ix_screening_mark_household_id_quarter", "screening_mark", ["household_id", "quarter"]
    )
    op.create_table(
        "screening_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("county_id", sa.Integer(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.String(6), nullable=False),
        sa.Column("houses", sa.Integer(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_account", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("houses >= 0", name=op.f("ck_screening_count_houses")),
        _to("screening_count", "county_id", "region"),
        _to("screening_count", "village_id", "region"),
        _to("screening_count", "by_account", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screening_count")),
        sa.UniqueConstraint(
            "village_id", "quarter", name=op.f("uq_screening_count_village_id_quarter")
        ),
    )
    op.create_table(
        "walking_order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("county_id", sa.Integer(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=False),
        sa.Column("houses", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _to("walking_order", "county_id", "region"),
        _to("walking_order", "village_id", "region"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_walking_order")),
        sa.UniqueConstraint("village_id", name=op.f("uq_walking_order_village_id")),
    )


def downgrade() -> None:
    """As before."""
    for table in ("walking_order", "screening_count", "screening_mark"):
        op.drop_table(table)
