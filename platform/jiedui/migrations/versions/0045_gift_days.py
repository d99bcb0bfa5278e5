"""When a gift was accepted, and when it was not taken.

Revision ID: 0045
Revises: 0043
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0045"
down_revision: str | None = "0043"
branch_labels: str | None = None
depends_on: str | None = None

DAYS = ("accepted_at", "refused_at")


def upgrade() -> None:
    for name in DAYS:
        op.add_column("gift", sa.Column(name, sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    for name in reversed(DAYS):
        op.drop_column("gift", name)
