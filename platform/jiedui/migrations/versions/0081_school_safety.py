"""School safety: inspections with marks, findings with their steps, patrols, equipment, what a
county does not look at; two kinds of letter.

Going down all of it is forgotten.

Revision ID: 0081
Revises: 0080
"""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from alembic import op

from jiedui.migrations.remaking import made_anew as _made_anew

revision: str = "0081"
down_revision: str | None = "0080"
branch_labels: str | None = None
depends_on: str | None = None

MOMENT = sa.DateTime(timezone=True)
LETTER_ANCHOR, LETTERS = "'meeting off'", ("safety overdue", "safety raised")
ITEMS = (
    "exits", "extinguishers", "fire drill", "wiring", "walls", "railings", "playground",
    "night keeper", "dormitory exits", "dormitory power", "food licence", "food samples",
    "drinking water", "guards", "visitors", "alarm", "cameras", "crossing", "school bus",
    "pick up", "shops", "net cafes", "water hazards", "lonely ways", "bullying", "absences",
)  # fmt: skip
MARKS = ("fine", "minor", "serious", "grave")
STATES = ("open", "fixed", "closed")
RUNGS = ("nobody", "school", "office")
PATROLS = ("morning", "dismissal", "night", "surroundings", "with police")
REMARKS = ("nothing", "stranger", "vehicles", "quarrel", "left school", "facility", "other")
GEAR = (
    "extinguisher", "hydrant", "emergency light", "alarm button", "camera", "guard kit",
    "first aid",
)  # fmt: skip
OFFICES = (
    "youth_league", "womens_federation", "civil_affairs", "industry_federation", "education",
    "health", "culture", "emergency", "medical_insurance", "police", "finance",
)  # fmt: skip
FILES = ("jpeg", "png", "pdf")
TABLES = (
    "safety_photo", "safety_item_off", "safety_gear", "safety_patrol", "safety_step", "safety_finding",
    "safety_mark", "safety_inspection",
)  # fmt: skip


def _sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _quoted(values: Sequence[str]) -> str:
    return ", ".join(f"'{one}'" for one in values)


def _also(table: str, column: str, check: str, anchor: str, new: Sequence[str], *, up: bool) -> None:
    """More values that a column may hold, or those no longer."""
    if _sqlite():
        sides = (anchor, f"{anchor}, {_quoted(new)}")
        return _made_anew(table, dict([sides if up else sides[::-1]]))
    found = "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = :name"
    listed = op.get_bind().execute(sa.text(found), {"name": check}).scalar_one()
    known = [part for part in listed.split("'")[1::2] if part not in new]
    op.drop_constraint(op.f(check), table, type_="check")
    rule = f"{column} IN ({_quoted([*known, *new] if up else known)})"
    op.create_check_constraint(op.f(check), table, sa.text(rule))


def _number(name: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=null)


def _moment(name: str, *, null: bool = False) -> sa.Column[object]:
    return sa.Column(name, MOMENT, nullable=null)


def _word(
    name: str, kind: str, values: Sequence[str], *, null: bool = False
) -> sa.Column[str]:
    known = sa.Enum(
        *values, name=f"{kind}_known", native_enum=False, create_constraint=True, length=40
    )
    return sa.Column(name, known, nullable=null)


def _rule(table: str, name: str, words: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(words, name=op.f(f"ck_{table}_{name}"))


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*(columns or ("id",)), name=op.f(f"pk_{table}"))


def _day(name: str, *, null: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Date(), nullable=null)


def _text(name: str, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(200), nullable=null)


def _inspections() -> None:
    t = "safety_inspection"
    op.create_table(
        t, _number("id"), _number("county_id"), _number("unit_id"),
        _word("office", "office", OFFICES, null=True), _day("on_day"), _number("by_account"),
        _moment("at"), _refers(t, "county_id", "region"), _refers(t, "unit_id", "unit"),
        _refers(t, "by_account", "account"), _key(t),
    )  # fmt: skip
    op.create_index(f"ix_{t}_unit_id_on_day", t, ["unit_id", "on_day"])
    t = "safety_mark"
    op.create_table(
        t, _number("inspection_id"), _word("item", "item", ITEMS), _word("mark", "mark", MARKS),
        _refers(t, "inspection_id", "safety_inspection"), _key(t, "inspection_id", "item"),
    )  # fmt: skip


def _findings() -> None:
    t = "safety_finding"
    op.create_table(
        t, _number("id"), _number("county_id"), _number("unit_id"), _number("inspection_id"),
        _word("item", "item", ITEMS), _word("mark", "mark", MARKS), _text("words"),
        _word("state", "findingstate", STATES), _day("due"), _word("rung", "rung", RUNGS),
        _text("fix", null=True), _day("fixed_on", null=True), _number("fixed_by", null=True),
        _number("checked_by", null=True), _moment("checked_at", null=True), _number("times_back"),
        _number("version"), _rule(t, "fault", "mark <> 'fine'"),
        _rule(t, "fixed", "(state = 'open') = (fixed_by IS NULL)"),
        _rule(
            t, "fix", "(fixed_by IS NULL) = (fixed_on IS NULL)"
            " AND (fixed_by IS NULL) = (fix IS NULL)",
        ),
        _rule(t, "checked", "(state = 'closed') = (checked_by IS NOT NULL)"),
        _rule(t, "checked_at", "(checked_by IS NULL) = (checked_at IS NULL)"),
        _rule(t, "second_person", "checked_by <> fixed_by"),
        _rule(t, "times_back", "times_back >= 0"),
        _refers(t, "county_id", "region"), _refers(t, "unit_id", "unit"),
        _refers(t, "inspection_id", "safety_inspection"), _refers(t, "fixed_by", "account"),
        _refers(t, "checked_by", "account"), _key(t),
        sa.UniqueConstraint("inspection_id", "item", name=op.f(f"uq_{t}_inspection_id_item")),
    )  # fmt: skip
    op.create_index(op.f(f"ix_{t}_unit_id"), t, ["unit_id"])
    op.create_index(f"ix_{t}_county_id_state_due", t, ["county_id", "state", "due"])
    t = "safety_step"
    op.create_table(
        t, _number("id"), _number("county_id"), _number("finding_id"),
        _word("state", "findingstate", STATES), _text("words"), _moment("at"),
        _number("by_account"), _refers(t, "county_id", "region"),
        _refers(t, "finding_id", "safety_finding"), _refers(t, "by_account", "account"), _key(t),
    )  # fmt: skip
    op.create_index(op.f(f"ix_{t}_finding_id"), t, ["finding_id"])


def _photo() -> None:
    t = "safety_photo"
    op.create_table(
        t, _number("id"), _number("county_id"), _number("finding_id"),
        _word("kind", "uploadkind", FILES), _number("size"), _moment("at"),
        _number("by_account", null=True), sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("without_children", sa.Boolean(), nullable=False),
        _rule(t, "without_children", "without_children"), _refers(t, "county_id", "region"),
        _refers(t, "finding_id", "safety_finding"), _refers(t, "by_account", "account"), _key(t),
    )  # fmt: skip
    op.create_index(op.f(f"ix_{t}_finding_id"), t, ["finding_id"])


def _kept() -> None:
    t = "safety_patrol"
    op.create_table(
        t, _number("id"), _number("county_id"), _number("unit_id"),
        _word("kind", "patrolkind", PATROLS), _word("remark", "patrolremark", REMARKS),
        _moment("began_at"), _number("by_account"), _refers(t, "county_id", "region"),
        _refers(t, "unit_id", "unit"), _refers(t, "by_account", "account"), _key(t),
    )  # fmt: skip
    op.create_index(f"ix_{t}_unit_id_began_at", t, ["unit_id", "began_at"])
    t = "safety_gear"
    op.create_table(
        t, _number("id"), _number("county_id"), _number("unit_id"), _word("kind", "gear", GEAR),
        _number("quantity"), _day("checked_until"), _number("set_by"), _moment("set_at"),
        _rule(t, "quantity", "quantity BETWEEN 0 AND 9999"), _refers(t, "county_id", "region"),
        _refers(t, "unit_id", "unit"), _refers(t, "set_by", "account"), _key(t),
        sa.UniqueConstraint("unit_id", "kind", name=op.f(f"uq_{t}_unit_id_kind")),
    )  # fmt: skip
    t = "safety_item_off"
    op.create_table(
        t, _number("county_id"), _word("item", "item", ITEMS), _refers(t, "county_id", "region"),
        _key(t, "county_id", "item"),
    )  # fmt: skip


def upgrade() -> None:
    """Tables, and two kinds of letter."""
    _inspections()
    _findings()
    _photo()
    _kept()
    _also("letter", "kind", "ck_letter_letterkind_known", LETTER_ANCHOR, LETTERS, up=True)


def downgrade() -> None:
    """As before."""
    kinds = _quoted(LETTERS)
    op.execute(f"DELETE FROM delivery WHERE letter_id IN (SELECT id FROM letter WHERE kind IN ({kinds}))")  # nosec B608
    op.execute(f"DELETE FROM letter WHERE kind IN ({kinds})")  # nosec B608
    _also("letter", "kind", "ck_letter_letterkind_known", LETTER_ANCHOR, LETTERS, up=False)
    for table in TABLES:
        op.drop_table(table)
