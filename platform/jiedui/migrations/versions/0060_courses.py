"""Courses for helpers, guardians and officials, and who is on them.

A member's seat leans on the course's number of seats and on whom it is for, so that the database
refuses one too many and one of another kind. Going down all courses are forgotten; what they opened
at helpers' gates stays.

Revision ID: 0060
Revises: 0050
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0060"
down_revision: str | None = "0050"
branch_labels: str | None = None
depends_on: str | None = None

MOMENT = sa.DateTime(timezone=True)
AUDIENCES = ("helpers", "guardians", "officials")
COURSE_CHECKS = {
    "length": "end_at > start_at",
    "seats": "seats BETWEEN 1 AND 200",
    "minutes": "minutes BETWEEN 30 AND 2400",
    "holds": "holds_months BETWEEN 1 AND 60",
    "told": "(told_by IS NULL) = (told_at IS NULL)",
    "confirmed": "(confirmed_by IS NULL) = (confirmed_at IS NULL)",
    "told_first": "confirmed_by IS NULL OR told_by IS NOT NULL",
    "two_persons": "confirmed_by <> told_by",
    "off": "(off_by IS NULL) = (off_at IS NULL)",
    "off_or_held": "off_by IS NULL OR confirmed_by IS NULL",
}
MEMBER_CHECKS = {
    "seat": "seat BETWEEN 1 AND seats",
    "one_person": "(kind = 'helpers') = (helper_id IS NOT NULL)"
    " AND (kind = 'guardians') = (guardian_id IS NOT NULL)"
    " AND (kind = 'officials') = (official_id IS NOT NULL)",
    "came": "came IS NULL OR left_at IS NULL",
}
COURSE_REFERS = {
    "county_id": "region", "region_id": "region", "unit_id": "unit", "place_id": "place",
    "planned_by": "account", "told_by": "account", "confirmed_by": "account", "off_by": "account",
}  # fmt: skip
MEMBER_REFERS = {
    "county_id": "region", "helper_id": "helper", "guardian_id": "guardian",
    "official_id": "account", "signed_by": "account",
}  # fmt: skip
PEOPLE = ("helper_id", "guardian_id", "official_id")


def _number(name: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=null)


def _moment(name: str, *, null: bool = False) -> sa.Column[object]:
    return sa.Column(name, MOMENT, nullable=null)


def _audience(name: str) -> sa.Column[str]:
    known = sa.Enum(
        *AUDIENCES, name="coursefor_known", native_enum=False, create_constraint=True, length=40
    )
    return sa.Column(name, known, nullable=False)


def _rules(table: str, checks: dict[str, str], refers: dict[str, str]) -> list[sa.Constraint]:
    return [
        *(sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{n}")) for n, rule in checks.items()),
        *(
            sa.ForeignKeyConstraint([one], [f"{to}.id"], name=op.f(f"fk_{table}_{one}_{to}"))
            for one, to in refers.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def _courses() -> None:
    optional = ("place_id", "told_by", "confirmed_by", "off_by")
    op.create_table(
        "course",
        _number("id"),
        *(_number(one, null=one in optional) for one in COURSE_REFERS),
        _audience("audience"),
        sa.Column("title", sa.String(60), nullable=False),
        sa.Column("content", sa.String(400), nullable=False),
        _moment("start_at"),
        _moment("end_at"),
        *(_number(one) for one in ("minutes", "seats", "holds_months")),
        _moment("planned_at"),
        *(_moment(one, null=True) for one in ("told_at", "confirmed_at", "off_at")),
        _number("version"),
        *_rules("course", COURSE_CHECKS, COURSE_REFERS),
        sa.UniqueConstraint("id", "seats", "audience", name=op.f("uq_course_id_seats_audience")),
    )
    op.create_index("ix_course_county_id_start_at", "course", ["county_id", "start_at"])


def _members() -> None:
    name = "course_member"
    op.create_table(
        name,
        _number("id"),
        *(_number(one, null=one in PEOPLE) for one in MEMBER_REFERS),
        _number("course_id"),
        _number("seats"),
        _audience("kind"),
        _number("seat"),
        _moment("signed_at"),
        _moment("left_at", null=True),
        sa.Column("came", sa.Boolean(), nullable=True),
        *_rules(name, MEMBER_CHECKS, MEMBER_REFERS),
        sa.ForeignKeyConstraint(
            ["course_id", "seats", "kind"], ["course.id", "course.seats", "course.audience"],
            name=op.f("fk_course_member_course"),
        ),
    )  # fmt: skip
    on = sa.text("left_at IS NULL")
    for column in PEOPLE:
        op.create_index(f"ix_{name}_{column}", name, [column])
    for column in ("seat", *PEOPLE):
        op.create_index(f"uq_{name}_{column}", name, ["course_id", column], unique=True,
                        sqlite_where=on, postgresql_where=on)  # fmt: skip


def upgrade() -> None:
    _courses()
    _members()


def downgrade() -> None:
    op.drop_table("course_member")
    op.drop_table("course")
