"""How long what is kept: identity of files, helpers and accounts can be cleared, files can be held
back, a county's times, runs and their receipts.

When a file was closed, a helper left: from the record, else from today on. A deletion that was
granted before is done a month from now. Going down, what was cleared stays cleared: where there is
such a row its columns stay empty, which the older version shows as nothing known.

Revision ID: 0024
Revises: 0023
"""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

revision: str = "0024"
down_revision: str | None = "0023"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

MOMENT = sa.DateTime(timezone=True)
CHILD = {
    "closed_at": "(state = 'closed') = (closed_at IS NOT NULL)",
    "named": "(name IS NULL) = (deidentified_at IS NOT NULL)",
    "deidentified": "deidentified_at IS NULL OR (state = 'closed' AND id_number IS NULL"
    " AND id_index IS NULL AND school_id IS NULL)",
}
SIGNED = "account_id IS NOT NULL OR (entered_by IS NOT NULL AND form_holder IS NOT NULL)"
HELPER = {
    "signed_form": "account_id IS NOT NULL OR deidentified_at IS NOT NULL"
    " OR (entered_by IS NOT NULL AND form_holder IS NOT NULL)",
    "left_at": "(state = 'withdrawn') = (left_at IS NOT NULL)",
    "named": "(name IS NULL) = (deidentified_at IS NOT NULL)"
    " AND (phone IS NULL) = (deidentified_at IS NOT NULL)"
    " AND (id_number IS NULL) = (deidentified_at IS NOT NULL)"
    " AND (id_index IS NULL) = (deidentified_at IS NOT NULL)",
    "deidentified": "deidentified_at IS NULL OR (state = 'withdrawn' AND licence IS NULL"
    " AND national_number IS NULL AND about IS NULL AND form_holder IS NULL)",
}
ACCOUNT = {
    "deidentified": "deidentified_at IS NULL OR"
    " (state = 'disabled' AND password_hash IS NULL AND totp_secret IS NULL)",
}
REQUEST = {
    "clearing": "(clear_on IS NOT NULL) = (asked = 'delete' AND outcome IS NOT NULL"
    " AND outcome = 'granted')",
}
NAMED = {"child": ("name",), "helper": ("name", "id_number", "id_index", "phone")}
DATA = (
    "deletion", "child file", "paper", "scan", "helper applied", "helper left", "account",
    "guardian request", "report", "opinion", "export", "correction", "letter", "sheet", "draft",
    "session", "link", "access link", "used form", "sign-in", "report try", "record",
)  # fmt: skip


def _known(kind: str, *members: str) -> sa.Enum:
    return sa.Enum(
        *members, name=f"{kind}_known", native_enum=False, create_constraint=True, length=40
    )


def _fk(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}")
    )


def upgrade() -> None:
    """Columns, what is known of the past, rules, and four tables."""
    for table, column, kind in (
        ("child", "closed_at", MOMENT),
        ("child", "deidentified_at", MOMENT),
        ("helper", "left_at", MOMENT),
        ("helper", "deidentified_at", MOMENT),
        ("account", "deidentified_at", MOMENT),
        ("data_request", "clear_on", sa.Date()),
    ):
        op.add_column(table, sa.Column(column, kind, nullable=True))
    _fill()
    _rule("child", CHILD, empty=NAMED["child"])
    _rule("helper", HELPER, empty=NAMED["helper"])
    _rule("account", ACCOUNT)
    _rule("data_request", REQUEST)
    _tables()


def _fill() -> None:
    now = datetime.now(UTC)
    _last("child", "closed_at", "closed", "child.closed", now)
    _last("helper", "left_at", "withdrawn", "helper.withdrawn", now)
    for table in NAMED:  # cleared before this step was gone back from
        one = sa.table(table, sa.column("name"), sa.column("deidentified_at", MOMENT))
        op.execute(one.update().where(one.c.name.is_(None)).values(deidentified_at=now))
    asked = sa.table(
        "data_request", sa.column("asked"), sa.column("outcome"), sa.column("clear_on", sa.Date())
    )
    mine = (asked.c.asked == "delete", asked.c.outcome == "granted")
    op.execute(asked.update().where(*mine).values(clear_on=now.date() + timedelta(days=30)))


def _last(table: str, column: str, state: str, act: str, now: datetime) -> None:
    """When something last became so, as the record says; it is kept longer where it does not."""
    one = sa.table(table, sa.column("id"), sa.column("state"), sa.column(column, MOMENT))
    entry = sa.table(
        "audit_entry", sa.column("act"), sa.column("object_kind"), sa.column("object_id"),
        sa.column("at", MOMENT),
    )  # fmt: skip
    mine = entry.c.object_kind == table, entry.c.object_id == one.c.id, entry.c.act == act
    last = sa.select(sa.func.max(entry.c.at)).where(*mine).scalar_subquery()
    value = sa.func.coalesce(last, sa.literal(now, MOMENT))
    op.execute(one.update().where(one.c.state == state).values({column: value}))


def _rule(
    table: str,
    rules: Mapping[str, str],
    *,
    without: Sequence[str] = (),
    empty: Sequence[str] = (),
    full: Sequence[str] = (),
) -> None:
    """Give a table constraints, in place of those of the same names; take others away; let
    columns be empty, or not any more."""
    gone = [f"ck_{table}_{name}" for name in (*rules, *without)]
    if op.get_bind().dialect.name == "sqlite":
        _rewrite(table, gone, {f"ck_{table}_{n}": rule for n, rule in rules.items()}, empty, full)
        return
    for name in gone:
        op.execute(f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {name}")
    for column in (*empty, *full):
        op.alter_column(table, column, nullable=column in empty)
    for name, rule in rules.items():
        op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, sa.text(rule))


def _rewrite(
    table: str,
    gone: Sequence[str],
    rules: Mapping[str, str],
    empty: Sequence[str],
    full: Sequence[str],
) -> None:
    """SQLite has no way to change a constraint: the table is written anew from its own words, so
    that everything else about it stays, with its indexes and triggers."""
    bind = op.get_bind()
    words = "SELECT sql FROM sqlite_master WHERE name = :t AND type = 'table'"
    sql = bind.execute(sa.text(words), {"t": table}).scalar_one()
    rest = "SELECT sql FROM sqlite_master WHERE tbl_name = :t AND type <> 'table' AND sql <> ''"
    beside = list(bind.execute(sa.text(rest), {"t": table}).scalars())
    for name in gone:
        sql = _without(sql, name)
    for column in empty:
        sql = re.sub(rf"(\s{column} (?:BLOB|VARCHAR\(\d+\))) NOT NULL", r"\1", sql, count=1)
    for column in full:
        sql = re.sub(
            rf"(\s{column} (?:BLOB|VARCHAR\(\d+\)))(?! NOT NULL)(?=[, )\n])",
            r"\1 NOT NULL", sql, count=1,
        )  # fmt: skip
    more = "".join(f", \n\tCONSTRAINT {name} CHECK ({rule})" for name, rule in rules.items())
    sql = _closed(sql, more)
    new = f"{table}_anew"
    bind.exec_driver_sql(re.sub(rf'^CREATE TABLE "?{table}"?', f"CREATE TABLE {new}", sql, count=1))
    columns = ", ".join(
        f'"{row[1]}"' for row in bind.exec_driver_sql(f"PRAGMA table_info({table})")
    )
    bind.exec_driver_sql(f"INSERT INTO {new} ({columns}) SELECT {columns} FROM {table}")  # nosec B608
    bind.exec_driver_sql(f"DROP TABLE {table}")
    bind.exec_driver_sql(f"ALTER TABLE {new} RENAME TO {table}")
    for one in beside:
        bind.exec_driver_sql(one)


def _closed(sql: str, more: str) -> str:
    """The words of a table with something more before the last bracket."""
    end = sql.rindex(")")
    return f"{sql[:end].rstrip()}{more}\n)"


def _without(sql: str, name: str) -> str:
    """The words of a table without one named constraint."""
    found = re.search(rf",\s*CONSTRAINT {name} CHECK \(", sql)
    if found is None:
        return sql
    depth, end = 1, found.end()
    while depth:
        depth += {"(": 1, ")": -1}.get(sql[end], 0)
        end += 1
    return sql[: found.start()] + sql[end:]


def _tables() -> None:
    _holds()
    op.create_table(
        "retention_term",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("county_id", sa.Integer(), nullable=False),
        sa.Column("data", _known("dataclass", *DATA), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("clears_from", sa.Date(), nullable=False),
        sa.Column("set_at", MOMENT, nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_retention_term_amount")),
        sa.CheckConstraint(
            "data <> 'report' OR amount >= 240", name=op.f("ck_retention_term_report_floor")
        ),
        sa.CheckConstraint(
            "data <> 'export' OR amount >= 36", name=op.f("ck_retention_term_export_floor")
        ),
        _fk("retention_term", "county_id", "region"),
        _fk("retention_term", "set_by", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_term")),
        sa.UniqueConstraint("county_id", "data", name=op.f("uq_retention_term_county_id_data")),
    )
    _runs()


def _holds() -> None:
    reasons = ("court", "complaint", "inspection", "claim", "other")
    op.create_table(
        "file_hold",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("county_id", sa.Integer(), nullable=False),
        sa.Column("child_id", sa.Integer(), nullable=False),
        sa.Column("reason", _known("holdreason", *reasons), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("set_at", MOMENT, nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=True),
        sa.Column("lifted_at", MOMENT, nullable=True),
        sa.Column("lifted_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "lifted_at IS NULL OR lifted_at >= set_at", name=op.f("ck_file_hold_dates")
        ),
        _fk("file_hold", "county_id", "region"),
        _fk("file_hold", "child_id", "child"),
        _fk("file_hold", "set_by", "account"),
        _fk("file_hold", "lifted_by", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file_hold")),
    )
    living = sa.text("lifted_at IS NULL")
    op.create_index(
        "uq_file_hold_living", "file_hold", ["child_id"], unique=True,
        sqlite_where=living, postgresql_where=living,
    )  # fmt: skip
    op.create_index("ix_file_hold_child_id", "file_hold", ["child_id"])


def _runs() -> None:
    op.create_table(
        "retention_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("county_id", sa.Integer(), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "finished_at IS NULL OR finished_at >= started_at", name=op.f("ck_retention_run_dates")
        ),
        _fk("retention_run", "county_id", "region"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_run")),
    )
    unfinished = sa.text("finished_at IS NULL")
    op.create_index(
        "uq_retention_run_open", "retention_run", ["county_id"], unique=True,
        sqlite_where=unfinished, postgresql_where=unfinished,
    )  # fmt: skip
    op.create_table(
        "retention_receipt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("data", _known("dataclass", *DATA), nullable=False),
        sa.Column("before", MOMENT, nullable=False),
        sa.Column("cleared", sa.Integer(), nullable=False),
        sa.Column("kept", sa.Integer(), nullable=False),
        sa.CheckConstraint("cleared >= 0 AND kept >= 0", name=op.f("ck_retention_receipt_counts")),
        _fk("retention_receipt", "run_id", "retention_run"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_receipt")),
        sa.UniqueConstraint("run_id", "data", name=op.f("uq_retention_receipt_run_id_data")),
    )


def downgrade() -> None:
    """As before, but for what was cleared: that cannot come back."""
    for table in ("retention_receipt", "retention_run", "retention_term", "file_hold"):
        op.drop_table(table)
    for table, rules in (("child", CHILD), ("helper", HELPER)):
        cleared = f"SELECT count(*) FROM {table} WHERE name IS NULL"  # nosec B608
        strict = op.get_bind().execute(sa.text(cleared)).scalar_one() == 0
        back = {"signed_form": SIGNED} if table == "helper" and strict else {}
        _rule(table, back, without=tuple(rules), full=NAMED[table] if strict else ())
    _rule("account", {}, without=tuple(ACCOUNT))
    _rule("data_request", {}, without=tuple(REQUEST))
    op.drop_column("data_request", "clear_on")
    op.drop_column("account", "deidentified_at")
    for column in ("deidentified_at", "left_at"):
        op.drop_column("helper", column)
    for column in ("deidentified_at", "closed_at"):
        op.drop_column("child", column)
