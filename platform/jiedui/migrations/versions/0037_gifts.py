"""Material wishes of children, with the county's ceiling of their price.

Going down forgets wishes and the ceiling.

Revision ID: 0037
Revises: 0035
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0037"
down_revision: str | None = "0035"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

MOMENT = sa.DateTime(timezone=True)
BEFORE = (
    "acceptance days", "approval head after", "approval civil affairs after",
    "record check months", "trial days", "helpers per child", "companionship months",
    "detour percent", "sex rule", "timer round", "text weight", "duty phone", "duty hours",
    "office for", "portal name", "filing number", "visit plan", "school holidays", "letter hours",
    "sms to helpers", "training by reading",
)  # fmt: skip
NEW = ("wish ceiling",)
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


GOODS = (
    "winter_clothes", "shoes", "school_things", "books", "sports_things", "bedding",
    "daily_things", "learning_device", "toy", "other",
)  # fmt: skip
WISH_CHECKS = {
    "price": "price BETWEEN 1 AND ceiling",
    "close_reason": "(state = 'closed') = (close_reason IS NOT NULL)",
    "two_persons": "checked_by IS NULL OR (checked_by <> raised_by AND checked_by <> raised_as)",
    "checked": "state IN ('waiting', 'closed') OR checked_by IS NOT NULL",
}


def _known(kind: str, *members: str) -> sa.Enum:
    return sa.Enum(
        *members, name=f"{kind}_known", native_enum=False, create_constraint=True, length=40
    )


def _number(name: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=null)


def _moment(name: str, *, null: bool = False) -> sa.Column[object]:
    return sa.Column(name, MOMENT, nullable=null)


def _choice(name: str, kind: str, *members: str, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, _known(kind, *members), nullable=null)


def _table(
    name: str, refers: dict[str, str], optional: Sequence[str], columns: Sequence[sa.Column],
    checks: dict[str, str], rules: Sequence[sa.Constraint] = (),
) -> None:  # fmt: skip
    """A table with an id, what it refers to, its columns and checks."""
    op.create_table(
        name, _number("id"), *(_number(one, null=one in optional) for one in refers), *columns,
        *(sa.CheckConstraint(rule, name=op.f(f"ck_{name}_{one}")) for one, rule in checks.items()),
        *(
            sa.ForeignKeyConstraint([one], [f"{to}.id"], name=op.f(f"fk_{name}_{one}_{to}"))
            for one, to in refers.items()
        ),
        *rules, sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )  # fmt: skip


def _wishes() -> None:
    name = "material_wish"
    refers = {"county_id": "region", "child_id": "child", "raised_by": "account",
              "raised_as": "account", "checked_by": "account"}  # fmt: skip
    columns = (
        _choice("kind", "goodskind", *GOODS),
        sa.Column("size", sa.String(20), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False), _number("price"), _number("ceiling"),
        _choice("urgency", "urgency", "normal", "yellow", "red"),
        _choice("season", "season", "any_time", "new_term", "winter", "spring_festival",
                "childrens_day"),
        sa.Column("expires", sa.Date(), nullable=False),
        _choice("state", "wishstate", "waiting", "open", "granted", "fulfilled", "closed"),
        _choice("close_reason", "wishclosereason", "no_longer_wished", "not_fitting",
                "entered_wrongly", "ran_out", "child_left", null=True),
        _moment("raised_at"), _moment("checked_at", null=True), _moment("ended_at", null=True),
        _number("version"),
    )  # fmt: skip
    _table(name, refers, ("checked_by",), columns, WISH_CHECKS)
    op.create_index(f"ix_{name}_county_id_state", name, ["county_id", "state"])
    op.create_index(f"ix_{name}_child_id", name, ["child_id"])


def upgrade() -> None:
    _may_be(BEFORE, (*BEFORE, *NEW))
    _wishes()


def downgrade() -> None:
    op.drop_table("material_wish")
    name: sa.ColumnClause[str] = sa.column("name")
    op.execute(sa.delete(sa.table("county_setting", name)).where(name.in_(NEW)))
    _may_be((*BEFORE, *NEW), BEFORE)
