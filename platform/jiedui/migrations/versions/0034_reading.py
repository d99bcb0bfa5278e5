"""A county says whether training by reading counts.

Revision ID: 0034
Revises: 0033
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0034"
down_revision: str | None = "0033"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

BEFORE = (
    "acceptance days", "approval head after", "approval civil affairs after",
    "record check months", "trial days", "helpers per child", "companionship months",
    "detour percent", "sex rule", "timer round", "text weight", "duty phone", "duty hours",
    "office for", "portal name", "filing number", "visit plan", "school holidays", "letter hours",
    "sms to helpers",
)  # fmt: skip
NEW = ("training by reading",)
KNOWN = "ck_county_setting_setting_known"


def _one_of(names: Sequence[str]) -> str:
    return "name IN (" + ", ".join(f"'{one}'" for one in names) + ")"


def _settings(names: Sequence[str]) -> sa.Table:
    """The table as it is (SQLite does not tell of all its checks)."""
    return sa.Table(
        "county_setting", sa.MetaData(),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("county_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.CheckConstraint(_one_of(names), name=KNOWN),
        sa.ForeignKeyConstraint(
            ["county_id"], ["region.id"], name="fk_county_setting_county_id_region"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_county_setting"),
        sa.UniqueConstraint("county_id", "name", name="uq_county_setting_county_id_name"),
    )  # fmt: skip


def _may_be(before: Sequence[str], after: Sequence[str]) -> None:
    with op.batch_alter_table("county_setting", copy_from=_settings(before)) as table:
        table.drop_constraint(op.f(KNOWN), type_="check")
        table.create_check_constraint(op.f(KNOWN), sa.text(_one_of(after)))


def upgrade() -> None:
    _may_be(BEFORE, (*BEFORE, *NEW))


def downgrade() -> None:
    name: sa.ColumnClause[str] = sa.column("name")
    op.execute(sa.delete(sa.table("county_setting", name)).where(name.in_(NEW)))
    _may_be((*BEFORE, *NEW), BEFORE)
