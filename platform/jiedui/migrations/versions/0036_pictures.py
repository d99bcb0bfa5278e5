"""A helper's picture for the family card.

Going down takes the pictures away: the frame on the card is there to glue a photo on.

Revision ID: 0036
Revises: 0035
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0036"
down_revision: str | None = "0035"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None
TABLE = "helper_picture"


def upgrade() -> None:
    """One table."""
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("county_id", sa.Integer(), nullable=False),
        sa.Column("helper_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_account", sa.Integer(), nullable=True),
        sa.CheckConstraint("kind IN ('jpeg', 'png', 'pdf')", name=op.f(f"ck_{TABLE}_uploadkind_known")),
        sa.ForeignKeyConstraint(["county_id"], ["region.id"], name=op.f(f"fk_{TABLE}_county_id_region")),
        sa.ForeignKeyConstraint(["helper_id"], ["helper.id"], name=op.f(f"fk_{TABLE}_helper_id_helper")),
        sa.ForeignKeyConstraint(
            ["by_account"], ["account.id"], name=op.f(f"fk_{TABLE}_by_account_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint("helper_id", name=op.f(f"uq_{TABLE}_helper_id")),
    )


def downgrade() -> None:
    """As before."""
    op.drop_table(TABLE)
