"""Learning from endings: the features of a pair when it was proposed, versions of learned weights, and
with which of them a round was made.

Going down forgets them; lists that were made with learned weights stay as they are.

Revision ID: 0030
Revises: 0029
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0030"
down_revision: str | None = "0029"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

NAME = "scoring_version"
STATES = ("learning", "draft", "active", "retired", "failed")
VERDICTS = ("too_few", "one_sided", "not_better", "better")
MOMENT = sa.DateTime(timezone=True)
ON = "state NOT IN ('active', 'retired')"


def _number(name: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=null)


def _known(kind: str, *members: str) -> sa.Enum:
    return sa.Enum(
        *members, name=f"{kind}_known", native_enum=False, create_constraint=True, length=40
    )


def _fk(column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{NAME}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)


def _check(name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{NAME}_{name}"))


def _versions() -> None:
    op.create_table(
        NAME, _number("id"), _number("county_id"), _number("number"),
        sa.Column("state", _known("scoringstate", *STATES), nullable=False),
        _number("asked_by", null=True), sa.Column("asked_at", MOMENT, nullable=False),
        _number("job_id", null=True),
        sa.Column("verdict", _known("verdict", *VERDICTS), nullable=True),
        sa.Column("figures", sa.JSON(), nullable=True),
        sa.Column("engine", sa.String(60), nullable=False),
        _number("switched_by", null=True), sa.Column("switched_at", MOMENT, nullable=True),
        sa.Column("why", sa.String(400), nullable=True), _number("version"),
        _check("better", f"{ON} OR verdict = 'better'"),
        _check("switched", f"{ON} OR (switched_by IS NOT NULL AND switched_at IS NOT NULL"
                           " AND why IS NOT NULL)"),
        _check("learned", "state NOT IN ('draft', 'active', 'retired')"
                          " OR (verdict IS NOT NULL AND figures IS NOT NULL)"),
        _fk("county_id", "region"), _fk("asked_by", "account"), _fk("job_id", "job"),
        _fk("switched_by", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{NAME}")),
        sa.UniqueConstraint("county_id", "number", name=op.f(f"uq_{NAME}_county_id_number")),
    )  # fmt: skip
    active = sa.text("state = 'active'")
    op.create_index(
        f"uq_{NAME}_active", NAME, ["county_id"],
        unique=True, sqlite_where=active, postgresql_where=active,
    )  # fmt: skip


def upgrade() -> None:
    """One table, two columns."""
    _versions()
    op.add_column("pairing", sa.Column("features", sa.JSON(), nullable=True))
    op.execute(
        "ALTER TABLE round ADD COLUMN scoring_id INTEGER"
        f" CONSTRAINT fk_round_scoring_id_{NAME} REFERENCES {NAME} (id)"
    )


def downgrade() -> None:
    """As before."""
    op.execute("ALTER TABLE round DROP COLUMN scoring_id")
    op.execute("ALTER TABLE pairing DROP COLUMN features")
    op.drop_table(NAME)
