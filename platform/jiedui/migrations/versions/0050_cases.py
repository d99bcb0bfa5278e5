"""Cases with their steps, the duty roster and who was called; a trial of the way to a person, a
second look at a report that ended without a case; four kinds of letter and a county's clocks.

Going down the cases are forgotten, and their reports stand as they were read; a report that somebody
dealt with stays so.

Revision ID: 0050
Revises: 0046
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from alembic import op

from jiedui.migrations.remaking import made_anew as _made_anew

revision: str = "0050"
down_revision: str | None = "0046"
branch_labels: str | None = None
depends_on: str | None = None

MOMENT = sa.DateTime(timezone=True)
ANCHOR, LETTERS = "'team changed'", ("report unread", "clock ran out", "case shared", "report answered")
SETTING_ANCHOR, SETTING = "'wish ceiling'", "report clocks"
STAGES = (
    "triaged", "police told", "placed", "assessed", "planned", "intervened", "followed up",
    "closing", "closed",
)  # fmt: skip
SITUATIONS = (
    "private parts", "girl under 14", "girl over 14", "injuries", "self harm", "abandoned",
    "missing", "begging", "other harm", "alone", "guardian fails", "violence", "accident",
)  # fmt: skip
SUSPECTS = (
    "unknown", "guardian", "relative", "helper", "village worker", "township worker",
    "school worker", "other",
)  # fmt: skip
OUTCOMES = ("police told", "visited", "passed on", "no danger found")
SKIPS = (
    "police brought", "no crime", "safe at home", "with kin", "nothing to help", "no ground",
    "handed over",
)  # fmt: skip
PLACEMENTS = ("kin", "village", "institution", "hospital")
GROUNDS = (
    "admonished", "family order", "protection order", "temporary", "revoked", "long-term",
)  # fmt: skip
REASONS = ("stands in", "second person", "danger now", "police asks", "complaint")
CLOCKS = (
    "unread", "triage", "police", "safety", "assessment", "plan", "intervention", "follow-up",
    "ending", "second look",
)  # fmt: skip
RUNGS = ("duty", "head", "leader")
REPORT_COLUMNS = (
    "situation VARCHAR(40) CONSTRAINT ck_report_situation_known CHECK (situation IN ({situations}))",
    "drill BOOLEAN DEFAULT {false} NOT NULL",
    "seconded_by INTEGER CONSTRAINT fk_report_seconded_by_account REFERENCES account (id)"
    " CONSTRAINT ck_report_seconded CHECK"
    " (seconded_by IS NULL OR handled_by IS NULL OR seconded_by <> handled_by)",
    "seconded_at {moment}",
)


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


def _known(table: str, column: str, name: str, values: Sequence[str]) -> sa.CheckConstraint:
    rule = f"{column} IN ({_quoted(values)})"
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}_known"))


def _rule(table: str, name: str, words: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(words, name=op.f(f"ck_{table}_{name}"))


def _refers(table: str, column: str, to: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{to}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, ondelete=ondelete)


def _number(name: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=null)


def _word(name: str, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(40), nullable=null)


def _sealed(name: str, *, null: bool = True) -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary(), nullable=null)


def _moment(name: str, *, null: bool = True) -> sa.Column[datetime]:
    return sa.Column(name, MOMENT, nullable=null)


def _case() -> None:
    t = "protection_case"
    op.create_table(
        t, _number("id"), _number("county_id"), _number("report_id"), _number("region_id", null=True),
        _word("stage"), _word("situation"), _word("suspect"),
        sa.Column("sealed", sa.Boolean(), nullable=False), _number("taken_by", null=True),
        _moment("opened_at", null=False), _moment("due_at"), _moment("township_told_at"),
        _number("proposed_by", null=True), _word("outcome", null=True), _sealed("answer"),
        _sealed("reply"), _number("closed_by", null=True), _moment("closed_at"), _number("version"),
        _known(t, "stage", "stage", STAGES), _known(t, "situation", "situation", SITUATIONS),
        _known(t, "suspect", "suspect", SUSPECTS), _known(t, "outcome", "reportoutcome", OUTCOMES),
        _rule(t, "closed", "(stage = 'closed') = (closed_by IS NOT NULL)"),
        _rule(t, "closed_at", "(stage = 'closed') = (closed_at IS NOT NULL)"),
        _rule(t, "due", "(stage = 'closed') = (due_at IS NULL)"),
        _rule(t, "second_person", "closed_by IS NULL OR closed_by <> proposed_by"),
        _rule(t, "proposed", "(stage IN ('closing', 'closed')) = (proposed_by IS NOT NULL)"),
        _rule(t, "outcome", "(proposed_by IS NULL) = (outcome IS NULL)"),
        _rule(
            t, "county_only",
            "township_told_at IS NULL OR suspect NOT IN ('village worker', 'township worker')",
        ),
        _refers(t, "county_id", "region"), _refers(t, "report_id", "report"),
        _refers(t, "region_id", "region"), _refers(t, "taken_by", "account"),
        _refers(t, "proposed_by", "account"), _refers(t, "closed_by", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{t}")),
        sa.UniqueConstraint("report_id", name=op.f(f"uq_{t}_report_id")),
    )  # fmt: skip
    op.create_index(f"ix_{t}_county_id_stage", t, ["county_id", "stage"])


def _step() -> None:
    t, left_out = "case_step", _quoted(("police told", "placed", "planned", "intervened", "followed up"))
    op.create_table(
        t, _number("id"), _number("county_id"), _number("case_id"), _word("stage"),
        _moment("at", null=False), _moment("entered_at", null=False),
        _number("by_account", null=True), _word("skipped", null=True),
        _word("placement", null=True), _word("ground", null=True), _sealed("officer"),
        _sealed("number"), _sealed("words"),
        _known(t, "stage", "stage", STAGES), _known(t, "skipped", "skip", SKIPS),
        _known(t, "placement", "placement", PLACEMENTS), _known(t, "ground", "legalground", GROUNDS),
        _rule(t, "may_be_skipped", f"skipped IS NULL OR stage IN ({left_out})"),
        _rule(t, "ground", "(stage = 'intervened' AND skipped IS NULL) = (ground IS NOT NULL)"),
        _rule(t, "placement", "(stage = 'placed' AND skipped IS NULL) = (placement IS NOT NULL)"),
        _rule(t, "officer", "(stage = 'police told' AND skipped IS NULL) = (officer IS NOT NULL)"),
        _rule(t, "reason", "skipped IS NULL OR words IS NOT NULL"),
        _refers(t, "county_id", "region"), _refers(t, "case_id", "protection_case", ondelete="CASCADE"),
        _refers(t, "by_account", "account"), sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{t}")),
    )  # fmt: skip
    op.create_index(f"ix_{t}_case_id", t, ["case_id"])
    once = sa.text("stage NOT IN ('followed up', 'closing', 'closed')")
    op.create_index(
        f"uq_{t}_once", t, ["case_id", "stage"], unique=True, sqlite_where=once,
        postgresql_where=once,
    )  # fmt: skip


def _look() -> None:
    t = "case_look"
    op.create_table(
        t, _number("id"), _number("county_id"), _number("case_id"), _number("account_id"),
        _word("reason"), _sealed("words", null=False), _moment("at", null=False),
        _known(t, "reason", "lookreason", REASONS), _refers(t, "county_id", "region"),
        _refers(t, "case_id", "protection_case", ondelete="CASCADE"), _refers(t, "account_id", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{t}")),
    )  # fmt: skip
    op.create_index(f"ix_{t}_case_id", t, ["case_id"])


def _duty() -> None:
    t = "duty_turn"
    op.create_table(
        t, _number("id"), _number("county_id"), _number("account_id"),
        sa.Column("days", sa.String(7), nullable=False),
        sa.Column("start", sa.String(5), nullable=False),
        sa.Column("until", sa.String(5), nullable=False), _number("rank"),
        _sealed("phone", null=False), _number("set_by", null=True), _moment("set_at", null=False),
        _number("ended_by", null=True), _moment("ended_at"),
        _rule(t, "days", "days <> ''"), _rule(t, "rank", "rank BETWEEN 1 AND 9"),
        _rule(t, "ended", "(ended_by IS NULL) = (ended_at IS NULL)"),
        _refers(t, "county_id", "region"), _refers(t, "account_id", "account"),
        _refers(t, "set_by", "account"), _refers(t, "ended_by", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{t}")),
    )  # fmt: skip
    op.create_index(f"ix_{t}_county_id", t, ["county_id"])
    t = "duty_call"
    op.create_table(
        t, _number("id"), _number("county_id"), _number("report_id"), _word("clock"),
        _moment("due_at", null=False), _word("rung"), _number("account_id"),
        _moment("at", null=False), _known(t, "clock", "clock", CLOCKS),
        _known(t, "rung", "rung", RUNGS), _refers(t, "county_id", "region"),
        _refers(t, "report_id", "report"), _refers(t, "account_id", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{t}")),
        sa.UniqueConstraint(
            "report_id", "clock", "due_at", "rung", "account_id",
            name=op.f(f"uq_{t}_report_id_clock_due_at_rung_account_id"),
        ),
    )  # fmt: skip


def upgrade() -> None:
    """New tables, more of a report, more words."""
    said = {
        "situations": _quoted(SITUATIONS),
        "false": "0" if _sqlite() else "false",
        "moment": "DATETIME" if _sqlite() else "TIMESTAMP WITH TIME ZONE",
    }
    for column in REPORT_COLUMNS:
        op.execute(f"ALTER TABLE report ADD COLUMN {column.format(**said)}")
    if not _sqlite():
        op.alter_column("report", "drill", server_default=None)
    # A second look was not asked for then.
    op.execute("UPDATE report SET seconded_at = handled_at WHERE state = 'handled'")
    _case()
    _step()
    _look()
    _duty()
    _also("letter", "kind", "ck_letter_letterkind_known", ANCHOR, LETTERS, up=True)
    _also("county_setting", "name", "ck_county_setting_setting_known", SETTING_ANCHOR, (SETTING,), up=True)


def downgrade() -> None:
    """As before."""
    op.execute(f"DELETE FROM county_setting WHERE name = '{SETTING}'")  # nosec B608
    _also("county_setting", "name", "ck_county_setting_setting_known", SETTING_ANCHOR, (SETTING,), up=False)
    op.execute(f"DELETE FROM delivery WHERE letter_id IN (SELECT id FROM letter WHERE kind IN ({_quoted(LETTERS)}))")  # nosec B608

    op.execute(f"DELETE FROM letter WHERE kind IN ({_quoted(LETTERS)})")  # nosec B608
    _also("letter", "kind", "ck_letter_letterkind_known", ANCHOR, LETTERS, up=False)
    for table in ("duty_call", "duty_turn", "case_look", "case_step", "protection_case"):
        op.drop_table(table)
    for column in ("seconded_at", "seconded_by", "drill", "situation"):
        op.drop_column("report", column)
