"""A file that came in a sheet is entered by whoever brought the sheet, and so is checked by somebody
else. Files that are there already are told so, but where the one who brought them has checked them.
And a wish may end because the same child had it twice, on two files.

Going down, who brought a file stays true; such a wish was then entered wrongly.

Revision ID: 0017
Revises: 0016
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0017"
down_revision: str | None = "0016"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

FIRST_SHEET = """
    SELECT b.uploaded_by FROM import_row r JOIN import_batch b ON b.id = r.batch_id
    WHERE b.kind = 'national' AND r.taken AND r.verdict = 'new' AND r.object_id = child.id
    ORDER BY b.id LIMIT 1
"""
BEFORE = ("fulfilled", "no_longer_wished", "consent_withdrawn", "child_left", "entered_wrongly")
AFTER = (*BEFORE, "doubled")
KNOWN = "ck_need_needclosereason_known"
REFERS = {
    "confirmed_by": "account", "county_id": "region", "household_id": "household",
    "place_id": "place", "raised_by": "account", "urgency_by": "account",
}  # fmt: skip
ONE_OF = {
    "helpkind": ("kind", "companionship reading tutoring counselling"),
    "where": ('"where"', "place home online phone"),
    "frequency": ("frequency", "weekly fortnightly monthly n_per_week"),
    "sex": ("wished_sex", "f m"),
    "credentialkind": (
        "credential", "teacher counsellor psychology_teacher social_worker physician"
    ),
    "goal": (
        "goal",
        "someone_to_talk_to homework_done keeps_up_in_subject reads_regularly "
        "settles_after_change gets_on_with_others stays_in_school",
    ),
    "urgency": ("urgency", "normal yellow red"),
    "urgencyreason": (
        "urgency_reason",
        "guardian_lost self_harm_signs bereavement not_attending_school lives_alone exam_year",
    ),
    "needstate": ("state", "waiting open met closed"),
}  # fmt: skip
HOLDS = {
    "times": "(frequency = 'n_per_week') = (times IS NOT NULL)",
    "close_reason": "(state = 'closed') = (close_reason IS NOT NULL)",
    "urgency_reason": "urgency = 'normal' OR urgency_reason IS NOT NULL",
    "place": "\"where\" <> 'place' OR place_id IS NOT NULL",
    "two_persons": "confirmed_by IS NULL OR confirmed_by <> raised_by",
    "two_persons_urgency": (
        "confirmed_by IS NULL OR urgency_by IS NULL OR confirmed_by <> urgency_by"
    ),
    "demand": "demand BETWEEN 1 AND 3",
    "dates": "ends IS NULL OR ends >= starts",
}


def upgrade() -> None:
    """Who brought a file has entered it; one reason more."""
    op.execute(
        f"UPDATE child SET entered_by = ({FIRST_SHEET}) WHERE entered_by IS NULL "
        f"AND (checked_by IS NULL OR checked_by <> ({FIRST_SHEET}))"  # constants only  # nosec B608
    )
    _change(BEFORE, AFTER)


def downgrade() -> None:
    """One reason less."""
    op.execute("UPDATE need SET close_reason = 'entered_wrongly' WHERE close_reason = 'doubled'")
    _change(AFTER, BEFORE)


def _change(before: tuple[str, ...], after: tuple[str, ...]) -> None:
    with op.batch_alter_table("need", copy_from=_need(before)) as table:
        table.drop_constraint(op.f(KNOWN), type_="check")
        table.create_check_constraint(op.f(KNOWN), sa.text(_listed("close_reason", after)))


def _listed(column: str, names: Sequence[str]) -> str:
    return f"{column} IN (" + ", ".join(f"'{name}'" for name in names) + ")"


def _need(reasons: Sequence[str]) -> sa.Table:
    """The table as it is (SQLite does not tell of all its checks)."""
    number, word, when = sa.Integer(), sa.String(40), sa.DateTime(timezone=True)
    columns = [
        sa.Column(name, kind, nullable=False)
        for name, kind in (
            ("id", number), ("county_id", number), ("household_id", number), ("kind", word),
            ("where", word), ("frequency", word), ("demand", number), ("starts", sa.Date()),
            ("urgency", word), ("state", word), ("raised_at", when), ("version", number),
        )
    ] + [
        sa.Column(name, kind, nullable=True)
        for name, kind in (
            ("place_id", number), ("times", number), ("ends", sa.Date()), ("wished_sex", word),
            ("credential", word), ("goal", word), ("urgency_reason", word),
            ("urgency_by", number), ("confirmed_by", number), ("confirmed_on", sa.Date()),
            ("notes", sa.LargeBinary()), ("close_reason", word), ("raised_by", number),
            ("open_since", when), ("closed_at", when), ("changed_at", when),
        )
    ]  # fmt: skip
    checks = {f"ck_need_{name}": rule for name, rule in HOLDS.items()}
    checks |= {f"ck_need_{n}_known": _listed(c, v.split()) for n, (c, v) in ONE_OF.items()}
    checks[KNOWN] = _listed("close_reason", reasons)
    return sa.Table(
        "need", sa.MetaData(), *columns,
        *(sa.CheckConstraint(rule, name=name) for name, rule in checks.items()),
        *(
            sa.ForeignKeyConstraint([column], [f"{to}.id"], name=f"fk_need_{column}_{to}")
            for column, to in REFERS.items()
        ),
        sa.PrimaryKeyConstraint("id", name="pk_need"),
        sa.Index("ix_need_county_id_state", "county_id", "state"),
        sa.Index("ix_need_household_id", "household_id"),
    )  # fmt: skip
