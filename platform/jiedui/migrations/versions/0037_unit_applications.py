"""Units that register themselves.

Going down takes away those that wait: their people register again, or an office enters them.

Revision ID: 0037
Revises: 0036
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0037"
down_revision: str | None = "0036"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None
TABLE = "unit_application"
KINDS = (
    "department", "school", "agency", "company", "charity", "social_organisation",
    "volunteer_team", "village_committee", "hospital",
)  # fmt: skip
STATES = ("waiting", "accepted", "refused")
REASONS = ("paper does not hold", "not reached", "not of this county", "twice", "does not fit")


def _known(column: str, name: str, values: Sequence[str]) -> sa.CheckConstraint:
    listed = ", ".join(f"'{one}'" for one in values)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=op.f(f"ck_{TABLE}_{name}_known"))


def _refers(column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{TABLE}_{column}_{to}"))


def upgrade() -> None:
    """One table."""
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("county_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("credit_code", sa.String(18), nullable=True),
        sa.Column("contact", sa.LargeBinary(), nullable=False),
        sa.Column("phone", sa.LargeBinary(), nullable=False),
        sa.Column("wants", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(40), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        _known("kind", "unitkind", KINDS),
        _known("state", "applicationstate", STATES),
        _known("reason", "nottaken", REASONS),
        sa.CheckConstraint(
            "(state = 'waiting') = (decided_at IS NULL)", name=op.f(f"ck_{TABLE}_decided")
        ),
        sa.CheckConstraint("(state = 'accepted') = (unit_id IS NOT NULL)", name=op.f(f"ck_{TABLE}_accepted")),
        sa.CheckConstraint("(state = 'refused') = (reason IS NOT NULL)", name=op.f(f"ck_{TABLE}_refused")),
        _refers("county_id", "region"),
        _refers("region_id", "region"),
        _refers("decided_by", "account"),
        _refers("unit_id", "unit"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
    )
    op.create_index(f"ix_{TABLE}_county_id", TABLE, ["county_id"])
    waiting = sa.text("state = 'waiting'")
    op.create_index(
        "uq_unit_application_code", TABLE, ["county_id", "credit_code"],
        unique=True, sqlite_where=waiting, postgresql_where=waiting,
    )  # fmt: skip


def downgrade() -> None:
    """As before."""
    op.drop_table(TABLE)
