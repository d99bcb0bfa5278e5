"""A file of changes for the national system leaves when a second person has agreed to it.

Going down forgets who agreed. Going up, files made before wait for somebody to agree.

Revision ID: 0021
Revises: 0020
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0021"
down_revision: str | None = "0020"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Three columns and their constraints."""
    with op.batch_alter_table("national_return") as table:
        table.add_column(sa.Column("made_as", sa.Integer(), nullable=True))
        table.add_column(sa.Column("agreed_by", sa.Integer(), nullable=True))
        table.add_column(sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True))
        for column in ("made_as", "agreed_by"):
            table.create_foreign_key(
                op.f(f"fk_national_return_{column}_account"), "account", [column], ["id"]
            )
        table.create_check_constraint(
            op.f("ck_national_return_two_persons"),
            "agreed_by IS NULL OR (agreed_by <> made_by AND agreed_by <> made_as)",
        )
        table.create_check_constraint(
            op.f("ck_national_return_agreed"), "(agreed_by IS NULL) = (agreed_at IS NULL)"
        )
    op.execute("UPDATE national_return SET made_as = made_by")


def downgrade() -> None:
    """As before."""
    with op.batch_alter_table("national_return") as table:
        table.drop_constraint(op.f("ck_national_return_agreed"), type_="check")
        table.drop_constraint(op.f("ck_national_return_two_persons"), type_="check")
        for column in ("made_as", "agreed_by"):
            table.drop_constraint(
                op.f(f"fk_national_return_{column}_account"), type_="foreignkey"
            )
        for column in ("agreed_at", "agreed_by", "made_as"):
            table.drop_column(column)
