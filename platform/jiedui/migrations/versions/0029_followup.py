"""Following pairings up: what the three say, who was told what does not come, a family's key and stop;
and who wanted a pairing to end.

Going down forgets what was said and every key; the pauses that stops have set stay.

Revision ID: 0029
Revises: 0028
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0029"
down_revision: str | None = "0028"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

MOMENT = sa.DateTime(timezone=True)
VOICES = ("child", "carer", "helper")
WISHES = ("helper", "guardian", "carer", "child", "office")
STEPS = ("remind", "unanswered", "not_met", "helper", "village", "office", "closing")
NEW = (
    "card waiting", "card unanswered", "meeting missing", "checks waiting", "pairing silent",
    "closing proposed", "family stopped",
)  # fmt: skip
BEFORE = (
    "helper cleared", "helper gate bad", "proposal waiting", "pairing approved",
    "pairing rejected", "helper accepted", "helper declined", "pairing ready", "pairing released",
    "pairing paused", "pairing resumed", "pairing closing", "pairing closed", "session verified",
    "session disputed", "round ready", "round failed", "report waiting", "work handed over",
    "codes few", "address asked", "number tried",
    "agreement waiting", "agreement signed", "session moved", "session cancelled",
    "substitute asked", "substitute found", "substitute declined", "substitute ended",
)  # fmt: skip
KNOWN = "ck_letter_letterkind_known"


def _listed(column: str, names: Sequence[str]) -> str:
    return f"{column} IN (" + ", ".join(f"'{name}'" for name in names) + ")"


def _letter(names: Sequence[str]) -> sa.Table:
    """The table as it is (SQLite does not tell of all its checks)."""
    return sa.Table(
        "letter", sa.MetaData(),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("county_id", sa.Integer(), nullable=False),
        sa.Column("to_account_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("about_kind", sa.String(60), nullable=False),
        sa.Column("about_id", sa.Integer(), nullable=False),
        sa.Column("posted_at", MOMENT, nullable=False),
        sa.Column("read_at", MOMENT, nullable=True),
        sa.CheckConstraint(_listed("kind", names), name=KNOWN),
        sa.ForeignKeyConstraint(["county_id"], ["region.id"], name="fk_letter_county_id_region"),
        sa.ForeignKeyConstraint(
            ["to_account_id"], ["account.id"], name="fk_letter_to_account_id_account"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_letter"),
        sa.Index("ix_letter_to_account_id_read_at", "to_account_id", "read_at"),
    )  # fmt: skip


def _letters_may_be(before: Sequence[str], after: Sequence[str]) -> None:
    with op.batch_alter_table("letter", copy_from=_letter(before)) as table:
        table.drop_constraint(op.f(KNOWN), type_="check")
        table.create_check_constraint(op.f(KNOWN), sa.text(_listed("kind", after)))


def _known(kind: str, *members: str) -> sa.Enum:
    return sa.Enum(
        *members, name=f"{kind}_known", native_enum=False, create_constraint=True, length=40
    )


def _number(name: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=null)


def _table(name: str, *parts: sa.schema.SchemaItem, accounts: Sequence[str] = ()) -> None:
    refers = {"county_id": "region", "pairing_id": "pairing", **dict.fromkeys(accounts, "account")}
    keys = [
        sa.ForeignKeyConstraint([c], [f"{other}.id"], name=op.f(f"fk_{name}_{c}_{other}"))
        for c, other in refers.items()
    ]
    common = (_number("id"), _number("county_id"), _number("pairing_id"))
    pk = sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}"))
    op.create_table(name, *common, *parts, *keys, pk)


def _check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def _said() -> None:
    name = "follow_up"
    _table(
        name,
        sa.Column("voice", _known("voice", *VOICES), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column(
            "through", _known("through", "visit", "call", "elsewhere", "own_page"), nullable=False
        ),
        sa.Column("face", _known("face", "glad", "so_so", "sad"), nullable=True),
        sa.Column("alone", sa.Boolean(), nullable=True),
        sa.Column("going", _known("helped", "well", "seldom", "trouble"), nullable=True),
        sa.Column("ending", sa.Boolean(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        _number("by_account"),
        sa.Column("kept_at", MOMENT, nullable=False),
        _check(name, "face", "(voice = 'child') = (face IS NOT NULL)"),
        _check(name, "going", "(voice = 'child') = (going IS NULL)"),
        _check(name, "alone", "(voice = 'child') = (alone IS NOT NULL)"),
        _check(name, "own_page", "through <> 'own_page' OR voice = 'helper'"),
        accounts=["by_account"],
    )
    op.create_index(f"ix_{name}_pairing_id_voice", name, ["pairing_id", "voice"])


def _clocks() -> None:
    name = "clock_notice"
    _table(
        name,
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column(
            "step", _known("step", *STEPS), nullable=False
        ),
        sa.Column("told_at", MOMENT, nullable=False),
        sa.UniqueConstraint(
            "pairing_id", "since", "step", name=op.f(f"uq_{name}_pairing_id_since_step")
        ),
    )


def _stops() -> None:
    _table(
        "stop_key",
        sa.Column("fingerprint", sa.String(64), nullable=False),
        _number("made_by"),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.UniqueConstraint("pairing_id", name=op.f("uq_stop_key_pairing_id")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_stop_key_fingerprint")),
        accounts=["made_by"],
    )
    name = "family_stop"
    _table(
        name,
        sa.Column("who", _known("who", "guardian", "carer", "child"), nullable=False),
        sa.Column("via", _known("stopvia", "told", "link"), nullable=False),
        _number("by_account", null=True),
        sa.Column("at", MOMENT, nullable=False),
        _check(name, "taken_by", "(via = 'told') = (by_account IS NOT NULL)"),
        accounts=["by_account"],
    )
    op.create_index(f"ix_{name}_pairing_id", name, ["pairing_id"])


def upgrade() -> None:
    """Four tables, two columns, seven kinds of letters more."""
    _said()
    _clocks()
    _stops()
    op.execute(
        "ALTER TABLE pairing ADD COLUMN wanted_by VARCHAR(40)"
        f" CONSTRAINT ck_pairing_wanted_known CHECK ({_listed('wanted_by', WISHES)})"
    )
    op.add_column("record_check_batch", sa.Column("told_on", sa.Date(), nullable=True))
    _letters_may_be(BEFORE, (*BEFORE, *NEW))


def downgrade() -> None:
    """As before."""
    letters = sa.table("letter", sa.column("kind"))
    op.execute(letters.delete().where(letters.c.kind.in_(NEW)))
    _letters_may_be((*BEFORE, *NEW), BEFORE)
    op.execute("ALTER TABLE record_check_batch DROP COLUMN told_on")
    op.execute("ALTER TABLE pairing DROP COLUMN wanted_by")
    for name in ("family_stop", "stop_key", "clock_notice", "follow_up"):
        op.drop_table(name)
