"""Photos and voice messages that come with a report.

Revision ID: 0065
Revises: 0064
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0065"
down_revision: str | None = "0064"
branch_labels: str | None = None
depends_on: str | None = None

NAME = "report_file"
KINDS = ("jpeg", "png", "mp3", "mp4", "ogg", "webm", "wav", "amr", "aac")


def upgrade() -> None:
    """One table."""
    kind = sa.Enum(*KINDS, name="filekind_known", native_enum=False, create_constraint=True,
                   length=40)  # fmt: skip
    op.create_table(
        NAME,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("county_id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("kind", kind, nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["county_id"], ["region.id"], name=op.f(f"fk_{NAME}_county_id_region")
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f(f"fk_{NAME}_report_id_report")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{NAME}")),
    )
    op.create_index(f"ix_{NAME}_report_id", NAME, ["report_id"])


def downgrade() -> None:
    """The files are gone; the words of the reports stay."""
    op.drop_table(NAME)
