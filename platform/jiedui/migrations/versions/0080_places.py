"""What is told of places: what for, when open, what is there, who is in charge, pictures without
children; two kinds of place, and how far a village may walk to one; where more places were worked out.

Going down what was told is forgotten, and places of the two new kinds are practice centres.

Revision ID: 0080
Revises: 0071
"""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from alembic import op

from jiedui.migrations.remaking import made_anew as _made_anew

revision: str = "0080"
down_revision: str | None = "0071"
branch_labels: str | None = None
depends_on: str | None = None

MOMENT = sa.DateTime(timezone=True)
KIND_ANCHOR, KINDS = "'practice_centre'", ("shelter", "welfare_institution")
SETTING_ANCHOR, SETTING = "'report clocks'", "walking minutes"
USES = (
    "companionship", "reading", "tutoring", "sport", "culture", "counselling", "parents", "safety",
    "meals", "shelter",
)  # fmt: skip
FILES = ("jpeg", "png", "pdf")
TABLES = (
    "site_plan", "place_photo", "place_keeper", "place_equipment", "place_slot", "place_function",
    "place_profile",
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


def _word(name: str, kind: str, values: Sequence[str]) -> sa.Column[str]:
    known = sa.Enum(
        *values, name=f"{kind}_known", native_enum=False, create_constraint=True, length=40
    )
    return sa.Column(name, known, nullable=False)


def _rule(table: str, name: str, words: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(words, name=op.f(f"ck_{table}_{name}"))


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*(columns or ("id",)), name=op.f(f"pk_{table}"))


def _profile() -> None:
    t = "place_profile"
    op.create_table(
        t, _number("id"), _number("county_id"), _number("place_id"), _number("capacity", null=True),
        _moment("changed_at"), _number("changed_by", null=True), _number("version"),
        _rule(t, "capacity", "capacity IS NULL OR capacity BETWEEN 1 AND 5000"),
        _refers(t, "county_id", "region"), _refers(t, "place_id", "place"),
        _refers(t, "changed_by", "account"), _key(t),
        sa.UniqueConstraint("place_id", name=op.f(f"uq_{t}_place_id")),
    )  # fmt: skip
    t = "place_function"
    op.create_table(
        t, _number("profile_id"), _word("use", "placeuse", USES),
        _refers(t, "profile_id", "place_profile"), _key(t, "profile_id", "use"),
    )  # fmt: skip
    t = "place_slot"
    op.create_table(
        t, _number("profile_id"), sa.Column("slot", sa.Integer(), autoincrement=False, nullable=False),
        _rule(t, "slot", "slot BETWEEN 0 AND 20"),
        _refers(t, "profile_id", "place_profile"), _key(t, "profile_id", "slot"),
    )  # fmt: skip
    t = "place_equipment"
    op.create_table(
        t, _number("id"), _number("profile_id"), sa.Column("name", sa.String(30), nullable=False),
        _number("quantity"), _rule(t, "quantity", "quantity BETWEEN 1 AND 99999"),
        _refers(t, "profile_id", "place_profile"), _key(t),
        sa.UniqueConstraint("profile_id", "name", name=op.f(f"uq_{t}_profile_id_name")),
    )  # fmt: skip


def _keeper() -> None:
    t, now = "place_keeper", sa.text("ended_at IS NULL")
    op.create_table(
        t, _number("id"), _number("county_id"), _number("place_id"), _number("account_id", null=True),
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        _moment("set_at"), _number("set_by", null=True), _moment("ended_at", null=True),
        _rule(t, "one", "(account_id IS NULL) = (name IS NOT NULL)"),
        _rule(t, "reached", "(name IS NULL) = (phone IS NULL)"),
        _refers(t, "county_id", "region"), _refers(t, "place_id", "place"),
        _refers(t, "account_id", "account"), _refers(t, "set_by", "account"), _key(t),
    )  # fmt: skip
    op.create_index(f"uq_{t}_now", t, ["place_id"], unique=True, sqlite_where=now, postgresql_where=now)


def _photo() -> None:
    t = "place_photo"
    op.create_table(
        t, _number("id"), _number("county_id"), _number("place_id"),
        _word("kind", "uploadkind", FILES), _number("size"), _moment("at"),
        _number("by_account", null=True), sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("without_children", sa.Boolean(), nullable=False),
        _rule(t, "without_children", "without_children"),
        _refers(t, "county_id", "region"), _refers(t, "place_id", "place"),
        _refers(t, "by_account", "account"), _key(t),
    )  # fmt: skip
    op.create_index(op.f(f"ix_{t}_place_id"), t, ["place_id"])


def _plan() -> None:
    t, at_work = "site_plan", sa.text("done_at IS NULL")
    op.create_table(
        t, _number("id"), _number("county_id"), _number("region_id"), _number("places"),
        _number("minutes"), _number("detour"), _number("asked_by"), _moment("asked_at"),
        _moment("done_at", null=True), _number("before", null=True), _number("after", null=True),
        _number("total", null=True), sa.Column("proven", sa.Boolean(), nullable=True),
        sa.Column("answer", sa.JSON(), nullable=True),
        _rule(t, "places", "places BETWEEN 1 AND 20"),
        _rule(t, "walk", "minutes > 0 AND detour >= 100"),
        _rule(t, "before", "(done_at IS NULL) = (before IS NULL)"),
        _rule(t, "after", "(done_at IS NULL) = (after IS NULL)"),
        _rule(t, "figures", "after >= before AND total >= after"),
        _refers(t, "county_id", "region"), _refers(t, "region_id", "region"),
        _refers(t, "asked_by", "account"), _key(t),
    )  # fmt: skip
    op.create_index(f"uq_{t}_open", t, ["region_id"], unique=True, sqlite_where=at_work,
                    postgresql_where=at_work)  # fmt: skip


def upgrade() -> None:
    """Tables, two kinds of place, a setting."""
    _also("place", "kind", "ck_place_placekind_known", KIND_ANCHOR, KINDS, up=True)
    _also("county_setting", "name", "ck_county_setting_setting_known", SETTING_ANCHOR, (SETTING,), up=True)
    _profile()
    _keeper()
    _photo()
    _plan()


def downgrade() -> None:
    """As before."""
    for table in TABLES:
        op.drop_table(table)
    op.execute(f"DELETE FROM county_setting WHERE name = '{SETTING}'")  # nosec B608
    _also("county_setting", "name", "ck_county_setting_setting_known", SETTING_ANCHOR, (SETTING,), up=False)
    op.execute(f"UPDATE place SET kind = 'practice_centre' WHERE kind IN ({_quoted(KINDS)})")  # nosec B608
    _also("place", "kind", "ck_place_placekind_known", KIND_ANCHOR, KINDS, up=False)
