"""Links on parcels: whoever hands over what was sent has it confirmed by the carer's code.

Revision ID: 0062
Revises: 0061
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0062"
down_revision: str | None = "0061"
branch_labels: str | None = None
depends_on: str | None = None

NAME = "parcel_link"
REFERS = {"county_id": "region", "allotment_id": "gift_allotment", "made_by": "account"}


def _moment(name: str, *, null: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=null)


def upgrade() -> None:
    """One table."""
    op.create_table(
        NAME,
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(one, sa.Integer(), nullable=one == "made_by") for one in REFERS),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("code_fingerprint", sa.String(64), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        _moment("expires_at"),
        _moment("used_at", null=True),
        *(
            sa.ForeignKeyConstraint([one], [f"{to}.id"], name=op.f(f"fk_{NAME}_{one}_{to}"))
            for one, to in REFERS.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{NAME}")),
        sa.UniqueConstraint("fingerprint", name=op.f(f"uq_{NAME}_fingerprint")),
    )
    op.create_index(f"ix_{NAME}_allotment_id", NAME, ["allotment_id"])


def downgrade() -> None:
    """The links work no more."""
    op.drop_table(NAME)
