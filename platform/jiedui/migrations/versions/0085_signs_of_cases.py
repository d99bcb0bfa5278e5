"""How a child was at a session; which files a case concerns.

Going down, both are forgotten.

Revision ID: 0085
Revises: 0081
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0085"
down_revision: str | None = "0081"
branch_labels: str | None = None
depends_on: str | None = None

MOODS = "'bright', 'as always', 'low'"
NAME = "case_child"
REFERS = {"county_id": "region", "child_id": "child", "named_by": "account"}


def upgrade() -> None:
    """One column, one table."""
    # With its rule beside it: so SQLite needs no table made anew.
    op.execute(
        "ALTER TABLE service_session ADD COLUMN mood VARCHAR(40)"
        f" CONSTRAINT ck_service_session_mood_known CHECK (mood IN ({MOODS}))"
    )
    op.create_table(
        NAME,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("county_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("child_id", sa.Integer(), nullable=False),
        sa.Column("named_by", sa.Integer(), nullable=False),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["protection_case.id"], ondelete="CASCADE",
            name=op.f(f"fk_{NAME}_case_id_protection_case"),
        ),
        *(
            sa.ForeignKeyConstraint([one], [f"{to}.id"], name=op.f(f"fk_{NAME}_{one}_{to}"))
            for one, to in REFERS.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{NAME}")),
        sa.UniqueConstraint("case_id", "child_id", name=op.f(f"uq_{NAME}_case_id_child_id")),
    )  # fmt: skip
    op.create_index(op.f(f"ix_{NAME}_child_id"), NAME, ["child_id"])


def downgrade() -> None:
    """As before."""
    op.drop_table(NAME)
    op.drop_column("service_session", "mood")
