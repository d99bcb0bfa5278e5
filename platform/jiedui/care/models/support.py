"""Tables of support: what a child may have and how far it has come, every step, and the amounts
of the county."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.care.rules.support import EndedWhy, Per, RefusedWhy, Support, SupportState
from jiedui.children.models import Child
from jiedui.children.rules import Known
from jiedui.core import db
from jiedui.regions.models import Region

ONE_LIVING = text(
    "state = 'granted' AND code IN"
    " ('destitution_support', 'orphan_allowance', 'unattended_allowance')"
)


class SupportCase(db.Base):
    """One support for one child. `answer` is what the rules say of it today (for a granted one:
    whether the child may keep it); `reported` that it came from elsewhere and nobody here has
    confirmed it; `due` the last day of a decision, or the day to look again."""

    __tablename__ = "support_case"
    __table_args__ = (
        UniqueConstraint("child_id", "code"),
        CheckConstraint("(state = 'refused') = (refused_why IS NOT NULL)", name="refused_why"),
        CheckConstraint("(state = 'ended') = (ended_why IS NOT NULL)", name="ended_why"),
        CheckConstraint("state <> 'granted' OR granted_from IS NOT NULL", name="granted_from"),
        CheckConstraint("state <> 'applied' OR applied_on IS NOT NULL", name="applied_on"),
        CheckConstraint("amount_fen IS NULL OR amount_fen >= 0", name="amount"),
        CheckConstraint("NOT reported OR state = 'granted'", name="reported"),
        Index("uq_support_case_one_living", "child_id", unique=True, sqlite_where=ONE_LIVING,
              postgresql_where=ONE_LIVING),
        Index("ix_support_case_county_id_state", "county_id", "state"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"))
    code: Mapped[Support] = mapped_column(db.choice(Support))
    state: Mapped[SupportState] = mapped_column(db.choice(SupportState))
    answer: Mapped[Known] = mapped_column(db.choice(Known))
    since: Mapped[date]
    applied_on: Mapped[date | None]
    granted_from: Mapped[date | None]
    amount_fen: Mapped[int | None]
    reported: Mapped[bool] = mapped_column(default=False)
    refused_why: Mapped[RefusedWhy | None] = mapped_column(db.choice(RefusedWhy))
    ended_why: Mapped[EndedWhy | None] = mapped_column(db.choice(EndedWhy))
    due: Mapped[date | None]
    version: Mapped[int] = mapped_column()

    child: Mapped[Child] = relationship()
    steps: Mapped[list[SupportStep]] = relationship(
        back_populates="case", order_by="SupportStep.id"
    )
    __mapper_args__ = {"version_id_col": version}

    @property
    def scope_path(self) -> str:
        """Where the child lives."""
        return self.child.scope_path


class SupportStep(db.Base):
    """A step of a support, never changed: what it was and became, on which day, by whom."""

    __tablename__ = "support_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("support_case.id"), index=True)
    at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    on: Mapped[date]
    by_account: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    old: Mapped[SupportState] = mapped_column(db.choice(SupportState, "old"))
    new: Mapped[SupportState] = mapped_column(db.choice(SupportState, "new"))
    amount_fen: Mapped[int | None]
    refused_why: Mapped[RefusedWhy | None] = mapped_column(db.choice(RefusedWhy))
    ended_why: Mapped[EndedWhy | None] = mapped_column(db.choice(EndedWhy))
    reported: Mapped[bool] = mapped_column(default=False)

    case: Mapped[SupportCase] = relationship(back_populates="steps")


class SupportStandard(db.Base):
    """What a county gives from a day on, with where it is written. Older rows stay: what held on
    a day can be read."""

    __tablename__ = "support_standard"
    __table_args__ = (
        UniqueConstraint("county_id", "code", "starts"),
        CheckConstraint("fen >= 0", name="amount"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    code: Mapped[Support] = mapped_column(db.choice(Support))
    starts: Mapped[date]
    fen: Mapped[int]
    per: Mapped[Per] = mapped_column(db.choice(Per))
    source: Mapped[str] = mapped_column(String(200))
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    entered_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    version: Mapped[int] = mapped_column()

    county: Mapped[Region] = relationship()
    __mapper_args__ = {"version_id_col": version}

    @property
    def scope_path(self) -> str:
        """The whole county: a township's office does not write its amounts down."""
        return self.county.path
