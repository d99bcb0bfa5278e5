"""Themed events beside holiday classes and small groups: their theme, approved material, who waits
for a seat, figures of those reached, the plan of prevention; three letters.

Going down the events are forgotten with their seats, lists, hours and figures, and so are the plan,
the register of material and every line for a seat.

Revision ID: 0070
Revises: 0066
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from alembic import op

from jiedui.migrations.remaking import made_anew as _made_anew

revision: str = "0070"
down_revision: str | None = "0066"
branch_labels: str | None = None
depends_on: str | None = None

MOMENT = sa.DateTime(timezone=True)
ANCHOR, LETTERS = "'team changed'", ("seat moved up", "event asked", "event answered")
OLD = {
    "activitykind_known": "kind IN ('holiday_class', 'small_group')",
    "seats": "seats BETWEEN 1 AND 60",
    "unit": "kind = 'small_group' OR unit_id IS NOT NULL",
}
NEW = {
    "activitykind_known": "kind IN ('holiday_class', 'small_group', 'themed_event')",
    "seats": "seats BETWEEN 1 AND 60 OR (kind = 'themed_event' AND seats = 0)",
    "unit": "kind <> 'holiday_class' OR unit_id IS NOT NULL",
}
THEMES = (
    "culture_sport", "reading", "science", "law", "traffic", "fire", "drowning", "food",
    "life_education", "coping", "self_protection",
)  # fmt: skip
FORMS = ("lecture", "role_play", "drill", "workshop", "visit", "contest")
AUDIENCES = ("school", "grade", "village")
OFFICES = (
    "youth_league", "womens_federation", "civil_affairs", "industry_federation", "education",
    "health", "culture", "emergency", "medical_insurance", "police", "finance",
)  # fmt: skip
BANDS = ("0-5", "6-11", "12-13", "14-15", "16-17")
REACH = ("schools", "villages")


def _sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _quoted(values: Sequence[str]) -> str:
    return ", ".join(f"'{one}'" for one in values)


def _letters(*, up: bool) -> None:
    check = "ck_letter_letterkind_known"
    if _sqlite():
        sides = (ANCHOR, f"{ANCHOR}, {_quoted(LETTERS)}")
        return _made_anew("letter", dict([sides if up else sides[::-1]]))
    found = "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = :name"
    listed = op.get_bind().execute(sa.text(found), {"name": check}).scalar_one()
    known = [part for part in listed.split("'")[1::2] if part not in LETTERS]
    op.drop_constraint(op.f(check), "letter", type_="check")
    rule = f"kind IN ({_quoted([*known, *LETTERS] if up else known)})"
    op.create_check_constraint(op.f(check), "letter", sa.text(rule))


def _activities(was: Mapping[str, str], now: Mapping[str, str]) -> None:
    if _sqlite():
        return _made_anew(
            "activity",
            {
                f"CONSTRAINT ck_activity_{name} CHECK ({was[name]})": (
                    f"CONSTRAINT ck_activity_{name} CHECK ({now[name]})"
                )
                for name in was
            },
        )
    for name, rule in now.items():
        op.drop_constraint(op.f(f"ck_activity_{name}"), "activity", type_="check")
        op.create_check_constraint(op.f(f"ck_activity_{name}"), "activity", sa.text(rule))


def _number(name: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=null)


def _moment(name: str, *, null: bool = False) -> sa.Column[datetime]:
    return sa.Column(name, MOMENT, nullable=null)


def _text(name: str, longest: int, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(longest), nullable=null)


def _known(table: str, column: str, name: str, values: Sequence[str]) -> sa.CheckConstraint:
    rule = f"{column} IN ({_quoted(values)})"
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}_known"))


def _rule(table: str, name: str, words: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(words, name=op.f(f"ck_{table}_{name}"))


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=op.f(f"pk_{table}"))


def _materials() -> None:
    t = "teaching_material"
    op.create_table(
        t, _number("id"), _number("county_id"), _text("theme", 40), _text("title", 80),
        _text("publisher", 80), _text("office", 40), sa.Column("approved_on", sa.Date(), nullable=False),
        _number("entered_by"), _moment("entered_at"), _number("withdrawn_by", null=True),
        _moment("withdrawn_at", null=True), _number("version"),
        _known(t, "theme", "theme", THEMES), _known(t, "office", "office", OFFICES),
        _rule(t, "withdrawn", "(withdrawn_at IS NULL) = (withdrawn_by IS NULL)"),
        _refers(t, "county_id", "region"), _refers(t, "entered_by", "account"),
        _refers(t, "withdrawn_by", "account"), _key(t, "id"),
    )  # fmt: skip
    op.create_index(f"ix_{t}_county_id_theme", t, ["county_id", "theme"])


def _themes() -> None:
    t = "activity_theme"
    op.create_table(
        t, _number("activity_id"), _number("county_id"), _text("theme", 40), _text("form", 40),
        _text("co_host", 60), _text("audience", 40, null=True), _number("expected", null=True),
        sa.Column("risky", sa.Boolean(), nullable=False), _text("insurance", 60, null=True),
        _number("material_id", null=True), _text("office", 40, null=True),
        _known(t, "theme", "theme", THEMES), _known(t, "form", "eventform", FORMS),
        _known(t, "audience", "audience", AUDIENCES), _known(t, "office", "office", OFFICES),
        _rule(t, "insured", "insurance IS NOT NULL OR NOT risky"),
        _rule(t, "risky_by_seats", "expected IS NULL OR NOT risky"),
        _rule(t, "material", "theme <> 'self_protection' OR material_id IS NOT NULL"),
        _rule(t, "audience", "(expected IS NULL) = (audience IS NULL)"),
        _rule(t, "expected", "expected BETWEEN 1 AND 5000"),
        _refers(t, "activity_id", "activity"), _refers(t, "county_id", "region"),
        _refers(t, "material_id", "teaching_material"), _key(t, "activity_id"),
    )  # fmt: skip
    op.create_index(f"ix_{t}_county_id_theme", t, ["county_id", "theme"])


def _waits() -> None:
    t, on = "activity_wait", sa.text("left_at IS NULL")
    op.create_table(
        t, _number("id"), _number("county_id"), _number("activity_id"), _number("child_id"),
        _number("signed_by"), _moment("signed_at"), _moment("left_at", null=True),
        _refers(t, "county_id", "region"), _refers(t, "activity_id", "activity"),
        _refers(t, "child_id", "child"), _refers(t, "signed_by", "account"), _key(t, "id"),
    )  # fmt: skip
    op.create_index(f"ix_{t}_child_id", t, ["child_id"])
    op.create_index(f"uq_{t}_on", t, ["activity_id", "child_id"], unique=True,
                    sqlite_where=on, postgresql_where=on)  # fmt: skip


def _figures() -> None:
    t = "meeting_count"
    op.create_table(
        t, _number("meeting_id"), _text("band", 40), _number("number"),
        _known(t, "band", "ageband", BANDS), _rule(t, "number", "number BETWEEN 1 AND 5000"),
        _refers(t, "meeting_id", "activity_meeting"), _key(t, "meeting_id", "band"),
    )  # fmt: skip


def _plan() -> None:
    t = "prevention_target"
    op.create_table(
        t, _number("id"), _number("county_id"), _text("theme", 40), _text("reach", 40),
        _number("number"), sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False), _number("set_by"), _moment("set_at"),
        _number("version"), _known(t, "theme", "theme", THEMES), _known(t, "reach", "reach", REACH),
        _rule(t, "dates", "until >= starts"), _rule(t, "number", "number BETWEEN 1 AND 2000"),
        _refers(t, "county_id", "region"), _refers(t, "set_by", "account"), _key(t, "id"),
    )  # fmt: skip
    op.create_index(f"ix_{t}_county_id_until", t, ["county_id", "until"])


def upgrade() -> None:
    _activities(OLD, NEW)
    _materials()
    _themes()
    _waits()
    _figures()
    _plan()
    _letters(up=True)


def downgrade() -> None:
    _forget_events()
    listed = _quoted(LETTERS)
    op.execute(f"DELETE FROM delivery WHERE letter_id IN (SELECT id FROM letter WHERE kind IN ({listed}))")  # nosec B608
    op.execute(f"DELETE FROM letter WHERE kind IN ({listed})")  # nosec B608
    _letters(up=False)
    for table in ("prevention_target", "meeting_count", "activity_wait", "activity_theme", "teaching_material"):
        op.drop_table(table)
    _activities(NEW, OLD)


def _forget_events() -> None:
    """Events with all that hangs on them, and what families said of them."""
    # Names are constants of this file.
    events = "SELECT id FROM activity WHERE kind = 'themed_event'"
    held = f"SELECT id FROM activity_meeting WHERE activity_id IN ({events})"  # nosec B608
    hours = f"SELECT id FROM service_session WHERE meeting_id IN ({held})"  # nosec B608
    op.execute(f"DELETE FROM session_objection WHERE session_id IN ({hours})")  # nosec B608
    _without_triggers("service_session", f"meeting_id IN ({held})")
    for table in ("helper_presence", "child_presence", "meeting_count"):
        op.execute(f"DELETE FROM {table} WHERE meeting_id IN ({held})")  # nosec B608
    for table in (
        "activity_meeting", "activity_child", "activity_wait", "activity_seat", "activity_helper",
        "activity_theme",
    ):  # fmt: skip
        op.execute(f"DELETE FROM {table} WHERE activity_id IN ({events})")  # nosec B608
    for table in ("consent", "child_view", "consent_link"):
        about = f"purpose = 'activity' AND about_id IN ({events})"
        op.execute(f"DELETE FROM {table} WHERE {about}")  # nosec B608
    op.execute("DELETE FROM activity WHERE kind = 'themed_event'")


def _without_triggers(table: str, where: str) -> None:
    """Rows go although a trigger keeps them."""
    bind = op.get_bind()
    if not _sqlite():
        op.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        op.execute(f"DELETE FROM {table} WHERE {where}")  # nosec B608
        op.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        return
    found = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :t"
    triggers = bind.execute(sa.text(found), {"t": table}).all()
    for name, _ in triggers:
        op.execute(f"DROP TRIGGER {name}")
    op.execute(f"DELETE FROM {table} WHERE {where}")  # nosec B608
    for _, sql in triggers:
        op.execute(sql)
