"""New files that nobody has checked yet are counted without reading them.

Revision ID: 0018
Revises: 0017
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0018"
down_revision: str | None = "0017"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

UNCHECKED = sa.text("checked_by IS NULL")


def upgrade() -> None:
    """One index of a part of the table."""
    op.create_index(
        "ix_child_unchecked",
        "child",
        ["village_id", "state"],
        sqlite_where=UNCHECKED,
        postgresql_where=UNCHECKED,
    )


def downgrade() -> None:
    """As before."""
    op.drop_index("ix_child_unchecked", "child")
