"""What guardians ask about their children's data, and the answers.

Going down forgets the requests and the answers.

Revision ID: 0020
Revises: 0019
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0020"
down_revision: str | None = "0019"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def _known(kind: str, *members: str) -> sa.Enum:
    return sa.Enum(
        *members, name=f"{kind}_known", native_enum=False, create_constraint=True, length=40
    )


def upgrade() -> None:
    """One table."""
    op.create_table(
        "data_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("county_id", sa.Integer(), nullable=False),
        sa.Column("child_id", sa.Integer(), nullable=False),
        sa.Column("guardian_id", sa.Integer(), nullable=False),
        sa.Column(
            "asked", _known("asked", "look", "copy", "correct", "delete", "stop"), nullable=False
        ),
        sa.Column("how", _known("how", "in person", "telephone", "letter"), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("taken_by", sa.Integer(), nullable=True),
        sa.Column("outcome", _known("outcome", "granted", "partly", "refused"), nullable=True),
        sa.Column(
            "ground",
            _known("ground", "not shown", "kept by law", "protection", "others", "not held"),
            nullable=True,
        ),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(outcome IS NULL) = (answered_at IS NULL)", name=op.f("ck_data_request_answered")
        ),
        sa.CheckConstraint(
            "(outcome IS NULL) = (answer IS NULL)", name=op.f("ck_data_request_in_writing")
        ),
        sa.CheckConstraint(
            "(ground IS NOT NULL) = (outcome IS NOT NULL AND outcome <> 'granted')",
            name=op.f("ck_data_request_grounds"),
        ),
        sa.CheckConstraint("due_on > received_on", name=op.f("ck_data_request_clock")),
        sa.ForeignKeyConstraint(
            ["county_id"], ["region.id"], name=op.f("fk_data_request_county_id_region")
        ),
        sa.ForeignKeyConstraint(
            ["child_id"], ["child.id"], name=op.f("fk_data_request_child_id_child")
        ),
        sa.ForeignKeyConstraint(
            ["guardian_id"], ["guardian.id"], name=op.f("fk_data_request_guardian_id_guardian")
        ),
        sa.ForeignKeyConstraint(
            ["taken_by"], ["account.id"], name=op.f("fk_data_request_taken_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["account.id"], name=op.f("fk_data_request_answered_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_request")),
    )
    op.create_index("ix_data_request_child_id", "data_request", ["child_id"])
    op.create_index(
        "ix_data_request_open",
        "data_request",
        ["county_id", "due_on"],
        sqlite_where=sa.text("outcome IS NULL"),
        postgresql_where=sa.text("outcome IS NULL"),
    )


def downgrade() -> None:
    """As before."""
    op.drop_table("data_request")
