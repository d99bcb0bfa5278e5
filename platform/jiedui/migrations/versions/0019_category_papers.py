"""Photos of the papers on which a category rests.

Going down takes them away: what was said of the paper in words stays.

Revision ID: 0019
Revises: 0018
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0019"
down_revision: str | None = "0018"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """One table."""
    op.create_table(
        "category_paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("county_id", sa.Integer(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_account", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('jpeg', 'png', 'pdf')", name="ck_category_paper_uploadkind_known"
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["region.id"], name="fk_category_paper_county_id_region"
        ),
        sa.ForeignKeyConstraint(
            ["category_id"],
            ["child_category.id"],
            name="fk_category_paper_category_id_child_category",
        ),
        sa.ForeignKeyConstraint(
            ["by_account"], ["account.id"], name="fk_category_paper_by_account_account"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_category_paper"),
    )
    op.create_index("ix_category_paper_category_id", "category_paper", ["category_id"])


def downgrade() -> None:
    """As before."""
    op.drop_table("category_paper")
