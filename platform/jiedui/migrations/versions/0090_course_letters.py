"""A letter when a course is called off.

Going down these letters are forgotten.

Revision ID: 0090
Revises: 0086
"""

from jiedui.migrations.remaking import letters

revision: str = "0090"
down_revision: str | None = "0086"
branch_labels: str | None = None
depends_on: str | None = None

LETTERS = ("course off",)


def upgrade() -> None:
    """One kind of letter more."""
    letters(LETTERS, after="meeting off", up=True)


def downgrade() -> None:
    """As before."""
    letters(LETTERS, after="meeting off", up=False)
