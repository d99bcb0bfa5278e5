"""Lines of the plan's budget and their books, which are never changed and never go."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.core import db
from jiedui.donations.rules.budget import BudgetAccount, BudgetPurpose, BudgetSource
from jiedui.regions.models import Region

GOES = (
    "(source = 'treasury' AND target = 'line') OR"
    " (source = 'line' AND target IN ('spent', 'returned'))"
)
COMES = (
    "(source = 'line' AND target = 'treasury') OR"
    " (target = 'line' AND source IN ('spent', 'returned'))"
)


class BudgetLine(db.Base):
    """Money of one purpose from one source in one year. The sums are what its books add up to,
    kept by the database itself (a trigger); nothing is ever spent that was not granted."""

    __tablename__ = "budget_line"
    __table_args__ = (
        UniqueConstraint("county_id", "year", "purpose", "source", "document"),
        CheckConstraint("granted >= 0 AND spent >= 0 AND returned >= 0", name="not_below_zero"),
        CheckConstraint("spent + returned <= granted", name="within"),
        CheckConstraint("year BETWEEN 2000 AND 2100", name="year"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    year: Mapped[int]
    purpose: Mapped[BudgetPurpose] = mapped_column(db.choice(BudgetPurpose))
    source: Mapped[BudgetSource] = mapped_column(db.choice(BudgetSource))
    title: Mapped[str] = mapped_column(String(60))
    document: Mapped[str] = mapped_column(String(60))
    until: Mapped[date]
    granted: Mapped[int] = mapped_column(default=0)
    spent: Mapped[int] = mapped_column(default=0)
    returned: Mapped[int] = mapped_column(default=0)
    opened_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    opened_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    version: Mapped[int] = mapped_column()

    county: Mapped[Region] = relationship()
    __mapper_args__ = {"version_id_col": version}

    @property
    def left(self) -> int:
        """What may still be used, in fen."""
        return self.granted - self.spent - self.returned

    @property
    def scope_path(self) -> str:
        """It is the whole county's."""
        return self.county.path


class BudgetEntry(db.Base):
    """An amount leaves one account for another. A mistake is reversed by an entry of its own,
    which mirrors it, once. A use says what for and to whom; each entry what shows it."""

    __tablename__ = "budget_entry"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint(
            f"(reverses IS NULL AND ({GOES})) OR (reverses IS NOT NULL AND ({COMES}))",
            name="accounts",
        ),
        CheckConstraint("target <> 'spent' OR (purpose IS NOT NULL AND payee <> '')", name="use"),
        CheckConstraint("evidence <> ''", name="evidence"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    line_id: Mapped[int] = mapped_column(ForeignKey("budget_line.id"), index=True)
    source: Mapped[BudgetAccount] = mapped_column(db.choice(BudgetAccount))
    target: Mapped[BudgetAccount] = mapped_column(db.choice(BudgetAccount, "target"))
    amount: Mapped[int]
    on: Mapped[date]
    purpose: Mapped[BudgetPurpose | None] = mapped_column(db.choice(BudgetPurpose))
    payee: Mapped[str] = mapped_column(String(60))
    evidence: Mapped[str] = mapped_column(String(80))
    reverses: Mapped[int | None] = mapped_column(ForeignKey("budget_entry.id"), unique=True)
    posted_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    posted_at: Mapped[datetime] = mapped_column(db.UtcDateTime)

    line: Mapped[BudgetLine] = relationship()

    @property
    def scope_path(self) -> str:
        """It is the whole county's."""
        return self.line.scope_path
