"""Letters that leave the house: what people chose, what went out; two kinds of letter, two settings
of a county, and tries to register beside those to sign in.

Going down forgets choices and what was sent; letters of the older kinds stay.

Revision ID: 0026
Revises: 0025
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0026"
down_revision: str | None = "0025"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

MOMENT = sa.DateTime(timezone=True)
KINDS = (
    "helper cleared", "helper gate bad", "proposal waiting", "pairing approved",
    "pairing rejected", "helper accepted", "helper declined", "pairing ready",
    "pairing released", "pairing paused", "pairing resumed", "pairing closing",
    "pairing closed", "session verified", "session disputed", "round ready", "round failed",
    "report waiting", "work handed over", "codes few",
)  # fmt: skip
NEW_KINDS = ("address asked", "number tried")
SETTINGS = (
    "acceptance days", "approval head after", "approval civil affairs after",
    "record check months", "trial days", "helpers per child", "companionship months",
    "detour percent", "sex rule", "timer round", "duty phone", "duty hours", "office for",
    "portal name", "filing number", "text weight", "visit plan", "school holidays",
)  # fmt: skip
NEW_SETTINGS = ("letter hours", "sms to helpers")
STEPS, NEW_STEPS = ("password", "code"), ("registering",)
WAYS = ("portal", "email", "sms", "wecom")
STATES = ("waiting", "going", "failed", "sent", "given_up", "needless")
WHYS = (
    "unreachable", "busy", "sign-in", "refused", "redirected", "answer", "no address",
    "not configured", "cut off",
)  # fmt: skip
CHOICE_RULES = {
    "confirmed": "way <> 'email' OR email IS NOT NULL",
    "language": "language IN ('zh_CN', 'en')",
    "code": "(asked_email IS NULL) = (code IS NULL)",
    "code_tries": "code_tries BETWEEN 0 AND 5",
}
DELIVERY_RULES = {
    "outward": "way <> 'portal'",
    "sent": "(state = 'sent') = (sent_at IS NOT NULL)",
    "claimed": "(state = 'going') = (claimed_at IS NOT NULL)",
    "given_up": "state <> 'given_up' OR error IS NOT NULL",
    "tries": "tries BETWEEN 0 AND 6",
}


def _known(kind: str, members: Sequence[str]) -> sa.Enum:
    return sa.Enum(
        *members, name=f"{kind}_known", native_enum=False, create_constraint=True, length=40
    )


def _number(name: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=null)


def _one_of(column: str, members: Sequence[str]) -> str:
    return f"{column} IN (" + ", ".join(f"'{one}'" for one in members) + ")"


def _fk(
    table: str, column: str, other: str, ondelete: str | None = None
) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{other}"
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete=ondelete)


def _letters(kinds: Sequence[str]) -> sa.Table:
    """The table as it is (SQLite does not tell of all its checks); the others likewise."""
    return sa.Table(
        "letter", sa.MetaData(), _number("id"), _number("county_id"), _number("to_account_id"),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("about_kind", sa.String(60), nullable=False), _number("about_id"),
        sa.Column("posted_at", MOMENT, nullable=False), sa.Column("read_at", MOMENT),
        sa.CheckConstraint(_one_of("kind", kinds), name="ck_letter_letterkind_known"),
        _fk("letter", "county_id", "region"), _fk("letter", "to_account_id", "account"),
        sa.PrimaryKeyConstraint("id", name="pk_letter"),
        sa.Index("ix_letter_to_account_id_read_at", "to_account_id", "read_at"),
    )  # fmt: skip


def _settings(names: Sequence[str]) -> sa.Table:
    return sa.Table(
        "county_setting", sa.MetaData(), _number("id"), _number("county_id"),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.CheckConstraint(_one_of("name", names), name="ck_county_setting_setting_known"),
        _fk("county_setting", "county_id", "region"),
        sa.PrimaryKeyConstraint("id", name="pk_county_setting"),
        sa.UniqueConstraint("county_id", "name", name="uq_county_setting_county_id_name"),
    )  # fmt: skip


def _tries(steps: Sequence[str], *more: sa.Column[str]) -> sa.Table:
    return sa.Table(
        "sign_in_try", sa.MetaData(), _number("id"),
        sa.Column("phone_index", sa.String(64), nullable=False),
        sa.Column("address", sa.String(64), nullable=False),
        sa.Column("at", MOMENT, nullable=False), sa.Column("good", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.Column("step", sa.String(40), server_default=sa.text("'password'"), nullable=False),
        *more,
        sa.CheckConstraint(_one_of("step", steps), name="ck_sign_in_try_step_known"),
        sa.PrimaryKeyConstraint("id", name="pk_sign_in_try"),
        sa.Index("ix_sign_in_try_address_at", "address", "at"),
        sa.Index("ix_sign_in_try_phone_index_at", "phone_index", "at"),
    )  # fmt: skip


def _may_be(table: sa.Table, column: str, known: str, members: Sequence[str]) -> None:
    name = op.f(f"ck_{table.name}_{known}_known")
    with op.batch_alter_table(table.name, copy_from=table) as batch:
        batch.drop_constraint(name, type_="check")
        batch.create_check_constraint(name, sa.text(_one_of(column, members)))


def _choices() -> None:
    name = "letter_choice"
    op.create_table(
        name, _number("id"), _number("county_id"), _number("account_id"),
        sa.Column("way", _known("way", WAYS), nullable=False),
        sa.Column("pace", _known("pace", ("at once", "daily")), nullable=False),
        sa.Column("language", sa.String(5), nullable=False),
        sa.Column("email", sa.LargeBinary()), sa.Column("asked_email", sa.LargeBinary()),
        sa.Column("code", sa.LargeBinary()), _number("code_tries"),
        sa.Column("code_until", MOMENT), sa.Column("codes_on", sa.Date()), _number("codes_sent"),
        _number("version"),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_{name}_{one}")) for one, rule in CHOICE_RULES.items()),
        _fk(name, "county_id", "region"), _fk(name, "account_id", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint("account_id", name=op.f(f"uq_{name}_account_id")),
    )  # fmt: skip


def _deliveries() -> None:
    name = "delivery"
    op.create_table(
        name, _number("id"), _number("county_id"), _number("account_id"), _number("letter_id"),
        sa.Column("way", _known("way", WAYS), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("state", _known("deliverystate", STATES), nullable=False),
        _number("tries"), sa.Column("next_try", MOMENT, nullable=False),
        sa.Column("claimed_at", MOMENT), sa.Column("error", _known("why", WHYS)),
        sa.Column("made_at", MOMENT, nullable=False), sa.Column("sent_at", MOMENT),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_{name}_{one}")) for one, rule in DELIVERY_RULES.items()),
        _fk(name, "county_id", "region"), _fk(name, "account_id", "account"),
        _fk(name, "letter_id", "letter", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint("letter_id", name=op.f(f"uq_{name}_letter_id")),
    )  # fmt: skip
    op.create_index("ix_delivery_state_next_try", name, ["state", "next_try"])
    op.create_index("ix_delivery_account_id_made_at", name, ["account_id", "made_at"])
    op.create_index("ix_delivery_county_id_made_at", name, ["county_id", "made_at"])


def upgrade() -> None:
    """Two tables; two kinds of letter, two settings, one step of a try more."""
    _may_be(_letters(KINDS), "kind", "letterkind", (*KINDS, *NEW_KINDS))
    _may_be(_settings(SETTINGS), "name", "setting", (*SETTINGS, *NEW_SETTINGS))
    _may_be(_tries(STEPS), "step", "step", (*STEPS, *NEW_STEPS))
    _choices()
    _deliveries()


def downgrade() -> None:
    """As before."""
    op.drop_table("delivery")
    op.drop_table("letter_choice")
    _forget("letter", "kind", NEW_KINDS)
    _forget("county_setting", "name", NEW_SETTINGS)
    _forget("sign_in_try", "step", NEW_STEPS)
    _may_be(_letters((*KINDS, *NEW_KINDS)), "kind", "letterkind", KINDS)
    _may_be(_settings((*SETTINGS, *NEW_SETTINGS)), "name", "setting", SETTINGS)
    _steps_as_before()


def _forget(table: str, column: str, members: Sequence[str]) -> None:
    cell: sa.ColumnClause[str] = sa.column(column)
    op.execute(sa.delete(sa.table(table, cell)).where(cell.in_(members)))


def _steps_as_before() -> None:
    """The check stands in the column again, so that the column can be dropped further down."""
    op.add_column("sign_in_try", sa.Column("was", sa.String(40)))
    op.execute("UPDATE sign_in_try SET was = step")
    now = _tries((*STEPS, *NEW_STEPS), sa.Column("was", sa.String(40)))
    with op.batch_alter_table("sign_in_try", copy_from=now) as batch:
        batch.drop_constraint(op.f("ck_sign_in_try_step_known"), type_="check")
        batch.drop_column("step")
    op.execute(
        "ALTER TABLE sign_in_try ADD COLUMN step VARCHAR(40) DEFAULT 'password' NOT NULL"
        " CONSTRAINT ck_sign_in_try_step_known CHECK (step IN ('password', 'code'))"
    )
    op.execute("UPDATE sign_in_try SET step = was")
    op.execute("ALTER TABLE sign_in_try DROP COLUMN was")
