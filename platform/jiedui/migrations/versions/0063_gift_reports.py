"""What charities have published of the funds they use.

Revision ID: 0063
Revises: 0062
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0063"
down_revision: str | None = "0062"
branch_labels: str | None = None
depends_on: str | None = None

NAME = "gift_report"
REFERS = {"county_id": "region", "gift_id": "gift", "recorded_by": "account"}


def upgrade() -> None:
    """One table."""
    kind = sa.Enum("progress", "final", name="reportkind_known", native_enum=False,
                   create_constraint=True, length=40)  # fmt: skip
    op.create_table(
        NAME,
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(one, sa.Integer(), nullable=False) for one in REFERS),
        sa.Column("kind", kind, nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("published", sa.Date(), nullable=False),
        sa.Column("place", sa.String(200), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("published >= until", name=op.f(f"ck_{NAME}_published")),
        *(
            sa.ForeignKeyConstraint([one], [f"{to}.id"], name=op.f(f"fk_{NAME}_{one}_{to}"))
            for one, to in REFERS.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{NAME}")),
        sa.UniqueConstraint("gift_id", "kind", "until", name=op.f(f"uq_{NAME}_gift_id_kind_until")),
    )


def downgrade() -> None:
    """They are forgotten here; where they were published they stay."""
    op.drop_table(NAME)
