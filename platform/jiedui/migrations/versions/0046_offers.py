"""Offers by whoever gives: a person without an account too, so that nobody wrote it down; wishes that
a unit claims with its gift.

A wish has one living claim, and a trigger lets nothing go there from another gift meanwhile. Going
down forgets the claims; an offer that nobody wrote down and that is in the books is laid to who posted its first
entry; one that never came into the books goes, and its people offer it again.

Revision ID: 0046
Revises: 0045
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0046"
down_revision: str | None = "0045"
branch_labels: str | None = None
depends_on: str | None = None

RECORDER = "ck_gift_recorder"
RULE = "recorded_by IS NOT NULL OR giver_name IS NOT NULL"
NEEDED, FREE = "recorded_by INTEGER NOT NULL", "recorded_by INTEGER"
CHECK = f"CONSTRAINT {RECORDER} CHECK ({RULE}), "
FIRST = "CONSTRAINT ck_gift_amount"  # before which the new check is put
CLAIM, LIVING = "gift_claim", "released_at IS NULL"
TAKEN = "gift_allotment_claimed"
CLAIMED = (
    "EXISTS (SELECT 1 FROM gift_claim c WHERE c.wish_id = NEW.wish_id AND c.released_at IS NULL"
    " AND c.gift_id <> NEW.gift_id)"
)


def _sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _made_anew(table: str, *changes: tuple[str, str]) -> None:
    """SQLite: the table with other words, its rows, its indexes and triggers."""
    bind, old = op.get_bind(), f"{table}_old"
    catalogue = "SELECT type, sql FROM sqlite_master WHERE tbl_name = :t AND sql IS NOT NULL"
    rows = bind.execute(sa.text(catalogue), {"t": table}).all()
    words = next(sql for kind, sql in rows if kind == "table")
    for was, now in changes:
        assert was in words, was  # nosec B101
        words = words.replace(was, now)
    op.execute(f"CREATE TABLE {old} AS SELECT * FROM {table}")  # nosec B608
    op.drop_table(table)
    op.execute(words)
    op.execute(f"INSERT INTO {table} SELECT * FROM {old}")  # nosec B608
    op.drop_table(old)
    for kind, sql in rows:
        if kind != "table":
            op.execute(sql)


def _claims() -> None:
    moment, refers = sa.DateTime(timezone=True), {"county_id": "region", "gift_id": "gift",
                                                  "wish_id": "material_wish"}  # fmt: skip
    op.create_table(
        CLAIM,
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(one, sa.Integer(), nullable=False) for one in refers),
        sa.Column("at", moment, nullable=False),
        sa.Column("released_at", moment, nullable=True),
        sa.CheckConstraint(
            "released_at IS NULL OR released_at >= at", name=op.f(f"ck_{CLAIM}_released")
        ),
        *(
            sa.ForeignKeyConstraint([one], [f"{to}.id"], name=op.f(f"fk_{CLAIM}_{one}_{to}"))
            for one, to in refers.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{CLAIM}")),
    )
    op.create_index(f"ix_{CLAIM}_gift_id", CLAIM, ["gift_id"])
    living = sa.text(LIVING)
    op.create_index(f"uq_{CLAIM}_wish", CLAIM, ["wish_id"], unique=True, sqlite_where=living,
                    postgresql_where=living)  # fmt: skip


def _hold() -> None:
    table = "gift_allotment"
    if _sqlite():
        op.execute(f"CREATE TRIGGER {TAKEN} BEFORE INSERT ON {table} WHEN {CLAIMED}"
                   " BEGIN SELECT RAISE(ABORT, 'not allowed: claimed'); END")  # fmt: skip
        return
    code = "USING ERRCODE = 'integrity_constraint_violation'"
    no = f"RAISE EXCEPTION 'not allowed: claimed' {code};"
    op.execute(f"CREATE FUNCTION {TAKEN}() RETURNS trigger LANGUAGE plpgsql"
               f" AS $$ BEGIN IF {CLAIMED} THEN {no} END IF; RETURN NEW; END $$")  # fmt: skip
    op.execute(f"CREATE TRIGGER {TAKEN} BEFORE INSERT ON {table}"
               f" FOR EACH ROW EXECUTE FUNCTION {TAKEN}()")  # fmt: skip


def upgrade() -> None:
    _recorder()
    _claims()
    _hold()


def _recorder() -> None:
    if _sqlite():
        return _made_anew("gift", (NEEDED, FREE), (FIRST, CHECK + FIRST))
    op.alter_column("gift", "recorded_by", nullable=True)
    op.create_check_constraint(op.f(RECORDER), "gift", sa.text(RULE))


def downgrade() -> None:
    op.execute(f"DROP TRIGGER {TAKEN}" + ("" if _sqlite() else " ON gift_allotment"))
    if not _sqlite():
        op.execute(f"DROP FUNCTION {TAKEN}()")
    op.drop_table(CLAIM)
    posted = "SELECT e.posted_by FROM gift_entry e WHERE e.gift_id = gift.id ORDER BY e.id LIMIT 1"
    op.execute(f"UPDATE gift SET recorded_by = ({posted}) WHERE recorded_by IS NULL")  # nosec B608
    gone = "SELECT id FROM gift WHERE recorded_by IS NULL"
    op.execute(f"DELETE FROM gift_stock WHERE gift_id IN ({gone})")  # nosec B608
    op.execute("DELETE FROM gift WHERE recorded_by IS NULL")
    if _sqlite():
        return _made_anew("gift", (CHECK, ""), (FREE, NEEDED))
    op.drop_constraint(op.f(RECORDER), "gift", type_="check")
    op.alter_column("gift", "recorded_by", nullable=False)
