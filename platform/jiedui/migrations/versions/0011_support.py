"""What a child may be given and how far it has come, the amounts of a county, pupils absent.

Nothing of what was there changes; the first night fills the lists in. Going down forgets them.

Revision ID: 0011
Revises: 0010
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0011"
down_revision: str | None = "0010"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

SUPPORTS = (
    "minimum_allowance", "destitution_support", "orphan_allowance", "unattended_allowance",
    "temporary_relief", "disability_living", "disability_nursing", "exemptions",
    "living_subsidy", "nutrition", "boarding_place", "insurance_aid", "medical_aid", "check_up",
    "vaccination", "rehabilitation",
)
STATES = ("eligible", "told", "applied", "granted", "refused", "ended")
KNOWN = ("yes", "no", "unknown")
REFUSED = (
    "income", "property", "not the group", "papers", "other support", "elsewhere", "other",
)
ENDED = (
    "parent able", "grown up", "left school", "income", "other support", "moved away",
    "family wish", "died", "by mistake", "file closed",
)
PER = ("month", "school day", "year")
ENDS = (
    "returned", "transferred", "moved away", "ill at home", "taught at home", "finished school",
    "by mistake",
)
ONE_LIVING = sa.text(
    "state = 'granted' AND code IN"
    " ('destitution_support', 'orphan_allowance', 'unattended_allowance')"
)
OPEN = sa.text("state = 'open'")


def _choice(names: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*names, name=name, native_enum=False, create_constraint=True, length=40)


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}")
    )


def _check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def _int(name: str, *, null: bool = False) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=null)


def _date(name: str, *, null: bool = False) -> sa.Column:
    return sa.Column(name, sa.Date(), nullable=null)


def upgrade() -> None:
    """Four tables."""
    _make_cases()
    _make_steps()
    _make_standards()
    _make_absences()


def _make_cases() -> None:
    name = "support_case"
    op.create_table(
        name,
        _int("id"), _int("county_id"), _int("child_id"),
        sa.Column("code", _choice(SUPPORTS, "support_known"), nullable=False),
        sa.Column("state", _choice(STATES, "supportstate_known"), nullable=False),
        sa.Column("answer", _choice(KNOWN, "known_known"), nullable=False),
        _date("since"), _date("applied_on", null=True), _date("granted_from", null=True),
        _int("amount_fen", null=True),
        sa.Column("reported", sa.Boolean(), nullable=False),
        sa.Column("refused_why", _choice(REFUSED, "refusedwhy_known"), nullable=True),
        sa.Column("ended_why", _choice(ENDED, "endedwhy_known"), nullable=True),
        _date("due", null=True), _int("version"),
        _check(name, "refused_why", "(state = 'refused') = (refused_why IS NOT NULL)"),
        _check(name, "ended_why", "(state = 'ended') = (ended_why IS NOT NULL)"),
        _check(name, "granted_from", "state <> 'granted' OR granted_from IS NOT NULL"),
        _check(name, "applied_on", "state <> 'applied' OR applied_on IS NOT NULL"),
        _check(name, "amount", "amount_fen IS NULL OR amount_fen >= 0"),
        _check(name, "reported", "NOT reported OR state = 'granted'"),
        _to(name, "county_id", "region"), _to(name, "child_id", "child"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_case")),
        sa.UniqueConstraint("child_id", "code", name=op.f("uq_support_case_child_id_code")),
    )
    op.create_index("ix_support_case_county_id_state", name, ["county_id", "state"])
    op.create_index(
        "uq_support_case_one_living", name, ["child_id"], unique=True,
        sqlite_where=ONE_LIVING, postgresql_where=ONE_LIVING,
    )


def _make_steps() -> None:
    name = "support_step"
    op.create_table(
        name,
        _int("id"), _int("county_id"), _int("case_id"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _date("on"), _int("by_account", null=True),
        sa.Column("old", _choice(STATES, "old_known"), nullable=False),
        sa.Column("new", _choice(STATES, "new_known"), nullable=False),
        _int("amount_fen", null=True),
        sa.Column("refused_why", _choice(REFUSED, "refusedwhy_known"), nullable=True),
        sa.Column("ended_why", _choice(ENDED, "endedwhy_known"), nullable=True),
        sa.Column("reported", sa.Boolean(), nullable=False),
        _to(name, "county_id", "region"), _to(name, "case_id", "support_case"),
        _to(name, "by_account", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_step")),
    )
    op.create_index(op.f("ix_support_step_case_id"), name, ["case_id"])


def _make_standards() -> None:
    name = "support_standard"
    op.create_table(
        name,
        _int("id"), _int("county_id"),
        sa.Column("code", _choice(SUPPORTS, "support_known"), nullable=False),
        _date("starts"), _int("fen"),
        sa.Column("per", _choice(PER, "per_known"), nullable=False),
        sa.Column("source", sa.String(200), nullable=False),
        _int("entered_by", null=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        _int("version"),
        _check(name, "amount", "fen >= 0"),
        _to(name, "county_id", "region"), _to(name, "entered_by", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_standard")),
        sa.UniqueConstraint(
            "county_id", "code", "starts", name=op.f("uq_support_standard_county_id_code_starts")
        ),
    )


def _make_absences() -> None:
    name = "absence"
    op.create_table(
        name,
        _int("id"), _int("county_id"), _int("child_id"), _int("unit_id"),
        _date("since"), _date("due"),
        sa.Column("state", _choice(("open", "closed"), "absencestate_known"), nullable=False),
        _int("reported_by", null=True),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("end_how", _choice(ENDS, "absenceend_known"), nullable=True),
        _date("ended_on", null=True), _int("ended_by", null=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        _int("version"),
        _check(name, "end_how", "(state = 'closed') = (end_how IS NOT NULL)"),
        _check(name, "dates", "ended_on IS NULL OR ended_on >= since"),
        _to(name, "county_id", "region"), _to(name, "child_id", "child"),
        _to(name, "unit_id", "unit"), _to(name, "reported_by", "account"),
        _to(name, "ended_by", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    op.create_index("ix_absence_unit_id", name, ["unit_id"])
    op.create_index(
        "uq_absence_one_open", name, ["child_id"], unique=True,
        sqlite_where=OPEN, postgresql_where=OPEN,
    )


def downgrade() -> None:
    """As before."""
    for name in ("absence", "support_standard", "support_step", "support_case"):
        op.drop_table(name)
