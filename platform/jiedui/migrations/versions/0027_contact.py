"""Agreements of pairings, planned sessions, school dates, private calendar addresses and badges.

Going down forgets them, and the letters that told of them.

Revision ID: 0027
Revises: 0026
"""

from collections.abc import Sequence
from datetime import date, datetime

import sqlalchemy as sa
from alembic import op

revision: str = "0027"
down_revision: str | None = "0026"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

MOMENT = sa.DateTime(timezone=True)
BEFORE = (
    "helper cleared", "helper gate bad", "proposal waiting", "pairing approved",
    "pairing rejected", "helper accepted", "helper declined", "pairing ready",
    "pairing released", "pairing paused", "pairing resumed", "pairing closing",
    "pairing closed", "session verified", "session disputed", "round ready", "round failed",
    "report waiting", "work handed over", "codes few", "address asked", "number tried",
)  # fmt: skip
NEW = (
    "agreement waiting", "agreement signed", "session moved", "session cancelled",
    "substitute asked", "substitute found", "substitute declined", "substitute ended",
)  # fmt: skip
KNOWN = "ck_letter_letterkind_known"
LIVING = "ended_at IS NULL"
COMING = "state IN ('moved', 'planned')"


def _listed(names: Sequence[str]) -> str:
    return "kind IN (" + ", ".join(f"'{name}'" for name in names) + ")"


def _letter(names: Sequence[str]) -> sa.Table:
    """The table as it is (SQLite does not tell of all its checks)."""
    return sa.Table(
        "letter", sa.MetaData(), _number("id"), _number("county_id"), _number("to_account_id"),
        _word("kind"), sa.Column("about_kind", sa.String(60), nullable=False),
        _number("about_id"), _moment("posted_at"), _moment("read_at", null=True),
        sa.CheckConstraint(_listed(names), name=KNOWN),
        _fk("letter", "county_id", "region"), _fk("letter", "to_account_id", "account"),
        sa.PrimaryKeyConstraint("id", name="pk_letter"),
        sa.Index("ix_letter_to_account_id_read_at", "to_account_id", "read_at"),
    )  # fmt: skip


def _letters_may_be(before: Sequence[str], after: Sequence[str]) -> None:
    with op.batch_alter_table("letter", copy_from=_letter(before)) as table:
        table.drop_constraint(op.f(KNOWN), type_="check")
        table.create_check_constraint(op.f(KNOWN), sa.text(_listed(after)))


def _number(name: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=null)


def _word(name: str, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(40), nullable=null)


def _day(name: str, *, null: bool = False) -> sa.Column[date]:
    return sa.Column(name, sa.Date(), nullable=null)


def _moment(name: str, *, null: bool = False) -> sa.Column[datetime]:
    return sa.Column(name, MOMENT, nullable=null)


def _fk(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)


def _fks(table: str, **others: str) -> list[sa.ForeignKeyConstraint]:
    return [_fk(table, column, other) for column, other in others.items()]


def _known(table: str, column: str, kind: str, *members: str) -> sa.CheckConstraint:
    quoted = f'"{column}"' if column == "where" else column
    members_ = ", ".join(f"'{one}'" for one in members)
    return sa.CheckConstraint(f"{quoted} IN ({members_})", name=op.f(f"ck_{table}_{kind}_known"))


def _checks(table: str, **rules: str) -> list[sa.CheckConstraint]:
    return [sa.CheckConstraint(r, name=op.f(f"ck_{table}_{name}")) for name, r in rules.items()]


def _pk(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*(columns or ("id",)), name=op.f(f"pk_{table}"))


def _only(name: str, table: str, columns: list[str], where: str) -> None:
    kept = sa.text(where)
    op.create_index(
        name, table, columns, unique=True, sqlite_where=kept, postgresql_where=kept
    )  # fmt: skip


def upgrade() -> None:
    """Eight tables, eight kinds of letter."""
    _letters_may_be(BEFORE, (*BEFORE, *NEW))
    _agreement()
    _agreement_rest()
    _planned_session()
    _school_dates()
    _own()


def _agreement() -> None:
    name = "agreement"
    op.create_table(
        name, _number("id"), _number("county_id"), _number("pairing_id"), _number("number"),
        _word("state"), _word("kind"), _word("where"), _number("place_id", null=True),
        _word("frequency"), _number("times", null=True), _number("slot", null=True),
        _day("starts"), _day("ends", null=True),
        sa.Column("text_version", sa.String(20), nullable=False), _moment("made_at"),
        _number("made_by", null=True), _day("signed_on", null=True),
        sa.Column("holder", sa.LargeBinary(), nullable=False), _moment("over_at", null=True),
        _number("version"),
        _known(name, "state", "agreementstate", "drafted", "signed", "replaced", "ended"),
        _known(name, "kind", "helpkind", "companionship", "reading", "tutoring", "counselling"),
        _known(name, "where", "where", "place", "home", "online", "phone"),
        _known(name, "frequency", "frequency", "weekly", "fortnightly", "monthly", "n_per_week"),
        *_checks(
            name,
            dates="ends IS NULL OR ends >= starts",
            slot="slot IS NULL OR slot BETWEEN 0 AND 20",
            signed="state <> 'signed' OR signed_on IS NOT NULL",
            over="(state IN ('replaced', 'ended')) = (over_at IS NOT NULL)",
        ),
        *_fks(name, county_id="region", pairing_id="pairing", place_id="place", made_by="account"),
        _pk(name),
        sa.UniqueConstraint("pairing_id", "number", name=op.f("uq_agreement_pairing_id_number")),
    )  # fmt: skip
    for state in ("drafted", "signed"):
        _only(f"uq_agreement_{state}", name, ["pairing_id"], f"state = '{state}'")


def _agreement_rest() -> None:
    name = "agreement_yes"
    op.create_table(
        name, _number("agreement_id"), _word("party"), _word("means"), _moment("at"),
        _number("by_account", null=True),
        _known(name, "party", "party", "helper", "guardian", "office"),
        _known(name, "means", "yesmeans", "paper", "link", "signed_in"),
        *_fks(name, agreement_id="agreement", by_account="account"),
        _pk(name, "agreement_id", "party"),
    )  # fmt: skip
    name = "agreement_scan"
    op.create_table(
        name, _number("id"), _number("county_id"), _number("agreement_id"), _word("kind"),
        _number("size"), sa.Column("content", sa.LargeBinary(), nullable=False), _moment("at"),
        _number("by_account", null=True),
        _known(name, "kind", "uploadkind", "jpeg", "png", "pdf"),
        *_fks(name, county_id="region", agreement_id="agreement", by_account="account"),
        _pk(name),
    )  # fmt: skip
    op.create_index(f"ix_{name}_agreement_id", name, ["agreement_id"])
    name = "agreement_link"
    op.create_table(
        name, _number("id"), _number("county_id"), _number("agreement_id"),
        _number("guardian_id"), sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("code_fingerprint", sa.String(64), nullable=False), _number("tries"),
        _moment("expires_at"), _moment("used_at", null=True), _number("made_by", null=True),
        *_fks(
            name, county_id="region", agreement_id="agreement", guardian_id="guardian",
            made_by="account",
        ),
        _pk(name), sa.UniqueConstraint("fingerprint", name=op.f(f"uq_{name}_fingerprint")),
    )  # fmt: skip
    op.create_index(f"ix_{name}_agreement_id", name, ["agreement_id"])


def _planned_session() -> None:
    name = "planned_session"
    turn = ["pairing_id", "planned_on", "slot"]
    op.create_table(
        name, _number("id"), _number("county_id"), _number("pairing_id"), _number("helper_id"),
        _day("planned_on"), _number("slot"), _moment("start_at"), _moment("end_at"),
        _word("kind"), _word("state"), _word("left_out", null=True),
        _moment("moved_from", null=True), _number("asked_id", null=True),
        _number("changed_by", null=True), _moment("changed_at", null=True),
        _moment("told_at", null=True), _number("version"),
        _known(name, "kind", "contactkind", "meeting", "call", "video", "letter", "parcel"),
        _known(
            name, "state", "sessionstate", "planned", "moved", "cancelled", "held", "missed"
        ),
        _known(
            name, "left_out", "leftout", "public_holiday", "school_day", "school_holiday",
            "exam_week", "helper_cannot", "family_cannot", "other_reason", "pairing_stopped",
        ),
        *_checks(
            name,
            slot="slot BETWEEN 0 AND 20",
            length="end_at > start_at",
            left_out="(state = 'cancelled') = (left_out IS NOT NULL)",
            moved="state <> 'moved' OR moved_from IS NOT NULL",
            asked="asked_id IS NULL OR asked_id <> helper_id",
        ),
        *_fks(
            name, county_id="region", pairing_id="pairing", helper_id="helper",
            asked_id="helper", changed_by="account",
        ),
        _pk(name), sa.UniqueConstraint(*turn, name=op.f(f"uq_{name}_{'_'.join(turn)}")),
    )  # fmt: skip
    _only(f"uq_{name}_helper_start", name, ["helper_id", "start_at"], COMING)
    op.create_index(f"ix_{name}_county_id_start_at", name, ["county_id", "start_at"])


def _school_dates() -> None:
    name = "school_dates"
    op.create_table(
        name, _number("id"), _number("county_id"), _word("kind"), _day("starts"), _day("ends"),
        _number("set_by", null=True), _moment("set_at"),
        _known(name, "kind", "dateskind", "school_holiday", "exam_week"),
        *_checks(name, dates="ends >= starts"),
        *_fks(name, county_id="region", set_by="account"), _pk(name),
    )  # fmt: skip
    op.create_index(f"ix_{name}_county_id_starts", name, ["county_id", "starts"])


def _own() -> None:
    name = "calendar_feed"
    op.create_table(
        name, _number("id"), _number("county_id"), _number("helper_id"),
        sa.Column("fingerprint", sa.String(64), nullable=False), _moment("made_at"),
        _moment("ended_at", null=True), *_fks(name, county_id="region", helper_id="helper"),
        _pk(name), sa.UniqueConstraint("fingerprint", name=op.f(f"uq_{name}_fingerprint")),
    )  # fmt: skip
    _only(f"uq_{name}_living", name, ["helper_id"], LIVING)
    name = "helper_badge"
    op.create_table(
        name, _number("id"), _number("county_id"), _number("helper_id"),
        sa.Column("number", sa.String(20), nullable=False), _moment("issued_at"),
        _number("issued_by", null=True), _moment("ended_at", null=True),
        *_fks(name, county_id="region", helper_id="helper", issued_by="account"),
        _pk(name), sa.UniqueConstraint("number", name=op.f(f"uq_{name}_number")),
    )  # fmt: skip
    _only(f"uq_{name}_living", name, ["helper_id"], LIVING)


def downgrade() -> None:
    """As before."""
    gone = ", ".join(f"'{name}'" for name in NEW)
    op.execute(f"DELETE FROM letter WHERE kind IN ({gone})")  # noqa: S608  # nosec B608
    for table in (
        "helper_badge", "calendar_feed", "school_dates", "planned_session", "agreement_link",
        "agreement_scan", "agreement_yes", "agreement",
    ):  # fmt: skip
        op.drop_table(table)
    _letters_may_be((*BEFORE, *NEW), BEFORE)
