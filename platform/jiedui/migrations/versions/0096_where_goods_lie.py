"""The township where the goods of a gift are.

Revision ID: 0096
Revises: 0095
"""

from alembic import op

revision: str = "0096"
down_revision: str | None = "0095"
branch_labels: str | None = None
depends_on: str | None = None

COLUMN = (
    "lies_id INTEGER CONSTRAINT fk_gift_lies_id_region REFERENCES region (id)"
    " CONSTRAINT ck_gift_lies CHECK (lies_id IS NULL OR form = 'goods')"
)


def upgrade() -> None:
    """One column with its check; of gifts from before nobody has said it."""
    op.execute(f"ALTER TABLE gift ADD COLUMN {COLUMN}")


def downgrade() -> None:
    """Where they are is forgotten."""
    op.execute("ALTER TABLE gift DROP COLUMN lies_id")
