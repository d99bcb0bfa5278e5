"""Whoever reported can ask how far it is, by number and secret.

Going down forgets the secrets and what was written back; the reports stay.

Revision ID: 0008
Revises: 0007
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Two columns, and a table of wrong tries."""
    op.add_column("report", sa.Column("reply", sa.LargeBinary(), nullable=True))
    op.add_column("report", sa.Column("asked_by", sa.String(64), nullable=True))
    op.create_index("ix_report_asked_by", "report", ["asked_by"], unique=True)
    op.create_table(
        "report_try",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number_index", sa.String(64), nullable=False),
        sa.Column("place_index", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_report_try"),
    )
    op.create_index("ix_report_try_number_index", "report_try", ["number_index"])
    op.create_index("ix_report_try_place_index", "report_try", ["place_index"])


def downgrade() -> None:
    """As before."""
    op.drop_table("report_try")
    op.drop_index("ix_report_asked_by", "report")
    op.drop_column("report", "asked_by")
    op.drop_column("report", "reply")
