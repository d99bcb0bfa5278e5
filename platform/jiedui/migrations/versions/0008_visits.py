"""Visits to households, and how risk levels have moved; a county may set its plan of visits and
when school holidays begin.

Going down forgets the visits and the moves; levels stay as they are.

Revision ID: 0008
Revises: 0007
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

BEFORE = (
    "acceptance days", "approval head after", "approval civil affairs after",
    "record check months", "trial days", "helpers per child", "companionship months",
    "detour percent", "sex rule", "timer round", "duty phone", "duty hours", "office for",
    "portal name", "filing number", "text weight",
)
NEW = ("visit plan", "school holidays")
KNOWN = "ck_county_setting_setting_known"
LEVELS = ("red", "yellow", "blue", "green")
NOTICED = (
    "alone", "violence", "neglect", "carer_unable", "harmed", "out_of_school", "untreated",
    "unsafe_house", "low_spirits", "carer_changed", "money_short",
)


def _listed(names: tuple[str, ...]) -> str:
    return "name IN (" + ", ".join(f"'{name}'" for name in names) + ")"


def _setting(names: tuple[str, ...]) -> sa.Table:
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


def _know(before: tuple[str, ...], after: tuple[str, ...]) -> None:
    with op.batch_alter_table("county_setting", copy_from=_setting(before)) as table:
        table.drop_constraint(op.f(KNOWN), type_="check")
        table.create_check_constraint(op.f(KNOWN), sa.text(_listed(after)))


def _choice(names: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*names, name=name, native_enum=False, create_constraint=True, length=40)


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}")
    )


def upgrade() -> None:
    """Two names more, four tables."""
    _know(BEFORE, (*BEFORE, *NEW))
    op.create_table(
        "risk_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("county_id", sa.Integer(), nullable=False),
        sa.Column("child_id", sa.Integer(), nullable=False),
        sa.Column("old", _choice(LEVELS, "risklevel_known"), nullable=False),
        sa.Column("new", _choice(LEVELS, "new_risk_known"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_account", sa.Integer(), nullable=True),
        sa.CheckConstraint("old <> new", name=op.f("ck_risk_move_moved")),
        _to("risk_move", "county_id", "region"),
        _to("risk_move", "child_id", "child"),
        _to("risk_move", "by_account", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_risk_move")),
    )
    op.create_index("ix_risk_move_child_id_at", "risk_move", ["child_id", "at"])
    _make_visit()
    op.create_table(
        "visit_child",
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("child_id", sa.Integer(), nullable=False),
        sa.Column("seen", sa.Boolean(), nullable=False),
        sa.Column("concerned", sa.Boolean(), nullable=False),
        _to("visit_child", "visit_id", "visit"),
        _to("visit_child", "child_id", "child"),
        sa.PrimaryKeyConstraint("visit_id", "child_id", name=op.f("pk_visit_child")),
    )
    op.create_index(op.f("ix_visit_child_child_id"), "visit_child", ["child_id"])
    op.create_table(
        "visit_finding",
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("noticed", _choice(NOTICED, "noticed_known"), nullable=False),
        _to("visit_finding", "visit_id", "visit"),
        sa.PrimaryKeyConstraint("visit_id", "noticed", name=op.f("pk_visit_finding")),
    )


def _make_visit() -> None:
    op.create_table(
        "visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("county_id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_account", sa.Integer(), nullable=True),
        sa.Column(
            "outcome", _choice(("seen", "nobody_home", "moved"), "homefound_known"), nullable=False
        ),
        sa.Column("doing", _choice(("well", "worries", "poorly"), "doing_known"), nullable=True),
        sa.Column(
            "carer",
            _choice(("parent", "grandparent", "relative", "other", "nobody"), "caredby_known"),
            nullable=True,
        ),
        sa.Column(
            "contact",
            _choice(("weekly", "less", "none", "at_home"), "contact_known"),
            nullable=True,
        ),
        sa.Column("helped", _choice(("well", "seldom", "trouble"), "helped_known"), nullable=True),
        sa.Column("proposed", _choice(LEVELS, "risklevel_known"), nullable=True),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("failing", sa.Boolean(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=True),
        sa.Column("asks_less", sa.Boolean(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("superseded", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(outcome = 'seen') = (doing IS NOT NULL)", name=op.f("ck_visit_said")
        ),
        sa.CheckConstraint("NOT failing OR report_id IS NOT NULL", name=op.f("ck_visit_reported")),
        sa.CheckConstraint(
            "corrects_id IS NULL OR corrects_id <> id", name=op.f("ck_visit_corrects")
        ),
        _to("visit", "county_id", "region"),
        _to("visit", "household_id", "household"),
        _to("visit", "by_account", "account"),
        _to("visit", "report_id", "report"),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["visit.id"], name=op.f("fk_visit_corrects_id_visit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_visit_corrects_id")),
    )
    op.create_index("ix_visit_household_id_on_day", "visit", ["household_id", "on_day"])


def downgrade() -> None:
    """As before; what was set of the plan is forgotten."""
    for table in ("visit_finding", "visit_child", "visit", "risk_move"):
        op.drop_table(table)
    op.execute("DELETE FROM county_setting WHERE name IN ('visit plan', 'school holidays')")
    _know((*BEFORE, *NEW), BEFORE)
