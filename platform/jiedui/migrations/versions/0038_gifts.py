"""Material wishes of children, with the county's ceiling of their price; gifts with their books.

An entry of the books is never changed and never goes, by triggers; a trigger brings the stock of a
gift along and looks at purpose and term. Going down forgets wishes, gifts, books and the ceiling.

Revision ID: 0038
Revises: 0037
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0038"
down_revision: str | None = "0037"
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
LETTERS = ("'wishes waiting'", "'gift sent', 'gift delivered'")  # the last one, what comes after
CLASSES = ("'psychology'", "'giver'")
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


GIFT_CHECKS = {
    "amount": "amount > 0",
    "giver": "(unit_id IS NULL) = (giver_name IS NOT NULL)",
    "reached": "(giver_name IS NULL) = (giver_phone IS NULL)",
    "goods": "form = 'funds' OR (kind IS NOT NULL AND condition IS NOT NULL)",
    "receiver": "state IN ('offered', 'refused') OR receiver_id IS NOT NULL",
    "own_gift": "receiver_id IS NULL OR unit_id IS NULL OR receiver_id <> unit_id",
    "receipt": "(state = 'received') = (receipt IS NOT NULL)",
    "refused": "(state = 'refused') = (refuse_reason IS NOT NULL)",
}
STOCK = ("received", "in_stock", "allocated", "returned", "written_off")
STOCK_CHECKS = {
    "not_below_zero": "received >= 0 AND in_stock >= 0 AND allocated >= 0 AND returned >= 0"
    " AND written_off >= 0",
    "balances": "received = in_stock + allocated + returned + written_off",
}
ALLOTMENT_CHECKS = {
    "amount": "amount > 0",
    "two_persons": "confirmed_by IS NULL OR (confirmed_by <> decided_by"
    " AND confirmed_by <> decided_as)",
    "confirmed": "(state IN ('delivered', 'thanked')) = (confirmed_by IS NOT NULL)",
    "thanks": "(state = 'thanked') = (thanks IS NOT NULL)",
}
ACCOUNTS = ("giver", "stock", "allocated", "returned", "written_off")
GOES = (
    "(source = 'giver' AND target = 'stock') OR"
    " (source = 'stock' AND target IN ('allocated', 'returned', 'written_off'))"
)
COMES = (
    "(source = 'stock' AND target = 'giver') OR"
    " (target = 'stock' AND source IN ('allocated', 'returned', 'written_off'))"
)
ENTRY_CHECKS = {
    "amount": "amount > 0",
    "accounts": f"(reverses IS NULL AND ({GOES})) OR (reverses IS NOT NULL AND ({COMES}))",
    "allotment": "(allotment_id IS NOT NULL) = (source = 'allocated' OR target = 'allocated')",
    "use": "target <> 'allocated' OR kind IS NOT NULL",
    "evidence": "evidence <> ''",
}
# What an entry must not be when it is written.
BORN = {
    "mirror": "NEW.reverses IS NOT NULL AND NOT EXISTS (SELECT 1 FROM gift_entry e WHERE"
    " e.id = NEW.reverses AND e.reverses IS NULL AND e.gift_id = NEW.gift_id"
    " AND e.amount = NEW.amount AND e.source = NEW.target AND e.target = NEW.source)",
    "purpose": "NEW.target = 'allocated' AND NEW.reverses IS NULL AND NOT EXISTS"
    " (SELECT 1 FROM gift g WHERE g.id = NEW.gift_id AND (g.kind IS NULL OR g.kind = NEW.kind))",
    "term": "NEW.target = 'allocated' AND NEW.reverses IS NULL AND NOT EXISTS"
    ' (SELECT 1 FROM gift g WHERE g.id = NEW.gift_id AND (g.until IS NULL OR g.until >= NEW."on"))',
}


def _moved(column: str, account: str) -> str:
    """How an entry changes a column of the stock."""
    sides = ("source", "target") if column == "received" else ("target", "source")
    return (
        f"{column} = {column} + NEW.amount * (CASE WHEN NEW.{sides[0]} = '{account}' THEN 1"
        f" WHEN NEW.{sides[1]} = '{account}' THEN -1 ELSE 0 END)"
    )


MOVED = ", ".join(_moved(column, one) for column, one in zip(STOCK, ACCOUNTS, strict=True))
BRING = f"UPDATE gift_stock SET {MOVED} WHERE gift_id = NEW.gift_id;"  # nosec B608


def _gifts() -> None:
    name = "gift"
    columns: tuple[sa.Column, ...]
    refers = {"county_id": "region", "unit_id": "unit", "receiver_id": "unit",
              "recorded_by": "account"}  # fmt: skip
    columns = (
        sa.Column("number", sa.String(20), nullable=False),
        sa.Column("giver_name", sa.LargeBinary(), nullable=True),
        sa.Column("giver_phone", sa.LargeBinary(), nullable=True),
        sa.Column("named", sa.Boolean(), nullable=False),
        _choice("form", "giftform", "goods", "funds"),
        _choice("kind", "goodskind", *GOODS, null=True),
        sa.Column("words", sa.String(60), nullable=False), _number("amount"),
        _choice("condition", "condition", "new", "as_new", null=True),
        _choice("carrier", "carrier", "giver", "receiver", "post", null=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("receipt", sa.String(40), nullable=True),
        _choice("state", "giftstate", "offered", "accepted", "received", "refused"),
        _choice("refuse_reason", "refusereason", "not_needed", "not_usable", "not_for_this",
                "never_came", "giver_withdrew", null=True),
        _moment("recorded_at"), _number("version"),
    )  # fmt: skip
    rules = (sa.UniqueConstraint("number", name=op.f(f"uq_{name}_number")),)
    _table(name, refers, ("unit_id", "receiver_id"), columns, GIFT_CHECKS, rules)
    op.create_index(f"ix_{name}_county_id", name, ["county_id"])
    stock = "gift_stock"
    op.create_table(
        stock, _number("gift_id"), *(_number(one) for one in STOCK),
        *(sa.CheckConstraint(r, name=op.f(f"ck_{stock}_{one}")) for one, r in STOCK_CHECKS.items()),
        sa.ForeignKeyConstraint(["gift_id"], ["gift.id"], name=op.f(f"fk_{stock}_gift_id_gift")),
        sa.PrimaryKeyConstraint("gift_id", name=op.f(f"pk_{stock}")),
    )  # fmt: skip


def _allotments() -> None:
    name = "gift_allotment"
    refers = {"county_id": "region", "gift_id": "gift", "wish_id": "material_wish",
              "decided_by": "account", "decided_as": "account", "confirmed_by": "account"}  # fmt: skip
    columns = (
        _number("amount"),
        _choice("state", "allotmentstate", "allocated", "dispatched", "delivered", "thanked",
                "taken_back"),
        _moment("decided_at"), _moment("dispatched_at", null=True),
        _moment("confirmed_at", null=True),
        _choice("thanks", "thanks", "glad", "fits", "uses_it", "thank_you", null=True),
        _number("version"),
    )  # fmt: skip
    _table(name, refers, ("confirmed_by",), columns, ALLOTMENT_CHECKS)
    op.create_index(f"ix_{name}_gift_id", name, ["gift_id"])
    living = sa.text("state <> 'taken_back'")
    op.create_index(f"uq_{name}_wish", name, ["wish_id"], unique=True,
                    sqlite_where=living, postgresql_where=living)  # fmt: skip


def _books() -> None:
    name = "gift_entry"
    refers = {"county_id": "region", "gift_id": "gift", "allotment_id": "gift_allotment",
              "reverses": "gift_entry", "posted_by": "account"}  # fmt: skip
    columns = (
        _choice("source", "account", *ACCOUNTS), _choice("target", "target", *ACCOUNTS),
        _number("amount"), sa.Column("on", sa.Date(), nullable=False),
        _choice("kind", "goodskind", *GOODS, null=True),
        sa.Column("evidence", sa.String(80), nullable=False), _moment("posted_at"),
    )  # fmt: skip
    rules = (sa.UniqueConstraint("reverses", name=op.f(f"uq_{name}_reverses")),)
    _table(name, refers, ("allotment_id", "reverses"), columns, ENTRY_CHECKS, rules)
    op.create_index(f"ix_{name}_gift_id", name, ["gift_id"])
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


def _sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _listed(table: str, column: str, check: str, words: tuple[str, str], *, also: bool) -> None:
    """Some words more, or no more, in the check of a column that holds one of a list. SQLite makes
    the table anew from its own words, with its rows, indexes and triggers."""
    last, new = words
    bind = op.get_bind()
    if not _sqlite():
        found = "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = :name"
        listed = bind.execute(sa.text(found), {"name": f"ck_{table}_{check}"}).scalar_one()
        known = [f"'{part}'" for part in listed.split("'")[1::2] if f"'{part}'" not in new]
        rule = ", ".join([*known, new] if also else known)
        op.drop_constraint(op.f(f"ck_{table}_{check}"), table, type_="check")
        op.create_check_constraint(op.f(f"ck_{table}_{check}"), table, f"{column} IN ({rule})")
        return
    was, now = (last, f"{last}, {new}") if also else (f"{last}, {new}", last)
    catalogue = "SELECT type, sql FROM sqlite_master WHERE tbl_name = :t AND sql IS NOT NULL"
    rows = bind.execute(sa.text(catalogue), {"t": table}).all()
    old, sql = f"{table}_old", next(sql for kind, sql in rows if kind == "table")
    assert was in sql, was  # nosec B101
    op.execute(f"CREATE TABLE {old} AS SELECT * FROM {table}")  # nosec B608
    op.drop_table(table)
    op.execute(sql.replace(was, now))
    op.execute(f"INSERT INTO {table} SELECT * FROM {old}")  # nosec B608
    op.drop_table(old)
    for kind, more in rows:
        if kind != "table":
            op.execute(more)


def _lists(*, also: bool) -> None:
    _listed("letter", "kind", "letterkind_known", LETTERS, also=also)
    for table in ("retention_term", "retention_receipt"):
        _listed(table, "data", "dataclass_known", CLASSES, also=also)


def upgrade() -> None:
    _may_be(BEFORE, (*BEFORE, *NEW))
    _wishes()
    _gifts()
    _allotments()
    _books()
    _lists(also=True)


def downgrade() -> None:
    op.execute("DELETE FROM letter WHERE kind IN ('gift sent', 'gift delivered')")
    for table in ("retention_term", "retention_receipt"):
        op.execute(f"DELETE FROM {table} WHERE data = 'giver'")  # nosec B608
    _lists(also=False)
    for table in ("gift_entry", "gift_allotment", "gift_stock", "gift", "material_wish"):
        op.drop_table(table)
    if not _sqlite():
        for what in ("stays", "born", "brings"):
            op.execute(f"DROP FUNCTION gift_entry_{what}()")
    name: sa.ColumnClause[str] = sa.column("name")
    op.execute(sa.delete(sa.table("county_setting", name)).where(name.in_(NEW)))
    _may_be((*BEFORE, *NEW), BEFORE)
