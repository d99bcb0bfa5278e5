"""Counselling: who works at a county's desk, referrals with their steps, crisis flags, screenings
with what they say, psychology teachers, visits of experts and pupils of schools; hospitals.

Going down forgets all of it, and hospitals are departments.

Revision ID: 0032
Revises: 0031
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0032"
down_revision: str | None = "0031"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

MOMENT = sa.DateTime(timezone=True)
LEVELS = ("county", "hospital")
STATES = ("sent", "acknowledged", "accepted", "declined", "seen", "reported", "closed")
NEW = ("referral waiting", "referral moved", "referral overdue")
BEFORE = (
    "helper cleared", "helper gate bad", "proposal waiting", "pairing approved",
    "pairing rejected", "helper accepted", "helper declined", "pairing ready", "pairing released",
    "pairing paused", "pairing resumed", "pairing closing", "pairing closed", "session verified",
    "session disputed", "round ready", "round failed", "report waiting", "work handed over",
    "codes few", "address asked", "number tried",
    "agreement waiting", "agreement signed", "session moved", "session cancelled",
    "substitute asked", "substitute found", "substitute declined", "substitute ended",
    "card waiting", "card unanswered", "meeting missing", "checks waiting", "pairing silent",
    "closing proposed", "family stopped",
    "season open", "season left out", "season settled", "class short",
)  # fmt: skip
UNITS = (
    "department", "school", "agency", "company", "charity", "social_organisation",
    "volunteer_team", "village_committee",
)  # fmt: skip
CLASSES = (
    "deletion", "child file", "paper", "scan", "helper applied", "helper left", "account",
    "guardian request", "report", "opinion", "export", "correction", "letter", "sheet", "draft",
    "session", "link", "access link", "used form", "sign-in", "report try", "record",
    "file access",
)  # fmt: skip
NEW_CLASSES = ("screening", "psychology")
KNOWN, UNIT_KNOWN = "ck_letter_letterkind_known", "ck_unit_unitkind_known"
TABLES = (
    "school_roll", "expert_visit", "psychology_teacher", "screening_result", "pupil_screening",
    "crisis_flag", "referral_step", "referral", "counsellor",
)  # fmt: skip


def _listed(column: str, names: Sequence[str]) -> str:
    return f"{column} IN (" + ", ".join(f"'{name}'" for name in names) + ")"


def _letter(names: Sequence[str]) -> sa.Table:
    """The table as it is (SQLite does not tell of all its checks)."""
    return sa.Table(
        "letter", sa.MetaData(),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("county_id", sa.Integer(), nullable=False),
        sa.Column("to_account_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("about_kind", sa.String(60), nullable=False),
        sa.Column("about_id", sa.Integer(), nullable=False),
        sa.Column("posted_at", MOMENT, nullable=False),
        sa.Column("read_at", MOMENT, nullable=True),
        sa.CheckConstraint(_listed("kind", names), name=KNOWN),
        sa.ForeignKeyConstraint(["county_id"], ["region.id"], name="fk_letter_county_id_region"),
        sa.ForeignKeyConstraint(
            ["to_account_id"], ["account.id"], name="fk_letter_to_account_id_account"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_letter"),
        sa.Index("ix_letter_to_account_id_read_at", "to_account_id", "read_at"),
    )  # fmt: skip


def _unit(names: Sequence[str]) -> sa.Table:
    """The table of units as it is."""
    return sa.Table(
        "unit", sa.MetaData(),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("county_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("credit_code", sa.String(18), nullable=True),
        sa.Column("recording", sa.Boolean(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(_listed("kind", names), name=UNIT_KNOWN),
        sa.ForeignKeyConstraint(["county_id"], ["region.id"], name="fk_unit_county_id_region"),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name="fk_unit_region_id_region"),
        sa.PrimaryKeyConstraint("id", name="pk_unit"),
        sa.UniqueConstraint(
            "county_id", "credit_code", name="uq_unit_county_id_credit_code"
        ),
        sa.Index("ix_unit_region_id", "region_id"),
    )  # fmt: skip


def _fk(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}_{other}")


def _terms(classes: Sequence[str]) -> sa.Table:
    name = "retention_term"
    return sa.Table(
        name, sa.MetaData(), _number("id"), _number("county_id"),
        sa.Column("data", sa.String(40), nullable=False), _number("amount"),
        sa.Column("clears_from", sa.Date(), nullable=False),
        sa.Column("set_at", MOMENT, nullable=False), _number("set_by", null=True),
        _number("version"),
        sa.CheckConstraint(_listed("data", classes), name=f"ck_{name}_dataclass_known"),
        sa.CheckConstraint("amount > 0", name=f"ck_{name}_amount"),
        sa.CheckConstraint("data <> 'report' OR amount >= 240", name=f"ck_{name}_report_floor"),
        sa.CheckConstraint("data <> 'export' OR amount >= 36", name=f"ck_{name}_export_floor"),
        _fk(name, "county_id", "region"), _fk(name, "set_by", "account"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        sa.UniqueConstraint("county_id", "data", name=f"uq_{name}_county_id_data"),
    )  # fmt: skip


def _receipts(classes: Sequence[str]) -> sa.Table:
    name = "retention_receipt"
    return sa.Table(
        name, sa.MetaData(), _number("id"), _number("run_id"),
        sa.Column("data", sa.String(40), nullable=False),
        sa.Column("before", MOMENT, nullable=False), _number("cleared"), _number("kept"),
        sa.CheckConstraint(_listed("data", classes), name=f"ck_{name}_dataclass_known"),
        sa.CheckConstraint("cleared >= 0 AND kept >= 0", name=f"ck_{name}_counts"),
        _fk(name, "run_id", "retention_run"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        sa.UniqueConstraint("run_id", "data", name=f"uq_{name}_run_id_data"),
    )  # fmt: skip


def _classes(before: Sequence[str], after: Sequence[str]) -> None:
    for table in (_terms(before), _receipts(before)):
        _may_be(table, f"ck_{table.name}_dataclass_known", after, "data")


def _may_be(table: sa.Table, name: str, after: Sequence[str], column: str = "kind") -> None:
    with op.batch_alter_table(table.name, copy_from=table) as batch:
        batch.drop_constraint(op.f(name), type_="check")
        batch.create_check_constraint(op.f(name), sa.text(_listed(column, after)))


def _known(kind: str, *members: str) -> sa.Enum:
    return sa.Enum(
        *members, name=f"{kind}_known", native_enum=False, create_constraint=True, length=40
    )


def _number(name: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=null)


def _check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def _table(name: str, *parts: sa.schema.SchemaItem, **refers: str) -> None:
    """A table with an id; `refers` are columns and the tables they refer to."""
    keys = [
        sa.ForeignKeyConstraint([c], [f"{other}.id"], name=op.f(f"fk_{name}_{c}_{other}"))
        for c, other in refers.items()
    ]
    pk = sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}"))
    op.create_table(name, _number("id"), *parts, *keys, pk)


def _counsellors() -> None:
    name = "counsellor"
    _table(
        name,
        _number("county_id"),
        _number("helper_id"),
        _number("named_by", null=True),
        sa.Column("named_at", MOMENT, nullable=False),
        _number("ended_by", null=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        county_id="region",
        helper_id="helper",
        named_by="account",
        ended_by="account",
    )
    _only_one("uq_counsellor_living", name, "helper_id", "ended_at IS NULL")


def _only_one(index: str, table: str, column: str, where: str) -> None:
    rule = sa.text(where)
    op.create_index(
        index, table, [column], unique=True, sqlite_where=rule, postgresql_where=rule
    )


def _referrals() -> None:
    name = "referral"
    _table(
        name,
        _number("county_id"),
        _number("child_id"),
        sa.Column(
            "source", _known("source", "school", "village", "counsellor", "screening"),
            nullable=False,
        ),
        _number("unit_id", null=True),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("crisis", sa.Boolean(), nullable=False),
        sa.Column(
            "consent", _known("means", "paper", "telephone", "link", "spoken"), nullable=True
        ),
        sa.Column("consented_on", sa.Date(), nullable=True),
        sa.Column("level", _known("level", *LEVELS), nullable=False),
        sa.Column("state", _known("referralstate", *STATES), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        _number("hospital_id", null=True),
        _number("taken_by", null=True),
        _number("sent_by", null=True),
        sa.Column("sent_at", MOMENT, nullable=False),
        sa.Column("overdue_told_at", MOMENT, nullable=True),
        _number("version"),
        _check(name, "consent", "crisis OR consent IS NOT NULL"),
        _check(name, "consented_on", "(consent IS NULL) = (consented_on IS NULL)"),
        _check(name, "hospital", "(level = 'hospital') = (hospital_id IS NOT NULL)"),
        _check(name, "due", "(state = 'closed') = (due IS NULL)"),
        _check(name, "school", "(source = 'school') = (unit_id IS NOT NULL)"),
        county_id="region",
        child_id="child",
        unit_id="unit",
        hospital_id="unit",
        taken_by="account",
        sent_by="account",
    )
    _only_one("uq_referral_one_open", name, "child_id", "state <> 'closed'")
    op.create_index("ix_referral_county_id_state", name, ["county_id", "state"])
    op.create_index("ix_referral_unit_id", name, ["unit_id"])
    name = "referral_step"
    _table(
        name,
        _number("referral_id"),
        sa.Column("level", _known("level", *LEVELS), nullable=False),
        sa.Column("state", _known("step", *STATES), nullable=False),
        _number("hospital_id", null=True),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        _number("by_account", null=True),
        sa.Column("at", MOMENT, nullable=False),
        referral_id="referral",
        hospital_id="unit",
        by_account="account",
    )
    op.create_index("ix_referral_step_referral_id", name, ["referral_id"])


def _flags() -> None:
    name = "crisis_flag"
    _table(
        name,
        _number("county_id"),
        _number("child_id"),
        _number("report_id"),
        sa.Column(
            "raised_from", _known("flagfrom", "file", "referral", "screening", "note"),
            nullable=False,
        ),
        sa.Column("at", MOMENT, nullable=False),
        sa.UniqueConstraint("report_id", name=op.f("uq_crisis_flag_report_id")),
        county_id="region",
        child_id="child",
        report_id="report",
    )
    op.create_index("ix_crisis_flag_child_id", name, ["child_id"])


def _screenings() -> None:
    name = "pupil_screening"
    _table(
        name,
        _number("county_id"),
        _number("unit_id"),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("instrument", sa.String(80), nullable=False),
        _number("pupils"),
        _number("entered_by", null=True),
        sa.Column("entered_at", MOMENT, nullable=False),
        sa.UniqueConstraint(
            "unit_id", "on_day", "instrument", name=op.f(f"uq_{name}_unit_id_on_day_instrument")
        ),
        _check(name, "pupils", "pupils > 0"),
        county_id="region",
        unit_id="unit",
        entered_by="account",
    )
    name = "screening_result"
    _table(
        name,
        _number("county_id"),
        _number("screening_id"),
        _number("child_id"),
        sa.Column("finding", sa.LargeBinary(), nullable=False),
        _number("referral_id", null=True),
        _number("flag_id", null=True),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.Column("kept_at", MOMENT, nullable=False),
        sa.UniqueConstraint(
            "screening_id", "child_id", name=op.f(f"uq_{name}_screening_id_child_id")
        ),
        _check(
            name, "answered",
            "(answered_at IS NULL) = (referral_id IS NULL AND flag_id IS NULL)",
        ),
        county_id="region",
        screening_id="pupil_screening",
        child_id="child",
        referral_id="referral",
        flag_id="crisis_flag",
    )
    op.create_index("ix_screening_result_child_id", name, ["child_id"])


def _schools() -> None:
    name = "psychology_teacher"
    _table(
        name,
        _number("county_id"),
        _number("unit_id"),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("post", _known("post", "full_time", "part_time"), nullable=False),
        sa.Column(
            "qualification",
            _known("qualification", "teacher", "counsellor", "degree", "training", "none"),
            nullable=False,
        ),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("left_at", MOMENT, nullable=True),
        _number("entered_by", null=True),
        _check(name, "dates", "until IS NULL OR until >= since"),
        _check(name, "left", "(until IS NULL) = (left_at IS NULL)"),
        county_id="region",
        unit_id="unit",
        entered_by="account",
    )
    op.create_index(f"ix_{name}_unit_id", name, ["unit_id"])
    name = "expert_visit"
    _table(
        name,
        _number("county_id"),
        _number("unit_id"),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("expert", sa.LargeBinary(), nullable=False),
        sa.Column(
            "theme",
            _known(
                "theme", "life_education", "setbacks", "emotions", "bullying", "parents", "other"
            ),
            nullable=False,
        ),
        _number("pupils"),
        _number("entered_by", null=True),
        sa.Column("entered_at", MOMENT, nullable=False),
        _check(name, "pupils", "pupils >= 0"),
        county_id="region",
        unit_id="unit",
        entered_by="account",
    )
    op.create_index(f"ix_{name}_unit_id", name, ["unit_id"])
    name = "school_roll"
    _table(
        name,
        _number("county_id"),
        _number("unit_id"),
        _number("pupils"),
        sa.Column("said_on", sa.Date(), nullable=False),
        _number("entered_by", null=True),
        sa.UniqueConstraint("unit_id", name=op.f("uq_school_roll_unit_id")),
        _check(name, "pupils", "pupils > 0"),
        county_id="region",
        unit_id="unit",
        entered_by="account",
    )


def upgrade() -> None:
    """Nine tables, a kind of unit, two classes of data, three kinds of letters more."""
    _may_be(_unit(UNITS), UNIT_KNOWN, (*UNITS, "hospital"))
    _counsellors()
    _referrals()
    _flags()
    _screenings()
    _schools()
    _classes(CLASSES, (*CLASSES, *NEW_CLASSES))
    _may_be(_letter(BEFORE), KNOWN, (*BEFORE, *NEW))


def downgrade() -> None:
    """As before."""
    letters = sa.table("letter", sa.column("kind"))
    op.execute(letters.delete().where(letters.c.kind.in_(NEW)))
    _may_be(_letter((*BEFORE, *NEW)), KNOWN, BEFORE)
    for name in ("retention_term", "retention_receipt"):
        data = sa.table(name, sa.column("data"))
        op.execute(data.delete().where(data.c.data.in_(NEW_CLASSES)))
    _classes((*CLASSES, *NEW_CLASSES), CLASSES)
    for name in TABLES:
        op.drop_table(name)
    units = sa.table("unit", sa.column("kind"))
    op.execute(units.update().where(units.c.kind == "hospital").values(kind="department"))
    _may_be(_unit((*UNITS, "hospital")), UNIT_KNOWN, UNITS)
