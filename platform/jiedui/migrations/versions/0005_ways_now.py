"""What can be done now for a need that a list leaves, and which data the last list did not know.

Going down forgets both; the next list finds them anew.

Revision ID: 0005
Revises: 0004
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

GAPS = (
    "need_place", "helper_place", "need_languages", "helper_languages", "helper_subjects",
    "helper_stages", "helper_modes", "helper_periods", "need_slots",
)


def upgrade() -> None:
    """One column and one table."""
    with op.batch_alter_table("unmet") as table:
        table.add_column(sa.Column("ways", sa.JSON(), nullable=True))
    op.create_table(
        "missing_datum",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("county_id", sa.Integer(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=True),
        sa.Column("helper_id", sa.Integer(), nullable=True),
        sa.Column(
            "datum",
            sa.Enum(
                *GAPS, name="gap_known", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("pairs", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(need_id IS NULL) <> (helper_id IS NULL)", name=op.f("ck_missing_datum_side")
        ),
        sa.CheckConstraint("pairs > 0", name=op.f("ck_missing_datum_counts")),
        sa.ForeignKeyConstraint(
            ["county_id"], ["region.id"], name=op.f("fk_missing_datum_county_id_region")
        ),
        sa.ForeignKeyConstraint(
            ["need_id"], ["need.id"], name=op.f("fk_missing_datum_need_id_need")
        ),
        sa.ForeignKeyConstraint(
            ["helper_id"], ["helper.id"], name=op.f("fk_missing_datum_helper_id_helper")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_missing_datum")),
        sa.UniqueConstraint("need_id", "datum", name=op.f("uq_missing_datum_need_id_datum")),
        sa.UniqueConstraint("helper_id", "datum", name=op.f("uq_missing_datum_helper_id_datum")),
    )


def downgrade() -> None:
    """As before; what was found is forgotten."""
    op.drop_table("missing_datum")
    with op.batch_alter_table("unmet") as table:
        table.drop_column("ways")
