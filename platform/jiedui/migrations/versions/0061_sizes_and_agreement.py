"""Sizes of goods, and who at home agreed to a wish.

What was there before has neither: goods of any size, a wish that nobody was asked about on record.

Revision ID: 0061
Revises: 0060
"""

from alembic import op

revision: str = "0061"
down_revision: str | None = "0060"
branch_labels: str | None = None
depends_on: str | None = None

MEANS = "'paper', 'telephone', 'link', 'spoken'"
# In statements of their own: SQLite would copy the tables, with their triggers.
COLUMNS = (
    ("gift", "size_from", "INTEGER"),
    (
        "gift", "size_to",
        "INTEGER CONSTRAINT ck_gift_sizes CHECK"
        " ((size_from IS NULL) = (size_to IS NULL) AND size_from <= size_to)",
    ),
    (
        "material_wish", "agreed_by",
        "INTEGER CONSTRAINT fk_material_wish_agreed_by_guardian REFERENCES guardian (id)",
    ),
    (
        "material_wish", "agreed_how",
        f"VARCHAR(40) CONSTRAINT ck_material_wish_means_known CHECK (agreed_how IN ({MEANS}))"
        " CONSTRAINT ck_material_wish_agreed CHECK"
        " ((agreed_by IS NULL) = (agreed_how IS NULL))",
    ),
)  # fmt: skip


def upgrade() -> None:
    """Four columns, empty for what is there."""
    for table, column, words in COLUMNS:
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {words}")


def downgrade() -> None:
    """As before."""
    for table, column, _words in reversed(COLUMNS):
        op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
