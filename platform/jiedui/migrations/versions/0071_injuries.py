"""Injuries of children as figures, and water hazards with who looks after them.

Going down both are forgotten.

Revision ID: 0071
Revises: 0070
"""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision: str = "0071"
down_revision: str | None = "0070"
branch_labels: str | None = None
depends_on: str | None = None

MOMENT = sa.DateTime(timezone=True)
CAUSES = ("traffic", "drowning", "burn", "fall", "food", "animal", "other")
SPOTS = ("road", "water", "home", "school", "field", "elsewhere")
OUTCOMES = ("treated", "hospital", "permanent", "died")
BANDS = ("0-5", "6-11", "12-13", "14-15", "16-17")
WATERS = ("pond", "river", "reservoir", "well", "pit")


def _number(name: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=null)


def _moment(name: str, *, null: bool = False) -> sa.Column[datetime]:
    return sa.Column(name, MOMENT, nullable=null)


def _word(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(40), nullable=False)


def _yes(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _day(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Date(), nullable=False)


def _known(table: str, column: str, name: str, values: Sequence[str]) -> sa.CheckConstraint:
    listed = ", ".join(f"'{one}'" for one in values)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=op.f(f"ck_{table}_{name}_known"))


def _rule(table: str, name: str, words: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(words, name=op.f(f"ck_{table}_{name}"))


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))


def _injuries() -> None:
    t = "injury"
    op.create_table(
        t, _number("id"), _number("county_id"), _number("region_id"), _day("on"), _word("cause"),
        _word("spot"), _word("outcome"), _word("band"), _number("recorded_by"),
        _moment("recorded_at"), _number("struck_by", null=True), _moment("struck_at", null=True),
        _known(t, "cause", "cause", CAUSES), _known(t, "spot", "spot", SPOTS),
        _known(t, "outcome", "outcome", OUTCOMES), _known(t, "band", "ageband", BANDS),
        _rule(t, "struck", "(struck_at IS NULL) = (struck_by IS NULL)"),
        _refers(t, "county_id", "region"), _refers(t, "region_id", "region"),
        _refers(t, "recorded_by", "account"), _refers(t, "struck_by", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{t}")),
    )  # fmt: skip
    op.create_index(f"ix_{t}_county_id_on", t, ["county_id", "on"])


def _hazards() -> None:
    t = "water_hazard"
    op.create_table(
        t, _number("id"), _number("county_id"), _number("region_id"), _word("kind"),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True), _yes("sign"), _yes("fence"),
        _number("keeper_id"), _day("checked_on"), _number("checked_by"), _number("entered_by"),
        _moment("entered_at"), _number("gone_by", null=True), _moment("gone_at", null=True),
        _number("version"), _known(t, "kind", "water", WATERS),
        _rule(t, "point", "(latitude IS NULL) = (longitude IS NULL)"),
        _rule(t, "gone", "(gone_at IS NULL) = (gone_by IS NULL)"),
        _refers(t, "county_id", "region"), _refers(t, "region_id", "region"),
        *(_refers(t, one, "account") for one in ("keeper_id", "checked_by", "entered_by", "gone_by")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{t}")),
    )  # fmt: skip
    op.create_index(f"ix_{t}_county_id_region_id", t, ["county_id", "region_id"])


def upgrade() -> None:
    _injuries()
    _hazards()


def downgrade() -> None:
    op.drop_table("water_hazard")
    op.drop_table("injury")
