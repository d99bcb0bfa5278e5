"""Files that were one child's twice are joined; those that only look so are told apart for good.

Going down forgets both; what was closed as a double stays closed.

Revision ID: 0007
Revises: 0006
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def _key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name)


def upgrade() -> None:
    """Two tables."""
    op.create_table(
        "file_merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("county_id", sa.Integer(), nullable=False),
        sa.Column("kept_id", sa.Integer(), nullable=False),
        sa.Column("double_id", sa.Integer(), nullable=False),
        sa.Column("moved", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_account", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("kept_id <> double_id", name=op.f("ck_file_merge_two_files")),
        sa.CheckConstraint(
            "(undone_at IS NULL) = (undone_by IS NULL)", name=op.f("ck_file_merge_undone")
        ),
        _key("file_merge", "county_id", "region"),
        _key("file_merge", "kept_id", "child"),
        _key("file_merge", "double_id", "child"),
        _key("file_merge", "by_account", "account"),
        _key("file_merge", "undone_by", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file_merge")),
    )
    op.create_index("ix_file_merge_kept_id", "file_merge", ["kept_id"])
    living = sa.text("undone_at IS NULL")
    op.create_index(
        "uq_file_merge_living", "file_merge", ["double_id"], unique=True,
        sqlite_where=living, postgresql_where=living,
    )  # fmt: skip
    op.create_table(
        "not_double",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("county_id", sa.Integer(), nullable=False),
        sa.Column("low_id", sa.Integer(), nullable=False),
        sa.Column("high_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_account", sa.Integer(), nullable=True),
        sa.CheckConstraint("low_id < high_id", name=op.f("ck_not_double_order")),
        _key("not_double", "county_id", "region"),
        _key("not_double", "low_id", "child"),
        _key("not_double", "high_id", "child"),
        _key("not_double", "by_account", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_not_double")),
        sa.UniqueConstraint("low_id", "high_id", name=op.f("uq_not_double_low_id_high_id")),
    )


def downgrade() -> None:
    """Neither."""
    op.drop_table("not_double")
    op.drop_table("file_merge")
