"""A number by which anybody checks a certificate of training.

Whoever passed a course already gets one. Going down the numbers are forgotten; papers that bear one
can be checked no more.

Revision ID: 0091
Revises: 0090
"""

import secrets
from collections.abc import Mapping

import sqlalchemy as sa
from alembic import op

from jiedui.migrations.remaking import made_anew as _made_anew

revision: str = "0091"
down_revision: str | None = "0090"
branch_labels: str | None = None
depends_on: str | None = None

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
TABLE, CHECK, RULE = "course_member", "ck_course_member_number", "number IS NULL OR came IS TRUE"
ANCHOR = "CONSTRAINT ck_course_member_came CHECK (came IS NULL OR left_at IS NULL)"
PASSED = """SELECT course_member.id FROM course_member JOIN course ON course.id = course_id
            WHERE came IS TRUE AND confirmed_by IS NOT NULL"""


def _sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _number() -> str:
    """Eighty random bits in signs that nobody confuses, four by four (core/numbers.py)."""
    text = "".join(secrets.choice(SIGNS) for _ in range(16))
    return "-".join(text[n : n + 4] for n in range(0, 16, 4))


def upgrade() -> None:
    """The column, a number for whoever passed, what the number may stand for."""
    op.add_column(TABLE, sa.Column("number", sa.String(20), nullable=True))
    bind = op.get_bind()
    given = sa.text("UPDATE course_member SET number = :number WHERE id = :id")
    for (member_id,) in bind.execute(sa.text(PASSED)).all():
        bind.execute(given, {"number": _number(), "id": member_id})
    if _sqlite():
        _made_anew(TABLE, {ANCHOR: f"{ANCHOR}, CONSTRAINT {CHECK} CHECK ({RULE})"})
    else:
        op.create_check_constraint(op.f(CHECK), TABLE, sa.text(RULE))
    op.create_index("uq_course_member_number", TABLE, ["number"], unique=True)


def downgrade() -> None:
    """As before."""
    op.drop_index("uq_course_member_number", TABLE)
    if _sqlite():
        _made_anew(TABLE, {f", CONSTRAINT {CHECK} CHECK ({RULE})": ""})
    else:
        op.drop_constraint(op.f(CHECK), TABLE, type_="check")
    op.drop_column(TABLE, "number")
