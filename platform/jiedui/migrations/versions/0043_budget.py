"""The plan's own money: budget lines with books of their own; contracts of purchased services.

An entry of the books is never changed and never goes, by triggers; a trigger brings the sums of its
line along and looks at purpose and term. Going down forgets lines, books and contracts.

Revision ID: 0043
Revises: 0041
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "0043"
down_revision: str | None = "0041"
branch_labels: str | None = None
depends_on: str | None = None

MOMENT = sa.DateTime(timezone=True)
PURPOSES = ("screening", "places", "services", "training")
SOURCES = ("county", "above", "lottery", "other")
ACCOUNTS = ("treasury", "line", "spent", "returned")
GOES = "(source = 'treasury' AND target = 'line') OR (source = 'line' AND target IN ('spent', 'returned'))"
COMES = "(source = 'line' AND target = 'treasury') OR (target = 'line' AND source IN ('spent', 'returned'))"
LINE_CHECKS = {
    "not_below_zero": "granted >= 0 AND spent >= 0 AND returned >= 0",
    "within": "spent + returned <= granted",
    "year": "year BETWEEN 2000 AND 2100",
}
ENTRY_CHECKS = {
    "amount": "amount > 0",
    "accounts": f"(reverses IS NULL AND ({GOES})) OR (reverses IS NOT NULL AND ({COMES}))",
    "use": "target <> 'spent' OR (purpose IS NOT NULL AND payee <> '')",
    "evidence": "evidence <> ''",
}
BORN = {
    "mirror": "NEW.reverses IS NOT NULL AND NOT EXISTS (SELECT 1 FROM budget_entry e WHERE"
    " e.id = NEW.reverses AND e.reverses IS NULL AND e.line_id = NEW.line_id"
    " AND e.amount = NEW.amount AND e.source = NEW.target AND e.target = NEW.source)",
    "purpose": "NEW.target = 'spent' AND NEW.reverses IS NULL AND NOT EXISTS"
    " (SELECT 1 FROM budget_line b WHERE b.id = NEW.line_id AND b.purpose = NEW.purpose)",
    "term": "NEW.target = 'spent' AND NEW.reverses IS NULL AND NOT EXISTS"
    ' (SELECT 1 FROM budget_line b WHERE b.id = NEW.line_id AND b.until >= NEW."on")',
}


def _moved(column: str, account: str) -> str:
    """How an entry changes a sum of its line."""
    plus, minus = ("source", "target") if column == "granted" else ("target", "source")
    return (
        f"{column} = {column} + NEW.amount * (CASE WHEN NEW.{plus} = '{account}' THEN 1"
        f" WHEN NEW.{minus} = '{account}' THEN -1 ELSE 0 END)"
    )


SUMS = {"granted": "treasury", "spent": "spent", "returned": "returned"}
MOVED = ", ".join(_moved(column, one) for column, one in SUMS.items())
BRING = f"UPDATE budget_line SET {MOVED} WHERE id = NEW.line_id;"  # nosec B608
CONTRACT_CHECKS = {
    "term": "ends >= starts",
    "bought": "minutes >= 0 AND cases >= 0 AND (minutes > 0 OR cases > 0)",
    "price": "price > 0",
    "closed": "(closed_on IS NULL) = (closed_by IS NULL)",
}


def _number(name: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=null)


def _choice(name: str, kind: str, *members: str, null: bool = False) -> sa.Column[str]:
    known = sa.Enum(
        *members, name=f"{kind}_known", native_enum=False, create_constraint=True, length=40
    )
    return sa.Column(name, known, nullable=null)


def _day(name: str, *, null: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Date(), nullable=null)


def _moment(name: str) -> sa.Column[object]:
    return sa.Column(name, MOMENT, nullable=False)


def _words(name: str, most: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(most), nullable=False)


def _table(
    name: str, refers: dict[str, str], optional: Sequence[str], columns: Sequence[sa.Column[Any]],
    checks: dict[str, str], unique: Sequence[str] = (),
) -> None:  # fmt: skip
    """A table with an id, what it refers to, its columns and checks."""
    rules = [sa.UniqueConstraint(*unique, name=op.f(f"uq_{name}_{'_'.join(unique)}"))]
    op.create_table(
        name, _number("id"), *(_number(one, null=one in optional) for one in refers), *columns,
        *(sa.CheckConstraint(rule, name=op.f(f"ck_{name}_{one}")) for one, rule in checks.items()),
        *(
            sa.ForeignKeyConstraint([one], [f"{to}.id"], name=op.f(f"fk_{name}_{one}_{to}"))
            for one, to in refers.items()
        ),
        *(rules if unique else ()), sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )  # fmt: skip


def _lines() -> None:
    columns: tuple[sa.Column[Any], ...] = (
        _number("year"), _choice("purpose", "budgetpurpose", *PURPOSES),
        _choice("source", "budgetsource", *SOURCES), _words("title", 60), _words("document", 60),
        _day("until"), *(_number(one) for one in SUMS), _moment("opened_at"), _number("version"),
    )  # fmt: skip
    refers = {"county_id": "region", "opened_by": "account"}
    unique = ("county_id", "year", "purpose", "source", "document")
    _table("budget_line", refers, (), columns, LINE_CHECKS, unique)


def _entries() -> None:
    name = "budget_entry"
    refers = {"county_id": "region", "line_id": "budget_line", "reverses": name,
              "posted_by": "account"}  # fmt: skip
    columns: tuple[sa.Column[Any], ...] = (
        _choice("source", "budgetaccount", *ACCOUNTS), _choice("target", "target", *ACCOUNTS),
        _number("amount"), _day("on"), _choice("purpose", "budgetpurpose", *PURPOSES, null=True),
        _words("payee", 60), _words("evidence", 80), _moment("posted_at"),
    )  # fmt: skip
    _table(name, refers, ("reverses",), columns, ENTRY_CHECKS, ("reverses",))
    op.create_index(f"ix_{name}_line_id", name, ["line_id"])
    if _sqlite():
        _hold_sqlite(name)
    else:
        _hold_postgres(name)


def _hold_sqlite(name: str) -> None:
    for when in ("UPDATE", "DELETE"):
        op.execute(f"CREATE TRIGGER {name}_stays_{when.lower()} BEFORE {when} ON {name}"
                   " BEGIN SELECT RAISE(ABORT, 'an entry of the books stays'); END")  # fmt: skip
    for fault, rule in BORN.items():
        op.execute(f"CREATE TRIGGER {name}_born_{fault} BEFORE INSERT ON {name} WHEN {rule}"
                   f" BEGIN SELECT RAISE(ABORT, 'no such entry: {fault}'); END")  # fmt: skip
    op.execute(f"CREATE TRIGGER {name}_brings AFTER INSERT ON {name} BEGIN {BRING} END")


def _hold_postgres(name: str) -> None:
    code = "USING ERRCODE = 'integrity_constraint_violation'"
    born = "".join(
        f" IF {rule} THEN RAISE EXCEPTION 'no such entry: {fault}' {code}; END IF;"
        for fault, rule in BORN.items()
    )
    bodies = {
        "stays": ("BEFORE UPDATE OR DELETE", f"RAISE EXCEPTION 'an entry of the books stays' {code};"),
        "born": ("BEFORE INSERT", f"{born} RETURN NEW;"),
        "brings": ("AFTER INSERT", f"{BRING} RETURN NEW;"),
    }
    for what, (when, body) in bodies.items():
        op.execute(f"CREATE FUNCTION {name}_{what}() RETURNS trigger LANGUAGE plpgsql"
                   f" AS $$ BEGIN {body} END $$")  # fmt: skip
        op.execute(f"CREATE TRIGGER {name}_{what} {when} ON {name}"
                   f" FOR EACH ROW EXECUTE FUNCTION {name}_{what}()")  # fmt: skip


def _contracts() -> None:
    name = "service_contract"
    refers = {"county_id": "region", "unit_id": "unit", "line_id": "budget_line",
              "signed_by": "account", "closed_by": "account"}  # fmt: skip
    columns: tuple[sa.Column[Any], ...] = (
        _words("number", 40), _words("title", 60), _day("starts"), _day("ends"),
        _number("minutes"), _number("cases"), _number("price"), _moment("signed_at"),
        _day("closed_on", null=True), _number("version"),
    )  # fmt: skip
    _table(name, refers, ("line_id", "closed_by"), columns, CONTRACT_CHECKS,
           ("county_id", "number"))  # fmt: skip
    op.create_index(f"ix_{name}_unit_id", name, ["unit_id"])


def _sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def upgrade() -> None:
    _lines()
    _entries()
    _contracts()


def downgrade() -> None:
    for table in ("service_contract", "budget_entry", "budget_line"):
        op.drop_table(table)
    if not _sqlite():
        for what in ("stays", "born", "brings"):
            op.execute(f"DROP FUNCTION budget_entry_{what}()")
