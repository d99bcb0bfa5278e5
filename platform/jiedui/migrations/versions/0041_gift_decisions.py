"""Proposals which gifts go to which wishes; decisions with a second person from a county's sum on;
ties between givers and households; what givers agreed to.

Triggers hold that nothing leaves before the second yes, that nothing goes where a tie is not cleared
by another person, and that an earmark becomes only what its giver agreed to. Going down forgets all
of it; what was allotted stays.

Revision ID: 0041
Revises: 0040
"""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0041"
down_revision: str | None = "0040"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

MOMENT = sa.DateTime(timezone=True)
LETTER, SETTING = ("'gift delivered'", "'gift second'"), ("'wish ceiling'", "'second person from'")
GOODS = (
    "winter_clothes", "shoes", "school_things", "books", "sports_things", "bedding",
    "daily_things", "learning_device", "toy", "other",
)  # fmt: skip


def _others(by: str, as_: str, first: str) -> str:
    return (
        f"{by} IS NULL OR ({by} <> {first}_by AND {by} <> {first}_as"
        f" AND {as_} <> {first}_by AND {as_} <> {first}_as)"
    )


DECISION_CHECKS = {
    "two_persons": _others("second_by", "second_as", "decided"),
    "second": "(second_by IS NULL) = (second_as IS NULL)",
    "answered": "(state IN ('agreed', 'refused')) = (second_by IS NOT NULL)",
    "value": "value > 0",
}
TIE_CHECKS = {
    "two_persons": _others("answered_by", "answered_as", "found"),
    "answered": "(answer IS NULL) = (answered_by IS NULL)"
    " AND (answer IS NULL) = (answered_as IS NULL) AND (answer IS NULL) = (reason IS NULL)"
    " AND (answer IS NULL) = (evidence IS NULL)",
}
LINE_CHECKS = {
    "amount": "amount > 0",
    "taken": "(state = 'taken') = (allotment_id IS NOT NULL)",
}
# What each table refuses: name, when, rule (true: refused).
HELD = "EXISTS (SELECT 1 FROM gift_decision d WHERE d.id = NEW.decision_id AND d.state IN"
TIED = (
    "EXISTS (SELECT 1 FROM gift_tie t WHERE t.gift_id = NEW.gift_id AND t.wish_id = NEW.wish_id"
    " AND (t.answer IS NULL OR t.answer <> 'cleared'"
    " OR t.answered_by IN (NEW.decided_by, NEW.decided_as)"
    " OR t.answered_as IN (NEW.decided_by, NEW.decided_as)))"
)
EARMARK = (
    "(COALESCE(NEW.kind, '') <> COALESCE(OLD.kind, '')"
    " OR COALESCE(CAST(NEW.until AS TEXT), '') <> COALESCE(CAST(OLD.until AS TEXT), ''))"
    " AND NOT EXISTS (SELECT 1 FROM gift_consent c WHERE c.gift_id = NEW.id AND c.answer = 'yes'"
    " AND COALESCE(c.kind, '') = COALESCE(NEW.kind, '')"
    " AND COALESCE(CAST(c.until AS TEXT), '') = COALESCE(CAST(NEW.until AS TEXT), ''))"
)
TRIGGERS = (
    ("gift_allotment", "undecided", "INSERT", "NEW.decision_id IS NULL OR NEW.state <> 'allocated'"),
    ("gift_allotment", "related", "INSERT", TIED),
    ("gift_allotment", "second", "UPDATE", "NEW.state IN ('dispatched', 'delivered', 'thanked')"
     f" AND {HELD} ('waiting', 'refused'))"),
    ("gift_allotment", "decision", "UPDATE",
     "COALESCE(NEW.decision_id, 0) <> COALESCE(OLD.decision_id, 0)"),
    ("gift_decision", "answered", "UPDATE", "OLD.state <> 'waiting' OR NEW.value <> OLD.value"
     " OR NEW.decided_by <> OLD.decided_by OR NEW.decided_as <> OLD.decided_as"),
    ("gift_decision", "stays", "DELETE", ""),
    ("gift_tie", "answered", "UPDATE", "OLD.answer IS NOT NULL"),
    ("gift_tie", "stays", "DELETE", ""),
    ("gift_consent", "stays", "UPDATE", ""),
    ("gift_consent", "stays_too", "DELETE", ""),
    ("gift", "earmark", "UPDATE", EARMARK),
)  # fmt: skip


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


def _words(name: str, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(80), nullable=null)


def _day(name: str, *, null: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Date(), nullable=null)


def _table(
    name: str, refers: Mapping[str, str], optional: Sequence[str], columns: Sequence[sa.Column],
    checks: Mapping[str, str], rules: Sequence[sa.Constraint] = (), *, key: Sequence[str] = ("id",),
) -> None:  # fmt: skip
    """A table with its key, what it refers to, its columns and checks."""
    first = (_number("id"),) if key == ("id",) else ()
    op.create_table(
        name, *first, *(_number(one, null=one in optional) for one in refers), *columns,
        *(sa.CheckConstraint(rule, name=op.f(f"ck_{name}_{one}")) for one, rule in checks.items()),
        *(
            sa.ForeignKeyConstraint([one], [f"{to}.id"], name=op.f(f"fk_{name}_{one}_{to}"))
            for one, to in refers.items()
        ),
        *rules, sa.PrimaryKeyConstraint(*key, name=op.f(f"pk_{name}")),
    )  # fmt: skip


def _decisions() -> None:
    name = "gift_decision"
    refers = {"county_id": "region", "decided_by": "account", "decided_as": "account",
              "second_by": "account", "second_as": "account"}  # fmt: skip
    columns = (
        _choice("state", "decisionstate", "free", "waiting", "agreed", "refused"),
        _number("value"), _day("on"), _words("evidence"), _moment("decided_at"),
        _moment("second_at", null=True), _number("version"),
    )  # fmt: skip
    _table(name, refers, ("second_by", "second_as"), columns, DECISION_CHECKS)
    op.create_index(f"ix_{name}_county_id_state", name, ["county_id", "state"])
    op.execute("ALTER TABLE gift_allotment ADD COLUMN decision_id INTEGER CONSTRAINT"
               " fk_gift_allotment_decision_id_gift_decision REFERENCES gift_decision (id)")  # fmt: skip


def _ties() -> None:
    name = "gift_tie"
    refers = {"county_id": "region", "gift_id": "gift", "wish_id": "material_wish",
              "found_by": "account", "found_as": "account", "answered_by": "account",
              "answered_as": "account"}  # fmt: skip
    columns = (
        _choice("tie", "tie", "telephone", "identity_number", "name"), _moment("found_at"),
        _choice("answer", "tieanswer", "cleared", "upheld", null=True),
        _choice("reason", "clearreason", "other_person", "old_number", "no_influence", "related",
                null=True),
        _words("evidence", null=True), _moment("answered_at", null=True), _number("version"),
    )  # fmt: skip
    both = ("gift_id", "wish_id", "tie")
    rules = (sa.UniqueConstraint(*both, name=op.f(f"uq_{name}_{'_'.join(both)}")),)
    _table(name, refers, ("answered_by", "answered_as"), columns, TIE_CHECKS, rules)
    for one in ("county_id", "wish_id"):
        op.create_index(f"ix_{name}_{one}", name, [one])


def _consents() -> None:
    name = "gift_consent"
    refers = {"county_id": "region", "gift_id": "gift", "recorded_by": "account"}
    columns = (
        _choice("kind", "goodskind", *GOODS, null=True), _day("until", null=True),
        _choice("how", "askedby", "in_person", "telephone", "letter", "message"), _day("on"),
        _choice("answer", "giveranswer", "yes", "no"), _words("evidence"), _moment("recorded_at"),
    )  # fmt: skip
    _table(name, refers, (), columns, {"evidence": "evidence <> ''"})
    op.create_index(f"ix_{name}_gift_id", name, ["gift_id"])


def _plans() -> None:
    name = "gift_plan"
    refers = {"county_id": "region", "made_by": "account"}
    columns: Sequence[sa.Column] = (
        _choice("state", "planstate", "open", "set_aside"), _number("gifts"), _number("wishes"),
        _number("gap"), _moment("made_at"), _number("version"),
    )  # fmt: skip
    _table(name, refers, (), columns, {})
    where = sa.text("state = 'open'")
    op.create_index(f"uq_{name}_open", name, ["county_id"], unique=True, sqlite_where=where,
                    postgresql_where=where)  # fmt: skip
    line = "gift_plan_line"
    refers = {"plan_id": name, "gift_id": "gift", "wish_id": "material_wish",
              "allotment_id": "gift_allotment"}  # fmt: skip
    columns = (_number("amount"), sa.Column("why", sa.JSON(), nullable=False),
               _choice("state", "linestate", "proposed", "taken", "left_out"))  # fmt: skip
    rules = (sa.UniqueConstraint("plan_id", "wish_id", name=op.f(f"uq_{line}_plan_id_wish_id")),)
    _table(line, refers, ("allotment_id",), columns, LINE_CHECKS, rules)
    refers = {"plan_id": name, "wish_id": "material_wish", "gift_id": "gift"}
    columns = (
        _number("position"), _number("by"),
        _choice("reason", "leftwhy", "nothing_offered", "all_barred", "used_elsewhere",
                "not_whole"),
        _choice("helps", "helps", "more", "nearer", "longer", "purpose"),
    )  # fmt: skip
    _table("gift_plan_left", refers, ("gift_id",), columns, {}, key=("plan_id", "wish_id"))


def _hold() -> None:
    code = "USING ERRCODE = 'integrity_constraint_violation'"
    for table, fault, when, rule in TRIGGERS:
        name = f"{table}_{fault}"
        if _sqlite():
            on = f" WHEN {rule}" if rule else ""
            op.execute(f"CREATE TRIGGER {name} BEFORE {when} ON {table}{on}"
                       f" BEGIN SELECT RAISE(ABORT, 'not allowed: {fault}'); END")  # fmt: skip
            continue
        row = "OLD" if when == "DELETE" else "NEW"
        no = f"RAISE EXCEPTION 'not allowed: {fault}' {code};"
        body = f"IF {rule} THEN {no} END IF;" if rule else no
        op.execute(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql"
                   f" AS $$ BEGIN {body} RETURN {row}; END $$")  # fmt: skip
        op.execute(f"CREATE TRIGGER {name} BEFORE {when} ON {table}"
                   f" FOR EACH ROW EXECUTE FUNCTION {name}()")  # fmt: skip


def _sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _made_anew(table: str, was: str, now: str) -> None:
    """SQLite: the table with another word in its checks, its rows, its indexes and triggers."""
    bind, old = op.get_bind(), f"{table}_old"
    catalogue = "SELECT type, sql FROM sqlite_master WHERE tbl_name = :t AND sql IS NOT NULL"
    rows = bind.execute(sa.text(catalogue), {"t": table}).all()
    words = next(sql for kind, sql in rows if kind == "table")
    assert was in words, was  # nosec B101
    op.execute(f"CREATE TABLE {old} AS SELECT * FROM {table}")  # nosec B608
    op.drop_table(table)
    op.execute(words.replace(was, now))
    op.execute(f"INSERT INTO {table} SELECT * FROM {old}")  # nosec B608
    op.drop_table(old)
    for kind, sql in rows:
        if kind != "table":
            op.execute(sql)


def _listed(table: str, column: str, check: str, words: tuple[str, str], *, also: bool) -> None:
    """One word more, or no more, in the check of a column that holds one of a list."""
    last, new = words
    if _sqlite():
        sides = (last, f"{last}, {new}")
        return _made_anew(table, *(sides if also else sides[::-1]))
    found = "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = :name"
    listed = op.get_bind().execute(sa.text(found), {"name": check}).scalar_one()
    known = [f"'{part}'" for part in listed.split("'")[1::2] if f"'{part}'" != new]
    rule = ", ".join([*known, new] if also else known)
    op.drop_constraint(op.f(check), table, type_="check")
    op.create_check_constraint(op.f(check), table, sa.text(f"{column} IN ({rule})"))


def _lists(*, also: bool) -> None:
    _listed("letter", "kind", "ck_letter_letterkind_known", LETTER, also=also)
    _listed("county_setting", "name", "ck_county_setting_setting_known", SETTING, also=also)


def upgrade() -> None:
    _decisions()
    _ties()
    _consents()
    _plans()
    _hold()
    _lists(also=True)


def downgrade() -> None:
    op.execute("DELETE FROM letter WHERE kind = 'gift second'")
    op.execute("DELETE FROM county_setting WHERE name = 'second person from'")
    _lists(also=False)
    for table, fault, _when, _rule in TRIGGERS:
        on = "" if _sqlite() else f" ON {table}"
        op.execute(f"DROP TRIGGER {table}_{fault}{on}")
        if not _sqlite():
            op.execute(f"DROP FUNCTION {table}_{fault}()")
    for table in ("gift_plan_left", "gift_plan_line", "gift_plan", "gift_consent", "gift_tie"):
        op.drop_table(table)
    op.drop_column("gift_allotment", "decision_id")
    op.drop_table("gift_decision")
