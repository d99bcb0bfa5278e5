"""Courses of several sessions: when each is held, who came to which, to how many somebody must have
come.

Every course so far has one. Going down the sessions are forgotten: of several days the first
beginning, the last end and who passed stay.

Revision ID: 0092
Revises: 0091
"""

from collections.abc import Mapping

import sqlalchemy as sa
from alembic import op

from jiedui.migrations.remaking import made_anew as _made_anew

revision: str = "0092"
down_revision: str | None = "0091"
branch_labels: str | None = None
depends_on: str | None = None

MOMENT = sa.DateTime(timezone=True)
CHECKS = {
    "share": "share BETWEEN 50 AND 100",
    "longer_than_held": "place_id IS NULL OR minutes <= held_minutes",
    "told_after": "told_at >= end_at",
}
ANCHOR = "CONSTRAINT ck_course_length CHECK (end_at > start_at)"
COLUMNS = ("share", "held_minutes")
LASTS = {
    "sqlite": "CAST(ROUND((julianday(end_at) - julianday(start_at)) * 1440) AS INTEGER)",
    "postgresql": "CAST(EXTRACT(EPOCH FROM end_at - start_at) / 60 AS INTEGER)",
}
UNIQUE = "uq_course_member_id_course_id"


def _sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _number(name: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=null)


def _moment(name: str, *, null: bool = False) -> sa.Column[object]:
    return sa.Column(name, MOMENT, nullable=null)


def _rule(table: str, name: str, words: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(words, name=op.f(f"ck_{table}_{name}"))


def _sessions() -> None:
    t, whole = "course_session", "course_id position end_at"
    op.create_table(
        t, _number("course_id"), _number("position"), _moment("start_at"), _moment("end_at"),
        _number("previous", null=True), _moment("previous_end_at", null=True),
        _rule(t, "position", "position BETWEEN 1 AND 12"),
        _rule(t, "length", "end_at > start_at"),
        _rule(t, "first", "(position = 1) = (previous IS NULL)"),
        _rule(t, "previous", "previous = position - 1"),
        _rule(t, "previous_end", "(previous IS NULL) = (previous_end_at IS NULL)"),
        _rule(t, "overlap", "previous_end_at <= start_at"),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f(f"fk_{t}_course_id_course")
        ),
        sa.ForeignKeyConstraint(
            ["course_id", "previous", "previous_end_at"], [f"{t}.{one}" for one in whole.split()],
            name=op.f(f"fk_{t}_previous"),
        ),
        sa.PrimaryKeyConstraint("course_id", "position", name=op.f(f"pk_{t}")),
        sa.UniqueConstraint(
            "course_id", "position", "end_at", name=op.f(f"uq_{t}_course_id_position_end_at")
        ),
    )  # fmt: skip
    op.execute(
        "INSERT INTO course_session (course_id, position, start_at, end_at)"
        " SELECT id, 1, start_at, end_at FROM course"
    )


def _presences() -> None:
    t = "course_presence"
    op.create_index(UNIQUE, "course_member", ["id", "course_id"], unique=True)
    op.create_table(
        t, _number("member_id"), _number("position"), _number("course_id"),
        sa.ForeignKeyConstraint(
            ["course_id", "position"], ["course_session.course_id", "course_session.position"],
            name=op.f(f"fk_{t}_session"),
        ),
        sa.ForeignKeyConstraint(
            ["member_id", "course_id"], ["course_member.id", "course_member.course_id"],
            name=op.f(f"fk_{t}_member"),
        ),
        sa.PrimaryKeyConstraint("member_id", "position", name=op.f(f"pk_{t}")),
    )  # fmt: skip
    op.execute(
        "INSERT INTO course_presence (member_id, position, course_id)"
        " SELECT id, 1, course_id FROM course_member WHERE came IS TRUE"
    )


def _rules() -> None:
    for name in COLUMNS:
        op.add_column("course", _number(name, null=True))
    lasts = LASTS[op.get_bind().dialect.name]
    op.execute(f"UPDATE course SET share = 100, held_minutes = {lasts}")  # nosec B608
    if _sqlite():
        rules = (f"CONSTRAINT ck_course_{name} CHECK ({rule})" for name, rule in CHECKS.items())
        filled = {f"{name} INTEGER": f"{name} INTEGER NOT NULL" for name in COLUMNS}
        _made_anew("course", {ANCHOR: ", ".join([ANCHOR, *rules]), **filled})
        return
    for name in COLUMNS:
        op.alter_column("course", name, nullable=False)
    for name, rule in CHECKS.items():
        op.create_check_constraint(op.f(f"ck_course_{name}"), "course", sa.text(rule))


def upgrade() -> None:
    """What a course lasts and wants, its sessions, who came to which."""
    _rules()
    _sessions()
    _presences()


def downgrade() -> None:
    """As before."""
    op.drop_table("course_presence")
    op.drop_index(UNIQUE, "course_member")
    op.drop_table("course_session")
    if _sqlite():
        gone = {f", CONSTRAINT ck_course_{name} CHECK ({rule})": "" for name, rule in CHECKS.items()}
        _made_anew("course", gone)
    else:
        for name in CHECKS:
            op.drop_constraint(op.f(f"ck_course_{name}"), "course", type_="check")
    for name in COLUMNS:
        op.drop_column("course", name)
