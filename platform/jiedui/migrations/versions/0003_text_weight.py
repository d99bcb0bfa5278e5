"""A county may give weight to what was said in words: one more setting is known.

Going down forgets it.

Revision ID: 0003
Revises: 0002
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

BEFORE = (
    "acceptance days", "approval head after", "approval civil affairs after",
    "record check months", "trial days", "helpers per child", "companionship months",
    "detour percent", "sex rule", "timer round", "duty phone", "duty hours", "office for",
    "portal name", "filing number",
)
AFTER = (*BEFORE, "text weight")
KNOWN = "ck_county_setting_setting_known"


def _listed(names: tuple[str, ...]) -> str:
    return "name IN (" + ", ".join(f"'{name}'" for name in names) + ")"


def _table(names: tuple[str, ...]) -> sa.Table:
    """The table as it is (SQLite does not tell of all its checks)."""
    return sa.Table(
        "county_setting", sa.MetaData(),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("county_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.CheckConstraint(_listed(names), name=KNOWN),
        sa.ForeignKeyConstraint(
            ["county_id"], ["region.id"], name="fk_county_setting_county_id_region"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_county_setting"),
        sa.UniqueConstraint("county_id", "name", name="uq_county_setting_county_id_name"),
    )


def _change(before: tuple[str, ...], after: tuple[str, ...]) -> None:
    with op.batch_alter_table("county_setting", copy_from=_table(before)) as table:
        table.drop_constraint(op.f(KNOWN), type_="check")
        table.create_check_constraint(op.f(KNOWN), sa.text(_listed(after)))


def upgrade() -> None:
    """One name more."""
    _change(BEFORE, AFTER)


def downgrade() -> None:
    """As before; what was set is forgotten."""
    op.execute("DELETE FROM county_setting WHERE name = 'text weight'")
    _change(AFTER, BEFORE)
