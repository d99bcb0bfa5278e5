"""Promises of places, work and people.

Revision ID: 0064
Revises: 0063
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0064"
down_revision: str | None = "0063"
branch_labels: str | None = None
depends_on: str | None = None

NAME = "pledge"
REFERS = {"county_id": "region", "unit_id": "unit", "recorded_by": "account",
          "answered_by": "account"}  # fmt: skip
CHECKS = {
    "count": "count BETWEEN 1 AND 1000",
    "days": "until >= starts",
    "giver": "(unit_id IS NULL) = (giver_name IS NOT NULL)",
    "reached": "(giver_name IS NULL) = (giver_phone IS NULL)",
    "people": "kind <> 'people' OR unit_id IS NOT NULL",
    "answered": "(state = 'offered') = (answered_by IS NULL)",
}


def _known(column: str, enum: str, *values: str) -> sa.Column[str]:
    known = sa.Enum(
        *values, name=f"{enum}_known", native_enum=False, create_constraint=True, length=40
    )
    return sa.Column(column, known, nullable=False)


def upgrade() -> None:
    """One table."""
    op.create_table(
        NAME,
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(one, sa.Integer(), nullable=one != "county_id") for one in REFERS),
        sa.Column("giver_name", sa.LargeBinary(), nullable=True),
        sa.Column("giver_phone", sa.LargeBinary(), nullable=True),
        _known("kind", "pledgekind", "place", "jobs", "people"),
        sa.Column("words", sa.String(200), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("location", sa.String(60), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        _known("state", "pledgestate", "offered", "taken_up", "declined", "over"),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_{NAME}_{n}")) for n, rule in CHECKS.items()),
        *(
            sa.ForeignKeyConstraint([one], [f"{to}.id"], name=op.f(f"fk_{NAME}_{one}_{to}"))
            for one, to in REFERS.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{NAME}")),
    )
    op.create_index("ix_pledge_county_id_state", NAME, ["county_id", "state"])


def downgrade() -> None:
    """They are forgotten."""
    op.drop_table(NAME)
