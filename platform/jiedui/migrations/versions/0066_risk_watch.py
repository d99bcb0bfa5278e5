"""Signs of risk of each open file, as the night found them.

Revision ID: 0066
Revises: 0065
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0066"
down_revision: str | None = "0065"
branch_labels: str | None = None
depends_on: str | None = None

NAME = "risk_watch"
REFERS = {"child_id": "child", "county_id": "region", "looked_by": "account"}


def upgrade() -> None:
    """One table."""
    level = sa.Enum("red", "yellow", "blue", "green", name="risklevel_known", native_enum=False,
                    create_constraint=True, length=40)  # fmt: skip
    op.create_table(
        NAME,
        *(sa.Column(one, sa.Integer(), nullable=one == "looked_by") for one in REFERS),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("level", level, nullable=False),
        sa.Column("found", sa.JSON(), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("looked_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("points >= 0 AND answered >= 0", name=op.f(f"ck_{NAME}_points")),
        *(
            sa.ForeignKeyConstraint([one], [f"{to}.id"], name=op.f(f"fk_{NAME}_{one}_{to}"))
            for one, to in REFERS.items()
        ),
        sa.PrimaryKeyConstraint("child_id", name=op.f(f"pk_{NAME}")),
    )
    op.create_index(f"ix_{NAME}_county_id_points", NAME, ["county_id", "points"])


def downgrade() -> None:
    """They are counted anew."""
    op.drop_table(NAME)
