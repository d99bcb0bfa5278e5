"""A file knows the facts that categories follow from, and keeps every state it has had.

Existing files get an empty detail; what was said about them stays. Going down forgets the facts,
and grown-ups who are neither guardian nor carer.

Revision ID: 0004
Revises: 0003
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

RELATIONS = (
    "father", "mother", "grandfather", "grandmother", "uncle_or_aunt", "sibling",
    "other_relative", "neighbour", "other",
)
UNABLE = (
    "dead", "missing", "severe disability", "serious illness", "in custody",
    "compulsory treatment", "restrained", "out of contact",
)
DISABILITIES = ("sight", "hearing", "speech", "limbs", "intellect", "mind", "several")
INCOMES = ("work away", "farming", "relief", "relatives", "other")
KNOWN = ("yes", "no", "unknown")
SOME_PART = "ck_guardian_some_part"
PART_BEFORE = "is_guardian OR is_carer"
PART_AFTER = (
    "is_guardian OR is_carer OR relation IN ('father', 'mother', 'grandfather', 'grandmother')"
)


def _choice(names: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*names, name=name, native_enum=False, create_constraint=True, length=40)


def _guardian(*more: sa.schema.SchemaItem, part: str, tail: bool) -> sa.Table:
    """The table as it is (SQLite does not tell of all its checks)."""
    tails = [sa.Column("id_tail", sa.LargeBinary(), nullable=True)] if tail else []
    return sa.Table(
        "guardian", sa.MetaData(),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("county_id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        *tails,
        sa.Column("relation", _choice(RELATIONS, "ck_guardian_relation_known"), nullable=False),
        sa.Column("is_guardian", sa.Boolean(), nullable=False),
        sa.Column("is_carer", sa.Boolean(), nullable=False),
        sa.Column("away", sa.Boolean(), nullable=False),
        sa.Column("work_place", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        *more,
        sa.CheckConstraint(part, name=SOME_PART),
        sa.ForeignKeyConstraint(
            ["county_id"], ["region.id"], name="fk_guardian_county_id_region"
        ),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name="fk_guardian_household_id_household"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_guardian"),
        sa.Index("ix_guardian_household_id", "household_id"),
    )


def _new_columns(known: str) -> list[sa.Column]:
    return [
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("id_number", sa.LargeBinary(), nullable=True),
        sa.Column("away_since", sa.Date(), nullable=True),
        sa.Column("beyond_county", sa.Boolean(), nullable=True),
        sa.Column("unable", _choice(UNABLE, known), nullable=True),
        sa.Column("unable_since", sa.Date(), nullable=True),
    ]


CHECKS = {
    "ck_guardian_away": "away_since IS NULL OR away",
    "ck_guardian_unable": "unable_since IS NULL OR unable IS NOT NULL",
}


def upgrade() -> None:
    """The facts of grown-ups, children and houses; the states of files."""
    with op.batch_alter_table("guardian", copy_from=_guardian(part=PART_BEFORE, tail=True)) as table:
        table.drop_constraint(op.f(SOME_PART), type_="check")
        table.create_check_constraint(op.f(SOME_PART), sa.text(PART_AFTER))
        table.drop_column("id_tail")
        for column in _new_columns("unable_known"):
            table.add_column(column)
        for name, rule in CHECKS.items():
            table.create_check_constraint(op.f(name), sa.text(rule))
    _add("household", "income", "income_known", INCOMES)
    _add("child_category", "basis", "basis_known", ("said", "facts"), "'said'")
    op.add_column("child_category", sa.Column("evidence", sa.LargeBinary(), nullable=True))
    _make_detail()
    _make_past()
    op.execute(
        "INSERT INTO child_detail (child_id, ethnicity, plan, national)"
        " SELECT id, '', 'unknown', 'unknown' FROM child"
    )


def _add(table: str, column: str, known: str, names: tuple[str, ...], first: str = "") -> None:
    # Written out, for a check that belongs to a column goes with it when it is dropped.
    listed = ", ".join(f"'{name}'" for name in names)
    default = f" DEFAULT {first} NOT NULL" if first else ""
    op.execute(
        f"ALTER TABLE {table} ADD COLUMN {column} VARCHAR(40){default}"
        f" CONSTRAINT ck_{table}_{known} CHECK ({column} IN ({listed}))"
    )
    if default and op.get_bind().dialect.name == "postgresql":
        op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} DROP DEFAULT")


def _make_detail() -> None:
    op.create_table(
        "child_detail",
        sa.Column("child_id", sa.Integer(), nullable=False),
        sa.Column("ethnicity", sa.String(20), nullable=False),
        sa.Column("registered", sa.Boolean(), nullable=True),
        sa.Column("registered_at", sa.LargeBinary(), nullable=True),
        sa.Column("rural", sa.Boolean(), nullable=True),
        sa.Column("disability", _choice(DISABILITIES, "disability_known"), nullable=True),
        sa.Column("disability_grade", sa.Integer(), nullable=True),
        sa.Column("illness", sa.LargeBinary(), nullable=True),
        sa.Column("plan", _choice(KNOWN, "known_known"), nullable=False),
        sa.Column("national", _choice(KNOWN, "national_known"), nullable=False),
        sa.CheckConstraint(
            "(disability IS NULL) = (disability_grade IS NULL)",
            name=op.f("ck_child_detail_disability"),
        ),
        sa.CheckConstraint("disability_grade BETWEEN 1 AND 4", name=op.f("ck_child_detail_grade")),
        sa.ForeignKeyConstraint(
            ["child_id"], ["child.id"], name=op.f("fk_child_detail_child_id_child")
        ),
        sa.PrimaryKeyConstraint("child_id", name=op.f("pk_child_detail")),
    )


def _make_past() -> None:
    op.create_table(
        "file_past",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("county_id", sa.Integer(), nullable=False),
        sa.Column("child_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_account", sa.Integer(), nullable=True),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["county_id"], ["region.id"], name=op.f("fk_file_past_county_id_region")
        ),
        sa.ForeignKeyConstraint(
            ["child_id"], ["child.id"], name=op.f("fk_file_past_child_id_child")
        ),
        sa.ForeignKeyConstraint(
            ["by_account"], ["account.id"], name=op.f("fk_file_past_by_account_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file_past")),
    )
    op.create_index("ix_file_past_child_id_at", "file_past", ["child_id", "at"])


def downgrade() -> None:
    """As before."""
    op.drop_table("file_past")
    op.drop_table("child_detail")
    op.execute("ALTER TABLE child_category DROP COLUMN evidence")
    op.execute("ALTER TABLE child_category DROP COLUMN basis")
    op.execute("ALTER TABLE household DROP COLUMN income")
    op.execute("DELETE FROM guardian WHERE NOT is_guardian AND NOT is_carer")
    checks = [sa.CheckConstraint(rule, name=name) for name, rule in CHECKS.items()]
    columns = _new_columns("ck_guardian_unable_known")
    now = _guardian(*columns, *checks, part=PART_AFTER, tail=False)
    with op.batch_alter_table("guardian", copy_from=now) as table:
        for name in (*CHECKS, SOME_PART):
            table.drop_constraint(op.f(name), type_="check")
        table.create_check_constraint(op.f(SOME_PART), sa.text(PART_BEFORE))
        for column in columns:
            table.drop_column(column.name)
        table.add_column(sa.Column("id_tail", sa.LargeBinary(), nullable=True))
