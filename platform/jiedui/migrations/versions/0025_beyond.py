"""Files beyond somebody's area: asked for, decided, opened by a grant of its own level, in one role.

Going down forgets what was asked for and closes what it had opened; other grants stay.

Revision ID: 0025
Revises: 0024
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0025"
down_revision: str | None = "0024"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

MOMENT = sa.DateTime(timezone=True)
LEVELS = ("card", "visit", "file", "notes")
CLASSES = (
    "deletion", "child file", "paper", "scan", "helper applied", "helper left", "account",
    "guardian request", "report", "opinion", "export", "correction", "letter", "sheet", "draft",
    "session", "link", "access link", "used form", "sign-in", "report try", "record",
)  # fmt: skip
CHECKS = {
    "two_persons": "decided_by IS NULL OR (decided_by <> asked_by AND decided_as <> asked_by)",
    "term": "asked_days BETWEEN 1 AND 30",
    "given": "given_days IS NULL OR given_days BETWEEN 1 AND asked_days",
    "decided": "(state = 'asked') = (decided_at IS NULL)"
    " AND (decided_at IS NULL) = (decided_by IS NULL)"
    " AND (decided_by IS NULL) = (decided_as IS NULL)",
    "opened": "(state IN ('open', 'ended')) = (given_days IS NOT NULL)",
    "refused": "(state = 'refused') = (answer IS NOT NULL)",
    "ended": "(state = 'ended') = (ended_at IS NOT NULL)",
    "known": "state = 'asked' OR child_id IS NOT NULL",
}
REFERS = {
    "county_id": "region", "child_id": "child", "asked_by": "account",
    "holding_id": "role_holding", "decided_by": "account", "decided_as": "account",
    "ended_by": "account",
}  # fmt: skip


def _known(kind: str, *members: str) -> sa.Enum:
    return sa.Enum(
        *members, name=f"{kind}_known", native_enum=False, create_constraint=True, length=40
    )


def _number(name: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=null)


def _one_of(column: str, members: Sequence[str]) -> str:
    return f"{column} IN (" + ", ".join(f"'{one}'" for one in members) + ")"


def _fk(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}_{other}")


def _grants(levels: Sequence[str], *, in_role: bool) -> sa.Table:
    """The table of grants as it is (SQLite does not tell of all its checks)."""
    name, parts = "access_grant", ("account_id", "kind", "object_id", "level", "source_kind")
    known = sa.CheckConstraint(_one_of("level", levels), name=f"ck_{name}_grantlevel_known")
    role = (_number("holding_id", null=True), _fk(name, "holding_id", "role_holding"))
    unique = f"uq_{name}_{'_'.join(parts)}_source_id"
    return sa.Table(
        name, sa.MetaData(), _number("id"), _number("county_id"), _number("account_id"),
        sa.Column("kind", sa.String(40), nullable=False), _number("object_id"),
        sa.Column("level", sa.String(40), nullable=False),
        sa.Column("source_kind", sa.String(40), nullable=False), _number("source_id"),
        sa.Column("valid_until", MOMENT, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        known, *(role if in_role else ()),
        _fk(name, "account_id", "account"), _fk(name, "county_id", "region"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        sa.UniqueConstraint(*parts, "source_id", name=unique),
        sa.Index(f"ix_{name}_account_id_kind", "account_id", "kind"),
        sa.Index(f"ix_{name}_source", "source_kind", "source_id"),
    )  # fmt: skip


def _terms(classes: Sequence[str]) -> sa.Table:
    name = "retention_term"
    return sa.Table(
        name, sa.MetaData(), _number("id"), _number("county_id"),
        sa.Column("data", sa.String(40), nullable=False), _number("amount"),
        sa.Column("clears_from", sa.Date(), nullable=False),
        sa.Column("set_at", MOMENT, nullable=False), _number("set_by", null=True),
        _number("version"),
        sa.CheckConstraint(_one_of("data", classes), name=f"ck_{name}_dataclass_known"),
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
        sa.CheckConstraint(_one_of("data", classes), name=f"ck_{name}_dataclass_known"),
        sa.CheckConstraint("cleared >= 0 AND kept >= 0", name=f"ck_{name}_counts"),
        _fk(name, "run_id", "retention_run"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        sa.UniqueConstraint("run_id", "data", name=f"uq_{name}_run_id_data"),
    )  # fmt: skip


def _classes(before: Sequence[str], after: Sequence[str]) -> None:
    for table in (_terms(before), _receipts(before)):
        with op.batch_alter_table(table.name, copy_from=table) as batch:
            known = op.f(f"ck_{table.name}_dataclass_known")
            batch.drop_constraint(known, type_="check")
            batch.create_check_constraint(known, sa.text(_one_of("data", after)))


def upgrade() -> None:
    """One table, one level of grants and the role they are for, one class of data."""
    known = op.f("ck_access_grant_grantlevel_known")
    before = _grants(LEVELS, in_role=False)
    with op.batch_alter_table("access_grant", copy_from=before) as batch:
        batch.drop_constraint(known, type_="check")
        batch.create_check_constraint(known, sa.text(_one_of("level", (*LEVELS, "read"))))
        batch.add_column(_number("holding_id", null=True))
        name = op.f("fk_access_grant_holding_id_role_holding")
        batch.create_foreign_key(name, "role_holding", ["holding_id"], ["id"])
    _classes(CLASSES, (*CLASSES, "file access"))
    _table()


def _table() -> None:
    name = "file_access"
    reasons = ("duty_visit", "medical", "school", "entitlement", "protection")
    op.create_table(
        name, _number("id"), _number("county_id"), _number("child_id", null=True),
        sa.Column("asked_for", sa.LargeBinary(), nullable=False),
        sa.Column("reason", _known("revealreason", *reasons), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column(
            "state", _known("accessstate", "asked", "open", "refused", "ended"), nullable=False
        ),
        _number("asked_by"), _number("holding_id"),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        _number("asked_days"), _number("given_days", null=True),
        _number("decided_by", null=True), _number("decided_as", null=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True), _number("ended_by", null=True),
        _number("version"),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_{name}_{one}")) for one, rule in CHECKS.items()),
        *(_fk(name, column, other) for column, other in REFERS.items()),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )  # fmt: skip
    op.create_index(f"ix_{name}_child_id", name, ["child_id"])
    op.create_index(f"ix_{name}_asked_by", name, ["asked_by"])
    op.create_index(f"ix_{name}_county_id_state", name, ["county_id", "state"])


def downgrade() -> None:
    """As before."""
    op.execute("DELETE FROM access_grant WHERE level = 'read'")
    op.execute("DELETE FROM retention_term WHERE data = 'file access'")
    op.execute("DELETE FROM retention_receipt WHERE data = 'file access'")
    op.drop_table("file_access")
    _classes((*CLASSES, "file access"), CLASSES)
    known = op.f("ck_access_grant_grantlevel_known")
    now = _grants((*LEVELS, "read"), in_role=True)
    with op.batch_alter_table("access_grant", copy_from=now) as batch:
        batch.drop_constraint(known, type_="check")
        batch.create_check_constraint(known, sa.text(_one_of("level", LEVELS)))
        name = op.f("fk_access_grant_holding_id_role_holding")
        batch.drop_constraint(name, type_="foreignkey")
        batch.drop_column("holding_id")
