"""A file that came in a sheet is entered by whoever brought the sheet, and so is checked by somebody
else. Files that are there already are told so, but where the one who brought them has checked them.

Going down changes nothing: who brought a file stays true.

Revision ID: 0017
Revises: 0015
"""

from collections.abc import Sequence

from alembic import op

revision: str = "0017"
down_revision: str | None = "0015"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

FIRST_SHEET = """
    SELECT b.uploaded_by FROM import_row r JOIN import_batch b ON b.id = r.batch_id
    WHERE b.kind = 'national' AND r.taken AND r.verdict = 'new' AND r.object_id = child.id
    ORDER BY b.id LIMIT 1
"""


def upgrade() -> None:
    """Who brought a file has entered it."""
    op.execute(
        f"UPDATE child SET entered_by = ({FIRST_SHEET}) WHERE entered_by IS NULL "
        f"AND (checked_by IS NULL OR checked_by <> ({FIRST_SHEET}))"
    )


def downgrade() -> None:
    """Nothing to take back."""
