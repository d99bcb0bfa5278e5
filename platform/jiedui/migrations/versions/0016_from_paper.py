"""What comes in from paper: the form of a pair from before, and hours of which the portal knows
only what a list says.

Going down forgets both.

Revision ID: 0016
Revises: 0015
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0016"
down_revision: str | None = "0015"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """One column and one table."""
    # In one statement of its own: SQLite would copy the table, with its partial indexes.
    op.execute(
        "ALTER TABLE pairing ADD COLUMN form VARCHAR(40) CONSTRAINT ck_pairing_pairform_known "
        "CHECK (form IN ('one_to_one', 'many_to_one', 'one_to_many', 'team'))"
    )
    op.create_table(
        "imported_hours",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("county_id", sa.Integer(), nullable=False),
        sa.Column("helper_id", sa.Integer(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("what", sa.LargeBinary(), nullable=False),
        sa.Column("unit", sa.String(80), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("imported_by", sa.Integer(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends >= starts", name=op.f("ck_imported_hours_dates")),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_imported_hours_minutes")),
        sa.ForeignKeyConstraint(
            ["county_id"], ["region.id"], name=op.f("fk_imported_hours_county_id_region")
        ),
        sa.ForeignKeyConstraint(
            ["helper_id"], ["helper.id"], name=op.f("fk_imported_hours_helper_id_helper")
        ),
        sa.ForeignKeyConstraint(
            ["imported_by"], ["account.id"], name=op.f("fk_imported_hours_imported_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imported_hours")),
        sa.UniqueConstraint("helper_id", "key", name=op.f("uq_imported_hours_helper_id_key")),
    )


def downgrade() -> None:
    """As before."""
    op.drop_table("imported_hours")
    op.execute("ALTER TABLE pairing DROP COLUMN form")
