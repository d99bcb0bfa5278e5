"""A small group at a Children's Home beside the holiday class: one helper, who is asked and says
yes, and a keeper of the place as the second adult; meetings that are called off; three letters.

Going down the groups are forgotten with their seats, lists and hours, and so is what was called off.

Revision ID: 0040
Revises: 0039
"""

from collections.abc import Mapping

import sqlalchemy as sa
from alembic import op

revision: str = "0040"
down_revision: str | None = "0039"
branch_labels: str | None = None
depends_on: str | None = None

MOMENT = sa.DateTime(timezone=True)
LAST_LETTER = "'team changed'"
LETTERS = ("group asked", "group answered", "meeting off")
KIND = "kind IN ('holiday_class')"
KIND_NOW = "kind IN ('holiday_class', 'small_group')"
GROUP = {
    "unit": "kind = 'small_group' OR unit_id IS NOT NULL",
    "keeper": "(kind = 'small_group') = (keeper_id IS NOT NULL)",
    "small": "kind <> 'small_group' OR seats BETWEEN 2 AND 6",
}
OFF = {
    "off": "(called_off IS NULL) = (called_off_at IS NULL)"
    " AND (called_off IS NULL) = (called_off_by IS NULL)",
    "off_or_held": "called_off IS NULL OR confirmed_by IS NULL",
}
REASONS = ("helper_ill", "place_closed", "weather", "school", "nobody_came", "ended")


def _sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _made_anew(table: str, edits: Mapping[str, str]) -> None:
    """SQLite: the table with other words, its rows (columns that both have), its indexes."""
    bind, old = op.get_bind(), f"{table}_old"
    rows = bind.execute(
        sa.text("SELECT type, sql FROM sqlite_master WHERE tbl_name = :t AND sql IS NOT NULL"),
        {"t": table},
    ).all()
    words = next(sql for kind, sql in rows if kind == "table")
    for was, now in edits.items():
        assert was in words, was  # nosec B101
        words = words.replace(was, now)
    before = _columns(table)
    op.execute(f"CREATE TABLE {old} AS SELECT * FROM {table}")  # nosec B608
    op.drop_table(table)
    op.execute(words)
    after = set(_columns(table))
    names = ", ".join(f'"{name}"' for name in before if name in after)
    op.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM {old}")  # nosec B608
    op.drop_table(old)
    for kind, sql in rows:
        if kind != "table":
            op.execute(sql)


def _columns(table: str) -> list[str]:
    return [row[1] for row in op.get_bind().execute(sa.text(f"PRAGMA table_info({table})"))]


def _letters(*, also: bool) -> None:
    name = "ck_letter_letterkind_known"
    new = [f"'{one}'" for one in LETTERS]
    if _sqlite():
        sides = (LAST_LETTER, ", ".join([LAST_LETTER, *new]))
        return _made_anew("letter", dict([sides if also else sides[::-1]]))
    found = "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = :name"
    listed = op.get_bind().execute(sa.text(found), {"name": name}).scalar_one()
    kinds = [f"'{part}'" for part in listed.split("'")[1::2] if f"'{part}'" not in new]
    rule = ", ".join([*kinds, *new] if also else kinds)
    op.drop_constraint(op.f(name), "letter", type_="check")
    op.create_check_constraint(op.f(name), "letter", sa.text(f"kind IN ({rule})"))


def _words(checks: Mapping[str, str], table: str) -> str:
    return "".join(f"CONSTRAINT ck_{table}_{n} CHECK ({rule}), \n\t" for n, rule in checks.items())


KEEPER = "keeper_id INTEGER, "
KEEPER_FK = "fk_activity_keeper_id_account"
ACTIVITY = {
    "unit_id INTEGER NOT NULL, ": f"unit_id INTEGER, \n\t{KEEPER}",
    KIND: KIND_NOW,
    "CONSTRAINT ck_activity_dates": (
        f"CONSTRAINT {KEEPER_FK} FOREIGN KEY(keeper_id) REFERENCES account (id), \n\t"
        f"{_words(GROUP, 'activity')}CONSTRAINT ck_activity_dates"
    ),
}


def _activities() -> None:
    if _sqlite():
        return _made_anew("activity", ACTIVITY)
    op.alter_column("activity", "unit_id", nullable=True)
    op.add_column("activity", sa.Column("keeper_id", sa.Integer(), nullable=True))
    op.create_foreign_key(op.f(KEEPER_FK), "activity", "account", ["keeper_id"], ["id"])
    _kind(KIND_NOW)
    for name, rule in GROUP.items():
        op.create_check_constraint(op.f(f"ck_activity_{name}"), "activity", sa.text(rule))


def _kind(rule: str) -> None:
    name = op.f("ck_activity_activitykind_known")
    op.drop_constraint(name, "activity", type_="check")
    op.create_check_constraint(name, "activity", sa.text(rule))


def _classes_only() -> None:
    if _sqlite():
        return _made_anew("activity", {now: was for was, now in ACTIVITY.items()})
    for name in GROUP:
        op.drop_constraint(op.f(f"ck_activity_{name}"), "activity", type_="check")
    _kind(KIND)
    op.drop_constraint(op.f(KEEPER_FK), "activity", type_="foreignkey")
    op.drop_column("activity", "keeper_id")
    op.alter_column("activity", "unit_id", nullable=False)


OFF_FK = "fk_activity_meeting_called_off_by_account"
FIRST = "CONSTRAINT ck_activity_meeting_length"
LISTED = ", ".join(f"'{one}'" for one in REASONS)
OFF_KNOWN = f"called_off IN ({LISTED})"
MEETING = {
    "version INTEGER NOT NULL, ": (
        "version INTEGER NOT NULL, \n\tcalled_off VARCHAR(40), \n\tcalled_off_by INTEGER, \n\t"
        "called_off_at DATETIME, "
    ),
    FIRST: (
        f"CONSTRAINT {OFF_FK} FOREIGN KEY(called_off_by) REFERENCES account (id), \n\t"
        f"CONSTRAINT ck_activity_meeting_calledoff_known CHECK ({OFF_KNOWN}), \n\t"
        f"{_words(OFF, 'activity_meeting')}{FIRST}"
    ),
}


def _meetings() -> None:
    table = "activity_meeting"
    if _sqlite():
        return _made_anew(table, MEETING)
    op.add_column(table, sa.Column("called_off", sa.String(40), nullable=True))
    op.add_column(table, sa.Column("called_off_by", sa.Integer(), nullable=True))
    op.add_column(table, sa.Column("called_off_at", MOMENT, nullable=True))
    op.create_foreign_key(op.f(OFF_FK), table, "account", ["called_off_by"], ["id"])
    for name, rule in {"calledoff_known": OFF_KNOWN, **OFF}.items():
        op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, sa.text(rule))


def _meetings_all_held() -> None:
    table = "activity_meeting"
    if _sqlite():
        return _made_anew(table, {now: was for was, now in MEETING.items()})
    for name in (*OFF, "calledoff_known"):
        op.drop_constraint(op.f(f"ck_{table}_{name}"), table, type_="check")
    op.drop_constraint(op.f(OFF_FK), table, type_="foreignkey")
    for name in ("called_off", "called_off_by", "called_off_at"):
        op.drop_column(table, name)


def upgrade() -> None:
    _activities()
    _meetings()
    op.add_column("activity_helper", sa.Column("answered_at", MOMENT, nullable=True))
    op.execute("UPDATE activity_helper SET answered_at = put_at")
    _letters(also=True)


def downgrade() -> None:
    _forget_groups()
    _letters(also=False)
    op.drop_column("activity_helper", "answered_at")
    _meetings_all_held()
    _classes_only()


def _forget_groups() -> None:
    """Groups with all that hangs on them; answers about them; letters."""
    # Names are constants of this file.
    groups = "SELECT id FROM activity WHERE kind = 'small_group'"
    held = f"SELECT id FROM activity_meeting WHERE activity_id IN ({groups})"  # nosec B608
    hours = f"SELECT id FROM service_session WHERE meeting_id IN ({held})"  # nosec B608
    op.execute(f"DELETE FROM letter WHERE kind IN ({', '.join(repr(k) for k in LETTERS)})")  # nosec B608
    op.execute("DELETE FROM activity_helper WHERE answered_at IS NULL")
    op.execute(f"DELETE FROM session_objection WHERE session_id IN ({hours})")  # nosec B608
    _without_triggers("service_session", f"meeting_id IN ({held})")
    for table in ("helper_presence", "child_presence"):
        op.execute(f"DELETE FROM {table} WHERE meeting_id IN ({held})")  # nosec B608
    for table in ("activity_meeting", "activity_child", "activity_seat", "activity_helper"):
        op.execute(f"DELETE FROM {table} WHERE activity_id IN ({groups})")  # nosec B608
    for table in ("consent", "child_view", "consent_link"):
        about = f"purpose = 'activity' AND about_id IN ({groups})"
        op.execute(f"DELETE FROM {table} WHERE {about}")  # nosec B608
    op.execute("DELETE FROM activity WHERE kind = 'small_group'")


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
