"""A letter to whoever kept wishes that are open to others again.

Revision ID: 0086
Revises: 0085
"""

from jiedui.migrations.remaking import letters

revision: str = "0086"
down_revision: str | None = "0085"
branch_labels: str | None = None
depends_on: str | None = None

LETTERS = ("claims let go",)


def upgrade() -> None:
    """One more kind."""
    letters(LETTERS, after="gift second", up=True)


def downgrade() -> None:
    """Letters of this kind go."""
    letters(LETTERS, after="gift second", up=False)
