"""Cards of one-time codes, remembered phones, and which step of a sign-in was tried.

Going down forgets cards and phones: who had a card only is asked for a second factor anew.

Revision ID: 0023
Revises: 0022
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0023"
down_revision: str | None = "0022"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

BEFORE = (
    "helper cleared", "helper gate bad", "proposal waiting", "pairing approved",
    "pairing rejected", "helper accepted", "helper declined", "pairing ready",
    "pairing released", "pairing paused", "pairing resumed", "pairing closing",
    "pairing closed", "session verified", "session disputed", "round ready", "round failed",
    "report waiting", "work handed over",
)  # fmt: skip
AFTER = (*BEFORE, "codes few")
KNOWN = "ck_letter_letterkind_known"


def _listed(names: tuple[str, ...]) -> str:
    return "kind IN (" + ", ".join(f"'{name}'" for name in names) + ")"


def _letter(names: tuple[str, ...]) -> sa.Table:
    """The table as it is (SQLite does not tell of all its checks)."""
    return sa.Table(
        "letter", sa.MetaData(),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("county_id", sa.Integer(), nullable=False),
        sa.Column("to_account_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("about_kind", sa.String(60), nullable=False),
        sa.Column("about_id", sa.Integer(), nullable=False),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(_listed(names), name=KNOWN),
        sa.ForeignKeyConstraint(["county_id"], ["region.id"], name="fk_letter_county_id_region"),
        sa.ForeignKeyConstraint(
            ["to_account_id"], ["account.id"], name="fk_letter_to_account_id_account"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_letter"),
        sa.Index("ix_letter_to_account_id_read_at", "to_account_id", "read_at"),
    )  # fmt: skip


def _letters_may_be(before: tuple[str, ...], after: tuple[str, ...]) -> None:
    with op.batch_alter_table("letter", copy_from=_letter(before)) as table:
        table.drop_constraint(op.f(KNOWN), type_="check")
        table.create_check_constraint(op.f(KNOWN), sa.text(_listed(after)))


def _key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name)


def _cards() -> None:
    op.create_table(
        "code_card",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("county_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        _key("code_card", "county_id", "region"),
        _key("code_card", "account_id", "account"),
        _key("code_card", "made_by", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_card")),
    )
    op.create_index("ix_code_card_account_id", "code_card", ["account_id"])
    living = sa.text("voided_at IS NULL")
    op.create_index(
        "uq_code_card_living", "code_card", ["account_id"], unique=True,
        sqlite_where=living, postgresql_where=living,
    )  # fmt: skip
    op.create_table(
        "one_time_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("card_id", sa.Integer(), nullable=False),
        sa.Column("code_index", sa.String(64), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        _key("one_time_code", "card_id", "code_card"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_time_code")),
        sa.UniqueConstraint("card_id", "code_index", name=op.f("uq_one_time_code_card_id_code_index")),
    )


def _phones() -> None:
    op.create_table(
        "remembered_phone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("county_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("pin_index", sa.String(64), nullable=False),
        sa.Column("label", sa.String(40), nullable=False),
        sa.Column("wrong", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("wrong BETWEEN 0 AND 4", name=op.f("ck_remembered_phone_wrong")),
        _key("remembered_phone", "county_id", "region"),
        _key("remembered_phone", "account_id", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remembered_phone")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_remembered_phone_fingerprint")),
    )
    op.create_index("ix_remembered_phone_account_id", "remembered_phone", ["account_id"])
    op.create_index("ix_remembered_phone_expires_at", "remembered_phone", ["expires_at"])


def upgrade() -> None:
    """Three tables, two columns, one kind of letter more."""
    _cards()
    _phones()
    op.execute(
        "ALTER TABLE sign_in_try ADD COLUMN step VARCHAR(40) DEFAULT 'password' NOT NULL"
        " CONSTRAINT ck_sign_in_try_step_known CHECK (step IN ('password', 'code'))"
    )
    op.add_column(
        "account",
        sa.Column("session_epoch", sa.Integer(), server_default=sa.text("0"), nullable=False),
    )
    _letters_may_be(BEFORE, AFTER)


def downgrade() -> None:
    """As before."""
    op.execute("DELETE FROM letter WHERE kind = 'codes few'")
    _letters_may_be(AFTER, BEFORE)
    op.execute("ALTER TABLE account DROP COLUMN session_epoch")
    op.execute("ALTER TABLE sign_in_try DROP COLUMN step")
    op.drop_table("remembered_phone")
    op.drop_table("one_time_code")
    op.drop_table("code_card")
