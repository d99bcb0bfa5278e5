"""Opinions about the portal are answered in it.

Going down takes the answers away.

Revision ID: 0022
Revises: 0021
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0022"
down_revision: str | None = "0021"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Four columns and their constraints."""
    with op.batch_alter_table("feedback") as table:
        table.add_column(sa.Column("answer", sa.LargeBinary(), nullable=True))
        table.add_column(sa.Column("answered_by", sa.Integer(), nullable=True))
        table.add_column(sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("code_index", sa.String(64), nullable=True))
        table.create_foreign_key(
            op.f("fk_feedback_answered_by_account"), "account", ["answered_by"], ["id"]
        )
        table.create_unique_constraint(op.f("uq_feedback_code_index"), ["code_index"])
        table.create_check_constraint(
            op.f("ck_feedback_answered"),
            "(answered_by IS NULL) = (answer IS NULL) AND (answer IS NULL) = (answered_at IS NULL)",
        )


def downgrade() -> None:
    """As before."""
    with op.batch_alter_table("feedback") as table:
        table.drop_constraint(op.f("ck_feedback_answered"), type_="check")
        table.drop_constraint(op.f("uq_feedback_code_index"), type_="unique")
        table.drop_constraint(op.f("fk_feedback_answered_by_account"), type_="foreignkey")
        for column in ("code_index", "answered_at", "answered_by", "answer"):
            table.drop_column(column)
