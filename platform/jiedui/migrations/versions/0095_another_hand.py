"""Whose hand proposed to close a case, where a deputy acts for somebody; that hand does not
close it. Of cases that were closed before it is not known.

Revision ID: 0095
Revises: 0094
"""

from alembic import op

revision: str = "0095"
down_revision: str | None = "0094"
branch_labels: str | None = None
depends_on: str | None = None

COLUMN = (
    "written_by INTEGER"
    " CONSTRAINT fk_protection_case_written_by_account REFERENCES account (id)"
    " CONSTRAINT ck_protection_case_another_hand CHECK (closed_by IS NULL"
    " OR written_by IS NULL OR closed_by <> written_by)"
)
# The last word of a case that waits to be closed is that of whoever proposed it.
HAND = (
    "SELECT by_account FROM case_step WHERE case_id = protection_case.id AND stage = 'closing'"
    " ORDER BY id DESC LIMIT 1"
)


def upgrade() -> None:
    """One column with its check, filled for what waits."""
    op.execute(f"ALTER TABLE protection_case ADD COLUMN {COLUMN}")
    op.execute(f"UPDATE protection_case SET written_by = ({HAND}) WHERE stage = 'closing'")  # nosec B608


def downgrade() -> None:
    """Without it."""
    op.execute("ALTER TABLE protection_case DROP COLUMN written_by")
