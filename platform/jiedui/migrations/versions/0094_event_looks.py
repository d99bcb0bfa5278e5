"""The look of an office at an event that a unit or school has planned; a letter about it.

Events so far need none. Going down the looks and these letters are forgotten, and every event is
open.

Revision ID: 0094
Revises: 0093
"""

import sqlalchemy as sa
from alembic import op

from jiedui.migrations.remaking import letters, made_anew, on_sqlite

revision: str = "0094"
down_revision: str | None = "0093"
branch_labels: str | None = None
depends_on: str | None = None

MOMENT = sa.DateTime(timezone=True)
LETTERS = ("event looked",)
TABLE = "activity_theme"
CHECKS = {
    "eventlook_known": "look IN ('needless', 'planned', 'agreed', 'refused')",
    "looked": "(look IN ('agreed', 'refused')) = (looked_by IS NOT NULL)",
    "looked_at": "(looked_by IS NULL) = (looked_at IS NULL)",
    "look_reason": "(look = 'refused') = (look_reason IS NOT NULL)",
}
FOREIGN = f"fk_{TABLE}_looked_by_account"
ANCHOR = f"CONSTRAINT ck_{TABLE}_insured CHECK (insurance IS NOT NULL OR NOT risky)"
REFERS = f"CONSTRAINT {FOREIGN} FOREIGN KEY(looked_by) REFERENCES account (id)"
MORE = "".join(f", CONSTRAINT ck_{TABLE}_{name} CHECK ({rule})" for name, rule in CHECKS.items())
COLUMNS = ("look", "looked_by", "looked_at", "look_reason")


def upgrade() -> None:
    """What an office says of an event, and a letter that it has."""
    op.add_column(TABLE, sa.Column("look", sa.String(40), nullable=True))
    op.add_column(TABLE, sa.Column("looked_by", sa.Integer(), nullable=True))
    op.add_column(TABLE, sa.Column("looked_at", MOMENT, nullable=True))
    op.add_column(TABLE, sa.Column("look_reason", sa.String(200), nullable=True))
    op.execute(f"UPDATE {TABLE} SET look = 'needless'")  # nosec B608
    if on_sqlite():
        filled = {"look VARCHAR(40)": "look VARCHAR(40) NOT NULL"}
        made_anew(TABLE, {ANCHOR: f"{ANCHOR}{MORE}, {REFERS}", **filled})
    else:
        op.alter_column(TABLE, "look", nullable=False)
        for name, rule in CHECKS.items():
            op.create_check_constraint(op.f(f"ck_{TABLE}_{name}"), TABLE, sa.text(rule))
        op.create_foreign_key(op.f(FOREIGN), TABLE, "account", ["looked_by"], ["id"])
    letters(LETTERS, after="meeting off", up=True)


def downgrade() -> None:
    """As before."""
    letters(LETTERS, after="meeting off", up=False)
    if on_sqlite():
        made_anew(TABLE, {f"{MORE}, {REFERS}": ""})
    else:
        op.drop_constraint(op.f(FOREIGN), TABLE, type_="foreignkey")
        for name in CHECKS:
            op.drop_constraint(op.f(f"ck_{TABLE}_{name}"), TABLE, type_="check")
    for name in COLUMNS:
        op.drop_column(TABLE, name)
