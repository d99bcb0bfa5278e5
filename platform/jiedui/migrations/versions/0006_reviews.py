"""Quarterly reviews: one a township and quarter, one answer a file, notes on what was wrong.

Revision ID: 0006
Revises: 0005
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

STATES = ("open", "signed")
ANSWERS = ("confirmed", "changed", "closed", "passed on")
REASONS = (
    "turned_18", "parent_returned", "moved_with_parents", "family_improved", "adopted", "died",
    "doubled_file", "entered_wrongly", "moved_away",
)


def _choice(names: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*names, name=name, native_enum=False, create_constraint=True, length=40)


def _when(name: str, *, nullable: bool = True) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _number(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)


def upgrade() -> None:
    """Three tables; no review yet: the calendar opens them."""
    _make_review()
    _make_file()
    _make_correction()


def _make_review() -> None:
    op.create_table(
        "review",
        _number("id"), _number("county_id"), _number("township_id"),
        _number("year"), _number("number"),
        sa.Column("state", _choice(STATES, "reviewstate_known"), nullable=False),
        _when("opened_at", nullable=False), _when("signed_at"),
        _number("signed_by", nullable=True),
        sa.Column("figures", sa.JSON(none_as_null=True), nullable=True),
        _when("counted_from"), _when("counted_until"),
        _number("version"),
        _to("review", "county_id", "region"),
        _to("review", "township_id", "region"),
        _to("review", "signed_by", "account"),
        sa.CheckConstraint("number BETWEEN 1 AND 4", name=op.f("ck_review_number")),
        sa.CheckConstraint(
            "(state = 'signed') = (signed_by IS NOT NULL)", name=op.f("ck_review_signed_by")
        ),
        sa.CheckConstraint(
            "(state = 'signed') = (signed_at IS NOT NULL)", name=op.f("ck_review_signed_at")
        ),
        sa.CheckConstraint(
            "(state = 'signed') = (figures IS NOT NULL)", name=op.f("ck_review_figures")
        ),
        sa.CheckConstraint(
            "(state = 'signed') = (counted_from IS NOT NULL AND counted_until IS NOT NULL)",
            name=op.f("ck_review_counted"),
        ),
        sa.CheckConstraint(
            "counted_from <= counted_until", name=op.f("ck_review_counted_order")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
        sa.UniqueConstraint(
            "township_id", "year", "number", name=op.f("uq_review_township_id_year_number")
        ),
        sa.UniqueConstraint("id", "state", name=op.f("uq_review_id_state")),
    )  # fmt: skip
    op.create_index(op.f("ix_review_county_id"), "review", ["county_id"])


def _make_file() -> None:
    op.create_table(
        "review_file",
        _number("id"), _number("county_id"), _number("review_id"),
        sa.Column("review_state", _choice(STATES, "reviewstate_known"), nullable=False),
        _number("child_id"), _number("village_id"),
        _when("added_at", nullable=False),
        sa.Column("answer", _choice(ANSWERS, "answered_known"), nullable=True),
        _when("answered_at"),
        _number("answered_by", nullable=True),
        sa.Column("at_once", sa.Boolean(), nullable=False),
        sa.Column("close_reason", _choice(REASONS, "closereason_known"), nullable=True),
        _to("review_file", "county_id", "region"),
        _to("review_file", "child_id", "child"),
        _to("review_file", "village_id", "region"),
        _to("review_file", "answered_by", "account"),
        sa.ForeignKeyConstraint(
            ["review_id", "review_state"], ["review.id", "review.state"],
            name=op.f("fk_review_file_review"), onupdate="CASCADE",
        ),
        sa.CheckConstraint(
            "review_state = 'open' OR answer IS NOT NULL", name=op.f("ck_review_file_signed")
        ),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_at IS NULL)", name=op.f("ck_review_file_answered")
        ),
        sa.CheckConstraint(
            "answer IS NULL OR answer <> 'confirmed' OR answered_by IS NOT NULL",
            name=op.f("ck_review_file_confirmed"),
        ),
        sa.CheckConstraint(
            "(answer IS NOT NULL AND answer = 'closed') = (close_reason IS NOT NULL)",
            name=op.f("ck_review_file_close_reason"),
        ),
        sa.CheckConstraint(
            "NOT at_once OR answer IS NOT NULL", name=op.f("ck_review_file_at_once")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_file")),
        sa.UniqueConstraint(
            "review_id", "child_id", name=op.f("uq_review_file_review_id_child_id")
        ),
    )  # fmt: skip
    op.create_index(op.f("ix_review_file_child_id"), "review_file", ["child_id"])


def _make_correction() -> None:
    op.create_table(
        "review_correction",
        _number("id"), _number("county_id"), _number("review_id"),
        sa.Column("review_state", _choice(STATES, "reviewstate_known"), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        _when("at", nullable=False),
        _number("by_account"),
        _to("review_correction", "county_id", "region"),
        _to("review_correction", "by_account", "account"),
        sa.ForeignKeyConstraint(
            ["review_id", "review_state"], ["review.id", "review.state"],
            name=op.f("fk_review_correction_review"),
        ),
        sa.CheckConstraint("review_state = 'signed'", name=op.f("ck_review_correction_of_signed")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_correction")),
    )  # fmt: skip
    op.create_index(op.f("ix_review_correction_review_id"), "review_correction", ["review_id"])


def downgrade() -> None:
    """Reviews are forgotten; files and their past stay."""
    op.drop_table("review_correction")
    op.drop_table("review_file")
    op.drop_table("review")
